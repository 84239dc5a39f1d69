"""``saig check --translated``: records in translations that they correspond to the originals as
they are now."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from ..builder.checking import CheckResult
from ..catalogue.catalogue import Catalogue
from ..catalogue.translated import changed_since, new_sentences
from ..notes.drafts import DRAFT
from ..notes.front_matter import split
from ..notes.problem import FieldProblem
from ..notes.read import Note
from ..notes.sentences import digests
from ..refusal import Refused
from ..report import only
from ..words import N_, counted, for_editors

_LINE = re.compile(r"^translated:[^\n]*\n(?:[ \t]+[^\n]*\n)*", re.MULTILINE)
_END = re.compile(r"^---[ \t]*\r?$", re.MULTILINE)


def say_translated(checked: CheckResult, root: Path, paths: Sequence[Path], lang: str) -> None:
    """Record in the translations among these files and folders which text they were made of, and
    remove ``status: draft`` from them. Returns how many. Raises ``Refused`` if there is none among
    them, and for one that still has its original's text."""
    if not paths:
        raise Refused(
            N_("name the translations that are up to date: saig check --translated FILE…")
        )
    every = {note.source: (note, original) for note, original in _translations(checked)}
    found = only(list(every), root, paths)
    if not found:
        raise Refused(
            N_("there is no translation without errors in %(paths)s: name files such as x.es.md"),
            paths=" ".join(map(str, paths)),
        )
    for source in found:
        if _is_untouched(root, *every[source]):
            raise Refused(
                N_("%(path)s is still the text of the original: translate it first"),
                path=source.path,
            )
    written = sum(
        _write(root / source.path, f"translated: {every[source][1].sentences}\n")
        for source in found
    )
    said = counted(
        "%(count)d translation is said to be up to date",
        "%(count)d translations are said to be up to date",
        written,
        lang,
    )
    click.echo(said, err=True)


def _translations(checked: CheckResult) -> Iterator[tuple[Note, Note]]:
    """Every translation without errors, drafts too, and its original."""
    if not checked.all_notes or not checked.work:
        return
    drafts: dict[str, list[Note]] = defaultdict(list)
    for record in checked.work.notes.records.all("is_draft"):
        if record.is_draft:
            for note in checked.work.notes.note_files(record.note).left_out.values():
                if note.source.path == record.path:
                    drafts[record.note].append(note)
    for entry in checked.all_notes.all_entries():
        for note in (*entry.translations.values(), *drafts[entry.name]):
            yield note, entry.original


def _is_untouched(root: Path, note: Note, original: Note) -> bool:
    """Whether a draft still has its original's text."""
    parts = split((root / note.source.path).read_text("utf-8-sig", errors="replace"))
    if isinstance(parts, FieldProblem) or getattr(note.fields, "status", None) != "draft":
        return False
    return digests(note.fields.title, note.fields.summary, parts[1]) == original.sentences


def _write(path: Path, line: str) -> bool:
    """Put the line into the front matter, replacing the old one or at its end, and remove that of a
    draft."""
    raw = path.read_bytes().decode("utf-8-sig")
    text = raw.replace("\r\n", "\n")
    begin = _END.search(text)
    end = _END.search(text, begin.end()) if begin else None
    assert end, "a note that was read has a front matter"
    front = _LINE.sub("", DRAFT.sub("", text[: end.start()])) + line
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
