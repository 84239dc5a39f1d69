"""A notice's document, and a page's."""

from __future__ import annotations

from ..catalogue.entry import Entry
from ..notes.references import REFERENCES
from .common import Document, DocumentBuilder, iso
from .note import note_document


def notice_document(builder: DocumentBuilder, entry: Entry) -> Document:
    catalogue, facts = builder.catalogue, entry.facts
    state = catalogue.state(entry)
    named = {name: catalogue.referenced_now(entry, name) for name in REFERENCES}
    part = {
        "urgency": facts.urgency,
        "state": state.word,
        "state_since": iso(state.since),
        "state_until": iso(state.until),
        "valid_from": iso(facts.valid_from),
        "valid_until": iso(facts.valid_until),
        **{name: builder.refs(entries) for name, entries in named.items()},
    }
    crumbs = builder.section_crumbs("notices")
    return note_document(
        builder, entry, part, crumbs, [other for entries in named.values() for other in entries]
    )


def page_document(builder: DocumentBuilder, entry: Entry) -> Document:
    return note_document(builder, entry, {}, [])
