"""Citations of norms in running text.

A head (``Decret llei``) from the table of forms, one or more numbers, perhaps a date; perhaps the
provisions before or after. Each part is a small pattern matched where the one before it ended, so
the time is linear in the length of the text.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from .forms import (
    ABBREVIATIONS,
    EUROPEAN,
    FORMS,
    ISSUERS,
    MONTHS,
    NO_NORM_OF,
    NOT_YET,
    STATE,
)
from .normal import lower, normalise

WINDOW = 160
"""Characters before and after a citation in which its provisions are looked for."""

TITLE = 320
"""Characters after a citation in which its title may say whose norm it is."""


@dataclass(frozen=True)
class Citation:
    """``start`` and ``end`` are offsets in the original text. ``issuer``: whose norm the title says
    it is; ``jurisdiction``: what the words of the type say."""

    text: str
    start: int
    end: int
    type: str
    number: str | None
    year: int | None
    date: datetime.date | None
    jurisdiction: str | None
    provisions: list[str] = field(default_factory=list)
    issuer: str | None = None


def _alternatives(words: dict[str, tuple[str, ...]]) -> tuple[str, dict[str, str]]:
    types = {form: code for code, forms in words.items() for form in forms}
    longest_first = sorted(types, key=len, reverse=True)
    return "|".join(re.escape(form) for form in longest_first), types


_FORMS, _FORM_TYPES = _alternatives(FORMS)
_ABBREVIATIONS, _ABBREVIATION_TYPES = _alternatives(ABBREVIATIONS)
_HEAD = re.compile(rf"(?<![\w/-])(?:{_FORMS})(?![\w-])")
_SHORT_HEAD = re.compile(rf"(?<![\w/.-])(?:{_ABBREVIATIONS})(?![\w-])")
_EU = re.compile(r" ?\((?:ue|eu|ce|cee|ec)\)")
_NO = re.compile(r" ?(?:núm\.?|número|nº|n\.º|no\.|number)(?= ?\d)")
_STRAY = re.compile(r" ?(?:de )?")
_NUMBER = re.compile(r" ?(?P<number>\d{1,5}) ?/ ?(?P<year>\d{4}|\d{2})(?![\d/])")
_MINISTERIAL = re.compile(r" ?(?P<number>[a-z]{2,5}/\d{1,5})/(?P<year>\d{4})(?!\d)")
_YEAR_FIRST = re.compile(
    r" ?(?P<year>\d{4}) ?/ ?(?P<number>\d{1,5})(?:/(?:ce|cee|ue|ec|eu))?(?![\d/])"
)
_AND = re.compile(r"(?: i| y| e| and|,| o)(?= ?\d{1,5} ?/ ?(?:\d{4}|\d{2})(?![\d/]))")
_MONTHS = "|".join(MONTHS)
_DATE = re.compile(
    rf",? ?\(?(?:de dia |de día |del dia |del día |del |de |d'|of |on )?(?P<day>\d{{1,2}})"
    rf" (?:de |d')?(?P<month>{_MONTHS})(?:,? (?:de |del )?(?P<year>\d{{4}}))?(?!\w)\)?"
)
_NOT_YET = re.compile(rf"(?:{'|'.join(map(re.escape, NOT_YET))})(?: la| el| l')? ?$")
_OF_A_MAYOR = re.compile(rf" (?:de la |de |d')(?:{'|'.join(NO_NORM_OF)})")
_SKIP = re.compile(r"`[^`\n]*`|https?://[^\s)>\]]+")
_NTH = r"(?:\d+(?:a|ª|\.ª|º)?|[a-zà-ú]{4,16})"
_UNIT = (
    r"(?:arts?\.?|articles?|artículos?|sections?) ?\d+[\w.]*(?: (?:bis|ter|quater|decies))?(?:\.[a-z\d]+)*\)?"
    r"(?:(?:,| i| y| a|-|–) ?\d+[\w.]*\)?)*(?:,? (?:apartat|apartado) \d+)?(?:,? (?:lletra|letra) [a-z]\))?"
    rf"|(?:disposici(?:ó|ón)) (?:addicional|adicional|transitòria|transitoria|derogatòria|derogatoria|final) {_NTH}"
    r"|(?:da|dt|df|dd) \d+[aª]?|ann?exo? [ivx]+"
)
_BEFORE = re.compile(
    rf"(?:(?:lletra|letra) [a-z]\) (?:de l'|del |de la )(?:apartat|apartado) \d+ (?:de l'|del )?)?(?P<unit>{_UNIT})"
    r",? (?:de la |de l'|del |de los |de les |de las |de |of the |of )(?:l'esmentada |citada |esmentada )?$"
)
_AFTER = re.compile(rf",? ?\(?(?P<unit>{_UNIT})")


def citations(text: str) -> Iterator[Citation]:
    """The citations in a text, in order."""
    normal, offsets = normalise(text)
    small = lower(normal)
    skipped = [(found.start(), found.end()) for found in _SKIP.finditer(normal)]
    heads = [(f.start(), f.end(), _FORM_TYPES[f[0]], False) for f in _HEAD.finditer(small)]
    for found in _SHORT_HEAD.finditer(normal):
        heads.append(
            (found.start(), found.end(), _ABBREVIATION_TYPES[found[0]], len(found[0]) == 1)
        )
    done, skip = 0, iter([*skipped, (len(normal) + 1, len(normal) + 1)])
    from_, until = next(skip)
    for start, end, code, strict in sorted(heads, key=lambda head: (head[0], -head[1])):
        while until <= start:
            from_, until = next(skip)
        if start < done or start >= from_:
            continue
        reader = _Reader(text, small, offsets, code, strict)
        found_here = reader.read(start, end)
        yield from found_here
        done = max(done, reader.end)


class _Reader:
    """Reads one head and what follows it."""

    def __init__(self, text: str, small: str, offsets: list[int], code: str, strict: bool) -> None:
        self.text, self.small, self.offsets = text, small, offsets
        self.code, self.strict, self.end = code, strict, 0

    def read(self, start: int, end: int) -> list[Citation]:
        small = self.small
        if _NOT_YET.search(small[max(0, start - 40) : start]) or _OF_A_MAYOR.match(small, end):
            return []
        position = end
        european = self.code in EUROPEAN
        if found := _EU.match(small, position):
            position, european = found.end(), True
        elif european and not re.match(r" ?\d{4}/\d+/(?:ce|cee|ue|ec|eu)", small[end : end + 24]):
            return []
        numbers = self.numbers(position, european)
        if not numbers:
            return self.by_date(start, end)
        position = numbers[-1][3]
        date, position = self.date(position, numbers)
        return self.cite(start, numbers, date, position)

    def numbers(self, position: int, european: bool) -> list[tuple[str, int, int, int]]:
        """Number, year, and where each begins and ends."""
        small = self.small
        no = _NO.match(small, position)
        if no:
            position = no.end()
        pattern = _YEAR_FIRST if european and not no else _NUMBER
        found = pattern.match(small, position)
        if found is None and self.code == "o":
            found = _MINISTERIAL.match(small, position)
        if found is None and not european:
            found = pattern.match(small, _end(_STRAY, small, position))
        if found is None or (self.strict and len(found["year"]) < 4):
            return []
        numbers = [_number(found)]
        while and_ := _AND.match(small, numbers[-1][3]):
            more = pattern.match(small, and_.end())
            if more is None:
                break
            numbers.append(_number(more))
        return numbers

    def date(
        self, position: int, numbers: list[tuple[str, int, int, int]]
    ) -> tuple[datetime.date | None, int]:
        found = _DATE.match(self.small, position)
        if found is None:
            return None, position
        year = int(found["year"] or numbers[-1][1])
        return _day(year, found), found.end()

    def by_date(self, start: int, end: int) -> list[Citation]:
        """``Resolució de 3 de juny de 2020``: no number, and the year said."""
        found = _DATE.match(self.small, end)
        if found is None or found["year"] is None or self.code in EUROPEAN:
            return []
        day = _day(int(found["year"]), found)
        return self.cite(start, [(None, int(found["year"]), start, end)], day, found.end())

    def cite(
        self,
        start: int,
        numbers: Sequence[tuple[str | None, int, int, int]],
        date: datetime.date | None,
        end: int,
    ) -> list[Citation]:
        self.end = end
        provisions = self.provisions(start, end)
        cited = []
        for index, (number, year, begins, ends) in enumerate(numbers):
            first = start if index == 0 else begins
            last = end if index == len(numbers) - 1 else ends
            cited.append(
                Citation(
                    text=self.text[self.offsets[first] : self.offsets[last]].rstrip(),
                    start=self.offsets[first],
                    end=self.offsets[first]
                    + len(self.text[self.offsets[first] : self.offsets[last]].rstrip()),
                    type=self.code,
                    number=number,
                    year=year,
                    date=date,
                    jurisdiction=self.jurisdiction(),
                    provisions=provisions if index == 0 else [],
                    issuer=self.issuer(end),
                )
            )
        return cited

    def jurisdiction(self) -> str | None:
        return "es" if self.code in STATE else "eu" if self.code in EUROPEAN else None

    def provisions(self, start: int, end: int) -> list[str]:
        window = max(0, start - WINDOW)
        if before := _BEFORE.search(self.small[window:start]):
            return [self.original(window + before.start(), window + before.end("unit"))]
        after = _AFTER.match(self.small, end)
        if after and after.end() - end < WINDOW:
            self.end = after.end()
            return [self.original(after.start("unit"), after.end("unit"))]
        return []

    def original(self, start: int, end: int) -> str:
        """The words as they were typed, on one line."""
        return " ".join(self.text[self.offsets[start] : self.offsets[end]].split())

    def issuer(self, end: int) -> str | None:
        """Whose norm the words that follow say it is, up to the end of the sentence."""
        title = re.split(r"[.;:\n(]", self.small[end : end + TITLE], maxsplit=1)[0]
        next_head = _HEAD.search(title)
        title = title[: next_head.start()] if next_head else title
        for code, names in ISSUERS.items():
            if any(name in title for name in names):
                return code
        return None


def _number(found: re.Match[str]) -> tuple[str, int, int, int]:
    year = int(found["year"])
    if len(found["year"]) == 2:
        year += 1900 if year >= 50 else 2000
    begins = found.start() + (found[0][0] == " ")
    return found["number"].upper(), year, begins, found.end()


def _day(year: int, found: re.Match[str]) -> datetime.date | None:
    try:
        return datetime.date(year, MONTHS[found["month"]], int(found["day"]))
    except ValueError:
        return None


def _end(pattern: re.Pattern[str], text: str, position: int) -> int:
    found = pattern.match(text, position)
    return found.end() if found else position
