"""Times of the record that contradict each other.

Lines are written one after the other, so the times that they say may not decrease. Where they do,
a clock was wrong, and nobody knows from the record alone for how long. A line whose time is neither
before an earlier line's nor after a later line's is taken at its word; what lies between two such
lines, with others between them, is in doubt.
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
"""How far another computer's clock may be ahead of this one's."""


def timestamp(moment: datetime.datetime) -> str:
    """A time as the record has it: UTC, in seconds."""
    return moment.astimezone(datetime.UTC).strftime(TIME)


@dataclass(frozen=True)
class Doubt:
    """Lines ``first`` to ``last`` contradict others in their times. They were written between
    ``start`` and ``until``; None where the record does not say."""

    first: int
    last: int
    start: str | None
    until: str | None


def doubts(publications: Sequence[Publication], now: datetime.datetime) -> list[Doubt]:
    """Runs of lines whose time is not to be relied on. ``now``: of a clock that is right; lines
    from later than that are in doubt too."""
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
    """Lines from before the line that they follow, and from times to come. They are no faults where
    the operator said in a later line that the clock was wrong."""
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
