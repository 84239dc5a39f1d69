"""Facts of documents as plain text, for contact cards and calendars."""

from __future__ import annotations

from collections.abc import Iterable

from ..words import Translator
from .codes import service_codes
from .common import Facts


def hours(words: Translator, window: Facts) -> str:
    """``dilluns i dimecres, 10:30–13:00``."""
    times = words.times(window["opens"], window["closes"])
    days = words.weekdays(window["days"])
    return words.fill(words.gettext("%(days)s, %(times)s"), days=days, times=times)


def telephone(words: Translator, phone: Facts) -> str:
    """The label of a number, and its extensions: ``Centraleta, extensions 08 i 12``."""
    numbers = phone["extensions"]
    plural = words.ngettext  # under another name, as these are no messages for editors
    extensions = plural("extension %(number)s", "extensions %(number)s", len(numbers))
    said = [phone["label"], numbers and extensions % {"number": words.list(numbers)}]
    return ", ".join(filter(None, said))


def address(said: Facts) -> str:
    """On one line: ``Carrer Major, 1, 2a planta, 07006 Vila``."""
    town = " ".join(filter(None, [said["postal_code"], said["locality"]]))
    return ", ".join(filter(None, [said["street_address"], said["extra"], town]))


def move(words: Translator, said: Facts) -> str:
    """The day and address of a move: ``A partir de l'1 de març de 2027: Carrer Nou, 3, Vila``."""
    from_ = words.fill(words.gettext("From %(date)s"), date=words.day(said["valid_from"]))
    return f"{from_}: {address(said)}"


def channel(words: Translator, code: str) -> str:
    said: str = service_codes(words)["channels"][code]
    return said


def appointment(words: Translator, code: str) -> str:
    said: str = service_codes(words)["appointments"][code]
    return said


def season(words: Translator, thing: Facts) -> str:
    """From when to when, or until when; empty if no end is known."""
    first, last = thing["valid_from"], thing["valid_until"]
    if first and last:
        said = words.gettext("From %(first)s to %(last)s")
        return words.fill(said, first=words.day(first), last=words.day(last))
    return words.fill(words.gettext("Until %(date)s"), date=words.day(last)) if last else ""


def seasons(upcoming: Iterable[Facts]) -> list[Facts]:
    """Of future hours those of a season that ends, without the hours that follow it."""
    return [
        one
        for one in upcoming
        if one["valid_until"] and one["valid_from"] and one["valid_from"] == one["counts_from"]
    ]


def opening(words: Translator, window: Facts) -> str:
    """Hours of an office, with all their details."""
    said = [
        hours(words, window),
        window["label"],
        window["channel"] and channel(words, window["channel"]),
        window["appointment"] and appointment(words, window["appointment"]),
        season(words, window),
    ]
    return ". ".join(filter(None, said))


def way(words: Translator, way: Facts) -> str:
    """A channel of a service with all its details, except what to do if no slot is free."""
    said = [
        channel(words, way["channel"]),
        way["label"],
        way["appointment"] and appointment(words, way["appointment"]),
        *(hours(words, window) for window in way["opening_hours"]),
        season(words, way),
        way["url"],
    ]
    return ". ".join(filter(None, said))
