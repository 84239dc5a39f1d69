"""Files into the output folder: only those that differ, each in one step; and no others stay."""

from __future__ import annotations

import filecmp
import os
import posixpath
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, partial
from hashlib import sha256
from pathlib import Path

from .database import Database, batched, marks
from .processes import in_background

MARK = ".saig"
"""Marks a folder that was empty when Saig first wrote into it, so that what is old may be removed."""

Stamp = tuple[int, int, int]
"""A file's size, and when it and its entry last changed, in nanoseconds: not to be kept elsewhere."""


@dataclass(frozen=True, slots=True)
class Written:
    """``stamp``: of the file as it stands now. ``was_there``: it said the same already."""

    path: str
    digest: str
    stamp: Stamp
    was_there: bool = False


@dataclass(frozen=True)
class Found:
    """What is not as it was left: files that differ or are missing, files that are new, and folders
    that hold nothing."""

    altered: frozenset[str] = frozenset()
    new: frozenset[str] = frozenset()
    empty: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.altered or self.new or self.empty)


def look(root: Path, database: Database) -> Callable[[], Found]:
    """Hold a folder against what was left there, in the background. Names that begin with a dot,
    ``.well-known`` apart, are the operator's (``.git``)."""
    parts = [in_background(partial(_look, root, database, *part)) for part in _parts(database)]

    def found() -> Found:
        every = [part() for part in parts]
        return Found(
            frozenset().union(*(part.altered for part in every)),
            frozenset().union(*(part.new for part in every)),
            tuple(folder for part in every for folder in part.empty),
        )

    return found


MANY = 4000
"""Files that two processes look at sooner than one."""


