"""``saig new``: a note with every field of its kind, explained."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from pydantic.fields import FieldInfo

from ..notes.fields import ID_PATTERN
from ..notes.models import FOLDERS, KINDS, NoteFields, TranslatableFields
from ..notes.read import read_site
from ..words import N_, editor_language, for_editors
from . import project

_FOLDER = {kind: folder for folder, kind in FOLDERS.items()}


@click.command("new")
@click.argument("kind", type=click.Choice(list(KINDS)))
@click.argument("identifier", metavar="ID")
@click.option("--lang", help="Write the translation into this language instead of the note itself.")
@click.option("--title", help="The note's title.")
def command(kind: str, identifier: str, lang: str | None, title: str | None) -> None:
    """Write a new note of KIND, with every field explained. It never overwrites one.

    \b
    Example: saig new notice horari-estiu --title "Horari d'estiu"
    """
    content = project.root() / "content"
    site = read_site(content).site
    languages = site.languages if site else ["ca"]
    if not re.fullmatch(ID_PATTERN, identifier):
        raise project.refusal(
            N_("“%(id)s” is no id: use small letters without accents, digits and hyphens"),
            id=identifier,
        )
    if lang and lang not in languages:
        raise project.refusal(
            N_("this site has no language “%(language)s”; it has %(languages)s"),
            language=lang,
            languages=", ".join(languages),
        )
    translated = bool(lang) and lang != languages[0]
    existing = find(content, kind, identifier)
    if translated and not existing:
        raise project.refusal(
            N_("write the note itself first: saig new %(kind)s %(id)s"), kind=kind, id=identifier
        )
    folder = existing.parent if existing else content / _FOLDER[kind]
    path = folder / (f"{identifier}.{lang}.md" if translated else f"{identifier}.md")
    if path.exists() or (existing and not translated):
        raise project.refusal(N_("%(path)s is already there"), path=existing or path)
    path.parent.mkdir(parents=True, exist_ok=True)
    model = TranslatableFields if translated else KINDS[kind]
    with path.open("x", encoding="utf-8") as file:
        file.write(template(model, title or identifier.replace("-", " ").capitalize()))
    click.echo(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)


def find(content: Path, kind: str, identifier: str) -> Path | None:
    """The note with that id, in whatever subfolder."""
    return next(iter(sorted((content / _FOLDER[kind]).rglob(f"{identifier}.md"))), None)


def template(model: type[NoteFields] | type[TranslatableFields], title: str) -> str:
    """A note that passes the check once its summary is written: what is optional is a comment."""
    today = datetime.date.today().isoformat()
    values = {"title": json.dumps(title, ensure_ascii=False), "summary": "", "date": today}
    if "status" in model.model_fields:
        values["status"] = "draft"
    lines = ["---"]
    for name, field in model.model_fields.items():
        lines.extend(_line(field.alias or name, field, values.get(name)))
    return "\n".join([*lines, "---", "", ""])


def _line(name: str, field: FieldInfo, value: str | None) -> Iterator[str]:
    needed = field.is_required() or value is not None
    yield f"# {for_editors(field.description or name, editor_language())}"
    yield f"{name}: {value or ''}".rstrip() if needed else f"# {name}: {_example(field)}".rstrip()


def _example(field: FieldInfo) -> Any:
    return "[]" if field.default == [] else ""
