"""The positions of bars in the picture of the week's opening hours. A table says the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..documents.hours import until
from ..notes.weekdays import DAYS

LEFT = 96
"""Width of the names of days."""

WIDTH = 250
TOP = 22
LANE = 12
"""Height of a channel's bar; channels that are open at the same time are below each other."""

GAP = 10
"""Between two days."""

LEGEND = 22
WORKDAYS = 5
MANY = 7
"""From so many hours on, only every second one is numbered."""

Windows = Sequence[Mapping[str, Any]]
"""As in documents."""


def picture(hours: Windows, upcoming: Windows = ()) -> dict[str, Any] | None:
    """The current hours, and ``until``: the last day on which the picture is right, as far as
    future hours are known. None if there are no hours with known days."""
    hours = [window for window in hours if window["days"]]
    if not hours:
        return None
    first = min(_minute(window["opens"]) for window in hours) // 60
    last = -(-max(_minute(window["closes"]) for window in hours) // 60)
    channels = list(dict.fromkeys(window["channel"] for window in hours))
    used = {day for window in hours for day in window["days"]}
    days = [day for i, day in enumerate(DAYS) if i < WORKDAYS or used & set(DAYS[i:])]
    row = GAP + LANE * len(channels)

    def across(minute: float) -> float:
        return round(LEFT + (minute - first * 60) * WIDTH / ((last - first) * 60), 1)

    bottom = TOP + row * len(days)
    return {
        "width": LEFT + WIDTH + 14,
        "height": bottom + LEGEND * len(channels) + 6,
        "bottom": bottom,
        "row": row,
        "days": [{"day": day, "y": TOP + row * index} for index, day in enumerate(days)],
        "hours": [
            {"hour": hour, "x": across(hour * 60)}
            for hour in range(first, last + 1)
            if last - first < MANY or (hour - first) % 2 == 0
        ],
        "bars": [
            {
                "channel": window["channel"],
                "x": across(_minute(window["opens"])),
                "y": TOP + row * days.index(day) + GAP // 2 + LANE * channels.index(channel),
                "width": round(
                    across(_minute(window["closes"])) - across(_minute(window["opens"])), 1
                ),
            }
            for window in hours
            for day in window["days"]
            for channel in [window["channel"]]
        ],
        "legend": [
            {"channel": channel, "y": bottom + 12 + LEGEND * index}
            for index, channel in enumerate(channels)
        ],
        "lane": LANE,
        "until": until(hours, upcoming),
    }


def _minute(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])
