"""Telephone numbers as editors write them: in international form (ITU-T E.164), or short ones that
can be dialled only from within the country."""

from __future__ import annotations

import re

from ..regexes import regex

_SEPARATORS = regex(r"[\s.()\u2010-\u2015-]")
_INTERNATIONAL = regex(r"\+[1-9]\d{6,14}")
_WITHIN = regex(r"\d{3,6}|[89]0\d{7}")
"""010, 092, 112, 116111; 800 and 900 numbers, which have no international form."""

LONGEST = 80
"""The most characters of a number with words around it; a longer text is not one."""

_NAMED = regex(
    r"(?:tel:|(?:tel|tlf|tfn|fax|mòb|móv|mob|t|f)\w*\s*[.:]+\s*|(?:tel|fax)\w*\s+)", re.I
)
_EXTENSION = regex(
    r"(?P<number>.*\d)[\s,;(]*(?:\bext\w*|\bx|#|\bint\w*)\s*[.:=]*\s*(?P<extension>\d{1,8})\s*\)?",
    re.I,
)
_NEXT = regex(r"\s*(?:/|;|,|\s[-–]\s|\so\s|\si\s|\sy\s|\sor\s|\sand\s)\s*")
_TRUNK = regex(r"\(\s*0\s*\)")
"""The 0 that is only dialled within the country, as in +44 (0)20."""


def read(text: str) -> str | None:
    """The number in the form of documents; None if the text is not one."""
    if len(text) > LONGEST:
        return None
    compact = _compact(text)
    if _TRUNK.search(text) and compact.startswith("+"):
        return None
    found = _INTERNATIONAL.fullmatch(compact) or _WITHIN.fullmatch(compact)
    return compact if found else None


def mended(text: str) -> str | None:
    """The number that is certainly meant by a text which ``read`` refuses; None if there is
    none."""
    if len(text) > LONGEST:
        return None
    bare = _NAMED.sub("", text.strip(), count=1) if _NAMED.match(text.strip()) else text.strip()
    compact = _compact(_TRUNK.sub("", bare))
    if found := re.fullmatch(r"00([1-9]\d{6,14})", compact):
        compact = f"+{found[1]}"
    elif found := re.fullmatch(r"34([5-9]\d{8})", compact):
        compact = f"+34{found[1]}"
    elif found := re.fullmatch(r"\+\d{1,3}(0\d{2}|11\d)", compact):
        compact = found[1]  # a short number has no international form
    return read(compact)


def with_extension(text: str) -> tuple[str, str] | None:
    """The number and the extension of a text that has both; the number may still lack its
    country."""
    if len(text) > LONGEST:
        return None
    found = _EXTENSION.fullmatch(text.strip())
    return (_written(found["number"]), found["extension"]) if found else None


def several(text: str) -> list[str]:
    """The numbers of a text that has more than one; none otherwise."""
    if len(text) > LONGEST:
        return []
    parts = _NEXT.split(text.strip())
    numbers = [_written(part) for part in parts]
    is_each = len(parts) > 1 and all(re.fullmatch(r"\+?\d{6,15}", number) for number in numbers)
    return numbers if is_each else []


def digits(text: str) -> str:
    """The digits of a text that is a number without its country; '' otherwise."""
    if len(text) > LONGEST:
        return ""
    compact = _compact(text)
    return compact if re.fullmatch(r"\d{7,14}", compact) else ""


def of_country(national: str, country: str | None) -> str | None:
    """Digits as a country writes its numbers, in international form; None if they are no number of
    it. ``country``: by its two letters."""
    import phonenumbers  # which is needed where a number is wrong alone

    if not country:
        return None
    try:
        found = phonenumbers.parse(national, country)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number_for_region(found, country):
        return None
    return phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.E164)


def _written(text: str) -> str:
    return read(text) or mended(text) or _compact(text)


def _compact(text: str) -> str:
    """Without what stands between the digits; these in the form of ASCII."""
    bare = _SEPARATORS.sub("", text)
    return "".join(str(int(sign)) if sign.isdecimal() else sign for sign in bare)
