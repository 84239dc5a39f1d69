"""A notice's document, and a page's."""

from __future__ import annotations

from ..catalogue.entry import Entry
from ..notes.references import REFERENCES
from .common import Document, Speaker, iso
from .note import note_document


def notice_document(speaker: Speaker, entry: Entry) -> Document:
    catalogue, facts = speaker.catalogue, entry.facts
    state = catalogue.state(entry)
    named = {name: catalogue.named_now(entry, name) for name in REFERENCES}
    part = {
        "urgency": facts.urgency,
        "state": state.word,
        "state_since": iso(state.since),
        "state_until": iso(state.until),
        "valid_from": iso(facts.valid_from),
        "valid_until": iso(facts.valid_until),
        **{name: speaker.refs(entries) for name, entries in named.items()},
    }
    crumbs = speaker.section_crumbs("notices")
    return note_document(
        speaker, entry, part, crumbs, [other for entries in named.values() for other in entries]
    )


def page_document(speaker: Speaker, entry: Entry) -> Document:
    return note_document(speaker, entry, {}, [])
