"""``api/v1/all.ndjson``: every document in one file, put together of the last one and of what changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

from ..outputs import data
from .output import Folder, Written
from .page_table import Content, PageTable


def write_all(folder: Folder, pages: PageTable, *, is_due: bool) -> Written:
    """Write it, if a document is another than in the last build (``is_due``), or it does not stand as it
    was written. Its digest is that of the documents' digests: nothing of it need be read for that."""
    before = folder.standing(data.ALL)
    if before and not is_due:
        return before
    contents = pages.contents()
    digest = sha256("".join(one.digest for one in contents).encode()).hexdigest()
    if there := folder.standing(data.ALL, digest):
        return there
    parts = _parts(folder.root, contents, is_there=before is not None)
    return folder.put_parts(data.ALL, parts, digest)


def _parts(root: Path, contents: Iterable[Content], *, is_there: bool) -> Iterator[bytes]:
    """The documents one after the other. What stands together in the last file is read at once."""
    start = end = 0
    for one in contents:
        offset = one.offset if is_there else None
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
