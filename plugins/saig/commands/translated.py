"""``saig check --translated``: a translation is of the original as it is now, which it then says."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from ..catalogue.catalogue import Catalogue
from ..catalogue.translated import changed_since, new_sentences
from ..notes.read import Note
from ..report import only
from ..words import N_, counted, for_editors
from . import project

_LINE = re.compile(r"^translated:[^\n]*\n(?:[ \t]+[^\n]*\n)*", re.MULTILINE)
_END = re.compile(r"^---[ \t]*\r?$", re.MULTILINE)


def say_translated(catalogue: Catalogue, root: Path, paths: Sequence[Path], lang: str) -> None:
    """Write into the translations among these files and folders which text they are of. Tells how
    many. Raises ``click.ClickException`` where there is none among them."""
    if not paths:
        raise project.refusal(
            N_("name the translations that are up to date: saig check --translated FILE…")
        )
    found = only([note.source for note, _ in _translations(catalogue)], root, paths)
    if not found:
        raise project.refusal(
            N_("there is no translation without errors in %(paths)s: name files such as x.es.md"),
            paths=" ".join(map(str, paths)),
        )
    wanted = {source.path for source in found}
    written = 0
    for note, digests in _translations(catalogue):
        if note.source.path in wanted:
            written += _write(root / note.source.path, f"translated: {digests}\n")
    said = counted(
        "%(count)d translation is said to be up to date",
        "%(count)d translations are said to be up to date",
        written,
        lang,
    )
    click.echo(said, err=True)


def _translations(catalogue: Catalogue) -> Iterator[tuple[Note, str]]:
    """Every translation, and the digests of its original."""
    for entry in catalogue.all_entries():
        for note in entry.translations.values():
            yield note, entry.original.sentences


def _write(path: Path, line: str) -> bool:
    """Put the line into the front matter, in place of the one that is there or at its end."""
    raw = path.read_bytes().decode("utf-8-sig")
    text = raw.replace("\r\n", "\n")
    begin = _END.search(text)
    end = _END.search(text, begin.end()) if begin else None
    assert end, "a note that was read has a front matter"
    front = _LINE.sub("", text[: end.start()]) + line
    new = front + text[end.start() :]
    if "\r\n" in raw:
        new = new.replace("\n", "\r\n")
    if new == raw:
        return False
    mark = "\ufeff" if path.read_bytes().startswith(b"\xef\xbb\xbf") else ""
    path.write_bytes((mark + new).encode())
    return True


def told(catalogue: Catalogue, root: Path, paths: Sequence[Path], lang: str) -> Iterator[str]:
    """The sentences of originals that are new since their translations were made, for each file."""
    for entry in catalogue.all_entries():
        for note in entry.translations.values():
            changed = changed_since(entry, note.source.lang)
            if not changed or not changed.new or (paths and not only([note.source], root, paths)):
                continue
            yield for_editors(
                N_("New in %(original)s since %(path)s was translated:"),
                lang,
                original=os.path.basename(entry.original.source.path),
                path=note.source.path,
            )
            lang_of, path = note.source.lang, root / entry.original.source.path
            text = path.read_text("utf-8-sig", errors="replace")
            yield from (f"  {found}" for found in new_sentences(entry, lang_of, text))
