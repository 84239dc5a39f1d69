"""Citations of norms in running text.

A head (``Decret llei``) from the table of forms, one or more numbers, perhaps a date; perhaps the
provisions before or after. Each part is a small pattern matched where the one before it ended, so
the time is linear in the length of the text.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from .citation import Citation
from .forms import (
    ABBREVIATIONS,
    BODIES,
    EUROPEAN,
    EVERYDAY,
    FORMS,
    ISSUERS,
    ISSUERS_BEFORE,
    MONTHS,
    NO_NORM_OF,
    NOT_ALONE,
    NOT_YET,
    OF_THE,
    PAST,
    STATE,
)
from .normalised_text import NormalisedText
from .provisions import Chain, provisions_after, provisions_before
from .skipped import Skipped
from .word_patterns import (
    WORD_AFTER,
    WordFinder,
    any_of,
    without_accents,
)

TITLE = 320
"""Characters after a citation in which its title may say who issued it."""

CLOSE = 80
"""Characters before and after a citation in which words may say that its norm is past."""


@dataclass(frozen=True, slots=True)
class _Form:
    """What a form means, and how many of its first characters must be capitals."""

    code: str
    capitals: int
    everyday: bool
    alone: bool


def _forms() -> dict[str, _Form]:
    forms: dict[str, _Form] = {}
    for code, words in FORMS.items():
        for word in words:
            form = _Form(code, 0, word in EVERYDAY, word not in NOT_ALONE)
            forms[word] = forms[without_accents(word)] = form
    for code, words in ABBREVIATIONS.items():
        for word in words:
            capitals = re.match(r"[A-Z. ]*[A-Z.]", word)
            forms[word.lower()] = _Form(code, capitals.end() if capitals else 0, False, True)
    return forms


_FORMS = _forms()


def _spaced(pattern: str) -> str:
    """A space may be a hyphen, and a hyphen stand at the end of a line."""
    return pattern.replace("\\ ", "(?: |-|- )")


# A pattern that begins with plain letters is found fast: what stands before is looked at after.
# Nothing but words and a number's sign stands between a head and its first digit.
_HEAD = re.compile(
    rf"(?:{_spaced(any_of(form for form in _FORMS if len(form) > 1))})(?![^\W_])(?!['-])(?=[^\d\n]{{0,70}}+\d)"
    rf"|[{''.join(form for form in _FORMS if len(form) == 1)}](?= ?(?:n[^\d ]{{1,3}} ?)?\d)"
)
_NOT_YET = re.compile(
    rf"(?:{any_of(NOT_YET)}) ?(?:la |el |l')?(?:{any_of(ISSUERS_BEFORE)}|)(?<=[ '\w]) ?"
)

_YEAR = r"(?P<year>(?:1[89]|20)\d\d|[5-9]\d|[0-2]\d)(?![^\W_]|/|\.\d)"
_FULL_YEAR = r"(?P<year>(?:1[89]|20)\d\d)(?![^\W_]|/|\.\d)"
_DIGITS = r"(?P<number>\d{1,2}\.\d{3}|\d{1,5})"
_NO = r"(?: ?(?:núms?\.?|nums?\.?|números?|nº|n\.º|n\.o|n°|n\.°|n\.|nos?\.?|numbers?)(?= ?\d))?"
_NUMBER = re.compile(rf"(?: de)?{_NO} ?{_DIGITS} ?/ ?{_YEAR}")
_MINISTERIAL = re.compile(rf"(?: de)?{_NO} ?(?P<number>[a-z]{{2,5}}/\d{{1,5}})/{_FULL_YEAR}")
_MORE = r"(?:,? (?:i|y|e|o|u|and|or|així com|así como)(?: (?:la|el|l'|the|de la|del))?|,) ?"
_MORE_NUMBER = re.compile(rf"{_MORE}{_NO} ?{_DIGITS} ?/ ?{_FULL_YEAR}")
_MORE_MINISTERIAL = re.compile(rf"{_MORE} ?(?P<number>[a-z]{{2,5}}/\d{{1,5}})/{_FULL_YEAR}")

_EU = r"(?:ue|eu|ceea?|ce|ec|eec|euratom)"
_EU_SIGN = re.compile(rf" ?(?:\({_EU}(?:, ?euratom)?\)|{_EU}(?= )|europe(?:u|o|a)(?= \d))")
_EU_NUMBER = re.compile(
    rf"(?P<no>{_NO}) ?(?P<first>\d{{1,4}}) ?/ ?(?P<second>\d{{1,4}})(?P<sign>/{_EU})?(?![^\W_]|/)"
)
_MORE_EU_NUMBER = re.compile(
    rf"{_MORE}(?P<no>{_NO}) ?(?P<first>\d{{1,4}}) ?/ ?(?P<second>\d{{1,4}})(?P<sign>/{_EU})?(?![^\W_]|/)"
)
_EU_BODY = (
    r",? (?:del parlament europeu i del consell|del parlamento europeo y del consejo|"
    r"of the european parliament and of the council|del consell|del consejo|of the council|"
    r"de la comissió|de la comisión|of the commission)(?=,? (?:de |d'|of )\d)"
)

_MONTHS = any_of(MONTHS)
_DAY = r"(?P<day>\d{1,2})(?:\.?º|er|r|st|nd|rd|th|è)?"
_WRITTEN = r"(?P<said>(?:1[89]|20)\d\d)"
_DATE = re.compile(
    r"(?=[ ,(]{1,4}[\dabdefjmnost])"  # cheap: most of what follows a number is no date
    r" ?(?P<open>\()?(?:,? ?)?(?:(?:ambdues|totes dues|ambdós|ambas|ambos|both) )?"
    r"(?:de dia |de día |del dia |del día |de data |de fecha |del |de |d' ?|of |on |dated )?"
    rf"(?:{_DAY} (?:de |d' ?|of )?(?P<month>{_MONTHS})(?:,? (?:de |del |de l'any |del año )?{_WRITTEN}(?![^\W_]))?"
    rf"|(?P<month_first>{_MONTHS}) (?P<day_second>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<said_last>(?:1[89]|20)\d\d)(?![^\W_]))?)"
    rf"{WORD_AFTER}(?P<close>\))?"
)
_AGENDA = re.compile(r" del d[ií]a")

_OF = rf"(?:{any_of(OF_THE)})"
_NAMES = any_of(
    {form for names in ISSUERS.values() for name in names for form in (name, without_accents(name))}
)
_INSTITUTION = (
    r"(?:generalitat|parlament|parlamento|parliament|govern|gobierno|government|junta|"
    r"comunitat autònoma|comunidad autónoma|autonomous community)"
)
_OF_OWNER = rf"{_OF} ?(?:{_INSTITUTION} {_OF} ?)?"
_OWNER = re.compile(rf" (?:{_OF_OWNER})?(?P<name>{_NAMES}){WORD_AFTER},?(?= |/)")
_BEFORE_DATE = re.compile(rf",? {_OF_OWNER}(?:{_NAMES}){WORD_AFTER}|{_EU_BODY}")
_GOES_ON = re.compile(r" ?[ ,(]{1,3}[\dabdefijmnostuy]|,")
"""Cheap: most of what follows a number is neither a date nor another number."""
_TOWN_BODY = re.compile(
    rf",? (?:{_OF}) ?(?:senyor |señor |sr\. )?(?:{any_of(NO_NORM_OF)}){WORD_AFTER}"
)
_BODY = re.compile(
    rf" (?:{_OF}) ?(?:{any_of(BODIES)}){WORD_AFTER}[^\d.;:()\n]{{0,60}}?(?=,? (?:de |d'|del )\d)"
)
_SAYS_MORE = re.compile(rf",? (?:{_OF})")
_BEFORE_ONE_LETTER = (
    *("la ", "el ", "del ", "al ", "pel ", "l'", "(", "the ", "[", "**", "esmentada ", "citada "),
    *("els ", "les ", "dels ", "los ", "las ", "segons ", "según ", "by ", "under "),
)
_TITLE = re.compile(
    r" ?\((?:de |d')?|,? (?:d'|de |del |of |on |for |per |para |por |pel |que |sobre |relativ|reguladora|[^.;:\n(]{0,12}$)[^.;:\n(]*"
)
_SENTENCE_END = re.compile(r"\n|\. (?<!art\. )(?<!arts\. )(?<!núm\. )")

_ISSUER_NAMES = {
    form: code
    for code, names in ISSUERS.items()
    for name in names
    for form in (name, without_accents(name))
}
_ADJECTIVES = tuple(word + " " for word in ISSUERS_BEFORE)
_ISSUER = WordFinder(_ISSUER_NAMES)
_PAST = WordFinder(PAST)

_Numbered = tuple[str | None, int, int, int]
"""Number, year, and where each begins and ends, in the normalised text."""


_FULL_YEAR_ANYWHERE = re.compile(r"(?:1[89]|20)\d\d")


def may_cite(text: str) -> bool:
    """Whether a text can have a citation at all, told at the price of a few searches.

    A citation has a number with a slash (``8/2020``) or a date with its year (``3 de juny de
    2020``). A soft hyphen may stand within either.
    """
    if "/" in text or "\u00ad" in text:
        return True
    may_have_year = "20" in text or "19" in text or "18" in text
    return may_have_year and bool(_FULL_YEAR_ANYWHERE.search(text))


def citations(text: str) -> Iterator[Citation]:
    """The citations of norms in a text, in order; those in code and web addresses are left out.

    Types, jurisdictions and numbers are those of ELI (Spanish technical specification, elidata.es).
    """
    if not may_cite(text):
        return
    normal = NormalisedText(text)
    reader = _Reader(normal)
    skip = Skipped(normal.lowered)
    lowered = normal.lowered
    heads = _HEAD.finditer(lowered)
    head = next(heads, None)
    while head is not None:
        following = next(heads, None)
        start = head.start()
        if start >= reader.done and not skip.covers(start) and _is_word(lowered, start):
            limit = following.start() if following else len(lowered)
            yield from reader.read(start, head.end(), _form(head[0]), limit)
        head = following


def _is_word(lowered: str, start: int) -> bool:
    before = lowered[start - 1] if start else " "
    return not (before.isalnum() or before in "/-")


def _form(words: str) -> _Form:
    return _FORMS.get(words) or _FORMS[words.replace("- ", " ").replace("-", " ")]


class _Reader:
    """Reads one head after another, and what follows each."""

    def __init__(self, normal: NormalisedText) -> None:
        self.normal, self.lowered = normal, normal.lowered
        self.done = 0
        """Where the last link ends, in the normalised text."""

    @cached_property
    def before(self) -> dict[int, Chain]:
        """The provisions named before what begins at an offset."""
        return provisions_before(self.normal, _HEAD)

    @cached_property
    def taken(self) -> set[int]:
        """Where those begin: they are not of the norm before them."""
        return {chain.phrases[0][0] for chain in self.before.values()}

    @cached_property
    def not_yet(self) -> set[int]:
        """Where the names of bills begin."""
        return {
            found.end()
            for found in _NOT_YET.finditer(self.lowered)
            if _is_word(self.lowered, found.start())
        }

    def read(self, start: int, end: int, form: _Form, limit: int) -> list[Citation]:
        """The citations that a head begins; ``limit``: where the next head is."""
        if form.capitals and not self.is_abbreviation(start, form):
            return []
        code, lowered = form.code, self.lowered
        if code in EUROPEAN:
            return self.european(start, end, code, limit)
        issuer = None
        first = (
            _NUMBER.match(lowered, end)
            or (code == "o" and _MINISTERIAL.match(lowered, end))
            or None
        )
        if first is None and (owner := _OWNER.match(lowered, end)):
            issuer, end = _ISSUER_NAMES[owner["name"]], owner.end()
            first = _NUMBER.match(lowered, end)
        if start in self.not_yet:
            return []
        if first is None:
            return self.by_date(start, end, form, issuer, limit)
        if form.capitals == 1 and len(first["year"]) < 4:
            return []
        numbers, dates, position = self.numbers(first, code)
        if (form.everyday or code == "d") and _TOWN_BODY.match(lowered, position):
            return []
        is_dated = any(dates) or (position > first.end() and len(numbers) == 1)
        if not is_dated and not self.is_plain(start, position, form):
            return []
        return self.cite(start, numbers, dates, position, code, issuer, limit)

    def is_abbreviation(self, start: int, form: _Form) -> bool:
        """Written in capitals, and not the end of another one."""
        return (
            self.normal.cased[start : start + form.capitals].isupper()
            and self.lowered[start - 1 : start] != "."
        )

    def is_plain(self, start: int, end: int, form: _Form) -> bool:
        """Whether a number without a date is a norm's, after such a word."""
        lowered = self.lowered
        if form.capitals == 1:
            begins = start == 0 or lowered[start - 1] == "\n"
            return begins or lowered.endswith(_BEFORE_ONE_LETTER, 0, start) or start in self.before
        if not form.everyday or start in self.before:
            return True
        if not self.normal.cased[start].isupper():
            return False
        return form.code != "res" or not _SAYS_MORE.match(lowered, end)

    def numbers(
        self, found: re.Match[str], code: str
    ) -> tuple[list[_Numbered], list[datetime.date | None], int]:
        """All the numbers, a date for each, and where the last of them ends."""
        lowered = self.lowered
        numbers: list[_Numbered] = []
        dates: list[datetime.date | None] = []
        undated = 0
        more: re.Match[str] | None = found
        while more:
            numbers.append(_numbered(more))
            dates.append(None)
            position = more.end()
            if not _GOES_ON.match(lowered, position):
                break
            if date := self.date(position):
                # ``(23 October, on water)``: the date is read, the parenthesis is not of the norm.
                position = position if date["open"] and not date["close"] else date.end()
                self.share(date, numbers, dates, undated)
                number, year, begins, _ = numbers[-1]
                numbers[-1] = (number, year, begins, position)
                undated = len(numbers)
            more = _MORE_NUMBER.match(lowered, position)
            if more is None and code == "o":
                more = _MORE_MINISTERIAL.match(lowered, position)
        return numbers, dates, position

    def date(self, position: int) -> re.Match[str] | None:
        """A date here, perhaps after the words that say whose norm it is."""
        following = self.lowered[position : position + 1]
        if following not in {" ", ",", "("}:
            return None
        found = _DATE.match(self.lowered, position)
        if found is None:
            owner = _BEFORE_DATE.match(self.lowered, position)
            found = _DATE.match(self.lowered, owner.end()) if owner else None
        return self.bare(found) if found else None

    def bare(self, found: re.Match[str]) -> re.Match[str] | None:
        """The date, but for a parenthesis that it closes and did not open, or the other way."""
        if found["close"] and not found["open"]:
            return _DATE.match(self.lowered, found.start(), found.end() - 1)
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
        day = _day(date, last)
        for index in range(undated, len(numbers)):
            if numbers[index][1] == last:
                dates[index] = day

    def european(self, start: int, end: int, code: str, limit: int) -> list[Citation]:
        """``Reglament (UE) 2016/679``: the year first, and in older regulations last."""
        sign = _EU_SIGN.match(self.lowered, end)
        found = _EU_NUMBER.match(self.lowered, sign.end() if sign else end)
        if found is None or start in self.not_yet:
            return []
        if not (sign or found["sign"] or self.lowered.endswith(("eu ", "ec "), 0, start)):
            return []
        numbers: list[_Numbered] = []
        dates: list[datetime.date | None] = []
        more: re.Match[str] | None = found
        position = found.end()
        while more:
            number, year = _european(code, more)
            if year is None:
                break
            position = more.end()
            date = self.date(position)
            position = date.end() if date else position
            numbers.append((number, year, more.start("first"), position))
            dates.append(_day(date, year) if date else None)
            more = _MORE_EU_NUMBER.match(self.lowered, position)
        return self.cite(start, numbers, dates, position, code, None, limit) if numbers else []

    def by_date(
        self, start: int, end: int, form: _Form, issuer: str | None, limit: int
    ) -> list[Citation]:
        """``Resolució de 3 de juny de 2020``: no number, and the year said."""
        lowered = self.lowered
        capital = self.normal.cased[start].isupper()
        if form.capitals == 1 or not (capital or form.alone) or _AGENDA.match(lowered, end):
            return []
        if form.code in {"o", "res"} and capital and (body := _BODY.match(lowered, end)):
            end = body.end()
        date = _DATE.match(lowered, end)
        found = self.bare(date) if date else None
        year = found and (found["said"] or found["said_last"])
        if found is None or year is None or _TOWN_BODY.match(lowered, found.end()):
            return []
        numbers: list[_Numbered] = [(None, int(year), start, found.end())]
        return self.cite(start, numbers, [_day(found, 0)], found.end(), form.code, issuer, limit)

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
        jurisdiction = "es" if code in STATE else "eu" if code in EUROPEAN else None
        issuer = issuer or self.issuer(start, end, limit)
        before = self.before.get(start)
        if before and before.phrases[0][0] < self.done:
            before = None
        after = provisions_after(normal, end, self.taken)
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
                    self.is_past(link_start, link_end),
                )
            )
        self.done = link_end
        return cited

    def issuer(self, start: int, end: int, limit: int) -> str | None:
        """Whose norm the title says it is, or what stands right before the head."""
        if self.lowered.endswith(_ADJECTIVES, max(0, start - 20), start):
            return next(
                c for w, c in ISSUERS_BEFORE.items() if self.lowered.endswith(w + " ", 0, start)
            )
        title_end = max(end, min(limit, end + TITLE))
        name = next(_ISSUER.all(self.lowered, start, title_end), None)
        if name is None:
            return None
        is_within = name.start() < end
        if is_within or _TITLE.fullmatch(self.lowered, end, name.start()):
            return _ISSUER_NAMES[name[1]]
        return None

    def is_past(self, start: int, end: int) -> bool:
        """Whether words of the same sentence close by say so: the nearest, for the others are
        beyond it."""
        lowered = self.lowered
        before = after = None
        for word in _PAST.all(lowered, max(0, start - CLOSE), end + CLOSE):
            if word.start() >= end:
                after = word.start()
                break
            before = word.start()
        if before is not None and (
            before >= start or not _SENTENCE_END.search(lowered, before, start)
        ):
            return True
        return after is not None and not _SENTENCE_END.search(lowered, end, after)


