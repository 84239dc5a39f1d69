"""Weekly hours, the channels and seasons that they belong to, and closures."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import Field, ValidationInfo, field_validator, model_validator
from pydantic_core import PydanticCustomError

from ..words import N_
from . import clock
from .as_written import APPOINTMENTS, CHANNELS, read_as
from .base_model import Model, not_before
from .clock import MIDNIGHT
from .day_types import UNKNOWN, CivilDate, Clock, Days
from .local_name import LocalUrl
from .localized_text import LocalizedText
from .problem import Term
from .standard_codes import ChannelId
from .value_types import Reference, field_error
from .weekdays import DAYS

Channel = Annotated[
    Literal["in-person", "video", "phone", "email", "online", "post"], read_as(CHANNELS)
]
Appointment = Annotated[Literal["required", "optional", "none"], read_as(APPOINTMENTS)]


class Hours(Model):
    """A weekly window. Hours past midnight are two windows, one on each day; documents join
    them."""

    days: Days = Field(
        description=N_(
            "days of the week: [monday, wednesday] or monday-friday; unknown, if only the hours are"
            " known"
        )
    )
    opens: Clock = Field(description=N_("time of opening, as in 09:00"))
    closes: Clock = Field(description=N_("time of closing, as in 14:00; 24:00 is midnight"))

    @model_validator(mode="before")
    @classmethod
    def _both_in_one(cls, value: Any) -> Any:
        """``opens: de 9 a 14 h``, without ``closes``."""
        if isinstance(value, dict) and "closes" not in value:
            text = str(getattr(value.get("opens"), "text", value.get("opens")))
            if both := clock.range_of(text):
                return {**value, "opens": both[0], "closes": both[1]}
        return value

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
                days=", ".join(days).lower() or UNKNOWN,
                following=", ".join(map(day_after, days)).lower() or UNKNOWN,
            )
        return value


def day_after(day: str) -> str:
    """The day of the week that follows, by its English name."""
    return DAYS[(DAYS.index(day) + 1) % len(DAYS)]


class SeasonalHours(Hours):
    """A weekly window that may be limited to a season, and override others during it."""

    valid_from: CivilDate | None = Field(None, description=N_("first day of these hours"))
    valid_until: CivilDate | None = Field(None, description=N_("last day of these hours"))
    overrides: bool = Field(
        False,
        description=N_(
            "true: from valid_from to valid_until these hours take the place of the others of their"
            " channel; of all, if they name none"
        ),
    )

    _validity = not_before("valid_from", "valid_until")

    @field_validator("overrides")
    @classmethod
    def _in_a_season(cls, value: bool, info: ValidationInfo) -> bool:
        ends = [info.data.get(name, UNKNOWN) for name in ("valid_from", "valid_until")]
        if value and None in ends:
            raise field_error(
                "missing-field",
                N_("hours that override others need their first and their last day"),
                N_("add valid_from: and valid_until: to them"),
            )
        return value


class OpeningHours(SeasonalHours):
    channel: Channel | None = Field(None, description=N_("the channel that these hours are for"))
    appointment: Appointment | None = Field(
        None, description=N_("whether an appointment is needed")
    )
    label: LocalizedText | None = Field(None, description=N_("what these hours are for"))


def is_overridden(hours: SeasonalHours, by: SeasonalHours) -> bool:
    """Whether these hours do not count on days on which ``by`` holds, which override them."""
    channel = getattr(by, "channel", None)
    return (
        by.overrides and not hours.overrides and channel in (None, getattr(hours, "channel", None))
    )


class Window(NamedTuple):
    """Hours in their season. ``way``: windows of another one may be open at the same time. ``at``:
    where it stands below the field that is checked."""

    way: Any
    first: datetime.date
    last: datetime.date
    hours: Hours
    at: tuple[str | int, ...]


def window(way: Any, season: ServiceChannel | None, hours: SeasonalHours, *at: str | int) -> Window:
    """A window of ``hours``, which are valid in their own season and in that of their channel, if
    that has one. ``way`` and ``at``: see ``Window``. Hours that override others are not compared
    with those."""
    first = max(hours.valid_from or EVER, (season and season.valid_from) or EVER)
    last = min(hours.valid_until or NEVER, (season and season.valid_until) or NEVER)
    return Window((way, hours.overrides), first, last, hours, at)


EVER, NEVER = datetime.date.min, datetime.date.max


def refuse_idle(hours: Sequence[SeasonalHours]) -> None:
    """Raises ``PydanticCustomError`` if hours override others but there are none: a wrong channel,
    or a wrong year."""
    usual = [other for other in hours if not other.overrides]
    for index, one in enumerate(hours):
        if one.overrides and not any(
            is_overridden(other, one)
            and (other.valid_from or EVER) <= (one.valid_until or NEVER)
            and (other.valid_until or NEVER) >= (one.valid_from or EVER)
            for other in usual
        ):
            raise field_error(
                "bad-value",
                N_("there are no other hours of this channel on these days to be overridden"),
                N_("remove overrides, or write the channel and the days of the others"),
                at=(index, "overrides"),
            )


def refuse_overlaps(windows: Iterable[Window]) -> None:
    """Raises ``PydanticCustomError`` if two windows of a way overlap on a day. Windows are sorted
    by their first day, and each is compared only with those that are not over by then, so that
    thousands of seasons take no longer."""
    going: dict[tuple[Any, str], list[Window]] = {}
    for new in sorted(windows, key=lambda window: window.first):
        for day in new.hours.days or [UNKNOWN]:
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
    """A label in the form in which labels are compared."""
    return tuple(sorted(label.root.items())) if label else ()


def _has(weekday: str, first: datetime.date, last: datetime.date) -> bool:
    """Whether a weekday, or one that is not known, is among these days, both ends counted."""
    if weekday == UNKNOWN:
        return first <= last
    return (DAYS.index(weekday) - first.weekday()) % 7 <= (last - first).days


def _overlap(one: Window, other: Window, day: str) -> PydanticCustomError:
    return field_error(
        "bad-value",
        N_("these hours, %(hours)s, overlap others: %(others)s, both on %(day)s"),
        N_(
            "make one window of the two, or give each season its valid_from and valid_until;"
            " with overrides: true one takes the place of the others meanwhile"
        ),
        at=other.at,
        hours=f"{other.hours.opens}-{other.hours.closes}",
        others=f"{one.hours.opens}-{one.hours.closes}",
        day=Term(_DAY_WORDS.get(day, N_("days that are not known"))),
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
    url: LocalUrl | None = Field(None, description=N_("where to book or do it, straight there"))
    contact: Reference | None = Field(
        None,
        description=N_("the contact that this channel leads to, if not the first of departments"),
    )
    opening_hours: list[SeasonalHours] = Field([], description=N_("when this channel can be used"))
    label: LocalizedText | None = Field(None, description=N_("what this channel is for"))
    if_no_slot: LocalizedText | None = Field(
        None, description=N_("what to do when no appointment is free")
    )
    valid_from: CivilDate | None = Field(None, description=N_("first day of this channel"))
    valid_until: CivilDate | None = Field(None, description=N_("last day of this channel"))

    _validity = not_before("valid_from", "valid_until")

    @field_validator("opening_hours")
    @classmethod
    def _apart(cls, value: list[SeasonalHours]) -> list[SeasonalHours]:
        refuse_idle(value)
        refuse_overlaps(window(None, None, hours, index) for index, hours in enumerate(value))
        return value


def channel_ids(ways: Sequence[ServiceChannel]) -> list[str]:
    """The name of each channel in the data of its service: its ``id``, or else its channel, with a
    number if that is taken."""
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
