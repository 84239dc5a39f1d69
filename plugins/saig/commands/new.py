"""``saig new``: a note begun, with the fields that most notes of its kind have."""

from __future__ import annotations

import datetime
import re
import sys
from pathlib import Path

import click

from ..notes.decoding import decode
from ..notes.files import Source
from ..notes.models import FOLDER_OF, KINDS
from ..notes.read import read_note, read_site
from ..notes.site import Site
from ..notes.slug import slugify
from ..notes.value_types import ID_PATTERN
from ..refusal import Refused
from ..words import N_, editor_language, for_editors
from . import note_templates, project


@click.command("new")
@click.argument("kind", type=click.Choice(list(KINDS)), required=False)
@click.argument("identifier", metavar="ID", required=False)
@click.option("--lang", help="Write the translation into this language instead of the note itself.")
@click.option("--title", help="The note's title.")
@click.option("--full", is_flag=True, help="With every field of the kind.")
@click.option(
    "--from", "other", metavar="NOTE", help="Copy the facts of this note: its id, or its file."
)
def command(
    kind: str | None,
    identifier: str | None,
    lang: str | None,
    title: str | None,
    full: bool,
    other: str | None,
) -> None:
    """Write a new note of KIND: a draft, with the common fields and an example of each. It never
    overwrites one. ID may begin with subfolders. On a terminal it asks for what you leave out.

    \b
    Example: saig new notice horari-estiu --title "Horari d'estiu"
             saig new notice 2027/horari-estiu --from horari-nadal
             saig new notice horari-estiu --lang es
    """
    content = project.root() / "content"
    site = read_site(content).site
    languages = site.languages if site else ["ca"]
    kind, identifier, title = _asked(kind, identifier, title, is_new=not lang)
    *folders, name = _parts(kind, identifier)
    if lang and lang not in languages:
        raise Refused(
            N_("this site has no language “%(language)s”; it has %(languages)s"),
            language=lang,
            languages=", ".join(languages),
        )
    translated = bool(lang) and lang != languages[0]
    existing = find(content, kind, name)
    if translated and not existing:
        raise Refused(
            N_("write the note itself first: saig new %(kind)s %(id)s"), kind=kind, id=name
        )
    folder = existing.parent if existing else content.joinpath(FOLDER_OF[kind], *folders)
    path = folder / (f"{name}.{lang}.md" if translated else f"{name}.md")
    if path.exists() or (existing and not translated):
        raise Refused(N_("%(path)s is already there"), path=existing or path)
    today, editor = datetime.date.today(), editor_language()
    if translated and existing:
        there = path.relative_to(content.parent).as_posix()
        made_of = _sentences(existing, kind, name, site) if site else ""
        text = note_templates.translation(_text_of(existing), title, made_of, there, editor)
    else:
        said = title or name.replace("-", " ").capitalize()
        if other:
            found = _other(content, kind, other)
            text = note_templates.copied(kind, said, _text_of(found), today, editor)
        else:
            names = note_templates.names_in(content, site)
            write = note_templates.full if full else note_templates.short
            text = write(kind, said, names, today, editor)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8") as file:
        file.write(text)
    click.echo(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)


def _asked(
    kind: str | None, identifier: str | None, title: str | None, *, is_new: bool
) -> tuple[str, str, str | None]:
    """Ask for what was left out, on a terminal; elsewhere it is refused."""
    lang = editor_language()
    if not (kind and identifier) and not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Refused(N_("write the kind and the id, as in saig new notice horari-estiu"))
    if not kind:
        kind = click.prompt(for_editors(N_("Kind"), lang), type=click.Choice(list(KINDS)))
    if not identifier:
        if not title:
            title = click.prompt(for_editors(N_("Title"), lang))
        short = "-".join(slugify(title or "").split("-")[:5])
        identifier = click.prompt(for_editors(N_("Id"), lang), default=short or None)
    elif not title and is_new and sys.stdin.isatty() and sys.stdout.isatty():
        default = identifier.rpartition("/")[2].replace("-", " ").capitalize()
        title = click.prompt(for_editors(N_("Title"), lang), default=default)
    assert kind and identifier
    return kind, identifier, title


def _parts(kind: str, identifier: str) -> list[str]:
    """Subfolders and id; the kind's own folder may stand before them."""
    parts = identifier.removeprefix("content/").removesuffix(".md").split("/")
    if len(parts) > 1 and parts[0] == FOLDER_OF[kind]:
        del parts[0]
    if not all(re.fullmatch(ID_PATTERN, part) for part in parts):
        raise Refused(
            N_("“%(id)s” is no id: use small letters without accents, digits and hyphens"),
            id=identifier,
        )
    return parts


def _other(content: Path, kind: str, named: str) -> Path:
    """The note whose facts are copied: by its file, or by its id, preferably of this kind."""
    file = Path(named)
    if (
        named.endswith(".md")
        and file.is_file()
        and file.resolve().is_relative_to(content.resolve())
    ):
        return file
    if re.fullmatch(ID_PATTERN, named):
        for one in (kind, *KINDS):
            if found := find(content, one, named):
                return found
    raise Refused(N_("there is no note “%(id)s” whose facts could be copied"), id=named)


def _text_of(file: Path) -> str:
    text = decode(file.read_bytes())
    if not isinstance(text, str):
        raise Refused(N_("%(file)s cannot be read: %(reason)s"), file=file, reason="UTF-8")
    return text


def _sentences(original: Path, kind: str, name: str, site: Site) -> str:
    """The digests of the sentences of an original, '' where it cannot be read."""
    source = Source(original.name, kind, name, site.default_language, is_original=True)
    read = read_note(
        source, original.read_bytes(), site.languages, site.law, locales=site.locale_codes
    )
    note = read.note or read.partial_note
    return note.sentences if note else ""


def find(content: Path, kind: str, identifier: str) -> Path | None:
    """The note with that id, in whatever subfolder."""
    return next(iter(sorted((content / FOLDER_OF[kind]).rglob(f"{identifier}.md"))), None)
