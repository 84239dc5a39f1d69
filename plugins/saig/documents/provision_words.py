"""How provisions are named in the language of a page: ``annex II`` is ``anexo II`` in Spanish."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..languages import broader

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
_WORD = re.compile(r"(?<![.\w])(?:\w\w+|\w(?!\)))(?!\w)")
"""Not a letter that names something: ``4.i``, ``lletra i)``."""


def provision_words(provisions: Sequence[str], lang: str) -> list[str]:
    """The same provisions with the words of ``lang``, as far as they are known in it."""
    known = next((_WORDS[code] for code in broader(lang) if code in _WORDS), {})
    return [_WORD.sub(lambda found: known.get(found[0], found[0]), text) for text in provisions]
