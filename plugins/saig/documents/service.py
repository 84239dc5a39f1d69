"""A service's document, and its row in lists of services with channels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..catalogue.entry import Entry
from ..catalogue.notes_lists import lists_of, obliging_norm, shown
from ..catalogue.opening import has_hours
from ..catalogue.validity import ELECTRONIC
from ..catalogue.visits import contact_of, services_at
from .common import Document, DocumentBuilder, iso
from .durations import length_of_time
from .note import note_document
from .reach import (
    address_on,
    closures_of,
    contact_card,
    emails_of,
    hours_on,
    numbers_of,
    reached,
)


def service_document(builder: DocumentBuilder, entry: Entry) -> Document:
    catalogue, facts = builder.catalogue, entry.facts
    departments = catalogue.referenced_now(entry, "departments")
    lists = lists_of(catalogue, entry.name)
    norms, notices = shown("norms", lists), shown("notices", lists)
    state = catalogue.state(entry)
    part = {
        "state": state.word,
        "state_until": iso(state.until),
        "valid_from": iso(facts.valid_from),
        "valid_until": iso(facts.valid_until),
        "departments": builder.refs(departments),
        **(ways := channels(builder, entry)),
        "cards": cards(builder, departments, ways),
        "closures": closures_of(builder, next(iter(departments), None), with_holidays=True)
        if has_hours(facts)
        else [],
        "holidays_known_until": iso(catalogue.holidays_known_until) if has_hours(facts) else None,
        **builder.said("bring", facts.bring),
        **builder.said("audience", facts.audience),
        "audience_codes": facts.audience_codes,
        "life_events": facts.life_events,
        **builder.said("gives", facts.gives),
        "processing_time": facts.processing_time,
        "processing_time_said": length_of_time(builder.words, facts.processing_time),
        **builder.said("cost", facts.cost),
        **builder.said("deadline", facts.deadline),
        "procedure_code": facts.procedure_code,
        "norms": builder.refs(norms),
        "notices": builder.refs(notices),
    }
    crumbs = builder.section_crumbs("services")
    shown_in_part = [*departments, *norms, *notices, *obliging_norm(catalogue, entry)]
    for card in part["cards"]:
        contact = catalogue.entry(f"contact/{card['contact']['id']}")
        shown_in_part += [contact, *services_at(catalogue, contact)]
    return note_document(builder, entry, part, crumbs, shown_in_part, lists)


def cards(
    builder: DocumentBuilder, departments: Sequence[Entry], said: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """The cards of the contacts that a service's channels lead to, and of its departments: first
    the departments to which a channel leads."""
    ways = (*said["channels"], *said["upcoming_channels"])
    leading = [way["contact"]["id"] for way in ways if way["contact"]]
    found = [entry for entry in departments if entry.id in leading]
    found += [builder.catalogue.entry(f"contact/{identifier}") for identifier in leading]
    return [contact_card(builder, entry) for entry in dict.fromkeys([*found, *departments])]


def channels(builder: DocumentBuilder, entry: Entry) -> dict[str, Any]:
    """The channels of a service on the catalogue's day and future ones, or why there is none."""
    catalogue, today = builder.catalogue, builder.catalogue.day.isoformat()
    said = catalogue.row("channels", entry.name)[builder.lang]
    told = [
        way_to(builder, way, contact_of(catalogue, entry, way))
        for way in said["channels"]
        if (way["valid_until"] or today) >= today
    ]
    ways = [way for way in told if (way["valid_from"] or today) <= today]
    obliging = obliging_norm(catalogue, entry)
    return {
        "channels": ways,
        "upcoming_channels": [way for way in told if way not in ways],
        "no_channel": said["no_channel"],
        "no_channel_lang": said["no_channel_lang"],
        "is_online_only": bool(ways) and all(way["channel"] in ELECTRONIC for way in ways),
        "online_only_norm": builder.ref(obliging[0]) if obliging else None,
    }


def way_to(
    builder: DocumentBuilder, way: Mapping[str, Any], contact: Entry | None
) -> dict[str, Any]:
    """A channel as of the catalogue's day, or of its own first day: its hours and future ones; its
    contact; for telephone the numbers, for mail the addresses."""
    day = builder.catalogue.day.isoformat()
    now, later = hours_on(way["opening_hours"], max(day, way["valid_from"] or day))
    by_post = contact and way["channel"] == "post"
    addresses = reached(builder, contact)["addresses"] if contact and by_post else []
    return {
        **way,
        "opening_hours": now,
        "upcoming_hours": later,
        "contact": builder.ref(contact) if contact else None,
        "telephones": numbers_of(builder, contact)[0]
        if contact and way["channel"] == "phone"
        else [],
        "emails": emails_of(builder, contact) if contact and way["channel"] == "email" else [],
        **address_on(addresses, max(day, way["valid_from"] or day)),
    }


def service_item(builder: DocumentBuilder, entry: Entry) -> dict[str, Any]:
    """A service as lists have it: a reference, with its channels and departments."""
    departments = builder.catalogue.referenced_now(entry, "departments")
    dates = builder.catalogue.row("dates", entry.name)
    return {
        **builder.ref(entry),
        "valid_from": dates["valid_from"],
        "valid_until": dates["valid_until"],
        **channels(builder, entry),
        "departments": builder.refs(departments),
    }
