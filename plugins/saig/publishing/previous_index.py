"""Every page and file that was ever public, for whoever asks whether one has vanished."""

from __future__ import annotations

import json
from collections.abc import Container, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from ..notes.address import encoded, file_of, of_place, place
from ..notes.address_lists import Recorded
from ..outputs.data import addresses_in
from .checks import FILES
from .layout import Layout
from .listing import read_index
from .record import Chain
from .tree import is_page


def write_previous_index(
    layout: Layout,
    chain: Chain,
    url: str,
    target: Path,
    commits: Container[str] | None = None,
) -> Path | None:
    """Write an index, as ``api/v1/index.json`` is one, of every address that was ever public, and
    of what stood there as far as the kept releases tell. ``target`` if there is any, else None.

    The current release alone would forget what was public before a rollback, and lists neither
    redirects nor hidden notes. ``commits``: those that a branch knows of; what was made public from
    others only is not in it, for on the branch it never was.
    """
    lines = [
        line
        for line in chain.publications
        if commits is None or line.commit is None or line.commit in commits
    ]
    told = {encoded(one) for line in lines for one in (*line.moved, *line.gone)}
    added = {encoded(one) for line in lines for one in filter(_counts, line.added)}
    ever = {*(added - told), *map(of_place, told)}
    if not ever:
        return None
    releases = [layout.release(name) for name in layout.kept()]
    known: dict[str, Recorded] = {}
    for release in releases:
        with suppress(OSError, ValueError):
            found = addresses_in(read_index(release))
            known |= {place(address): what for address, what in found.items()}
    listed = [
        _listing(url + address, known.get(place(address)) or _stood(releases, address, known))
        for address in sorted(ever)
    ]
    index = {"site": f"{url}/", "documents": listed, "gone": []}
    target.write_text(json.dumps(index), "utf-8")
    return target


def _counts(address: str) -> bool:
    return is_page(address) or address.startswith(f"/{FILES}")


def _listing(url: str, found: Recorded) -> Mapping[str, Any]:
    return {"url": url, **found.model_dump(exclude_defaults=True)}


def _stood(releases: Sequence[Path], address: str, known: Mapping[str, Recorded]) -> Recorded:
    """What an address that no index lists was: a hidden note, or one that leads on to another."""
    for release in reversed(releases):
        with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
            page = release / file_of(place(address))
            document = json.loads(page.with_name("index.json").read_bytes())
            kind = document["kind"]
            if kind == "moved":
                root = document["url"].removesuffix(place(address))
                there = document["moved"]["to"].removeprefix(root)
                return known[place(there)].model_copy(update={"old": True})
            if kind not in ("gone", "choice"):
                return Recorded(
                    **{name: document[name] for name in ("title", "kind", "id", "lang")}
                )
    return Recorded()
