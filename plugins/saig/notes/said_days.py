"""The days that a text names by their weekday and date: ``dilluns 23 de novembre de 2026``. And the
words that mean another day tomorrow than today.

Catalan, Spanish and English, each word in any text. What is not surely a date is none: an editor is
told of a wrong weekday, and may never be told of a right one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from ..citations.forms import MONTHS

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
_PLURAL = {form for form in _BY_NAME if form.endswith("s") and form[:-1] in _BY_NAME}

GAP = r"[ \t\u00a0]*(?:\n[ \t]*)?"
"""Between two words of a sentence: no paragraph ends there."""

_SPACE = rf"(?=\s|\u00a0){GAP}"
_MARK = r"[*_]{0,3}"
_WEEKDAY = rf"(?P<every>\b(?:els|cada|los|every)\s+)?\b(?P<weekday>{'|'.join(sorted(_BY_NAME, key=len, reverse=True))})\b{_MARK}"
_ORDINAL = r"(?:r|º|\.º|ª|è|st|nd|rd|th)?"
_NUMBER = r"\d{1,2}"
_MONTH = rf"(?P<month>{'|'.join(MONTHS)})\b"
_FOUR = r"(?P<year>(?:1[89]|20|21)\d\d)\b(?![./-]\d)"
_YEAR = rf"(?:{_SPACE}(?:(?:de{_SPACE}l['’]any|del?){_SPACE})?{_FOUR})?"
_AND = rf"{GAP}(?:,|\b(?:i|y|and)\b){GAP}(?:el{_SPACE})?"

_WRITTEN = re.compile(
    rf"{_WEEKDAY}(?P<comma>,)?{_SPACE}(?:(?:el{_SPACE})?(?:dia|día|the){_SPACE})?{_MARK}"
    rf"(?P<days>\b{_NUMBER}{_ORDINAL}(?:{_AND}{_NUMBER}{_ORDINAL})*)(?![\d:]|[.,/]\d|{GAP}h\b)"
    rf"(?:{_SPACE}(?:(?:de|of){_SPACE}|d['’])?{_MONTH}{_YEAR})?",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    rf"{_WEEKDAY},?{_SPACE}{_MARK}{_MONTH}{_SPACE}(?P<days>{_NUMBER}){_ORDINAL}\b(?![:.]\d)"
    rf"(?:,?{_SPACE}{_FOUR})?",
    re.IGNORECASE,
)
_IN_FIGURES = re.compile(
    rf"{_WEEKDAY},?{_SPACE}(?:(?:el{_SPACE})?(?:dia|día|the){_SPACE})?{_MARK}(?P<days>{_NUMBER})"
    r"(?P<between>[/.-])(?P<month>\d{1,2})(?:(?P=between)(?P<year>(?:19|20|21)\d\d))?\b(?![/.:-]?\d|\s*h\b)",
    re.IGNORECASE,
)
_AFTER = re.compile(
    rf"\b(?P<days>{_NUMBER}){_ORDINAL}{_SPACE}(?:(?:de|of){_SPACE}|d['’])?{_MONTH}{_YEAR}"
    rf"{GAP}\({GAP}{_WEEKDAY}(?:\)|(?=[,;]))",
    re.IGNORECASE,
)
_JOINED = re.compile(
    rf"{_MARK}{GAP}(?:,|[-–—]|\b(?:i|y|o|u|a|al|fins{_SPACE}al?|hasta|and|or|to|until)\b){GAP}"
    rf"(?:(?:el|l['’]|al|the|on|the){_SPACE}?)?{_MARK}",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class SaidDay:
    """``weekday``: 0 is Monday; ``year``: None where the text leaves it to its reader. ``place``: line
    and column. ``lang``: of its words."""

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


def said_days(text: str, place: tuple[int, int], *, is_value: bool = False) -> list[SaidDay]:
    """In their order. ``place``: of the text's beginning; a value of the front matter may be written
    in many ways, so that its days all have its place."""
    lowered = text.lower()
    if not any(name in lowered for name in _BY_NAME):
        return []
    found = sorted(_found(text), key=lambda one: one.start)
    _complete(found, text)
    return [
        SaidDay(
            place if is_value else _place(text, one.start, place),
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
    for match in _WRITTEN.finditer(text):
        days = [int(day) for day in re.findall(_NUMBER, match["days"])]
        is_each = match["every"] or match["weekday"].lower() in _PLURAL
        if not is_each:
            days = days[:1]
        elif len(days) > 1 and match["comma"]:
            continue
        month = MONTHS[match["month"].lower()] if match["month"] else None
        yield _one(match, days, month)
    for match in _MONTH_FIRST.finditer(text):
        yield _one(match, [int(match["days"])], MONTHS[match["month"].lower()])
    for match in _IN_FIGURES.finditer(text):
        if match["year"] or match["between"] == "/":
            yield _one(match, [int(match["days"])], int(match["month"]))
    for match in _AFTER.finditer(text):
        yield _one(match, [int(match["days"])], MONTHS[match["month"].lower()])


def _one(match: re.Match[str], days: list[int], month: int | None) -> _Found:
    start, end = match.end("every") if match["every"] else match.start(), match.end()
    year = int(match["year"]) if match["year"] else None
    words = match.string[start:end]
    return _Found(start, end, words, match["weekday"].lower(), days, month, year)


def _complete(found: list[_Found], text: str) -> None:
    """From ``dilluns 23 a divendres 27 de novembre de 2026`` the first has its month and year."""
    for one, following in reversed(list(pairwise(found))):
        if following.month is None or not _JOINED.fullmatch(text[one.end : following.start]):
            continue
        if one.month is None and one.days[-1] < following.days[0]:
            one.month, one.year = following.month, following.year
        elif one.month and one.year is None and following.year:
            one.year = following.year - (one.month > following.month)


def _place(text: str, offset: int, first: tuple[int, int]) -> tuple[int, int]:
    line = text.count("\n", 0, offset)
    column = offset - (text.rfind("\n", 0, offset) + 1)
    return first[0] + line, column + (first[1] if line == 0 else 1)


_RELATIVE = re.compile(
    r"\b(?:avui|demà|ahir|despús-ahir|hoy|anteayer|ayer|today|tomorrow|yesterday)\b(?!\s+(?:dia|en\s+d[ií]a)\b)"
    # The same word is the morning in Spanish, where an article or a preposition stands before it.
    r"|(?<!\bla )(?<!\besta )(?<!\bcada )(?<!\bde )(?<!\buna )(?<!\bmedia )(?<!\btoda )(?<!\bpor )"
    r"\bmañana\b",
    re.IGNORECASE,
)


def relative_day(text: str) -> re.Match[str] | None:
    """The first word of a text that means another day tomorrow than today, such as ``demà``."""
    return _RELATIVE.search(text)


@dataclass(frozen=True)
class RelativeDay:
    """``is_title``: it stands in the title, which outlives the day in lists and feeds."""

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
            place = _place(text, word.start(), places[index]) if index == 2 else places[index]
            found.append(RelativeDay(place, word[0], is_title=index == 0))
    return found
