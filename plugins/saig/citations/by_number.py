"""Citations whose number stands before the name of the type, and whose words have endings, as in
Basque: ``2/2006 Legea, ekainaren 30ekoa``, ``ekainaren 30eko 2/2006 Legearen 14. artikulua``.

A number is found first; then the name of the type after it, what stands before both, and the date
and the provisions after them. Each is a small pattern, so the time is linear in the length of the
text.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from functools import cached_property

from .citation import Citation
from .figures import day_of, full_year, union_number
from .latin import LATIN
from .normalised_text import NormalisedText
from .provision_patterns import KINDS
from .skipped import Skipped
from .tables import Tables
from .word_patterns import NEVER, WORD_AFTER, WordFinder, any_of, one_of, stands_close

BEFORE = 120
"""Characters before a number in which its date, and who made the norm, may stand."""

TITLE = 160
"""Characters of a title in which it may say who issued the norm."""

MOST = 20
"""Norms that one name follows."""

_FULL = r"(?:1[89]|20)\d\d"
_YEAR = rf"(?:{_FULL}|[5-9]\d|[0-2]\d)"
_SENTENCE_END = re.compile(r"\n|(?<!\d)(?<! art)(?<! zk)\. ")


Numbered = tuple[str | None, int, int, int]
"""Number, year, and where each begins and ends, in the normalised text."""


class NumberFirst:
    """The patterns of one such language, from its tables. Compiled when first asked for."""

    def __init__(self, tables: Tables, types: dict[str, str | None]) -> None:
        self._tables = tables
        self._own = tables.below("provisions")
        self._jurisdictions = types

    @cached_property
    def _endings(self) -> str:
        return any_of(self._tables.words("endings"))

    def _spaced(self, words: list[str]) -> str:
        """A space may be a hyphen, and a hyphen stand at the end of a line."""
        return any_of(words).replace("\\ ", "(?: |-|- )")

    def _inflected(self, words: list[str]) -> str:
        """The pattern of words with one of the endings."""
        return f"(?:{self._spaced(words)}(?:{self._endings}{WORD_AFTER}|(?= {self._behind_stem})))"

    @cached_property
    def _behind_stem(self) -> str:
        """Words before which a name has no ending: ``28/1997 Dekretu bidez``."""
        return f"{one_of(self._tables.words('behind_stem'))}{WORD_AFTER}"

    @cached_property
    def codes(self) -> list[tuple[re.Pattern[str], str]]:
        """What a name means: the longest names first."""
        words = {
            word: code for code, all_ in self._tables.by_code("forms").items() for word in all_
        }
        return [
            (re.compile(f"{self._spaced([word])}{self._endings}?$"), words[word])
            for word in sorted(words, key=len, reverse=True)
        ]

    def code(self, words: str) -> str:
        return next(code for pattern, code in self.codes if pattern.match(words))

    @cached_property
    def _heads(self) -> str:
        words = [word for all_ in self._tables.by_code("forms").values() for word in all_]
        return f"(?P<head>{self._inflected(words)})(?!-[^\\W\\d])"

    @cached_property
    def _signs(self) -> str:
        return one_of(self._tables.below("union").words("signs"))

    @cached_property
    def numbered(self) -> re.Pattern[str]:
        """One number or several, and the name after them, perhaps with ``(EB)`` between or
        before."""
        one = rf"\d{{1,5}}/\d{{2,4}}(?:/{self._signs})?"
        and_ = rf"(?:, | {one_of(self._tables.words('and'))} )"
        sign = rf"(?:\({self._signs}(?:, {self._signs})?\)|{self._signs}(?= \d| [^\W\d]))"
        between = rf"(?:,? {one_of(self._tables.words('between'))})?"
        return re.compile(
            rf"(?<![\w./-])(?P<before>{sign} )?(?P<numbers>{one}(?:{and_}{one}){{0,{MOST}}})"
            rf"(?! ?/)(?: (?P<sign>{sign}))?{between}(?:,? |-){self._heads}"
        )

    @cached_property
    def _month(self) -> str:
        return one_of(self.months)

    @cached_property
    def months(self) -> dict[str, int]:
        return self._tables.numbers("months")

    @cached_property
    def _of(self) -> str:
        return one_of(self._tables.below("dates").words("of"))

    @cached_property
    def _date(self) -> str:
        of = self._of
        return rf"(?:(?P<said>{_FULL}){of} )?(?P<month>{self._month}) (?P<day>\d{{1,2}}){of}"

    @cached_property
    def date_before(self) -> re.Pattern[str]:
        """``ekainaren 30eko`` and who made it, right before a number."""
        return re.compile(rf"(?:(?<![^\W_]){self._date} )?\Z")

    @cached_property
    def date_after(self) -> re.Pattern[str]:
        """``, ekainaren 30ekoa``."""
        return re.compile(
            rf"(?P<open> \()?(?:,? ?){self._date}(?:{self._endings})?{WORD_AFTER}(?(open)\))"
        )

    @cached_property
    def dated(self) -> re.Pattern[str]:
        """A day with its year right before a name, or right after one."""
        date = self._date.replace("(?P<said>", "(?P<said>").replace(" )?(?P<month>", " )(?P<month>")
        return re.compile(rf"(?<![\w/]){date} {self._heads}")

    @cached_property
    def dated_after(self) -> re.Pattern[str]:
        date = self._date.replace(" )?(?P<month>", " )(?P<month>")
        return re.compile(rf"(?<![\w/-]){self._heads}, {date}(?:{self._endings})?{WORD_AFTER}")

    @cached_property
    def number_in_brackets(self) -> re.Pattern[str]:
        """``Legearen (abenduaren 9ko 21/2013)``."""
        return re.compile(
            rf"(?<![\w/-]){self._heads} \((?:{self._date} )?"
            rf"(?P<number>\d{{1,5}})/(?P<year>{_YEAR})\)"
        )

    # -- whose norm it is -------------------------------------------------------------------------

    @cached_property
    def issuers(self) -> dict[str, str]:
        by_code = self._tables.by_code("issuers")
        return {name: code for code, names in by_code.items() for name in names}

    @cached_property
    def issuer_before(self) -> re.Pattern[str]:
        """``Bizkaiko Foru Aldundiaren`` right before a date or a number."""
        bodies = one_of(self._tables.words("institutions"))
        return re.compile(rf"(?<![^\W_])(?P<name>{one_of(self.issuers)})(?: {bodies}){{0,3}} \Z")

    @cached_property
    def issuer(self) -> WordFinder:
        return WordFinder(self.issuers)

    @cached_property
    def town_before(self) -> re.Pattern[str]:
        """``alkatearen 8/2020 Dekretua``: an act of a town's body."""
        return re.compile(rf"(?<![^\W_]){one_of(self._tables.words('town_bodies'))} \Z")

    @cached_property
    def town_after(self) -> re.Pattern[str]:
        return re.compile(rf",? {one_of(self._tables.words('town_bodies'))}{WORD_AFTER}")

    def jurisdiction(self, code: str) -> str | None:
        return self._jurisdictions.get(code)

    # -- provisions -------------------------------------------------------------------------------

    @cached_property
    def provisions(self) -> re.Pattern[str]:
        """``45. eta 46. artikuluak``, ``lehenengo xedapen gehigarria``, ``I. eranskina``."""
        own = self._own
        bis = rf"(?: {one_of([*LATIN, *own.words('latin')])}\.?)?"
        from_to = one_of(own.words("through"))
        item = rf"\d{{1,4}}(?:\.\d{{1,3}})*{bis}(?:\.?-?{from_to}{WORD_AFTER})?\.?(?: ?[a-z]\))?"
        and_ = one_of(self._tables.words("and"))
        between = rf"(?:, | {and_} |(?<=[^\W\d]) )"
        number = rf"(?:{item}|[ivxlc]{{1,6}}\.?|[a-z]\))"
        numbers = rf"{number}(?:{between}{number}){{0,20}}"
        nth = one_of(own.words("ordinals"))
        kinds = any_of(own.words(*KINDS))
        names = ("article", "paragraph", "letter", "annex", "title", "chapter", "section")
        every = any_of(own.words(*names, *KINDS))
        ending = rf"(?:\.|{self._endings})?{WORD_AFTER}"
        of_these = rf"{kinds}(?:etako|etatik) {nth}{ending}" if kinds else NEVER
        return re.compile(
            rf"(?:(?:{numbers}|{nth}(?:{between}{nth}){{0,9}}) {every}{ending}|{of_these}"
            rf"|{any_of(own.words('article'))}\.? {numbers}{WORD_AFTER})"
            rf"(?: {one_of(own.words('following'))}{WORD_AFTER})?"
        )

    @cached_property
    def further(self) -> re.Pattern[str]:
        """Between two provisions: the other is a part of the first, or another one."""
        return re.compile(rf"(?P<and>, | {one_of(self._tables.words('and'))} )| ")

    @cached_property
    def joined(self) -> re.Pattern[str]:
        """Between a norm and its provisions."""
        return re.compile(r"\)? |, | \(")

    @cached_property
    def past(self) -> WordFinder:
        return WordFinder(self._tables.words("past"))


