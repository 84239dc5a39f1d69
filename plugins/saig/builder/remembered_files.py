"""Files of the whole site that take long to make, and are made again only if they may be others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from .output import Folder, Written
from .processes import in_background

Replaced = Sequence[tuple[str, str]]
"""Texts that stand once in the files of the last build, and what is to stand there now."""


def remembered_files(
    folder: Folder,
    name: str,
    key: Any,
    make: Callable[[], Mapping[str, bytes]],
    *,
    is_due: bool,
    replaced: Callable[[], Replaced | None] = lambda: None,
) -> Callable[[], list[Written]]:
    """The files that ``make`` gives, as they stand in the folder: those of the last build, unless
    ``is_due``, the ``key`` of plain data is another, or one of them is not as it was written.
    ``name``: by which they are remembered. ``replaced``: the texts that are others in the last
    build's files, with what stands there now, if nothing else is another; the files are then
    mended, which takes a tenth of the time. They are made in the background, and written by calling
    what is returned."""
    database = folder.database
    key_before, digests = database.value(name) or (None, {})
    standing = {path: folder.standing(path, digest) for path, digest in digests.items()}
    is_known = key == key_before and all(standing.values())

    def as_they_are() -> Mapping[str, bytes | None]:
        return dict.fromkeys(standing)

    def made() -> Mapping[str, bytes | None]:
        mended = _mended(folder, digests, replaced()) if is_known else None
        return make() if mended is None else {**as_they_are(), **mended}

    # In a clean build these take little beside the rest, and more processes more memory.
    begin = in_background if digests else lambda work: work
    contents = as_they_are if is_known and not is_due else begin(made)

    def written() -> list[Written]:
        files = [
            standing[path] if content is None else folder.put(path, content)
            for path, content in contents().items()
        ]
        found = [one for one in files if one]
        database.keep({name: [key, {one.path: one.digest for one in found}]})
        return found

    return written


def _mended(
    folder: Folder, paths: Iterable[str], replaced: Replaced | None
) -> Mapping[str, bytes] | None:
    """Those of these files in which one of the texts stood, as they are to be; None where that
    cannot be told."""
    if replaced is None:
        return None
    files = {path: (folder.root / path).read_bytes() for path in paths}
    made: dict[str, bytes] = {}
    for was, now in replaced:
        old = was.encode()
        holding = [path for path, content in files.items() if old in content]
        if len(holding) != 1 or files[holding[0]].count(old) != 1:
            return None
        made[holding[0]] = files[holding[0]] = files[holding[0]].replace(old, now.encode())
    return made
