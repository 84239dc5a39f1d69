"""Reads and checks the notes of a project: those that changed, and those that this affects."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from ..catalogue.catalogue import Catalogue
from ..catalogue.content_index import ContentIndex
from ..catalogue.entry import Key
from ..catalogue.meant import Names
from ..catalogue.rows import rows_of
from ..catalogue.uses import UrlOccurrence, uses
from ..notes.address_lists import Recorded
from ..notes.files import theme_files
from ..notes.interface_texts import check_words
from ..notes.problem import Problem, file_problem, in_order, problem_of
from ..notes.read import Places, SiteReading, read_gone, read_site
from ..notes.site import Site
from ..progress import Progress
from ..themes import Theme
from ..words import N_, has_words, po_file
from . import inputs
from .cells import Cells
from .check_cells import CheckCells
from .content_files import ContentFiles, content_files, digests
from .content_folder import ContentFolder, changed_names, content_folder
from .database import Database
from .file_records import FileRecords
from .overrides import check_overrides
from .reading import NoteReader
from .row_store import CHECKED, PUBLISHED, SHOWN, RowStore
from .settings_files import SettingsFiles
from .settling import settle, site_with_ids
from .work import Work


@dataclass(frozen=True)
class Options:
    """How to check the notes. ``root``: ``content/``. ``url``: the site's address, without a slash
    at its end. ``tracked``: problems of files that Git tracks. ``is_public``: whether the public
    site is built. ``drafts``: show drafts, for a preview. ``refuse_placeholders``: report them as
    errors. ``previous``: addresses published before, and what was there. ``files``: those of
    ``content/``, if already known. ``jobs``: the number of processes."""

    root: Path
    day: datetime.date
    theme: Theme
    url: str
    tracked: Sequence[Problem]
    is_public: bool
    drafts: bool
    refuse_placeholders: bool
    previous: Mapping[str, Recorded]
    files: ContentFiles | None
    jobs: int
    progress: Progress


@dataclass
class CheckResult:
    """The notes, read and checked. ``shown``: those of the site; None if site.yaml is wrong,
    without which no note can be read. ``all_notes``: with drafts and notes with errors;
    ``published``: without drafts. ``uses``: the web addresses in notes and drafts. ``ledger``: the
    published addresses that ``content/addresses.yaml`` lists; None if there is no such file."""

    problems: list[Problem]
    foundation: Mapping[str, str] = field(default_factory=dict)
    work: Work | None = None
    shown: Catalogue | None = None
    all_notes: Catalogue | None = None
    published: Catalogue | None = None
    uses: Callable[[], Iterable[UrlOccurrence]] = tuple
    ledger: Callable[[], Mapping[str, Recorded] | None] = lambda: None

    @property
    def has_errors(self) -> bool:
        return any(problem.is_error for problem in self.problems)


def read_and_check(options: Options, database: Database) -> CheckResult:
    """Read the notes that changed, relate them to the others, and do the affected checks again."""
    root = options.root
    site_reading = read_site(root)
    problems, site = [*options.tracked, *site_reading.problems], site_reading.site
    if site is None:
        return CheckResult(problems)
    gone_reading = read_gone(root, site.languages)
    gone = gone_reading.gone.root
    problems += [*_of_theme(options, site, database), *gone_reading.problems]
    read = _read_what_is_stale(options, site, database)
    work, notes, folder = read.work, read.work.notes, read.folder
    beside = SettingsFiles(root, database, gone, options.previous)
    problems += [*folder.problems, *notes.problems(), *beside.problems]
    all_read = not any(problem.is_error for problem in _softened(problems, notes))

    hidden = frozenset() if options.drafts else notes.drafts
    theme = theme_files(options.theme)
    names = changed_names(folder, hidden, theme, database) | beside.changed_names
    others: dict[str, set[str]] = {name: set() for name in names}
    catalogue_of = partial(
        Catalogue,
        work.source,
        site=read.site,
        gone=gone,
        known=ContentIndex(folder.sources, folder.files, folder.left_out, hidden, theme),
        url=options.url,
        recorded=beside.list_pages,
        gone_were=beside.gone_were,
    )

    all_notes, published = catalogue_of(CHECKED, options.day), catalogue_of(PUBLISHED, options.day)
    texts = {f"text {note}": {note} for note in read.changed}
    for catalogue in (all_notes, published):
        work.mark_changes(catalogue.world, read.changed, others | texts, catalogue)
    checks = CheckCells(
        all_notes,
        published,
        all_notes if options.drafts else published,
        work.rows.apart[PUBLISHED],
        notes,
        site_reading.places,
        gone_reading.places,
        beside,
    )
    problems = _softened([*problems, *_between_notes(work, checks, all_read=all_read)], notes)

    # Free the memory of the checks' caches for the pages.
    all_notes, published = all_notes.fresh_copy(), published.fresh_copy()
    placeholders = [
        *site_reading.placeholders,
        *gone_reading.placeholders,
        *notes.placeholders(hidden),
    ]
    shown = catalogue_of(SHOWN, options.day, has_placeholders=bool(placeholders))
    leave_out(work, shown, {problem.path for problem in problems if _has_no_page(problem)}, hidden)
    maybe_changed = read.changed | work.rows.apart[SHOWN] | work.rows.was_apart[SHOWN]
    work.mark_changes(SHOWN, maybe_changed, others, shown)
    if options.refuse_placeholders:
        problems += placeholders
    return CheckResult(
        in_order(problems),
        read.foundation,
        work,
        shown,
        all_notes,
        published,
        partial(_uses, all_notes, site_reading, gone_reading.places),
        lambda: beside.ledger,
    )


def _between_notes(work: Work, checks: CheckCells, *, all_read: bool) -> list[Problem]:
    """The problems found by checks between notes. Only affected ones are done again."""
    last_build = work.cells.names("check ")
    names = checks.names(last_build, all_read=all_read)
    waiting = sorted(work.take_due(names, last_build, checks.all_notes))
    for _ in work.do(waiting, checks.run):
        pass
    return [problem_of(one) for found in work.cells.results("check ") for one in json.loads(found)]


@dataclass(frozen=True)
class _NotesRead:
    """``changed``: the notes whose rows may have changed since the last build. ``site``: with names
    replaced by ids. ``foundation``: the ``foundation_of`` that site."""

    work: Work
    folder: ContentFolder
    changed: set[str]
    site: Site
    foundation: Mapping[str, str]


def _read_what_is_stale(options: Options, site: Site, database: Database) -> _NotesRead:
    """Read the notes that changed; all of them if the foundation changed. ``site.yaml`` may refer
    to notes by name, so the foundation is compared twice: as written, before notes are read, and
    with ids, afterwards."""
    as_written = foundation_of(options, site)
    if database.value("as written") != as_written:
        database.clear()
    files = options.files or content_files(options.root, database)
    read = partial(_read, options, site, as_written, database, files)
    found = read()
    if database.value("foundation") != found.foundation and not database.is_new:
        database.clear()
        found = read()
    database.keep({"as written": as_written, "foundation": found.foundation})
    return found


def _read(
    options: Options,
    site: Site,
    as_written: Mapping[str, str],
    database: Database,
    files: ContentFiles,
) -> _NotesRead:
    """Read the notes whose files changed, and replace names by ids."""
    jobs, progress = options.jobs, options.progress
    records = FileRecords(database)
    folder = content_folder(options.root, site.languages, files, records)
    notes = NoteReader(
        options.root, records, folder.sources, site, files.touched, has_drafts=options.drafts
    )
    work = Work(database, RowStore(database), Cells(database), notes, files, jobs, progress)
    changed, by_name = notes.changed_notes(), []
    for read in notes.read(changed, jobs, progress):
        work.rows.put(CHECKED, read.note, read.rows)
        if read.by_name:
            by_name.append(read.note)
    work.rows.apart[PUBLISHED] = set(map(str, notes.drafts))
    known = ContentIndex(folder.sources, folder.files, folder.left_out)
    catalogue_of = partial(
        Catalogue, work.source, day=datetime.date.min, site=site, gone=(), known=known, url=""
    )
    names = Names(published=catalogue_of(PUBLISHED), every=catalogue_of(CHECKED))
    changed |= settle(work.rows, notes, names, changed, by_name)
    site = site_with_ids(site, names)
    foundation = {**as_written, SITE_INPUT: inputs.digest(site)}
    return _NotesRead(work, folder, changed, site, foundation)


SITE_INPUT = "content/site.yaml"


def foundation_of(options: Options, site: Site) -> dict[str, str]:
    """Digests of what all rows and documents depend on, by names that editors know. If one changed,
    the whole cache is stale."""
    found = {
        SITE_INPUT: inputs.digest(site),
        "SITEURL": inputs.digest(options.url),
        "DRAFTS": inputs.digest(options.drafts),
        "packs": inputs.digest(site.law.plain),
    }
    for lang in site.languages:
        paths = (po_file(folder, lang) for folder in options.theme.translations)
        texts = [path.read_bytes() for path in paths if path]
        found[f"theme/translations/{lang}"] = inputs.digest(texts)
    return found


def leave_out(work: Work, shown: Catalogue, broken: set[str], hidden: Iterable[Key]) -> None:
    """Exclude broken files and hidden notes from what is shown; without its original, no
    translation is shown."""
    work.notes.broken = broken
    default = shown.site.default_language
    without = set(map(str, hidden))
    records = work.notes.records
    apart = {record.note for record in map(records.at, broken) if record}
    work.rows.apart[SHOWN] = apart | without
    for note, files in records.of(work.rows.apart[SHOWN]).items():
        originals = [one for one in files if one.lang == default]
        is_gone = note in without or any(
            one.path in broken or one.outcome == "nothing" for one in originals
        )
        is_shown = originals and not is_gone
        rows = rows_of(shown.site, work.notes.files(note, is_shown=True)) if is_shown else {}
        work.rows.put(SHOWN, note, rows)


def shown_without(checked: CheckResult, failed: Sequence[Problem]) -> Catalogue:
    """The catalogue of what is shown, without the notes whose pages raised an error."""
    work, shown = checked.work, checked.shown
    assert work and shown
    before = set(work.rows.apart[SHOWN])
    broken = work.notes.broken | {problem.path for problem in failed}
    shown = shown.fresh_copy()
    of_checks = ("check ", CHECKED, PUBLISHED)
    work.cells.drop([name for name in work.cells.done if not name.startswith(of_checks)])
    leave_out(work, shown, broken, shown.known.index.drafts)
    work.mark_changes(SHOWN, work.rows.apart[SHOWN] | before, {}, shown)
    return shown


def _has_no_page(problem: Problem) -> bool:
    """Whether a note with this problem is not shown. A preview shows drafts with any problem except
    a duplicate address."""
    return problem.is_error or problem.code == "duplicate-address"


def _softened(problems: Iterable[Problem], notes: NoteReader) -> list[Problem]:
    """Problems of drafts become warnings."""
    drafts = {record.path for record in notes.records.all("is_draft") if record.is_draft}
    return [
        replace(problem, stops=False) if problem.path in drafts else problem for problem in problems
    ]


def _uses(
    all_notes: Catalogue, site_reading: SiteReading, gone_places: Places
) -> Iterable[UrlOccurrence]:
    notes = (note for entry in all_notes.all_entries() for note in entry.all_notes)
    return uses(all_notes.site, site_reading.places, all_notes.gone, gone_places, notes)


def _of_theme(options: Options, site: Site, database: Database) -> Iterable[Problem]:
    """Problems in the theme."""
    yield from _languages_without_words(site, options.root, options.theme)
    yield from _of_words(options, site, database)
    yield from check_overrides(options.theme, site.languages)


def _of_words(options: Options, site: Site, database: Database) -> list[Problem]:
    """Problems in the theme's ``.po`` files. Parsing them is slow, so this is cached."""
    theme = options.theme
    files = list(map(digests, theme.translations))
    made_of = inputs.digest(files, site.languages, site.locale_like, options.is_public)

    def found() -> list[Any]:
        every = check_words(theme, site.languages, is_public=options.is_public)
        return [problem.plain for problem in every]

    return list(map(problem_of, database.remembered("words", made_of, found)))


def _languages_without_words(site: Site, root: Path, theme: Theme) -> list[Problem]:
    return [
        file_problem(
            f"{root.name}/site.yaml",
            "missing-words",
            N_("the theme has no interface texts in “%(language)s”"),
            N_("add theme/translations/%(language)s/LC_MESSAGES/messages.po"),
            language=lang,
        )
        for lang in site.languages
        if not has_words(theme.translations, lang)
    ]
