"""How norms are cited in the languages of a site's packs: their words, as patterns.

All languages of the packs count in all texts. Words are in ``packs/*.yaml`` under ``citations``,
and docs/packs.md says what stands where.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from functools import cached_property, lru_cache

from ..packs.law import NO_LAW, Law
from .by_number import NumberFirst
from .pattern_language import EVERY_LANGUAGE
from .pattern_tables import Patterns, patterns
from .provision_patterns import ProvisionPatterns
from .tables import Tables
from .word_patterns import (
    NEVER,
    WORD_AFTER,
    WordFinder,
    any_of,
    before_word,
    one_of,
    without_accents,
)

YEAR = r"(?P<year>(?:1[89]|20)\d\d|[5-9]\d|[0-2]\d)(?![^\W_]|/|\.\d)"
FULL_YEAR = r"(?P<year>(?:1[89]|20)\d\d)(?![^\W_]|/|\.\d)"
DIGITS = r"(?P<number>\d{1,2}\.\d{3}|\d{1,5})"
LETTERED = rf"(?P<number>[a-z]{{2,5}}/\d{{1,5}})/{FULL_YEAR}"


@dataclass(frozen=True, slots=True)
class CitationForm:
    """What a form means, and how many of its first characters must be capitals."""

    code: str
    capitals: int
    everyday: bool
    alone: bool


@dataclass(frozen=True, slots=True)
class CitedType:
    """What packs know of the citations of a type.

    ``jurisdiction``: whose norm the words of the type say it is. ``towns_have_them``: bodies of
    towns have acts of this name, which are no norms. ``numbers_have_letters``: a number may begin
    with those of a ministry. ``bodies_date_them``: one may be cited by who made it, and its day.
    ``anybody_has_them``: with who made it behind its number, one is no norm. ``numbered_by_year``:
    the year may go before the number.
    """

    jurisdiction: str | None = None
    towns_have_them: bool = False
    numbers_have_letters: bool = False
    bodies_date_them: bool = False
    anybody_has_them: bool = False
    numbered_by_year: bool = False


UNKNOWN_TYPE = CitedType()


class Grammar:
    """The citations that packs know. Each pattern is compiled when it is first asked for."""

    def __init__(self, law: Law) -> None:
        self._citations = law.citations
        self._number_first = {
            lang: tables
            for lang, tables in law.citations.items()
            if any(table.get("number_first") == "true" for table in tables)
        }
        self._tables = Tables(
            table
            for lang, tables in law.citations.items()
            if lang == EVERY_LANGUAGE
            or (lang not in self._number_first and any("forms" in table for table in tables))
            for table in tables
        )

    @cached_property
    def number_first(self) -> list[NumberFirst]:
        """The languages that put the number before the name of the type, as Basque does."""
        jurisdictions = {code: said.jurisdiction for code, said in self.types.items()}
        return [NumberFirst(Tables(one), jurisdictions) for one in self._number_first.values()]

    @property
    def is_empty(self) -> bool:
        """Whether no pack knows how norms are cited."""
        return not (self.forms or self._number_first or self.patterns)

    @cached_property
    def patterns(self) -> Patterns | None:
        """What the packs have for languages that cite by templates; None if there is nothing."""
        return patterns(self._citations)

    @cached_property
    def provisions(self) -> ProvisionPatterns:
        return ProvisionPatterns(self._tables)

    # -- types ----------------------------------------------------------------------------------

    @cached_property
    def forms(self) -> dict[str, CitationForm]:
        """What each form means: words, in any case, and abbreviations, the capitals of which are
        capitals in the text too."""
        tables = self._tables
        everyday, not_alone = tables.words("everyday"), tables.words("not_alone")
        forms: dict[str, CitationForm] = {}
        for code, words in tables.by_code("forms").items():
            for word in words:
                form = CitationForm(code, 0, word in everyday, word not in not_alone)
                forms[word] = forms[without_accents(word)] = form
        for code, words in tables.by_code("abbreviations").items():
            for word in words:
                capitals = re.match(r"[A-Z. ]*[A-Z.]", word)
                forms[word.lower()] = CitationForm(
                    code, capitals.end() if capitals else 0, False, True
                )
        return forms

    def form(self, words: str) -> CitationForm:
        """What a match of ``head`` means."""
        return self.forms.get(words) or self.forms[words.replace("- ", " ").replace("-", " ")]

    @cached_property
    def types(self) -> dict[str, CitedType]:
        """What is known of the citations of types, by their codes."""
        return {
            code: CitedType(
                said.get("jurisdiction"),
                **{name: said.get(name) == "true" for name in TYPE_FLAGS},
            )
            for table in self._tables.below("types")
            for code, said in table.items()
        }

    def type(self, code: str) -> CitedType:
        return self.types.get(code, UNKNOWN_TYPE)

    @cached_property
    def may_mean(self) -> dict[str, frozenset[str]]:
        """Codes of types that are also written for others: ``RDL`` for a royal legislative
        decree."""
        return {
            code: frozenset(said["may_mean"])
            for table in self._tables.below("types")
            for code, said in table.items()
            if "may_mean" in said
        }

    @cached_property
    def head(self) -> re.Pattern[str]:
        """How a citation begins. Letters alone are found fast: what stands before is looked at
        after.

        A space may be a hyphen, and a hyphen stand at the end of a line. Nothing but words and a
        number's sign stands between a head and its first digit.
        """
        long = any_of(form for form in self.forms if len(form) > 1)
        letters = "".join(form for form in self.forms if len(form) == 1)
        spaced = long.replace("\\ ", "(?: |-|- )")
        words = rf"(?:{spaced})(?![^\W_])(?!['-])(?=[^\d\n]{{0,70}}+\d)" if long else NEVER
        return re.compile(words + (rf"|[{letters}](?={self._no} ?\d)" if letters else ""))

    @cached_property
    def bills(self) -> re.Pattern[str]:
        """What stands before the name of a bill, or of a mayor's act, which are no norms."""
        the = before_word(self._words("articles"))
        adjectives = one_of(self.adjectives)
        return re.compile(rf"{one_of(self._words('bills'))} ?{the}?{adjectives}?(?<=[ '\w]) ?")

    # -- numbers --------------------------------------------------------------------------------

    def _words(self, *names: str) -> list[str]:
        return self._tables.words(*names)

    @cached_property
    def _no(self) -> str:
        return rf"(?: ?{one_of(self._words('number'))}(?= ?\d))?"

    @cached_property
    def _before_number(self) -> str:
        return rf"(?: {one_of(self._words('before_number'))})?{self._no} ?"

    @cached_property
    def _more(self) -> str:
        the = before_word(self._words("articles", "of_the"))
        return rf"(?:,? {one_of(self._words('and'))}(?: {the}| )|, ?)"

    @cached_property
    def number(self) -> re.Pattern[str]:
        return re.compile(rf"{self._before_number}{DIGITS} ?/ ?{YEAR}")

    @cached_property
    def more_number(self) -> re.Pattern[str]:
        return re.compile(rf"{self._more}{self._no} ?{DIGITS} ?/ ?{FULL_YEAR}")

    @cached_property
    def lettered(self) -> re.Pattern[str]:
        """``TED/1234/2023``."""
        return re.compile(f"{self._before_number}{LETTERED}")

    @cached_property
    def more_lettered(self) -> re.Pattern[str]:
        return re.compile(f"{self._more} ?{LETTERED}")

    # -- the Union ------------------------------------------------------------------------------

    @cached_property
    def _union(self) -> Tables:
        return self._tables.below("union")

    @cached_property
    def _union_number(self) -> str:
        signs = one_of(self._union.words("signs"))
        return (
            rf"(?P<no>{self._no}) ?(?P<first>\d{{1,4}}) ?/ ?(?P<second>\d{{1,4}})"
            rf"(?P<sign>/{signs})?(?![^\W_]|/)"
        )

    @cached_property
    def union_sign(self) -> re.Pattern[str]:
        """``(UE)`` behind the type."""
        signs, words = one_of(self._union.words("signs")), one_of(self._union.words("words"))
        return re.compile(
            rf" ?(?:\({signs}(?:, ?euratom)?\)|{signs}(?= )|{words}(?= \d))",
        )

    @cached_property
    def union_before(self) -> tuple[str, ...]:
        """``EU`` before the type."""
        return tuple(f"{word} " for word in self._union.words("signs_before"))

    @cached_property
    def union_number(self) -> re.Pattern[str]:
        return re.compile(self._union_number)

    @cached_property
    def more_union_number(self) -> re.Pattern[str]:
        return re.compile(f"{self._more}{self._union_number}")

    # -- dates ----------------------------------------------------------------------------------

    @cached_property
    def months(self) -> dict[str, int]:
        return {
            form: number
            for word, number in self._tables.numbers("months").items()
            for form in (word, without_accents(word))
        }

    @cached_property
    def _dates(self) -> Tables:
        return self._tables.below("dates")

    def _letters(self, *more: str) -> str:
        """What may begin a date, or one of these words: cheap to look for, and mostly not there."""
        words = [*self.months, *self._dates.words("before", "each"), *more]
        return re.escape("".join(sorted({word[0] for word in words})))

    @cached_property
    def date(self) -> re.Pattern[str]:
        dates, months = self._dates, one_of(self.months)
        ends = rf"{one_of(dates.words('day_ends'))}?"
        said = r"(?:1[89]|20)\d\d"
        of_year = f"(?:{one_of(dates.words('of_year'))} )?"
        return re.compile(
            rf"(?=[ ,(]{{1,4}}[\d{self._letters()}])"
            rf" ?(?P<open>\()?(?:,? ?)?(?:{one_of(dates.words('each'))} )?"
            rf"{before_word(dates.words('before'))}?"
            rf"(?:(?P<day>\d{{1,2}}){ends} {before_word(dates.words('of'))}?(?P<month>{months})"
            rf"(?:,? {of_year}(?P<said>{said})(?![^\W_]))?"
            rf"|(?P<month_first>{months}) (?P<day_second>\d{{1,2}}){ends}"
            rf"(?:,? (?P<said_last>{said})(?![^\W_]))?)"
            rf"{WORD_AFTER}(?P<close>\))?"
        )

    @cached_property
    def goes_on(self) -> re.Pattern[str]:
        """Cheap: most of what follows a number is neither a date nor another number."""
        letters = self._letters(*self._words("and", "of", "of_the"))
        return re.compile(rf" ?[ ,(]{{1,3}}[\d{letters}]|,")

    @cached_property
    def no_norm_after(self) -> re.Pattern[str]:
        """``Ordre del dia``."""
        return re.compile(f" {one_of(self._words('no_norm_after'))}")

    # -- whose norm it is -----------------------------------------------------------------------

    @cached_property
    def _of(self) -> str:
        return one_of(self._words("of", "of_the"))

    @cached_property
    def issuers(self) -> dict[str, str]:
        """Words of a title, or right after the type, that say whose norm it is."""
        return {
            form: code
            for code, names in self._tables.by_code("issuers").items()
            for name in names
            for form in (name, without_accents(name))
        }

    @cached_property
    def _of_owner(self) -> str:
        return rf"{self._of} ?(?:{one_of(self._words('institutions'))} {self._of} ?)?"

    @cached_property
    def owner(self) -> re.Pattern[str]:
        names = one_of(self.issuers)
        return re.compile(rf" (?:{self._of_owner})?(?P<name>{names}){WORD_AFTER},?(?= |/)")

    @cached_property
    def before_date(self) -> re.Pattern[str]:
        """Words that say whose norm it is, between number and date."""
        before = before_word(self._dates.words("before"))
        bodies = rf",? {one_of(self._union.words('bodies'))}(?=,? {before}\d)"
        return re.compile(rf",? {self._of_owner}{one_of(self.issuers)}{WORD_AFTER}|{bodies}")

    @cached_property
    def adjectives(self) -> dict[str, str]:
        """``the Catalan Law 12/2017``: words before a type, and whose norm they say that it is."""
        by_code = self._tables.by_code("adjectives")
        return {word: code for code, words in by_code.items() for word in words}

    @cached_property
    def spaced_adjectives(self) -> tuple[str, ...]:
        return tuple(f"{word} " for word in self.adjectives)

    @cached_property
    def issuer(self) -> WordFinder:
        return WordFinder(self.issuers)

    @cached_property
    def title(self) -> re.Pattern[str]:
        """What of a title may stand before the words that say whose norm it is."""
        of, begins = before_word(self._words("of")), before_word(self._words("title"))
        return re.compile(rf" ?\({of}?| ?,? (?:{begins}|[^.;:\n(]{{0,12}}$)[^.;:\n(]*")

    @cached_property
    def town_body(self) -> re.Pattern[str]:
        """``Decret 8/2020, de Batlia``: an act of a town's body."""
        courtesy = rf"(?:{one_of(self._words('courtesy'))} )?"
        bodies = one_of(self._words("town_bodies"))
        return re.compile(rf",? {self._of} ?{courtesy}{bodies}{WORD_AFTER}")

    @cached_property
    def body(self) -> re.Pattern[str]:
        """``del conseller de Turisme``, before a date."""
        before = before_word(self._dates.words("before"))
        return re.compile(
            rf" {self._of} ?{one_of(self._words('bodies'))}{WORD_AFTER}"
            rf"[^\d.;:()\n]{{0,60}}?(?=,? {before}\d)"
        )

    @cached_property
    def says_more(self) -> re.Pattern[str]:
        return re.compile(rf",? {self._of}")

    # -- what stands around ---------------------------------------------------------------------

    @cached_property
    def before_letter(self) -> tuple[str, ...]:
        """What stands before a type of a single letter: in ``vitamina D 3/2020`` there is none."""
        words = self._words("before_letter")
        return "(", "[", "**", *(word if word.endswith("'") else f"{word} " for word in words)

    @cached_property
    def sentence_end(self) -> re.Pattern[str]:
        """A full stop, but for that of an abbreviation."""
        short = [*self._words("number"), *self._tables.below("provisions").words("article")]
        dotted = sorted({word for word in short if word.endswith(".")})
        return re.compile(r"\n|\. " + "".join(rf"(?<!{re.escape(word)} )" for word in dotted))

    @cached_property
    def past(self) -> WordFinder:
        """Words that say of a norm that it is past."""
        others = (
            word for tables in self._number_first.values() for word in Tables(tables).words("past")
        )
        return WordFinder([*self._words("past"), *others])

    def says_past(self, text: str) -> bool:
        """Whether a text says of something that it is past: ``derogat``, ``vigent fins``."""
        lowered = text.lower()
        return next(self._past_anywhere.all(lowered, 0, len(lowered)), None) is not None

    @cached_property
    def _past_anywhere(self) -> WordFinder:
        """The same words of all languages at once."""
        finders = [self.past, *(self.patterns.past if self.patterns else ())]
        return WordFinder(word for finder in finders for word in finder.words)


TYPE_FLAGS = tuple(field.name for field in fields(CitedType) if field.name != "jurisdiction")


NO_GRAMMAR = Grammar(NO_LAW)
"""By which nothing is cited."""


@lru_cache(maxsize=16)
def grammar_of(law: Law) -> Grammar:
    """The grammar of a site's packs, made once in each process."""
    return Grammar(law)
