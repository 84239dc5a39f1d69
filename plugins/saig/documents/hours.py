"""Opening hours and channels as documents say them, with the days on which they count."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from ..notes.models import Hours, OpeningHours, ServiceChannel
from .common import Speaker, iso

Facts = Mapping[str, Any]
"""Hours, or a channel, as a document has them."""


class Lasting(Protocol):
    """A note, or a channel: what the hours in it cannot outlast."""

    @property
    def valid_from(self) -> datetime.date | None: ...

    @property
    def valid_until(self) -> datetime.date | None: ...


def windows(speaker: Speaker, hours: Iterable[Hours], *within: Lasting) -> list[dict[str, Any]]:
    """Each with the first and the last day on which it counts: its own, or those of what it is in."""
    return [{**speaker.plain(window), **_counts(window, within)} for window in hours]


def _counts(window: Hours, within: Iterable[Lasting]) -> dict[str, str | None]:
    around = [*([window] if isinstance(window, OpeningHours) else []), *within]
    first = [item.valid_from for item in around if item.valid_from]
    last = [item.valid_until for item in around if item.valid_until]
    return {
        "counts_from": iso(max(first, default=None)),
        "counts_until": iso(min(last, default=None)),
    }


def channels(
    speaker: Speaker, found: Iterable[ServiceChannel], service: Lasting
) -> list[dict[str, Any]]:
    """The channels of a service, their hours as above."""
    return [
        {
            **speaker.plain(channel),
            "opening_hours": windows(speaker, channel.opening_hours, channel, service),
        }
        for channel in found
    ]


def until(now: Sequence[Facts], to_come: Sequence[Facts]) -> str | None:
    """The last day on which these hours or channels are all that hold; None if no end is known."""
    ends = [item["valid_until"] for item in now if item["valid_until"]]
    begins = [datetime.date.fromisoformat(item["valid_from"]) for item in to_come]
    days = [*ends, *((day - datetime.timedelta(days=1)).isoformat() for day in begins)]
    return min(days, default=None)
