"""A day as people write it → its ISO form."""

from __future__ import annotations

import datetime
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

from ..citations.months import MONTHS
from ..languages import is_known, locale
from ..regexes import regex

_SHORT = (
    *("ene jan gen", "feb", "mar marc", "abr apr", "mai", "jun", "jul", "ago aug ag"),
    *("set sep sept", "oct", "nov", "des dic dec"),
)
_MONTH = MONTHS | {name: number for number, names in enumerate(_SHORT, 1) for name in names.split()}
_NUMBERS = regex(r"(\d{1,4})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{1,4})(?:[T ]\d{1,2}:\d{2}.*)?")
_COMPACT = regex(r"(\d{4})(\d{2})(\d{2})")
_NAMED = regex(
    r"(?:[^\W\d]+,?\s+)?(\d{1,2})(?:r|n|t|è|º|ª|st|nd|rd|th)?\.?\s*(?:de\s+|d['’]|of\s+|[-/]\s*)?"
    r"([^\W\d]{2,10})\.?,?\s*(?:de\s+|del\s+|of\s+|[-/]\s*)?(\d{4}|\d{2})"
)
_MONTH_FIRST = regex(r"([^\W\d]{3,10})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")


def iso_guess(text: str, languages: Sequence[str] = ()) -> str | None:
    """``4 de juliol de 2020``, ``24/12/2026``, ``2020-7-4`` in ISO's form; None if it is no day.
    ``languages``: those whose months are known too."""
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
        return named_day(text, languages)
    months = _months_of(name, tuple(languages))
    if len(months) > 1:
        return None
    return _day(year, _MONTH.get(name, 0), day) or named_day(text, languages)


def named_day(text: str, languages: Sequence[str]) -> str | None:
    """A day with its month's name in one of these languages (CLDR), and nothing else but short
    words: ``15. urtarrila 2026``, ``2026ko urtarrilaren 15a``, ``15. Mai 2026``. None if it is
    none, or if the month is one in one of them and another in the next."""
    words = _WORDS.findall(unicodedata.normalize("NFC", text.casefold()))
    numbers = [found for word in words if (found := _NUMBER.fullmatch(word))]
    years = [found["number"] for found in numbers if len(found["number"]) == 4]
    days = [found["number"] for found in numbers if len(found["number"]) <= 2]
    names = [word for word in words if not word[0].isdecimal() and len(word) > _LONGEST_JOINING]
    names = names or [word for word in words if _months_of(word, tuple(languages))]
    is_clear = len(numbers) == sum(word[0].isdecimal() for word in words)
    if not is_clear or (len(years), len(days), len(names)) != (1, 1, 1):
        return None
    months = _months_of(names[0], tuple(languages))
    return _day(years[0], next(iter(months)), days[0]) if len(months) == 1 else None


_WORDS = regex(r"[^\W_]+")
_NUMBER = regex(r"(?P<number>\d{4}|\d{1,2})[^\W\d_]{0,4}")
"""With the ending of a case: ``2026ko``, ``15etik``."""

_LONGEST_JOINING = 3
"""Letters of the longest word that stands between the parts of a date: ``del``, ``den``."""

_LONGEST_ENDING = 4
"""Letters that a case adds to the name of a month: ``urtarrilaren``."""


def _months_of(word: str, languages: tuple[str, ...]) -> frozenset[int]:
    """The months that a word names in these languages, in any case."""
    known = month_names(languages)
    found = known.get(word, frozenset())
    for end in range(max(4, len(word) - _LONGEST_ENDING), len(word)) if not found else ():
        found |= known.get(word[:end], frozenset())
    return found


@cache
def month_names(languages: tuple[str, ...]) -> Mapping[str, frozenset[int]]:
    """Each name of a month, whole or short, with the months that it means: more than one where it
    is one in one language and another in the next (Croatian and Polish ``listopad``)."""
    found: dict[str, set[int]] = defaultdict(set)
    for lang in filter(is_known, languages):
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in locale(lang).months[context][width].items():
                    plain = unicodedata.normalize("NFC", name.casefold()).strip(". ")
                    found[plain.removeprefix("de ").removeprefix("d’")].add(number)
    for name, number in _MONTH.items() if languages else ():
        found[name].add(number)
    return {name: frozenset(months) for name, months in found.items()}


def _day(year: str, month: int, day: str) -> str | None:
    if len(year) not in (2, 4) or len(day) > 2:
        return None
    full = int(year) + 2000 * (len(year) == 2)
    try:
        return datetime.date(full, month, int(day)).isoformat()
    except ValueError:
        return None
