"""Parses the names of provisions: ``art. 5.2``, ``disposició addicional 9``, ``5. artikulua``.

Different names of one provision give one key: ``article 5, apartat 2`` is ``art. 5.2``. The words
are those of the site's packs in all their languages (docs/packs.md).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from functools import cache, cached_property, lru_cache

from ..citations.latin import LATIN
from ..citations.normalised_text import NormalisedText
from ..citations.tables import Tables
from ..citations.word_patterns import any_of, before_word, one_of, with_plain
from ..languages import sort_key
from ..notes.local_name import every_name
from ..packs.law import Law
from .provision_keys import (
    Key,
    Number,
    NumberOrder,
    between,
    leading_number,
    named,
    order_of_number,
)

KINDS = (
    *("title", "chapter", "article"),
    *("additional", "transitional", "repealing", "final", "annex"),
)
"""The kinds, in the order in which a norm has them."""


def in_one_word(keys: Iterable[Key]) -> str:
    """Encode provisions as one text without spaces, for ``parts_of``."""
    return json.dumps(list(keys), separators=(",", ":")).replace(" ", "\\u0020")


def parts_of(word: str) -> list[Key]:
    """Decode the provisions that ``in_one_word`` encoded."""
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
        self._keys = cache(self._understood)

    def keys(self, text: str) -> tuple[Key, ...]:
        """The provisions that a name means. A name in several languages (``LocalName``) means the
        same provisions in each, so the first that is understood is used."""
        return next(filter(None, map(self._keys, every_name(text))), ())

    def of(self, provisions: Iterable[str]) -> tuple[tuple[Key, ...], ...]:
        """The keys of each of these names."""
        return tuple(map(self.keys, provisions))

    def in_order(self, names: Iterable[str]) -> list[str]:
        """The names in the order of a norm: titles, chapters, articles, then provisions, then
        annexes; by number: ``68 bis`` comes after all of 68, and ``68 ter`` after that."""
        return sorted(names, key=self._order)

    def _order(self, name: str) -> tuple[int, NumberOrder, str]:
        found = self.keys(name)
        if not found:
            return (len(KINDS), [], sort_key(name, ""))
        kind, number = found[0]
        return (KINDS.index(kind), order_of_number(number), name)

    def _understood(self, text: str) -> tuple[Key, ...]:
        """The provisions that words name, each as its kind and the parts of its number.

        ``articles 5.2 i 7`` names two, ``annexos II i III`` too. ``arts. 35 a 37`` and ``35-37``
        name three, and what is between the first and the last (``TO``); ``511-1`` is one number.
        Words in brackets at the end name a part of the provision: ``art. 7.1 (incís segon)``. If it
        is not understood, the result is empty.
        """
        if part := _PART.fullmatch(text):
            return tuple(
                (kind, (*number, part["part"])) for kind, number in named(self._keys(part["whole"]))
            )
        plain = NormalisedText(text).cased
        plain = self._roman.sub(lambda found: str(_number(found[0])), plain).lower()
        for pattern, written in self._rewritten:
            plain = pattern.sub(written, plain)
        found: list[Key] = []
        kind, through = "", False
        above: Number = ()
        for token in self._token.finditer(plain):
            if token["kind"]:
                through = through and kind == self._kinds[token["kind"]]
                kind, above = self._kinds[token["kind"]], ()
            elif token["through"]:
                through = True
            elif kind:
                before = found[-1][1] if found else ()
                number, above = _in_list(token["number"], before, above)
                if through and found:
                    found += between(found[-1], (kind, number))
                found.append((kind, number))
                through = False
        return tuple(found)

    # -- words -------------------------------------------------------------------------------------

    @cached_property
    def _own(self) -> Tables:
        return self._tables.below("provisions")

    def _words(self, *names: str) -> list[str]:
        return with_plain(word.removesuffix(".").lower() for word in self._own.words(*names))

    @cached_property
    def _kinds(self) -> dict[str, str]:
        """The kind that a word names; after rewriting a kind stands for itself."""
        short = Tables(self._own.below("short"))
        named = {word: kind for kind in KINDS for word in (*self._words(kind), _sign(kind))}
        return named | {word.lower(): kind for kind in KINDS for word in short.words(kind)}

    @cached_property
    def _token(self) -> re.Pattern[str]:
        through = any_of([*self._own.words("through"), _TO])
        kind = rf"(?<!\w)(?:{any_of(self._kinds) or '(?!)'})(?!\w)"
        the = before_word(self._tables.words("articles"))
        return re.compile(
            rf"(?P<kind>{kind})|(?P<through>\b(?:{through})\b(?=:| (?:{the}?{kind}|:|[a-z]{{0,2}}\d)))"
            rf"|(?P<number>(?:\b[a-z]{{1,2}}\d+(?:-\d+)*\b{_LATER}|\b{_ITEM}|:[a-z\d]+{_LATER})"
            rf"(?:[.:][a-zí\d]+{_LATER})*)"
        )

    @cached_property
    def _roman(self) -> re.Pattern[str]:
        """Capitals, as ``i`` is *and* in Catalan; small letters only after *annex*."""
        behind = "".join(rf"|(?<={re.escape(word)} )[ivxlc]+\b" for word in self._words("annex"))
        return re.compile(rf"(?<![.\w])(?:[IVXLC]+(?![\w)]|\.? ?\d){behind})")

    @cached_property
    def _rewritten(self) -> list[_Rewriting]:
        """Rewritings into one form: ordinals as digits, subdivisions after a point."""
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
        to_next = [*self._tables.words("and"), *own.words("and", "through"), _TO]
        next_ = rf"(?:, | {one_of(to_next)} )"
        # *29 bis 35* is a range in German: *bis* belongs to the first number unless another
        # follows.
        both = one_of(word for word in LATIN if word in own.words("through"))
        latin = rf"({any_of(LATIN)})\b"
        a_letter = rf"[a-z]{_LATER}\)"
        letters = rf"([a-z]{_LATER}\)?(?:{next_}{a_letter})*)"
        items = rf"{_ITEM}(?:[.:][a-z]{_LATER}\)?)?"
        items = rf"({items}(?:{next_}{items}|{next_}{a_letter})*)"
        found: list[tuple[str, str | Callable[[re.Match[str]], str]]] = [
            (rf"(?<!\w)(?:{one_of(ordinals)})(?!\w)", lambda found: ordinals[found[0]]),
            (rf"(?<=\d)(?:\.?[ªº°]|{ends})(?!\w)", ""),
            (r"(?<=\d)-(?=[a-z]\b)", ""),
            (rf"(?<=\d)[ .-]{{0,2}}(?!{both} \d){latin}", lambda found: f"~{LATIN[found[1]]}"),
            (rf"(?<![^\W_])([a-z])(\)?)[ -](?!{both} [a-z]\b){latin}\)?", _latin_of_letter),
            (rf"({a_letter}) ?- ?(?={a_letter})", rf"\1 {_TO} "),
            (r"§§? ?(?=\d)", f"{_sign('article')} "),
            (rf"(?<!\w)({one_of(own.words('number_starts'))})\*?\.? ?(?=\d)", r"\1"),
            (rf"(?<!\w){_DOTTED}(?: ?- ?{_DOTTED})+", _with_hyphens),
            (rf"({next_})\((\d{{1,3}}|[a-z]{{1,4}})\)", r"\1:\2"),
            (r"(?<=[\w)]) ?\((\d{1,3}|[a-z]{1,4})\)", r".\1"),
            (rf"^(\d+) ({one_of(self._words('annex'))})$", r"\2 \1"),
            *(one for tables in self._number_first for one in _kinds_behind(tables)),
            (rf"\b{letter} {letters} {of}({part}) ({_ITEM})", r"\2 \3:\1"),
            (rf"\b{part} {items} {of}{article} ({_ITEM})", rf"{_sign('article')} \2:\1"),
            (rf"\b{letter} {letters} {of}{article} ({_ITEM})", rf"{_sign('article')} \2:\1"),
            (rf"\b{chapter} {items} {of}{title} ({_ITEM})", rf"{_sign('title')} \2.chapter:\1"),
            (rf",? {part}\.? (?=\d)", ":"),
            (rf",? {letter}\.? (?=[a-z]\b)", ":"),
            (rf"({next_})(?={a_letter})", r"\1:"),
        ]
        return [(re.compile(pattern), written) for pattern, written in found]


def _kinds_behind(tables: Tables) -> list[tuple[str, str | Callable[[re.Match[str]], str]]]:
    """``45. eta 46. artikuluak`` -> ``article 45 46``: the rewritings of a language in which
    numbers precede the kind."""
    own = tables.below("provisions")
    endings = any_of(tables.words("endings"))
    between = rf"(?:, | {one_of(tables.words('and'))} )"
    number = rf"{_ITEM}(?:\.\d+)*\.?(?: ?[a-z]\))?"

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
    """The mark of a kind in a rewritten text: not a word of any language."""
    return f"{kind}_"


@lru_cache(maxsize=16)
def provision_names(law: Law) -> ProvisionNames:
    """The names of provisions of a site's packs, cached in each process."""
    return ProvisionNames(law)


