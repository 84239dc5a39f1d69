"""The folder ``content/`` -> the catalogue of what can be shown, and every problem on the way."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol

from ..notes.files import GONE, LEDGER, SITE, Content, Source, scan
from ..notes.models import KINDS
from ..notes.problem import Problem, in_order
from ..notes.read import Note, Reading, SiteReading, read_gone, read_ledger, read_site
from ..notes.site import Site
from ..words import N_, has_words
from .catalogue import Catalogue, Texts, digest_of
from .check import check, check_entry, check_organisation
from .check_addresses import check_gone, check_vanished
from .entry import Entries, Entry, Key
from .known import Known
from .ledger import check_ledger
from .memory import Memory
from .uses import Use, uses


class Reader(Protocol):
    """Reads the files of ``content/``, but for those of which it knows what came of them.

    ``changed``: the files that are not what they were when it last read. ``texts``: the notes'
    texts by their files.
    """

    @property
    def changed(self) -> Collection[str]: ...

    @property
    def texts(self) -> Texts: ...

    def look(self, root: Path, sources: Sequence[Source], languages: Sequence[str]) -> None:
        """Read what changed of these files."""

    def reading(self, path: str) -> Reading:
        """What came of a file."""

    def ties(self) -> Iterable[tuple[str, str]]:
        """Of each file, ``Note.ties``."""


@dataclass(frozen=True)
class Last:
    """What the notes came to where nothing was an error, to be remembered.

    ``shape``: a digest of all that it follows from, but for the texts of the notes.
    """

    shape: str
    problems: list[Problem]
    drafts: frozenset[Key]
    has_placeholders: bool


@dataclass(frozen=True)
class Remembered:
    """What is remembered of an earlier time. ``relations`` and ``checked``: those of the catalogue
    that was shown, and of the one with drafts, which was checked. ``checks``: of each note."""

    last: Last | None
    relations: Mapping[str, Any]
    checked: Mapping[str, Any]
    checks: Callable[[Catalogue], Memory[list[Problem]]]


@dataclass(frozen=True)
class Assembled:
    """``catalogue`` is None where site.yaml is wrong: nothing can be read without it. ``uses``: the
    web addresses that notes name, drafts too. ``ledger``: addresses published before, as far as
    ``content/`` knows them; None if it does not keep count. ``last``: to be remembered; None where
    something is an error. ``checked``: the catalogue with drafts, if all notes were looked at.
    """

    catalogue: Catalogue | None
    problems: list[Problem]
    uses: Callable[[], Iterable[Use]] = tuple
    ledger: Callable[[], Mapping[str, str] | None] = lambda: None
    last: Last | None = None
    checked: Catalogue | None = None

    @property
    def has_errors(self) -> bool:
        return any(problem.is_error for problem in self.problems)


def assemble(
    root: Path,
    day: datetime.date,
    *,
    translations: Path,
    read: Reader,
    remembered: Remembered,
    drafts: bool = False,
    refuse_placeholders: bool = False,
    previous: Mapping[str, str] = MappingProxyType({}),
) -> Assembled:
    """Read and relate all of ``root`` as of ``day``.

    ``translations``: the theme's folder of interface texts. ``drafts``: keep drafts, for a preview.
    ``refuse_placeholders``: they are errors. ``previous``: addresses published before,
    and their titles.
    """
    said = read_site(root)
    problems, site = said.problems, said.site
    if site is None:
        return Assembled(None, problems)
    problems += _languages_without_words(site, root, translations)
    content = scan(root, site.languages)
    problems += content.problems
    read.look(root, content.sources, site.languages)
    beside = [_bytes(root / name) for name in (SITE, GONE, LEDGER)]
    options = (day, drafts, refuse_placeholders, sorted(previous.items()))
    shape = digest_of((beside, options, content.files, problems, list(read.ties()))).hex()
    if remembered.last and remembered.last.shape == shape:
        again = _again(said, site, day, content, read, remembered)
        if again and not again.has_errors:
            return again

    readings = [read.reading(source.path) for source in content.sources]
    problems += [problem for reading in readings for problem in reading.problems]
    entries, found = _join(content.sources, readings, site)
    problems += found
    gone, found, places = read_gone(root, site.languages)
    problems += found
    ledger, found = read_ledger(root)
    problems += found
    all_read = not any(problem.is_error for problem in problems)

    hidden = frozenset(
        key for key, entry in entries.items() if entry.facts.status == "draft" and not drafts
    )
    unseen = {entries[key].note(lang).source for key in hidden for lang in entries[key].languages}
    waiting = said.placeholders + [
        problem
        for reading in readings
        if reading.note and reading.note.source not in unseen
        for problem in reading.placeholders
    ]
    known = Known(content, hidden)
    checked = Catalogue(site, day, entries, known, gone.root, bool(waiting), texts=read.texts)
    problems += check(checked, remembered.checks(checked))
    problems += check_organisation(checked, said.places)
    catalogue = checked
    if hidden:
        shown = {key: entry for key, entry in entries.items() if key not in hidden}
        catalogue = replace(checked, entries=shown)
    problems += check_gone(catalogue, gone.root, places)
    if all_read:  # or what cannot be read would seem to have vanished
        problems += check_vanished(catalogue, {**(ledger or {}), **previous})
        problems += check_ledger(catalogue, ledger)
    catalogue = _without_broken(catalogue, problems)
    if refuse_placeholders:
        problems += waiting
    problems = in_order(problems)
    last = Last(shape, problems, hidden, bool(waiting))
    is_right = not any(problem.is_error for problem in problems)
    return Assembled(
        catalogue,
        problems,
        partial(uses, site, said.places, gone.root, places, _notes_of(entries)),
        lambda: ledger,
        last if is_right else None,
        checked,
    )


def _again(
    said: SiteReading,
    site: Site,
    day: datetime.date,
    content: Content,
    read: Reader,
    remembered: Remembered,
) -> Assembled | None:
    """The same, where nothing changed but texts that no other note can see: all that is known of
    the others still holds."""
    last, root = remembered.last, content.root
    if last is None:
        return None
    gone, _, places = read_gone(root, site.languages)
    files = _files_of(content.sources, site)
    entries = Entries(files, partial(_note, read))
    catalogue = Catalogue(
        site,
        day,
        entries,
        Known(content, last.drafts),
        gone.root,
        last.has_placeholders,
        remembered=remembered.checked,
        texts=read.texts,
    )
    paths = set(read.changed)
    changed = [key for key, there in files.items() if not paths.isdisjoint(there.values())]
    about = {path for key in changed for path in files[key].values()}
    problems = [problem for problem in last.problems if problem.path not in about]
    problems += [problem for path in about for problem in read.reading(path).problems]
    problems += [problem for key in changed for problem in check_entry(catalogue, entries[key])]
    problems = in_order(problems)
    shown = {key: there for key, there in files.items() if key not in last.drafts}
    catalogue = replace(
        catalogue,
        entries=Entries(shown, entries.read) if last.drafts else entries,
        remembered=remembered.relations,
    )
    return Assembled(
        catalogue,
        problems,
        lambda: uses(site, said.places, gone.root, places, _notes_of(entries)),
        lambda: read_ledger(root)[0],
        replace(last, problems=problems),
    )


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _note(read: Reader, path: str) -> Note:
    note = read.reading(path).note
    assert note, f"{path} has errors"
    return note


def _files_of(sources: Sequence[Source], site: Site) -> dict[Key, dict[str, str]]:
    """The files of each note by their languages, in the order of ``_join``."""
    found: dict[Key, dict[str, str]] = defaultdict(dict)
    for source in sources:
        found[Key(source.kind, source.id)][source.lang] = source.path
    return {
        key: {lang: found[key][lang] for lang in site.languages if lang in found[key]}
        for key in sorted(found, key=_order)
    }


KIND_ORDER = {kind: index for index, kind in enumerate(KINDS)}


def _order(key: Key) -> tuple[int, str]:
    return KIND_ORDER[key.kind], key.id


def _notes_of(entries: Mapping[Key, Entry]) -> list[Note]:
    return [entry.note(lang) for entry in entries.values() for lang in entry.languages]


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
        for key in sorted(originals, key=_order)
    }
    return entries, problems


def _missing_original(note: Note, key: Key) -> Problem:
    return note.problem(
        "missing-original",
        N_("this is a translation of %(id)s.md, which is not there"),
        N_("write the note in the site's first language as %(id)s.md"),
        id=key.id,
    )


def _without_broken(catalogue: Catalogue, problems: Sequence[Problem]) -> Catalogue:
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
    return replace(catalogue, entries=entries)
