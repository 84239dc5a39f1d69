"""When something is open, as far as it is known on a day: seasons, closures, holidays.

Which of the windows holds at an instant is not said here: a page may not carry the time of its
build, so that is worked out where the page is read (theme/static/js/live.js).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from itertools import takewhile
from typing import Any, Protocol, TypeVar

from ..notes.models import Closure, Hours, OpeningHours, ServiceChannel
from ..notes.site import Holiday
from .validity import DAY, Date

Season = TypeVar("Season", OpeningHours, ServiceChannel)


def to_come(seasons: Sequence[Season], day: Date) -> list[Season]:
    """Those that do not hold yet and will: hours of an office, channels of a service."""
    return [season for season in seasons if season.valid_from and season.valid_from > day]


class Lasting(Protocol):
    """A note, or a channel: what the hours in it cannot outlast."""

    @property
    def valid_from(self) -> Date | None: ...

    @property
    def valid_until(self) -> Date | None: ...


def counts(window: Hours, within: Iterable[Lasting]) -> dict[str, str | None]:
    """The first and the last day on which hours count: their own, or those of what they are in."""
    around = [*([window] if isinstance(window, OpeningHours) else []), *within]
    first = max((item.valid_from for item in around if item.valid_from), default=None)
    last = min((item.valid_until for item in around if item.valid_until), default=None)
    return {
        "counts_from": first.isoformat() if first else None,
        "counts_until": last.isoformat() if last else None,
    }


def has_hours(facts: Any) -> bool:
    """Whether a note says hours, its own or those of a channel, so that a closure matters to it."""
    return bool(
        getattr(facts, "opening_hours", ())
        or any(channel.opening_hours for channel in getattr(facts, "channels", ()))
    )


def closures_from(closures: Sequence[Closure], day: Date) -> list[Closure]:
    """Those that are not over on a day, in their order."""
    return sorted((c for c in closures if c.last >= day), key=lambda closure: closure.from_)


def holidays(said: Sequence[Holiday], day: Date) -> list[Closure]:
    """The days of the holidays. Those of every year: in this year and the next."""
    years = _years(day)
    found = [
        Closure.model_validate({"from": date, "label": holiday.label})
        for holiday in said
        for date in holiday.days(years)
    ]
    return sorted(found, key=lambda closure: closure.from_)


def holidays_known_until(known: Sequence[int], day: Date) -> Date | None:
    """The last day up to which ``holidays`` gives every one; None where those of this year are not
    known. ``known``: the years that site.yaml names."""
    years = list(takewhile(lambda year: year in known, _years(day)))
    return datetime.date(years[-1], 12, 31) if years else None


def known_to_end(known: Sequence[int], day: Date) -> Date | None:
    """The last day of the years, one after the other, whose holidays are known: it lies before
    ``day`` if they are known no longer. None where they never were."""
    last = max((year for year in known if year <= day.year), default=None)
    while last and last + 1 in known:
        last += 1
    return datetime.date(last, 12, 31) if last else None


def holiday_transition_dates(said: Sequence[Holiday], known: Sequence[int], day: Date) -> set[Date]:
    """The days on which a holiday begins or is over, that on which those of another year are known,
    and those on which it is another day until which all are known."""
    first = {closure.from_ for closure in holidays(said, day)}
    transition_dates = first | {date + DAY for date in first}
    if any(holiday.date is None for holiday in said):
        transition_dates |= {datetime.date(year, 1, 1) for year in _years(day)}
    turns = {datetime.date(year + turn, 1, 1) for year in known for turn in (-1, 0, 1)}
    return transition_dates | {
        turn
        for turn in turns
        if holidays_known_until(known, turn) != holidays_known_until(known, turn - DAY)
    }


def _years(day: Date) -> list[int]:
    """This year and the next, if the calendar has it."""
    return [year for year in (day.year, day.year + 1) if year <= datetime.MAXYEAR - 1]
