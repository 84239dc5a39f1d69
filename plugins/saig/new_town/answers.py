"""The questions about a new town, and how each answer is read."""

from __future__ import annotations

import os
import re
import unicodedata
import zoneinfo
from dataclasses import dataclass
from pathlib import Path

from ..languages import canonical, country_of, is_known
from ..notes.standard_codes import is_country
from ..refusal import Refused
from ..words import N_


@dataclass(frozen=True)
class Answers:
    """``name``, ``organisation``: of the site, and of the administration whose site it is.
    ``country``: two letters; empty if it is in none. ``languages``: the first is the default."""

    name: str
    languages: tuple[str, ...]
    time_zone: str
    country: str
    organisation: str


def read_name(text: str) -> str:
    """A name on one line, without signs that nobody sees. Raises ``Refused`` if there is no
    letter and no digit."""
    seen = "".join(
        " " if unicodedata.category(sign) == "Cc" else sign
        for sign in text
        if unicodedata.category(sign) not in ("Cs", "Co", "Cn")
    )
    name = " ".join(seen.split())
    if not any(sign.isalnum() for sign in name):
        raise Refused(N_("a name needs a letter"))
    return name


def read_languages(text: str) -> tuple[str, ...]:
    """Codes of languages, with commas or spaces between them. Raises ``Refused``."""
    found = []
    for word in re.split(r"[,;\s+]+", text.strip()):
        if not is_known(word):
            raise Refused(
                N_("“%(language)s” is not the code of a language with known dates and names"),
                language=word[:40],
            )
        found.append(canonical(word))
    return tuple(dict.fromkeys(found))


def read_time_zone(text: str) -> str:
    """An IANA name. Raises ``Refused``."""
    try:
        zoneinfo.ZoneInfo(text.strip())
    except (ValueError, zoneinfo.ZoneInfoNotFoundError, OSError):
        raise Refused(N_("“%(value)s” is not a time zone"), value=text[:60]) from None
    return text.strip()


def read_country(text: str) -> str:
    """Two letters (ISO 3166). Raises ``Refused``."""
    code = text.strip().upper()
    if not is_country(code):
        raise Refused(N_("“%(value)s” is not the code of a country"), value=text[:40])
    return code


READ = {
    "name": read_name,
    "languages": read_languages,
    "time_zone": read_time_zone,
    "country": read_country,
    "organisation": read_name,
}
"""By name of the field: text -> answer."""


def zone_of_this_computer() -> str | None:
    """The time zone of this computer, if it is known by name."""
    named = (
        os.environ.get("TZ", "").removeprefix(":")
        or (Path("/etc/localtime").resolve().as_posix().rpartition("/zoneinfo/")[2])
    )
    try:
        found = read_time_zone(named)
    except Refused:
        return None
    return found if country_of(found) else None
