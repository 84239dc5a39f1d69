"""Opening hours and channels as documents say them, with the days on which they count."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..catalogue.opening import Stretch
from ..catalogue.validity import Lasting
from .common import DocumentBuilder

Facts = Mapping[str, Any]
"""Hours, or a channel, as a document has them."""


def windows(
    builder: DocumentBuilder, found: Iterable[Stretch], *within: Lasting
) -> list[dict[str, Any]]:
    """Each with the first and the last day on which it counts: its own, or those of what it is
    in."""
    return [{**builder.plain(one.hours), **one.counts(within)} for one in found]


def until(now: Sequence[Facts], to_come: Sequence[Facts]) -> str | None:
    """The last day on which these hours or channels are all that hold; None if no end is known."""
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
