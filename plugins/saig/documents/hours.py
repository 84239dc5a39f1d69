"""Opening hours and channels in documents, with the days on which they apply."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from ..catalogue.opening import Stretch
from ..catalogue.validity import Lasting
from .common import DocumentBuilder, Facts


def windows(
    builder: DocumentBuilder, found: Iterable[Stretch], *within: Lasting
) -> list[dict[str, Any]]:
    """The hours, each with the first and last day on which it applies: its own, limited to those of
    what contains it."""
    return [{**builder.plain(one.hours), **one.counts(within)} for one in found]


def until(now: Sequence[Facts], to_come: Sequence[Facts]) -> str | None:
    """The last day on which all hours or channels that apply now still do, and none of those to
    come does; None if that is not known."""
    ends = [day for item in now if (day := _last(item))]
    begins = [datetime.date.fromisoformat(_first(item)) for item in to_come]
    days = [*ends, *((day - datetime.timedelta(days=1)).isoformat() for day in begins)]
    return min(days, default=None)


def _first(item: Facts) -> str:
    first: str = item.get("counts_from") or item["valid_from"]
    return first


def _last(item: Facts) -> str | None:
    last: str | None = item.get("counts_until") or item["valid_until"]
    return last
