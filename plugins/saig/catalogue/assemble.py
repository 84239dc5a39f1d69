"""The folder ``content/`` -> the catalogue of what can be shown, and every problem on the way."""

from __future__ import annotations

import datetime
import os
from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import MappingProxyType

from ..notes.files import GONE, LEDGER, SITE, Source, scan, theme_files
from ..notes.interface_texts import check_words
from ..notes.models import NoteFields
from ..notes.problem import Problem, in_order
from ..notes.read import Note, Reading, read_gone, read_ledger, read_site
from ..notes.site import Recorded, Site
from ..words import N_, has_words
from .again import again
from .assembled import Assembled, Last, Reader, Remembered, notes_of, order
from .catalogue import Catalogue, digest_of
from .check import check, check_holidays, check_organisation, check_unread
from .check_addresses import check_gone
from .check_own import check_uses
from .entry import Entry, Key
from .known import Known
from .ledger import check_ledger
from .uses import uses
from .vanished import check_vanished


def assemble(
    root: Path,
    day: datetime.date,
    *,
    translations: Path,
    read: Reader,
    remembered: Remembered,
    tracked: Sequence[Problem] = (),
    is_public: bool = False,
    drafts: bool = False,
    refuse_placeholders: bool = False,
    previous: Mapping[str, Recorded] = MappingProxyType({}),
    url: str,
) -> Assembled:
    """Read and relate all of ``root`` as of ``day``.

    ``translations``: the theme's folder of interface texts; its other folders are beside. ``tracked``:
    what is wrong with what Git has. ``is_public``: whether the public site
    is built. ``drafts``: keep drafts, for a preview.
    ``refuse_placeholders``: they are errors. ``previous``: addresses published before,
    and what stood there. ``url``: the site's address, without a slash at its end.
    """
    said = read_site(root)
    problems, site = [*tracked, *said.problems], said.site
    if site is None:
        return Assembled(None, problems)
    problems += _languages_without_words(site, root, translations)
    problems += check_words(translations, site.languages, is_public=is_public)
    content = scan(root, site.languages)
    problems += content.problems
    theme = theme_files(translations.parent)
    read.look(root, content.sources, site.languages)
    beside = [_bytes(root / name) for name in (SITE, GONE, LEDGER)]
    options = (day, drafts, refuse_placeholders, sorted(previous.items()), url)
    shaping = (beside, options, content.files, theme, problems, list(read.ties()))
    shape = digest_of(shaping).hex()
    last = remembered.last
    if last and last.shape == shape:
        same = again(last, said, site, day, url, content, theme, read, remembered)
        if not same.has_errors:
            return same

    readings = [read.reading(source.path) for source in content.sources]
    drafts_of = _drafts(content.sources, readings)
    readings = [
        replace(reading, note=reading.partial_note)
        if reading.note is None and _key(source) in drafts_of
        else reading
        for source, reading in zip(content.sources, readings, strict=True)
    ]
    unfinished = {
        _key(reading.invalid.source) for reading in readings if reading.invalid
    } & drafts_of
    paths = {source.path for source in content.sources if _key(source) in drafts_of}
    problems += [problem for reading in readings for problem in reading.problems]
    problems = _softened(problems, paths)
    entries, found = _join(content.sources, readings, site)
    problems += found
    gone, found, places = read_gone(root, site.languages)
    problems += found
    ledger, found = read_ledger(root)
    problems += found
    all_read = not any(problem.is_error for problem in problems)

    hidden = frozenset() if drafts else drafts_of
    unseen = {
        entries[key].note(lang).source
        for key in hidden & entries.keys()
        for lang in entries[key].languages
    }
    waiting = said.placeholders + [
        problem
        for reading in readings
        if reading.note and reading.note.source not in unseen
        for problem in reading.placeholders
    ]
    known = Known(content, hidden, theme)
    checked = Catalogue(
        site, day, entries, known, gone.root, bool(waiting), texts=read.texts, url=url
    )
    problems += check(checked, remembered.checks(checked), unfinished)
    for reading in readings:
        if reading.invalid:
            told = {(problem.line, problem.column) for problem in reading.problems}
            problems += [
                problem
                for problem in check_unread(checked, reading.invalid)
                if (problem.line, problem.column) not in told
            ]
    problems += check_organisation(checked, said.places)
    problems += check_holidays(checked, said.places)
    problems += check_uses(checked, uses(site, said.places, (), {}, ()))
    catalogue = checked
    if hidden:
        shown = {key: entry for key, entry in entries.items() if key not in hidden}
        catalogue = replace(checked, entries=shown)
    problems += check_gone(catalogue, gone.root, places)
    if all_read:  # or what cannot be read would seem to have vanished
        problems += check_vanished(checked, catalogue, ledger, previous, said.places)
        problems += check_ledger(catalogue, ledger)
    problems = _softened(problems, paths)
    catalogue = without_broken(catalogue, problems)
    if refuse_placeholders:
        problems += waiting
    problems = in_order(problems)
    last = Last(shape, problems, hidden, bool(waiting))
    is_right = not any(problem.is_error for problem in problems)
    return Assembled(
        catalogue,
        problems,
        partial(uses, site, said.places, gone.root, places, notes_of(entries)),
        lambda: ledger,
        last if is_right and not unfinished else None,
        checked,
    )


