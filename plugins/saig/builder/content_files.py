"""The files of a folder with the digests of what they hold. One that was not touched since it was read
last is not read again: then the digest is the one that is remembered.

What tells that a file was touched is its place and its times, as for Git's index. A file that changed
hardly before it was read may change once more within the same tick of the clock, so it is read the
next time, too (https://git-scm.com/docs/racy-git).
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from ..frozen import dataclass
from .database import TICK, Database
from .inputs import read

UNREADABLE = ""
"""In place of a digest. Whoever reads the file in earnest will say why it cannot be read."""

Digests = Mapping[str, str]
"""Paths from the folder of the project, and the digests of what the files hold."""

Stamped = tuple[str, int, int, int, int]
"""A digest; the file's size, the times of its last change and of its status', and its inode. No time
where the file may have changed within the tick in which it was read."""


@dataclass(frozen=True)
class ContentFiles:
    """The files of ``content/``, as they are and as they were in the last build."""

    now: Mapping[str, Stamped]
    before: Mapping[str, Stamped]

    @property
    def notes(self) -> Digests:
        return {path: found[0] for path, found in self.now.items() if is_note(path)}

    @property
    def others(self) -> Digests:
        return {path: found[0] for path, found in self.now.items() if not is_note(path)}

    def save(self, database: Database) -> None:
        """Remember them, but for those whose names are no UTF-8."""
        before = {} if database.is_new else self.before
        gone = [(path,) for path in before.keys() - self.now.keys()]
        database.write("DELETE FROM source WHERE path = ?", gone)
        rows = (
            (path, *now)
            for path, now in self.now.items()
            if before.get(path) != now and _is_text(path)
        )
        database.write("INSERT OR REPLACE INTO source VALUES (?, ?, ?, ?, ?, ?)", rows)


def _is_text(path: str) -> bool:
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True


def content_files(root: Path, database: Database) -> ContentFiles:
    """All files below a folder, by their paths from the folder above it."""
    before = {path: tuple(row) for path, *row in database.select("SELECT * FROM source")}
    now = {path: _stamped(entry, before.get(path)) for path, entry in _walk(root)}
    return ContentFiles(now, before)


def _stamped(entry: os.DirEntry[str] | str, before: Stamped | None) -> Stamped:
    if isinstance(entry, str):
        return UNREADABLE, 0, 0, 0, 0
    try:
        found = entry.stat()
    except OSError:
        return UNREADABLE, 0, 0, 0, 0
    stamp = found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino
    if before and before[1:] == stamp and before[0]:
        return before
    is_settled = found.st_ctime_ns < time.time_ns() - TICK
    return digest_of(entry.path), *(stamp if is_settled else (0, 0, 0, 0))


def digests(root: Path, is_wanted: Callable[[str], bool] = lambda path: True) -> Digests:
    """The files below a folder that are wanted, all read, by their paths from the folder above it."""
    return {
        path: digest_of(entry if isinstance(entry, str) else entry.path)
        for path, entry in _walk(root)
        if is_wanted(path)
    }


def is_note(path: str) -> bool:
    return path.endswith(".md") and not path.partition("/")[2].startswith("files/")


def digest_of(file: str) -> str:
    try:
        return sha256(read(file)).hexdigest()
    except OSError:
        return UNREADABLE


def _walk(root: Path) -> Iterator[tuple[str, os.DirEntry[str] | str]]:
    """The files below a folder; a folder that cannot be looked into as its path alone."""
    waiting = [(root.name, str(root))]
    while waiting:
        name, folder = waiting.pop()
        try:
            entries = list(os.scandir(folder))
        except OSError:
            yield name, folder
            continue
        for entry in entries:
            path = f"{name}/{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                waiting.append((path, entry.path))
            elif entry.is_symlink() or entry.is_file():  # a link may lead nowhere, or in a circle
                yield path, entry
