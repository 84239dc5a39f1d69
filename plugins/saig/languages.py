"""Codes of languages (BCP 47), and what Unicode's CLDR knows of each.

A code is a language with what makes it a kind of its own: a script, a region, variants, as in
``pt-BR``, ``zh-Hant``, ``es-419``, ``ca-valencia``. It stands in the names of files, in addresses
and in pages in one form, that of RFC 5646, section 2.1.1.

Babel is imported when it is needed: a build that finds nothing to do says so without it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from .regexes import regex

if TYPE_CHECKING:
    from babel import Locale

_TAG = regex(
    r"(?P<language>[a-z]{2,3})(-(?P<script>[a-z]{4}))?(-(?P<region>[a-z]{2}|\d{3}))?"
    r"(?P<variants>(-([a-z0-9]{5,8}|\d[a-z0-9]{3}))*)",
    re.IGNORECASE,
)
_OWN_LETTERS = {
    **dict.fromkeys(("an", "ast", "es", "eu", "gl"), ("n", "ñ")),
    **dict.fromkeys(("fi", "sv"), ("z", "åäö")),
    **dict.fromkeys(("da", "nb", "nn", "no"), ("z", "æøå")),
}
"""Letters that are no variants of others, and the one that they follow in the alphabet (CLDR)."""

_LAST = "\u9fff"
"""A letter that stands behind those of alphabets."""

MOST_FIGURES = 18
"""The most figures of a number that is sorted by its value."""

_PARTS = regex(rf"(?<!{_LAST})\d{{1,{MOST_FIGURES}}}|(?:[^\W\d]|(?<={_LAST})\d)+")
"""The words and numbers of a text, as they are sorted."""

_WITHOUT_WORDS = "M05"
"""How CLDR calls the month of May where it has no word for it."""


class Tag(NamedTuple):
    """The parts of a code (RFC 5646, section 2.1), each in its own case."""

    language: str
    script: str | None
    region: str | None
    variants: tuple[str, ...]

    def __str__(self) -> str:
        return "-".join(filter(None, (self.language, self.script, self.region, *self.variants)))


@lru_cache(maxsize=1000)
def parse(code: str) -> Tag | None:
    """The parts of a code in any case, with hyphens or POSIX's underscores; None if it is none."""
    found = _TAG.fullmatch(code.replace("_", "-"))
    if not found:
        return None
    script, region = found["script"], found["region"]
    return Tag(
        found["language"].lower(),
        script and script.title(),
        region and region.upper(),
        tuple(found["variants"].lower().split("-")[1:]),
    )


@cache
def canonical(code: str) -> str:
    """The one form of a code: ``pt-BR`` of ``pt_br``; empty if it is none."""
    return str(parse(code) or "")


@cache
def locale(code: str) -> Locale:
    """What CLDR knows of a language. Without data for its region or its variants, those of the
    language; never those of another script. Raises ``ValueError`` where there are none."""
    tag = parse(code)
    found = tag and (_data(tag) or _data(tag._replace(region=None)))
    if (
        tag is None
        or not found
        or found.language != tag.language
        or (tag.script and tag.script != (found.script or _usual_script(tag.language)))
        or (tag.region and tag.region not in found.territories)
        or found.months["format"]["wide"][5] == _WITHOUT_WORDS
    ):
        raise ValueError(code)
    return found


def _data(tag: Tag) -> Locale | None:
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse("_".join(filter(None, tag[:3])))
    except (UnknownLocaleError, ValueError):
        return None


@cache
def _usual_script(language: str) -> str:
    """The one that a language is written in where nothing else is said."""
    from babel.core import get_global

    return next(iter(get_global("likely_subtags").get(language, "").split("_")[1:]), "")


