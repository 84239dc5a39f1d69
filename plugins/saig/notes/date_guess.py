"""A day as people write it -> its ISO form, to be offered; what is read as a date is ISO alone."""

from __future__ import annotations

import datetime
import re

from ..citations.forms import MONTHS

_SHORT = (
    *("ene jan gen", "feb", "mar marc", "abr apr", "mai", "jun", "jul", "ago aug ag"),
    *("set sep sept", "oct", "nov", "des dic dec"),
)
_MONTH = MONTHS | {name: number for number, names in enumerate(_SHORT, 1) for name in names.split()}
_NUMBERS = re.compile(
    r"(\d{1,4})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{1,4})(?:[T ]\d{1,2}:\d{2}.*)?"
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_NAMED = re.compile(
    r"(?:[^\W\d]+,?\s+)?(\d{1,2})(?:r|n|t|è|º|ª|st|nd|rd|th)?\.?\s*(?:de\s+|d['’]|of\s+|[-/]\s*)?"
    r"([^\W\d]{2,10})\.?,?\s*(?:de\s+|del\s+|of\s+|[-/]\s*)?(\d{4}|\d{2})"
)
_MONTH_FIRST = re.compile(r"([^\W\d]{3,10})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")


def iso_guess(text: str) -> str | None:
    """``4 de juliol de 2020``, ``24/12/2026``, ``2020-7-4`` in ISO's form; None if it is no day."""
    words = " ".join(text.split()).strip(" .").lower()
    if found := _COMPACT.fullmatch(words) or _NUMBERS.fullmatch(words):
        first, month, last = found.groups()
        if len(first) > 2:
            return _day(first, int(month), last)
        return _day(last, int(month), first)
    if found := _NAMED.fullmatch(words):
        day, name, year = found.groups()
    elif found := _MONTH_FIRST.fullmatch(words):
        name, day, year = found.groups()
    else:
        return None
    return _day(year, _MONTH.get(name, 0), day)


def _day(year: str, month: int, day: str) -> str | None:
    if len(year) not in (2, 4) or len(day) > 2:
        return None
    full = int(year) + 2000 * (len(year) == 2)
    try:
        return datetime.date(full, month, int(day)).isoformat()
    except ValueError:
        return None
