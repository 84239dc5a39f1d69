"""``saig check``: all problems of all notes."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from ..generator import BuildError, assemble_from
from ..report import FORMATS, only, summary
from ..words import editor_language
from . import project


@click.command("check")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(list(FORMATS)), default="text", show_default=True
)
@click.option(
    "--production", is_flag=True, help="With what only the public site may not have: placeholders."
)
@click.option(
    "--previous", help="An earlier api/v1/index.json, file or address: what may not vanish."
)
@project.today_option
@project.lang_option
def command(
    paths: tuple[Path, ...],
    form: str,
    production: bool,
    previous: str | None,
    today: datetime.date | None,
    lang: str | None,
) -> None:
    """Say all that is wrong in the notes, or in PATHS among them.

    Exits with 1 if anything is an error; warnings do not stop publication.

    \b
    Example: saig check content/notices --lang ca
    """
    root = project.root()
    settings = project.settings(
        root, production=production, TODAY=today, PREVIOUS=previous, LANGUAGE=lang
    )
    try:
        assembled = assemble_from(settings)
    except BuildError as error:
        raise click.ClickException(str(error)) from None
    problems = only(assembled.problems, root, paths)
    language = editor_language(lang)
    click.echo(FORMATS[form](problems, language), nl=False)
    if form == "text":
        click.echo(summary(problems, language), err=True)
    raise SystemExit(1 if any(problem.is_error for problem in problems) else 0)
