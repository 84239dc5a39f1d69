"""The provisions that a text names beside a norm, in the words of one language's table: ``artigo
5.º, n.º 2, da``, ``§ 34 Abs. 1 Satz 2``, ``art. 5, comma 2, della``.

A unit (article, section) may stand alone, and a part of it (paragraph, letter) beside or within
one. Units and parts that are each of the next are one phrase; phrases that *and* or a comma joins
are a chain, and what joins a chain to a norm makes it the norm's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from .latin import LATIN
from .normalised_text import NormalisedText, lower
from .provisions import MOST, ProvisionChain
from .templates import spellings
from .word_patterns import any_of

_LATER = r"(?:[ -]?(?:LATIN)(?![^\W_]))?"
_NUMBER = (
    r"\d{1,4}(?![\d/])(?:\.?[ºª°](?:\.(?= [^\W\d_]))?|\. ?o(?![^\W_])|(?:er|re|r|st|nd|rd|th|e|o|a|ème)(?![^\W_]))?"
    rf"(?:-\d{{1,3}}){{0,4}}{_LATER}"
    r"(?:-?[A-Za-z](?![\w.]))?(?:[.:]\d{1,3}(?!\d))*"
    r"(?:\.?[a-z]\))?(?: \((?:\d{1,3}|[a-z]{1,4})\)|\([\da-zA-Z]{1,4}\)){0,4}"
)
_ROMAN = rf"[IVXLCDM]{{1,7}}(?![\w'])(?!\. ?[A-Z\dn]){_LATER}"
_LETTER = r"(?:[a-z]{1,2}\)|\([\da-zA-Z]{1,4}\)|«?[a-z]»?(?![\w'’]))"
_MORE_LETTER = r"(?:[a-z]{1,2}\)|\([\da-zA-Z]{1,4}\))"

_SHORT = re.compile(r"[^\W\d_]{1,2}\.")

_APART = r"(?: |(?<=\.))"
"""A space, that may be missing behind a dot: ``i.V.m.16``."""
_NTH = r"\d{1,2}(?:\.?[°ºª]|er|e|ème|nd|re)"


class ProvisionWords:
    """The words for provisions of one language, ready to be looked for.

    ``table``: gives the words of a list: ``units`` and ``parts`` (words before a number), ``alone``
    (units without one), ``behind`` (words behind a number), ``ordinals``, ``prefixes`` of numbers
    (``L.``), ``following`` (``et suivants``), ``of``, ``and``, ``to``, ``aforesaid``, ``after``
    (words between a norm and its provisions), each a list of words; ``is_bare``: whether a Roman
    number or ``2°`` alone is a part.
    """

    def __init__(self, table: Callable[[str], list[str]], is_bare: bool) -> None:
        def words(*names: str) -> str:
            return _words(word for name in names for word in table(name))

        units, parts, ordinals = words("units"), words("parts"), words("ordinals")
        alone = words("alone")
        following = f"(?:,? (?:{words('following')}))?" if table("following") else ""
        of = _joiner(table("of"))
        between = _words((*table("and"), *table("to")))
        join = rf"(?:(?: ?,)? (?i:{between}){_APART}| ?, ?| ?- ?| ?/ ?)"
        prefix = rf"(?:(?i:{words('prefixes')}) ?)?" if table("prefixes") else ""
        # In German, *bis* is no number between two others.
        latin = "|".join(word for word in LATIN if word not in table("to"))
        number, roman = (pattern.replace("LATIN", latin) for pattern in (_NUMBER, _ROMAN))
        item = f"(?:{prefix}{number}|{roman})"
        items = f"{item}(?:{join}{of}?{item}){{0,40}}{following}"
        letters = f"(?:{item}|{_LETTER})(?:{join}(?:{item}|{_MORE_LETTER})){{0,40}}{following}"
        nth = f"(?i:{ordinals})(?![^\\W_])"
        unit = [
            f"(?i:{units}) ?(?:{items}|[A-Z](?![\\w.'])|{nth})",
            rf"{nth} (?i:{units})(?![^\W_])",
        ]
        part = [f"(?i:{parts}) ?(?:{letters}|{nth})", rf"(?:{nth}|{_NTH}) (?i:{parts})(?![^\W_])"]
        if alone:
            unit.append(rf"(?i:{alone})(?![^\W_])")
        if is_bare:
            part.append(rf"(?:{roman}|\d{{1,2}}°|[a-z]\))(?= (?i:{of}))")
        behind = words("behind")
        if table("behind"):
            # Such a word makes a unit of the number before it, and a part where another is before.
            both = rf"{item}\.? ?(?i:{behind})(?![^\W_])"
            unit.append(both)
            part.append(both)
        self._unit = re.compile("|".join(unit))
        self._part = re.compile("|".join(part))
        every = (table(name) for name in ("units", "parts", "alone", "ordinals"))
        first = any_of(lower(s) for words in every for word in words for s, _ in spellings(word))
        starts = rf"(?:{first or '(?!)'})(?![^\W\d_])"
        bare = rf"|(?:[ivxlcdm]{{1,7}}|\d{{1,2}}°|[a-z]\)) (?={of})" if is_bare else ""
        if table("behind"):
            bare += rf"|\d{{1,4}}(?: ?[a-z])?\.? ?(?=(?i:{behind}))"
        self._starts = re.compile(rf"(?<![^\W_])(?:{starts}{bare})")
        self._within = re.compile(rf"(?:,? (?i:{of}))| - |,? ?")
        self._of = re.compile(rf",? (?i:{of})")
        self._and = re.compile(rf"(?:,? (?i:{_words(table('and'))}){_APART}|, )(?i:{of})?")
        self._bare_item = re.compile(f"(?:{item})")
        aforesaid = f"(?:(?i:{words('aforesaid')}) )?" if table("aforesaid") else ""
        behind = f"(?:,? (?i:{words('aforesaid')})(?![^\\W_]))?" if table("aforesaid") else ""
        self._to_norm = re.compile(rf"{behind}(?: - |,? ?)(?P<of>(?i:{of})?{aforesaid})")
        after = f"(?:(?i:{words('after')}),? )?" if table("after") else ""
        its = f"(?:(?i:{words('its')}) )?" if table("its") else ""
        self._after = re.compile(rf"(?P<open>,? \(| - |,? ?){after}(?i:{of})?{its}")

    def chains(self, normal: NormalisedText) -> dict[int, ProvisionChain]:
        """All chains of a text, each by where a norm would begin that it is of."""
        found: dict[int, ProvisionChain] = {}
        done = 0
        for start in self._starts.finditer(normal.lowered):
            if start.start() < done:
                continue
            chain = self._chain(normal, start.start(), may_be_bare=True)
            if chain is None:
                continue
            done = chain.end
            to_norm = self._to_norm.match(normal.cased, chain.end)
            if to_norm:
                chain.is_joined = bool(to_norm["of"])
                found[to_norm.end()] = chain
        return found

    def after(
        self, normal: NormalisedText, position: int, taken: set[int]
    ) -> ProvisionChain | None:
        """The chain right after a citation, unless it is the next norm's: then its start is
        taken."""
        opened = self._after.match(normal.cased, position)
        if opened is None or opened.end() == position or opened.end() in taken:
            return None
        chain = self._chain(normal, opened.end(), may_be_bare=False)
        if chain is None or self._part.match(normal.cased, opened.end()):
            return None
        if opened["open"].endswith("("):
            return ProvisionChain(
                chain.phrases, chain.end + normal.cased.startswith(")", chain.end)
            )
        return chain

    def _chain(
        self, normal: NormalisedText, start: int, may_be_bare: bool
    ) -> ProvisionChain | None:
        """The chain that begins here. ``may_be_bare``: a number that *and* joins is of the chain
        too: ``dos artigos 112.º, n.º 7, e 241.º da``."""
        cased = normal.cased
        first = self._one(cased, start)
        if first is None:
            return None
        end = first
        phrases = [(start, end)]
        for _ in range(MOST):
            within = self._within.match(cased, end)
            if within and (part := self._part.match(cased, within.end())):
                phrases[-1] = (phrases[-1][0], end := part.end())
            elif (of := self._of.match(cased, end)) and (unit := self._unit.match(cased, of.end())):
                phrases[-1] = (phrases[-1][0], end := unit.end())
            elif and_ := self._and.match(cased, end):
                further = self._one(cased, and_.end())
                if further is None and may_be_bare and not and_[0].startswith(", "):
                    bare = self._bare_item.match(cased, and_.end())
                    further = bare.end() if bare else None
                if further is None:
                    break
                phrases.append((and_.end(), further))
                end = further
            else:
                break
        return ProvisionChain(phrases, end)

    def _one(self, cased: str, start: int) -> int | None:
        found = self._unit.match(cased, start) or self._part.match(cased, start)
        return found.end() if found else None


def _words(table: Iterable[str]) -> str:
    """The pattern of any word of a table, in any case; but a letter or two and a dot (``s.``,
    ``S.``) are as they are written. One that matches nothing if the table is empty."""
    words = {spelling for word in table for spelling, _ in spellings(word)}
    short = {word for word in words if _SHORT.fullmatch(word)}
    long = any_of(lower(word) for word in words - short)
    found = "|".join(filter(None, (f"(?-i:{any_of(short)})" if short else "", long)))
    return f"(?:{found})".replace(r"\ ", " ") if found else r"(?!)"


def _joiner(table: Iterable[str]) -> str:
    """Words such as ``de la`` with the space behind them, which an apostrophe needs not."""
    words = list(table)
    apart = _words(word for word in words if not word.endswith("'"))
    joined = _words(word for word in words if word.endswith("'"))
    return rf"(?:{joined} ?|{apart} )"
