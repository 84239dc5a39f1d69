"""Reading the notes: those whose files changed, spread over processes; the others when they are asked
for."""

from __future__ import annotations

import json
import os
import pickle
import tempfile
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from weakref import finalize

from ..catalogue.entry import Files, Key, key_of
from ..catalogue.rows import Rows, called_rows, rows_of
from ..notes.body import BodyMarkup
from ..notes.files import Source, unreadable
from ..notes.problem import Problem, problem_of
from ..notes.read import InvalidNote, Note, Reading, read_note
from ..notes.references import FoundReference
from ..notes.site import Site
from ..progress import Progress
from ..words import N_
from .content_files import UNREADABLE, Stamped
from .content_folder import NoteSources
from .database import encoded
from .file_records import FileRecord, FileRecords
from .inputs import read
from .processes import parallel_map

HELD = 150
"""Notes that a process holds at hand after it read them."""


@dataclass(frozen=True)
class NoteRead:
    """A note whose files were read: their records, the note's rows, and all of it as the processes of
    this build pass it on. ``by_name``: whether its fields have anything that is no known id."""

    note: str
    records: list[FileRecord]
    rows: Rows
    pickled: bytes
    by_name: bool


@dataclass(frozen=True)
class NoteFiles:
    """A note's files with their texts, by path. ``left_out``: translations that are drafts, where these
    are not shown."""

    files: Files | None
    markup: Mapping[str, BodyMarkup]
    invalid: Mapping[str, InvalidNote]
    left_out: Mapping[str, Note]


class NoteReader:
    """The notes of ``content/``. ``touched``: the files that may not be what they were. ``broken``: files that are
    not shown, as something in them is an error. ``ids``: of each note what its fields mean by other
    names than ids (see ``settling``). ``has_drafts``: whether translations that are drafts are among
    the files of their notes, as for a preview."""

    def __init__(
        self,
        root: Path,
        records: FileRecords,
        sources: NoteSources,
        site: Site,
        touched: Mapping[str, Stamped | None],
        *,
        has_drafts: bool = False,
    ) -> None:
        self.has_drafts = has_drafts
        self.root = root
        self.site = site
        self.law = site.law
        self.records = records
        self.sources = sources
        self.touched = touched
        self.broken: set[str] = set()
        self.ids: dict[str, Mapping[str, str]] = {}
        self._spool = Spool()
        self._held: dict[str, NoteFiles] = {}

    def changed_notes(self) -> set[str]:
        """The notes of which a file is not what it was, or is new, or is no more."""
        found = {f"{source.kind}/{source.id}" for source in self.sources.new_or_gone}
        for path, now in self.touched.items():
            record = self.records.before(path)
            if record and (now is None or now[0] != record.digest):
                found.add(record.note)
        return found

    def changed_paths(self, note: str) -> list[str]:
        """The files of a note that are not what they were in the last build, or are new."""
        were = self.records.of_notes_before([note]).get(note, ())
        return [one.path for one in self.records.read.get(note, ()) if one not in were]

    def read(self, notes: Iterable[str], jobs: int, progress: Progress) -> Iterator[NoteRead]:
        """Read these notes, and remember what came of them."""
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
        """Those of these notes of which the last build had a file of the note itself."""
        were = self.records.of_notes_before(list(notes))
        default = self.site.default_language
        return {note for note, files in were.items() if any(one.lang == default for one in files)}

    def rows(self, note: str) -> Rows:
        """The rows of a note, as it is now."""
        return self._rows(self.note_files(note), self.ids.get(note, {}))

    def _rows(self, note: NoteFiles, ids: Mapping[str, str]) -> Rows:
        """Who names a note with errors is not to blame, so what it is called is known all the same."""
        rows = rows_of(self.site, note.files.with_ids(ids)) if note.files else {}
        for invalid in note.invalid.values():
            for row in called_rows(invalid.source.kind, invalid.names):
                rows.setdefault(row, encoded(1))
        return rows

    def _read_files(self, note: str) -> tuple[NoteFiles, list[FileRecord]]:
        sources = self.sources.of(note)
        raws = {source.path: self._bytes(source.path) for source in sources}
        readings = {source: self._reading(source, raws[source.path]) for source in sources}
        drafts = {source for source in sources if _is_draft(readings[source])}
        left_out: set[Source] = set()
        if any(source.is_original for source in drafts):
            drafts = set(sources)
        elif not self.has_drafts:
            left_out = drafts
        kept = {source: found for source, found in readings.items() if source not in left_out}
        files, problems = _joined(self.site, kept, drafts)
        records = [
            _record(
                source,
                _digest(raws[source.path]),
                reading,
                problems[source.path],
                is_draft=source in drafts,
                is_left_out=source in left_out,
            )
            for source, reading in readings.items()
        ]
        markup = {source.path: reading.markup for source, reading in readings.items()}
        invalid = {s.path: reading.invalid for s, reading in readings.items() if reading.invalid}
        # A draft that is left out is as a note with errors: nothing of it is shown, its links are checked.
        left = {one.path: found for one in left_out if (found := readings[one].note)}
        invalid |= {p: InvalidNote(n.source, n.body, n.link_targets) for p, n in left.items()}
        return NoteFiles(files, markup, invalid, left), records

    def _bytes(self, path: str) -> bytes | OSError:
        try:
            return read(f"{self.root.parent}/{path}")
        except OSError as error:
            return error

    def _reading(self, source: Source, raw: bytes | OSError) -> Reading:
        if isinstance(raw, OSError):
            return Reading(None, [unreadable(source.path, raw)])
        site = self.site
        return read_note(source, raw, site.languages, self.law, site.own_country, site.locale_codes)

    # -- what was read ------------------------------------------------------------------------------

    def note_files(self, note: str) -> NoteFiles:
        """A note with its texts: from this build, or from its files."""
        found = self._held.get(note)
        if found is None:
            data = self._spool.get(note)
            found = pickle.loads(data) if data else self._read_files(note)[0]
            if len(self._held) >= HELD:
                del self._held[next(iter(self._held))]
            self._held[note] = found
        return found

    def files(self, note: str, *, is_shown: bool) -> Files:
        """``is_shown``: without the translations that are broken."""
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
        """The notes that are drafts, those that nobody can read yet too."""
        return frozenset(map(key_of, self.records.drafts(self.site.default_language)))

    def problems(self) -> Iterator[Problem]:
        """Of all files."""
        return _problems(record.problems for record in self.records.all("problems IS NOT NULL"))

    def placeholders(self, without: frozenset[Key]) -> Iterator[Problem]:
        """Of the files that are read, without those of some notes."""
        hidden = {str(key) for key in without}
        return _problems(
            record.placeholders
            for record in self.records.all("placeholders IS NOT NULL")
            if record.came != "nothing" and record.note not in hidden
        )


