"""Files into the output folder: only those that differ, each in one step; and no others stay."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

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


class Folder:
    """An output folder during one build. ``before``: what stood there after the last one, so that
    what is there already need not be read."""

    def __init__(self, root: Path, before: Standing | None = None) -> None:
        self.root = root
        if not root.exists() or not any(root.iterdir()):
            root.mkdir(parents=True, exist_ok=True)
            (root / MARK).touch()
        self.is_ours = (root / MARK).is_file()
        self.before = before or {}
        self.kept: Standing = {}
        self.written = 0

    def has(self, path: str, digest: str) -> bool:
        """Whether the file stands there as it was written; then it stays."""
        there = self.standing(path, digest)
        if there:
            self.note(there)
        return there is not None

    def standing(self, path: str, digest: str) -> Written | None:
        """The file, if it stands there as it was written."""
        said = self.before.get(path)
        if said and said[0] == digest and _stamp(f"{self.root}/{path}") == said[1]:
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
        target = self.root / path
        try:
            if target.stat().st_size == len(data) and target.read_bytes() == data:
                return Written(path, digest, _stamp(target) or (0, 0, 0), was_there=True)
        except OSError:
            pass
        if target.is_dir() and not target.is_symlink():
            raise IsADirectoryError(f"{target} is a folder")
        temporary = target.with_name(f".{target.name}.{os.getpid()}.part")
        try:
            try:
                temporary.write_bytes(data)
            except FileNotFoundError:
                target.parent.mkdir(parents=True, exist_ok=True)
                temporary.write_bytes(data)
            os.replace(temporary, target)
        finally:
            temporary.unlink(missing_ok=True)
        return Written(path, digest, _stamp(target) or (0, 0, 0))

    def note(self, done: Written) -> bool:
        """Take note of a file that ``put`` wrote. Whether it was written."""
        self.kept[done.path] = done.digest, done.stamp
        self.written += not done.was_there
        return not done.was_there

    def sweep(self, keep: Iterable[str] = ()) -> int:
        """Remove every file that this build did not write, if the folder holds nothing else.

        ``keep``: further paths to leave. Names that begin with a dot, ``.well-known`` apart, stay:
        they are the operator's (``.git``).
        """
        if not self.is_ours:
            return 0
        kept = {*self.kept, *keep}
        removed = 0
        for folder, _, files in os.walk(self.root, topdown=False):
            here = folder[len(str(self.root)) + 1 :]
            parts = here.split(os.sep) if here else []
            if any(part.startswith(".") and part != ".well-known" for part in parts):
                continue
            prefix = "".join(part + "/" for part in parts)
            for name in files:
                old_part = name.startswith(".") and name.endswith(".part")
                if old_part or (not name.startswith(".") and prefix + name not in kept):
                    os.unlink(os.path.join(folder, name))
                    removed += 1
            if here and not os.listdir(folder):
                os.rmdir(folder)
        return removed


def _stamp(path: Path | str) -> Stamp | None:
    try:
        found = os.lstat(path)
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns
