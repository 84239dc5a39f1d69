"""Reading and checking the notes of a project, as far as something changed since the last time."""

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
from ..catalogue.rows import rows_of
from ..catalogue.uses import UrlOccurrence, uses
from ..notes.address_lists import Gone, Recorded
from ..notes.files import theme_files
from ..notes.interface_texts import check_words
from ..notes.problem import Problem, in_order, problem_of
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
from .files_beside import SettingsFiles
from .overrides import check_overrides
from .reading import NoteReader
from .row_store import CHECKED, SHOWN, RowStore
from .settling import settle, site_with_ids
from .work import Work


@dataclass(frozen=True)
class Options:
    """How the notes are to be checked. ``tracked``: what is wrong with what Git has. ``is_public``: whether the
    public site is built. ``drafts``: keep drafts, for a preview. ``refuse_placeholders``: they are
    errors. ``previous``: addresses published before, and what stood there. ``url``: the site's
    address, without a slash at its end. ``files``: those of ``content/``, if known."""

    root: Path
    day: datetime.date
    theme: Theme
    url: str
    tracked: Sequence[Problem] = ()
    is_public: bool = False
    drafts: bool = False
    refuse_placeholders: bool = False
    previous: Mapping[str, Recorded] = field(default_factory=dict)
    files: ContentFiles | None = None


@dataclass
class CheckResult:
    """The notes, read and checked. ``shown``: what the site is made of; None where site.yaml is wrong,
    for nothing can be read without it. ``all_notes``: with drafts, and what has errors. ``uses``: the
    web addresses that notes name, drafts too. ``ledger``: addresses published before, as far as
    ``content/`` knows them; None if it does not keep count."""

    problems: list[Problem]
    foundation: Mapping[str, str] = field(default_factory=dict)
    work: Work | None = None
    shown: Catalogue | None = None
    all_notes: Catalogue | None = None
    uses: Callable[[], Iterable[UrlOccurrence]] = tuple
    ledger: Callable[[], Mapping[str, Recorded] | None] = lambda: None

    @property
    def has_errors(self) -> bool:
        return any(problem.is_error for problem in self.problems)


def read_and_check(
    options: Options, database: Database, jobs: int, progress: Progress
) -> CheckResult:
    """Read what changed, relate it to the others, and check what that may have made wrong or right."""
    root = options.root
    site_reading = read_site(root)
    problems, site = [*options.tracked, *site_reading.problems], site_reading.site
    if site is None:
        return CheckResult(problems)
    problems += _languages_without_words(site, root, options.theme)
    problems += _of_words(database, options, site)
    problems += check_overrides(options.theme, site.languages)
    gone, gone_problems, gone_places = read_gone(root, site.languages)
    problems += gone_problems
    # site.yaml may name notes as people do. So what all depends on is known twice: as it is written,
    # before notes are read, and with their ids. Where either is another, all is begun anew.
    as_written = foundation_of(options, site, gone.root)
    if database.value("as written") != as_written:
        database.clear()
    files = options.files or content_files(root, database)
    read = partial(_read, database, options, site, files, jobs, progress)
    work, folder, changed_notes, site = read()
    with_ids = {**as_written, SITE_INPUT: inputs.digest(site)}
    if database.value("foundation") != with_ids and not database.is_new:
        database.clear()
        work, folder, changed_notes, site = read()
    notes = work.notes
    problems += [*folder.problems, *notes.problems()]
    beside = SettingsFiles(root, database, gone.root, options.previous)
    problems += beside.problems
    all_read = not any(problem.is_error for problem in _softened(problems, notes))

    hidden = frozenset() if options.drafts else notes.drafts
    theme = theme_files(options.theme)
    names, folder_plain = changed_names(folder, hidden, theme, database)
    other_names = names | beside.changed_names
    index = ContentIndex(folder.sources, folder.files, folder.left_out, hidden, theme)
    catalogue_of = partial(
        Catalogue,
        work.source,
        site=site,
        gone=gone.root,
        known=index,
        url=options.url,
        recorded=beside.list_pages,
        gone_were=beside.gone_were,
    )

    all_notes = catalogue_of(CHECKED, options.day)
    others: dict[str, set[str]] = {name: set() for name in other_names}
    texts = {f"text {note}": {note} for note in changed_notes}
    work.mark_changes(CHECKED, changed_notes, others | texts, all_notes)
    checks = CheckCells(all_notes, notes, hidden, site_reading, gone.root, gone_places, beside)
    problems += _between_notes(work, checks, all_read=all_read)
    problems = _softened(problems, notes)

    placeholders = [*site_reading.placeholders, *notes.placeholders(hidden)]
    shown = catalogue_of(SHOWN, options.day, has_placeholders=bool(placeholders))
    show(work, shown, {problem.path for problem in problems if problem.is_error}, hidden)
    shown_notes = changed_notes | work.rows.apart | work.rows.was_apart
    work.mark_changes(SHOWN, shown_notes, others, shown)
    if options.refuse_placeholders:
        problems += placeholders
    foundations = {"as written": as_written, "foundation": with_ids}
    database.keep({**foundations, **folder_plain})
    return CheckResult(
        in_order(problems),
        with_ids,
        work,
        shown,
        all_notes,
        partial(_uses, all_notes, site_reading, gone_places),
        lambda: beside.ledger()[0],
    )


