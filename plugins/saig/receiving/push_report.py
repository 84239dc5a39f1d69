"""What the pusher is told of a publication: the addresses of pages that changed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path, PurePosixPath

from ..publishing.checks import read_json
from ..publishing.record import Publication
from ..publishing.tree import is_page
from ..words import N_

MOST = 10
"""The most addresses."""

Line = tuple[str, Mapping[str, object]]
"""A message marked with ``N_``, and its values."""


def report_lines(publication: Publication, site: Path, files: Collection[str]) -> list[Line]:
    """The pages that were withdrawn, added and changed, at most ``MOST``: first those withdrawn,
    then those of notes in ``files``, then those that only show such notes. ``site``: the folder of
    the release."""
    ids = {PurePosixPath(file).name.split(".")[0] for file in files if file.endswith(".md")}
    went = {*publication.gone, *publication.removed}
    here = filter(is_page, {*publication.added, *publication.changed} - {*went, *publication.moved})
    order = sorted(here, key=lambda address: (not _is_of(site, address, ids), address))
    lines: list[Line] = [
        *((N_("Withdrawn: %(url)s"), {"url": publication.site + a}) for a in _pages(went)),
        *((N_("Published: %(url)s"), {"url": publication.site + a}) for a in order),
    ]
    more = len(lines) - MOST
    return (
        lines if more <= 0 else [*lines[:MOST], (N_("and more pages: %(count)d"), {"count": more})]
    )


def _pages(addresses: Collection[str]) -> Iterator[str]:
    return filter(is_page, sorted(addresses))


def _is_of(site: Path, address: str, ids: Collection[str]) -> bool:
    """Whether a page is of a note with one of these ids."""
    try:
        document = read_json(site / address[1:] / "index.json")
    except OSError:
        return False
    return isinstance(document, dict) and document.get("id") in ids
