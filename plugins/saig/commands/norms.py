"""``saig norms``: compares notes of norms with the State gazette's open data."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..builder.database import cache_folder
from ..excerpt import lines_below
from ..notes.problem import in_order
from ..progress import Progress
from ..refusal import Refused
from ..report import FORMATS, only, summary
from ..site_check import checked_project
from ..words import N_, counted, editor_language, for_editors
from . import project

if TYPE_CHECKING:
    from ..catalogue.catalogue import Catalogue
    from ..catalogue.entry import Entry
    from ..gazette.new_note import NewNote


ROUNDS = 9
"""How often notes are read again after lines were added: a new list gets its other items in the
next round."""


offline_option = click.option(
    "--offline",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Read the gazette's answers from files instead of asking it.",
)
timeout_option = click.option(
    "--timeout",
    type=click.FloatRange(0, min_open=True),
    default=20,
    show_default=True,
    help="Seconds to wait for an answer of the gazette.",
)


@click.group("norms")
def command() -> None:
    """Hold what the notes say of norms against the State gazette (BOE), or begin a note from it.

    \b
    Example: saig norms check
             saig norms add BOE-A-2024-15575
    """


@command.command("check")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(list(FORMATS)), default="text", show_default=True
)
@offline_option
@timeout_option
@click.option(
    "--write",
    is_flag=True,
    help="Put the lines that are certain into the notes; look at them before you commit.",
)
@project.today_option
@project.lang_option
def check(
    paths: tuple[Path, ...],
    form: str,
    offline: Path | None,
    timeout: float,
    write: bool,
    today: datetime.date | None,
    lang: str | None,
) -> None:
    """Say where the notes of norms, or those in PATHS, differ from the gazette's data.

    Every difference is a warning. It exits with 0 whatever the gazette says, also where it does not
    answer, which is told in words.

    \b
    Example: saig norms check --lang ca
             saig norms check content/norms/llei-3-2024.md
             saig norms check --write
    """
    from ..gazette.ask import GAZETTE
    from ..gazette.compare import compared
    from ..gazette.gather import from_folder, from_gazette, problems_of, wanted_in
    from ..gazette.writing import write_lines

    project.tune_gc()
    root = project.root()
    settings = project.settings(root, TODAY=today, LANGUAGE=lang)
    language = editor_language(lang)
    catalogue = all_notes(settings)
    if GAZETTE not in catalogue.site.law.gazettes:
        raise Refused(
            N_(
                "the packs of this site do not have the gazette %(gazette)s, the only one that is asked"
            ),
            gazette=GAZETTE,
        )
    progress = Progress(language)
    entries = [entry for entry in catalogue.every("norm") if asked_for(entry, root, paths)]
    wanted = wanted_in(entries, catalogue.site.law)
    if offline:
        found = from_folder(wanted, offline, progress)
    else:
        base, pause = gazette_settings(settings)
        memory = cache_folder(settings) / "gazette.json"
        found = from_gazette(wanted, catalogue.day, base, pause, timeout, memory, progress)
    told = [*problems_of(catalogue, found), *compared(catalogue, found.records)]
    problems = only(in_order(told), root, paths)
    written = 0
    for _ in range(ROUNDS if write else 0):
        if not (done := write_lines(root, problems)):
            break
        written += done
        catalogue = all_notes(settings)
        told = [*problems_of(catalogue, found), *compared(catalogue, found.records)]
        problems = only(in_order(told), root, paths)
    if write:
        said = counted("%(count)d line written", "%(count)d lines written", written, language)
        click.echo(said, err=True)
    click.echo(FORMATS[form](problems, language, lines_below(root)), nl=False)
    if form == "text":
        click.echo(summary(problems, language), err=True)


def asked_for(entry: Entry, root: Path, paths: Sequence[Path]) -> bool:
    """Whether one of a note's files is among those that were named."""
    return bool(only([note.source for note in entry.all_notes], root, paths))


@command.command("add")
@click.argument("which", metavar="IDENTIFIER")
@offline_option
@timeout_option
@project.today_option
@project.lang_option
def add(
    which: str,
    offline: Path | None,
    timeout: float,
    today: datetime.date | None,
    lang: str | None,
) -> None:
    """Begin the note of the norm with that IDENTIFIER of the gazette, or ELI address: a draft with
    its facts, what it does to norms that have a note here, and the gazette's Spanish title. It
    never overwrites a note.

    \b
    Example: saig norms add BOE-A-2024-15575
             saig norms add https://www.boe.es/eli/es-ib/l/2024/05/03/3
    """
    from ..gazette.adding import added, fetched, read_identifier

    project.tune_gc()
    root = project.root()
    settings = project.settings(root, TODAY=today, LANGUAGE=lang)
    catalogue = all_notes(settings)
    asked = read_identifier(which)
    base, pause = gazette_settings(settings)
    record = fetched(asked, offline, base, pause, timeout, editor_language(lang))
    note = added(catalogue, record, editor_language(lang))
    write_note(Path(settings["PATH"]), note)
    click.echo(for_editors(WRITTEN, editor_language(lang)), err=True)


WRITTEN = N_(
    "Write the title in the site's languages, the summary and the text; then take status: draft away. "
    "saig norms check says what notes of other norms should say of this one."
)


def write_note(content: Path, note: NewNote) -> None:
    """Write the files, none of which may exist; print their names."""
    folder = content / "norms"
    names = [f"{note.id}.md", *(f"{note.id}.{lang}.md" for lang in list(note.files)[1:])]
    for name in names:
        if (folder / name).exists():
            raise Refused(N_("%(path)s is already there"), path=folder / name)
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in zip(names, note.files.values(), strict=True):
        with (folder / name).open("x", encoding="utf-8") as file:
            file.write(text)
        path = folder / name
        click.echo(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)


def all_notes(settings: Mapping[str, Any]) -> Catalogue:
    """The notes of a project. Raises ``Refused`` where site.yaml cannot be read."""
    catalogue = checked_project(settings).all_notes
    if catalogue is None:
        raise Refused(N_("site.yaml cannot be read: saig check says what is wrong in it"))
    return catalogue


def gazette_settings(settings: Mapping[str, Any]) -> tuple[str, float]:
    """The gazette's address, and the seconds between two requests."""
    from ..gazette.ask import BASE, PAUSE

    return settings.get("GAZETTE") or BASE, settings.get("GAZETTE_PAUSE", PAUSE)
