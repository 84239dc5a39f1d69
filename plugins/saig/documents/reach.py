"""How to reach a contact: the card on its own page, on those of services, and on paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ..catalogue.catalogue import Catalogue
from ..catalogue.contacts import organisation, parents_of
from ..catalogue.entry import Entry
from ..catalogue.visits import HERE, visits_now
from .common import DocumentBuilder, Facts, iso

VALIDITY = ("valid_from", "valid_until")


def contact_card(builder: DocumentBuilder, contact: Entry) -> dict[str, Any]:
    """A contact's card on the catalogue's day."""
    said = reached(builder, contact)
    visits = visits_now(builder.catalogue, contact.name)
    numbers, whose = numbers_of(builder, contact)
    now, later = hours_on(said["opening_hours"], builder.catalogue.day.isoformat())
    here = [window["appointment"] or "" for window in (*now, *later) if window["channel"] in HERE]
    needs = set(here or visits["needs"])
    has_hours = bool(said["opening_hours"]) or visits["has_hours"]
    return {
        "contact": builder.ref(contact),
        "telephones": numbers,
        "telephones_of": builder.ref(whose) if whose and whose is not contact else None,
        "is_in_person": bool(needs),
        "appointment": (needs.pop() or None) if len(needs) == 1 else None,
        "opening_hours": now,
        "upcoming_hours": later,
        "closures": closures_of(builder, contact, with_holidays=has_hours),
        "holidays_known_until": iso(builder.catalogue.holidays_known_until) if has_hours else None,
        **address_on(said["addresses"], builder.catalogue.day.isoformat()),
        "accessibility": said["accessibility"],
        "accessibility_lang": said["accessibility_lang"],
        "emails": said["emails"],
        "has_booking": visits["has_booking"],
        "verified_on": said["verified_on"],
    }


def reached(builder: DocumentBuilder, contact: Entry) -> Facts:
    """The facts of a contact that its card shows, at any time."""
    found: Facts = builder.catalogue.row("reach", contact.name)[builder.lang]
    return found


def numbers_of(
    builder: DocumentBuilder, contact: Entry
) -> tuple[list[dict[str, Any]], Entry | None]:
    """The telephones of a contact: its own, or else those of the nearest contact above it, or else
    those of the whole administration; and whose they are."""
    for one in _line(builder.catalogue, contact):
        if found := reached(builder, one)["telephones"]:
            return found, one
    return [], None


def emails_of(builder: DocumentBuilder, contact: Entry) -> list[str]:
    """The same for mailboxes."""
    found = (reached(builder, one)["emails"] for one in _line(builder.catalogue, contact))
    return next(filter(None, found), [])


def _line(catalogue: Catalogue, contact: Entry) -> Iterator[Entry]:
    yield contact
    yield from reversed(parents_of(catalogue, contact))
    if top := organisation(catalogue):
        yield top


def hours_on(windows: Iterable[Facts], day: str) -> tuple[list[Any], list[Any]]:
    """The hours that apply on a day, and those to come. ``windows``: all, with their days."""
    lasting = [one for one in windows if (one["counts_until"] or day) >= day]
    return (
        [one for one in lasting if (one["counts_from"] or day) <= day],
        [one for one in lasting if (one["counts_from"] or day) > day],
    )


def address_on(addresses: Sequence[Facts], day: str) -> dict[str, Any]:
    """The address of a contact on a day, with its last day, and those to come, in order."""
    now = [
        one for one in addresses if (one["valid_from"] or day) <= day <= (one["valid_until"] or day)
    ]
    later = [one for one in addresses if (one["valid_from"] or day) > day]
    return {
        "address": {name: said for name, said in now[0].items() if name not in VALIDITY}
        if now
        else None,
        "address_until": now[0]["valid_until"] if now else None,
        "upcoming_addresses": sorted(later, key=lambda one: one["valid_from"]),
    }


def closures_of(
    builder: DocumentBuilder, contact: Entry | None, *, with_holidays: bool
) -> list[Any]:
    """The closures of a contact, if any is given, that are not over, in order; with the site's
    holidays too if ``with_holidays``."""
    day = builder.catalogue.day.isoformat()
    own = reached(builder, contact)["closures"] if contact else []
    holidays = builder.plains(builder.catalogue.holidays) if with_holidays else []
    found = [*own, *holidays]
    return sorted(
        (one for one in found if (one["until"] or one["from"]) >= day), key=lambda one: one["from"]
    )
