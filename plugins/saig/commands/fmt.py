"""``saig fmt``: notes in one canonical form."""

from __future__ import annotations

import shutil
from collections.abc import Set
from functools import partial
from pathlib import Path

import click

from ..builder.processes import parallel_map, processors
from ..builder.reading import NoteReader
from ..notes.canonical import NO_IDS, canonical
from ..notes.files import Source, scan
from ..publishing import durable
from ..refusal import Refused
from ..report import only
from ..site_check import checked_project
from ..words import N_, counted, editor_language, for_editors
from . import project


@click.command("fmt")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--check",
    is_flag=True,
    help="Change nothing; list the notes that would change, and exit with 1.",
)
@project.lang_option
def command(paths: tuple[Path, ...], check: bool, lang: str | None) -> None:
    """Bring the notes, or those among PATHS, into one form: dates, times, days and codes as
    documents have them, ids in the place of names, line ends, no spaces at the ends of fields.
    Comments and texts stay as they are, and so do notes with errors, which are named.

    \b
    Example: saig fmt
             saig fmt content/notices/horari-estiu.md
             saig fmt --check
    """
    project.tune_gc()
    root = project.root()
    language = editor_language(lang)
    settings = project.settings(root, LANGUAGE=lang)
    content = Path(settings["PATH"])
    work = checked_project(settings).work
    if work is None:
        raise Refused(N_("content/site.yaml has errors: run saig check"))
    found = scan(content, work.notes.site.languages).sources
    sources = only(found, content.parent, paths)
    if paths and not sources:
        raise Refused(N_("there are no notes in %(paths)s"), paths=" ".join(map(str, paths)))
    changed = 0
    right = {one.path for one in work.notes.records.all() if one.outcome == "note"}
    made = parallel_map(partial(_canonical, work.notes, right), sources, processors())
    for source, new in zip(sources, made, strict=True):
        if new is None:
            message = N_("%(path)s has an error and stays as it is: run saig check %(path)s")
            click.echo(for_editors(message, language, path=source.path), err=True)
        elif new:
            changed += 1
            click.echo(source.path)
            if not check:
                file = content.parent / source.path
                durable.prepare(file, new)
                shutil.copymode(file, durable.prepared(file))
                durable.put_in_place(file)
    if check:
        said = counted(
            "%(count)d note would change: run saig fmt",
            "%(count)d notes would change: run saig fmt",
            changed,
            language,
        )
    else:
        said = counted("%(count)d note changed", "%(count)d notes changed", changed, language)
    click.echo(said, err=True)
    raise SystemExit(1 if check and changed else 0)


def _canonical(notes: NoteReader, right: Set[str], source: Source) -> bytes | None:
    """A note's file in canonical form; empty if it is in that form, None if it has an error.
    ``right``: the files without errors."""
    site, ids = notes.site, notes.ids.get(source.note, NO_IDS)
    try:
        raw = (notes.root.parent / source.path).read_bytes()
    except OSError:
        return None
    is_right = source.path in right
    new = canonical(source, raw, site.languages, ids, site.locale_codes, is_right=is_right)
    return b"" if new == raw else new
