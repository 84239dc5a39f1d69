"""The provisions (articles, annexes …) that a text names beside a citation: ``article 5.2``,
``disposició addicional novena``.

A phrase is a unit (``lletra a)``) or several, each of the next (``lletra a) de l'article 9``).
Phrases joined by ``i`` or a comma are a chain, and what joins a chain to a norm makes it the
norm's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .forms import AFORESAID, OF_THE
from .normalised_text import NormalisedText
from .word_patterns import WORD_AFTER, any_of

# One number: 5.2, 29 bis, 9.2.a), 5(2), 9a, 1.º
_BIS = rf"(?: (?:bis|ter|quater|quàter|quinquies|sexies|septies|octies|nonies|decies){WORD_AFTER})?"
_SUB = rf"(?:\.(?:\d{{1,3}}|[a-z](?:\)|{WORD_AFTER})))*+"
_ITEM = (
    rf"\d{{1,4}}+(?!\d| ?/)(?:\.?[ºª]|(?:[aoetn]|er|r|th){WORD_AFTER})?{_SUB}"
    rf"(?:\([\da-z]{{1,3}}\))*+{_BIS}{_SUB}(?: ?[a-z]\))?"
)
# Several: 5.2 i 7; 35 a 48
_JOIN = r"(?:,? (?:i|y|e|o|u|a|al|and|or|to) |, ?| ?- ?)"
_ITEMS = rf"{_ITEM}(?:{_JOIN}(?:{_ITEM}|[a-z]\))){{0,40}}+(?:,? (?:i|y) (?:següents|siguientes|ss\.?)| et seq\.?)?"
_ORDINAL = (
    r"(?:[úu]nic[ao]?|primer[ao]?s?|segona?|segund[ao]|tercer[ao]?|quarta?|cuart[ao]|quint[ao]|sext[ao]|"
    r"s[èée]ptim[ao]|octav[ao]|noven[ao]|(?:und|duod)?[eé]cim[ao] ?(?:\w{4,8}[ao])?|\w{2,12}ena|"
    r"d[eé]cim[ao](?: ?\w{4,8}[ao])?|(?:vig|trig)[eé]sim[ao](?: \w{4,8}[ao])?|vint-i-\w{2,12}|"
    r"first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|single)"
    rf"{WORD_AFTER}"
)
_NTH = rf"(?:{_ITEMS}|{_ORDINAL})"
_PART = r"(?:apartats?|apartados?|paràgrafs?|párrafos?|paragraphs?|punts?|puntos?|points?|inciso?|incís)"
_LETTER = r"(?:(?:lletra|letra|letter|point) [a-zñç](?:\)|(?=[ ,.;]|$))|(?:lletres|letras) [a-zñç]\)(?:(?:,| i| y) [a-zñç]\))*+)"
_KIND = r"(?:addicional|adicional|final|transit[òóo]ri(?:a|e)|derogat[òóo]ri(?:a|e))(?:e?s)?"
_UNIT = re.compile(
    "(?<![^\\W_])(?:"
    + "|".join(
        (
            rf"(?:arts?\.?|articles?|art[íi]culos?|sections?|sec\.) ?{_ITEMS}(?:,? {_PART} {_NTH})?(?:,? {_LETTER})?",
            rf"(?:article|art[íi]culo) {_ORDINAL}",
            rf"{_PART} {_NTH}",
            _LETTER,
            rf"disposici(?:ó|o|ón|on|ons|ones) {_KIND}{WORD_AFTER}(?: {_NTH}(?:(?:,| i| y) {_ORDINAL})*+)?",
            rf"(?:{_ORDINAL} )?(?:additional|transitional|repealing|final) provisions?{WORD_AFTER}(?: {_ITEMS})?",
            rf"(?P<capitals>d\.?[atdf]\.?) ?{_NTH}",
            rf"(?:annex|annexos|anexo?s?){WORD_AFTER}(?: (?:(?P<roman>[ivxlc]+){WORD_AFTER}|{_ITEMS}))?",
            rf"(?:títol|título|title|capítol|capítulo|chapter|secció|sección) (?:(?P<numeral>[ivxlc]+){WORD_AFTER}|{_NTH})",
        )
    )
    + ")"
)
_STARTS = re.compile(
    "art|sec|apartat|apartad|par[aàá]gra|párrafo|punt|point|incis|incís|lletr|letra|letter|disposici|"
    "additional prov|transitional prov|repealing prov|final prov|first|second|third|fourth|fifth|"
    "sixth|seventh|eighth|ninth|tenth|annex|anex|títol|título|title|capítol|capítulo|chapter"
)
"""How a unit begins in words: a pattern of letters alone is found fast."""

_SHORT_STARTS = re.compile(r"D\.?[ATDF]\.? ?[\dA-Za-z]")
_OF = re.compile(r",? (?:de l'|del |de la |de |of (?:the )?)")
_AND = re.compile(
    r"(?:,? (?:i|y|e|and|així com|así como) |, )(?:(?:l'|la |el |les |els |las |los |the |(?:de|a) l'|del |de la |de los |dels ))?"
)
_TO_NORM = re.compile(rf"(?:,? (?:{any_of(OF_THE)}))? ?(?:(?:{any_of(AFORESAID)}) )?")
_AFTER_NORM = re.compile(
    r"(?P<open>,? \(| ?, | (?=art|en |al ))(?:en el seu |en els seus |en su |en sus |al seu |in its |en |a )?"
    r"(?:l'|el |la |els |les |los |las )?"
)

MOST = 60
"""Units in a chain; what follows them is another chain."""


@dataclass(slots=True)
class Chain:
    """Phrases beside a norm, as offsets in the normalised text."""

    phrases: list[tuple[int, int]]
    end: int


def provisions_before(normal: NormalisedText, head: re.Pattern[str]) -> dict[int, Chain]:
    """The chains that something joins to a norm's head, by where that begins."""
    joined: dict[int, Chain] = {}
    done = 0
    for start in _starts(normal):
        if start < done:
            continue
        chain = _chain(normal, start)
        if chain is None:
            continue
        done = chain.end
        to_norm = _TO_NORM.match(normal.lowered, chain.end)
        if to_norm and head.match(normal.lowered, to_norm.end()):
            joined[to_norm.end()] = chain
    return joined


def provisions_after(normal: NormalisedText, position: int, taken: set[int]) -> Chain | None:
    """The chain right after a citation, unless it is the next norm's: then its start is taken."""
    opened = _AFTER_NORM.match(normal.lowered, position)
    if opened is None or opened.end() in taken:
        return None
    chain = _chain(normal, opened.end())
    if chain is None:
        return None
    if opened["open"].endswith("("):
        close = normal.lowered.startswith(")", chain.end)
        return Chain(chain.phrases, chain.end + close)
    return chain


def _starts(normal: NormalisedText) -> Iterator[int]:
    """Where units may begin, in order."""
    short = [found.start() for found in _SHORT_STARTS.finditer(normal.cased)]
    long = [found.start() for found in _STARTS.finditer(normal.lowered)]
    return iter(sorted(short + long) if short else long)


def _chain(normal: NormalisedText, start: int) -> Chain | None:
    end = _unit(normal, start)
    if end is None:
        return None
    lowered = normal.lowered
    phrases = [(start, end)]
    for _ in range(MOST):
        if (of := _OF.match(lowered, end)) and (further := _unit(normal, of.end())):
            phrases[-1] = (phrases[-1][0], further)
        elif (and_ := _AND.match(lowered, end)) and (further := _unit(normal, and_.end())):
            phrases.append((and_.end(), further))
        else:
            break
        end = further
    return Chain(phrases, end)


def _unit(normal: NormalisedText, start: int) -> int | None:
    """Where the unit that begins here ends."""
    found = _UNIT.match(normal.lowered, start)
    if found is None:
        return None
    for name in ("capitals", "roman", "numeral"):
        if found[name] and not normal.cased[found.start(name) : found.end(name)].isupper():
            # ``l'annex i la llei``: a word, not a number.
            return found.start("roman") - 1 if name == "roman" else None
    return found.end()
