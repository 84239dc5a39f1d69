"""Compares an output folder with what the last build left in it.

Each file of the last build is examined (``lstat``). One with other times is read, and compared by
its digest: a copy of the folder is as good as the folder itself. To find other files every folder
would have to be listed, which is slower. So a folder is listed only if its own times show that
something was added or removed since it was last found to contain only the site's files.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from .content_files import RACY
from .database import TICK, Database
from .processes import in_background

Stamp = tuple[int, int, int]
"""A file's size, mtime and ctime, in nanoseconds."""

FolderStamp = tuple[int, int]
"""A folder's mtime and ctime."""

UNLISTED = (0, 0)
"""The stamp of no folder: one that has it is listed by the next build."""

PART = ".part"
"""At the end of a file's name while it is written; a leading dot is at its beginning."""


@dataclass(frozen=True)
class Found:
    """What changed since the last build: files that differ or are missing, new files, and empty
    folders. A folder is given by its path with a slash at its end, '' is the output folder.

    ``touched``: the files with the same contents and other times, with their new stamps.
    ``listed``: the folders that were found to contain only the site's files, with their stamps;
    None for one that is gone, ``UNLISTED`` for one with others.
    """

    altered: frozenset[str] = frozenset()
    new: frozenset[str] = frozenset()
    empty: tuple[str, ...] = ()
    touched: Mapping[str, Stamp] = field(default_factory=dict)
    listed: Mapping[str, FolderStamp | None] = field(default_factory=dict)


def look(root: Path, database: Database) -> Callable[[], Found]:
    """Compare a folder with what the last build left there, in the background."""
    parts = [in_background(partial(_look, root, database, *part)) for part in _parts(database)]

    def found() -> Found:
        every = [part() for part in parts]
        return Found(
            frozenset().union(*(part.altered for part in every)),
            frozenset().union(*(part.new for part in every)),
            tuple(folder for part in every for folder in part.empty),
            {path: stamp for part in every for path, stamp in part.touched.items()},
            {folder: stamp for part in every for folder, stamp in part.listed.items()},
        )

    return found


MANY = 4000
"""With more files than this, two processes are faster than one."""


