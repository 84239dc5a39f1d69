"""A department's document: who it is, how to reach it, what it does, what concerns it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..catalogue.catalogue import Catalogue
from ..catalogue.contacts import children_of, parents_of
from ..catalogue.entry import Entry
from ..catalogue.notes_lists import lists_of, shown
from ..catalogue.opening import on_day, stretches, to_come
from ..languages import order
from ..notes.models import Contact
from ..packs.law import said_exactly
from .common import Date, Document, DocumentBuilder, Facts, iso
from .hours import until, windows
from .note import note_document
from .reach import address_on, closures_of, contact_card, reached
from .service import service_item


def contact_document(builder: DocumentBuilder, entry: Entry) -> Document:
    catalogue, facts = builder.catalogue, entry.facts
    state = catalogue.state(entry)
    parents = parents_of(catalogue, entry)
    children = sorted(
        children_of(catalogue, entry), key=lambda one: order(builder.short_title(one), builder.lang)
    )
    lists = lists_of(catalogue, entry.name)
    services, notices, norms = (shown(name, lists) for name in ("services", "notices", "norms"))
    offered = [service_item(builder, service) for service in services]
    found = stretches(facts.opening_hours)
    hours = windows(builder, on_day(found, catalogue.day), facts)
    upcoming = windows(builder, to_come(found, catalogue.day), facts)
    has_holidays = opens(catalogue, entry)
    where = address_on(builder.plains(facts.address), catalogue.day.isoformat())
    # Pages say by ``card`` how it is reached. The keys beside it are those of v1.0 and must stay: its own
    # telephones and mailboxes alone, and the hours of the season also where the contact itself is over.
    part = {
        "state": state.word,
        "state_until": iso(state.until),
        "valid_from": iso(facts.valid_from),
        "valid_until": iso(facts.valid_until),
        "parents": builder.refs(parents),
        "parent": builder.ref(parents[-1]) if parents else None,
        "children": builder.refs(children),
        "card": contact_card(builder, entry),
        **where,
        **builder.said("accessibility", facts.accessibility),
        "telephones": reached(builder, entry)["telephones"],
        "emails": facts.emails,
        "website": facts.website,
        "opening_hours": hours,
        "upcoming_hours": upcoming,
        "closures": closures_of(builder, entry, with_holidays=has_holidays),
        "holidays_known_until": iso(catalogue.holidays_known_until) if has_holidays else None,
        "sheet_until": sheet_until(hours, upcoming, offered, where, state.until),
        "aliases": facts.aliases,
        "dir3": facts.dir3,
        "identifiers": identifiers(builder, facts),
        "verified_on": iso(facts.verified_on),
        "services": offered,
        "notices": builder.refs(notices),
        "norms": builder.refs(norms),
    }
    crumbs = [*builder.section_crumbs("contacts"), *map(builder.named, parents)]
    shown_in_part = [*parents, *children, *services, *notices, *norms]
    return note_document(builder, entry, part, crumbs, shown_in_part, lists)


def sheet_until(
    hours: Sequence[Facts],
    upcoming: Sequence[Facts],
    services: Sequence[Facts],
    where: Facts,
    end: Date | None,
) -> str | None:
    """The last day on which the counter sheet is right, as far as known. ``where``: from
    ``address_on``; ``end``: of the contact's own state."""
    now = [*hours, *(way for service in services for way in service["channels"])]
    now.append({"valid_until": where["address_until"]})
    later = [*upcoming, *(way for service in services for way in service["upcoming_channels"])]
    later += where["upcoming_addresses"]
    return min(filter(None, [until(now, later), iso(end)]), default=None)


def opens(catalogue: Catalogue, contact: Entry) -> bool:
    """Whether it or one of its services has hours, so that holidays are relevant."""
    services = catalogue.referencing_now(contact, "service", "departments")
    return any(catalogue.opens(entry) for entry in (contact, *services))


def identifiers(builder: DocumentBuilder, facts: Contact) -> list[dict[str, str | None]]:
    """The codes of a body in directories, with what packs say of them."""
    codes = [(one.scheme, one.value) for one in facts.identifiers]
    if facts.dir3:
        codes.insert(0, ("DIR3", facts.dir3))
    return [_identifier(builder, *one) for one in codes]


def _identifier(builder: DocumentBuilder, scheme: str, value: str) -> dict[str, str | None]:
    known = builder.law.schemes.get(scheme)
    fits = known and known.uri and re.fullmatch(known.pattern or ".+", value)
    return {
        "scheme": scheme,
        "name": said_exactly(known.name, builder.lang) or None if known else None,
        "value": value,
        "uri": known.uri.replace("{value}", value) if known and fits else None,
    }
