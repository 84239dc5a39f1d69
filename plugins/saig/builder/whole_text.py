"""``api/v1/all.ndjson``: every document in one file, put together of the last one and of what changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from ..outputs import data
from .output import Folder, Written
from .page_table import Listed, PageTable


def write_all(folder: Folder, pages: PageTable, listed: Sequence[Listed]) -> Written:
    """Write it, with the documents ``listed``, if a document is another than in the last build, or it does not stand as it was
    written. Its digest is that of the documents' digests: nothing of it need be read for that."""
    known = sha256("".join(one.digest for one in listed).encode()).hexdigest()
    if there := folder.standing(data.ALL, known):
        return there
    before = pages.sizes_before() if folder.standing(data.ALL) else []
    return folder.put_parts(data.ALL, _parts(folder.root, listed, _offsets(before)), known)


def _offsets(sizes: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Where each document begins in the last one, by its digest."""
    found, offset = {}, 0
    for digest, size in sizes:
        found[digest] = offset
        offset += size
    return found


def _parts(root: Path, listed: Iterable[Listed], offsets: Mapping[str, int]) -> Iterator[bytes]:
    """The documents one after the other. What stands together in the last file is read at once."""
    start = end = 0
    for one in listed:
        offset = offsets.get(one.digest)
        if offset is not None and offset == end and end - start < MOST:
            end += one.size
            continue
        yield from _piece(root / data.ALL, start, end)
        start = end = offset or 0
        if offset is None:
            yield (root / one.path).with_suffix(".json").read_bytes()
        else:
            end += one.size
    yield from _piece(root / data.ALL, start, end)


MOST = 1 << 18
"""Bytes that are read at once: more would cost as much again, for memory that is new each time."""


def _piece(path: Path, start: int, end: int) -> Iterator[bytes]:
    if start == end:
        return
    with path.open("rb") as file:
        file.seek(start)
        yield file.read(end - start)
