"""Durations in words, in a page's language."""

from __future__ import annotations

import math
import re

from ..words import Translator

_LENGTH = re.compile(
    r"P(?:(?P<year>\d+)Y)?(?:(?P<month>\d+)M)?(?:(?P<day>\d+)D)?"
    r"(?:T(?:(?P<hour>\d+)H)?(?:(?P<minute>\d+)M)?)?"
)


def length_of_time(words: Translator, duration: str | None) -> str | None:
    """``3 mesos`` of ``P3M`` (ISO 8601), as CLDR says it; None if there is no duration."""
    found = _LENGTH.fullmatch(duration or "")
    if not found:
        return None
    parts = [
        _of_unit(words, int(number), unit) for unit, number in found.groupdict().items() if number
    ]
    return words.list(parts)


def _of_unit(words: Translator, number: int, unit: str) -> str:
    """A number of days, months or years. Most languages have only one form in CLDR, which
    ``format_timedelta`` finds and ``format_unit`` does not. If CLDR has none, it is in English."""
    from babel.dates import TIMEDELTA_UNITS, format_timedelta  # slow to import

    span = number * dict(TIMEDELTA_UNITS)[unit]
    said = (
        format_timedelta(span, granularity=unit, threshold=math.inf, locale=locale)  # type: ignore[arg-type]
        for locale in (words.locale, "en")
    )
    return next(filter(None, said))
