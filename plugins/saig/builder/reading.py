"""Reads notes: those whose files changed, in parallel; others lazily."""

from __future__ import annotations

import json
import os
import pickle
import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any
from weakref import finalize

from ..catalogue.entry import Files, Key, key_of
from ..catalogue.rows import Rows, called_rows, rows_of
from ..notes.body import BodyMarkup
from ..notes.plain_data import as_json
from ..notes.problem import Problem, problem_of
from ..notes.references import FoundReference, with_ids
from ..notes.site import Site
from ..progress import Progress
from ..words import N_
from .content_files import Stamped
from .content_folder import NoteSources
from .file_records import FileRecord, FileRecords
from .note_files import NoteFiles, fields_of, read_files
from .processes import parallel_map

HELD = 50
"""The notes that each process caches after reading."""

FIELDS_HELD = 200
"""The same for the fields alone: a norm's page shows what hundreds of others do to it."""


@dataclass(frozen=True)
class NoteRead:
    """A note that was read: the records of its files, its rows, and its pickled files, for the
    other processes of this build. ``by_name``: whether its fields name anything other than by
    id."""

    note: str
    records: list[FileRecord]
    rows: Rows
    pickled: bytes
    by_name: bool


class NoteReader:
    """The notes of ``content/``. ``touched``: the files that may have changed. ``broken``: files
    with errors, which are not shown. ``ids``: note -> ids of the names in its fields (see
    ``settling``). ``has_drafts``: whether translations that are drafts count, as in a preview."""

    def __init__(
        self,
        root: Path,
        records: FileRecords,
        sources: NoteSources,
        site: Site,
        touched: Mapping[str, Stamped | None],
        *,
        has_drafts: bool,
    ) -> None:
        self.has_drafts = has_drafts
        self.root = root
        self.site = site
        self.records = records
        self.sources = sources
        self.touched = touched
        self.broken: set[str] = set()
        self.ids: dict[str, Mapping[str, str]] = {}
        self._spool = Spool()
        self._held: dict[str, NoteFiles] = {}
        self._fields = lru_cache(FIELDS_HELD)(self._read_fields)

    def changed_notes(self) -> set[str]:
        """The notes of which a file was changed, added or removed."""
        found = {source.note for source in self.sources.new_or_gone}
        for record in self.records.before([*self.touched]):
            now = self.touched[record.path]
            if now is None or now[0] != record.digest:
                found.add(record.note)
        return found

    def changed_paths(self, note: str) -> list[str]:
        """The files of a note that were changed or added since the last build."""
        were = self.records.of_notes_before([note]).get(note, ())
        return [one.path for one in self.records.read.get(note, ()) if one not in were]

    def read(self, notes: Iterable[str], jobs: int, progress: Progress) -> Iterator[NoteRead]:
        """Read these notes, and record the results."""
        waiting = sorted(
            notes, key=lambda note: next((one.path for one in self.sources.of(note)), note)
        )
        came = progress.over(
            parallel_map(self._read, waiting, jobs), len(waiting), N_("Reading notes")
        )
        for note in came:
            self.records.put(note.note, note.records)
            if note.pickled:
                self._spool.add(note.note, note.pickled)
            yield note

    def _read(self, note: str) -> NoteRead:
        files, records = self._read_files(note)
        pickled = pickle.dumps(files, protocol=pickle.HIGHEST_PROTOCOL) if files.files else b""
        by_name = not all(map(self._is_id, references_of(files.files)))
        return NoteRead(note, records, self._rows(files, {}), pickled, by_name)

    def _is_id(self, reference: FoundReference) -> bool:
        kind, written, _ = reference
        if kind == "topic":
            return written in self.site.topics
        return reference.is_address or self.sources.has_original(f"{kind}/{written}")

    def originals_before(self, notes: Collection[str]) -> set[str]:
        """Those of these notes that had an original in the last build, not only translations."""
        were = self.records.of_notes_before(list(notes))
        default = self.site.default_language
        return {note for note, files in were.items() if any(one.lang == default for one in files)}

    def rows(self, note: str) -> Rows:
        """The rows of a note as it is now."""
        return self._rows(self.note_files(note), self.ids.get(note, {}))

    def _rows(self, note: NoteFiles, ids: Mapping[str, str]) -> Rows:
        """The rows of a note. One with errors still has rows of its names, so that naming it is no
        error."""
        rows = rows_of(self.site, note.files.with_ids(ids)) if note.files else {}
        for invalid in note.invalid.values():
            for row in called_rows(invalid.source.kind, invalid.names):
                rows.setdefault(row, as_json(1))
        return rows

    def _read_files(self, note: str) -> tuple[NoteFiles, list[FileRecord]]:
        sources = self.sources.of(note)
        return read_files(sources, self.root.parent, self.site, has_drafts=self.has_drafts)

    # -- what was read -----------------------------------------------------------------------------

    def note_files(self, note: str) -> NoteFiles:
        """A note with its texts: as this build read it, or read again."""
        found = self._held.pop(note, None) or self._note_files(note)
        self._held[note] = found
        if len(self._held) > HELD:
            del self._held[next(iter(self._held))]  # the one that was asked for first
        return found

    def _note_files(self, note: str) -> NoteFiles:
        data = self._spool.get(note)
        found: NoteFiles = pickle.loads(data) if data else self._read_files(note)[0]
        return found

    def facts(self, note: str) -> Any:
        """The fields of a note's original, with names replaced by ids. Raises ``KeyError`` if the
        note cannot be read."""
        fields, ids = self._fields(note), self.ids.get(note)
        return with_ids(fields, key_of(note).kind, ids) if ids else fields

    def _read_fields(self, note: str) -> Any:
        if note not in self._held and note not in self._spool:
            fields = fields_of(self.sources.of(note), self.root.parent, self.site)
            if fields:
                return fields
        files = self.note_files(note).files
        if files is None:
            raise KeyError(note)
        return files.facts

    def files(self, note: str, *, is_shown: bool) -> Files:
        """The files of a note, with names replaced by ids. ``is_shown``: without broken
        translations. Raises ``KeyError`` if the note cannot be read."""
        found = self.note_files(note).files
        if found is None:
            raise KeyError(note)
        found = found.with_ids(self.ids.get(note, {}))
        if is_shown and self.broken and any(one.source.path in self.broken for one in found.notes):
            kept = {
                lang: one
                for lang, one in found.translations.items()
                if one.source.path not in self.broken
            }
            return replace(found, translations=kept)
        return found

    def markup(self, path: str) -> BodyMarkup:
        """The text of a file of a note."""
        record = self.records.at(path)
        assert record
        return self.note_files(record.note).markup[path]

    @property
    def drafts(self) -> frozenset[Key]:
        """The notes that are drafts, even those that cannot be read."""
        return frozenset(map(key_of, self.records.drafts(self.site.default_language)))

    def problems(self) -> Iterator[Problem]:
        """The problems of all files, each file by itself."""
        return _problems(record.problems for record in self.records.all("problems IS NOT NULL"))

    def placeholders(self, without: frozenset[Key]) -> Iterator[Problem]:
        """The placeholders in files that could be read, without those of some notes."""
        hidden = {str(key) for key in without}
        return _problems(
            record.placeholders
            for record in self.records.all("placeholders IS NOT NULL")
            if record.outcome != "nothing" and record.note not in hidden
        )


def references_of(files: Files | None) -> Sequence[FoundReference]:
    """What the fields of a note name, as written."""
    return files.original.references if files else ()


def _problems(said: Iterable[str | None]) -> Iterator[Problem]:
    for text in filter(None, said):
        yield from map(problem_of, json.loads(text))


class Spool:
    """Data by name in an unnamed temporary file that all processes of a build can read. Where that
    is full, the folder of temporary files is named."""

    def __init__(self) -> None:
        with tempfile.TemporaryFile() as file:
            self._file = os.dup(file.fileno())
        finalize(self, os.close, self._file)
        self._places: dict[str, tuple[int, int]] = {}
        self._end = 0

    def add(self, name: str, data: bytes) -> None:
        self._places[name] = self._end, len(data)
        rest = memoryview(data)
        try:
            while rest:  # as the disk becomes full, only part is written
                written = os.pwrite(self._file, rest, self._end)
                self._end += written
                rest = rest[written:]
        except OSError as error:
            raise OSError(error.errno, error.strerror, tempfile.gettempdir()) from None

    def __contains__(self, name: str) -> bool:
        return name in self._places

    def get(self, name: str) -> bytes | None:
        place = self._places.get(name)
        return os.pread(self._file, place[1], place[0]) if place else None
