"""Impossible days, and ends of which editors are warned in advance."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from ..notes.dates_in_text import WEEKDAYS, WeekdayDate
from ..notes.opening_hours import Closure
from ..notes.problem import Problem
from ..words import N_
from .catalogue import Catalogue
from .entry import Entry
from .validity import DAY, spans_of_parts

Date = datetime.date

EXPIRING_DAYS = 14
"""The most days before an end on which the editor is warned. For what lasts less than twice as
long, the warning comes in its second half: a short duration is usually intended."""

BEFORE, AFTER = 45, 120
"""A date without a year is searched from so many days before to so many after a day of the note."""

NOTHING_TO_DO = N_("nothing to do if that is right; otherwise write a later day")


def check_days(catalogue: Catalogue, entry: Entry) -> Iterator[Problem]:
    """Problems of a note's days. The days on which they begin and end are recorded in ``check.py``:
    ``transition_dates`` and ``told_on``."""
    yield from _changes(entry)
    yield from _weekdays(entry)
    yield from _endings(catalogue, entry)
    if entry.kind == "notice":
        yield from _notice(catalogue, entry)
    if entry.kind == "service":
        yield from _channels(catalogue, entry)
    if entry.kind == "contact":
        yield from _gaps(entry, catalogue.day)


# -- what cannot be -------------------------------------------------------------------------------


def _changes(entry: Entry) -> Iterator[Problem]:
    """A note cannot have been changed before its date."""
    date = entry.facts.date
    for note in entry.all_notes:
        for index, change in enumerate(note.fields.changes):
            if date and change.date < date:
                yield note.problem(
                    "date-order",
                    N_("this change (%(value)s) is before the note's own date (%(start)s)"),
                    N_("correct one of the two days, or tell of it in the text"),
                    "changes",
                    index,
                    "date",
                    value=change.date.isoformat(),
                    start=date.isoformat(),
                )


def _weekdays(entry: Entry) -> Iterator[Problem]:
    anchors = list(_anchors(entry))
    for note in entry.all_notes:
        for said in note.weekday_dates:
            if day := other_weekday(said, anchors):
                yield note.problem_at(
                    said.place,
                    "weekday-differs",
                    N_("“%(words)s”: %(date)s is %(weekday)s"),
                    N_("write %(weekday)s, or correct the date"),
                    words=said.words[:60],
                    date=day.isoformat(),
                    weekday=WEEKDAYS[said.lang][day.weekday()],
                )


def _anchors(entry: Entry) -> Iterator[Date]:
    facts = entry.facts
    days = (facts.date, facts.modified, facts.valid_from, facts.valid_until)
    yield from filter(None, days)
    for note in entry.all_notes:
        yield from (change.date for change in note.fields.changes)


def other_weekday(said: WeekdayDate, anchors: Iterable[Date]) -> Date | None:
    """The date that a text gives a wrong weekday; None if it is right, or the year is uncertain.
    ``anchors``: the days of the note."""
    if said.year:
        meant = [day] if (day := _day(said.year, said)) else []
    else:
        near = {
            (abs((day - anchor).days), day)
            for anchor in anchors
            for year in (anchor.year - 1, anchor.year, anchor.year + 1)
            if (day := _day(year, said)) and -BEFORE <= (day - anchor).days <= AFTER
        }
        meant = [day for _, day in sorted(near)]
    is_right = any(day.weekday() == said.weekday for day in meant)
    return None if is_right or not meant else meant[0]


def _day(year: int, said: WeekdayDate) -> Date | None:
    try:
        return Date(year, said.month, said.day)
    except ValueError:  # 29 February of most years; 31 June
        return None


# -- what ends ------------------------------------------------------------------------------------


def ends_soon(begins: Date | None, ends: Date, day: Date) -> bool:
    """Whether it is time to warn the editor that something ends."""
    lead = _lead(begins, ends)
    return lead > 0 and day <= ends <= day + lead * DAY


def _lead(begins: Date | None, ends: Date) -> int:
    return min(EXPIRING_DAYS, (ends - begins).days // 2) if begins else EXPIRING_DAYS


def told_on(facts: Any) -> Iterator[Date]:
    """The days on which a warning about an end begins or stops."""
    own = (facts.valid_from or facts.date, facts.valid_until)
    for begins, ends in (own, *spans_of_parts(facts)):
        if ends:
            yield ends - max(_lead(begins, ends), 0) * DAY
            yield ends + DAY


def _endings(catalogue: Catalogue, entry: Entry) -> Iterator[Problem]:
    facts, day = entry.facts, catalogue.day
    last = facts.valid_until
    said = {
        "notice": N_("this notice expires on %(date)s"),
        "contact": N_("this contact ends on %(date)s, and nothing takes over from it"),
        "service": N_("this service ends on %(date)s, and nothing takes over from it"),
    }
    if last and entry.kind in said and ends_soon(facts.valid_from or facts.date, last, day):
        if not catalogue.successors(entry):
            yield _ending(entry, said[entry.kind], last, "valid_until")
        return
    hours_end = N_("these hours end on %(date)s, and none follow them")
    channel_ends = N_("this channel ends on %(date)s, and none follows it")
    address_ends = N_("this address ends on %(date)s, and none follows it")
    of_lists = {"opening_hours": hours_end, "channels": channel_ends, "address": address_ends}
    for name, message in of_lists.items():
        for index, ends in last_of_their_kind(getattr(facts, name, ()), day):
            one = (name, index) if name != "address" else _address(entry, index)
            yield _ending(entry, message, ends, *one, "valid_until")
    for place, way in enumerate(getattr(facts, "channels", ())):
        for index, ends in last_of_their_kind(way.opening_hours, day):
            at = ("channels", place, "opening_hours", index, "valid_until")
            yield _ending(entry, hours_end, ends, *at)
    for index, closure in enumerate(getattr(facts, "closures", ())):
        if _is_long(closure) and ends_soon(closure.from_, closure.last, day):
            message = N_("this closure ends on %(date)s")
            yield _ending(entry, message, closure.last, "closures", index, "until")


def _address(entry: Entry, index: int) -> tuple[str | int, ...]:
    """The place of an address in the fields, which may have a single one instead of a list."""
    is_list = ("address", 0) in entry.original.places
    return ("address", index) if is_list else ("address",)


def _gaps(entry: Entry, day: Date) -> Iterator[Problem]:
    """Days between two addresses, from today on, on which a contact has none."""
    ordered = sorted(enumerate(entry.facts.address), key=lambda one: one[1].valid_from or Date.min)
    for (index, before), (_, after) in pairwise(ordered):
        first, last = before.valid_until + DAY, after.valid_from - DAY
        if day <= last and first <= last:
            yield entry.original.problem(
                "address-gap",
                N_("from %(first)s to %(last)s this contact has no address"),
                N_("write valid_until: %(last)s, or correct the day on which the next one begins"),
                *("address", index, "valid_until"),
                first=first.isoformat(),
                last=last.isoformat(),
            )


def last_of_their_kind(seasons: Sequence[Any], day: Date) -> Iterator[tuple[int, Date]]:
    """The hours, channels or addresses that end soon and that none of the same channel follows:
    position and last day. Of several that end together the first."""
    told = set()
    for index, season in enumerate(seasons):
        ends, channel = season.valid_until, getattr(season, "channel", None)
        if not ends or (channel, ends) in told or not ends_soon(season.valid_from, ends, day):
            continue
        is_of_all = channel is None and getattr(season, "overrides", False)
        goes_on = any(
            (is_of_all or getattr(other, "channel", None) == channel)
            and (other.valid_from or Date.min) <= ends + DAY
            and (other.valid_until or Date.max) > ends
            for other in seasons
        )
        if not goes_on:
            told.add((channel, ends))
            yield index, ends


def _is_long(closure: Closure) -> bool:
    """Whether a closure is long enough for works, whose end should be confirmed."""
    return (closure.last - closure.from_).days > EXPIRING_DAYS


def _ending(entry: Entry, message: str, ends: Date, *path: str | int) -> Problem:
    return entry.original.problem(
        "expiring-soon", message, NOTHING_TO_DO, *path, date=ends.isoformat()
    )


def _channels(catalogue: Catalogue, entry: Entry) -> Iterator[Problem]:
    """A service all of whose channels are over, without an explanation."""
    facts, day = entry.facts, catalogue.day
    is_over = all(way.valid_until and way.valid_until < day for way in facts.channels)
    if facts.channels and is_over and not facts.no_channel and catalogue.is_current(entry):
        yield entry.original.problem(
            "no-open-channel",
            N_("all channels of this service are over"),
            N_("add the channel that is open now, or no_channel with the reason why there is none"),
            "channels",
        )


# -- notices --------------------------------------------------------------------------------------


def _notice(catalogue: Catalogue, entry: Entry) -> Iterator[Problem]:
    facts = entry.facts
    if catalogue.state(entry).word not in ("current", "upcoming"):
        return
    is_urgent = facts.urgency == "urgent"
    if is_urgent and facts.valid_until is None:
        yield entry.original.problem(
            "urgent-without-end",
            N_("this urgent notice has no last day, so it stays at the top of every page"),
            N_("write valid_until: with the last day on which it matters"),
            "urgency",
        )
    if facts.valid_until and (facts.valid_from or facts.date) == facts.valid_until:
        return  # a notice of one day: "today" is right while it holds
    for note in entry.all_notes:
        for said in note.relative_days:
            if is_urgent or said.is_title:
                yield note.problem_at(
                    said.place,
                    "relative-day",
                    N_("“%(word)s” is another day for who reads it tomorrow"),
                    N_("write the weekday and the date"),
                    word=said.word,
                )
