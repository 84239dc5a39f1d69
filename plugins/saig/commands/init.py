"""``saig init``: a new town."""

from __future__ import annotations

import datetime
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from .. import __version__
from ..languages import country_of
from ..new_town.answers import READ, Answers, zone_of_this_computer
from ..new_town.files import files_of
from ..new_town.requirement import installed_from, requirement
from ..new_town.texts import known_as
from ..new_town.words_file import TRANSLATIONS, is_wordless
from ..notes.read import read_site
from ..refusal import Refused
from ..words import N_, editor_language, for_editors
from . import project

QUESTIONS = {
    "name": N_("Name of the site"),
    "organisation": N_("Whose site it is: the name of the administration"),
    "languages": N_("Languages, the first is the default, as in ca, es"),
    "time_zone": N_("Time zone, as in Europe/Madrid"),
    "country": N_("Country, by its two letters"),
}
TAKEN = ("content", project.LAPTOP, project.PUBLIC)
"""Names that must not exist in the folder yet."""


@click.command("init")
@click.argument(
    "folder", type=click.Path(file_okay=False, path_type=Path), default=Path(), required=False
)
@click.option("--name", help="The name of the site.")
@click.option("--languages", help="Codes of its languages, the first is the default: ca,es.")
@click.option("--time-zone", help="IANA name of its time zone: Europe/Madrid.")
@click.option("--country", help="Its country, by two letters; without it, that of the time zone.")
@click.option("--organisation", help="The name of the administration whose site it is.")
@project.lang_option
def command(folder: Path, lang: str | None, **given: str | None) -> None:
    """Write a new town into FOLDER (here, if it is left out): settings, content/site.yaml, pages on
    accessibility and the law, and three examples to replace. On a terminal it asks for what you
    leave out. It never overwrites anything.

    \b
    Example: saig init
             saig init my-town --name "Planning in Ourtown" --languages en --time-zone Europe/Dublin --organisation "Ourtown Council"
    """
    language = editor_language(lang)
    there = next((name for name in TAKEN if (folder / name).exists()), None)
    if there:
        raise Refused(
            N_("%(path)s is already there: begin a town in another folder"),
            path=folder / there,
        )
    answers = _answers(given, language)
    line, has_hash = requirement(installed_from(), __version__, language)
    files = files_of(answers, line, datetime.date.today(), language)
    _refuse_unreadable(files, language)
    kept = [path for path in files if (folder / path).exists()]
    for path, text in files.items():
        if path in kept:
            continue
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        with (folder / path).open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
        click.echo(folder / path)
    for told in _remarks(answers, kept, has_hash, language):
        click.echo(told)


def _answers(given: Mapping[str, str | None], lang: str) -> Answers:
    """The answers given as options and, on a terminal, to questions."""
    said: dict[str, Any] = {
        name: _read(name, text, lang) for name, text in given.items() if text is not None
    }
    may_ask = sys.stdin.isatty() and sys.stdout.isatty()
    if not may_ask and (country := country_of(said.get("time_zone", ""))):
        said.setdefault("country", country)
    missing = [f"--{name.replace('_', '-')}" for name in QUESTIONS if name not in said]
    if missing and not may_ask:
        raise Refused(
            N_("there is no terminal to ask on: write %(options)s too"),
            options=", ".join(missing),
        )
    for name, question in QUESTIONS.items():
        if name not in said:
            said[name] = _asked(name, for_editors(question, lang), _usual(name, said, lang), lang)
    return Answers(**said)


def _usual(name: str, said: Mapping[str, Any], lang: str) -> str | None:
    """The default answer to a question."""
    if name == "languages":
        return lang
    if name == "time_zone":
        return zone_of_this_computer()
    return country_of(said["time_zone"]) if name == "country" else None


def _asked(name: str, question: str, usual: str | None, lang: str) -> Any:
    def read(text: str) -> Any:
        try:
            return READ[name](text)
        except Refused as wrong:
            raise click.UsageError(wrong.said(lang)) from None

    return click.prompt(question, default=usual, value_proc=read)


def _read(name: str, text: str, lang: str) -> Any:
    try:
        return READ[name](text)
    except Refused as wrong:
        raise Refused(
            N_("--%(option)s: %(reason)s"),
            option=name.replace("_", "-"),
            reason=wrong,
        ) from None


def _refuse_unreadable(files: Mapping[str, str], lang: str) -> None:
    """Refuse names that are not valid in a field, such as those with markup, as ``saig check``
    would."""
    with tempfile.TemporaryDirectory(prefix="saig-") as folder:
        file = Path(folder) / "content/site.yaml"
        file.parent.mkdir()
        file.write_text(files["content/site.yaml"], "utf-8")
        wrong = next((one for one in read_site(file.parent).problems if one.is_error), None)
    if wrong:
        raise Refused(wrong.message, **wrong.values)


def _remarks(answers: Answers, kept: list[str], has_hash: bool, lang: str) -> list[str]:
    """What is still missing in the new town, and what to do next."""
    unknown = [one for one in answers.languages if not known_as(one)]
    wordless = [one for one in answers.languages if is_wordless(one)]
    said: list[tuple[str, dict[str, object]]] = []
    if kept:
        said.append((N_("%(files)s was there already, and stays"), {"files": ", ".join(kept)}))
    if unknown:
        message = N_("Saig has no model pages in %(languages)s: translate them from English")
        said.append((message, {"languages": ", ".join(unknown)}))
    if wordless:
        message = N_(
            "Saig's pages have no words in %(languages)s yet, and are in English: translate what "
            "stands in %(folder)s"
        )
        said.append((message, {"languages": ", ".join(wordless), "folder": TRANSLATIONS}))
    if not has_hash:
        said.append((N_("requirements.txt lacks the hash of Saig's wheel: see its line"), {}))
    said.append((N_("Next: saig serve shows the site, saig check what is left to do"), {}))
    said.append(
        (N_("saig workflows github, gitlab or forgejo has each push checked and published"), {})
    )
    return [for_editors(message, lang, **values) for message, values in said]
