"""``saig import``: a note from a press release, a web page or a Word file."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

import click

from ..catalogue.catalogue import Catalogue
from ..catalogue.resolve import Meaning
from ..citations.grammar import NO_GRAMMAR
from ..citations.recognise import citations
from ..importing.article import PICTURE_PLACE, Article, LeftOut, one_line
from ..importing.proposal import Draft, draft_of, plain
from ..importing.sources import article_in
from ..notes.models import FOLDER_OF, KINDS
from ..notes.value_types import ID_PATTERN
from ..refusal import Refused
from ..site_check import checked_project
from ..words import N_, editor_language, for_editors
from . import project
from .new import find

SHOWN = 100
"""How many characters are shown of each part that was left out."""


@click.command("import")
@click.argument("file")
@click.option(
    "--kind",
    type=click.Choice(list(KINDS)),
    default="notice",
    show_default=True,
    help="Kind of the note.",
)
@click.option("--id", "identifier", help="Id of the note; by default made from its title.")
@project.lang_option
def command(file: str, kind: str, identifier: str | None, lang: str | None) -> None:
    """Begin a note from FILE: a text, a web page saved as a file, or a Word file (.docx).

    The note is a draft. What of the file is not in it is listed. It never overwrites a note.

    \b
    Example: saig import nota-de-premsa.docx
             saig import pagina.html --kind service --id llicencia-obra-menor
    """
    root = project.root()
    language = editor_language(lang)
    if identifier is not None and not re.fullmatch(ID_PATTERN, identifier):
        raise Refused(
            N_("“%(id)s” is no id: use small letters without accents, digits and hyphens"),
            id=identifier,
        )
    settings = project.settings(root, LANGUAGE=lang)
    try:
        article = article_in(file)
        catalogue = checked_project(settings).all_notes
        draft = draft_of(
            article,
            _contacts(catalogue),
            _norms(catalogue, article),
            catalogue.site.grammar if catalogue else NO_GRAMMAR,
            identifier,
        )
        if not re.fullmatch(ID_PATTERN, draft.identifier):
            raise Refused(N_("no id can be made of its title: give one with --id"))
    except Refused as refused:
        raise click.ClickException(f"{file}: {refused.said(language)}") from None
    path = _write(root / "content", kind, draft, article)
    shown = os.path.relpath(path)
    click.echo(shown)
    for line in _told(article, draft, shown, catalogue, language):
        click.echo(line, err=True)


def _contacts(catalogue: Catalogue | None) -> dict[str, list[str]]:
    """The names of each contact except the one for the whole administration, which every press
    release names."""
    if catalogue is None:
        return {}
    found: dict[str, list[str]] = {}
    for entry in catalogue.every("contact"):
        if entry.id == catalogue.site.organisation:
            continue
        names = [*entry.facts.aliases]
        for words in entry.listed.words.values():
            names += [words.title, words.short_title or ""]
        found[entry.id] = [name for name in names if name]
    return found


def _norms(catalogue: Catalogue | None, article: Article) -> Mapping[str, str]:
    """The note of each citation that means one norm alone."""
    if catalogue is None:
        return {}
    found = {}
    text = "\n".join(map(plain, [article.title, *article.body.split("\n\n")]))
    for cited in citations(text, catalogue.site.grammar):
        meant = catalogue.meant(Meaning.of(cited))
        if meant.norm:
            found[one_line(cited.text)] = meant.norm.id
    return found


def _write(content: Path, kind: str, draft: Draft, article: Article) -> Path:
    folder = content / FOLDER_OF[kind]
    path = folder / f"{draft.identifier}.md"
    if existing := find(content, kind, draft.identifier):
        raise Refused(
            N_("%(path)s is already there: give another id with --id"),
            path=os.path.relpath(existing),
        )
    pictures = {
        content / "files" / f"{draft.identifier}-{name.removeprefix(PICTURE_PLACE)}": data
        for name, data in article.pictures.items()
    }
    for picture in pictures:
        if picture.exists():
            raise Refused(
                N_("%(path)s is already there: give another id with --id"),
                path=os.path.relpath(picture),
            )
    folder.mkdir(parents=True, exist_ok=True)
    for picture, data in pictures.items():
        picture.parent.mkdir(parents=True, exist_ok=True)
        picture.write_bytes(data)
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(draft.text(f"../files/{draft.identifier}-"))
    return path


def _told(
    article: Article, draft: Draft, path: str, catalogue: Catalogue | None, language: str
) -> list[str]:
    """What an editor has to know about it, one line each."""
    said = [f"{for_editors(LEFT_OUT, language)}:"] if article.left_out else []
    said += [f"  {_left_out(one, language)}" for one in article.left_out]
    if not draft.fields["date"]:
        said.append(
            for_editors(N_("No day was found on which it was published: write date."), language)
        )
    first = catalogue.site.languages[0] if catalogue else ""
    if article.lang and first and article.lang.split("-")[0].lower() != first.split("-")[0].lower():
        message = N_(
            "The file says that it is in “%(said)s”; a note without a language in its name is in “%(first)s”."
        )
        said.append(for_editors(message, language, said=article.lang, first=first))
    if draft.unknown_norms:
        message = N_("Norms that are cited and have no note here: %(norms)s.")
        said.append(for_editors(message, language, norms="; ".join(draft.unknown_norms)))
    return [
        *said,
        for_editors(
            N_(
                "Read it through; saig check %(path)s says what it lacks. Then take status: draft away."
            ),
            language,
            path=path,
        ),
    ]


LEFT_OUT = N_("Not in the note as it was")


def _left_out(one: LeftOut, language: str) -> str:
    text = one.text if len(one.text) <= SHOWN else one.text[: SHOWN - 1] + "…"
    return f"{for_editors(one.what, language)}: {text}"
