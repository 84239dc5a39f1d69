"""The document of a note: what those of all kinds have in common."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ..catalogue.entry import Entry
from ..catalogue.validity import dated
from . import ending
from .common import Document, Speaker, held_until, iso, norms_newest_first
from .events import events


def note_document(
    speaker: Speaker,
    entry: Entry,
    part: Any,
    crumbs: Sequence[dict[str, str]],
    shown: Iterable[Entry] = (),
) -> Document:
    """A note's document. ``shown``: the other notes whose state its part tells."""
    facts, fields, catalogue = entry.facts, speaker.fields(entry), speaker.catalogue
    changes = [change for change in fields.changes if change.date <= catalogue.day]
    changes.sort(key=lambda change: change.date, reverse=True)
    happened = events(speaker, entry)
    mentions = norms_newest_first(catalogue.mentions(entry))
    mentioned_in = norms_newest_first(catalogue.mentioned_in(entry))
    related = norms_newest_first(speaker.related(entry, set(shown)))
    succession = [*speaker.replaced(entry), *speaker.replacing(entry)]
    told = [entry, *shown, *succession, *mentions, *mentioned_in, *related]
    part = {
        **part,
        "held_until": held_until(catalogue.state(entry)),
        **speaker.succession(entry),
        "topics": speaker.topics(facts.topics),
        "changes": (told_changes := speaker.plains(changes)),
        "events": happened,
        "history": ending.history(told_changes, happened),
    }
    related_refs = speaker.refs(related)
    return speaker.document(
        entry.kind,
        entry.id,
        catalogue.address(entry, speaker.lang),
        part,
        title=fields.title,
        summary=fields.summary,
        breadcrumbs=[speaker.home_crumb(), *crumbs],
        translations={lang: catalogue.address(entry, lang) for lang in entry.languages},
        edges={
            *(edge for other in told for edge in catalogue.edges(other)),
            *dated(facts, fields),
        },
        body_html=speaker.body(entry),
        date=iso(facts.date),
        modified=iso(facts.modified),
        updated=max(
            [
                *(iso(day) for day in dated(facts, fields) if day <= catalogue.day),
                *(event["date"] for event in happened),
            ],
            default=None,
        ),
        related=related_refs,
        **ending.mentions(
            entry.kind, part, related_refs, speaker.refs(mentions), speaker.refs(mentioned_in)
        ),
    )
