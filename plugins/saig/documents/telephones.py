"""How a telephone number is shown: in the groups of its country, and without the code of the site's own.

The library phonenumbers knows them; it is imported here alone, and only where a number is told.
"""

from __future__ import annotations

from functools import cache

from ..notes.site import Site


def shown(number: str, site: Site) -> str:
    """A number of a note, as readers see it: ``971 22 59 00``, ``+351 21 000 0000``, ``010``."""
    return _grouped(number, _country(site.time_zone))


@cache
def _country(time_zone: str) -> str | None:
    """The country that a time zone is of (CLDR), which is the site's own."""
    from babel.core import get_global

    found = get_global("zone_territories").get(time_zone)
    return found if found != "ZZ" else None


@cache
def _grouped(number: str, country: str | None) -> str:
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
