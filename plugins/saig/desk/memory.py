"""Which note stood at which address: remembered between builds, and between runs of the desk."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from .state import DeskState

Pages = dict[str, tuple[str, str]]


def remembered(file: Path) -> Pages:
    """The addresses that were kept in a file; none where it cannot be read."""
    try:
        found = json.loads(file.read_text("utf-8"))
        return {str(there): (str(note), str(lang)) for there, (note, lang) in found.items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}


def keep(file: Path, pages: Pages) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(pages, ensure_ascii=False), "utf-8")
    except OSError:
        pass  # the next run knows less


def with_renamed(before: Pages, last: DeskState, now: DeskState) -> Pages:
    """The addresses with the notes that stand there, or stood there last. Of a note whose file has
    another name the new name is told by the title: it is the only one of its kind that came."""
    names = {note.name for note in now.notes}
    were = {note.name: note for note in last.notes}
    came = [note for note in now.notes if note.name not in were]
    new: dict[str, str] = {}
    for name, note in were.items():
        if name in names:
            continue
        kind = name.partition("/")[0]
        alike = [one for one in came if one.name.partition("/")[0] == kind]
        alike = [one for one in alike if one.title == note.title] or alike
        if len(alike) == 1:
            new[name] = alike[0].name
    found = {there: (new.get(note, note), lang) for there, (note, lang) in before.items()}
    return {**found, **now.pages}


def leads_on(address: str, pages: Pages, state: DeskState) -> str | None:
    """Where the note has its page now that once stood at an address; None if it has none."""
    note, lang = pages.get(address, ("", ""))
    if not note or address in state.pages:
        return None
    found: Mapping[str, str] = next((n.addresses for n in state.notes if n.name == note), {})
    return found.get(lang) or next(iter(found.values()), None)
