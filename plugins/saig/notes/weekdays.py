"""The days of the week by the names that an editor may write: those of schema.org, which are
English, and those of the site's languages in CLDR."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from ..languages import broader, locale
from ..regexes import regex
from ..words import DAYS as DAYS

_FORMS = [
    (context, width)
    for context in ("format", "stand-alone")
    for width in ("wide", "abbreviated", "short")
]


def plain(name: str) -> str:
    """A name in the form for lookups: ``dt.`` and ``DT`` are equal."""
    return unicodedata.normalize("NFC", " ".join(name.casefold().split())).rstrip(".")


@cache
def day_names(languages: tuple[str, ...]) -> Mapping[str, frozenset[str]]:
    """Each name, whole or short, with the days that it means: several if it is a different day in
    another language (``do`` in Spanish and in German)."""
    found: dict[str, set[str]] = defaultdict(set)
    for lang in dict.fromkeys(("en", *languages)):
        for index, name in _names(lang):
            found[plain(name)].add(DAYS[index])
            found[_without_accents(plain(name))].add(DAYS[index])
    return {name: frozenset(days) for name, days in found.items()}


def _names(lang: str) -> Iterator[tuple[int, str]]:
    for code in (broader(lang)[-1], lang):  # pt-PT says "segunda" where pt says "seg."
        days = locale(code).days
        for context, width in _FORMS:
            for index, name in days.get(context, {}).get(width, {}).items():
                yield index, name
                yield index, name.partition("-feira")[0]  # segunda-feira, as all say it


def _without_accents(name: str) -> str:
    letters = unicodedata.normalize("NFD", name)
    return unicodedata.normalize("NFC", re.sub(r"[\u0300-\u036f]", "", letters))


_TO = regex(
    r"\s*[-–]\s*|\s+(?:a|al|alla|à|au|até|ata|bis|fins(?:\s+a|\s+al)?|hasta(?:\s+el)?|to|until)\s+",
    re.IGNORECASE,
)
_AND = regex(r"\s*(?:[,;]|\s(?:i|y|e|et|eta|and|und|&)\s)\s*", re.IGNORECASE)
_BEFORE = regex(
    r"^\s*(?:de|del|els|el|los|das|da|dal|dalla|du|le|les|von|vom|from|on)\s+", re.IGNORECASE
)
_BASQUE = regex(r"(?P<first>\w+?)e?tik\s+(?P<last>\w+?)e?ra", re.IGNORECASE)
"""From one day to another: *astelehenetik ostiralera*."""


def several(text: str, names: Mapping[str, frozenset[str]]) -> list[str]:
    """The names and ranges of a text that lists them: ``de dilluns a dimecres i divendres``. A text
    with anything else stays whole."""
    bare = text if plain(text) in names else _BEFORE.sub("", text, count=1)
    found = [one for one in _AND.split(bare) if one]
    if all(plain(end) in names for one in found for end in parts(one, names)):
        return found
    return [text]


def parts(text: str, names: Mapping[str, frozenset[str]]) -> Sequence[str]:
    """The two ends of a range such as ``monday-friday``, or one name, which may itself have a
    hyphen: ``segunda-feira``. What is no name stays as it is."""
    if plain(text) not in names:
        if found := _BASQUE.fullmatch(text.strip()):
            ends = f"{found['first']}a", f"{found['last']}a"
            if all(plain(end) in names for end in ends):
                return ends
        for hyphen in _TO.finditer(text):
            ends = text[: hyphen.start()], text[hyphen.end() :]
            if all(plain(end) in names for end in ends):
                return ends
    return [text]
