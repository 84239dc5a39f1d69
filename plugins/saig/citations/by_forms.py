"""Citations by the forms of types: a head (``Decret llei``) from the table of forms, one or more
numbers, perhaps a date; perhaps the provisions before or after.

Each part is a small pattern matched where the one before it ended, so the time is linear in the
length of the text.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from functools import cached_property

from .citation import Citation
from .figures import day_of, full_year, union_number
from .grammar import CitationForm, Grammar
from .normalised_text import NormalisedText
from .provisions import ProvisionChain, provisions_after, provisions_before
from .skipped import Skipped
from .word_patterns import stands_close

TITLE = 320
"""Characters after a citation in which its title may say who issued it."""

_Numbered = tuple[str | None, int, int, int]
"""Number, year, and where each begins and ends, in the normalised text."""


def citations_by_forms(normal: NormalisedText, grammar: Grammar) -> Iterator[Citation]:
    """The citations of a text, in order."""
    reader = FormsReader(normal, grammar)
    skipped = Skipped(normal.lowered)
    lowered = normal.lowered
    heads = [one for one in grammar.head.finditer(lowered) if is_word(lowered, one.start())]
    for head, limit in zip(heads, _limits(heads, lowered, grammar), strict=True):
        start = head.start()
        if start >= reader.done and not skipped.covers(start):
            yield from reader.read(start, head.end(), grammar.form(head[0]), limit)


def _limits(heads: list[re.Match[str]], lowered: str, grammar: Grammar) -> list[int]:
    """For each head, where the next one with a number stands: a title ends there. One without, as
    in ``text refós de la Llei d'urbanisme de Catalunya``, is of the title."""
    limits = []
    limit = len(lowered)
    for head in reversed(heads):
        limits.append(limit)
        if grammar.number.match(lowered, head.end()):
            limit = head.start()
    return limits[::-1]


def is_word(lowered: str, start: int) -> bool:
    """Whether no word goes on here that began before."""
    before = lowered[start - 1] if start else " "
    return not (before.isalnum() or before in "/-")


