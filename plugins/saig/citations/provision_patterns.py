"""The patterns of provisions: ``article 5.2``, ``disposició addicional novena``."""

from __future__ import annotations

import re
from functools import cached_property

from ..regexes import regex
from .latin import LATIN
from .tables import Tables
from .word_patterns import WORD_AFTER, any_of, before_word, one_of, with_plain

KINDS = ("additional", "transitional", "repealing", "final")
"""Of provisions that are no articles."""


class UnitPattern:
    """A pattern of units, by how it begins and how it goes on. The whole takes long to compile, so
    it is only asked where a text has something that begins so."""

    def __init__(self, first: str, rest: str) -> None:
        self._first = re.compile(first)
        self._whole = regex(first + rest)

    def match(self, text: str, start: int) -> re.Match[str] | None:
        return self._whole.match(text, start) if self._first.match(text, start) else None


class ProvisionPatterns:
    """How languages name provisions, from their ``tables``. Compiled when first asked for."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._own = tables.below("provisions")

    def _any(self, *names: str) -> str:
        return one_of(with_plain(self._own.words(*names)))

    @cached_property
    def _of(self) -> str:
        return before_word(self._tables.words("of", "of_the"))

    def unit(self, text: str, start: int) -> re.Match[str] | None:
        """One unit that begins here: ``article 5.2``, ``lletra a)``, ``disposició addicional
        novena``, ``annex II``."""
        found = (pattern.match(text, start) for pattern in self._units)
        return next(filter(None, found), None)

    @cached_property
    def _units(self) -> list[UnitPattern]:
        own, any_ = self._own, self._any
        # One number: 5.2, 29 bis, 9.2.a), 5(2), 9a, 1.º
        bis = self._bis
        sub = rf"(?:\.(?:\d{{1,3}}|[a-z](?:\)|{WORD_AFTER})))*+"
        item = (
            rf"\d{{1,4}}+(?!\d| ?/)(?:\.?[ºª]|{one_of(own.words('number_ends'))}{WORD_AFTER})?{sub}"
            rf"(?:\([\da-z]{{1,3}}\))*+{bis}{sub}(?: ?[a-z]\))?"
        )
        # Several: 5.2 i 7; 35 a 48
        and_ = one_of(self._tables.words("and"))
        join = rf"(?:,? (?:{and_}|{one_of(own.words('through'))}) |, ?| ?- ?)"
        following = rf"(?:,? {one_of(own.words('following'))})?"
        items = rf"{item}(?:{join}(?:{item}|[a-z]\))){{0,40}}+{following}"
        ordinal = self._ordinal
        nth = rf"(?:{items}|{ordinal})"
        in_list = rf"(?:,| {one_of(own.words('and'))})"
        letter = (
            rf"(?:{any_('letter')} [a-zñç](?:\)|(?=[ ,.;]|$))"
            rf"|{any_('letters')} [a-zñç]\)(?:{in_list} [a-zñç]\))*+)"
        )
        part, annex = any_("paragraph"), any_("annex")
        kind = any_(*KINDS)
        articles = one_of(
            with_plain(word for word in own.words("article") if not word.endswith("."))
        )
        title = any_("title", "chapter", "section")
        before_name = rf"(?:{ordinal} )?{kind} "
        patterns = (
            (any_("article"), rf" ?{items}(?:,? {part} {nth})?(?:,? {letter})?"),
            (articles, f" {ordinal}"),
            (part, f" {nth}"),
            (f"(?={any_('letter', 'letters')})", letter),
            (any_("provision"), rf" {kind}{WORD_AFTER}(?: {nth}(?:{in_list} {ordinal})*+)?"),
            (before_name, rf"{any_('named_provision')}{WORD_AFTER}(?: {items})?"),
            (f"(?P<capitals>{self._short})", f" ?{nth}"),
            (annex, rf"{WORD_AFTER}(?: (?:(?P<roman>[ivxlc]+){WORD_AFTER}{bis}|{items}))?"),
            (title, rf" (?:(?P<numeral>[ivxlc]+){WORD_AFTER}{bis}|{nth})"),
        )
        return [UnitPattern(rf"(?<![^\W_])(?:{first})", rest) for first, rest in patterns]

    @property
    def _ordinal(self) -> str:
        own = self._own
        words = self._any("ordinals", "ordinals_too")
        tens = any_of(with_plain(own.words("tens")))
        tens = f"{tens}(?: ?{words})?|" if tens else ""
        return rf"(?:{tens}{words}){WORD_AFTER}{self._bis}"

    @property
    def _bis(self) -> str:
        latin = one_of(with_plain([*LATIN, *self._own.words("latin")]))
        return rf"(?:[ .]?{latin}{WORD_AFTER})?"

    @property
    def _short(self) -> str:
        """``DA`` is ``D.A.`` too."""
        short = self._own.words("short")
        return "|".join(r"\.?".join(word.lower()) + r"\.?" for word in short) or "(?!)"

    @cached_property
    def starts(self) -> re.Pattern[str]:
        """How a unit begins in words: a pattern of letters alone is found fast."""
        names = ("article", "paragraph", "letter", "letters", "provision", "annex")
        words = {*with_plain(self._own.words(*names, "title", "chapter", "section"))}
        for table in self._own:
            one = Tables([table])
            if named := one.words("named_provision"):
                kinds = one.words(*KINDS)
                words |= {f"{kind} {name}" for kind in kinds for name in named}
                words |= {*one.words("ordinals")}
        first = [w for w in words if not any(w != o and w.startswith(o) for o in words)]
        return re.compile(one_of(first))

    @cached_property
    def short_starts(self) -> re.Pattern[str]:
        """The same of what is written in capitals."""
        short = self._own.words("short")
        pattern = "|".join(r"\.?".join(word) + r"\.?" for word in short)
        return re.compile(rf"(?:{pattern}) ?[\dA-Za-z]" if pattern else "(?!)")

    @cached_property
    def of(self) -> re.Pattern[str]:
        return re.compile(f",? {self._of}")

    @cached_property
    def and_(self) -> re.Pattern[str]:
        and_ = one_of(self._own.words("and"))
        the = before_word(self._tables.words("articles", "of_the"))
        return re.compile(rf"(?:,? {and_} |, ){the}?")

    @cached_property
    def to_norm(self) -> re.Pattern[str]:
        """Between a provision and the norm that it is of: ``article 5 de l'esmentada Llei``."""
        of = one_of(self._tables.words("of", "of_the"))
        return re.compile(
            rf"(?:,? {of})? ?(?:{one_of(self._tables.words('aforesaid'))} )?",
        )

    @cached_property
    def after_norm(self) -> re.Pattern[str]:
        after = self._own.words("after")
        the = before_word(self._tables.words("articles"))
        begins = f"{self._any('article')}|{before_word(after)}"
        return re.compile(
            rf"(?P<open>,? \(| ?, | (?={begins})){before_word([*after, 'a'])}?{the}?",
        )
