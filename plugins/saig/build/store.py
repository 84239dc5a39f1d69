"""What builds remember, in one SQLite file that may be deleted at any time (contract §7).

Whatever is read is held against its digest, and only plain data and Saig's own classes are made of
it; the file may come from another machine. A file that is damaged, or of another version, is begun
anew.
"""

from __future__ import annotations

import io
import os
import pickle
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping, Set
from contextlib import suppress
from dataclasses import is_dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from ..git import Checkout, GitFailed
from ..words import N_
from .inputs import code

_TABLES = """
CREATE TABLE IF NOT EXISTS version (salt TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS part (name TEXT PRIMARY KEY, digest BLOB, data BLOB) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS file (digest TEXT PRIMARY KEY, data BLOB) WITHOUT ROWID;
"""

ROWS = 256
"""Files that are put into the table at once."""

_PLAIN = {
    ("builtins", "set"),
    ("builtins", "frozenset"),
    ("datetime", "date"),
    ("datetime", "time"),
    ("pydantic_core._pydantic_core", "PydanticUndefined"),
}
_OURS = ("saig.notes.", "saig.citations.", "saig.catalogue.", "saig.outputs.feeds", "saig.build.")
"""What is remembered is made of the classes of these modules, and of those of ``_PLAIN``."""

DAMAGE = (sqlite3.Error, MemoryError)
"""What SQLite raises on a damaged file: one that names a huge length has it ask for that memory."""


class Store:
    """``salt``: what all that is remembered depends on: the versions of the code and of libraries.

    While it is open no other build has it; ``notice`` says why nothing is remembered, if so. One that
    came with a commit (``is_tracked``) is not even opened.
    """

    def __init__(self, path: Path, salt: str, *, is_tracked: bool = False) -> None:
        self.path = path
        self.notice: str | None = None
        self._connection: sqlite3.Connection | None = None
        self._process = os.getpid()
        self._waiting: list[tuple[str, bytes]] = []
        if is_tracked:
            self.notice = N_("The cache may have come with a commit; building without it")
            return
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            (path.parent / ".gitignore").write_text("*\n")  # whoever's repository it lies in
            try:
                self._open(salt)
            except sqlite3.OperationalError as error:
                if "locked" in str(error):
                    self.notice = N_("Another build uses the cache; building without it")
                    self.close()
                    return
                raise
            except sqlite3.DatabaseError:
                self.discard()
                self._open(salt)
        except (OSError, sqlite3.Error):
            self.notice = N_("The cache cannot be written; building without it")
            self.close()

    def _open(self, salt: str) -> None:
        # Without waiting for the disk: a damaged file is noticed, and only costs time.
        self._connection = connection = sqlite3.connect(
            self.path, timeout=0, isolation_level=None, check_same_thread=False
        )
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("BEGIN IMMEDIATE")
        for statement in _TABLES.split(";\n"):
            connection.execute(statement)
        versions = connection.execute("SELECT salt FROM version").fetchall()
        if versions != [(salt,)]:
            if versions:
                self.notice = N_("The cache is of another version; building anew")
            for table in ("version", "part", "file"):
                connection.execute(f"DELETE FROM {table}")
            connection.execute("INSERT INTO version VALUES (?)", (salt,))

    def discard(self) -> None:
        """Begin anew: what is there cannot be trusted."""
        self.notice = N_("The cache is damaged; building anew")
        self.close()
        for path in (self.path, self.path.with_name(self.path.name + "-journal")):
            path.unlink(missing_ok=True)

    def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection:
            with suppress(sqlite3.Error):
                connection.close()  # what was not committed is as if it had never been

    def part(self, name: str) -> Any:
        """What was kept by a name; None if nothing was, or if it is damaged."""
        found = self._row("SELECT digest, data FROM part WHERE name = ?", name)
        if found is None:
            return None
        digest, data = found
        if not isinstance(data, bytes) or digest != _digest(name, data):
            self.notice = N_("The cache is damaged; what is lost is made anew")
            return None
        try:
            return _Loader(io.BytesIO(data)).load()
        except Exception:
            self.notice = N_("The cache is damaged; what is lost is made anew")
            return None

    def keep(self, parts: Iterable[tuple[str, Any]]) -> None:
        """Keep values by their names, one after the other."""
        self._try("INSERT OR REPLACE INTO part VALUES (?, ?, ?)", map(_row, parts))

    def files(self, digests: Iterable[str]) -> dict[str, bytes]:
        """The packed bytes of files that were written once, by their digest; see ``unpacked``."""
        found = {one: self._row("SELECT data FROM file WHERE digest = ?", one) for one in digests}
        return {one: row[0] for one, row in found.items() if row}

    def keep_files(self, files: Iterable[tuple[str, bytes]]) -> None:
        """Digests, and bytes as ``packed`` makes them."""
        self._waiting += files
        if len(self._waiting) >= ROWS:
            self._flush()

    def _flush(self) -> None:
        self._try("INSERT OR REPLACE INTO file VALUES (?, ?)", self._waiting)
        self._waiting = []

    def forget(self, digests: Iterable[str]) -> None:
        self._flush()
        self._try("DELETE FROM file WHERE digest = ?", [(digest,) for digest in digests])

    def keep_only(self, digests: Set[str]) -> None:
        """Forget all other files."""
        self._flush()
        kept = {row[0] for row in self._rows("SELECT digest FROM file", ())}
        self.forget(kept - digests)

    def save(self) -> None:
        """Make all of it last, in one step."""
        self._flush()
        try:
            if self._connection:
                self._connection.execute("COMMIT")
        except DAMAGE:
            self._lose()
        self.close()

    def _row(self, sql: str, key: str) -> Any:
        return next(iter(self._rows(sql, (key,))), None)

    def _rows(self, sql: str, values: tuple[str, ...]) -> list[Any]:
        if self._connection is None or self._process != os.getpid():
            return []  # a connection is its own process's alone
        try:
            return self._connection.execute(sql, values).fetchall()
        except DAMAGE:
            self._lose()
            return []

    def _try(self, sql: str, rows: Iterable[tuple[Any, ...]]) -> None:
        try:
            if self._connection:
                self._connection.executemany(sql, rows)
        except DAMAGE:
            self._lose()

    def _lose(self) -> None:
        """Damage, or a full disk, in the middle: go on without. The next build begins anew."""
        with suppress(OSError):
            self.discard()


