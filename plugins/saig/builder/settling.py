"""Ids in the place of names: whom the fields of notes mean by the names in them, once all notes are
read (docs/decisions/0057).

What a name means depends on all notes that have it. So that nothing else has to know of names, a
note's fields have ids before its rows are made, and whenever they are read again.
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
"""The tables whose rows decide on whom a name means."""


def ids_before(rows: RowStore) -> dict[str, dict[str, str]]:
    """What the last build found that names mean, by the notes that have them."""
    return {note: json.loads(said) for note, said in rows.rows(CHECKED, "meant", "")}


def settle(
    rows: RowStore,
    notes: NoteReader,
    names: Names,
    changed: Collection[str],
    by_name: Iterable[str],
) -> set[str]:
    """Have ids in the place of names. ``changed``: the notes that were read, whose rows have names
    still; ``by_name``: those among them that have any. The other notes whose names mean something
    else than in the last build are returned: their rows are new too."""
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
    """The keys of the table ``written`` under which the notes are whose names may mean something
    else, as these notes are others: there or not, drafts or not, called otherwise, or norms whose
    facts are others, by which citations tell them apart."""
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
    """The same with the ids of the contact and of the notes that it names."""

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
