"""``api/v1/all.ndjson``: every document in one file. After an edit it is changed where it stands:
to write another of its size, and to remove the old one, would take several times as long."""

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
    """Write it, if a document is another than in the last build (``is_due``), or it does not stand
    as it was written. Goes on in a process of its own; what is returned waits for that."""
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
    """Have an open file made of these pieces, one after the other: those that it has are moved to
    their places, and the documents of the others written between."""
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
    # What moves on would overwrite what follows and moves on too, so there the last goes first.
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
    """Before anything is overwritten: there may be no room."""
    if size > os.fstat(file).st_size:
        with suppress(AttributeError):  # macOS
            os.posix_fallocate(file, 0, size)


def _move(file: int, start: int, place: int, size: int) -> None:
    """Within a file. The two places may overlap."""
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