def _key(source: Source) -> Key:
    return Key(source.kind, source.id)


def _drafts(sources: Sequence[Source], readings: Sequence[Reading]) -> frozenset[Key]:
    """The notes that are drafts, those that nobody can read yet too."""
    return frozenset(
        _key(source)
        for source, reading in zip(sources, readings, strict=True)
        if source.is_original and _is_draft(reading)
    )


def _is_draft(reading: Reading) -> bool:
    note = reading.note or reading.partial_note
    says = isinstance(note.fields, NoteFields) and note.fields.status == "draft" if note else False
    return says or (reading.note is None and reading.says_draft)


def _softened(problems: Sequence[Problem], drafts: Set[str]) -> list[Problem]:
    """What is wrong in a draft stops nobody: it is told as a warning. ``drafts``: their files."""
    return [
        replace(problem, stops=False) if problem.path in drafts else problem for problem in problems
    ]


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes() if os.path.isfile(path) else None
    except OSError:
        return None


def _languages_without_words(site: Site, root: Path, translations: Path) -> list[Problem]:
    return [
        Problem(
            f"{root.name}/site.yaml",
            1,
            1,
            "missing-words",
            N_("the theme has no interface texts in “%(language)s”"),
            N_("add theme/translations/%(language)s/LC_MESSAGES/messages.po"),
            {"language": lang},
        )
        for lang in site.languages
        if not has_words(translations, lang)
    ]


def _join(
    sources: Sequence[Source], readings: Sequence[Reading], site: Site
) -> tuple[dict[Key, Entry], list[Problem]]:
    """Originals with their translations; a second note of one id, or a translation alone, is told."""
    notes = [reading.note for reading in readings if reading.note]
    problems: list[Problem] = []
    originals: dict[Key, Note] = {}
    translations: dict[Key, dict[str, Note]] = defaultdict(dict)
    first: dict[tuple[Key, str], str] = {}
    for note in sorted(notes, key=lambda note: (not note.source.is_original, note.source.path)):
        source = note.source
        key = Key(source.kind, source.id)
        if other := first.get((key, source.lang)):
            problems.append(
                note.problem(
                    "duplicate-id",
                    N_("%(other)s has the same name, and so the same id"),
                    N_("rename one of the two files"),
                    other=other,
                )
            )
            continue
        first[key, source.lang] = source.path
        if source.is_original:
            originals[key] = note
        else:
            translations[key][source.lang] = note
    unread = {
        Key(source.kind, source.id)
        for source, reading in zip(sources, readings, strict=True)
        if source.is_original and not reading.note
    }
    for key, by_language in translations.items():
        if key not in originals and key not in unread:
            problems += [_missing_original(note, key) for note in by_language.values()]
    entries = {
        key: Entry(
            originals[key],
            {lang: translations[key][lang] for lang in site.languages if lang in translations[key]},
        )
        for key in sorted(originals, key=order)
    }
    return entries, problems


def _missing_original(note: Note, key: Key) -> Problem:
    return note.problem(
        "missing-original",
        N_("this is a translation of %(id)s.md, which is not there"),
        N_("write the note in the site's first language as %(id)s.md"),
        id=key.id,
    )


def without_broken(catalogue: Catalogue, problems: Sequence[Problem]) -> Catalogue:
    """Leave out each file with an error: an original with all its translations."""
    wrong = {problem.path for problem in problems if problem.is_error}
    if not wrong:
        return catalogue
    entries: dict[Key, Entry] = {}
    for key, entry in catalogue.entries.items():
        if entry.original.source.path not in wrong:
            kept = {
                lang: note
                for lang, note in entry.translations.items()
                if note.source.path not in wrong
            }
            entries[key] = replace(entry, translations=kept)
    return replace(catalogue, entries=entries, remembered={})
