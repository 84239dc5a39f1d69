"""The tables of patterns in packs -> what ``patterns`` reads texts with. docs/packs.md says what
stands in a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from .normalised_text import lower
from .pattern_language import EVERY_LANGUAGE, CitationLanguage, Table
from .templates import Template, spellings
from .word_patterns import WordFinder, any_of

_DIGIT = re.compile(r"\d")
_ODD = re.compile("[\u00ad\u00a0\u202f\u2009\u2010-\u2015\u0300-\u036f\u0130]")


@dataclass(frozen=True)
class Head:
    """What a word means that names a kind of norm, or one norm.

    ``capitals``: which of its first letters are capitals in a text too; ``name``: of a norm with a
    name; ``ending``: whether it is the end of a word (``-gesetz``), which is then the name;
    ``defined``: whether it stands for a norm cited before (*the Act*).
    """

    type: str
    jurisdiction: str | None
    templates: tuple[Template, ...]
    language: CitationLanguage
    capitals: tuple[int, ...] = ()
    inflection: int = 0
    name: str | None = None
    ending: bool = False
    defined: bool = False
    number: str | None = None
    year: int | None = None


@dataclass(frozen=True)
class Patterns:
    """All that norms are found with. ``heads``: their words, in small letters without spaces and
    hyphens; ``short``: what a short name right after a provision may be, by language;
    ``needs_digit``: whether no norm is cited by its name alone."""

    heads: Mapping[str, tuple[Head, ...]]
    short: tuple[Head, ...]
    languages: tuple[CitationLanguage, ...]
    needs_digit: bool

    @cached_property
    def whole(self) -> re.Pattern[str] | None:
        """Finds the heads that are words."""
        words = {word for word, found in self.heads.items() if not all(one.ending for one in found)}
        return _compiled(_any_word(words), r"(?<![^\W_])(?<![/])")

    @cached_property
    def endings(self) -> re.Pattern[str] | None:
        """Finds the heads that are ends of words."""
        words = {word for word, found in self.heads.items() if any(one.ending for one in found)}
        return _compiled(_any_word(words))

    @property
    def past(self) -> list[WordFinder]:
        """Words of each language that say of a norm that it is past."""
        return [language.past for language in self.languages if language.past]

    def may_cite(self, text: str) -> bool:
        """Whether a text can have a citation at all, told by the words in it: most have none. A
        word may be there all the same that is cut, or composed otherwise, than in the tables."""
        if self.short:
            return bool(text)
        lowered = text.lower().replace("\n", " ").replace("\u2019", "'")
        if not self._anywhere.search(lowered):
            return False
        if _ODD.search(text):
            return True
        if self.needs_digit and not _DIGIT.search(text):
            return False
        return any(one and one.search(lowered) for one in (self.whole, self.endings))

    @cached_property
    def _anywhere(self) -> re.Pattern[str]:
        """Finds odd characters, and words within others too: a pattern that begins with letters is
        found fast."""
        words = _any_word({*self.heads})
        return _compiled(words, f"{_ODD.pattern}|") or _ODD


def patterns(citations: Mapping[str, Iterable[Mapping[str, Any]]]) -> Patterns | None:
    """What the tables say that packs have for each language, under ``patterns``; None if there are
    none. Values are texts, as they are written."""
    by_language = {
        lang: [table["patterns"] for table in tables if "patterns" in table]
        for lang, tables in citations.items()
    }
    heads: dict[str, list[Head]] = {}
    short: list[Head] = []
    languages: list[CitationLanguage] = []
    everywhere = by_language.pop(EVERY_LANGUAGE, [])
    for lang, tables in by_language.items():
        if not tables:
            continue
        language = CitationLanguage(lang, [*tables, *everywhere])
        languages.append(language)
        for table in tables:
            for spelling, head in _heads(table, language):
                (heads.setdefault(key(spelling), []) if spelling else short).append(head)
    if not heads and not short:
        return None
    has_names = any(
        group["words"]
        for tables in by_language.values()
        for table in tables
        for group in table.get("names", ())
    )
    return Patterns(
        {word: tuple(found) for word, found in heads.items()},
        tuple(short),
        tuple(languages),
        needs_digit=not has_names,
    )


def key(word: str) -> str:
    """A word as tables are looked up: ``Decreto-Lei`` and ``decreto lei`` are one."""
    return re.sub(r"[ -]+", " ", lower(word)).replace(". ", ".").strip()


def _any_word(words: set[str]) -> str:
    """The pattern of any of these words: a space may be a hyphen, and a dot be followed by a space.
    Empty if there are none."""
    if not words:
        return ""
    pattern = any_of(words).replace(r"\ ", "(?: |-|- | -)").replace(r"\.", r"\. ?")
    return rf"(?:{pattern})(?<! )(?![^\W\d_])(?!-[^\W\d_])"


def _compiled(pattern: str, before: str = "") -> re.Pattern[str] | None:
    return re.compile(before + pattern) if pattern else None


def _heads(table: Table, language: CitationLanguage) -> Iterator[tuple[str, Head]]:
    """The words of a table with what each means; '' for a short name, which has none."""
    groups = [(group, table.get("templates", ())) for group in table.get("norms", ())]
    names = [(group, ["{head}"]) for group in table.get("names", ())]
    for group, usual in (*groups, *names):
        templates = tuple(language.templates(group.get("templates", usual)))
        head = Head(
            group["type"],
            group.get("jurisdiction", table.get("jurisdiction")) or None,
            templates,
            language,
            defined=group.get("defined") == "true",
            number=group.get("number"),
            year=int(group["year"]) if "year" in group else None,
        )
        if any(one.short for one in templates):
            yield "", head
            continue
        is_name = usual == ["{head}"]
        for word in group["words"]:
            for spelling, base in spellings(word.removeprefix("-")):
                first = re.split(r"[ -]", spelling)[0]
                yield (
                    spelling,
                    replace(
                        head,
                        capitals=tuple(at for at, sign in enumerate(first) if sign.isupper()),
                        inflection=len(spelling) - len(base),
                        name=_name(group) if is_name else None,
                        ending=word.startswith("-"),
                    ),
                )


def _name(group: Mapping[str, Any]) -> str:
    """The main name of a norm: the first, without the endings of its cases."""
    return re.sub(r"\[.*?\]", "", str(group.get("name", group["words"][0])))
