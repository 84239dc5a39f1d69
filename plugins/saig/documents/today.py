"""Where people are received in person, and when: pages show that for the reader's time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..catalogue.entry import Entry
from ..catalogue.filled import is_filled
from ..catalogue.opening import FREE
from ..catalogue.visits import HERE, channels_on, contact_of, visits_now
from .common import DocumentBuilder, iso
from .reach import closures_of, hours_on, numbers_of, reached


def walk_in(builder: DocumentBuilder, places: Iterable[Entry]) -> dict[str, Any]:
    """The places that one can visit without an appointment from today on, those with known days
    first. A document with it changes on the transition dates of the places."""
    found = [_walk_in(builder, entry) for entry in places]
    found.sort(key=lambda one: not any(hours["days"] for hours in one["opening_hours"]))
    return _receptions(builder, found)


def receptions(builder: DocumentBuilder, contacts: Iterable[Entry]) -> dict[str, Any]:
    """When contacts receive people in person, and whether with an appointment."""
    return _receptions(
        builder, [_of_contact(builder, entry, lambda w: w["channel"] in HERE) for entry in contacts]
    )


def _receptions(builder: DocumentBuilder, places: list[dict[str, Any]]) -> dict[str, Any]:
    catalogue = builder.catalogue
    has_hours = any(one["opening_hours"] or one["upcoming_hours"] for one in places)
    return {
        "places": places,
        "holidays": builder.plains(catalogue.holidays) if has_hours else [],
        "holidays_known_until": iso(catalogue.holidays_known_until) if has_hours else None,
        "booking": builder.section_url("booking") if is_filled(catalogue, "booking") else None,
    }


def _walk_in(builder: DocumentBuilder, entry: Entry) -> dict[str, Any]:
    if entry.kind == "contact":
        return _of_contact(
            builder, entry, lambda w: w["channel"] in HERE and w["appointment"] in FREE
        )
    catalogue = builder.catalogue
    ways = [
        way
        for way in channels_on(catalogue, entry, builder.lang)
        if way["channel"] == "in-person" and way["appointment"] in FREE and way["opening_hours"]
    ]
    contact = next(iter(contact_of(catalogue, entry, way) for way in ways), None)
    windows = [
        {
            **window,
            **{name: way[name] for name in ("channel", "appointment", "label", "label_lang")},
        }
        for way in ways
        for window in way["opening_hours"]
    ]
    return _place(builder, entry, contact, windows, "none")


def _of_contact(builder: DocumentBuilder, contact: Entry, is_meant: Any) -> dict[str, Any]:
    windows = list(filter(is_meant, reached(builder, contact)["opening_hours"]))
    needs = {window["appointment"] or "" for window in windows}
    needs = needs or set(visits_now(builder.catalogue, contact.name)["needs"])
    need = (needs.pop() or None) if len(needs) == 1 else None
    return _place(builder, contact, contact, windows, need)


def _place(
    builder: DocumentBuilder,
    entry: Entry,
    contact: Entry | None,
    windows: list[dict[str, Any]],
    need: str | None,
) -> dict[str, Any]:
    now, later = hours_on(windows, builder.catalogue.day.isoformat())
    numbers, whose = numbers_of(builder, contact) if contact else ([], None)
    return {
        "place": builder.ref(entry),
        "appointment": need,
        "opening_hours": now,
        "upcoming_hours": later,
        "closures": closures_of(builder, contact, with_holidays=False),
        "telephones": numbers,
        "telephones_of": builder.ref(whose) if whose and whose is not contact else None,
    }
