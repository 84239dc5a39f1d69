"""A department's document: who it is, how to reach it, what it does, what concerns it."""

from __future__ import annotations

from collections.abc import Sequence

from ..catalogue.catalogue import Catalogue
from ..catalogue.entry import Entry
from ..catalogue.notes_lists import lists_of, shown
from ..catalogue.opening import closures_from, to_come
from ..catalogue.validity import current_hours
from ..notes.models import Closure
from . import telephones
from .common import Date, Document, Speaker, iso
from .hours import Facts, until, windows
from .note import note_document
from .service import service_item


def contact_document(speaker: Speaker, entry: Entry) -> Document:
    catalogue, facts = speaker.catalogue, entry.facts
    state = catalogue.state(entry)
    parents = catalogue.parents(entry)
    children = catalogue.children(entry)
    lists = lists_of(catalogue, entry.name)
    services, notices, norms = (shown(name, lists) for name in ("services", "notices", "norms"))
    offered = [service_item(speaker, service) for service in services]
    hours = windows(speaker, current_hours(facts.opening_hours, catalogue.day), facts)
    upcoming = windows(speaker, to_come(facts.opening_hours, catalogue.day), facts)
    part = {
        "state": state.word,
        "state_until": iso(state.until),
        "valid_from": iso(facts.valid_from),
        "valid_until": iso(facts.valid_until),
        "parents": speaker.refs(parents),
        "parent": speaker.ref(parents[-1]) if parents else None,
        "children": speaker.refs(children),
        "address": speaker.plain(facts.address),
        **speaker.said("accessibility", facts.accessibility),
        "telephones": [
            {
                **speaker.plain(phone),
                "shown": telephones.shown(phone.number, speaker.catalogue.site),
            }
            for phone in facts.telephones
        ],
        "emails": facts.emails,
        "website": facts.website,
        "opening_hours": hours,
        "upcoming_hours": upcoming,
        "closures": speaker.plains(closures(catalogue, entry)),
        "holidays_known_until": iso(catalogue.holidays_known_until)
        if opens(catalogue, entry)
        else None,
        "sheet_until": sheet_until(hours, upcoming, offered, state.until),
        "dir3": facts.dir3,
        "verified_on": iso(facts.verified_on),
        "services": offered,
        "notices": speaker.refs(notices),
        "norms": speaker.refs(norms),
    }
    crumbs = speaker.section_crumbs("contacts")
    crumbs += [
        speaker.crumb(
            speaker.short_title(above),
            speaker.entry_url(above),
            speaker.words_of(above).lang,
        )
        for above in parents
    ]
    told = [*parents, *children, *services, *notices, *norms]
    return note_document(speaker, entry, part, crumbs, told, lists)


def sheet_until(
    hours: Sequence[Facts], upcoming: Sequence[Facts], services: Sequence[Facts], end: Date | None
) -> str | None:
    """The last day on which the counter sheet is right, as far as is known. ``end``: of the
    contact's own state."""
    now = [*hours, *(way for service in services for way in service["channels"])]
    later = [*upcoming, *(way for service in services for way in service["upcoming_channels"])]
    return min(filter(None, [until(now, later), iso(end)]), default=None)


def opens(catalogue: Catalogue, contact: Entry) -> bool:
    """Whether it or one of its services ever opens, so that a holiday matters to it."""
    services = catalogue.naming_now(contact, "service", "departments")
    return any(catalogue.opens(entry) for entry in (contact, *services))


def closures(catalogue: Catalogue, contact: Entry) -> list[Closure]:
    """When it is closed from today on: its own closures, and the site's holidays if it ever opens."""
    holidays = catalogue.holidays if opens(catalogue, contact) else []
    return closures_from([*contact.facts.closures, *holidays], catalogue.day)
