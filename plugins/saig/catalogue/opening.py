"""Opening hours, as far as known on a day: seasons, closures, holidays.

Which window is open at an instant is worked out in the browser (theme/static/js/live.js), as pages
must not contain the time of their build.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from typing import Any, NamedTuple

from ..notes.holidays import Holiday
from ..notes.opening_hours import Closure, OpeningHours, SeasonalHours
from .validity import DAY, Date, Lasting


class Stretch(NamedTuple):
    """Hours, and the first and the last day on which they apply, if there is one."""

    hours: SeasonalHours
    first: Date | None
    last: Date | None

    def counts(self, within: Iterable[Lasting]) -> dict[str, str | None]:
        """The days on which they apply, as documents have them, limited to those of the note and
        the channel that they belong to (``within``)."""
        within = list(within)
        first = max(filter(None, [self.first, *(item.valid_from for item in within)]), default=None)
        last = min(filter(None, [self.last, *(item.valid_until for item in within)]), default=None)
        return {
            "counts_from": first.isoformat() if first else None,
            "counts_until": last.isoformat() if last else None,
        }


def stretches(hours: Sequence[SeasonalHours]) -> list[Stretch]:
    """When hours apply: in their season, without the days on which others override them. Hours that
    an override cuts in two are returned twice. In the order of the hours."""
    seasons: dict[str | None, list[tuple[int, int]]] = {}
    for window in hours:
        if window.overrides:
            seasons.setdefault(_channel(window), []).append(_span(window))
    found = []
    for window in hours:
        taken = [] if window.overrides else seasons.get(None, [])
        if not window.overrides and (channel := _channel(window)):
            taken = [*taken, *seasons.get(channel, ())]
        found += [Stretch(window, *days) for days in _left(_span(window), taken)]
    return found


def _channel(window: SeasonalHours) -> str | None:
    return window.channel if isinstance(window, OpeningHours) else None


ALWAYS, NEVER = Date.min.toordinal(), Date.max.toordinal()


def _span(window: SeasonalHours) -> tuple[int, int]:
    first, last = window.valid_from, window.valid_until
    return first.toordinal() if first else ALWAYS, last.toordinal() if last else NEVER


def _left(
    span: tuple[int, int], taken: Iterable[tuple[int, int]]
) -> Iterator[tuple[Date | None, Date | None]]:
    """A span of days without the overridden ones."""
    first, end = span
    for start, last in sorted(taken):
        if first < start and first <= end:
            yield _day(first), _day(min(start - 1, end))
        first = max(first, last + 1)
    if first <= end:
        yield _day(first), _day(end)


def _day(ordinal: int) -> Date | None:
    return None if ordinal in (ALWAYS, NEVER) else Date.fromordinal(ordinal)


def on_day(found: Iterable[Stretch], day: Date) -> list[Stretch]:
    """The stretches that apply on a day."""
    return [one for one in found if (one.first or day) <= day <= (one.last or day)]


def to_come(found: Iterable[Stretch], day: Date) -> list[Stretch]:
    """The stretches that do not apply yet but will."""
    return [one for one in found if one.first and one.first > day]


def has_hours(facts: Any) -> bool:
    """Whether a note has hours, its own or a channel's, so that closures are relevant."""
    return bool(
        getattr(facts, "opening_hours", ())
        or any(channel.opening_hours for channel in getattr(facts, "channels", ()))
    )


def is_walk_in(facts: Any) -> bool:
    """Whether a note has hours for visits in person that need no appointment."""
    return any(
        window.channel in (None, "in-person") and window.appointment in FREE
        for window in getattr(facts, "opening_hours", ())
    ) or any(
        way.channel == "in-person" and way.appointment in FREE and way.opening_hours
        for way in getattr(facts, "channels", ())
    )


FREE = ("none", "optional")
"""Values of ``appointment`` with which visitors need none."""


def holidays(said: Sequence[Holiday], day: Date) -> list[Closure]:
    """The days of the holidays. Yearly ones: for this year and the next."""
    years = _years(day)
    found = [
        Closure.model_validate({"from": date, "label": holiday.label})
        for holiday in said
        for date in holiday.days(years)
    ]
    return sorted(found, key=lambda closure: closure.from_)


def holidays_known_until(known: Sequence[int], day: Date) -> Date | None:
    """The last day up to which ``holidays`` is complete; None if this year's are not known.
    ``known``: the years that site.yaml names."""
    years = list(takewhile(lambda year: year in known, _years(day)))
    return datetime.date(years[-1], 12, 31) if years else None


def known_to_end(known: Sequence[int], day: Date) -> Date | None:
    """The last day of the consecutive years whose holidays are known. It is before ``day`` if they
    have run out. None if none were ever known."""
    last = max((year for year in known if year <= day.year), default=None)
    while last and last + 1 in known:
        last += 1
    return datetime.date(last, 12, 31) if last else None


def holiday_transition_dates(said: Sequence[Holiday], known: Sequence[int], day: Date) -> set[Date]:
    """The days on which a holiday begins or is over, or on which the result of ``holidays`` or
    ``holidays_known_until`` changes."""
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
    """This year and the next, unless the calendar ends."""
    return [year for year in (day.year, day.year + 1) if year <= datetime.MAXYEAR - 1]
