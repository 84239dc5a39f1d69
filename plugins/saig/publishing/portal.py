"""The description of the site for portals of open data, which is made on publication: it says when
the data were published first and last (``outputs/linked/portal.py``)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ..notes.address import file_of
from ..outputs.linked.portal import PATH, description, forms, portal_of
from . import durable
from .changes import is_of_changes
from .compress import TWINS
from .made_files import write_made
from .record import State
from .tree import digest, plain_bytes

ADDRESS = f"/{PATH}"


def is_of_publication(address: str) -> bool:
    """Whether a file, or its compressed twin, is made on publication, and is another with each."""
    return address.startswith(ADDRESS) or is_of_changes(address)


def carry_description(site: Path, releases: Sequence[Path], public: State) -> None:
    """Have the description in a site that is public, so that it differs in nothing if nothing does.
    ``releases``: where it is."""
    _remove(site)
    wanted = public.digests.get(ADDRESS)
    if wanted is None or _description(site, "", "", 0) is None:
        return
    for release in releases:
        data = plain_bytes(release / PATH)
        if data is not None and digest(data) == wanted:
            durable.write(site / PATH, data)
            return


def describe(
    site: Path, issued: str, modified: str, number: int, kept: Sequence[Path]
) -> dict[str, str]:
    """Write the description into a site that is published as that ``number``, at the time
    ``modified``; ``issued``: when the first was. Its address and digest; nothing where the site
    does not say what portals ask for. ``kept``: the releases that are there."""
    said = _description(site, issued, modified, number)
    if said is None:
        _remove(site)
        return {}
    return write_made(site, {PATH: said}, kept)


def _remove(site: Path) -> None:
    for ending in ("", *TWINS):
        (site / f"{PATH}{ending}").unlink(missing_ok=True)


def _description(site: Path, issued: str, modified: str, number: int) -> bytes | None:
    """What the documents of a finished site come to. None where it lacks one of them, as an older
    release may, or whoever built it wrote something else there."""
    try:
        found = [_document(path) for path in sorted((site / "api/v1/site").glob("*.json"))]
        found.sort(key=lambda said: said["lang"] != said["default_language"])
        sites = {said["lang"]: said for said in found}
        first = found[0]
        page = file_of(first["organisation"]["url"].removeprefix(first["root"].rstrip("/")))
        if ".." in page.split("/"):
            return None
        organisation = _document(site / f"{page.removesuffix('html')}json")
        url = first["root"].rstrip("/")
        portal = portal_of(url, sites, organisation, issued, modified, number)
        if portal is None:
            return None
        there = [
            form.path
            for form in forms(portal.homes, portal.calendar)
            if (site / form.path).is_file()
        ]
        return description(portal, there)
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return None


def _document(path: Path) -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads(path.read_bytes())
    return found
