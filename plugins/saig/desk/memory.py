"""Which note was at which address, remembered between builds and between runs of the desk."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from ..notes.plain_data import from_json
from .state import DeskState

Pages = dict[str, tuple[str, str]]


def remembered(file: Path) -> Pages:
    """The addresses saved in a file; empty if it cannot be read."""
    try:
        found = from_json(file.read_text("utf-8"))
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
    """The addresses with the notes that are or were last there. A note whose file was renamed is
    recognised by its title, or by being the only new one of its kind."""
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
    """The current page of the note that was once at an address; None if it has none."""
    note, lang = pages.get(address, ("", ""))
    if not note or address in state.pages:
        return None
    found: Mapping[str, str] = next((n.addresses for n in state.notes if n.name == note), {})
    return found.get(lang) or next(iter(found.values()), None)
