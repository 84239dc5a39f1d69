"""Numbers of norms, years and days, as they are written."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping


def number_of(written: str) -> str:
    """``1.346`` -> ``1346``, ``71-a`` -> ``71-A``, ``08`` -> ``8``."""
    return written.replace(".", "").replace(" ", "").upper().lstrip("0") or "0"


def full_year(written: str) -> int:
    """``90`` is 1990, ``15`` is 2015."""
    year = int(written)
    return year if year >= 100 else year + (1900 if year >= 50 else 2000)


def union_number(
    code: str, first: str, second: str, *, has_sign: bool = False
) -> tuple[str, int | None]:
    """Number and year of an act of the Union: of regulations, the year was the last until 2015.
    ``has_sign``: whether *number* is said before it, as only of those."""
    last_is_year = len(second) == 4 and int(second) >= 1950
    first_is_year = len(first) == 4 and int(first) >= 1950
    if code == "reg" and last_is_year and (has_sign or not (first_is_year and int(first) >= 2015)):
        return first, int(second)
    if first_is_year:
        return second, int(first)
    if len(first) == 2 and int(first) >= 50:
        return second, 1900 + int(first)
    return first, int(second) if last_is_year else None


def year_of_day(parts: dict[str, str | None]) -> str | None:
    """The year that a date itself has."""
    return parts.get("said") or parts.get("said_last") or parts.get("said_figures")


def day_of(
    parts: dict[str, str | None], months: Mapping[str, int], year: int | None
) -> datetime.date | None:
    """The day said, if there is one: not the 31st of February."""
    day = parts.get("day") or parts.get("day_second") or parts.get("day_figures")
    if day is None:
        return None
    word = parts.get("month") or parts.get("month_first")
    month = months[word] if word else int(parts["month_figures"] or 0)
    try:
        own_year = year_of_day(parts)
        found = full_year(own_year) if own_year else year or 0
        return datetime.date(found, month, int(re.sub(r"\D", "", day)))
    except ValueError:
        return None
