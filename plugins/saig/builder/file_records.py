"""The cache's record of each file of a note."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from typing import NamedTuple

from .database import Database


class FileRecord(NamedTuple):
    """One file of a note. ``outcome`` of reading it: ``note``, ``part`` (a draft with errors) or
    ``nothing``. ``problems`` and ``placeholders``: as JSON."""

    path: str
    digest: str
    note: str
    lang: str
    outcome: str
    is_draft: bool
    problems: str | None
    placeholders: str | None


class FileRecords:
    """The records of all files: those of the last build, replaced for notes that were read
    since."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.read: dict[str, Sequence[FileRecord]] = {}
        """By note, of those that were read; empty for one that was removed."""
        self._at: dict[str, FileRecord] = {}

    def put(self, note: str, records: Sequence[FileRecord]) -> None:
        """Replace the records of a note that was read."""
        self.read[note] = records
        self._at.update((record.path, record) for record in records)

    def at(self, path: str) -> FileRecord | None:
        """The record of a file; None if it is not a note's."""
        if path in self._at:
            return self._at[path]
        return next((one for one in self.before([path]) if one.note not in self.read), None)

    def before(self, paths: Sequence[str]) -> list[FileRecord]:
        """The records of some files in the last build."""
        return self._among("path", paths)

    def are_beside(self, path: str) -> bool:
        """Whether the last build had notes in the folder of this path."""
        folder = path.rpartition("/")[0]
        sql = "SELECT 1 FROM file WHERE path > ? AND path < ? LIMIT 1"
        return bool(self.database.select(sql, (f"{folder}/", f"{folder}0")))

    def of(self, notes: Iterable[str]) -> dict[str, Sequence[FileRecord]]:
        """The records of some notes' files."""
        wanted = list(notes)
        found = dict(self.of_notes_before([note for note in wanted if note not in self.read]))
        return {note: self.read.get(note) or found.get(note, []) for note in wanted}

    def of_notes_before(self, notes: Sequence[str]) -> dict[str, list[FileRecord]]:
        """The same in the last build."""
        found: dict[str, list[FileRecord]] = {}
        for record in self._among("note", notes):
            found.setdefault(record.note, []).append(record)
        return found

    def _among(self, column: str, values: Sequence[str]) -> list[FileRecord]:
        found = self.database.among(f"SELECT * FROM file WHERE {column}", values)
        return list(map(FileRecord._make, found))

    def all(self, condition: str = "true") -> Iterator[FileRecord]:
        """The records for which an SQL condition holds, and all records of notes that were read
        since, so callers check again."""
        yield from (one for one in self.all_before(condition) if one.note not in self.read)
        for records in self.read.values():
            yield from records

    def all_before(self, condition: str = "true") -> list[FileRecord]:
        """The records of the last build for which an SQL condition holds."""
        rows = self.database.select(f"SELECT * FROM file WHERE {condition}")
        return [FileRecord._make(row) for row in rows]

    def paths_before(self) -> set[str]:
        """The files of the last build."""
        return {path for (path,) in self.database.select("SELECT path FROM file")}

    def drafts(self, lang: str) -> Set[str]:
        """The notes whose file in that language is a draft."""
        found = self.all("is_draft")
        return {one.note for one in found if one.is_draft and one.lang == lang}

    def save(self) -> None:
        before = self.of_notes_before(list(self.read))
        were = {record.path: record for records in before.values() for record in records}
        gone = ((path,) for path in were.keys() - self._at.keys())
        self.database.write("DELETE FROM file WHERE path = ?", gone)
        self.database.write(
            "INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (record for path, record in self._at.items() if were.get(path) != record),
        )
