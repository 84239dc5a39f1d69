"""Provisions of a norm by the names that they are given: ``art. 5.2``, ``disposició addicional 9``.

Two names of one provision are one to the reader: ``article 5, apartat 2`` is ``art. 5.2``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from ..notes.local_name import every_name

KINDS = {
    "titol": ("títol", "títols", "título", "títulos"),
    "capitol": ("capítol", "capítols", "capítulo", "capítulos"),
    "article": (
        *("art", "arts", "article", "articles", "artículo", "artículos", "section"),
        *("artigo", "artigos", "articolo", "articoli", "artikel", "artikels"),
    ),
    "addicional": ("da", "addicional", "addicionals", "adicional", "adicionales"),
    "transitoria": ("dt", "transitòria", "transitòries", "transitoria", "transitorias"),
    "derogatoria": ("dd", "derogatòria", "derogatòries", "derogatoria", "derogatorias"),
    "final": ("df", "final", "finals", "finales"),
    "annex": (
        *("annex", "annexos", "anexo", "anexos"),
        *("annexe", "annexes", "allegato", "allegati", "anhang", "anhänge"),
    ),
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


def _basque(found: re.Match[str]) -> str:
    return f"article {found[1]}" + (f".{found[2]}" if found[2] else "")


_REWRITTEN: list[tuple[str, str | Callable[[re.Match[str]], str]]] = [
    (rf"\b(?:{'|'.join(_ORDINALS)})\b", lambda found: str(_ORDINALS[found[0]])),
    (r"(?<=\d)[aªº°]", ""),
    (r"\b(\d+)\. artikulu\w*(?: (\d+)\.? (?:zenbaki|idatz-zati|paragrafo)\w*)?", _basque),
    (r"\b(\d+)\. eranskin\w*", r"annex \1"),
    (r"§§? ?(?=\d)", "art "),
    (r",? (?:absatz|abs\.|n[uú]mero|n\.º|comma|par[aá]grafo|paragraphe) (?=\d)", "."),
    (r",? (?:al[ií]nea|lettera|point) ([a-z])\)", r".\1"),
    (r"\b(?:lletra|letra) ([a-z])\) (?:de l'|del )(?:apartat|apartado) (\d+)", r"apartat \2.\1"),
    (
        r"\b(?:apartat|apartado) (\d+)((?:\.[a-z])?) (?:de l'|del )(?:article|artículo) (\d+)",
        r"article \3.\1\2",
    ),
    (r"\b(?:capítol|capítulo) (\d+) (?:del|al) (?:títol|título) (\d+)", r"títol \2.capítol\1"),
    (r",? (?:apartat|apartado) (?=\d)", "."),
    (r",? (?:lletra|letra) (?=[a-z]\b)", "."),
]
"""One way of writing for each thing: ordinals as digits, what is below an article after a point."""

_TOKEN = re.compile(
    rf"(?P<kind>\b(?:{'|'.join(_KIND_OF)})\b)"
    r"|(?P<through>\b(?:a|al)\b(?= \d))"
    rf"|(?P<number>\b\d+(?:[ .](?:{'|'.join(LATIN)})\b)?"
    r"(?:\.[a-zí\d]+)*)"
)

Key = tuple[str, tuple[str, ...]]
"""Kind of provision, and its number with what is below it: ``("article", ("5", "2"))``."""


def keys(text: str) -> tuple[Key, ...]:
    """The provisions that words name, whatever the language is that they are understood in: a name in
    each language (``LocalName``) is of the same provisions."""
    names = every_name(text)
    return next(filter(None, map(_keys, names)), ()) if len(names) > 1 else _keys(str(text))


@lru_cache(maxsize=4096)
def _keys(text: str) -> tuple[Key, ...]:
    """The provisions that words name, each as its kind and the parts of its number.

    ``articles 5.2 i 7`` names two, ``arts. 35 a 37`` three, ``annexos II i III`` two. What stands in
    brackets at the end makes it a part of the provision: ``art. 7.1 (incís segon)``. What is not
    understood gives none.
    """
    if part := _PART.fullmatch(text):
        return tuple((kind, (*number, part["part"])) for kind, number in _keys(part["whole"]))
    plain = _ROMAN.sub(lambda found: str(_number(found[0])), text.replace("’", "'")).lower()
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
    return tuple(found)


def _between(first: Key, last: Key) -> list[Key]:
    """The provisions of a range, without its ends."""
    begin, end = int(first[1][0]), int(last[1][0])
    return [(first[0], (str(number),)) for number in range(begin + 1, min(end, begin + 500))]


_PART = re.compile(r"(?P<whole>[^()]*[^()\s])\s+(?P<part>\([^()]+\))\s*")

_ROMAN = re.compile(r"(?<![.\w])(?:[IVXLC]+(?![\w)])|(?<=annex )[ivxlc]+\b|(?<=anexo )[ivxlc]+\b)")
"""In capitals, as a small ``i`` is Catalan for *and*; in small letters only behind *annex*."""

_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


def _number(roman: str) -> int:
    values = [_ROMAN_VALUES[letter] for letter in roman.lower()]
    following = [*values[1:], 0]
    return sum(-v if v < n else v for v, n in zip(values, following, strict=True))


def is_within(provision: Key, other: Key) -> bool:
    """Whether a provision is another, or a part of it: 5.2 is within 5."""
    return provision[0] == other[0] and provision[1][: len(other[1])] == other[1]


def in_order(names: Iterable[str]) -> list[str]:
    """As a norm has them: titles, chapters, articles, then provisions, then annexes; by number, not
    by letters. ``68 bis`` comes after all of 68, and ``68 ter`` after it."""
    return sorted(names, key=_order)


def _order(name: str) -> tuple[int, list[tuple[int, int, str]], str]:
    found = keys(name)
    if not found:
        return (len(KINDS), [], name)
    kind, number = found[0]
    return (list(KINDS).index(kind), [_part(part) for part in number], name)


def _part(part: str) -> tuple[int, int, str]:
    if part.isdigit():
        return (0, int(part), "")
    return (2, LATIN.index(part), "") if part in LATIN else (1, 0, part)