def _numbered(found: re.Match[str]) -> _Numbered:
    written, number = found["year"], found["number"]
    year = int(written)
    if year < 100:
        year += 1900 if year >= 50 else 2000
    if not number.isdecimal():
        number = number.replace(".", "").upper()
    return number.lstrip("0") or "0", year, found.start("number"), found.end()


def _european(code: str, found: re.Match[str]) -> tuple[str, int | None]:
    """Number and year: of regulations, the year was the last until 2015."""
    first, second = found["first"], found["second"]
    last_is_year = len(second) == 4 and int(second) >= 1950
    first_is_year = len(first) == 4 and int(first) >= 1950
    if (
        code == "reg"
        and last_is_year
        and (found["no"] or not (first_is_year and int(first) >= 2015))
    ):
        return first, int(second)
    if first_is_year:
        return second, int(first)
    if len(first) == 2 and int(first) >= 50:
        return second, 1900 + int(first)
    return first, int(second) if last_is_year else None


def _day(found: re.Match[str], year: int) -> datetime.date | None:
    """The day said, if there is one: not the 31st of February."""
    said = found["said"] or found["said_last"]
    month = found["month"] or found["month_first"]
    day = found["day"] or found["day_second"]
    try:
        return datetime.date(int(said or year), MONTHS[month], int(day))
    except ValueError:
        return None
