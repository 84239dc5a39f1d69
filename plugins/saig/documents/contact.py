"""A department's document: who it is, how to reach it, what it does, what concerns it."""

from __future__ import annotations

from ..catalogue.catalogue import Catalogue
from ..catalogue.entry import Entry
from ..catalogue.validity import current_hours
from ..notes.models import Closure, Contact
from .common import Document, Speaker, iso, newest_first
from .service import service_item


def contact_document(speaker: Speaker, entry: Entry) -> Document:
    catalogue, facts = speaker.catalogue, entry.facts
    parents = catalogue.parents(entry)
    children = catalogue.children(entry)
    services = [
        service
        for service in catalogue.naming(entry.id, "service", "departments")
        if catalogue.is_current(service)
    ]
    notices = newest_first(catalogue.naming(entry.id, "notice", "departments"))
    norms = newest_first(catalogue.naming(entry.id, "norm", "departments"))
    part = {
        "state": catalogue.state(entry).word,
        "parent": speaker.ref(parents[-1]) if parents else None,
        "children": speaker.refs(children),
        "address": speaker.plain(facts.address),
        "telephones": speaker.plains(facts.telephones),
        "emails": facts.emails,
        "website": facts.website,
        "opening_hours": speaker.plains(current_hours(facts.opening_hours, catalogue.day)),
        "closures": speaker.plains(closures(catalogue, facts)),
        "dir3": facts.dir3,
        "verified_on": iso(facts.verified_on),
        "services": [service_item(speaker, service) for service in services],
        "notices": speaker.refs(notices),
        "norms": speaker.refs(norms),
    }
    crumbs = [speaker.crumb(speaker.section_name("contacts"), speaker.section_url("contacts"))]
    crumbs += [
        speaker.crumb(
            speaker.short_title(above),
            speaker.entry_url(above),
            above.note(speaker.lang).source.lang,
        )
        for above in parents
    ]
    return speaker.note_document(
        entry, part, crumbs, [*parents, *children, *services, *notices, *norms]
    )


def closures(catalogue: Catalogue, contact: Contact) -> list[Closure]:
    """When it is closed from today on: its own closures, and, if it ever opens, the site's holidays."""
    holidays = [
        Closure.model_validate({"from": day.date, "label": day.label})
        for day in (catalogue.site.holidays if contact.opening_hours else ())
    ]
    ahead = (c for c in [*contact.closures, *holidays] if c.last >= catalogue.day)
    return sorted(ahead, key=lambda closure: closure.from_)
