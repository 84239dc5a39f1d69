"""Writes files into the output folder, only those that differ, atomically; removes all others."""

from __future__ import annotations

import filecmp
import os
import posixpath
import shutil
import stat
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, partial
from hashlib import sha256
from pathlib import Path

from .database import Database, batched, marks
from .output_look import (
    PART,
    FolderStamp,
    Found,
    Stamp,
    folders_of,
    listing,
    look,
    stamp_from,
    stamp_of,
)
from .processes import in_background

MARK = ".saig"
"""Marks a folder that was empty when Saig first wrote into it: there, other files are removed."""


@dataclass(frozen=True, slots=True)
class Written:
    """A file of the output folder. ``stamp``: as it is now. ``was_there``: it already had the same
    contents."""

    path: str
    digest: str
    stamp: Stamp
    was_there: bool = False


class Folder:
    """An output folder during one build. ``is_known``: whether the cache says what the last build
    wrote, there or into a folder of which this may be a copy. The search for files that differ from
    that begins at once, in the background."""

    def __init__(self, root: Path, database: Database) -> None:
        self.root = root
        self.database = database
        self.is_empty = False
        self.kept: Path | None = None
        """Where removed pages are moved to, so that the desk can still show them; None: nowhere."""
        self.written: dict[str, Written] = {}
        self.removed: set[str] = set()
        self._to_be_written: set[str] = set()
        self.is_known = bool(database.select_lasting("SELECT 1 FROM output LIMIT 1"))
        self._find: Callable[[], Found] = (
            look(root, database)
            if self.is_known
            else partial(listing, root, [""], lambda path: False)
        )

    def open(self) -> None:
        """Create the folder, and mark it as Saig's own if it is empty."""
        if not self.root.exists() or not any(self.root.iterdir()):
            self.root.mkdir(parents=True, exist_ok=True)
            (self.root / MARK).touch()
            self.is_empty = True

    @cached_property
    def found(self) -> Found:
        """What changed in the folder since the last build. Must be asked before any process writes
        into it."""
        return self._find()

    def is_as_left(self, but_for: str) -> bool:
        """Whether the folder is exactly as the last build left it, except one file."""
        found = self.found
        return self.is_known and not (found.altered - {but_for} or found.new or found.empty)

    def standing(self, path: str, digest: str | None = None) -> Written | None:
        """The file, if it exists, is unchanged since it was written, and has the given digest, if
        any; else None."""
        if path in self.written:
            said = self.written[path]
            return said if digest in (None, said.digest) else None
        if not self.is_known or path in self.found.altered:
            return None
        sql = "SELECT digest, size, modified, changed FROM output WHERE path = ?"
        for was, *stamp in self.database.select_lasting(sql, (path,)):
            if digest in (None, was):
                size, modified, changed = self.found.touched.get(path) or stamp
                return Written(path, was, (size, modified, changed), was_there=True)
        return None

    def put(self, path: str, data: bytes, digest: str | None = None) -> Written:
        """Write a file, unless it already has these contents. Runs in any process; the first one
        then has to ``register`` the result. ``path``: from the folder, with slashes. ``digest``: of
        the data, if already known."""
        digest = digest or sha256(data).hexdigest()
        if there := self.standing(path, digest):
            return there
        target = f"{self.root}/{path}"
        # Nobody reads a new folder yet, so files are written in place. If the build is killed, its
        # half-written files are not in the cache, and the next build replaces them.
        if self.is_empty:
            self._write(target, data)
            return Written(path, digest, stamp_of(target))
        if (self.is_known or path in self.found.new) and _says(target, data):
            return Written(path, digest, stamp_of(target), was_there=True)
        folder, _, name = target.rpartition("/")
        temporary = f"{folder}/.{name}.{os.getpid()}{PART}"
        try:
            self._write(temporary, data)
            stamp = self._replace(temporary, target)
        except BaseException:
            with suppress(OSError):
                os.unlink(temporary)
            raise
        return Written(path, digest, stamp)

    def put_parts(self, path: str, parts: Iterable[bytes]) -> Callable[[], Written]:
        """The same for a file that may not fit into memory: a background process writes its parts
        to a temporary file, and the returned function moves that into place. It has no digest."""
        target = f"{self.root}/{path}"
        temporary = f"{self.root}/.{path.replace('/', '-')}.{os.getpid()}{PART}"

        def write() -> None:
            with open(temporary, "wb") as file:
                file.writelines(parts)

        wait = in_background(write)

        def finish() -> Written:
            try:
                wait()
                is_file = os.path.isfile(target) and not os.path.islink(target)
                if is_file and filecmp.cmp(temporary, target, shallow=False):
                    os.unlink(temporary)
                    return Written(path, "", stamp_of(target), was_there=True)
                self._make_folder(target.rpartition("/")[0])
                return Written(path, "", self._replace(temporary, target))
            except BaseException:
                with suppress(OSError):
                    os.unlink(temporary)
                raise

        return finish

    def may_change(self, path: str) -> bool:
        """Whether a file may be changed in place: a regular file, writable, without other hard
        links."""
        target = f"{self.root}/{path}"
        found = os.lstat(target)
        return stat.S_ISREG(found.st_mode) and found.st_nlink == 1 and os.access(target, os.W_OK)

    def change(self, there: Written, work: Callable[[int], None]) -> Callable[[], Written]:
        """Have ``work`` change a file in place, by its descriptor, in a background process. The
        returned function waits for it. If the build is killed meanwhile, or another build replaces
        the file, its times are not those in the cache, so the next build writes it again."""

        def write() -> Stamp:
            file = os.open(f"{self.root}/{there.path}", os.O_RDWR | os.O_CLOEXEC)
            try:
                if stamp_from(os.fstat(file)) != there.stamp:
                    return there.stamp
                work(file)
                return stamp_from(os.fstat(file))
            finally:
                os.close(file)

        wait = in_background(write)
        return lambda: Written(there.path, "", wait())

    def _write(self, path: str, data: bytes) -> None:
        """Write a file, and create its folder if it is missing."""
        try:
            file = open(path, "wb")  # noqa: SIM115
        except (FileNotFoundError, NotADirectoryError):
            self._make_folder(path.rpartition("/")[0])
            file = open(path, "wb")  # noqa: SIM115
        with file:
            file.write(data)

    def _make_folder(self, folder: str) -> None:
        """Create a folder, even where the last build had a file: if ``files/x.pdf`` becomes an old
        address, a folder with a page takes its place."""
        try:
            os.makedirs(folder, exist_ok=True)
        except (FileExistsError, NotADirectoryError):
            if not self._is_ours:
                raise
            self._remove_file_above(folder)
            os.makedirs(folder, exist_ok=True)

    def _remove_file_above(self, folder: str) -> None:
        """Remove the file in the place of this folder or of one above it. Another process may have
        done that already, and created the folder."""
        for path in (Path(folder), *Path(folder).parents):
            if path == self.root:
                return
            if not path.is_dir() and os.path.lexists(path):
                with suppress(FileNotFoundError, IsADirectoryError):
                    path.unlink()

    def _replace(self, temporary: str, target: str) -> Stamp:
        try:
            os.replace(temporary, target)
        except IsADirectoryError:
            if not self._is_ours:
                raise IsADirectoryError(f"{target} is a folder") from None
            shutil.rmtree(target)  # of a page, whose place a file takes again
            os.replace(temporary, target)
        return stamp_of(target)

    def register(self, done: Written) -> bool:
        """Record a file that ``put`` returned; returns whether it was written."""
        self.written[done.path] = done
        self.removed.discard(done.path)
        self._to_be_written.discard(done.path)
        return not done.was_there

    def begin_again(self) -> None:
        """Forget the files registered so far: only those that are registered again are kept."""
        self._to_be_written = set(self.written)

    def drop_unwritten(self) -> None:
        """Drop all files of the last build that were not registered."""
        if self.is_known:
            sql = "SELECT path FROM output"
            self.drop(path for (path,) in self.database.select_lasting(sql))

    def drop(self, paths: Iterable[str]) -> None:
        """Mark files of the last build to be removed, unless this build registered them."""
        self.removed.update(path for path in paths if path not in self.written)

    @property
    def _is_ours(self) -> bool:
        """Whether Saig created the folder, so that other files in it may be removed."""
        return (self.root / MARK).is_file()

    @property
    def count(self) -> int:
        """The number of files in the folder now."""
        if not self.is_known:
            return len(self.written)
        [(left,)] = self.database.select_lasting("SELECT count(*) FROM output")
        others = sorted(self.removed | self.written.keys())
        for some in batched(others):
            sql = f"SELECT count(*) FROM output WHERE path IN ({marks(some)})"
            left -= self.database.select_lasting(sql, some)[0][0]
        return int(left) + len(self.written)

    @property
    def count_folders(self) -> int:
        """The number of folders that the last build left."""
        [(count,)] = self.database.select_lasting("SELECT count(*) FROM folder")
        return int(count)

    @property
    def written_paths(self) -> list[str]:
        """The files that were written."""
        return [path for path, done in self.written.items() if not done.was_there]

    def sweep(self) -> int:
        """If Saig created the folder, remove files that are not the site's. Returns their
        number."""
        for path in self._to_be_written:
            del self.written[path]
        self.removed |= self._to_be_written
        if not self._is_ours:
            return 0
        there = (self.removed | self.found.new) - self.written.keys()
        removed = [path for path in there if self._remove(self.root / path)]
        for folder in (*self.found.empty, *map(posixpath.dirname, removed)):
            self._clear(folder.rstrip("/"))
        return len(removed)

    def save(self, listed: Mapping[str, FolderStamp | None]) -> None:
        """Write the folder's state to the cache. ``listed``: the result of ``list_folders``."""
        write = self.database.write
        touched = ((*stamp, path) for path, stamp in self.found.touched.items())
        write("UPDATE output SET size = ?, modified = ?, changed = ? WHERE path = ?", touched)
        write("DELETE FROM output WHERE path = ?", [(path,) for path in self.removed])
        files = ((done.path, done.digest, *done.stamp) for done in self.written.values())
        write("INSERT OR REPLACE INTO output VALUES (?, ?, ?, ?, ?)", files)
        gone = [(folder,) for folder, stamp in listed.items() if stamp is None]
        write("DELETE FROM folder WHERE path = ?", gone)
        known = [(folder, *stamp) for folder, stamp in listed.items() if stamp]
        write("INSERT OR REPLACE INTO folder VALUES (?, ?, ?)", known)
        others = ((folder,) for folder in folders_of(self.written))
        write("INSERT OR IGNORE INTO folder VALUES (?, NULL, NULL)", others)

    def list_folders(self) -> Callable[[], Mapping[str, FolderStamp | None]]:
        """Begin to find the folders that contain only the site's files, as in ``Found.listed``, in
        the background. Folders into which this build wrote are listed by the next one, unless the
        whole output folder is new."""
        is_new = self.is_empty or not self.is_known
        listed = in_background(self._list) if is_new else dict
        return lambda: {**self.found.listed, **listed()}

    def _list(self) -> Mapping[str, FolderStamp | None]:
        folders = folders_of(self.written)
        known = folders | self.written.keys()
        return listing(self.root, folders, known.__contains__).listed

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
        """Remove an empty folder, and its parents that are then empty."""
        while folder:
            try:
                os.rmdir(self.root / folder)
            except OSError:
                return
            folder = posixpath.dirname(folder)


def _says(path: str, data: bytes) -> bool:
    """Whether a file has these contents. A symbolic link never has: its target may change while the
    link does not."""
    try:
        with open(path, "rb", opener=_not_through_links) as file:
            return os.fstat(file.fileno()).st_size == len(data) and file.read() == data
    except OSError:
        return False


def _not_through_links(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NOFOLLOW)
