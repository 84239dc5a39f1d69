"""Reads the files of one note, and joins them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Set
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from ..catalogue.entry import Files
from ..notes.body import BodyMarkup
from ..notes.files import Source, unreadable
from ..notes.note_fields import NoteFields, TranslatableFields
from ..notes.plain_data import as_json
from ..notes.problem import Problem
from ..notes.read import InvalidNote, Note, Reading, read_fields, read_note
from ..notes.site import Site
from ..words import N_
from .content_files import UNREADABLE
from .file_records import FileRecord
from .inputs import read


@dataclass(frozen=True)
class NoteFiles:
    """A note's files, by path. ``left_out``: translations that are drafts, unless drafts are
    shown."""

    files: Files | None
    markup: Mapping[str, BodyMarkup]
    invalid: Mapping[str, InvalidNote]
    left_out: Mapping[str, Note]


def read_files(
    sources: Collection[Source], project: Path, site: Site, *, has_drafts: bool
) -> tuple[NoteFiles, list[FileRecord]]:
    """Read the files of a note, in ``project``. ``has_drafts``: whether to include translations
    that are drafts."""
    found = {source: _read_file(source, project, site) for source in sources}
    readings = {source: reading for source, (_, reading) in found.items()}
    drafts = {source for source, reading in readings.items() if _is_draft(reading)}
    left_out: set[Source] = set()
    if any(source.is_original for source in drafts):
        drafts = set(sources)  # the translations of a draft are drafts
    elif not has_drafts:
        left_out = drafts
    kept = {source: one for source, one in readings.items() if source not in left_out}
    files, problems = _joined(site, kept, drafts)
    records = [
        _record(
            source,
            digest,
            reading,
            problems[source.path],
            is_draft=source in drafts,
            is_left_out=source in left_out,
        )
        for source, (digest, reading) in found.items()
    ]
    markup = {source.path: reading.markup for source, reading in readings.items()}
    invalid = {one.path: reading.invalid for one, reading in readings.items() if reading.invalid}
    # A draft that is left out is treated like a note with errors: not shown, but links are checked.
    left = {one.path: note for one in left_out if (note := readings[one].note)}
    for path, note in left.items():
        invalid[path] = InvalidNote(note.source, note.body, note.link_targets)
    return NoteFiles(files, markup, invalid, left), records


def _read_file(source: Source, project: Path, site: Site) -> tuple[str, Reading]:
    """Read one file: the digest of its contents, and the result."""
    try:
        raw = read(f"{project}/{source.path}")
    except OSError as error:
        return UNREADABLE, Reading(None, [unreadable(source.path, error)])
    reading = read_note(source, raw, site.languages, site.law, site.own_country, site.locale_codes)
    return sha256(raw).hexdigest(), reading


def fields_of(
    sources: Collection[Source], project: Path, site: Site
) -> NoteFields | TranslatableFields | None:
    """The fields of a note's original, without reading its texts and translations. None if there
    is not one original, or its fields have an error."""
    originals = [source for source in sources if source.is_original]
    if len(originals) != 1:
        return None
    try:
        raw = read(f"{project}/{originals[0].path}")
    except OSError:
        return None
    return read_fields(
        originals[0], raw, site.languages, site.law, site.own_country, site.locale_codes
    )


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
        outcome = "nothing"
    elif reading.note:
        outcome = "note"
    else:
        outcome = "part" if is_draft and reading.partial_note else "nothing"
    problems, placeholders = [*reading.problems, *more], reading.placeholders
    return FileRecord(
        source.path,
        digest,
        source.note,
        source.lang,
        outcome,
        is_draft,
        as_json([problem.plain for problem in problems]) if problems else None,
        as_json([problem.plain for problem in placeholders]) if placeholders else None,
    )


def _is_draft(reading: Reading) -> bool:
    note = reading.note or reading.partial_note
    says = note is not None and getattr(note.fields, "status", None) == "draft"
    return says or (reading.note is None and reading.says_draft)


def _joined(
    site: Site, readings: Mapping[Source, Reading], drafts: Set[Source]
) -> tuple[Files | None, Mapping[str, list[Problem]]]:
    """The original with its translations, and problems by path: a second file of one language, a
    translation without an original."""
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
