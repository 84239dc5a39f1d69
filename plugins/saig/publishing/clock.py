"""Times of the record that contradict each other.

Lines are written one after the other, so their times must not decrease. If they do, a clock was
wrong, and the record alone does not say for how long. A line is believed if its time is neither
before that of an earlier line nor after that of a later one. The others are in doubt.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from ..words import N_
from .finding import Finding
from .record import TIME, Publication

AHEAD = datetime.timedelta(minutes=5)
"""How far the clock that wrote a line may be ahead of this computer's."""


def timestamp(moment: datetime.datetime) -> str:
    """A time as the record has it: UTC, in seconds."""
    return moment.astimezone(datetime.UTC).strftime(TIME)


@dataclass(frozen=True)
class Doubt:
    """Lines ``first`` to ``last`` have times that contradict others. They were written between
    ``start`` and ``until``; None if the record does not say."""

    first: int
    last: int
    start: str | None
    until: str | None


def doubts(publications: Sequence[Publication], now: datetime.datetime) -> list[Doubt]:
    """Runs of lines whose times are in doubt. ``now``: from a clock that is right: later lines are in
    doubt too."""
    times = [item.time for item in publications]
    limit = timestamp(now + AHEAD)
    latest = list(accumulate(times, max))
    earliest = list(accumulate([limit, *reversed(times)], min))[:0:-1]
    found: list[Doubt] = []
    for index, time in enumerate(times):
        if latest[index] <= time <= earliest[index]:
            continue
        if found and found[-1].last == index:
            found[-1] = Doubt(found[-1].first, index + 1, found[-1].start, None)
        else:
            found.append(Doubt(index + 1, index + 1, times[index - 1] if index else None, None))
    return [_ended(doubt, times) for doubt in found]


def _ended(doubt: Doubt, times: Sequence[str]) -> Doubt:
    until = times[doubt.last] if doubt.last < len(times) else None
    return Doubt(doubt.first, doubt.last, doubt.start, until)


def clock_findings(
    publications: Sequence[Publication], now: datetime.datetime
) -> Iterator[Finding]:
    """Findings for lines that are earlier than the line before them, or later than now. They are not
    faults if the operator said in that line or a later one that the clock was wrong."""
    said = max((item.number for item in publications if item.clock_was_wrong), default=0)
    for before, item in pairwise(publications):
        if item.time < before.time:
            values = {"number": item.number, "time": item.time, "before": before.time}
            message = N_(
                "line %(number)d is of %(time)s, and the line before it of %(before)s: a clock was "
                "wrong"
            )
            yield Finding(message, values, is_fault=item.number > said)
    for item in publications:
        if item.time > timestamp(now + AHEAD):
            values = {"number": item.number, "time": item.time}
            message = N_(
                "line %(number)d is of %(time)s, which is still to come: a clock was wrong"
            )
            yield Finding(message, values, is_fault=item.number > said)
