"""``api/v1/all.ndjson``: every document in one file, put together of the last one and of what changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from ..outputs import data
from .output import Folder, Written
from .page_table import PageTable, Piece


def write_all(folder: Folder, pages: PageTable, *, is_due: bool) -> Callable[[], Written]:
    """Write it, if a document is another than in the last build (``is_due``), or it does not stand as it
    was written. Goes on in a process of its own; what is returned waits for that."""
    before = folder.standing(data.ALL)
    if before and not is_due:
        return lambda: before
    pieces = pages.pieces(is_there=before is not None)
    return folder.put_parts(data.ALL, _parts(folder.root, pieces))


def _parts(root: Path, pieces: Iterable[Piece]) -> Iterator[bytes]:
    """The documents one after the other."""
    for piece in pieces:
        if isinstance(piece, str):
            yield (root / piece).with_suffix(".json").read_bytes()
            continue
        with (root / data.ALL).open("rb") as file:
            file.seek(piece.start)
            for start in range(piece.start, piece.stop, MOST):
                yield file.read(min(MOST, piece.stop - start))


MOST = 1 << 18
"""Bytes that are read at once: more would cost as much again, for memory that is new each time."""
