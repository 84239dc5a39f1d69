"""Spanish of the gazette's records: folded text, days, numbers in words, ELI addresses."""

from __future__ import annotations

import datetime
import re
import unicodedata

from ..citations.months import MONTHS

Date = datetime.date


def tidied(text: str) -> str:
    """The same text in Unicode NFC, with one kind of space, and without invisible characters."""
    composed = unicodedata.normalize("NFC", text)
    seen = "".join(
        c for c in composed if unicodedata.category(c) not in ("Cf", "Cc") or c.isspace()
    )
    return " ".join(seen.split())


def folded(text: str) -> str:
    """The same in small letters without accents; the position of each character stays the same."""
    return "".join(_plain(character) for character in text)


def _plain(character: str) -> str:
    if character in "ºª":
        return character
    if character in "\u2010\u2011\u2012\u2013\u2014\u2212":
        return "-"
    base = unicodedata.normalize("NFD", character)[0].lower()
    return base if len(base) == 1 else character


_MONTH = "|".join(sorted({folded(name) for name in MONTHS}, key=len, reverse=True))
_MONTHS = {folded(name): number for name, number in MONTHS.items()}
DAY = rf"(?:\d{{1,2}}(?:\.?º|o)? ?(?:de )?(?:{_MONTH}) (?:de |del )?\d{{4}}|\d{{1,2}}[/-]\d{{1,2}}[/-]\d{{4}})(?!\d)"
"""A whole day in folded text, as ``day_in`` reads it."""

_WORDS = re.compile(rf"(\d{{1,2}})(?:\.?º|o)? ?(?:de )?({_MONTH}) (?:de |del )?(\d{{4}})")
_FIGURES = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})")


def day_in(text: str) -> Date | None:
    """The first complete day in a folded text; None if there is none, or the calendar does not have
    it."""
    try:
        if found := _WORDS.search(text):
            return Date(int(found[3]), _MONTHS[found[2]], int(found[1]))
        if found := _FIGURES.search(text):
            return Date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        return None
    return None


def compact_day(text: str) -> Date | None:
    """``20200515`` as a day."""
    try:
        return (
            datetime.datetime.strptime(text, "%Y%m%d").date()
            if re.fullmatch(r"\d{8}", text)
            else None
        )
    except ValueError:
        return None


_UNITS = ["primer", "segund", "tercer", "cuart", "quint", "sext", "septim", "octav", "noven"]
_TENS = {
    "decim": 10,
    "vigesim": 20,
    "trigesim": 30,
    "cuadragesim": 40,
    "quincuagesim": 50,
    "sexagesim": 60,
    "septuagesim": 70,
    "octogesim": 80,
    "nonagesim": 90,
}


def _ordinals() -> dict[str, int]:
    found: dict[str, int] = {"primer": 1, "tercer": 3, "setima": 7, "setimo": 7}
    units = {stem: number for number, stem in enumerate(_UNITS, start=1)}
    for end in "ao":
        found |= {stem + end: number for stem, number in units.items()}
        found |= {stem + end: number for stem, number in _TENS.items()}
        found |= {f"undecim{end}": 11, f"duodecim{end}": 12, f"decimoprimer{end}": 11}
        for ten, tens in _TENS.items():
            for stem, number in units.items():
                for joined in (
                    f"{ten}{end} {stem}{end}",
                    f"{ten}o{stem}{end}",
                    f"{ten}a{stem}{end}",
                ):
                    found[joined] = tens + number
    return found


ORDINALS = _ordinals()
"""Ordinal numbers by their folded words, up to the ninety-ninth."""

ELI = re.compile(
    r"https://[^/]+/(?:[a-z]+/)*eli/(?P<jurisdiction>[a-z]{2}(-[a-z]{2})?)/(?P<type>[a-z]+)"
    r"/\d{4}/\d{2}/\d{2}/[^/]+/?"
)
"""As Spain's gazettes write them (technical specification of 24 February 2022, elidata.es)."""


def eli_part(address: str, name: str) -> str:
    """The ``jurisdiction`` or the ``type`` that an address says; empty where it is none."""
    found = ELI.fullmatch(address)
    return found[name] if found else ""
