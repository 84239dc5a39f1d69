"""Numbers, years and days, as a template found them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping


def number_of(written: str) -> str:
    """``1.346`` -> ``1346``, ``71-a`` -> ``71-A``, ``08`` -> ``8``."""
    return written.replace(".", "").replace(" ", "").upper().lstrip("0") or "0"


def year_of(written: str | None) -> int | None:
    if written is None or len(written) > 2:
        return int(written) if written else None
    return int(written) + (1900 if int(written) >= 50 else 2000)


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
        return datetime.date(
            year_of(year_of_day(parts)) or year or 0, month, int(re.sub(r"\D", "", day))
        )
    except ValueError:
        return None
