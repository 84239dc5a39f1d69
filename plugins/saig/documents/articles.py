"""Names of norms with their article, for sentences: ``la Llei 2/2020``, ``l'Ordre 5/2020``."""

from __future__ import annotations

from ..languages import broader

_FEMININE = {
    "ca": "llei ordre ordenança resolució instrucció directiva sentència interlocutòria norma circular",
    "es": "ley orden ordenanza resolución instrucción directiva sentencia norma circular",
}
_MASCULINE = {
    "ca": "decret reial reglament pla acord estatut text codi edicte ban",
    "es": "decreto real reglamento plan acuerdo estatuto texto código edicto bando auto",
}
"""The first words of names of norms, by grammatical gender."""

_VOWELS = "aeiouhàèéíòóú"


def with_article(name: str, lang: str) -> str:
    """The name of a norm with its article in Catalan and Spanish; unchanged if it begins with a
    word of unknown gender, and in other languages."""
    code = next((code for code in broader(lang) if code in _FEMININE), None)
    if code is None:
        return name
    first = name.partition(" ")[0].partition("-")[0].lower()
    gender = (
        "la"
        if first in _FEMININE[code].split()
        else "el"
        if first in _MASCULINE[code].split()
        else ""
    )
    if not gender:
        return name
    return f"l'{name}" if code == "ca" and first[0] in _VOWELS else f"{gender} {name}"