def _parts(database: Database) -> list[tuple[str, str | None]]:
    """The paths at which each process begins and ends."""
    [(count,)] = database.select_lasting("SELECT count(*) FROM output")
    if count < MANY:
        return [("", None)]
    sql = "SELECT path FROM output ORDER BY path LIMIT 1 OFFSET ?"
    [(middle,)] = database.select_lasting(sql, (count // 2,))
    return [("", middle), (middle, None)]


_STAMPS = """
SELECT path, size, modified, changed FROM output
WHERE path != '' AND path >= ? AND (? IS NULL OR path < ?)
"""


def _look(root: Path, database: Database, start: str, end: str | None) -> Found:
    rows = database.select_lasting(_STAMPS, (start, end, end))
    return _found(root, {row[0]: row[1:] for row in rows}, start, end)


def _found(root: Path, missing: dict[str, Stamp], start: str = "", end: str | None = None) -> Found:
    """What is found between two paths. ``missing``: what was left there."""
    if not root.is_dir():
        return Found(frozenset(missing))

    def is_within(path: str) -> bool:
        return start <= path and (end is None or path < end)

    altered, new, empty = set(), set(), []
    waiting = [("", str(root))]
    while waiting:
        below, folder = waiting.pop()
        holds = False
        for entry in os.scandir(folder):
            holds = True
            name, path = entry.name, below + entry.name
            if entry.is_dir():
                if entry.is_symlink() or (name.startswith(".") and name != ".well-known"):
                    continue
                # "0" follows "/": no path below the folder comes after that.
                if start < path + "0" and (end is None or path + "/" < end):
                    waiting.append((path + "/", entry.path))
            elif not is_within(path):
                pass
            elif left := missing.pop(path, None):
                if _of_status(entry.stat(follow_symlinks=False)) != left:
                    altered.add(path)
            elif not name.startswith(".") or name.endswith(".part"):
                new.add(path)
        if not holds and below and is_within(below):
            empty.append(below)
    return Found(frozenset(altered | missing.keys()), frozenset(new), tuple(empty))


class Folder:
    """An output folder during one build. ``is_known``: whether it is the one that the last build
    wrote, so that what is there already need not be read. What is not so any more is looked for from
    the beginning."""

    def __init__(self, root: Path, database: Database) -> None:
        self.root = root
        self.database = database
        self.is_empty = False
        self.kept: Path | None = None
        """Where pages that are removed are kept, for who still wants to see them; None: nowhere."""
        self._made: set[str] = set()
        self.written: dict[str, Written] = {}
        self.removed: set[str] = set()
        said = database.select_lasting("SELECT digest FROM output WHERE path = ''")
        self.is_known = said == [(str(root.resolve()),)]
        self._find: Callable[[], Found] = (
            look(root, database) if self.is_known else partial(_found, root, {})
        )

    def open(self) -> None:
        """Make it, and mark it if it holds nothing: then nobody reads in it yet."""
        if not self.root.exists() or not any(self.root.iterdir()):
            self.root.mkdir(parents=True, exist_ok=True)
            (self.root / MARK).touch()
            self.is_empty = True

    @cached_property
    def found(self) -> Found:
        """To be asked for before there are processes that write into the folder."""
        return self._find()

    @property
    def is_as_left(self) -> bool:
        """Whether all that the last build wrote stands there, and nothing else."""
        return self.is_known and not self.found

    def standing(self, path: str, digest: str | None = None) -> Written | None:
        """The file, if it stands there as it was written; as it has that digest, if one is given."""
        if path in self.written:
            said = self.written[path]
            return said if digest in (None, said.digest) else None
        if not self.is_known or path in self.found.altered:
            return None
        sql = "SELECT digest, size, modified, changed FROM output WHERE path = ?"
        for was, *stamp in self.database.select_lasting(sql, (path,)):
            if digest in (None, was):
                size, modified, changed = stamp
                return Written(path, was, (size, modified, changed), was_there=True)
        return None

    def put(self, path: str, data: bytes, digest: str | None = None) -> Written:
        """Write a file, unless it already says the same; in any process, to be registered in the first.
        ``path``: from the folder, with slashes. ``digest``: of what it holds, if it is known."""
        digest = digest or sha256(data).hexdigest()
        if there := self.standing(path, digest):
            return there
        target = f"{self.root}/{path}"
        if self.is_empty:
            return Written(path, digest, self._write_new(target, data))
        is_there = path in self.found.new or path in self.found.altered or self.is_known
        if is_there and _says(target, data):
            return Written(path, digest, _stamp(target), was_there=True)
        folder, _, name = target.rpartition("/")
        temporary = f"{folder}/.{name}.{os.getpid()}.part"
        try:
            try:
                _write(temporary, data)
            except FileNotFoundError:
                os.makedirs(folder, exist_ok=True)
                _write(temporary, data)
            stamp = self._replace(temporary, target)
        except BaseException:
            with suppress(OSError):
                os.unlink(temporary)
            raise
        return Written(path, digest, stamp)

    def put_parts(self, path: str, parts: Iterable[bytes | memoryview]) -> Callable[[], Written]:
        """The same for a file that may be too long to be had at once: its parts are made and written
        beside its place by a process of its own, each before the next is asked for, and calling what is
        returned puts it there. It has no digest; one that stands as the last build wrote it held
        something else."""
        target = f"{self.root}/{path}"
        temporary = f"{self.root}/.{path.replace('/', '-')}.{os.getpid()}.part"

        def write() -> None:
            with open(temporary, "wb") as file:
                file.writelines(parts)

        wait = in_background(write)

        def finish() -> Written:
            try:
                wait()
                if self.standing(path) is None and _are_same(temporary, target):
                    os.unlink(temporary)
                    return Written(path, "", _stamp(target), was_there=True)
                os.makedirs(target.rpartition("/")[0], exist_ok=True)
                return Written(path, "", self._replace(temporary, target))
            except BaseException:
                with suppress(OSError):
                    os.unlink(temporary)
                raise

        return finish

    def _write_new(self, target: str, data: bytes) -> Stamp:
        """Write into a folder that was empty: without another name first, for a build that is killed
        here leaves nothing that the next one believes."""
        folder = target.rpartition("/")[0]
        if folder not in self._made:
            _make_folder(folder)
            self._made.add(folder)
        _write(target, data)
        return _stamp(target)

    def _replace(self, temporary: str, target: str) -> Stamp:
        try:
            os.replace(temporary, target)
        except IsADirectoryError:
            raise IsADirectoryError(f"{target} is a folder") from None
        return _stamp(target)

    def register(self, done: Written) -> bool:
        """Take note of a file that ``put`` wrote. Whether it was written."""
        self.written[done.path] = done
        self.removed.discard(done.path)
        return not done.was_there

    def keep_written(self) -> None:
        """All other files of the last build are no more."""
        if self.is_known:
            sql = "SELECT path FROM output WHERE path != ''"
            self.drop(path for (path,) in self.database.select_lasting(sql))

    def drop(self, paths: Iterable[str]) -> None:
        """These files of the last build are no more."""
        self.removed.update(path for path in paths if path not in self.written)

    @property
    def count(self) -> int:
        """How many files stand there now."""
        if not self.is_known:
            return len(self.written)
        [(left,)] = self.database.select_lasting("SELECT count(*) FROM output WHERE path != ''")
        others = sorted(self.removed | self.written.keys())
        for some in batched(others):
            sql = f"SELECT count(*) FROM output WHERE path IN ({marks(some)})"
            left -= self.database.select_lasting(sql, some)[0][0]
        return int(left) + len(self.written)

    @property
    def written_paths(self) -> list[str]:
        """The files that were written."""
        return [path for path, done in self.written.items() if not done.was_there]

    def sweep(self) -> int:
        """Remove every file that the site does not have any more, if the folder holds nothing else."""
        if not (self.root / MARK).is_file():
            return 0
        there = (self.removed | self.found.new) - self.written.keys()
        removed = [path for path in there if self._remove(self.root / path)]
        for folder in (*self.found.empty, *map(posixpath.dirname, removed)):
            self._clear(folder.rstrip("/"))
        return len(removed)

    def save(self) -> None:
        """Remember what stands there."""
        if not self.is_known:
            self.database.write("DELETE FROM output WHERE path != ?", [("",)])
        root = [("", str(self.root.resolve()), 0, 0, 0)]
        self.database.write("INSERT OR REPLACE INTO output VALUES (?, ?, ?, ?, ?)", root)
        self.database.write("DELETE FROM output WHERE path = ?", [(p,) for p in self.removed])
        rows = ((done.path, done.digest, *done.stamp) for done in self.written.values())
        self.database.write("INSERT OR REPLACE INTO output VALUES (?, ?, ?, ?, ?)", rows)

    def _remove(self, path: Path) -> bool:
        try:
            if self.kept and path.suffix == ".html":
                kept = self.kept / path.relative_to(self.root)
                kept.parent.mkdir(parents=True, exist_ok=True)
                os.replace(path, kept)
            else:
                path.unlink()
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
            return False
        return True

    def _clear(self, folder: str) -> None:
        """Remove a folder that holds nothing, and those above that then hold nothing."""
        while folder:
            try:
                os.rmdir(self.root / folder)
            except OSError:
                return
            folder = posixpath.dirname(folder)


def _make_folder(path: str) -> None:
    """As ``os.makedirs``, for a folder that is not there, in one that most often is."""
    try:
        os.mkdir(path)
    except FileExistsError:
        pass
    except FileNotFoundError:
        os.makedirs(path, exist_ok=True)


def _write(path: str, data: bytes) -> None:
    file = os.open(path, _TO_WRITE, 0o666)
    try:
        left = memoryview(data)
        while left:
            left = left[os.write(file, left) :]
    finally:
        os.close(file)


_TO_WRITE = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC


def _are_same(one: str, other: str) -> bool:
    return os.path.isfile(other) and filecmp.cmp(one, other, shallow=False)


def _says(path: str, data: bytes) -> bool:
    try:
        with open(path, "rb") as file:
            return os.fstat(file.fileno()).st_size == len(data) and file.read() == data
    except OSError:
        return False


def _stamp(path: str) -> Stamp:
    return _of_status(os.lstat(path))


def _of_status(found: os.stat_result) -> Stamp:
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns
