"""What holds on a day (docs/notes.md). All functions take facts and one civil date.

A note's state changes on its *transition dates*: the days on which something begins, and the days
after last days.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from ..notes.day_types import known_day
from ..notes.note_fields import NoteFields, TranslatableFields
from ..notes.opening_hours import ServiceChannel

Date = datetime.date
DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class State:
    """A state: its word, its first and its last day, if known. ``reason``: of a norm that is not
    simply in force; ``by``: the key of the norm that ended or suspended it."""

    word: str
    since: Date | None = None
    until: Date | None = None
    reason: str | None = None
    by: Any = None


PAST = ("expired", "superseded", "no-longer-in-force")
"""The states of notes that are over."""


class Lasting(Protocol):
    """A note, or part of one, that holds from a day and until a day, if stated."""

    @property
    def valid_from(self) -> Date | None: ...
    @property
    def valid_until(self) -> Date | None: ...


def holds_on(thing: Lasting, day: Date) -> bool:
    """Whether a day is in its period, both ends included."""
    return not (thing.valid_from and day < thing.valid_from) and not (
        thing.valid_until and day > thing.valid_until
    )


@dataclass(frozen=True)
class Validity:
    """When a note holds, as far as its fields say."""

    valid_from: Date | None
    valid_until: Date | None
    date: Date | None


def state_of(fields: Validity, superseded_on: Date | None, day: Date) -> State:
    """The state of a note that is not a norm. ``superseded_on``: first day of what replaces it."""
    begins, ends = fields.valid_from, fields.valid_until
    if begins and day < begins:
        return State("upcoming", until=begins - DAY)
    if superseded_on and superseded_on <= day and not (ends and ends + DAY < superseded_on):
        return State("superseded", since=superseded_on if superseded_on > Date.min else None)
    if ends and day > ends:
        return State("expired", since=ends + DAY)
    last = min((end for end in (ends, superseded_on and superseded_on - DAY) if end), default=None)
    return State("current", since=begins or fields.date, until=last)


ELECTRONIC = ("online", "email")
"""Electronic channels, which the law of a country may allow people not to use."""


def is_online_only(channels: Sequence[ServiceChannel], day: Date) -> bool:
    """Whether a service can be reached on that day, and only electronically."""
    ways = [channel for channel in channels if holds_on(channel, day)]
    return bool(ways) and all(way.channel in ELECTRONIC for way in ways)


def transition_dates(value: Any) -> set[Date]:
    """The transition dates of a model of facts."""
    found: set[Date] = set()
    for begin, end in _spans(value):
        if begin:
            found.add(begin)
        if end:
            found.add(end + DAY)
    return found


def dated(facts: NoteFields, words: TranslatableFields) -> set[Date]:
    """The days on which a note was published and changed, by its facts and texts."""
    days = (facts.date, facts.modified, *(change.date for change in words.changes))
    return {day for day in days if day}


Span = tuple[Date | None, Date | None]
"""A first and a last day."""


def _spans(fields: Any) -> Iterator[Span]:
    yield getattr(fields, "valid_from", None), getattr(fields, "valid_until", None)
    yield from spans_of_parts(fields)
    if hasattr(fields, "relations"):
        yield fields.first_date_entry_in_force, fields.date_no_longer_in_force
        for relation in fields.relations:
            yield known_day(relation.from_), relation.until


def spans_of_parts(fields: Any) -> Iterator[Span]:
    """The periods of hours, channels, addresses and closures."""
    for name in ("opening_hours", "channels", "address"):
        for item in getattr(fields, name, ()):
            yield item.valid_from, item.valid_until
            for window in getattr(item, "opening_hours", ()):
                yield window.valid_from, window.valid_until
    for closure in getattr(fields, "closures", ()):
        yield closure.from_, closure.last


def holds(days: Iterable[Date], today: Date) -> tuple[Date | None, Date | None]:
    """Since when today's state has held, and its last day."""
    days = list(days)
    since = max((day for day in days if day <= today), default=None)
    after = min((day for day in days if day > today), default=None)
    return since, after - DAY if after else None
