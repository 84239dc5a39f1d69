"""Every page and file that was ever public, for the check of vanished addresses."""

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
    """Write an index, in the form of ``api/v1/index.json``, of every address that was ever public,
    with what was there as far as the kept releases say. Returns ``target``, or None if nothing was
    ever public. Raises ``OSError``.

    The index of the current release would not do: it lacks what was public before a rollback,
    redirects and hidden notes. ``commits``: the commits of a branch: only what was published from
    these, or from no commit, counts; None: all. ``url``: of the site, without a slash at its end.
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
    """What was at an address that no index lists: a hidden note, or a redirect."""
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
