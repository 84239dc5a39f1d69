"""The rows of all notes: those of the last build, with those that were replaced since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Set

from ..catalogue.lookup import EVERY
from ..catalogue.rows import Rows
from .database import Database

CHECKED = "checked"
"""The world of all notes that can be read. Drafts are checked in it."""

PUBLISHED = "published"
"""The same without drafts. All other notes are checked in it, so drafts do not affect them."""

SHOWN = "shown"
"""The world of the notes that are shown: without drafts and errors."""

WORLDS = (CHECKED, PUBLISHED, SHOWN)


class RowStore:
    """Most notes have the same rows in all worlds, so these are stored once, as ``CHECKED``. The
    notes ``apart`` in another world have their own rows there, or none: drafts, notes with errors.
    ``was_apart``: the same in the last build. ``checking.leave_out`` sets those of ``SHOWN`` and
    puts their rows; those of ``PUBLISHED`` have no rows there."""

    def __init__(self, database: Database) -> None:
        self.database = database
        known = database.value("apart") or {}
        self.was_apart = {world: frozenset(known.get(world, ())) for world in WORLDS}
        self.apart: dict[str, Set[str]] = dict(self.was_apart)
        self._put: dict[str, dict[str, Rows]] = {world: {} for world in WORLDS}
        """By world, the notes whose rows were replaced since the last build, and the new rows."""
        self._notes = {world: _notes_by_key() for world in self._put}
        """The same notes by table and key."""

    # -- reading -----------------------------------------------------------------------------------

    def rows(self, world: str, table: str, key: str) -> list[tuple[str, str]]:
        """The rows under a key: note, value."""
        found, apart = self._of_world(CHECKED, table, key), self.apart[world]
        if apart:
            found = [row for row in found if row[0] not in apart]
        if apart and world == SHOWN:
            found += [row for row in self._of_world(SHOWN, table, key) if row[0] in apart]
        return found

    def _of_world(self, world: str, table: str, key: str) -> list[tuple[str, str]]:
        sql = "SELECT note, json FROM row WHERE tbl = ? AND key = ? AND world = ?"
        found: list[tuple[str, str]] = self.database.select(sql, (table, key, world))
        put = self._put[world]
        if put:
            found = [row for row in found if row[0] not in put]
            new = self._notes[world][table].get(key, ())
            found += [(note, put[note][table, key]) for note in new]
        return found

    def table(self, world: str, table: str) -> list[tuple[str, str, str]]:
        """All rows of a table: key, note, value."""
        found, apart = self._table(CHECKED, table), self.apart[world]
        if apart:
            found = [row for row in found if row[1] not in apart]
        if apart and world == SHOWN:
            found += [row for row in self._table(SHOWN, table) if row[1] in apart]
        return found

    def _table(self, world: str, table: str) -> list[tuple[str, str, str]]:
        sql = "SELECT key, note, json FROM row WHERE tbl = ? AND world = ?"
        put = self._put[world]
        found = [row for row in self.database.select(sql, (table, world)) if row[1] not in put]
        for key, notes in self._notes[world][table].items():
            found += [(key, note, put[note][table, key]) for note in notes]
        return found

    def of_note(self, world: str, note: str) -> Rows:
        """All rows of a note, as they are now."""
        world = world if note in self.apart[world] else CHECKED
        put = self._put[world].get(note)
        return self._before(world, note) if put is None else put

    def of_note_before(self, world: str, note: str) -> Rows:
        """All rows of a note, as the last build left them."""
        return self._before(world if note in self.was_apart[world] else CHECKED, note)

    def _before(self, world: str, note: str) -> Rows:
        sql = "SELECT tbl, key, json FROM row WHERE note = ? AND world = ?"
        found = self.database.select(sql, (note, world))
        return {(table, key): value for table, key, value in found}

    # -- changing ----------------------------------------------------------------------------------

    def put(self, world: str, note: str, rows: Rows) -> None:
        """Replace all rows of a note in a world."""
        notes = self._notes[world]
        for table, key in self._put[world].get(note, ()):
            notes[table][key].remove(note)
        self._put[world][note] = rows
        for table, key in rows:
            notes[table][key].append(note)

    def changed_names(self, world: str, notes: Iterable[str]) -> dict[str, set[str]]:
        """The names under which rows of these notes changed since the last build, each with the
        notes that caused it."""
        found: dict[str, set[str]] = defaultdict(set)
        for note in notes:
            before, now = self.of_note_before(world, note), self.of_note(world, note)
            for (table, key), _ in before.items() ^ now.items():
                found[f"{table} {key}"].add(note)
                found[f"{table} {EVERY}"].add(note)
        return found

    def save(self) -> None:
        """Write what changed."""
        self.database.keep({"apart": {world: sorted(notes) for world, notes in self.apart.items()}})
        gone = [(note, SHOWN) for note in self.was_apart[SHOWN] - self.apart[SHOWN]]
        if not self.database.is_new:
            old = [(note, world) for world, put in self._put.items() for note in put] + gone
            self.database.write("DELETE FROM row WHERE note = ? AND world = ?", old)
        self.database.write(
            "INSERT INTO row VALUES (?, ?, ?, ?, ?)",
            (
                (world, table, key, note, value)
                for world, put in self._put.items()
                for note, rows in put.items()
                if world == CHECKED or note in self.apart[world]
                for (table, key), value in rows.items()
            ),
        )


def _notes_by_key() -> defaultdict[str, defaultdict[str, list[str]]]:
    return defaultdict(lambda: defaultdict(list))
