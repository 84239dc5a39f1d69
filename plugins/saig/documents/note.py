"""The document of a note: what all kinds share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ..catalogue.catalogue import Catalogue
from ..catalogue.entry import Entry
from ..catalogue.lists import address, groups
from ..catalogue.mentions import mentioned_by, mentioning
from ..catalogue.notes_lists import (
    OTHERS_SHOWN,
    Lists,
    are_long,
    norms_newest_first,
    related_notes,
    shown,
)
from ..catalogue.translated import state_of_translation
from ..catalogue.validity import dated
from . import ending
from .common import Document, DocumentBuilder, held_until, iso
from .events import events
from .own import own_digest


def note_document(
    builder: DocumentBuilder,
    entry: Entry,
    part: Any,
    crumbs: Sequence[dict[str, str]],
    shown_in_part: Iterable[Entry] = (),
    lists: Lists | None = None,
) -> Document:
    """A note's document. ``shown_in_part``: the other notes in its part: it changes on their days
    too, and they are not listed again as related. ``lists``: the note's lists, for kinds whose
    lists may need further pages."""
    facts, fields, catalogue = entry.facts, builder.fields(entry), builder.catalogue
    changes = [change for change in fields.changes if change.date <= catalogue.day]
    changes.sort(key=lambda change: change.date, reverse=True)
    changes_plain = builder.plains(changes)
    happened = events(builder, entry)
    mentions = norms_newest_first(mentioned_by(catalogue, entry))
    mentioned_in, related = _mentioned_in_and_related(catalogue, entry, shown_in_part, lists)
    succession = [*catalogue.supersedes(entry), *builder.replacing(entry)]
    all_shown = [entry, *shown_in_part, *succession, *mentions, *mentioned_in, *related]
    part = {
        **part,
        "search_words": facts.search_words.words(builder.lang) if facts.search_words else [],
        "held_until": held_until(catalogue.state(entry)),
        **builder.succession(entry),
        "more": more(builder, entry, lists or {}),
        "topics": builder.topics(facts.topics),
        "changes": changes_plain,
        "events": happened,
        "history": ending.history(entry.kind, changes_plain, happened),
    }
    related_refs = builder.refs(related)
    return builder.document(
        entry.kind,
        entry.id,
        catalogue.address(entry, builder.lang),
        part,
        title=fields.title,
        short_title=fields.short_title,
        summary=fields.summary,
        breadcrumbs=[builder.home_crumb(), *crumbs],
        translations={lang: catalogue.address(entry, lang) for lang in entry.languages},
        transition_dates={
            *(day for other in all_shown for day in catalogue.transition_dates(other)),
            *dated(facts, fields),
        },
        **translated(builder, entry),
        body_html=builder.body(entry) or None,
        date=iso(facts.date),
        modified=iso(facts.modified),
        updated=max(
            [
                *(iso(day) for day in dated(facts, fields) if day <= catalogue.day),
                *(event["date"] for event in happened),
            ],
            default=None,
        ),
        own_digest=own_digest(builder, entry),
        related=related_refs,
        **ending.mentions(
            entry.kind, part, related_refs, builder.refs(mentions), builder.refs(mentioned_in)
        ),
    )


def _mentioned_in_and_related(
    catalogue: Catalogue, entry: Entry, shown_in_part: Iterable[Entry], lists: Lists | None
) -> tuple[list[Entry], list[Entry]]:
    """The notes that mention a note, and those that are related to it, as its page lists them."""
    if lists is None:
        mentioned_in = norms_newest_first(mentioning(catalogue, entry))[:OTHERS_SHOWN]
        return mentioned_in, norms_newest_first(related_notes(catalogue, entry, set(shown_in_part)))
    if are_long(lists):
        return shown("mentioned_in", lists), shown("related", lists)
    return norms_newest_first(mentioning(catalogue, entry)), lists["related"]


def translated(builder: DocumentBuilder, entry: Entry) -> dict[str, Any]:
    """For a translation: whether it is up to date, and the original's address."""
    first = entry.languages[0]
    if builder.lang == first or not entry.has(builder.lang):
        return {}
    return {
        "translation_state": state_of_translation(entry, builder.lang),
        "original": builder.entry_url(entry, first),
    }


def more(builder: DocumentBuilder, entry: Entry, lists: Lists) -> list[dict[str, Any]]:
    """The lists of which the page shows only a part: the number of notes, and the page on which
    each begins."""
    catalogue = builder.catalogue
    if not are_long(lists):
        return []
    begins = {group: page for group, _, page in groups(catalogue, entry.name, builder.lang)}
    return [
        {
            "list": name,
            "count": len(entries),
            "url": builder.url(address(catalogue, entry.name, builder.lang, begins[name])),
        }
        for name, entries in lists.items()
        if len(shown(name, lists)) < len(entries)
    ]
