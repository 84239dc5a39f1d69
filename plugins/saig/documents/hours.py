"""Opening hours and channels as documents say them, with the days on which they count."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..catalogue.opening import Lasting, counts
from ..notes.models import Hours
from .common import DocumentBuilder

Facts = Mapping[str, Any]
"""Hours, or a channel, as a document has them."""


def windows(
    builder: DocumentBuilder, hours: Iterable[Hours], *within: Lasting
) -> list[dict[str, Any]]:
    """Each with the first and the last day on which it counts: its own, or those of what it is in."""
    return [{**builder.plain(window), **counts(window, within)} for window in hours]


def until(now: Sequence[Facts], to_come: Sequence[Facts]) -> str | None:
    """The last day on which these hours or channels are all that hold; None if no end is known."""
    ends = [item["valid_until"] for item in now if item["valid_until"]]
    begins = [datetime.date.fromisoformat(item["valid_from"]) for item in to_come]
    days = [*ends, *((day - datetime.timedelta(days=1)).isoformat() for day in begins)]
    return min(days, default=None)