_LATER = "(?:~[a-z]+)?"
"""The suffix of a number in a rewritten text: ``68~bis``."""

_ITEM = rf"\d+(?:-\d+)*(?:[a-z]\b)?{_LATER}"

_DOTTED = rf"\d+(?:[a-z]\b)?{_LATER}(?:\.[a-z\d]+{_LATER})*"
"""A number without a hyphen, with its subdivisions."""

_TO = "to_"
"""The mark of a range in a rewritten text."""


def _with_hyphens(found: re.Match[str]) -> str:
    """Numbers joined by hyphens. If they ascend, as in ``35-37`` and ``4.1-3``, they are ranges.
    Otherwise they are one number, as some codes of law have: ``511-1``, and
    ``511-1 - 511-5`` is a range of these."""
    parts = re.split(" ?- ?", found[0])
    if len(parts) == 2 and _ascends(*parts):
        return f" {_TO} ".join(parts)
    if len(parts) == 4 and parts[0] == parts[2] and _ascends(parts[1], parts[3]):
        return f"{'-'.join(parts[:2])} {_TO} {'-'.join(parts[2:])}"
    return "-".join(parts)


def _ascends(first: str, last: str) -> bool:
    begin, end = (tuple(one.replace("~", " ").split(".")) for one in (first, last))
    return order_of_number(begin[-len(end) :]) < order_of_number(end)


