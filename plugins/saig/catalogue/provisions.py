"""Provisions of a norm by the names that they are given: ``art. 5.2``, ``disposició addicional 9``,
``5. artikulua``.

Two names of one provision are one to the reader: ``article 5, apartat 2`` is ``art. 5.2``. The words
are those of the site's packs (docs/packs.md), all languages of which count.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from functools import cached_property, lru_cache

from ..citations.tables import Tables
from ..citations.word_patterns import any_of, before_word, one_of, with_plain
from ..languages import sort_key
from ..notes.local_name import every_name
from ..packs.law import Law

KINDS = (
    *("title", "chapter", "article"),
    *("additional", "transitional", "repealing", "final", "annex"),
)
"""In the order in which a norm has them."""

LATIN = [
    "bis",
    "ter",
    "quater",
    "quinquies",
    "sexies",
    "septies",
    "octies",
    "nonies",
    "decies",
    "undecies",
    "duodecies",
    "terdecies",
    "quaterdecies",
    "quindecies",
    "sexdecies",
    "septendecies",
    "octodecies",
    "novodecies",
    "vicies",
]
"""What is put behind a number for what came between it and the next, in their order."""

Key = tuple[str, tuple[str, ...]]
"""Kind of provision, and its number with what is below it: ``("article", ("5", "2"))``."""


def in_one_word(keys: Iterable[Key]) -> str:
    """Provisions in one text without a space, which ``parts_of`` reads."""
    return json.dumps(list(keys), separators=(",", ":")).replace(" ", "\\u0020")


def parts_of(word: str) -> list[Key]:
    """The provisions that ``in_one_word`` wrote."""
    return [(kind, tuple(number)) for kind, number in json.loads(word)]


_Rewriting = tuple[re.Pattern[str], "str | Callable[[re.Match[str]], str]"]


class ProvisionNames:
    """How the packs of a site name provisions."""

    def __init__(self, law: Law) -> None:
        every = {lang: Tables(tables) for lang, tables in law.citations.items()}
        self._tables = Tables(table for tables in every.values() for table in tables)
        self._number_first = [
            tables for tables in every.values() if "true" in tables.words("number_first")
        ]
        self._read: dict[str, tuple[Key, ...]] = {}

    def keys(self, text: str) -> tuple[Key, ...]:
        """The provisions that words name, whatever the language is that they are understood in: a name
        in each language (``LocalName``) is of the same provisions."""
        return next(filter(None, map(self._keys, every_name(text))), ())

    def of(self, provisions: Iterable[str]) -> tuple[tuple[Key, ...], ...]:
        """The same of each."""
        return tuple(map(self.keys, provisions))

    def in_order(self, names: Iterable[str]) -> list[str]:
        """As a norm has them: titles, chapters, articles, then provisions, then annexes; by number,
        not by letters. ``68 bis`` comes after all of 68, and ``68 ter`` after it."""
        return sorted(names, key=self._order)

    def _order(self, name: str) -> tuple[int, list[tuple[int, int, str]], str]:
        found = self.keys(name)
        if not found:
            return (len(KINDS), [], sort_key(name, ""))
        kind, number = found[0]
        return (KINDS.index(kind), [_part(part) for part in number], name)

    def _keys(self, text: str) -> tuple[Key, ...]:
        text = str(text)
        if text not in self._read:
            self._read[text] = self._understood(text)
        return self._read[text]

    def _understood(self, text: str) -> tuple[Key, ...]:
        """The provisions that words name, each as its kind and the parts of its number.

        ``articles 5.2 i 7`` names two, ``arts. 35 a 37`` three, ``annexos II i III`` two. What stands in
        brackets at the end makes it a part of the provision: ``art. 7.1 (incís segon)``. What is not
        understood gives none.
        """
        if part := _PART.fullmatch(text):
            return tuple(
                (kind, (*number, part["part"])) for kind, number in self._keys(part["whole"])
            )
        plain = self._roman.sub(
            lambda found: str(_number(found[0])), text.replace("’", "'")
        ).lower()
        for pattern, written in self._rewritten:
            plain = pattern.sub(written, plain)
        found: list[Key] = []
        kind, through = "", False
        for token in self._token.finditer(plain):
            if token["kind"]:
                kind, through = self._kinds[token["kind"]], False
            elif token["through"]:
                through = True
            elif kind and token["number"]:
                number = tuple(re.split(r"[. ]", token["number"]))
                if through and found:
                    found += _between(found[-1], (kind, number))
                found.append((kind, number))
                through = False
        return tuple(found)

    # -- words --------------------------------------------------------------------------------------

    @cached_property
    def _own(self) -> Tables:
        return self._tables.below("provisions")

    def _words(self, *names: str) -> list[str]:
        return with_plain(word.removesuffix(".").lower() for word in self._own.words(*names))

    @cached_property
    def _kinds(self) -> dict[str, str]:
        """The kind that a word names; it is said by itself for one that was rewritten."""
        short = Tables(self._own.below("short"))
        named = {word: kind for kind in KINDS for word in (*self._words(kind), _sign(kind))}
        return named | {word.lower(): kind for kind in KINDS for word in short.words(kind)}

    @cached_property
    def _token(self) -> re.Pattern[str]:
        through = any_of(self._own.words("through"))
        # *29 bis 35* is a range in German: *bis* is of the first number where no other follows.
        both = "|".join(word for word in LATIN if word in self._own.words("through"))
        latin = "|".join(LATIN) if not both else rf"(?!(?:{both}) \d)(?:{'|'.join(LATIN)})"
        return re.compile(
            rf"(?P<kind>(?<!\w)(?:{any_of(self._kinds) or '(?!)'})(?!\w))"
            rf"|(?P<through>\b(?:{through or '(?!)'})\b(?= \d))"
            r"|(?P<number>\b[a-z]{1,2}\d+(?:-\d+)*\b"
            rf"|\b\d+(?:[a-z]\b)?(?:[ .](?:{latin})\b)?(?:\.[a-zí\d]+)*)"
        )

    @cached_property
    def _roman(self) -> re.Pattern[str]:
        """In capitals, as a small ``i`` is Catalan for *and*; in small letters only behind *annex*."""
        behind = "".join(rf"|(?<={re.escape(word)} )[ivxlc]+\b" for word in self._words("annex"))
        return re.compile(rf"(?<![.\w])(?:[IVXLC]+(?![\w)]|\.? ?\d){behind})")

    @cached_property
    def _rewritten(self) -> list[_Rewriting]:
        """One way of writing for each thing: ordinals as digits, what is below an article after a
        point."""
        own = self._own
        ordinals = {
            form: str(number)
            for word, number in own.numbers("ordinals").items()
            for form in with_plain([word])
        }
        ends = one_of(own.words("number_ends"))
        of = before_word([*self._tables.words("of", "of_the"), *own.words("through")])
        part, letter = one_of(self._words("paragraph")), one_of(self._words("letter", "letters"))
        article, title = one_of(self._words("article")), one_of(self._words("title"))
        chapter = one_of(self._words("chapter"))
        found: list[tuple[str, str | Callable[[re.Match[str]], str]]] = [
            (rf"(?<!\w)(?:{one_of(ordinals)})(?!\w)", lambda found: ordinals[found[0]]),
            (rf"(?<=\d)(?:\.?[ªº°]|{ends})(?!\w)", ""),
            (r"§§? ?(?=\d)", f"{_sign('article')} "),
            (rf"(?<!\w)({one_of(own.words('number_starts'))})\*?\.? ?(?=\d)", r"\1"),
            (r"(?<=[\w)]) ?\((\d{1,3}|[a-z]{1,4})\)", r".\1"),
            (rf"^(\d+) ({one_of(self._words('annex'))})$", r"\2 \1"),
            *(one for tables in self._number_first for one in _kinds_behind(tables)),
            (rf"\b{letter} ([a-z])\) {of}(?P<part>{part}) (\d+)", r"\g<part> \3.\1"),
            (rf"\b{part} (\d+)((?:\.[a-z])?) {of}{article} (\d+)", rf"{_sign('article')} \3.\1\2"),
            (rf"\b{chapter} (\d+) {of}{title} (\d+)", rf"{_sign('title')} \2.chapter\1"),
            (rf",? {part}\.? (?=\d)", "."),
            (rf",? {letter}\.? (?=[a-z]\b)", "."),
        ]
        return [(re.compile(pattern), written) for pattern, written in found]


def _kinds_behind(tables: Tables) -> list[tuple[str, str | Callable[[re.Match[str]], str]]]:
    """``45. eta 46. artikuluak`` -> ``article 45 46``: the rewritings of a language that puts a number
    before what it is of."""
    own = tables.below("provisions")
    endings = any_of(tables.words("endings"))
    between = rf"(?:, | {one_of(tables.words('and'))} )"
    number = r"\d+(?:\.\d+)*\.?(?: ?[a-z]\))?"

    def inflected(*names: str) -> str:
        return rf"{any_of(own.words(*names)) or '(?!)'}(?:{endings})?(?!\w)"

    part = rf"(?: (?P<part>\d+|[a-z]\))\.? {inflected('paragraph', 'letter')})?"
    return [
        (
            rf"(?<!\w)(?P<numbers>{number}(?:{between}{number})*) {inflected(kind)}{part}",
            lambda found, kind=kind: _kind_first(kind, found),  # type: ignore[misc]
        )
        for kind in KINDS
    ]


def _kind_first(kind: str, found: re.Match[str]) -> str:
    numbers = re.sub(r"(?<=\d)\.?(?: ?([a-z])\))", r".\1", found["numbers"])
    below = f".{found['part'].rstrip(')')}" if found["part"] else ""
    return f"{_sign(kind)} {re.sub(r'[.](?![a-z0-9])', '', numbers)}{below}"


def _sign(kind: str) -> str:
    """What stands for a kind in a text that was rewritten: no word of a language."""
    return f"{kind}_"


@lru_cache(maxsize=16)
def provision_names(law: Law) -> ProvisionNames:
    """Of the packs of a site, made once in each process."""
    return ProvisionNames(law)


def _between(first: Key, last: Key) -> list[Key]:
    """The provisions of a range, without its ends. What bears a letter, ``37a``, comes behind that
    number; between what has no number, ``L111-1``, nothing is known."""
    begin, end = (re.fullmatch(r"(\d+)([a-z]?)", number) for _, (number, *_) in (first, last))
    if not begin or not end:
        return []
    start, stop = int(begin[1]) + 1, int(end[1]) + bool(end[2])
    return [(first[0], (str(number),)) for number in range(start, min(stop, start + 499))]


_PART = re.compile(r"(?P<whole>[^()]*[^()\s])\s+(?P<part>\([^()]+\))\s*")

_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


def _number(roman: str) -> int:
    values = [_ROMAN_VALUES[letter] for letter in roman.lower()]
    following = [*values[1:], 0]
    return sum(-v if v < n else v for v, n in zip(values, following, strict=True))


def is_within(provision: Key, other: Key) -> bool:
    """Whether a provision is another, or a part of it: 5.2 is within 5."""
    return provision[0] == other[0] and provision[1][: len(other[1])] == other[1]


def _part(part: str) -> tuple[int, int, str]:
    if part.isdigit():
        return (0, int(part), "")
    return (2, LATIN.index(part), "") if part in LATIN else (1, 0, part)
