"""The description of the site for portals of open data. It is made on publication, as it says when
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
    """Whether a file, or its twin, is made on publication, and differs with each."""
    return address.startswith(ADDRESS) or is_of_changes(address)


def carry_description(site: Path, releases: Sequence[Path], public: State) -> None:
    """Copy the public description into a site, so that an otherwise unchanged site is unchanged.
    ``releases``: those that may have it; ``public``: what is public now. Raises ``OSError``."""
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
    """Write the description into a site that is about to be published. Returns its address and
    digest; empty if the site does not have the facts that portals require. ``issued``: the time of
    the first publication; ``modified``, ``number``: of this one; ``kept``: the existing releases.
    Raises ``OSError``."""
    said = _description(site, issued, modified, number)
    if said is None:
        _remove(site)
        return {}
    return write_made(site, {PATH: said}, kept)


def _remove(site: Path) -> None:
    for ending in ("", *TWINS):
        (site / f"{PATH}{ending}").unlink(missing_ok=True)


def _description(site: Path, issued: str, modified: str, number: int) -> bytes | None:
    """The description, made from the documents of a finished site. None if one of them is missing,
    as in an older release, or is not as Saig writes it."""
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