def _between_notes(work: Work, checks: CheckCells, *, all_read: bool) -> list[Problem]:
    """What the checks between notes find. Those alone are done again for which something changed."""
    last_build = work.cells.names("check ")
    names = checks.names(last_build, all_read=all_read)
    waiting = sorted(work.take_due(names, last_build, checks.all_notes))
    for _ in work.do(waiting, checks.run):
        pass
    return [problem_of(one) for _, found in work.cells.said("check ") for one in json.loads(found)]


def _read(
    database: Database,
    options: Options,
    site: Site,
    files: ContentFiles,
    jobs: int,
    progress: Progress,
) -> tuple[Work, ContentFolder, set[str], Site]:
    """Read the notes whose files changed, and have ids in the place of names. What lies in ``content/``,
    the notes whose rows may be others, and the site, with ids too."""
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
    catalogue = Catalogue(
        work.source,
        CHECKED,
        datetime.date.min,
        site=site,
        gone=(),
        known=ContentIndex(folder.sources, folder.files, folder.left_out),
        url="",
    )
    changed |= settle(work.rows, notes, catalogue, changed, by_name)
    return work, folder, changed, site_with_ids(site, catalogue)


SITE_INPUT = "content/site.yaml"


def foundation_of(options: Options, site: Site, gone: Sequence[Gone]) -> dict[str, str]:
    """What all rows and documents depend on, by names that an editor knows: where one of these is
    another, nothing that is remembered can be used."""
    found = {
        SITE_INPUT: inputs.digest(site),
        "content/gone.yaml": inputs.digest(gone),
        "SITEURL": inputs.digest(options.url),
        "DRAFTS": inputs.digest(options.drafts),
        "packs": inputs.digest(site.law.plain),
    }
    for lang in site.languages:
        paths = (po_file(folder, lang) for folder in options.theme.translations)
        texts = [path.read_bytes() for path in paths if path]
        found[f"theme/translations/{lang}"] = inputs.digest(texts)
    return found


def show(work: Work, shown: Catalogue, broken: set[str], hidden: Iterable[Key]) -> None:
    """Have the world of what is shown without these files, an original with all its translations, and
    without these notes."""
    work.notes.broken = broken
    default = shown.site.default_language
    without = set(map(str, hidden))
    records = work.notes.records
    apart = {record.note for record in map(records.at, broken) if record}
    work.rows.apart = apart | without
    for note, files in records.of(work.rows.apart).items():
        is_gone = note in without or any(
            one.lang == default and (one.path in broken or one.came == "nothing") for one in files
        )
        is_gone = is_gone or not any(one.lang == default for one in files)
        rows = {} if is_gone else rows_of(shown.site, work.notes.files(note, is_shown=True))
        work.rows.put(SHOWN, note, rows)


def without(checked: CheckResult, failed: Sequence[Problem]) -> Catalogue:
    """The catalogue without the notes at whose pages Saig failed."""
    work, shown = checked.work, checked.shown
    assert work and shown
    before = set(work.rows.apart)
    broken = work.notes.broken | {problem.path for problem in failed}
    shown = shown.fresh_copy()
    work.cells.drop([name for name in work.cells.done if not name.startswith(("check ", CHECKED))])
    show(work, shown, broken, shown.known.index.drafts)
    work.mark_changes(SHOWN, work.rows.apart | before, {}, shown)
    return shown


def _softened(problems: Iterable[Problem], notes: NoteReader) -> list[Problem]:
    """What is wrong in a draft stops nobody: it is told as a warning."""
    drafts = {record.path for record in notes.records.all("is_draft") if record.is_draft}
    return [
        replace(problem, stops=False) if problem.path in drafts else problem for problem in problems
    ]


def _uses(
    all_notes: Catalogue, site_reading: SiteReading, gone_places: Places
) -> Iterable[UrlOccurrence]:
    notes = (note for entry in all_notes.all_entries() for note in entry.all_notes)
    return uses(all_notes.site, site_reading.places, all_notes.gone, gone_places, notes)


def _of_words(database: Database, options: Options, site: Site) -> list[Problem]:
    """What is wrong in the theme's catalogues. Parsing them takes long, so it is remembered."""
    theme = options.theme
    files = [sorted(digests(folder).items()) for folder in theme.translations]
    made_of = inputs.digest(files, site.languages, site.locale_like, options.is_public)

    def found() -> list[Any]:
        every = check_words(theme, site.languages, is_public=options.is_public)
        return [problem.plain for problem in every]

    return list(map(problem_of, database.remembered("words", made_of, found)))


def _languages_without_words(site: Site, root: Path, theme: Theme) -> list[Problem]:
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
        if not has_words(theme.translations, lang)
    ]
