"""The names in linked data of codes, languages and the territory."""

from __future__ import annotations

from ...packs.law import Law
from .turtle import iri

_AUTHORITY = "http://publications.europa.eu/resource/authority/"

_LANGUAGES = {
    "ar": "ARA",
    "bg": "BUL",
    "ca": "CAT",
    "cs": "CES",
    "da": "DAN",
    "de": "DEU",
    "el": "ELL",
    "en": "ENG",
    "es": "SPA",
    "et": "EST",
    "eu": "EUS",
    "fi": "FIN",
    "fr": "FRA",
    "ga": "GLE",
    "gl": "GLG",
    "hr": "HRV",
    "hu": "HUN",
    "it": "ITA",
    "lt": "LIT",
    "lv": "LAV",
    "mt": "MLT",
    "nl": "NLD",
    "oc": "OCI",
    "pl": "POL",
    "pt": "POR",
    "ro": "RON",
    "ru": "RUS",
    "sk": "SLK",
    "sl": "SLV",
    "sv": "SWE",
    "uk": "UKR",
    "zh": "ZHO",
}
"""ISO 639-1 -> codes of the Publications Office's list of languages."""


def language(code: str) -> str:
    """A language in the Publications Office's list, or else in that of the Library of Congress."""
    own = code.partition("-")[0].lower()
    if known := _LANGUAGES.get(own):
        return iri(f"{_AUTHORITY}language/{known}")
    part = "iso639-1" if len(own) == 2 else "iso639-2"
    return iri(f"http://id.loc.gov/vocabulary/{part}/{own}")


def territory(address: str | None) -> str:
    """The town's territory: its address in a public list, or else one of the site's own."""
    return iri(address or "#territory")


def jurisdiction(law: Law, code: str) -> str:
    """A jurisdiction in the list that its pack names, or else one of the site's own."""
    return iri(law.jurisdiction_uri(code) or f"#jurisdiction/{code}")


def norm_type(law: Law, code: str, jurisdiction: str | None) -> str:
    """The same for types of norms."""
    return iri(law.type_uri(code, jurisdiction) or f"#norm-type/{code}")


def of_code(table: str, code: str) -> str:
    """A code of a table of words (``documents/codes.py``), or a topic."""
    return iri(f"#{table}/{code}")