class FormsReader:
    """Reads one head after another, and what follows each."""

    def __init__(self, normal: NormalisedText, grammar: Grammar) -> None:
        self.normal, self.lowered = normal, normal.lowered
        self.grammar = grammar
        self.done = 0
        """Where the last link ends, in the normalised text."""

    @cached_property
    def before(self) -> dict[int, ProvisionChain]:
        """The provisions named before what begins at an offset."""
        return provisions_before(self.normal, self.grammar.head, self.grammar.provisions)

    @cached_property
    def taken(self) -> set[int]:
        """Where those begin: they are not of the norm before them."""
        return {chain.phrases[0][0] for chain in self.before.values()}

    @cached_property
    def not_yet(self) -> set[int]:
        """Where the names of bills begin."""
        return {
            found.end()
            for found in self.grammar.bills.finditer(self.lowered)
            if is_word(self.lowered, found.start())
        }

    def read(self, start: int, end: int, form: CitationForm, limit: int) -> list[Citation]:
        """The citations that a head begins; ``limit``: where the next head is."""
        if form.capitals and not self.is_abbreviation(start, form):
            return []
        code, lowered, grammar = form.code, self.lowered, self.grammar
        kind = grammar.type(code)
        if kind.numbered_by_year:
            return self.european(start, end, code, limit)
        issuer = None
        first = (
            grammar.number.match(lowered, end)
            or (kind.numbers_have_letters and grammar.lettered.match(lowered, end))
            or None
        )
        if first is None and (owner := grammar.owner.match(lowered, end)):
            issuer, end = grammar.issuers[owner["name"]], owner.end()
            first = grammar.number.match(lowered, end)
        if start in self.not_yet:
            return []
        if first is None:
            return self.by_date(start, end, form, issuer, limit)
        if form.capitals == 1 and len(first["year"]) < 4:
            return []
        numbers, dates, position = self.numbers(first, code)
        if (form.everyday or kind.towns_have_them) and grammar.town_body.match(lowered, position):
            return []
        is_dated = any(dates) or (position > first.end() and len(numbers) == 1)
        if not is_dated and not self.is_plain(start, position, form):
            return []
        return self.cite(start, numbers, dates, position, code, issuer, limit)

    def is_abbreviation(self, start: int, form: CitationForm) -> bool:
        """Written in capitals, and not the end of another one."""
        return (
            self.normal.cased[start : start + form.capitals].isupper()
            and self.lowered[start - 1 : start] != "."
        )

    def is_plain(self, start: int, end: int, form: CitationForm) -> bool:
        """Whether a number without a date is a norm's, after such a word."""
        lowered = self.lowered
        if form.capitals == 1:
            begins = start == 0 or lowered[start - 1] == "\n"
            return (
                begins
                or lowered.endswith(self.grammar.before_letter, 0, start)
                or start in self.before
            )
        if not form.everyday or start in self.before:
            return True
        if not self.normal.cased[start].isupper():
            return False
        anybody = self.grammar.type(form.code).anybody_has_them
        return not (anybody and self.grammar.says_more.match(lowered, end))

    def numbers(
        self, found: re.Match[str], code: str
    ) -> tuple[list[_Numbered], list[datetime.date | None], int]:
        """All the numbers, a date for each, and where the last of them ends."""
        lowered, grammar = self.lowered, self.grammar
        numbers: list[_Numbered] = []
        dates: list[datetime.date | None] = []
        undated = 0
        more: re.Match[str] | None = found
        while more:
            numbers.append(_numbered(more))
            dates.append(None)
            position = more.end()
            if not grammar.goes_on.match(lowered, position):
                break
            if date := self.date(position):
                # ``(23 October, on water)``: the date is read, the parenthesis is not of the norm.
                position = position if date["open"] and not date["close"] else date.end()
                self.share(date, numbers, dates, undated)
                number, year, begins, _ = numbers[-1]
                numbers[-1] = (number, year, begins, position)
                undated = len(numbers)
            more = grammar.more_number.match(lowered, position)
            if more is None and grammar.type(code).numbers_have_letters:
                more = grammar.more_lettered.match(lowered, position)
        return numbers, dates, position

    def date(self, position: int) -> re.Match[str] | None:
        """A date here, perhaps after the words that say whose norm it is."""
        following = self.lowered[position : position + 1]
        if following not in {" ", ",", "("}:
            return None
        found = self.grammar.date.match(self.lowered, position)
        if found is None:
            owner = self.grammar.before_date.match(self.lowered, position)
            found = self.grammar.date.match(self.lowered, owner.end()) if owner else None
        return self.bare(found) if found else None

    def bare(self, found: re.Match[str]) -> re.Match[str] | None:
        """The date, but for a parenthesis that it closes and did not open, or the other way."""
        if found["close"] and not found["open"]:
            return self.grammar.date.match(self.lowered, found.start(), found.end() - 1)
        return found

    def share(
        self,
        date: re.Match[str],
        numbers: list[_Numbered],
        dates: list[datetime.date | None],
        undated: int,
    ) -> None:
        """A date after several numbers belongs to all of them that are of the same year."""
        last = numbers[-1][1]
        day = self._day(date, last)
        for index in range(undated, len(numbers)):
            if numbers[index][1] == last:
                dates[index] = day

    def european(self, start: int, end: int, code: str, limit: int) -> list[Citation]:
        """``Reglament (UE) 2016/679``: the year first, and in older regulations last."""
        grammar = self.grammar
        sign = grammar.union_sign.match(self.lowered, end)
        found = grammar.union_number.match(self.lowered, sign.end() if sign else end)
        if found is None or start in self.not_yet:
            return []
        if not (sign or found["sign"] or self.lowered.endswith(grammar.union_before, 0, start)):
            return []
        numbers: list[_Numbered] = []
        dates: list[datetime.date | None] = []
        more: re.Match[str] | None = found
        position = found.end()
        while more:
            number, year = union_number(
                code, more["first"], more["second"], has_sign=bool(more["no"])
            )
            if year is None:
                break
            position = more.end()
            date = self.date(position)
            position = date.end() if date else position
            numbers.append((number, year, more.start("first"), position))
            dates.append(self._day(date, year) if date else None)
            more = grammar.more_union_number.match(self.lowered, position)
        return self.cite(start, numbers, dates, position, code, None, limit) if numbers else []

    def by_date(
        self, start: int, end: int, form: CitationForm, issuer: str | None, limit: int
    ) -> list[Citation]:
        """``Resolució de 3 de juny de 2020``: no number, and the year said."""
        lowered, grammar = self.lowered, self.grammar
        capital = self.normal.cased[start].isupper()
        if (
            form.capitals == 1
            or not (capital or form.alone)
            or grammar.no_norm_after.match(lowered, end)
        ):
            return []
        if (
            capital
            and grammar.type(form.code).bodies_date_them
            and (body := grammar.body.match(lowered, end))
        ):
            end = body.end()
        date = self.grammar.date.match(lowered, end)
        found = self.bare(date) if date else None
        year = found and (found["said"] or found["said_last"])
        if found is None or year is None or grammar.town_body.match(lowered, found.end()):
            return []
        numbers: list[_Numbered] = [(None, int(year), start, found.end())]
        return self.cite(
            start, numbers, [self._day(found, 0)], found.end(), form.code, issuer, limit
        )

    def cite(
        self,
        start: int,
        numbers: list[_Numbered],
        dates: list[datetime.date | None],
        end: int,
        code: str,
        issuer: str | None,
        limit: int,
    ) -> list[Citation]:
        """One citation for each number; the provisions before are of the first, those after of
        the last."""
        normal = self.normal
        jurisdiction = self.grammar.type(code).jurisdiction
        issuer = None if jurisdiction else issuer or self.issuer(start, end, limit)
        before = self.before.get(start)
        if before and before.phrases[0][0] < self.done:
            before = None
        after = provisions_after(normal, end, self.taken, self.grammar.provisions)
        place = None if normal.same else normal
        cited = []
        last = len(numbers) - 1
        for index, (number, year, begins, ends) in enumerate(numbers):
            if index == 0:
                begins = start
            link_start, link_end = begins, ends
            phrases: tuple[tuple[int, int], ...] = ()
            if index == 0 and before:
                link_start = before.phrases[0][0]
                phrases += tuple(before.phrases)
            if index == last and after:
                link_end = after.end
                phrases += tuple(after.phrases)
            from_, to = (place.start(begins), place.end(ends)) if place else (begins, ends)
            cited.append(
                Citation(
                    normal.source[from_:to],
                    from_,
                    to,
                    code,
                    number,
                    year,
                    dates[index],
                    jurisdiction,
                    [normal.original(*phrase) for phrase in phrases] if phrases else [],
                    issuer,
                    normal.start(link_start) if phrases else from_,
                    normal.end(link_end) if phrases else to,
                    stands_close(
                        self.lowered,
                        self.grammar.past,
                        self.grammar.sentence_end,
                        link_start,
                        link_end,
                    ),
                )
            )
        self.done = link_end
        return cited

    def issuer(self, start: int, end: int, limit: int) -> str | None:
        """Whose norm the title says it is, or what stands right before the head."""
        grammar = self.grammar
        if self.lowered.endswith(grammar.spaced_adjectives, max(0, start - 20), start):
            return next(
                code
                for word, code in grammar.adjectives.items()
                if self.lowered.endswith(f"{word} ", 0, start)
            )
        title_end = max(end, min(limit, end + TITLE))
        name = next(grammar.issuer.all(self.lowered, start, title_end), None)
        if name is None:
            return None
        is_within = name.start() < end
        if is_within or grammar.title.fullmatch(self.lowered, end, name.start()):
            return grammar.issuers[name[1]]
        return None

    def _day(self, found: re.Match[str], year: int) -> datetime.date | None:
        return day_of(found.groupdict(), self.grammar.months, year)


def _numbered(found: re.Match[str]) -> _Numbered:
    year, number = full_year(found["year"]), found["number"]
    if not number.isdecimal():
        number = number.replace(".", "").upper()
    return number.lstrip("0") or "0", year, found.start("number"), found.end()
