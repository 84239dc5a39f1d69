"""How a telephone number is shown: in the groups of its country, and without the code of the site's
own.

The library phonenumbers knows them; it is imported only where a number is told.
"""

from __future__ import annotations

from functools import cache


@cache
def shown(number: str, country: str | None) -> str:
    """A number of a note, as readers in a country see it: ``971 22 59 00``, ``+351 21 000 0000``,
    ``010``."""
    import phonenumbers

    if not number.startswith("+") and len(number) <= SHORT:
        return number if len(number) < SHORT else f"{number[:3]} {number[3:]}"
    try:
        parsed = phonenumbers.parse(number, country)
    except phonenumbers.NumberParseException:
        return number
    is_own = country and phonenumbers.country_code_for_region(country) == parsed.country_code
    form = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(parsed, form.NATIONAL if is_own else form.INTERNATIONAL)


SHORT = 6
"""Digits of the longest short number: 116 111."""
