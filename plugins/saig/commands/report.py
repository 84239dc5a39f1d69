"""``saig report``: what of the notes needs somebody, and by when."""

from __future__ import annotations

import datetime
import os
from pathlib import Path

import click

from ..catalogue.uses import outside
from ..documents.common import DocumentBuilder
from ..external_links import last_good
from ..project_settings import day, site_url, theme_of
from ..publishing import durable
from ..refusal import Refused
from ..reporting.collect import Collector
from ..reporting.rows import Report
from ..reporting.writing import FORMATS
from ..site_check import checked_project, problems_until
from ..words import N_, Translator, editor_language
from . import project
from .check import LAST_GOOD

AHEAD = datetime.timedelta(days=90)
"""How far a report looks ahead by default."""


@click.command("report")
@click.option(
    "--until",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Look ahead to this day (YYYY-MM-DD); by default 90 days.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    help="By default what the ending of the output says, or else md.",
)
@click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write into this file."
)
@click.option("--department", metavar="ID", help="Only what this contact looks after.")
@project.today_option
@project.lang_option
def command(
    until: datetime.datetime | None,
    form: str | None,
    output: Path | None,
    department: str | None,
    today: datetime.date | None,
    lang: str | None,
) -> None:
    """Report what of the notes needs somebody: what ends, what is to be verified or translated,
    which norms changed under which notes. Nobody is asked and nothing is changed.

    \b
    Example: saig report
             saig report --until 2027-12-31 --output informe.html
             saig report --format json --department obres
    """
    project.tune_gc()
    root = project.root()
    language = editor_language(lang)
    settings = project.settings(root, TODAY=today, LANGUAGE=lang)
    if output:
        _refuse_public(output, settings["OUTPUT_PATH"], settings["PATH"])
    form = form or (output.suffix.lower().lstrip(".") if output else "md")
    if form not in FORMATS:
        raise Refused(
            N_("the ending of %(file)s says no form: choose one with --format"), file=output
        )
    last = until.date() if until else None
    report = report_of(settings, root, last, language, department)
    text = FORMATS[form](report, language)
    if output:
        output.parent.mkdir(parents=True, exist_ok=True)
        durable.write(output, text.encode())
        click.echo(os.path.relpath(output))
    else:
        click.echo(text, nl=False)


def report_of(
    settings: dict[str, object],
    root: Path,
    until: datetime.date | None,
    language: str,
    department: str | None = None,
) -> Report:
    """The report of a project, or of one department. ``until``: how far it looks ahead, if not
    ``AHEAD``. Raises ``BuildError``, and ``Refused`` if site.yaml cannot be read, or there is no
    such department."""
    until = until or day(settings) + AHEAD
    coming = problems_until(settings, until)
    checked = checked_project(settings)
    catalogue, every = checked.published, checked.all_notes
    if catalogue is None or every is None:
        raise Refused(N_("site.yaml cannot be read: saig check says what is wrong in it"))
    if department and not every.known.has("contact", department):
        raise Refused(
            N_("there is no contact with the id “%(department)s”"), department=department[:60]
        )
    now = checked.problems
    paths = [path for entry in every.all_entries() for path in entry.listed.paths]
    texts = {path: (root / path).read_text("utf-8-sig", errors="replace") for path in paths}
    links = None
    if (root / LAST_GOOD).is_file():
        used = outside(checked.uses())
        links = (
            last_good.read(root / LAST_GOOD),
            {address: [use.path for use in found] for address, found in used.items()},
        )
    site = catalogue.site
    lang = language if language in site.languages else site.default_language
    words = Translator.of(theme_of(settings).translations, lang, site.locale_code(lang))
    builder = DocumentBuilder(catalogue, words, site_url(settings))
    collector = Collector(catalogue, every, builder, now, coming, until, texts, links, language)
    report = collector.report()
    return report.of(department) if department else report


def _refuse_public(output: Path, *folders: str) -> None:
    """A report is for editors: it may not lie where it would be published, or be taken for a
    note."""
    real = Path(os.path.realpath(output))
    taken = [Path(os.path.realpath(folder)) for folder in folders]
    taken += [parent for parent in real.parents if (parent / "publications.jsonl").exists()]
    if any(real.is_relative_to(folder) for folder in taken):
        raise Refused(
            N_("%(file)s would be published: write the report elsewhere, as in .saig/report/"),
            file=output,
        )
