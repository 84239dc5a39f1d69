"""``holidays`` of site.yaml: days on which every office is closed."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from dateutil.easter import EASTER_ORTHODOX, EASTER_WESTERN, easter  # type: ignore[import-untyped]
from pydantic import Field, ValidationInfo, field_validator

from ..words import N_
from .base_model import Model
from .day_types import CivilDate, MonthDay
from .localized_text import LocalizedText
from .value_types import field_error

FIRST_EASTER, LAST_EASTER = 1583, 4099
"""The years for which the rule of the Gregorian Easter holds."""

FARTHEST_FROM_EASTER = 80
"""Days: every feast that moves with Easter is within them, and stays in its year."""


FIRST_YEAR, LAST_YEAR = 1900, 2199
"""Holidays of other years are taken for typing errors."""


class Holiday(Model):
    """One day, or one of every year: on the same date, or at the same distance from Easter
    Sunday."""

    date: CivilDate | None = Field(None, description=N_("the day, if it is one of a single year"))
    day: MonthDay | None = Field(
        None, description=N_("month and day, if it is the same every year, as in 12-25")
    )
    easter: int | None = Field(
        None, description=N_("days after Easter Sunday: -2 is Good Friday, 1 is Easter Monday")
    )
    orthodox_easter: int | None = Field(
        None,
        validate_default=True,
        description=N_("the same by the Easter of the Orthodox churches: 0 is the Sunday itself"),
    )
    label: LocalizedText = Field(description=N_("its name"))

    @field_validator("easter", "orthodox_easter")
    @classmethod
    def _one_way(cls, value: int | None, info: ValidationInfo) -> int | None:
        """The day must be given exactly once. Wrong values are not in ``data``."""
        if value is not None and abs(value) > FARTHEST_FROM_EASTER:
            raise field_error(
                "bad-value",
                N_("no feast is %(value)d days from Easter Sunday"),
                N_("write the days between, at most %(limit)d; -2 is Good Friday"),
                value=value,
                limit=FARTHEST_FROM_EASTER,
            )
        is_last = info.field_name == "orthodox_easter"
        others = ("date", "day", "easter") if is_last else ("date", "day")
        said = [*(info.data.get(name, "") for name in others), value]
        ways = len(said) - said.count(None)
        if is_last and ways == 0:
            raise field_error(
                "missing-field",
                N_("a holiday needs its day: date, day or easter"),
                N_("write date: 2020-12-25 for one year, day: 12-25 for all, or easter: -2"),
            )
        if ways > 1 and "" not in said and (is_last or value is not None):
            raise field_error(
                "bad-value",
                N_("the day of this holiday is said twice"),
                N_("keep one of date, day, easter and orthodox_easter"),
            )
        return value

    def days(self, years: Iterable[int]) -> list[datetime.date]:
        """The one day, or its days in these years."""
        if self.date:
            return [self.date]
        return [day for year in years if (day := self._in_year(year))]

    def _in_year(self, year: int) -> datetime.date | None:
        after = self.easter if self.orthodox_easter is None else self.orthodox_easter
        if after is not None:
            if not FIRST_EASTER <= year <= LAST_EASTER:
                return None
            rule = EASTER_WESTERN if self.orthodox_easter is None else EASTER_ORTHODOX
            sunday: datetime.date = easter(year, rule)
            return sunday + datetime.timedelta(days=after)
        try:
            return datetime.date.fromisoformat(f"{year:04d}-{self.day}")
        except ValueError:  # 29 February
            return None
