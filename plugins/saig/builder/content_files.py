"""The files of a folder, with digests of their contents. The digest of a file that was not touched
since the last build comes from the cache.

Whether a file was touched is decided by inode, size and times, as in Git's index. A file may change
again within the same tick of the clock after it was read, unnoticed. So if it changed just before,
it is read again by the next build: as in Git, a size that no file has is stored
(https://git-scm.com/docs/racy-git).
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from .database import TICK, Database
from .inputs import digest, read

UNREADABLE = ""
"""Instead of a digest. The error is reported when the contents are needed."""

Stamped = tuple[str, int, int, int, int]
"""Digest; size, mtime, ctime (in nanoseconds) and inode of the file. The size is ``RACY`` if the
file may have changed within the tick in which it was read."""

RACY = -1


@dataclass(frozen=True)
class ContentFiles:
    """The files of ``content/``, compared with those of the last build.

    ``touched``: path -> new or perhaps changed file, None if removed; without files whose names are
    not UTF-8, which are not notes. ``are_as_left``: no file was added, removed, renamed or changed.
    ``has_other_names``: whether there are, or were then, names that are not UTF-8. ``digest``: of the
    contents of all files; ``chain``: the same without files of such names.
    """

    touched: Mapping[str, Stamped | None]
    are_as_left: bool
    has_other_names: bool
    chain: str
    digest: str

    def save(self, database: Database) -> None:
        """Save them for the next build."""
        gone = [(path,) for path, now in self.touched.items() if now is None]
        database.write("DELETE FROM source WHERE path = ?", gone)
        rows = ((path, *now) for path, now in self.touched.items() if now)
        database.write("INSERT OR REPLACE INTO source VALUES (?, ?, ?, ?, ?, ?)", rows)
        database.keep({"content": [self.chain, self.digest]})


def _is_text(path: str) -> bool:
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True


def content_files(root: Path, database: Database) -> ContentFiles:
    """All files below a folder, by their paths from its parent folder."""
    rows = database.select_lasting("SELECT * FROM source")
    missing: dict[str, Stamped] = {row[0]: row[1:] for row in rows}
    changed = []
    are_as_left = True
    touched: dict[str, Stamped | None] = {}
    for path, entry in _walk(root):
        was = missing.pop(path, None)
        now = _stamped(root, path, entry, was)
        if now is was:
            continue
        if now != was:
            if _is_text(path):
                touched[path] = now
            are_as_left = are_as_left and was is not None and now[2:] == was[2:]
        if was is None or now[0] != was[0]:
            changed.append((path, now[0]))
    touched.update(dict.fromkeys(missing))
    named = [(path, found) for path, found in changed if _is_text(path)]
    chain, before = database.value("content") or ("", "")
    had_other_names = before != chain
    if named or missing:
        chain = digest(chain, sorted(named), sorted(missing))
    others = sorted({*changed} - {*named})
    found = digest(chain, others) if others else chain
    has_other_names = had_other_names or bool(others)
    return ContentFiles(touched, are_as_left and not missing, has_other_names, chain, found)


def _stamped(
    root: Path, path: str, entry: os.DirEntry[str] | None, before: Stamped | None
) -> Stamped:
    if entry is None:
        return UNREADABLE, 0, 0, 0, 0
    if entry.is_symlink():
        return _of_link(f"{root.parent}/{path}"), 0, 0, 0, 0
    try:
        found = entry.stat()
    except OSError:
        return UNREADABLE, 0, 0, 0, 0
    stamp = found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino
    if before and before[1:] == stamp and before[0]:
        return before
    is_settled = found.st_ctime_ns < time.time_ns() - TICK
    size = found.st_size if is_settled else RACY
    return digest_of(f"{root.parent}/{path}"), size, *stamp[1:]


def is_file(stamp: Stamped) -> bool:
    """Whether it is of a regular file."""
    return stamp[-1] != 0


def _of_link(path: str) -> str:
    """A digest of a link's target. Links are not followed: they are refused, and one may lead to an
    endless file such as ``/dev/zero``."""
    try:
        return digest(os.readlink(path), os.path.realpath(path, strict=True))
    except OSError:
        return UNREADABLE


def digests(root: Path) -> list[tuple[str, str]]:
    """The paths of the files below a folder, from its parent folder, with digests. All are read."""
    return sorted(
        (path, digest_of(f"{root.parent}/{path}") if entry else UNREADABLE)
        for path, entry in _walk(root)
        if not path.endswith("/")
    )


def digest_of(file: str) -> str:
    try:
        return sha256(read(file)).hexdigest()
    except OSError:
        return UNREADABLE


def _walk(root: Path) -> Iterator[tuple[str, os.DirEntry[str] | None]]:
    """The paths below a folder, folders with a slash at their end; each file with its entry, valid
    until the next one. None instead of an entry for what is not a file, or cannot be read."""
    waiting = [root.name]
    while waiting:
        name = waiting.pop()
        try:
            folder = os.open(root.parent / name, os.O_RDONLY)
        except OSError:
            yield name, None
            continue
        try:  # a path relative to an open folder is resolved faster than an absolute one
            for entry in list(os.scandir(folder)):
                path = f"{name}/{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(path)
                    yield f"{path}/", None
                elif entry.is_symlink() or entry.is_file():  # a link may lead nowhere
                    yield path, entry
                else:
                    yield path, None
        finally:
            os.close(folder)
