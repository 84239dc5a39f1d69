"""Cells: pieces of work that are done again only when something that they looked up has changed.

A cell is a check of a note, a derived value, a page or a feed; its name says which. The names that
a cell looked up are stored with it, and in the table ``reader`` each name with the cells that
looked it up. So changed names lead to the cells to be done again, and no other cell is touched.

Names. A note is ``service/x``. A document is ``note service/x``, ``section notices 2``, … (see
``documents.every``). A page is a document in a language, ``ca note service/x``; its cell is
``page ca note service/x``, those of its feeds are ``feed news ca …`` and ``feed days ca …``. A name
that is looked up in a catalogue begins with the world: ``shown listed notice/x``. One that feeds
look up does not: ``news * ca``, ``head ca …``.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from .database import Database, number_of, packed, unpacked

Date = datetime.date
DAY = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Cell:
    """A piece of work that was done. ``json``: its result; ``reads``: the names that it looked up,
    as ``numbers_of`` packs them; ``since``, ``until``: the first and the last day around today on
    which the result holds, None if there is none."""

    name: str
    json: str | None
    reads: bytes
    since: Date | None = None
    until: Date | None = None


class Cells:
    """All cells: those of the last build, with those that were done or dropped since."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.done: dict[str, Cell] = {}
        self.dropped: set[str] = set()

    def json(self, name: str) -> str | None:
        """The result of a cell; None if it is to be done again, or has none."""
        if name in self.dropped:
            return None
        if name in self.done:
            return self.done[name].json
        return self.json_before(name)

    def json_before(self, name: str) -> str | None:
        """The result of a cell in the last build."""
        found = self.database.select("SELECT json FROM cell WHERE name = ?", (name,))
        return found[0][0] if found else None

    def names(self, beginning: str) -> set[str]:
        """The cells of the last build whose names have this beginning."""
        sql = "SELECT name FROM cell WHERE name >= ? AND name < ?"
        found = self.database.select(sql, (beginning, beginning + "\U0010ffff"))
        return {name for (name,) in found}

    def results(self, beginning: str) -> list[str]:
        """The results of the cells whose names have this beginning, without None."""
        sql = "SELECT name, json FROM cell WHERE name >= ? AND name < ? AND json IS NOT NULL"
        rows = self.database.select(sql, (beginning, beginning + "\U0010ffff"))
        found = {name: json for name, json in rows if name not in self.dropped}
        found |= {name: one.json for name, one in self.done.items() if name.startswith(beginning)}
        return [json for json in found.values() if json is not None]

    def readers(self, names: Iterable[str]) -> set[str]:
        """The cells of the last build that looked up one of these names."""
        if self.database.is_new:
            return set()
        cells: set[int] = set()
        numbers = map(number_of, names)
        for (data,) in self.database.among("SELECT cells FROM reader WHERE name", numbers):
            cells.update(unpacked(data))
        found = self.database.among("SELECT name FROM cell WHERE id", sorted(cells))
        return {name for (name,) in found}

    def that_may_differ_on(self, day: Date) -> set[str]:
        """The cells whose result may differ on that day from that on the day of the last build."""
        sql = "SELECT name FROM cell WHERE until < ? UNION SELECT name FROM cell WHERE since > ?"
        return {name for (name,) in self.database.select(sql, (day.isoformat(),) * 2)}

    def next_day(self, beginning: str, day: Date) -> Date | None:
        """The first day after this one on which the result of a cell may change; of the cells whose
        names have this beginning."""
        sql = "SELECT until FROM cell WHERE name >= ? AND name < ? AND until >= ? ORDER BY until"
        values = (beginning, beginning + "\U0010ffff", day.isoformat())
        saved = self.database.select(f"{sql} LIMIT 1", values)
        last = [Date.fromisoformat(until) for (until,) in saved]
        last += [
            cell.until
            for name, cell in self.done.items()
            if name.startswith(beginning) and cell.until and cell.until >= day
        ]
        return min(last) + DAY if last else None

    def reads(self, name: str) -> set[int]:
        """The numbers of the names that a cell looked up in the last build."""
        found = self.database.select("SELECT reads FROM cell WHERE name = ?", (name,))
        return set(unpacked(found[0][0])) if found else set()

    def looked_up_among(self, name: str, causes: Iterable[str]) -> list[str]:
        """Those of these names that a cell looked up in the last build."""
        reads = self.reads(name)
        return [cause for cause in causes if number_of(cause) in reads]

    def drop(self, names: Iterable[str]) -> None:
        """Forget the results of these cells: they are to be done again, or removed."""
        self.dropped.update(names)
        for name in names:
            self.done.pop(name, None)

    def keep(self, name: str) -> None:
        """Take back a drop: the result of the last build holds."""
        self.dropped.discard(name)

    def put(self, cell: Cell) -> None:
        self.dropped.discard(cell.name)
        self.done[cell.name] = cell

    def save(self) -> None:
        """Write what changed."""
        names = [*self.done, *self.dropped]
        ids = dict(self.database.among("SELECT name, id FROM cell WHERE name", names))
        following = self._last_id()
        readers = _Readers(self.database)
        rows = []
        for name, cell in self.done.items():
            before: set[int] = set()
            if name in ids:
                before = self.reads(name)
            else:
                following += 1
                ids[name] = following
            readers.change(ids[name], before, set(unpacked(cell.reads)))
            days = [day.isoformat() if day else None for day in (cell.since, cell.until)]
            rows.append((ids[name], name, cell.json, *days, cell.reads))
        gone = [name for name in self.dropped if name in ids]
        for name in gone:
            readers.change(ids[name], self.reads(name), set())
        readers.save()
        self.database.write("DELETE FROM cell WHERE name = ?", ((name,) for name in gone))
        self.database.write("INSERT OR REPLACE INTO cell VALUES (?, ?, ?, ?, ?, ?)", rows)

    def _last_id(self) -> int:
        found = self.database.select("SELECT max(id) FROM cell")
        return found[0][0] or 0 if found else 0


@dataclass
class _Readers:
    """Changes to the table ``reader``, which has the cells that looked up each name."""

    database: Database
    more: dict[int, list[int]] = field(default_factory=dict)
    fewer: dict[int, set[int]] = field(default_factory=dict)

    def change(self, cell: int, before: set[int], now: set[int]) -> None:
        for name in now - before:
            self.more.setdefault(name, []).append(cell)
        for name in before - now:
            self.fewer.setdefault(name, set()).add(cell)

    def save(self) -> None:
        names = sorted(self.more.keys() | self.fewer.keys())
        kept = dict(self.database.among("SELECT name, cells FROM reader WHERE name", names))
        rows = []
        for name in names:
            cells = set(unpacked(kept.get(name, b""))) - self.fewer.get(name, set())
            cells.update(self.more.get(name, ()))
            rows.append((name, packed(sorted(cells))))
        self.database.write("INSERT OR REPLACE INTO reader VALUES (?, ?)", rows)
