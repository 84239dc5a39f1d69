"""The cache of builds: one SQLite file, which may be deleted at any time (decision 33).

It is read lazily, and written in one transaction at the end of a build. Nothing in it is executed:
all values are JSON, numbers and digests. It may come from another machine. A file that is damaged
or of another version is replaced; damage is noticed by a checksum in a file beside it.
"""

from __future__ import annotations

import json
import os
import sqlite3
import sys
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Sized
from contextlib import suppress
from fcntl import LOCK_EX, LOCK_NB, lockf
from functools import lru_cache, partial
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar
from weakref import finalize
from zlib import crc32

from ..git import Checkout
from ..words import N_
from .inputs import code

_TABLES = """
CREATE TABLE version (version TEXT NOT NULL);
CREATE TABLE value (name TEXT PRIMARY KEY, json TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE file (path TEXT PRIMARY KEY, digest TEXT NOT NULL, note TEXT NOT NULL,
  lang TEXT NOT NULL, outcome TEXT NOT NULL, is_draft INTEGER NOT NULL, problems TEXT,
  placeholders TEXT) WITHOUT ROWID;
CREATE INDEX file_of_note ON file (note);
CREATE TABLE IF NOT EXISTS source (path TEXT PRIMARY KEY, digest TEXT NOT NULL,
  size INTEGER NOT NULL, modified INTEGER NOT NULL, changed INTEGER NOT NULL,
  inode INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE row (world TEXT, tbl TEXT, key TEXT, note TEXT, json TEXT NOT NULL,
  PRIMARY KEY (tbl, key, note, world)) WITHOUT ROWID;
CREATE INDEX row_of_note ON row (note, world);
CREATE TABLE cell (id INTEGER PRIMARY KEY, name TEXT UNIQUE NOT NULL, json TEXT, since TEXT,
  until TEXT, reads BLOB NOT NULL);
CREATE INDEX cell_since ON cell (since) WHERE since IS NOT NULL;
CREATE INDEX cell_until ON cell (until) WHERE until IS NOT NULL;
CREATE TABLE reader (name INTEGER PRIMARY KEY, cells BLOB NOT NULL);
CREATE TABLE page (name TEXT PRIMARY KEY, rank TEXT NOT NULL, note TEXT, lang TEXT NOT NULL,
  kind TEXT NOT NULL, path TEXT NOT NULL, listing TEXT, search_entry TEXT, location TEXT,
  rule TEXT, newest TEXT, until TEXT, unresolved TEXT, moved TEXT, digest TEXT NOT NULL,
  size INTEGER NOT NULL);
CREATE TABLE page_own (name TEXT PRIMARY KEY, key TEXT NOT NULL, rendered TEXT NOT NULL, head TEXT,
  about TEXT, news TEXT);
CREATE TABLE page_block (name TEXT PRIMARY KEY, rank TEXT NOT NULL, block TEXT NOT NULL);
CREATE TABLE page_day (name TEXT PRIMARY KEY, rank TEXT NOT NULL, note TEXT NOT NULL,
  lang TEXT NOT NULL, days TEXT NOT NULL);
CREATE INDEX page_rank ON page (rank);
CREATE INDEX page_listed ON page (rank, size, name) WHERE listing IS NOT NULL;
CREATE INDEX page_note ON page (note);
CREATE INDEX page_kind ON page (kind, lang);
CREATE INDEX page_path ON page (path);
CREATE INDEX page_newest ON page (newest) WHERE newest IS NOT NULL;
CREATE INDEX page_kind_newest ON page (kind, newest) WHERE newest IS NOT NULL;
CREATE INDEX page_until ON page (until) WHERE until IS NOT NULL;
CREATE INDEX page_rule ON page (rank, rule) WHERE rule IS NOT NULL;
CREATE INDEX page_moved ON page (rank, moved) WHERE moved IS NOT NULL;
CREATE INDEX page_unresolved ON page (rank, unresolved) WHERE unresolved IS NOT NULL;
CREATE TABLE IF NOT EXISTS output (path TEXT PRIMARY KEY, digest TEXT NOT NULL, size INTEGER,
  modified INTEGER, changed INTEGER) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS folder (path TEXT PRIMARY KEY, modified INTEGER,
  changed INTEGER) WITHOUT ROWID;
"""

LASTING = ("output", "folder", "source")
"""The tables that ``clear`` keeps: they describe files as they are."""

BATCH = 500
"""Values in one query."""

IN_USE = N_("Another build uses the cache; building without it")
UNWRITABLE = N_("The cache cannot be written; building without it")

DAMAGE = (sqlite3.Error, MemoryError)
"""What SQLite raises on a damaged file; ``MemoryError`` if that claims to have a huge value."""

T = TypeVar("T")


