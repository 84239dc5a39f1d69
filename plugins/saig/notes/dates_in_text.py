"""Dates in a text with their weekday, such as ``dilluns 23 de novembre de 2026``; and words such as
``demà``, which mean another day tomorrow than today.

The names of days and months are known in Catalan, Spanish and English, whatever the language of the
text. Anything that may not be a date is left out, so that no editor is told that a right weekday is
wrong.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from ..citations.months import MONTHS
from ..regexes import regex

WEEKDAYS = {
    "ca": ("dilluns", "dimarts", "dimecres", "dijous", "divendres", "dissabte", "diumenge"),
    "es": ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_BY_NAME = {
    form: (lang, number)
    for lang, names in WEEKDAYS.items()
    for number, name in enumerate(names)
    for plain in {name.lower(), name.lower().replace("é", "e").replace("á", "a")}
    for form in (plain, f"{plain}s")
}
_STEMS = (
    *WEEKDAYS["ca"],
    *("lunes", "martes", "miércoles", "miercoles", "jueves", "viernes", "sábado", "sabado"),
    *("domingo", "nday", "sday", "friday", "saturday"),
)
"""Each name contains one of these, and few other words do."""

_PLURAL = {form for form in _BY_NAME if form.endswith("s") and form[:-1] in _BY_NAME}

_WORD = regex(r"[^\W\d_]+")
_GAP = r"[ \t\u00a0]{0,20}(?:\n[ \t]{0,20})?"
"""Between two words of a sentence: no paragraph ends there."""

_SPACE = rf"(?=\s){_GAP}"
_MARK = r"[*_]{0,3}"
_ORDINAL = r"(?:r|º|\.º|ª|è|st|nd|rd|th)?"
_NUMBER = r"\d{1,2}"
_MONTH = rf"(?P<month>{'|'.join(MONTHS)})\b"
_FOUR = r"(?P<year>(?:1[89]|20|21)\d\d)\b(?![./-]\d)"
_YEAR = rf"(?:{_SPACE}(?:(?:de{_SPACE}l['’]any|del?){_SPACE})?{_FOUR})?"
_OF = rf"(?:(?:de|of){_SPACE}|d['’])?"
_AND = rf"{_GAP}(?:,|\b(?:i|y|and)\b){_GAP}(?:el{_SPACE})?"
_BEFORE_DAY = rf"(?:(?:el{_SPACE})?(?:dia|día|the){_SPACE})?{_MARK}"

_EVERY = regex(r"\b(?:els|cada|los|every)\s+$", re.IGNORECASE)
"""Words before a weekday that apply it to each of the days that follow."""

_WRITTEN = regex(
    rf"{_MARK}(?P<comma>,)?{_SPACE}{_BEFORE_DAY}"
    rf"(?P<days>\b{_NUMBER}{_ORDINAL}(?:{_AND}{_NUMBER}{_ORDINAL})*)(?![\d:]|[.,/]\d|{_GAP}h\b)"
    rf"(?:{_SPACE}{_OF}{_MONTH}{_YEAR})?",
    re.IGNORECASE,
)
_MONTH_FIRST = regex(
    rf"{_MARK},?{_SPACE}{_MARK}{_MONTH}{_SPACE}(?P<days>{_NUMBER}){_ORDINAL}\b(?![:.]\d)"
    rf"(?:,?{_SPACE}{_FOUR})?",
    re.IGNORECASE,
)
_IN_FIGURES = regex(
    rf"{_MARK},?{_SPACE}{_BEFORE_DAY}(?P<days>{_NUMBER})(?P<between>[/.-])(?P<number>\d{{1,2}})"
    r"(?:(?P=between)(?P<year>(?:19|20|21)\d\d))?\b(?![/.:-]?\d|\s*h\b)",
    re.IGNORECASE,
)
_BEFORE = regex(
    rf"\b(?P<days>{_NUMBER}){_ORDINAL}{_SPACE}{_OF}{_MONTH}{_YEAR}{_GAP}\({_GAP}{_MARK}$",
    re.IGNORECASE,
)
"""A date before its weekday: ``27 de novembre (divendres)``."""

_LONGEST_BEFORE = 60
"""Characters of such a date."""

_JOINED = regex(
    rf"{_MARK}{_GAP}(?:,|[-–—]|\b(?:i|y|o|u|a|al|fins{_SPACE}al?|hasta|and|or|to|until)\b){_GAP}"
    rf"(?:(?:el|l['’]|al|the|on|the){_SPACE}?)?{_MARK}",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class WeekdayDate:
    """``weekday``: 0 is Monday; ``year``: None where the text does not say it. ``place``: line and
    column. ``lang``: of its words."""

    place: tuple[int, int]
    words: str
    lang: str
    weekday: int
    day: int
    month: int
    year: int | None


@dataclass
class _Found:
    """``days``: more than one where each is said to be of that weekday."""

    start: int
    end: int
    words: str
    weekday: str
    days: list[int]
    month: int | None
    year: int | None


def weekday_dates(
    text: str, place: tuple[int, int], *, is_value: bool = False
) -> list[WeekdayDate]:
    """The dates of a text, in their order. ``place``: line and column where the text begins.
    ``is_value``: whether it is a value of the front matter, whose dates all get its ``place``: YAML
    writes one text in many ways."""
    if not _may_have(text, _STEMS):
        return []
    found = sorted(_found(text), key=lambda one: one.start)
    _complete(found, text)
    lines = [] if is_value else [end.start() for end in re.finditer("\n", text)]
    return [
        WeekdayDate(
            place if is_value else _place(lines, one.start, place),
            " ".join(one.words.split()),
            *_BY_NAME[one.weekday],
            day,
            one.month,
            one.year,
        )
        for one in found
        if one.month and 1 <= one.month <= 12
        for day in one.days
        if 1 <= day <= 31
    ]


def _found(text: str) -> Iterator[_Found]:
    for word in _WORD.finditer(text):
        name = word[0].lower()
        if name in _BY_NAME:
            yield from _around(text, name, *word.span())


def _around(text: str, weekday: str, start: int, end: int) -> Iterator[_Found]:
    """The dates that a weekday refers to."""
    if found := _IN_FIGURES.match(text, end):
        if found["year"] or found["between"] == "/":
            yield _one(text, start, found, weekday, int(found["number"]))
    elif found := _MONTH_FIRST.match(text, end):
        yield _one(text, start, found, weekday, MONTHS[found["month"].lower()])
    elif found := _WRITTEN.match(text, end):
        month = MONTHS[found["month"].lower()] if found["month"] else None
        one = _one(text, start, found, weekday, month)
        if weekday not in _PLURAL and not _EVERY.search(text[max(0, start - 10) : start]):
            del one.days[1:]
        if len(one.days) == 1 or not found["comma"]:
            yield one
    elif text[end : end + 1] in (")", ",", ";"):
        first = max(0, start - _LONGEST_BEFORE)
        if found := _BEFORE.search(text[first:start]):
            one = _one(text, first + found.start(), found, weekday, MONTHS[found["month"].lower()])
            one.end = end + (text[end] == ")")
            one.words = text[one.start : one.end]
            yield one


def _one(text: str, start: int, found: re.Match[str], weekday: str, month: int | None) -> _Found:
    days = [int(day) for day in re.findall(_NUMBER, found["days"])]
    year = int(found["year"]) if found["year"] else None
    return _Found(start, found.end(), text[start : found.end()], weekday, days, month, year)


def _complete(found: list[_Found], text: str) -> None:
    """From ``dilluns 23 a divendres 27 de novembre de 2026`` the first has its month and year."""
    for one, following in reversed(list(pairwise(found))):
        if following.month is None or not _JOINED.fullmatch(text[one.end : following.start]):
            continue
        if one.month is None and one.days[-1] < following.days[0]:
            one.month, one.year = following.month, following.year
        elif one.month and one.year is None and following.year:
            one.year = following.year - (one.month > following.month)


def _place(ends: list[int], offset: int, first: tuple[int, int]) -> tuple[int, int]:
    """Line and column of a position. ``ends``: of the lines; ``first``: where the text begins."""
    line = bisect_left(ends, offset)
    column = offset - ends[line - 1] if line else offset + first[1]
    return first[0] + line, column


def _may_have(text: str, stems: Iterable[str]) -> bool:
    """A fast test whether a text has to be searched word for word: most do not."""
    lowered = text.lower()
    return any([stem in lowered for stem in stems])


RELATIVE = (
    *("avui", "demà", "ahir"),
    *("hoy", "mañana", "ayer", "anteayer"),
    *("today", "tomorrow", "yesterday"),
)


def may_name_days(text: str) -> bool:
    """Whether a text can have a weekday or a relative day at all: most have none."""
    return _may_have(text, _EITHER)


_EITHER = (*_STEMS[: _STEMS.index("nday")], "day", *RELATIVE[:6], "tomorrow")
"""Each name of a weekday and each relative day contains one of these."""

_NOT_A_DAY = regex(r"\s+(?:dia|en\s+d[ií]a|por\s+hoy)\b", re.IGNORECASE)
"""After "today": what makes it "nowadays"."""

_MORNING = regex(r"\b(?:la|las|esta|cada|de|una|media|toda|por)\s+$", re.IGNORECASE)
"""Before "mañana": what makes it the morning."""


def relative_day(text: str) -> re.Match[str] | None:
    """The first word of a text that means another day tomorrow than today, such as ``demà``."""
    if not _may_have(text, RELATIVE):
        return None
    for word in _WORD.finditer(text):
        name = word[0].lower()
        is_other = name == "mañana" and _MORNING.search(
            text[max(0, word.start() - 10) : word.start()]
        )
        if name in RELATIVE and not is_other and not _NOT_A_DAY.match(text, word.end()):
            return word
    return None


@dataclass(frozen=True)
class RelativeDay:
    """``is_title``: it is in the title, which is shown in lists and feeds beyond that day."""

    place: tuple[int, int]
    word: str
    is_title: bool


def relative_days(
    title: str, summary: str, body: str, places: tuple[tuple[int, int], ...]
) -> list[RelativeDay]:
    """The first such word of each; ``places``: where title, summary and body begin."""
    found = []
    for index, text in enumerate((title, summary, body)):
        if word := relative_day(text):
            ends = [end.start() for end in re.finditer("\n", body)] if index == 2 else []
            place = _place(ends, word.start(), places[index]) if index == 2 else places[index]
            found.append(RelativeDay(place, word[0], is_title=index == 0))
    return found