def open_store(settings: Mapping[str, Any]) -> Store:
    """What builds of this kind remember."""
    name = "public" if settings.get("PRODUCTION") else "local"
    cache, project = Path(settings["CACHE_PATH"]), Path(settings["PATH"]).parent
    return Store(cache / f"{name}.sqlite", code(), is_tracked=_is_tracked(cache, project))


def _is_tracked(cache: Path, project: Path) -> bool:
    """Whether Git has the folder, or anything in it; so too if it cannot say."""
    checkout = Checkout.of(project)
    if checkout is None or not cache.is_relative_to(checkout.root):
        return False
    try:
        return bool(checkout.tracked(os.path.relpath(cache, project)))
    except GitFailed:
        return True


class Parts(Mapping[str, Any]):
    """Parts of a store whose names begin alike, each fetched when it is asked for."""

    def __init__(self, store: Store, beginning: str) -> None:
        self.store = store
        self.beginning = beginning

    def __getitem__(self, name: str) -> Any:
        found = self.store.part(f"{self.beginning} {name}")
        if found is None:
            raise KeyError(name)
        return found

    def __iter__(self) -> Iterator[str]:
        raise NotImplementedError("they are not listed")

    def __len__(self) -> int:
        raise NotImplementedError("they are not counted")


def packed(data: bytes) -> bytes:
    return zlib.compress(data, 1)


def packed_value(value: Any) -> bytes:
    return packed(pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL))


def unpacked_value(data: bytes) -> Any:
    """What ``packed_value`` was given; None if it is damaged."""
    try:
        return _Loader(io.BytesIO(zlib.decompress(data))).load()
    except Exception:
        return None


def unpacked(files: Mapping[str, bytes], digest: str) -> bytes | None:
    """The file with that digest; None if it is not there or damaged."""
    try:
        data = zlib.decompress(files[digest])
    except (KeyError, TypeError, zlib.error):
        return None
    return data if sha256(data).hexdigest() == digest else None


def _row(part: tuple[str, Any]) -> tuple[str, bytes, bytes]:
    name, value = part
    data = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    return name, _digest(name, data), data


def _digest(name: str, data: bytes) -> bytes:
    return sha256(name.encode() + b"\0" + data).digest()


def _is_plain(found: type) -> bool:
    """Of our classes that are no dataclasses: models, keys, numbers as they were typed."""
    from pydantic import BaseModel  # which takes long, and is there if one of them is a model

    return issubclass(found, (BaseModel, tuple, int, float))


class _Loader(pickle.Unpickler):
    """Makes nothing but plain data and the classes of Saig."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in _PLAIN:
            return super().find_class(module, name)
        if module.startswith(_OURS):
            found = super().find_class(module, name)
            if is_dataclass(found) or (isinstance(found, type) and _is_plain(found)):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is not plain data")