def _latin_of_letter(found: re.Match[str]) -> str:
    return f"{found[1]}~{LATIN[found[3]]}{found[2]}"


def _in_list(text: str, before: Number, above: Number) -> tuple[Number, Number]:
    """A number in a list, and the number that it is part of. ``before``: the number before it;
    ``above``: what that was stated to be part of. After a part that was named as such, numbers are
    parts too: after ``article 4, apartat 1`` a ``2`` is 4.2. So it is after ``art. 4.1``."""
    whole, colon, own = text.replace("~", " ").rpartition(":")
    number = tuple(own.split("."))
    if whole:
        above = tuple(re.split("[.:]", whole))
    elif colon:
        above = _above_the_like(number[0], before)
    elif len(number) > 1 and number[1].isdigit():
        above = ()
    elif not above and len(before) > 1 and _is_further_part(number[0], before):
        above = before[:-1]
    return (*above, *number), above


def _above_the_like(part: str, before: Number) -> Number:
    """What is above the last part of a number that is of the same sort, a digit or a letter."""
    alike = (at for at, one in enumerate(before) if at and one[0].isdigit() == part[0].isdigit())
    return before[: max(alike, default=len(before))]


def _is_further_part(part: str, before: Number) -> bool:
    last, this, article = map(leading_number, (before[-1], part, before[0]))
    return (
        "-" not in part and last is not None and this is not None and last < this <= (article or 0)
    )


_PART = re.compile(r"(?P<whole>[^()]*[^()\s])\s+(?P<part>\([^()]+\))\s*")

_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


def _number(roman: str) -> int:
    values = [_ROMAN_VALUES[letter] for letter in roman.lower()]
    following = [*values[1:], 0]
    return sum(-v if v < n else v for v, n in zip(values, following, strict=True))
