"""The catalogue again, where nothing changed but texts that no other note can see."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from ..notes.files import Content, Source
from ..notes.problem import in_order
from ..notes.read import Note, SiteReading, read_gone, read_ledger
from ..notes.site import Site
from .assembled import Assembled, Last, Reader, Remembered, notes_of, order
from .catalogue import Catalogue
from .check import check_entry
from .entry import Entries, Key
from .known import Known
from .uses import uses


def again(
    last: Last,
    said: SiteReading,
    site: Site,
    day: datetime.date,
    url: str,
    content: Content,
    theme: Sequence[str],
    read: Reader,
    remembered: Remembered,
) -> Assembled:
    """What ``assemble`` gives, where nothing changed but texts that no other note can see: all that
    is known of the others from the ``last`` time still holds."""
    root = content.root
    gone, _, places = read_gone(root, site.languages)
    files = _files_of(content.sources, site)
    entries = Entries(files, partial(_note, read))
    catalogue = Catalogue(
        site,
        day,
        entries,
        Known(content, last.drafts, theme),
        gone.root,
        last.has_placeholders,
        remembered=remembered.checked,
        texts=read.texts,
        url=url,
    )
    changed = [k for k, there in files.items() if not read.changed.isdisjoint(there.values())]
    about = {path for key in changed for path in files[key].values()}
    problems = [problem for problem in last.problems if problem.path not in about]
    problems += [problem for path in about for problem in read.reading(path).problems]
    problems += [problem for key in changed for problem in check_entry(catalogue, entries[key])]
    problems = in_order(problems)
    shown = {key: there for key, there in files.items() if key not in last.drafts}
    catalogue = replace(
        catalogue,
        entries=Entries(shown, entries.read) if last.drafts else entries,
        remembered=remembered.relations,
    )
    return Assembled(
        catalogue,
        problems,
        lambda: uses(site, said.places, gone.root, places, notes_of(entries)),
        lambda: read_ledger(root)[0],
        replace(last, problems=problems),
    )


def _note(read: Reader, path: str) -> Note:
    note = read.reading(path).note
    if note is None:
        raise ValueError(f"{path} has errors")
    return note


def _files_of(sources: Sequence[Source], site: Site) -> dict[Key, dict[str, str]]:
    """The files of each note by their languages, in the order of ``assemble``."""
    found: dict[Key, dict[str, str]] = defaultdict(dict)
    for source in sources:
        found[Key(source.kind, source.id)][source.lang] = source.path
    return {
        key: {lang: found[key][lang] for lang in site.languages if lang in found[key]}
        for key in sorted(found, key=order)
    }