def batched(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """The values in parts that fit into one query each."""
    return (values[start : start + BATCH] for start in range(0, len(values), BATCH))


def marks(values: Sized) -> str:
    """The question marks for these values in a query."""
    return ", ".join("?" * len(values))


@lru_cache(1 << 14)
def number_of(name: str) -> int:
    """The number of a name in the table ``reader``: 64 bits of its digest. A collision only causes
    needless work."""
    return int.from_bytes(
        blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest(),
        "little",
        signed=True,
    )


def numbers_of(names: Iterable[str]) -> bytes:
    """The packed numbers of these names, without duplicates. There are millions, and a number takes
    a tenth of the space of a name."""
    return packed(sorted(set(map(number_of, names))))


def packed(numbers: Iterable[int]) -> bytes:
    """Numbers of 64 bits as bytes, little-endian."""
    found = array("q", numbers)
    if sys.byteorder != "little":
        found.byteswap()
    return found.tobytes()


def unpacked(data: bytes) -> array[int]:
    found = array("q", data)
    if sys.byteorder != "little":
        found.byteswap()
    return found


class Database:
    """``version``: a digest of the code and libraries; a cache of another version is not used.

    Only one build can have it open; for others, or if it cannot be written, ``notice`` says why
    there is no cache. ``is_new``: whether it is empty.
    """

    def __init__(self, path: Path, version: str) -> None:
        self.path = path
        self.sum = Path(f"{path}.sum")
        self.notice: str | None = None
        self.is_new = True
        self._has_lasting = False
        self._is_begun = False
        self._version = version
        self._kept: dict[str, Any] = {}
        self._connections: dict[int, sqlite3.Connection] = {}
        self._unlock: Callable[[], object] = lambda: None
        self._process = os.getpid()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            (path.parent / ".gitignore").write_text("*\n")  # it may lie in anyone's repository
            # While another build writes the file, it looks damaged. Forked processes do not inherit
            # this lock, so it ends with the build.
            lock = os.open(f"{path}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
            self._unlock = finalize(self, os.close, lock)
            try:
                lockf(lock, LOCK_EX | LOCK_NB)
            except BlockingIOError:
                self._without(IN_USE)
                return
            if path.exists() and not self._is_whole():
                self._remove_damaged()
            # The journal of a killed build may belong to another copy of this file.
            Path(f"{path}-journal").unlink(missing_ok=True)
            self._open(version)
        except (OSError, *DAMAGE) as error:
            self._without(IN_USE if "locked" in str(error) else UNWRITABLE)

    def _without(self, notice: str) -> None:
        """Go on without a cache."""
        self.notice = notice
        self.close()

    def _is_whole(self) -> bool:
        """Whether the file is undamaged: not touched since the last build, or with the right
        checksum. A refused first build leaves it empty, without a checksum."""
        if not self.sum.exists() and not self.path.stat().st_size:
            return True
        try:
            checksum, untouched = self.sum.read_text("ascii").split("\n")
            if untouched and untouched == _state(self.path, self.sum):
                return True
            if checksum != _checksum(self.path):
                return False
        except (OSError, ValueError):
            return False
        with suppress(OSError):
            self._write_sum(checksum)  # with the file's times on this machine
        return True

    def _remove_damaged(self) -> None:
        self.notice = N_("The cache is damaged; building anew")
        for path in (self.path, self.sum):
            path.unlink(missing_ok=True)

    def _open(self, version: str) -> None:
        connection = self._connections[self._process] = _connect(self.path)
        connection.execute("PRAGMA synchronous = OFF")  # a truncated file is noticed
        connection.execute("BEGIN IMMEDIATE")
        try:
            versions = connection.execute("SELECT * FROM version").fetchall()
        except sqlite3.OperationalError:
            versions = []
        self._has_lasting = versions == [(version,)]
        self.is_new = not self._has_lasting
        if versions and self.is_new:
            self.notice = N_("The cache is of another version; building anew")

    def clear(self) -> None:
        """Delete everything but the tables in ``LASTING``."""
        self.is_new = True

    def _make_tables(self, connection: sqlite3.Connection) -> None:
        """Create empty tables, replacing all but those that ``clear`` keeps."""
        names = "SELECT name FROM sqlite_schema WHERE type = 'table'"
        for (name,) in connection.execute(names).fetchall():
            if not (name in LASTING and self._has_lasting):
                connection.execute(f"DROP TABLE {name}")
        for statement in _TABLES.strip().split(";\n"):
            connection.execute(statement)
        connection.execute("INSERT INTO version VALUES (?)", (self._version,))

    def _own(self) -> sqlite3.Connection | None:
        return self._connections.get(self._process) if os.getpid() == self._process else None

    def select(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        """Rows of the last build. Works in any process: each opens its own connection."""
        return [] if self.is_new else self._select(sql, values)

    def among(self, sql: str, values: Iterable[Any]) -> Iterator[Any]:
        """As ``select``, for many values: ``sql`` ends with a column that must have one of them."""
        for some in batched(list(values)):
            yield from self.select(f"{sql} IN ({marks(some)})", some)

    def each(self, sql: str, values: Sequence[Any] = ()) -> Iterator[Any]:
        """As ``select``, row by row, for callers that may stop early."""
        if not self.is_new:
            yield from self._connection().execute(sql, values)

    def select_lasting(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        """Rows of tables that ``clear`` keeps."""
        return self._select(sql, values) if self._has_lasting else []

    def _select(self, sql: str, values: Sequence[Any]) -> list[Any]:
        return self._connection().execute(sql, values).fetchall()

    def _connection(self) -> sqlite3.Connection:
        process = os.getpid()
        if process not in self._connections:
            self._connections[process] = _connect(self.path)
        return self._connections[process]

    def write(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Write rows, after everything was read: other processes do not see them. If the disk is
        full, the cache is given up."""
        try:
            if connection := self._own():
                if self.is_new and not self._is_begun:
                    self._is_begun = True
                    self._make_tables(connection)
                connection.executemany(sql, rows)
        except DAMAGE:
            self._without(UNWRITABLE)

    def value(self, name: str) -> Any:
        """A value by its name, as last kept; None if there is none."""
        if name in self._kept:
            return self._kept[name]
        found = self.select("SELECT json FROM value WHERE name = ?", (name,))
        return json.loads(found[0][0]) if found else None

    def value_before(self, name: str) -> Any:
        """The same of the last build, even after ``clear``."""
        found = self.select_lasting("SELECT json FROM value WHERE name = ?", (name,))
        return json.loads(found[0][0]) if found else None

    def keep(self, values: Mapping[str, Any]) -> None:
        """Keep plain data by name. File names in it need not be UTF-8."""
        self._kept |= values

    def remembered(self, name: str, key: Any, make: Callable[[], Any]) -> Any:
        """Plain data from the cache, or from ``make`` if ``key``, which represents its inputs,
        differs from that of the last build."""
        before, found = self.value(name) or (None, None)
        if before != key:
            found = make()
        self.keep({name: [key, found]})
        return found

    def save(self) -> None:
        """Commit everything in one transaction."""
        rows = ((name, json.dumps(value)) for name, value in self._kept.items())
        self.write("INSERT OR REPLACE INTO value VALUES (?, ?)", rows)
        try:
            if connection := self._own():
                self.sum.unlink(missing_ok=True)
                connection.execute("COMMIT")
                self._disconnect()
                self._write_sum(_checksum(self.path))
        except (OSError, *DAMAGE):
            self.notice = UNWRITABLE
        self.close()

    def _write_sum(self, checksum: str) -> None:
        """``checksum``: of the file as it is now."""
        self.sum.write_text(f"{checksum}\n", "ascii")
        with self.sum.open("a", encoding="ascii") as file:
            file.write(_state(self.path, self.sum))

    def close(self) -> None:
        """Discard everything that was not saved."""
        self._disconnect()
        self._unlock()

    def _disconnect(self) -> None:
        for connection in self._connections.values():
            with suppress(sqlite3.Error):
                connection.close()
        self._connections = {}


def _connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)


def _checksum(path: Path) -> str:
    """Protects against damage, not forgery: whoever can write the file can write its checksum. Each
    half has a thread: Python lets another one work while it sums bytes up."""
    from concurrent.futures import ThreadPoolExecutor  # here, as many builds write nothing

    size = path.stat().st_size
    with ThreadPoolExecutor() as pool:
        halves = pool.map(partial(_sum, path), (0, size // 2), (size // 2, size))
        return f"{' '.join(f'{half:08x}' for half in halves)} {size}"


def _sum(path: Path, start: int, end: int) -> int:
    """CRC-32 of the bytes of a file between two places."""
    found = 0
    part = memoryview(bytearray(1 << 17))  # allocating takes longer than the checksum
    with path.open("rb", buffering=0) as file:
        file.seek(start)
        while length := file.readinto(part[: end - file.tell()]):
            found = crc32(part[:length], found)
    return found


TICK = 20_000_000
"""Nanoseconds within which two changes of a file may have the same time: Linux uses the time of its
last tick, and there are at least 100 per second."""


def _state(path: Path, later: Path) -> str:
    """Device, inode, size and times of a file, which change when it is touched. Empty if the file
    is so new that another change might not change its times; ``later``: a file written
    afterwards."""
    found = path.stat()
    if later.stat().st_mtime_ns - found.st_mtime_ns < TICK:
        return ""
    return f"{found.st_dev} {found.st_ino} {found.st_size} {found.st_mtime_ns} {found.st_ctime_ns}"


def open_database(settings: Mapping[str, Any]) -> Database:
    """The cache for builds of this kind: of the public site, the desk, or others."""
    name = "public" if settings.get("PRODUCTION") else "desk" if settings.get("DESK") else "local"
    return Database(cache_folder(settings) / f"{name}.sqlite", code())


def cache_folder(settings: Mapping[str, Any]) -> Path:
    """The folder of the cache: ``CACHE_PATH``. If that is in a Git work tree, the same path below
    its ``.git``, so that no commit can contain a cache."""
    cache = Path(settings["CACHE_PATH"])
    checkout = Checkout.of(Path(settings["PATH"]).parent)
    if checkout is None or not cache.is_relative_to(checkout.root):
        return cache
    below = cache.relative_to(checkout.root)
    return cache if below.parts[:1] == (".git",) else checkout.git_folder / below
