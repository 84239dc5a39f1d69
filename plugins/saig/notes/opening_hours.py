"""Weekly hours, the channels and seasons that they belong to, and closures."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import Any, Literal, NamedTuple

from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from ..words import N_
from .base_model import Model, not_before
from .clock import MIDNIGHT
from .fields import CivilDate, Clock, Days, LocalizedText, SecureUrl, field_error
from .problem import Term
from .standard_codes import ChannelId
from .weekdays import DAYS

Channel = Literal["in-person", "video", "phone", "email", "online", "post"]
Appointment = Literal["required", "optional", "none"]


class Hours(Model):
    """A weekly window. One that goes past midnight is two, each on its day: they are told as one
    where nothing lies between them."""

    days: Days = Field(description=N_("days of the week: [monday, wednesday] or monday-friday"))
    opens: Clock = Field(description=N_("time of opening, as in 09:00"))
    closes: Clock = Field(description=N_("time of closing, as in 14:00; 24:00 is midnight"))

    @field_validator("opens")
    @classmethod
    def _on_its_day(cls, value: str) -> str:
        if value == MIDNIGHT:
            raise field_error(
                "bad-value",
                N_("nothing opens at 24:00: that is the end of the day"),
                N_("write opens: 00:00, on the day after"),
            )
        return value

    @field_validator("closes")
    @classmethod
    def _after_opening(cls, value: str, info: ValidationInfo) -> str:
        value = MIDNIGHT if value == "00:00" else value
        opens = info.data.get("opens", "")
        if value <= opens:
            days = info.data.get("days", [])
            raise field_error(
                "bad-value",
                N_("closes (%(closes)s) is not after opens (%(opens)s)"),
                N_(
                    "correct one of the two; hours past midnight are two windows:"
                    " {days: [%(days)s], opens: %(opens)s, closes: 24:00}"
                    " and {days: [%(following)s], opens: 00:00, closes: %(closes)s}"
                ),
                closes=value,
                opens=opens,
                days=", ".join(days).lower(),
                following=", ".join(map(day_after, days)).lower(),
            )
        return value


def day_after(day: str) -> str:
    """The day of the week that follows, by its English name."""
    return DAYS[(DAYS.index(day) + 1) % len(DAYS)]


class Window(NamedTuple):
    """Hours in their season. ``way``: windows of another one may be open at the same time. ``at``:
    where it stands below the field that is checked."""

    way: Any
    first: datetime.date
    last: datetime.date
    hours: Hours
    at: tuple[str | int, ...]


def window(
    way: Any, season: OpeningHours | ServiceChannel | None, hours: Hours, *at: str | int
) -> Window:
    """A window of ``hours``, which are valid in a ``season``: always, if there is none or it has no
    ends. ``way`` and ``at``: see ``Window``."""
    first = season and season.valid_from
    last = season and season.valid_until
    return Window(way, first or datetime.date.min, last or datetime.date.max, hours, at)


def refuse_overlaps(windows: Iterable[Window]) -> None:
    """Raises ``PydanticCustomError`` where two windows of a way are open at the same time of a day
    that both have.

    In the order of their first days, each is held against those that are not over by then: a note
    with thousands of seasons takes no longer for it.
    """
    going: dict[tuple[Any, str], list[Window]] = {}
    for new in sorted(windows, key=lambda window: window.first):
        for day in new.hours.days:
            others = going.setdefault((new.way, day), [])
            others[:] = [other for other in others if other.last >= new.first]
            for other in others:
                at_once = (
                    new.hours.opens < other.hours.closes and other.hours.opens < new.hours.closes
                )
                if at_once and _has(day, new.first, min(new.last, other.last)):
                    one, second = sorted((other, new), key=lambda window: window.at)
                    raise _overlap(one, second, day)
            others.append(new)


def label_key(label: LocalizedText | None) -> tuple[tuple[str, str], ...]:
    """A label as what labels are compared by."""
    return tuple(sorted(label.root.items())) if label else ()


def _has(weekday: str, first: datetime.date, last: datetime.date) -> bool:
    """Whether a weekday is among these days, both ends counted."""
    return (DAYS.index(weekday) - first.weekday()) % 7 <= (last - first).days


def _overlap(one: Window, other: Window, day: str) -> PydanticCustomError:
    return field_error(
        "bad-value",
        N_("these hours, %(hours)s, overlap others: %(others)s, both on %(day)s"),
        N_("make one window of the two, or give each season its valid_from and valid_until"),
        at=other.at,
        hours=f"{other.hours.opens}-{other.hours.closes}",
        others=f"{one.hours.opens}-{one.hours.closes}",
        day=Term(_DAY_WORDS[day]),
    )


_DAY_WORDS = dict(
    zip(
        DAYS,
        (
            N_("Monday"),
            N_("Tuesday"),
            N_("Wednesday"),
            N_("Thursday"),
            N_("Friday"),
            N_("Saturday"),
            N_("Sunday"),
        ),
        strict=True,
    )
)


class OpeningHours(Hours):
    channel: Channel | None = Field(None, description=N_("the channel that these hours are for"))
    appointment: Appointment | None = Field(
        None, description=N_("whether an appointment is needed")
    )
    valid_from: CivilDate | None = Field(None, description=N_("first day of these hours"))
    valid_until: CivilDate | None = Field(None, description=N_("last day of these hours"))
    label: LocalizedText | None = Field(None, description=N_("what these hours are for"))

    _validity = not_before("valid_from", "valid_until")


class Closure(Model):
    """Days on which something is closed."""

    # ``from`` is a word of Python, hence the alias.
    from_: CivilDate = Field(alias="from", description=N_("first day closed"))
    until: CivilDate | None = Field(None, description=N_("last day closed; by default the first"))
    label: LocalizedText | None = Field(None, description=N_("why"))

    _order = not_before("from_", "until")

    @property
    def last(self) -> datetime.date:
        return self.until or self.from_


class ServiceChannel(Model):
    """One way to a service: Channel of CPSV-AP, ServiceChannel of schema.org."""

    id: ChannelId | None = Field(
        None,
        description=N_(
            "its name in the data, which then stays when others move; by default its channel"
        ),
    )
    channel: Channel = Field(description=N_("in-person, video, phone, email, online or post"))
    appointment: Appointment | None = Field(None, description=N_("required, optional or none"))
    url: SecureUrl | None = Field(None, description=N_("where to book or do it, straight there"))
    opening_hours: list[Hours] = Field([], description=N_("when this channel can be used"))
    label: LocalizedText | None = Field(None, description=N_("what this channel is for"))
    if_no_slot: LocalizedText | None = Field(
        None, description=N_("what to do when no appointment is free")
    )
    valid_from: CivilDate | None = Field(None, description=N_("first day of this channel"))
    valid_until: CivilDate | None = Field(None, description=N_("last day of this channel"))

    _validity = not_before("valid_from", "valid_until")

    @field_validator("opening_hours")
    @classmethod
    def _apart(cls, value: list[Hours]) -> list[Hours]:
        refuse_overlaps(window(None, None, hours, index) for index, hours in enumerate(value))
        return value


def channel_ids(ways: Sequence[ServiceChannel]) -> list[str]:
    """The name of each channel in the data of its service: what its note says, else its channel, with
    a number if that is taken."""
    taken = {way.id for way in ways if way.id}
    found = []
    for way in ways:
        name, number = way.id or way.channel, 1
        while not way.id and name in taken:
            number += 1
            name = f"{way.channel}-{number}"
        taken.add(name)
        found.append(name)
    return found
