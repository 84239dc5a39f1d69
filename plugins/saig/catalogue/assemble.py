"""The folder ``content/`` -> the catalogue of what can be shown, and every problem on the way."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import MappingProxyType

from ..notes.body import Markup
from ..notes.files import Source, scan
from ..notes.models import KINDS
from ..notes.problem import Problem, in_order
from ..notes.read import Note, Reading, read_gone, read_ledger, read_note, read_site
from ..notes.site import Site
from ..words import N_, has_words
from .catalogue import Catalogue
from .check import check, check_organisation
from .check_addresses import check_gone, check_vanished
from .entry import Entry, Key
from .known import Known
from .ledger import check_ledger
from .memory import Memory
from .uses import Use, uses


@dataclass(frozen=True)
class Assembled:
    """``catalogue`` is None where site.yaml is wrong: nothing can be read without it. ``uses``: the
    web addresses that notes name, drafts too. ``ledger``: addresses published before, as far as
    ``content/`` knows them; None if it does not keep count."""

    catalogue: Catalogue | None
    problems: list[Problem]
    uses: Callable[[], Iterable[Use]] = tuple
    ledger: Mapping[str, str] | None = None

    @property
    def has_errors(self) -> bool:
        return any(problem.is_error for problem in self.problems)


Reader = Callable[
    [Path, Sequence[Source], Sequence[str]], tuple[Sequence[Reading], Mapping[str, Markup]]
]
"""Reads the files of ``content/``: what came of each, in order, and the texts by path."""

Recall = Callable[[Catalogue], Memory[list[Problem]]]
"""What is remembered of an earlier check of such a catalogue."""


def read_each(
    root: Path, sources: Sequence[Source], languages: Sequence[str]
) -> tuple[Sequence[Reading], Mapping[str, Markup]]:
    """All of them, one after the other."""
    readings = [
        read_note(source, (root.parent / source.path).read_bytes(), languages) for source in sources
    ]
    texts = {source.path: r.markup for source, r in zip(sources, readings, strict=True)}
    return readings, texts


def remember_nothing(catalogue: Catalogue) -> Memory[list[Problem]]:
    return Memory("", {}, catalogue.answer)


def assemble(
    root: Path,
    day: datetime.date,
    *,
    translations: Path,
    drafts: bool = False,
    refuse_placeholders: bool = False,
    previous: Mapping[str, str] = MappingProxyType({}),
    read: Reader = read_each,
    recall: Recall = remember_nothing,
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
    readings, texts = read(root, content.sources, site.languages)
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
    catalogue = Catalogue(
        site, day, entries, Known(content, hidden), gone.root, bool(waiting), texts
    )
    problems += check(catalogue, recall(catalogue))
    problems += check_organisation(catalogue, said.places)
    if hidden:
        shown = {key: entry for key, entry in entries.items() if key not in hidden}
        catalogue = replace(catalogue, entries=shown)
    problems += check_gone(catalogue, gone.root, places)
    if all_read:  # or what cannot be read would seem to have vanished
        problems += check_vanished(catalogue, {**(ledger or {}), **previous})
        problems += check_ledger(catalogue, ledger)
    catalogue = _without_broken(catalogue, problems)
    if refuse_placeholders:
        problems += waiting
    named = partial(uses, site, said.places, gone.root, places, _notes_of(entries))
    return Assembled(catalogue, in_order(problems), named, ledger)


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
    order = {kind: index for index, kind in enumerate(KINDS)}
    entries = {
        key: Entry(
            originals[key],
            {lang: translations[key][lang] for lang in site.languages if lang in translations[key]},
        )
        for key in sorted(originals, key=lambda key: (order[key.kind], key.id))
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
