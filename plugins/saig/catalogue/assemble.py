"""The folder ``content/`` -> the catalogue of what can be shown, and every problem on the way."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from ..notes.files import Content, Source, scan
from ..notes.models import KINDS
from ..notes.problem import Problem, in_order
from ..notes.read import Note, read_gone, read_note, read_site
from ..notes.site import Site
from ..words import N_, has_words
from .catalogue import Catalogue
from .check import check, check_organisation
from .check_addresses import check_gone, check_vanished
from .check_links import Known
from .entry import Entry, Key
from .placeholders import placeholders


@dataclass(frozen=True)
class Assembled:
    """``catalogue`` is None where site.yaml is wrong: nothing can be read without it."""

    catalogue: Catalogue | None
    problems: list[Problem]

    @property
    def has_errors(self) -> bool:
        return any(problem.is_error for problem in self.problems)


def assemble(
    root: Path,
    day: datetime.date,
    *,
    translations: Path,
    drafts: bool = False,
    refuse_placeholders: bool = False,
    previous: Mapping[str, str] = MappingProxyType({}),
) -> Assembled:
    """Read and relate all of ``root`` as of ``day``.

    ``translations``: the theme's folder of interface texts. ``drafts``: keep drafts, for a preview.
    ``refuse_placeholders``: they are errors. ``previous``: addresses published before,
    and their titles.
    """
    site, problems, site_places = read_site(root)
    if site is None:
        return Assembled(None, problems)
    problems += _languages_without_words(site, root, translations)
    content = scan(root, site.languages)
    problems += content.problems
    notes, broken, found = _read(root, content, site)
    problems += found
    entries, found = _join(notes, broken, site)
    problems += found
    gone, found, places = read_gone(root, site.languages)
    problems += found

    hidden = frozenset(
        key for key, entry in entries.items() if entry.facts.status == "draft" and not drafts
    )
    shown = {key: entry for key, entry in entries.items() if key not in hidden}
    waiting = placeholders(
        site,
        site_places,
        [entry.note(lang) for entry in shown.values() for lang in entry.languages],
    )
    catalogue = Catalogue(site, day, entries, gone.root, frozenset(content.files), bool(waiting))
    problems += check(catalogue, _known(content, hidden))
    problems += check_organisation(catalogue, site_places)
    catalogue = replace(catalogue, entries=shown)
    problems += check_gone(catalogue, gone.root, places)
    problems += check_vanished(catalogue, previous)
    catalogue = _without_broken(catalogue, problems)
    if refuse_placeholders:
        problems += waiting
    return Assembled(catalogue, in_order(problems))


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


def _read(
    root: Path, content: Content, site: Site
) -> tuple[list[Note], set[Source], list[Problem]]:
    notes: list[Note] = []
    broken: set[Source] = set()
    problems: list[Problem] = []
    for source in content.sources:
        note, found = read_note(source, (root.parent / source.path).read_bytes(), site.languages)
        problems += found
        if note:
            notes.append(note)
        else:
            broken.add(source)
    return notes, broken, problems


def _join(
    notes: Sequence[Note], broken: set[Source], site: Site
) -> tuple[dict[Key, Entry], list[Problem]]:
    """Originals with their translations; a second note of one id, or a translation alone, is told."""
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
    unread = {Key(source.kind, source.id) for source in broken if source.is_original}
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


def _known(content: Content, drafts: frozenset[Key]) -> Known:
    ids: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for source in content.sources:
        if source.is_original:
            ids[source.kind].append(source.id)
    paths = (source.path.partition("/")[2] for source in content.sources)
    return Known(ids, frozenset(paths), frozenset(content.files), drafts)


def _without_broken(catalogue: Catalogue, problems: Sequence[Problem]) -> Catalogue:
    """Leave out each file with an error: an original with all its translations."""
    wrong = {problem.path for problem in problems if problem.is_error}
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
