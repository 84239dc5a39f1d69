"""A time zone -> the VTIMEZONE of calendars (RFC 5545, section 3.6.5).

One rule per change of the clocks, so it is the same on every machine and day while the zone's rules
are. (The library icalendar lists each year, and begins summer time an hour late.)
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby
from typing import NamedTuple
from zoneinfo import ZoneInfo

from .content_lines import content_lines

YEARS = range(2020, 2038)
"""The years whose changes are examined."""

STEP = datetime.timedelta(days=7)
"""Clocks are not changed twice within this time."""

MINUTE = datetime.timedelta(minutes=1)
WEEK = 7
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class Change(NamedTuple):
    """``at``: the local time before the change."""

    at: datetime.datetime
    before: datetime.timedelta
    after: datetime.timedelta
    name: str
    is_summer: bool


@cache
def timezone(name: str) -> bytes:
    """The VTIMEZONE of a zone. ``name``: IANA's."""
    lines = ["BEGIN:VTIMEZONE", f"TZID:{name}"]
    changes = sorted(_changes(ZoneInfo(name)), key=lambda change: (change[1:], change.at))
    for _, same in groupby(changes, key=lambda change: change[1:]):
        for group in _alike(list(same)):
            lines += _observance(group)
    if not changes:
        lines += _observance([_always(ZoneInfo(name))])
    lines.append("END:VTIMEZONE")
    return content_lines(lines)


def _changes(zone: ZoneInfo) -> Iterator[Change]:
    """Every change of the clocks in ``YEARS``."""
    instant = datetime.datetime(YEARS.start, 1, 1, tzinfo=datetime.UTC)
    end = datetime.datetime(YEARS.stop, 1, 1, tzinfo=datetime.UTC)
    while instant < end:
        before, after = _offset(instant, zone), _offset(instant + STEP, zone)
        if before != after:
            low, high = instant, instant + STEP
            while high - low > MINUTE:
                middle = low + (high - low) // 2 // MINUTE * MINUTE
                low, high = (middle, high) if _offset(middle, zone) == before else (low, middle)
            local = high.astimezone(zone)
            shown = (high + before).replace(tzinfo=None)
            yield Change(shown, before, after, local.tzname() or "", bool(local.dst()))
        instant += STEP


def _offset(instant: datetime.datetime, zone: ZoneInfo) -> datetime.timedelta:
    return instant.astimezone(zone).utcoffset() or datetime.timedelta()


def _always(zone: ZoneInfo) -> Change:
    """The constant offset of a zone without changes."""
    begin = datetime.datetime(YEARS.start, 1, 1, tzinfo=zone)
    offset = begin.utcoffset() or datetime.timedelta()
    return Change(begin.replace(tzinfo=None), offset, offset, begin.tzname() or "", False)


def _alike(changes: Sequence[Change]) -> list[list[Change]]:
    """All changes together if one rule describes them in every year; else each by itself."""
    is_rule = [change.at.year for change in changes] == list(YEARS) and _rule(changes)
    return [list(changes)] if is_rule else [[change] for change in changes]


def _rule(changes: Sequence[Change]) -> str | None:
    """The rule of changes in the same month, on the same weekday and at the same time each year,
    counted from the beginning or end of the month; None if there is none."""
    if len({(c.at.month, c.at.weekday(), c.at.time()) for c in changes}) > 1:
        return None
    at = changes[0].at
    if all((c.at + datetime.timedelta(days=WEEK)).month != c.at.month for c in changes):
        place = "-1"
    elif len({(c.at.day - 1) // WEEK for c in changes}) == 1:
        place = str((at.day - 1) // WEEK + 1)
    else:
        return None
    return f"RRULE:FREQ=YEARLY;BYMONTH={at.month};BYDAY={place}{WEEKDAYS[at.weekday()]}"


def _observance(changes: Sequence[Change]) -> list[str]:
    first = changes[0]
    kind = "DAYLIGHT" if first.is_summer else "STANDARD"
    rule = _rule(changes) if len(changes) > 1 else None
    return [
        f"BEGIN:{kind}",
        f"DTSTART:{first.at:%Y%m%dT%H%M%S}",
        *([rule] if rule else []),
        f"TZOFFSETFROM:{_written(first.before)}",
        f"TZOFFSETTO:{_written(first.after)}",
        *([f"TZNAME:{first.name}"] if first.name else []),
        f"END:{kind}",
    ]


def _written(offset: datetime.timedelta) -> str:
    minutes = abs(offset) // MINUTE
    return f"{'-' if offset < datetime.timedelta() else '+'}{minutes // 60:02d}{minutes % 60:02d}"
