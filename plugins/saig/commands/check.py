"""``saig check``: all problems of all notes."""

from __future__ import annotations

import datetime
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from ..builder.checking import CheckResult
from ..catalogue.ledger import added, addresses_of, as_yaml
from ..catalogue.uses import outside
from ..excerpt import lines_below
from ..notes.files import LEDGER
from ..notes.problem import Problem, in_order
from ..report import FORMATS, only, summary
from ..site_check import checked_project, problems_until
from ..words import N_, counted, editor_language, for_editors
from . import project
from .previous import previous_index
from .translated import say_translated, told

LAST_GOOD = ".saig/links.json"


@click.command("check")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(list(FORMATS)), default="text", show_default=True
)
@click.option(
    "--production", is_flag=True, help="With what only the public site may not have: placeholders."
)
@click.option(
    "--previous",
    help="What may not vanish: an earlier api/v1/index.json, file or address, or a folder of saig publish.",
)
@click.option("--links", is_flag=True, help="Ask other servers whether the notes' links are good.")
@click.option(
    "--timeout",
    type=click.FloatRange(0, min_open=True),
    default=10,
    show_default=True,
    help="Seconds to wait for another server's answer.",
)
@click.option(
    "--write-addresses",
    is_flag=True,
    help="Add the site's new addresses to content/addresses.yaml, unless anything is an error.",
)
@click.option(
    "--translated",
    is_flag=True,
    help="Write into the translations among PATHS that they are of the originals as they are now.",
)
@click.option(
    "--until",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Say instead what will be wrong by this day (YYYY-MM-DD), and from which day on.",
)
@project.today_option
@project.lang_option
def command(
    paths: tuple[Path, ...],
    form: str,
    production: bool,
    previous: str | None,
    links: bool,
    timeout: float,
    write_addresses: bool,
    translated: bool,
    until: datetime.datetime | None,
    today: datetime.date | None,
    lang: str | None,
) -> None:
    """Say all that is wrong in the notes, or in PATHS among them.

    Exits with 1 if anything is an error; warnings do not stop publication.

    \b
    Example: saig check content/notices --lang ca
             saig check --links
             saig check --until 2027-12-31
             saig check --translated content/notices/horari-nadal.es.md
    """
    project.tune_gc()
    root = project.root()
    language = editor_language(lang)
    index = previous_index(previous)
    settings = project.settings(
        root, production=production, TODAY=today, PREVIOUS=index, LANGUAGE=lang
    )
    project.refuse_elsewhere(paths, root, Path(settings["PATH"]))
    checked = checked_project(settings)
    if translated and checked.all_notes:
        say_translated(checked, root, paths, language)
        checked = checked_project(settings)
    if write_addresses:
        checked = record_addresses(checked, Path(settings["PATH"]), language)
    problems = only(checked.problems, root, paths)
    if until:
        problems = only(problems_until(settings, until.date()), root, paths)
    if links:
        problems += link_problems(checked, root, paths, timeout, language)
        problems = in_order(problems)
    click.echo(FORMATS[form](problems, language, lines_below(root)), nl=False)
    if form == "text":
        if checked.all_notes and any(
            problem.code == "translation-outdated" for problem in problems
        ):
            for line in told(checked.all_notes, root, paths, language):
                click.echo(line, err=True)
        click.echo(summary(problems, language), err=True)
    raise SystemExit(1 if any(problem.is_error for problem in problems) else 0)


def record_addresses(checked: CheckResult, content: Path, lang: str) -> CheckResult:
    """Add the site's new addresses to the ledger. Returns the result of the check, without the
    problems that this solves."""
    from ..publishing import durable

    if checked.has_errors or checked.shown is None:
        message = N_("No addresses are recorded while there are errors")
        click.echo(for_editors(message, lang), err=True)
        return checked
    recorded = checked.ledger()
    before = recorded or {}
    ledger = added(addresses_of(checked.shown), before)
    path = content / LEDGER
    if recorded is None or ledger != before:
        durable.write(path, as_yaml(ledger).encode())
    said = counted(
        "%(path)s: %(count)d address added",
        "%(path)s: %(count)d addresses added",
        len(ledger) - len(before),
        lang,
        path=os.path.relpath(path),
    )
    click.echo(said, err=True)
    rest = [problem for problem in checked.problems if problem.code != "unrecorded-address"]
    return replace(checked, problems=rest)


def link_problems(
    checked: CheckResult, root: Path, paths: Sequence[Path], seconds: float, lang: str
) -> list[Problem]:
    """Problems of the links to other servers in these files and folders."""
    from ..external_links.link_problems import check_links
    from ..progress import Progress

    if checked.shown is None:
        return []
    asked = outside(only(list(checked.uses()), root, paths))
    day = checked.shown.day
    return check_links(asked, root / LAST_GOOD, day, seconds, Progress(lang))
