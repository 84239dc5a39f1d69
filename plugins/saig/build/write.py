"""Files into the output folder: only those that differ, each in one step; and no others stay."""

from __future__ import annotations

import os
import posixpath
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, partial
from hashlib import sha256
from pathlib import Path

from .pool import aside

MARK = ".saig"
"""Marks a folder that was empty when Saig first wrote into it, so that what is old may be removed."""

Stamp = tuple[int, int, int]
"""A file's size, and when it and its entry last changed, in nanoseconds: not to be kept elsewhere."""


@dataclass(frozen=True)
class Written:
    """``stamp``: of the file as it stands now. ``was_there``: it said the same already."""

    path: str
    digest: str
    stamp: Stamp
    was_there: bool = False


Standing = dict[str, tuple[str, Stamp]]
"""The files of a folder, each with its digest and its stamp."""


@dataclass(frozen=True)
class Found:
    """What is not as it was left: files that differ or are missing, files that are new, and folders
    that hold nothing."""

    altered: frozenset[str] = frozenset()
    new: frozenset[str] = frozenset()
    empty: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.altered or self.new or self.empty)


def look(root: Path, before: Standing) -> Found:
    """Hold a folder against what was left there. Names that begin with a dot, ``.well-known`` apart,
    are the operator's (``.git``)."""
    if not root.is_dir():
        return Found(frozenset(before))
    missing = set(before)
    altered, new, empty = set(), set(), []
    waiting = [("", str(root))]
    while waiting:
        below, folder = waiting.pop()
        holds = False
        for entry in os.scandir(folder):
            holds = True
            name, path = entry.name, below + entry.name
            if entry.is_dir():
                if not entry.is_symlink() and (not name.startswith(".") or name == ".well-known"):
                    waiting.append((path + "/", entry.path))
            elif path in before:
                missing.discard(path)
                if _stamp(entry) != before[path][1]:
                    altered.add(path)
            elif not name.startswith(".") or name.endswith(".part"):
                new.add(path)
        if not holds and below:
            empty.append(below)
    return Found(frozenset(altered | missing), frozenset(new), tuple(empty))


class Folder:
    """An output folder during one build. ``before``: what stood there after the last one, so that
    what is there already need not be read; ``found``: what is not so any more, which is looked for
    from the beginning."""

    def __init__(self, root: Path, before: Standing | None = None) -> None:
        self.root = root
        self.before = before or {}
        self.kept: Standing = {}
        self.written = 0
        find = partial(look, root, self.before)
        self._find = aside(find) if self.before else find

    def open(self) -> None:
        """Make it, and mark it if it holds nothing."""
        if not self.root.exists() or not any(self.root.iterdir()):
            self.root.mkdir(parents=True, exist_ok=True)
            (self.root / MARK).touch()

    @cached_property
    def found(self) -> Found:
        """To be asked for before there are processes that write into the folder."""
        return self._find()

    @property
    def is_as_left(self) -> bool:
        """Whether all that the last build wrote stands there, and nothing else."""
        return not self.found and bool(self.before)

    def read(self, path: str) -> bytes:
        return (self.root / path).read_bytes()

    def has(self, path: str, digest: str) -> bool:
        """Whether the file stands there as it was written; then it stays."""
        there = self.standing(path, digest)
        if there:
            self.note(there)
        return there is not None

    def standing(self, path: str, digest: str) -> Written | None:
        """The file, if it stands there as it was written."""
        said = self.before.get(path)
        if said and said[0] == digest and path not in self.found.altered:
            return Written(path, digest, said[1], was_there=True)
        return None

    def write(self, path: str, data: bytes, digest: str | None = None) -> bool:
        """Write a file, unless it already says the same. ``path``: from the folder, with slashes.
        Whether it was written."""
        digest = digest or sha256(data).hexdigest()
        if self.has(path, digest):
            return False
        return self.note(self.put(path, data, digest))

    def put(self, path: str, data: bytes, digest: str) -> Written:
        """The writing alone, which another process may do; to be noted in this one."""
        if there := self.standing(path, digest):
            return there
        target = f"{self.root}/{path}"
        if (path in self.before or path in self.found.new) and _says(target, data):
            return Written(path, digest, _stamp(Path(target)), was_there=True)
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

    def _replace(self, temporary: str, target: str) -> Stamp:
        try:
            os.replace(temporary, target)
        except IsADirectoryError:
            raise IsADirectoryError(f"{target} is a folder") from None
        return _stamp(Path(target))

    def note(self, done: Written) -> bool:
        """Take note of a file that ``put`` wrote. Whether it was written."""
        self.kept[done.path] = done.digest, done.stamp
        self.written += not done.was_there
        return not done.was_there

    def sweep(self) -> int:
        """Remove every file that this build did not write, if the folder holds nothing else."""
        if not (self.root / MARK).is_file():
            return 0
        there = {*self.before, *self.found.new} - self.kept.keys()
        removed = [path for path in there if self._remove(self.root / path)]
        for folder in (*self.found.empty, *map(posixpath.dirname, removed)):
            self._clear(folder.rstrip("/"))
        return len(removed)

    def _remove(self, path: Path) -> bool:
        try:
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


def _write(path: str, data: bytes) -> None:
    with open(path, "wb", buffering=0) as file:
        left = memoryview(data)
        while left:
            left = left[file.write(left) :]


def _says(path: str, data: bytes) -> bool:
    try:
        with open(path, "rb") as file:
            return os.fstat(file.fileno()).st_size == len(data) and file.read() == data
    except OSError:
        return False


def _stamp(file: Path | os.DirEntry[str]) -> Stamp:
    found = file.stat(follow_symlinks=False)
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns
