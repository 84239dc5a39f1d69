"""Provisions of a norm by the names that they are given: ``art. 5.2``, ``disposició addicional 9``.

Two names of one provision are one to the reader: ``article 5, apartat 2`` is ``art. 5.2``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

KINDS = {
    "article": ("art", "arts", "article", "articles", "artículo", "artículos", "section"),
    "addicional": ("da", "addicional", "addicionals", "adicional", "adicionales"),
    "transitoria": ("dt", "transitòria", "transitòries", "transitoria", "transitorias"),
    "derogatoria": ("dd", "derogatòria", "derogatòries", "derogatoria", "derogatorias"),
    "final": ("df", "final", "finals", "finales"),
    "annex": ("annex", "annexos", "anexo", "anexos"),
}
"""In the order in which a norm has them; and the words that say which."""

_KIND_OF = {word: kind for kind, words in KINDS.items() for word in words}

_ORDINALS = {
    word: number
    for number, words in enumerate(
        (
            "única único primera primer primero",
            "segona segunda segundo segon",
            "tercera tercer tercero",
            "quarta cuarta cuarto quart",
            "cinquena quinta quinto cinquè",
            "sisena sexta sexto sisè",
            "setena séptima séptimo setè",
            "vuitena octava octavo vuitè",
            "novena noveno novè",
            "desena décima décimo desè",
        ),
        start=1,
    )
    for word in words.split()
}

_REWRITTEN: list[tuple[str, str | Callable[[re.Match[str]], str]]] = [
    (rf"\b(?:{'|'.join(_ORDINALS)})\b", lambda found: str(_ORDINALS[found[0]])),
    (r"(?<=\d)[aªº]\b", ""),
    (r"\b(?:lletra|letra) ([a-z])\) (?:de l'|del )(?:apartat|apartado) (\d+)", r"apartat \2.\1"),
    (
        r"\b(?:apartat|apartado) (\d+)((?:\.[a-z])?) (?:de l'|del )(?:article|artículo) (\d+)",
        r"article \3.\1\2",
    ),
    (r",? (?:apartat|apartado) (?=\d)", "."),
    (r",? (?:lletra|letra) (?=[a-z]\b)", "."),
]
"""One way of writing for each thing: ordinals as digits, what is below an article after a point."""

_TOKEN = re.compile(
    rf"(?P<kind>\b(?:{'|'.join(_KIND_OF)})\b)"
    r"|(?P<through>\b(?:a|al)\b(?= \d))"
    r"|(?P<number>\b\d+(?: (?:bis|ter|quater|quinquies|sexies|septies|octies|nonies|decies))?"
    r"(?:\.[a-z\d]+)*)"
    r"|(?P<roman>\b[ivxl]+\b)"
)

Key = tuple[str, tuple[str, ...]]
"""Kind of provision, and its number with what is below it: ``("article", ("5", "2"))``."""


def keys(text: str) -> list[Key]:
    """The provisions that words name, each as its kind and the parts of its number.

    ``articles 5.2 i 7`` names two, ``arts. 35 a 37`` three. What is not understood gives none.
    """
    plain = text.lower().replace("’", "'")
    for pattern, written in _REWRITTEN:
        plain = re.sub(pattern, written, plain)
    found: list[Key] = []
    kind, through = "", False
    for token in _TOKEN.finditer(plain):
        if token["kind"]:
            kind, through = _KIND_OF[token["kind"]], False
        elif token["through"]:
            through = True
        elif kind and token["number"]:
            number = tuple(re.split(r"[. ]", token["number"]))
            if through and found:
                found += _between(found[-1], (kind, number))
            found.append((kind, number))
            through = False
        elif kind == "annex" and token["roman"]:
            found.append((kind, (_roman(token["roman"]),)))
    return found


def _between(first: Key, last: Key) -> list[Key]:
    """The provisions of a range, without its ends."""
    begin, end = int(first[1][0]), int(last[1][0])
    return [(first[0], (str(number),)) for number in range(begin + 1, min(end, begin + 500))]


_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50}


def _roman(word: str) -> str:
    values = [_ROMAN_VALUES[letter] for letter in word]
    following = [*values[1:], 0]
    return str(sum(-v if v < n else v for v, n in zip(values, following, strict=True)))


def is_within(provision: Key, other: Key) -> bool:
    """Whether a provision is another, or a part of it: 5.2 is within 5."""
    return provision[0] == other[0] and provision[1][: len(other[1])] == other[1]


def in_order(names: Iterable[str]) -> list[str]:
    """As a norm has them: articles, then provisions, then annexes; by number, not by letters."""
    return sorted(names, key=_order)


def _order(name: str) -> tuple[int, list[tuple[int, int, str]], str]:
    found = keys(name)
    if not found:
        return (len(KINDS), [], name)
    kind, number = found[0]
    parts = [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in number]
    return (list(KINDS).index(kind), parts, name)
