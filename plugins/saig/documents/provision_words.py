"""Names of provisions in a page's language: ``annex II`` is ``anexo II`` in Spanish."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ..languages import broader
from ..notes.local_name import LocalName
from ..regexes import regex

_CATALAN_SPANISH = [
    pair.split("/")
    for pair in [
        "annex/anexo",
        "annexos/anexos",
        "article/artículo",
        "articles/artículos",
        "títol/título",
        "títols/títulos",
        "capítol/capítulo",
        "capítols/capítulos",
        "llibre/libro",
        "subsecció/subsección",
        "únic/único",
        "secció/sección",
        "seccions/secciones",
        "apartat/apartado",
        "apartats/apartados",
        "lletra/letra",
        "lletres/letras",
        "disposició/disposición",
        "disposicions/disposiciones",
        "addicional/adicional",
        "addicionals/adicionales",
        "transitòria/transitoria",
        "transitòries/transitorias",
        "derogatòria/derogatoria",
        "derogatòries/derogatorias",
        "finals/finales",
        "preàmbul/preámbulo",
        "exposició/exposición",
        "motius/motivos",
        "part/parte",
        "incís/inciso",
        "incisos/incisos",
        "paràgraf/párrafo",
        "paràgrafs/párrafos",
        "darrer/último",
        "primer/primero",
        "segon/segundo",
        "tercer/tercero",
        "redacció/redacción",
        "referència/referencia",
        "i/y",
    ]
]
_WORDS = {
    "es": {catalan: spanish for catalan, spanish in _CATALAN_SPANISH},
    "ca": {spanish: catalan for catalan, spanish in _CATALAN_SPANISH},
}
_WORD = regex(r"(?<![.\w])(?:\w\w+|\w(?!\)))(?!\w)")
"""A word, not a single letter as in ``4.i``, ``lletra i)``."""


def provision_words(provisions: Sequence[str], lang: str) -> list[str]:
    """The provisions with the words of ``lang``, as far as the note or this module has them. If the
    note lacks one of them in that language, all are in its first one."""
    own = provisions_lang(provisions, lang) or lang
    known = next((_WORDS[code] for code in broader(lang) if code in _WORDS), {})
    return [
        text.text(own)
        if isinstance(text, LocalName) and text.names
        else _WORD.sub(lambda found: known.get(found[0], found[0]), _named(text, lang))
        for text in provisions
    ]


def provisions_lang(provisions: Sequence[str], lang: str) -> str | None:
    """The language of the result of ``provision_words``; None if it is the same in all
    languages."""
    said = [one for one in provisions if isinstance(one, LocalName) and one.names]
    return next((one.lang(lang) for one in said if one.lang(lang) != lang), lang) if said else None


def _named(text: str, lang: str) -> str:
    """An article or annex, if it is in another language, with the word of this one."""
    found = _ARTICLE.fullmatch(text)
    if not found:
        return text
    kind = "annex" if found["annex"] or found["annex_last"] else "article"
    word = (
        found["article"] or found["annex"] or found["article_last"] or found["annex_last"]
    ).lower()
    own = next((NAMED[code] for code in broader(lang) if code in NAMED), None)
    if own is None or word in own[kind].lower() or (kind == "article" and word == "art"):
        return text
    return own[kind] % (found["number"] or found["number_first"])


NAMED = {
    "ca": {"article": "article %s", "annex": "annex %s"},
    "de": {"article": "Artikel %s", "annex": "Anhang %s"},
    "en": {"article": "article %s", "annex": "annex %s"},
    "es": {"article": "artículo %s", "annex": "anexo %s"},
    "eu": {"article": "%s. artikulua", "annex": "%s. eranskina"},
    "fr": {"article": "article %s", "annex": "annexe %s"},
    "gl": {"article": "artigo %s", "annex": "anexo %s"},
    "it": {"article": "articolo %s", "annex": "allegato %s"},
    "pt": {"article": "artigo %s", "annex": "anexo %s"},
}
"""How an article and an annex are named in each language."""

_ARTICLE = regex(
    r"(?:(?P<article>article|art[íi]culo|artigo|articolo|artikel)"
    r"|(?P<annex>annexe?|anexo|allegato|anhang)) (?P<number>(?:\d|[IVXLC]+\b)[^\s,;]*)"
    r"|(?P<number_first>\d+)\. (?:(?P<article_last>artikulua)|(?P<annex_last>eranskina))",
    re.IGNORECASE,
)


ABBREVIATIONS = ("art.", "arts.", "DA", "DT", "DD", "DF")
"""Abbreviations of kinds of provisions in Catalan and Spanish: pages that use them explain them."""

_ABBREVIATION = regex(rf"(?<!\w)(?:{'|'.join(map(re.escape, ABBREVIATIONS))})(?!\w)")
_NUMBERED = regex(r"(?P<kind>[^\W\d]{2,}\.?) (?P<number>(?:\d|[IVXLC]+\b).*)")


def in_a_row(provisions: Sequence[str]) -> str:
    """The provisions as one text, with consecutive ones of a kind merged:
    ``art. 120, 125, DA 17``."""
    said, kind = [], ""
    for text in provisions:
        found = _NUMBERED.fullmatch(text)
        is_same = found is not None and found["kind"] == kind
        said.append(found["number"] if found and is_same else text)
        kind = found["kind"] if found else ""
    return ", ".join(said)


def abbreviations_in(texts: Iterable[str]) -> list[str]:
    """The abbreviations that texts have, in the order of ``ABBREVIATIONS``."""
    found = {one for text in texts for one in _ABBREVIATION.findall(text)}
    return [one for one in ABBREVIATIONS if one in found]