@cache
def with_country(code: str, country: str | None) -> str:
    """``ca_ES``: a language and where it is read, as Open Graph wants both. ``country``: the
    site's; without it, the one with most of the language's readers (CLDR)."""
    from babel.core import get_global

    tag = parse(code)
    assert tag
    likely = get_global("likely_subtags").get(tag.language, "").split("_")[2:]
    region = tag.region if tag.region and tag.region.isalpha() else None
    return "_".join(filter(None, (tag.language, region or country or next(iter(likely), None))))


@cache
def country_of(time_zone: str) -> str | None:
    """The country that a time zone is of, by its two letters (CLDR)."""
    from babel.core import get_global

    found: str | None = get_global("zone_territories").get(time_zone)
    return found if found != "ZZ" else None


def is_known(code: str) -> bool:
    """Whether CLDR knows the language, so that dates can be written in it."""
    try:
        locale(code)
    except ValueError:
        return False
    return True


def direction(code: str) -> str:
    """``ltr`` or ``rtl``: which way it is written."""
    return "rtl" if locale(code).text_direction == "rtl" else "ltr"


def name(code: str, within: str) -> str:
    """A language's name in another one, as within a sentence: ``catalán (valenciano)``."""
    tag, other = parse(code), locale(within)
    assert tag
    if not is_known(code):
        own: str = other.languages.get(tag.language) or code
        return own
    found = locale(code)
    said = found.get_display_name(other) or code
    if tag.region and tag.region != found.territory:  # CLDR has no data of it there, but its name
        said = _more(said, other.territories.get(tag.region, tag.region))
    for variant in tag.variants:
        said = _more(said, other.variants.get(variant.upper(), variant))
    return said


def _more(said: str, part: str) -> str:
    return f"{said[:-1]}, {part})" if said.endswith(")") else f"{said} ({part})"


@lru_cache(maxsize=1000)
def broader(code: str) -> tuple[str, ...]:
    """The code, and those that are less exact (RFC 4647, section 3.4), the nearest first. None is
    of another script: ``zh-TW``, ``zh-Hant``, but not ``zh``."""
    tag = parse(code)
    if tag is None:
        return (code,)
    usual = _usual_script(tag.language)
    script = tag.script or (locale(code).script if is_known(code) else None) or usual
    found = [tag._replace(variants=tag.variants[:n]) for n in range(len(tag.variants), -1, -1)]
    found.append(Tag(tag.language, script, None, ()))
    if script == usual:
        found.append(Tag(tag.language, None, None, ()))
    return tuple(dict.fromkeys(map(str, found)))


def order(text: str, lang: str) -> list[tuple[bool, int, str]]:
    """What texts are sorted by in a language: capitals, accents and signs aside, numbers by what
    they count. An accented letter is a variant of its plain one, but for ``_OWN_LETTERS``."""
    tag = parse(lang)
    before, own = _OWN_LETTERS.get(tag.language if tag else "", ("", ""))
    letters = unicodedata.normalize("NFC", text.casefold())
    if set(own).isdisjoint(letters):  # as nearly always: lists of thousands are sorted at once
        plain = _without_marks(letters)
    else:
        plain = "".join(
            f"{before}{_LAST}{own.index(letter)}" if letter in own else _without_marks(letter)
            for letter in letters
        )
    return [(not part.isdecimal(), value_of(part), part) for part in _PARTS.findall(plain)]


def value_of(number: str) -> int:
    """What a text of up to ``MOST_FIGURES`` figures counts; 0 for any other."""
    return int(number) if number.isdecimal() and len(number) <= MOST_FIGURES else 0


def sort_key(text: str, lang: str) -> str:
    """The same in one text, to be kept: texts with these sort as by ``order``."""
    return " ".join(
        f"1{part}" if is_word else f"0{len(str(number)):05}{number}{part}"
        for is_word, number, part in order(text, lang)
    )


def _without_marks(text: str) -> str:
    if text.isascii():
        return text
    letters = unicodedata.normalize("NFKD", text)
    return "".join(part for part in letters if not unicodedata.combining(part))
