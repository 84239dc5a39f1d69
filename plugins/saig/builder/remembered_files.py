"""Files of the whole site that are slow to make: made again only if they may have changed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from .output import Folder, Written
from .processes import in_background

Contents = Mapping[str, bytes | None]
"""Files by their paths; None instead of the contents of one that stays as it is."""

Replaced = Sequence[tuple[str, str]]
"""Texts that occur once in the files of the last build, and what replaces them."""


def remembered_files(
    folder: Folder,
    name: str,
    key: Any,
    make: Callable[[], Contents],
    *,
    is_due: bool,
    mended: Callable[[Collection[str]], Contents | None] = lambda paths: None,
) -> Callable[[], list[Written]]:
    """Keep the files of the last build, or make them in the background with ``make``: if
    ``is_due``, if ``key`` (plain data) differs from that of the last build, or if a file was
    changed in the folder. The returned function waits until they are written. ``name``: of their
    cache entry. ``mended``: the new files, of the paths of those of the last build, where that is
    faster than ``make``; None where it is not possible."""
    database = folder.database
    key_before, digests = database.value(name) or (None, {})
    standing = {path: folder.standing(path, digest) for path, digest in digests.items()}
    kept = {path: there for path, there in standing.items() if there}
    is_known = key == key_before and len(kept) == len(digests)

    def made() -> Mapping[str, Written]:
        contents = mended(digests) if is_known else None
        return {
            path: kept[path] if data is None else folder.put(path, data)
            for path, data in (make() if contents is None else contents).items()
        }

    # In a clean build this saves little time, and each process takes memory.
    begin = in_background if digests else lambda work: work
    wait = (lambda: kept) if is_known and not is_due else begin(made)

    def written() -> list[Written]:
        found = wait()
        database.keep({name: [key, {path: one.digest for path, one in found.items()}]})
        return list(found.values())

    return written


def with_replaced(
    folder: Folder, paths: Iterable[str], replaced: Replaced | None
) -> Contents | None:
    """The files with these replacements, which takes a tenth of the time of making them; None if
    that is not possible."""
    if replaced is None:
        return None
    files = {path: (folder.root / path).read_bytes() for path in paths}
    made: dict[str, bytes | None] = dict.fromkeys(files)
    for was, now in replaced:
        old = was.encode()
        holding = [path for path, content in files.items() if old in content]
        if len(holding) != 1 or files[holding[0]].count(old) != 1:
            return None
        made[holding[0]] = files[holding[0]] = files[holding[0]].replace(old, now.encode())
    return made