def references_of(files: Files | None) -> Sequence[FoundReference]:
    """What the fields of a note name, as it is written."""
    return files.original.references if files else ()


def _digest(raw: bytes | OSError) -> str:
    return UNREADABLE if isinstance(raw, OSError) else sha256(raw).hexdigest()


def _problems(said: Iterable[str | None]) -> Iterator[Problem]:
    for text in filter(None, said):
        yield from map(problem_of, json.loads(text))


def _record(
    source: Source,
    digest: str,
    reading: Reading,
    more: list[Problem],
    *,
    is_draft: bool,
    is_left_out: bool,
) -> FileRecord:
    if is_left_out:
        came = "nothing"
    elif reading.note:
        came = "note"
    else:
        came = "part" if is_draft and reading.partial_note else "nothing"
    problems, placeholders = [*reading.problems, *more], reading.placeholders
    return FileRecord(
        source.path,
        digest,
        f"{source.kind}/{source.id}",
        source.lang,
        came,
        is_draft,
        encoded([problem.plain for problem in problems]) if problems else None,
        encoded([problem.plain for problem in placeholders]) if placeholders else None,
    )


def _is_draft(reading: Reading) -> bool:
    note = reading.note or reading.partial_note
    says = note is not None and getattr(note.fields, "status", None) == "draft"
    return says or (reading.note is None and reading.says_draft)


def _joined(
    site: Site, readings: Mapping[Source, Reading], drafts: Set[Source]
) -> tuple[Files | None, Mapping[str, list[Problem]]]:
    """The original with its translations; a second file of one language, or a translation alone, is
    told."""
    problems: dict[str, list[Problem]] = defaultdict(list)
    first: dict[str, Note] = {}
    for source in sorted(readings, key=lambda source: source.path):
        reading = readings[source]
        note = reading.note or (reading.partial_note if source in drafts else None)
        if note is None:
            continue
        if other := first.get(source.lang):
            problems[source.path].append(_duplicate(note, other))
        else:
            first[source.lang] = note
    original = next((note for note in first.values() if note.source.is_original), None)
    if original is None:
        if not any(source.is_original for source in readings):
            for note in first.values():
                problems[note.source.path].append(_missing_original(note))
        return None, problems
    translations = {lang: first[lang] for lang in site.languages if lang in first}
    translations.pop(original.source.lang, None)
    return Files(original, translations), problems


def _duplicate(note: Note, other: Note) -> Problem:
    return note.problem(
        "duplicate-id",
        N_("%(other)s has the same name, and so the same id"),
        N_("rename one of the two files"),
        other=other.source.path,
    )


def _missing_original(note: Note) -> Problem:
    return note.problem(
        "missing-original",
        N_("this is a translation of %(id)s.md, which is not there"),
        N_("write the note in the site's first language as %(id)s.md"),
        id=note.source.id,
    )


class Spool:
    """Data by name in a file without one, which all processes of a build can read."""

    def __init__(self) -> None:
        with tempfile.TemporaryFile() as file:
            self._file = os.dup(file.fileno())
        finalize(self, os.close, self._file)
        self._places: dict[str, tuple[int, int]] = {}
        self._end = 0

    def add(self, name: str, data: bytes) -> None:
        self._places[name] = self._end, len(data)
        os.pwrite(self._file, data, self._end)
        self._end += len(data)

    def get(self, name: str) -> bytes | None:
        place = self._places.get(name)
        return os.pread(self._file, place[1], place[0]) if place else None