def _parts(database: Database) -> list[tuple[str, str | None]]:
    """The range of paths for each process: from, up to (None: to the end)."""
    [(count,)] = database.select_lasting("SELECT count(*) FROM output")
    if count < MANY:
        return [("", None)]
    sql = "SELECT path FROM output ORDER BY path LIMIT 1 OFFSET ?"
    [(middle,)] = database.select_lasting(sql, (count // 2,))
    return [("", middle), (middle, None)]


_FILES = """
SELECT path, size, modified, changed FROM output
WHERE path >= ? AND (? IS NULL OR path < ?)
"""

_FOLDERS = "SELECT path, modified, changed FROM folder WHERE path >= ? AND (? IS NULL OR path < ?)"


def _look(root: Path, database: Database, start: str, end: str | None) -> Found:
    files = database.select_lasting(_FILES, (start, end, end))
    folders = database.select_lasting(_FOLDERS, (start, end, end))
    with _opened(root) as top:
        different = list(_different(files, top))
        touched = dict(_touched(different, top, database))
        now = {folder: _folder_stamp(folder, top) for folder, *_ in folders}
    altered = set(different) - touched.keys()
    left_so = {folder: tuple(left) for folder, *left in folders}
    gone = [folder for folder, stamp in now.items() if stamp is None]
    if links := tuple(folder for folder in gone if os.path.islink(f"{root}/{folder[:-1]}")):
        altered |= {path for path, *_ in files if path.startswith(links)}
    changed = [folder for folder, stamp in now.items() if stamp and stamp != left_so[folder]]
    found = listing(root, changed, lambda path: path in left_so or _was_left(database, path))
    listed = {**dict.fromkeys(changed, UNLISTED), **found.listed, **dict.fromkeys(gone)}
    return replace(found, altered=frozenset(altered), touched=touched, listed=listed)


@contextmanager
def _opened(folder: Path) -> Iterator[int]:
    """A descriptor of a folder, as relative paths are resolved faster. -1 if there is no such
    folder: then nothing is found."""
    try:
        opened = os.open(folder, os.O_RDONLY)
    except OSError:
        yield -1
        return
    try:
        yield opened
    finally:
        os.close(opened)


def _different(files: Iterable[tuple[str, int, int, int]], top: int) -> Iterator[str]:
    """The files that may have changed, or are missing. ``top``: a descriptor of the folder."""
    for path, size, modified, changed in files:
        try:
            found = os.lstat(path, dir_fd=top)
        except OSError:
            yield path
            continue
        if found.st_size != size or found.st_mtime_ns != modified or found.st_ctime_ns != changed:
            yield path


def _touched(paths: Iterable[str], top: int, database: Database) -> Iterator[tuple[str, Stamp]]:
    """Those of these files that have the contents that the last build wrote, with their stamps. A
    file that may change again within this tick of the clock gets a size that no file has."""

    def opener(path: str, flags: int) -> int:
        return os.open(path, flags | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=top)

    for path in paths:
        [(digest,)] = database.select_lasting("SELECT digest FROM output WHERE path = ?", (path,))
        try:
            with open(path, "rb", buffering=0, opener=opener) as file:
                found = os.fstat(file.fileno())
                if not (digest and S_ISREG(found.st_mode)):
                    continue
                data = file.read()
        except OSError:
            continue
        if sha256(data).hexdigest() == digest:
            is_settled = found.st_ctime_ns < time.time_ns() - TICK
            yield path, (found.st_size if is_settled else RACY, *stamp_from(found)[1:])


def _was_left(database: Database, path: str) -> bool:
    table = "folder" if path.endswith("/") else "output"
    return bool(database.select_lasting(f"SELECT 1 FROM {table} WHERE path = ?", (path,)))


def listing(root: Path, folders: Iterable[str], is_known: Callable[[str], bool]) -> Found:
    """The unknown contents of folders, including those of unknown folders below. Names with a
    leading dot, such as ``.git``, belong to the operator, except ``.well-known``."""
    new, empty = set[str](), list[str]()
    listed: dict[str, FolderStamp | None] = {}
    before = time.time_ns() - TICK  # a later change may have the same time
    with _opened(root) as top:
        for folder in folders:
            stamp = _folder_stamp(folder, top)
            if stamp and not _list(root, folder, is_known, new, empty) and stamp[1] < before:
                listed[folder] = stamp
    return Found(new=frozenset(new), empty=tuple(empty), listed=listed)


def _list(
    root: Path, top: str, is_known: Callable[[str], bool], new: set[str], empty: list[str]
) -> bool:
    """Add to ``new`` the unknown files below a folder, to ``empty`` the empty folders. Returns
    whether there were any."""
    holds_others = False
    waiting = [top]
    while waiting:
        folder = waiting.pop()
        holds = folder == ""
        for entry in os.scandir(f"{root}/{folder}"):
            holds = True
            name, path = entry.name, folder + entry.name
            if entry.is_dir():
                is_ours = not name.startswith(".") or name == ".well-known"
                if is_ours and not entry.is_symlink() and not is_known(path + "/"):
                    waiting.append(path + "/")
                    holds_others = True
            elif not is_known(path) and (not name.startswith(".") or name.endswith(PART)):
                new.add(path)
                holds_others = True
        if not holds:
            empty.append(folder)
            holds_others = True
    return holds_others


def folders_of(paths: Iterable[str]) -> set[str]:
    """The folders of these files, with all parents."""
    found = {""}
    for path in paths:
        while (path := path[: path.rfind("/", 0, -1) + 1]) not in found:
            found.add(path)
    return found


def stamp_of(path: str) -> Stamp:
    return stamp_from(os.lstat(path))


def stamp_from(found: os.stat_result) -> Stamp:
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns


def _folder_stamp(folder: str, top: int) -> FolderStamp | None:
    """None if there is no such folder, or it is a symbolic link; the top folder may be one."""
    try:
        found = os.lstat(folder[:-1] or ".", dir_fd=top)
    except OSError:
        return None
    return (found.st_mtime_ns, found.st_ctime_ns) if S_ISDIR(found.st_mode) else None
