"""``api/v1/all.ndjson``: all documents in one file. After an edit it is changed in place: writing a
new file of its size and removing the old one would take several times as long."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from pathlib import Path

from ..outputs import data
from .output import Folder, Written
from .page_table import PageTable, Piece

MOST = 1 << 18
"""Bytes that are moved at once."""


def write_all(folder: Folder, pages: PageTable, *, is_due: bool) -> Callable[[], Written]:
    """Write the file, if a document changed (``is_due``) or the file itself was changed. Works in a
    background process; the returned function waits for it."""
    before = folder.standing(data.ALL)
    if before and not is_due:
        return lambda: before
    document = partial(_document, folder.root)
    if before and folder.may_change(data.ALL):

        def change(file: int) -> None:
            rearrange(file, pages.pieces(is_there=True), document)

        return folder.change(before, change)
    paths = (piece.path for piece in pages.pieces(is_there=False))
    return folder.put_parts(data.ALL, map(document, paths))


def _document(root: Path, page: str) -> bytes:
    return (root / page).with_suffix(".json").read_bytes()


def rearrange(file: int, pieces: Iterable[Piece], document: Callable[[str], bytes]) -> None:
    """Make an open file consist of these pieces, in their order: pieces of the file itself are
    moved to their new places, documents are written between them."""
    kept: list[tuple[int, int, int]] = []
    new: list[tuple[int, str]] = []
    end = 0
    for piece in pieces:
        if piece.path:
            new.append((end, piece.path))
        else:
            kept.append((piece.start, end, piece.size))
        end += piece.size
    _grow(file, end)
    # Pieces that move towards the end are moved last to first, so as not to overwrite each other.
    for start, place, size in reversed(kept):
        if place > start:
            _move(file, start, place, size)
    for start, place, size in kept:
        if place < start:
            _move(file, start, place, size)
    for place, path in new:
        _write(file, memoryview(document(path)), place)
    os.ftruncate(file, end)


def _grow(file: int, size: int) -> None:
    """Reserve the space before anything is overwritten: the disk may be full."""
    if size > os.fstat(file).st_size:
        with suppress(AttributeError):  # macOS
            os.posix_fallocate(file, 0, size)


def _move(file: int, start: int, place: int, size: int) -> None:
    """Move bytes within a file. The two places may overlap."""
    memory = memoryview(bytearray(min(MOST, size)))  # new memory for each step would take longer
    steps = range(0, size, MOST)
    for step in steps if place < start else reversed(steps):
        part = memory[: min(MOST, size - step)]
        os.preadv(file, [part], start + step)
        _write(file, part, place + step)


def _write(file: int, data: memoryview, place: int) -> None:
    while data:
        count = os.pwrite(file, data, place)
        data, place = data[count:], place + count
