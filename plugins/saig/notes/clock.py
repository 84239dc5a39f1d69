"""Times of day as editors write them, and the years that days may be of."""

from __future__ import annotations

import re

from ..regexes import regex

MIDNIGHT = "24:00"
"""The end of a day. The next one begins at 00:00, which is the same instant."""

YEARS = range(1000, 9000)
"""The years that days may be of: there must be others before and after."""

LONGEST = 40
"""The most characters of a time; a longer text is not one."""

_READ = regex(r"(\d{1,2})[:.](\d{2})")

_MEANT = regex(
    r"(?:(?:a|at|de|fins\s+a|hasta)\s+)?(?:les|las|la)?\s*"
    r"(?P<hours>\d{1,2})(?:\s*(?:[:.,h'’]|hs)\s*(?P<minutes>\d{2})(?:\s*:\s*00)?)?"
    r"\s*(?:h|hs|hrs?|hores?|horas?|hours?|o'clock)?\.?\s*(?P<half>[ap]\.?\s*m\.?)?",
    re.IGNORECASE,
)
"""9h, 9h30, 9.30 h, 9,30, 9'30, 09:30:00, a les 9, 5 pm."""


_RANGE = regex(
    r"(?:de\s+|des\s+de\s+|desde\s+|from\s+)?((?:les\s+|las\s+)?\d[^-–a]*?)\s*(?:-|–|\ba\b|\bfins a\b|\bhasta\b|\bto\b)"
    r"\s*((?:les\s+|las\s+)?\d.*)",
    re.IGNORECASE,
)


def read(text: str) -> str | None:
    """A time from 00:00 to 24:00 as documents have it; None if the text is no such time."""
    found = _READ.fullmatch(text)
    return _written(int(found[1]), int(found[2])) if found else None


def mended(text: str) -> str | None:
    """The time that is certainly meant by a text in another form; None if there is none."""
    if len(text) > LONGEST:
        return None
    if found := re.fullmatch(r"(\d{2})(\d{2})", text):
        return _written(int(found[1]), int(found[2]))
    found = _MEANT.fullmatch(text.strip())
    if not found:
        return None
    hours, minutes = int(found["hours"]), int(found["minutes"] or 0)
    if half := found["half"]:
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + (12 if half[0] in "pP" else 0)
    return _written(hours, minutes)


def range_of(text: str) -> tuple[str, str] | None:
    """The two times of ``de 9 a 14 h``, ``9-14``, ``from 9 to 14``; None if the text is no such
    range."""
    found = _RANGE.fullmatch(text.strip()) if len(text) <= 2 * LONGEST else None
    if not found:
        return None
    first, last = (read(found[number]) or mended(found[number]) for number in (1, 2))
    return (first, last) if first and last else None


def past_midnight(text: str) -> str | None:
    """The time of the next day that is meant by 24:30 or 26:00; None if the text is none of
    these."""
    found = _READ.fullmatch(text)
    if not found or not 24 <= int(found[1]) < 36:
        return None
    return _written(int(found[1]) - 24, int(found[2]))


def _written(hours: int, minutes: int) -> str | None:
    is_time = minutes < 60 and (hours < 24 or (hours, minutes) == (24, 0))
    return f"{hours:02d}:{minutes:02d}" if is_time else None
