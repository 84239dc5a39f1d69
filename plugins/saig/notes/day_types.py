"""The types of days, days of the week and times of day in front matter, as those of
``value_types``."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import (
    BeforeValidator,
    Field,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WithJsonSchema,
    WrapValidator,
)
from pydantic_core import PydanticCustomError

from ..languages import is_known
from ..words import N_
from . import clock
from .date_guess import iso_guess, named_day
from .value_types import field_error, typed
from .weekdays import DAYS, day_names, parts, plain, several

UNKNOWN = "unknown"
"""Written instead of a day: there is one, but the sources do not say which."""

LEAP_YEAR = 2000
"""A year that has every day of the calendar."""


def _date(value: Any, info: ValidationInfo) -> Any:
    if isinstance(value, list | dict):
        raise field_error("wrong-type", N_("this must be a date"), N_("write it as 2020-05-15"))
    text = typed(value)
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        try:
            day = datetime.date.fromisoformat(text)
        except ValueError:
            raise field_error(
                "bad-value",
                N_("%(value)s is not a day of the calendar"),
                N_(
                    "check the month and the day; dates are written year-month-day, as in 2020-05-15"
                ),
                value=text,
            ) from None
        return _real(day, text)
    languages = _locales(info)
    meant = iso_guess(text, languages)
    if meant and (_ONE_DAY.fullmatch(text) or meant == named_day(text, languages)):
        return _real(datetime.date.fromisoformat(meant), text)
    raise field_error(
        "bad-value",
        N_("“%(value)s” is not a date"),
        N_("write it as %(example)s")
        if meant
        else N_("write the year, the month and the day, as in 2020-05-15"),
        value=text[:60],
        example=meant,
        mended=meant,
    )


def _real(day: datetime.date, typed: str) -> datetime.date:
    """A day with other days before and after it for several years: when something began or ended,
    or when it is to be verified again."""
    if day.year in clock.YEARS:
        return day
    raise field_error(
        "bad-value",
        N_("%(value)s stands for no real day"),
        N_("leave the field out if there is no such day"),
        value=typed[:60],
    )


_ONE_DAY = re.compile(r"\d{1,2}[^\d:].*[^\d:]\d{4}|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}")
"""Days that are not in ISO form but have only one meaning in Europe: ``15/01/2027``, ``15 de gener
de 2027``. A year of two digits might be a day."""


def _locales(info: ValidationInfo) -> Sequence[str]:
    """The languages whose names of days and months are read."""
    context = info.context or {}
    return context.get("locales") or context.get("languages") or ()


def _first_day(value: Any, info: ValidationInfo) -> Any:
    return UNKNOWN if value == UNKNOWN else _date(value, info)


def known_day(value: datetime.date | str | None) -> datetime.date | None:
    """The day in a ``FirstDay``; None where there is none, or where it is ``unknown``."""
    return value if isinstance(value, datetime.date) else None


def _month_day(value: Any) -> Any:
    text = typed(value)
    try:
        if re.fullmatch(r"\d{2}-\d{2}", text):
            datetime.date.fromisoformat(f"{LEAP_YEAR}-{text}")
            return text
    except ValueError:
        pass
    raise field_error(
        "bad-value",
        N_("“%(value)s” is not a day of every year"),
        N_("write the month and the day, as in 12-25"),
        value=text[:40],
    )


def _clock(value: Any, info: ValidationInfo) -> Any:
    text = typed(value)
    if time := clock.read(text):
        return time
    if info.field_name == "closes" and (time := clock.past_midnight(text)):
        raise field_error(
            "bad-value",
            N_("“%(value)s” is on the next day: a day ends at 24:00"),
            N_("close this window at 24:00, and give the next day one from 00:00 to %(time)s"),
            value=text,
            time=time,
        )
    if time := clock.mended(text):
        return time
    raise field_error(
        "bad-value",
        N_("“%(value)s” is not a time of day"),
        N_("write hours and minutes, from 00:00 to 24:00, as in 09:30"),
        value=text[:40],
    )


def _days_or_unknown(value: Any, read: ValidatorFunctionWrapHandler) -> Any:
    """``unknown`` as no day at all; a list that is empty stays an error."""
    return [] if value in (UNKNOWN, [UNKNOWN]) else read(value)


def _days(value: Any, info: ValidationInfo) -> Any:
    """Days as a list of names, or a range such as ``monday-friday``."""
    names = day_names(tuple(filter(is_known, _locales(info))))
    if isinstance(value, str):
        value = several(value, names)
    if isinstance(value, list):
        every = [one for item in value for one in several(str(item), names)]
        return sorted({day for one in every for day in _range(one, names)}, key=DAYS.index)
    return value


def _range(text: str, names: Mapping[str, frozenset[str]]) -> list[str]:
    days = [_day(name, names) for name in parts(text, names)]
    first, last = DAYS.index(days[0]), DAYS.index(days[-1])
    if first > last:
        raise _bad_day(text)
    return list(DAYS[first : last + 1])


def _day(name: str, names: Mapping[str, frozenset[str]]) -> str:
    found = sorted(names.get(plain(name), ()), key=DAYS.index)
    if len(found) > 1:
        raise field_error(
            "bad-value",
            N_("“%(value)s” is one day in one language and another day in another"),
            N_("write its whole name, or the English one: %(days)s"),
            value=name.strip()[:40],
            days=", ".join(day.lower() for day in found),
        )
    if not found:
        raise _bad_day(name)
    return found[0]


def _bad_day(value: str) -> PydanticCustomError:
    return field_error(
        "bad-value",
        N_("“%(value)s” is not a day of the week"),
        N_(
            "write a list such as [monday, wednesday], or monday-friday;"
            " or unknown, if only the hours are known"
        ),
        value=value[:40],
    )


CivilDate = Annotated[datetime.date, BeforeValidator(_date, json_schema_input_type=str)]

FirstDay = Annotated[
    datetime.date | Literal["unknown"], BeforeValidator(_first_day, json_schema_input_type=str)
]
"""A date, or ``unknown``."""

MonthDay = Annotated[
    str,
    BeforeValidator(_month_day),
    WithJsonSchema({"type": "string", "pattern": r"^\d{2}-\d{2}$"}),
]

Clock = Annotated[
    str, BeforeValidator(_clock), WithJsonSchema({"type": "string", "pattern": r"^\d{2}:\d{2}$"})
]

Day = Annotated[str, WithJsonSchema({"enum": list(DAYS)})]

Days = Annotated[
    list[Day],
    BeforeValidator(_days),
    Field(min_length=1),
    WrapValidator(_days_or_unknown),
    WithJsonSchema({"type": "array", "items": {"enum": list(DAYS)}}),
]
"""Days of the week; none where an editor wrote ``unknown``: the hours are known, the days are
not."""
