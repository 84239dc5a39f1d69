"""Replaces names in the fields of notes by ids, once all notes are read (docs/decisions/0057).

The meaning of a name depends on all notes that have it. It is replaced before a note's rows are
made, and whenever the note is read again, so that all other code sees only ids.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable

from ..catalogue.entry import key_of
from ..catalogue.meant import Names
from ..notes.references import FoundReference, name_of
from ..notes.site import Site
from .reading import NoteReader, references_of
from .row_store import CHECKED, PUBLISHED, RowStore

_DECIDING = ("called", "number", "day")
"""The tables whose rows decide what names mean."""


def ids_before(rows: RowStore) -> dict[str, dict[str, str]]:
    """What names meant in the last build: note -> name -> id."""
    return {note: json.loads(said) for note, said in rows.rows(CHECKED, "meant", "")}


def settle(
    rows: RowStore,
    notes: NoteReader,
    names: Names,
    changed: Collection[str],
    by_name: Iterable[str],
) -> set[str]:
    """Replace names by ids. ``changed``: the notes that were read; ``by_name``: those of them with
    names in their fields. Returns the other notes whose names mean something else now: their rows
    were replaced too."""
    notes.ids = {note: ids for note, ids in ids_before(rows).items() if note not in changed}
    waiting = set(by_name)
    if not rows.database.is_new:
        for key in _keys_to_settle_again(rows, notes, changed):
            waiting.update(note for note, _ in rows.rows(CHECKED, "written", key))
    settled_again = set()
    for note in sorted(waiting):
        ids = _ids(names, note, references_of(notes.note_files(note).files))
        if ids != notes.ids.get(note, {}):
            notes.ids[note] = ids
            rows.put(CHECKED, note, notes.rows(note))
            settled_again.add(note)
    return settled_again - set(changed)


def _ids(names: Names, note: str, references: Iterable[FoundReference]) -> dict[str, str]:
    found = {}
    for one in references:
        if not one.is_address:
            identifier = names.meant(one.kind, one.written, note).id
            if identifier not in ("", one.written):
                found[one.name] = identifier
    return found


def _keys_to_settle_again(rows: RowStore, notes: NoteReader, changed: Collection[str]) -> set[str]:
    """The keys of the table ``written`` under which names may mean something else, because these
    notes changed: they were added, removed or renamed, became drafts or are no longer, or are norms
    with other facts, by which citations are resolved."""
    found = set()
    were = notes.originals_before(changed)
    for note in changed:
        kind, identifier = key_of(note)
        if (note in were) != notes.sources.has_original(note):
            found.add(name_of(kind, identifier))
        for world in (CHECKED, PUBLISHED):
            before, now = rows.of_note_before(world, note), rows.of_note(world, note)
            own = ("listed", note)
            is_told_apart_as_before = kind != "norm" or before.get(own) == now.get(own)
            for row in before.keys() | now.keys():
                table, key = row
                is_same = before.get(row) == now.get(row) and is_told_apart_as_before
                if table in _DECIDING and not is_same:
                    found.add(key if table == "called" else name_of(kind, key))
    return found


def site_with_ids(site: Site, names: Names) -> Site:
    """The same site with names of notes replaced by ids."""

    def id_of(kind: str, written: str) -> str:
        return names.meant(kind, written).id or written

    tasks = [
        task.model_copy(update={kind: id_of(kind, written) for kind, written in [task.note]})
        if task.note
        else task
        for task in site.tasks
    ]
    organisation = id_of("contact", site.organisation)
    return site.model_copy(update={"organisation": organisation, "tasks": tasks})