def citations_by_number(normal: NormalisedText, language: NumberFirst) -> Iterator[Citation]:
    """The citations of a text in a language of this kind, in order."""
    reader = _Reader(normal, language)
    found = sorted(reader.found(), key=lambda one: (one.start, -one.end))
    skipped = Skipped(normal.lowered)
    done = 0
    for one in found:
        if one.start >= done and not skipped.covers(one.start):
            done = one.link_end
            yield from reader.cited(one)


class _Found:
    """A name with its numbers and its date, as offsets in the normalised text."""

    def __init__(
        self,
        start: int,
        end: int,
        head: str,
        numbers: list[Numbered],
        date: datetime.date | None,
    ) -> None:
        self.start, self.end, self.head = start, end, head
        self.numbers, self.date = numbers, date
        self.link_end = end


class _Reader:
    def __init__(self, normal: NormalisedText, language: NumberFirst) -> None:
        self.normal, self.lowered, self.language = normal, normal.lowered, language

    def found(self) -> Iterator[_Found]:
        language, lowered = self.language, self.lowered
        if "/" in lowered:
            for match in language.numbered.finditer(lowered):
                if (one := self.numbered(match)) is not None:
                    yield one
            for match in language.number_in_brackets.finditer(lowered):
                number = self.number(match["number"], match["year"], match)
                date = self.day(match, number[1])
                yield _Found(match.start(), match.end(), match["head"], [number], date)
        for pattern in (language.dated, language.dated_after):
            for match in pattern.finditer(lowered):
                day = self.day(match, 0)
                is_capital = self.normal.cased[match.start("head")].isupper()
                if day and is_capital:
                    numbers: list[Numbered] = [(None, day.year, match.start(), match.end())]
                    yield _Found(match.start(), match.end(), match["head"], numbers, day)

    def numbered(self, match: re.Match[str]) -> _Found | None:
        numbers: list[Numbered] = []
        code = self.language.code(match["head"])
        for found in re.finditer(r"(\d{1,5})/(\d{2,4})(?:/\w+)?", match["numbers"]):
            offset = match.start("numbers")
            first, second = found[1], found[2]
            place = (offset + found.start(), offset + found.end())
            has_sign = bool(match["before"] or match["sign"] or found[0].count("/") == 2)
            if self.language.jurisdiction(code) == "eu":
                number, year = union_number(code, first, second)
                if year is None or not has_sign:
                    return None
            elif re.fullmatch(_YEAR, second):
                number, year = first, full_year(second)
            else:
                return None
            numbers.append((number.lstrip("0") or "0", year, *place))
        start, end, date = match.start(), match.end(), None
        before = self.lowered[max(0, start - BEFORE) : start]
        found_before = self.language.date_before.search(before)
        assert found_before
        if found_before["month"]:
            date = self.day(found_before, numbers[-1][1])
            start -= len(before) - found_before.start()
        elif after := self.language.date_after.match(self.lowered, end):
            date, end = self.day(after, numbers[-1][1]), after.end()
        if self.language.town_before.search(self.lowered[max(0, start - BEFORE) : start]):
            return None
        if self.language.town_after.match(self.lowered, end):
            return None
        return _Found(start, end, match["head"], numbers, date)

    def number(self, number: str, year: str, match: re.Match[str]) -> Numbered:
        return number.lstrip("0") or "0", full_year(year), match.start(), match.end()

    def day(self, found: re.Match[str], year: int) -> datetime.date | None:
        return day_of(found.groupdict(), self.language.months, year)

    def cited(self, one: _Found) -> Iterator[Citation]:
        """A citation for each number; the provisions are of the last."""
        normal, language = self.normal, self.language
        code = language.code(one.head)
        provisions, link_end = self.provisions(one.end)
        one.link_end = link_end
        jurisdiction = language.jurisdiction(code)
        issuer = None if jurisdiction else self.issuer(one)
        last = len(one.numbers) - 1
        for index, (number, year, begins, ends) in enumerate(one.numbers):
            start = one.start if index == 0 else begins
            end = one.end if index == last else ends
            is_of_year = one.date is None or one.date.year == year or index == last
            place = normal.start(start), normal.end(end)
            yield Citation(
                normal.source[place[0] : place[1]],
                *place,
                code,
                number,
                year,
                one.date if is_of_year else None,
                jurisdiction,
                provisions if index == last else [],
                issuer,
                place[0],
                normal.end(link_end if index == last and provisions else end),
                stands_close(self.lowered, self.language.past, _SENTENCE_END, start, end),
            )

    def provisions(self, end: int) -> tuple[list[str], int]:
        """What is named after a citation, and where that ends."""
        joined = self.language.joined.match(self.lowered, end)
        if joined is None:
            return [], end
        found = self.language.provisions.match(self.lowered, joined.end())
        if found is None:
            return [], end
        phrases = [found.span()]
        end = found.end()
        for _ in range(MOST):
            between = self.language.further.match(self.lowered, end)
            more = between and self.language.provisions.match(self.lowered, between.end())
            if not between or not more:
                break
            end = more.end()
            if between["and"]:
                phrases.append(more.span())
            else:
                phrases[-1] = (phrases[-1][0], end)
        close = joined[0].endswith("(") and self.lowered.startswith(")", end)
        return [self.normal.original(*phrase) for phrase in phrases], end + close

    def issuer(self, one: _Found) -> str | None:
        """Whose norm the words right before say it is, or its title."""
        before = self.lowered[max(0, one.start - BEFORE) : one.start]
        if found := self.language.issuer_before.search(before):
            return self.language.issuers[found["name"]]
        if not self.lowered.startswith(", ", one.end):
            return None
        name = next(self.language.issuer.all(self.lowered, one.end, one.end + TITLE), None)
        if name is None or re.search(r"[.;:\n(\d]", self.lowered[one.end : name.start()]):
            return None
        return self.language.issuers[name[1]]
