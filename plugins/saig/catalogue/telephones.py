"""How telephone numbers are shown: in their country's grouping, without the site's own country
code.

Uses the library phonenumbers, imported only when a contact is read.
"""

from __future__ import annotations

from functools import cache


@cache
def shown(number: str, country: str | None) -> str:
    """A number of a note for readers in a country: ``971 22 59 00``, ``+351 21 000 0000``,
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
