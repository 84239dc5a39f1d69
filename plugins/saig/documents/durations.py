"""Lengths of time in the words of a page's language."""

from __future__ import annotations

import re

from ..words import Translator

_LENGTH = re.compile(
    r"P(?:(?P<year>\d+)Y)?(?:(?P<month>\d+)M)?(?:(?P<day>\d+)D)?"
    r"(?:T(?:(?P<hour>\d+)H)?(?:(?P<minute>\d+)M)?)?"
)


def length_of_time(words: Translator, duration: str | None) -> str | None:
    """``3 mesos`` of ``P3M`` (ISO 8601), as CLDR says it."""
    found = _LENGTH.fullmatch(duration or "")
    if not found:
        return None
    from babel.units import format_unit  # which takes long to import

    parts = [
        format_unit(int(number), f"duration-{unit}", "long", locale=words.locale)
        for unit, number in found.groupdict().items()
        if number
    ]
    return words.list(parts)
