"""Where people are received in person, and whether they need an appointment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..words import N_
from .catalogue import Catalogue
from .entry import Entry
from .lists import by_title
from .lookup import derived
from .opening import FREE
from .validity import DAY, Date

HERE = ("in-person", None)
"""Channels of hours for visits in person; None: hours without a channel are those of the door."""

BOOKED = ("required", "optional")
"""Values of ``appointment`` with which one can be booked."""

MOST = 12
"""The most places on the home page that one can visit without an appointment."""


@derived(N_("when people are received at %(note)s"))
def visits_now(catalogue: Catalogue, contact: str) -> Any:
    """What services say about visits to a contact today: ``needs``, the values of ``appointment``
    ('': not stated); whether one can be booked; and whether any channel has hours."""
    ways = list(_ways_to(catalogue, catalogue.entry(contact)))
    visits = [way for way in ways if way["channel"] == "in-person"]
    return {
        "needs": sorted({way["appointment"] or "" for way in visits}),
        "has_booking": any(way["url"] and way["appointment"] in BOOKED for way in ways),
        "has_hours": any(way["opening_hours"] for way in ways),
    }


def services_at(catalogue: Catalogue, contact: Entry) -> list[Entry]:
    """The current services that name a contact, or have a channel that leads to it."""
    services = dict.fromkeys(catalogue.referencing_now(contact, "service", "departments"))
    for one in (contact, *catalogue.stands_for(contact)):
        services |= dict.fromkeys(catalogue.referencing(one.id, "service", "channels"))
    return list(filter(catalogue.is_current, services))


def _ways_to(catalogue: Catalogue, contact: Entry) -> Iterator[Mapping[str, Any]]:
    """The channels of current services that lead to a contact today."""
    for service in services_at(catalogue, contact):
        for way in channels_on(catalogue, service, catalogue.site.default_language):
            if contact_of(catalogue, service, way) is contact:
                yield way


def channels_on(catalogue: Catalogue, service: Entry, lang: str) -> list[Mapping[str, Any]]:
    """The channels of a service on the catalogue's day, in a language."""
    day = catalogue.day.isoformat()
    ways: list[Mapping[str, Any]] = catalogue.row("channels", service.name)[lang]["channels"]
    for way in ways:
        if way["valid_from"]:
            catalogue.changes_on([Date.fromisoformat(way["valid_from"])])
        if way["valid_until"]:
            catalogue.changes_on([Date.fromisoformat(way["valid_until"]) + DAY])
    return [way for way in ways if (way["valid_from"] or day) <= day <= (way["valid_until"] or day)]


def contact_of(catalogue: Catalogue, service: Entry, way: Mapping[str, Any]) -> Entry | None:
    """The contact that a channel leads to: the one that it names, as of today, or the department
    responsible for the service."""
    if way["contact"] and (named := catalogue.get("contact", way["contact"])):
        return catalogue.heirs(named)[0]
    return next(iter(catalogue.referenced_now(service, "departments")), None)


@derived(N_("where one can go today without an appointment"))
def walk_in_now(catalogue: Catalogue, lang: str) -> Any:
    """The contacts that one can visit without an appointment at known hours, by title; then
    services of other contacts."""
    there = set(catalogue.under("walk-in", ""))
    found = [
        entry
        for kind in ("contact", "service")
        for entry in by_title(catalogue, kind, lang)
        if entry.name in there and catalogue.is_current(entry) and catalogue.has_its_place(entry)
    ]
    contacts = {entry for entry in found if entry.kind == "contact"}
    places = [
        entry
        for entry in found
        if entry in contacts or not _walk_in_contacts(catalogue, entry) <= contacts
    ]
    return [entry.name for entry in places[:MOST]]


def _walk_in_contacts(catalogue: Catalogue, service: Entry) -> set[Entry | None]:
    """The contacts where a service is offered without an appointment at known hours."""
    ways = channels_on(catalogue, service, catalogue.site.default_language)
    return {
        contact_of(catalogue, service, way)
        for way in ways
        if way["channel"] == "in-person" and way["appointment"] in FREE and way["opening_hours"]
    }
