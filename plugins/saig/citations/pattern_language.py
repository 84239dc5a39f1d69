"""What the tables of one language say together, of whatever packs they are: how a language says
*article*, *repealed* or *draft* does not depend on whose norm it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from ..languages import locale
from ..packs.load import EVERY_LANGUAGE as EVERY_LANGUAGE
from .normalised_text import lower
from .pattern_provisions import ProvisionWords
from .templates import PARTS, Template, date, number_sign, spellings
from .word_patterns import NEVER, WordFinder, any_of

Table = Mapping[str, Any]
"""What a pack has under ``citations: <language>: patterns``, as it is written."""


class CitationLanguage:
    """What holds for all norms that are cited in one language. Patterns are compiled when they are
    first asked for: most sites' texts cite in few of the languages that their packs know."""

    def __init__(self, code: str, tables: Sequence[Table]) -> None:
        self.code, self._tables = code, tables
        self._templates: dict[str, Template] = {}

    def templates(self, written: str | Sequence[str]) -> Iterator[Template]:
        """Templates with the placeholders of this language, which are written out or named as a
        table names them under ``ways``."""
        if isinstance(written, str):
            written = next(
                (t["ways"][written] for t in self._tables if written in t.get("ways", ())), ()
            )
        for text in written:
            if text not in self._templates:
                self._templates[text] = Template(text, lambda: self._parts)
            yield self._templates[text]

    def _words(self, name: str) -> list[str]:
        return [word for table in self._tables for word in table.get(name, ())]

    def _any(self, name: str) -> str:
        return any_of(map(lower, self._words(name))).replace(r"\ ", " ") or NEVER

    @cached_property
    def provisions(self) -> ProvisionWords:
        return ProvisionWords(self._words, is_bare=bool(self._words("bare")))

    @cached_property
    def months(self) -> dict[str, int]:
        """The names of months: CLDR's, and those of the tables."""
        own = [table.get("months", {}).items() for table in self._tables]
        return _months(self.code) | {
            lower(word): int(number) for months in own for number, words in months for word in words
        }

    @cached_property
    def issuers(self) -> dict[str, str]:
        """Codes of jurisdictions by their names."""
        own = [table.get("issuers", {}).items() for table in self._tables]
        return {lower(name): code for issuers in own for code, names in issuers for name in names}

    @cached_property
    def adjectives(self) -> dict[str, str]:
        """Codes of jurisdictions by what stands before a norm: ``Bayerischen`` Bauordnung."""
        own = [table.get("adjectives", {}).items() for table in self._tables]
        return {
            f"{lower(spelling)} ": code
            for adjectives in own
            for code, words in adjectives
            for word in words
            for spelling, _ in spellings(word)
        }

    @cached_property
    def past(self) -> WordFinder | None:
        """Words that say of a norm that it is past."""
        words = self._words("past")
        return WordFinder(map(lower, words)) if words else None

    @cached_property
    def title_words(self) -> frozenset[str]:
        """Words in small letters that may stand in the title of a norm."""
        return frozenset(map(lower, self._words("in_titles")))

    @cached_property
    def not_titles(self) -> frozenset[str]:
        """Words that begin no title, though they may have a capital."""
        return frozenset(map(lower, self._words("not_titles"))) | self.title_words

    @cached_property
    def sentence_end(self) -> re.Pattern[str]:
        """An empty line, or a full stop that is not an abbreviation's, before a letter."""
        short = {lower(w) for name in ("units", "parts", "numbers") for w in self._words(name)}
        dotted = sorted(word for word in short if word.endswith("."))
        known = "".join(rf"(?<!{re.escape(word)} )" for word in dotted)
        return re.compile(rf"\n|(?<!\W\w)(?<!\W\w\w)[.!?;] {known}(?=[^\W\d_])")

    @cached_property
    def not_after(self) -> tuple[str, ...]:
        """Behind these words no norm is named, but a draft, or a page of a gazette."""
        return tuple(lower(word) + " " for word in self._words("not_after"))

    @cached_property
    def not_before(self) -> re.Pattern[str] | None:
        """Before these words neither, but an act of a town's body."""
        if not self._words("not_before"):
            return None
        of = f"(?:{self._any('of')} ?)?"
        return re.compile(rf",? ?{of}{self._any('not_before')}(?![^\W_])")

    @cached_property
    def _parts(self) -> Mapping[str, str]:
        """The patterns of placeholders."""
        lists: dict[str, list[str]] = {}
        for table in self._tables:
            for name, words in table.get("lists", {}).items():
                lists.setdefault(name, []).extend(map(lower, words))
        return {
            **PARTS,
            **{name: any_of(words) for name, words in lists.items()},
            "no": number_sign(self._words("numbers")),
            "date": date(self.months),
            "issuer": rf"(?:{any_of(self.issuers) or NEVER})(?![^\W_])",
            "further": rf"(?:,? {self._any('and')}|,) ?(?:{self._any('of')} )?",
        }


def _months(lang: str) -> dict[str, int]:
    """The names of months that CLDR has for a language; none if it does not know it."""
    try:
        months = locale(lang).months
    except ValueError:
        return {}
    return {
        re.sub(r"^(?:de |d['’])", "", lower(name)): number
        for form in ("format", "stand-alone")
        for number, name in months[form]["wide"].items()
    }
