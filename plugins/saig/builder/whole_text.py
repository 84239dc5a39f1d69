"""``api/v1/all.ndjson``: every document in one file, put together of the last one and of what changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from ..outputs import data
from .output import Folder, Written
from .page_table import PageTable


def write_all(folder: Folder, pages: PageTable, *, is_due: bool) -> Callable[[], Written]:
    """Write it, if a document is another than in the last build (``is_due``), or it does not stand as it
    was written. Goes on in a process of its own; what is returned waits for that."""
    before = folder.standing(data.ALL)
    if before and not is_due:
        return lambda: before
    return folder.put_parts(data.ALL, _parts(folder.root, pages, is_there=before is not None))


def _parts(root: Path, pages: PageTable, *, is_there: bool) -> Iterator[bytes | memoryview]:
    """The documents one after the other. What is copied is given in memory that is used again: new
    memory for each part would cost as much as copying it."""
    memory = memoryview(bytearray(MOST))
    for piece in pages.pieces(is_there=is_there):
        if isinstance(piece, str):
            yield (root / piece).with_suffix(".json").read_bytes()
            continue
        with (root / data.ALL).open("rb", buffering=0) as file:
            file.seek(piece.start)
            left = len(piece)
            while length := file.readinto(memory[:left]):
                yield memory[:length]
                left -= length


MOST = 1 << 17
"""Bytes that are read at once."""
