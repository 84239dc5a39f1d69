"""Closures, holidays and the years of which they are known: pure functions of facts and a day."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from saig.catalogue.opening import (
    has_hours,
    holiday_transition_dates,
    holidays,
    holidays_known_until,
    is_walk_in,
    known_to_end,
    on_day,
    stretches,
    to_come,
)
from saig.notes.holidays import Holiday
from saig.notes.models import Contact, Service
from saig.notes.opening_hours import OpeningHours

Date = datetime.date
LABEL = {"ca": "Festa"}


def holiday(**said: Any) -> Holiday:
    return Holiday.model_validate({**said, "label": LABEL}, context={"languages": ["ca"]})


def test_a_season_is_to_come_until_the_day_before_it() -> None:
    window = {"days": ["MONDAY"], "opens": "9:00", "closes": "10:00"}
    season = OpeningHours.model_validate({**window, "valid_from": Date(2020, 6, 10)})
    always = OpeningHours.model_validate(window)
    found = stretches([season, always])
    assert [one.hours for one in to_come(found, Date(2020, 6, 9))] == [season]
    assert to_come(found, Date(2020, 6, 10)) == []


AUGUST = {"valid_from": Date(2027, 8, 1), "valid_until": Date(2027, 8, 31), "overrides": True}


def test_a_season_within_another_does_not_end_it() -> None:
    """A week for all in the middle of August for the desk: the usual hours wait for September."""
    desk = {"days": ["MONDAY"], "opens": "8:30", "closes": "14:00", "channel": "in-person"}
    week = {"valid_from": Date(2027, 8, 9), "valid_until": Date(2027, 8, 15), "overrides": True}
    feast = {"days": ["MONDAY"], "opens": "9:00", "closes": "10:00", **week}
    said = [OpeningHours.model_validate(one) for one in (desk, {**desk, **AUGUST}, feast)]
    usual = [(one.first, one.last) for one in stretches(said) if one.hours is said[0]]
    assert usual == [(None, Date(2027, 7, 31)), (Date(2027, 9, 1), None)]


def test_hours_that_end_before_a_season_do_not_last_until_it() -> None:
    desk = {"days": ["MONDAY"], "opens": "8:30", "closes": "14:00", "channel": "in-person"}
    said = [
        OpeningHours.model_validate({**desk, "valid_until": Date(2027, 6, 30)}),
        OpeningHours.model_validate({**desk, **AUGUST}),
    ]
    assert [one.last for one in stretches(said)] == [Date(2027, 6, 30), Date(2027, 8, 31)]


def test_a_season_takes_the_place_of_the_hours_of_its_channel() -> None:
    """The others need not be cut: they hold before it and after it, and on none of its days."""
    desk = {"days": ["MONDAY"], "opens": "8:30", "closes": "14:00", "channel": "in-person"}
    phone = {"days": ["MONDAY"], "opens": "9:00", "closes": "11:00", "channel": "phone"}
    summer = {**desk, "closes": "12:00", **AUGUST}
    said = [OpeningHours.model_validate(one) for one in (desk, phone, summer)]
    found = [
        (
            one.hours.closes,
            one.hours.channel,
            one.first and str(one.first),
            one.last and str(one.last),
        )
        for one in stretches(said)
    ]
    assert found == [
        ("14:00", "in-person", None, "2027-07-31"),
        ("14:00", "in-person", "2027-09-01", None),
        ("11:00", "phone", None, None),
        ("12:00", "in-person", "2027-08-01", "2027-08-31"),
    ]
    for day, closes in (("2027-07-31", "14:00"), ("2027-08-01", "12:00"), ("2027-09-01", "14:00")):
        open_then = on_day(stretches(said), Date.fromisoformat(day))
        assert [one.hours.closes for one in open_then] == [closes, "11:00"] or [
            one.hours.closes for one in open_then
        ] == ["11:00", closes]


def test_a_season_without_a_channel_takes_the_place_of_all() -> None:
    desk = {"days": ["MONDAY"], "opens": "8:30", "closes": "14:00"}
    said = [
        OpeningHours.model_validate(one)
        for one in (
            {**desk, "channel": "in-person", "valid_until": Date(2027, 8, 10)},
            {**desk, "channel": "phone", "valid_from": Date(2027, 8, 20)},
            {
                **desk,
                "channel": "video",
                "valid_from": Date(2027, 8, 5),
                "valid_until": Date(2027, 8, 6),
            },
            {**desk, **AUGUST},
        )
    ]
    found = [(one.hours.channel, str(one.first), str(one.last)) for one in stretches(said)]
    assert found == [
        ("in-person", "None", "2027-07-31"),
        ("phone", "2027-09-01", "None"),
        (None, "2027-08-01", "2027-08-31"),
    ]


def test_holidays_of_every_year_are_those_of_this_and_the_next() -> None:
    """In the order of the calendar, whichever way they are said."""
    said = [holiday(day="12-25"), holiday(date=Date(2020, 1, 6)), holiday(easter=1)]
    assert [day.from_ for day in holidays(said, Date(2020, 6, 1))] == [
        Date(2020, 1, 6),
        Date(2020, 4, 13),
        Date(2020, 12, 25),
        Date(2021, 4, 5),
        Date(2021, 12, 25),
    ]


@pytest.mark.parametrize(
    ("known", "day", "until", "end"),
    [
        ([], Date(2020, 6, 1), None, None),
        ([2020], Date(2020, 6, 1), Date(2020, 12, 31), Date(2020, 12, 31)),
        ([2020, 2021, 2022], Date(2020, 6, 1), Date(2021, 12, 31), Date(2022, 12, 31)),
        ([2020, 2022], Date(2020, 6, 1), Date(2020, 12, 31), Date(2020, 12, 31)),
        ([2019], Date(2020, 6, 1), None, Date(2019, 12, 31)),
        ([2021], Date(2020, 6, 1), None, None),
    ],
)
def test_holidays_are_known_year_by_year(
    known: list[int], day: Date, until: Date | None, end: Date | None
) -> None:
    assert holidays_known_until(known, day) == until
    assert known_to_end(known, day) == end


def test_pages_change_on_holidays_after_them_and_with_the_years_that_are_known() -> None:
    once = [holiday(date=Date(2020, 6, 5))]
    assert holiday_transition_dates(once, [], Date(2020, 6, 1)) == {
        Date(2020, 6, 5),
        Date(2020, 6, 6),
    }
    # In 2019 those of 2020 come to be known, as the next year's; in 2021 none are.
    new_years = {Date(year, 1, 1) for year in (2020, 2021)}
    assert holiday_transition_dates([], [2020], Date(2020, 6, 1)) == new_years
    yearly = holiday_transition_dates([holiday(day="12-25")], [], Date(2020, 6, 1))
    assert {Date(2020, 1, 1), Date(2021, 1, 1), Date(2020, 12, 26)} <= yearly


def test_hours_are_a_notes_own_or_those_of_a_channel() -> None:
    hours = [{"days": ["MONDAY"], "opens": "9:00", "closes": "10:00"}]
    words = {"title": "T", "summary": "S."}
    service = {**words, "departments": ["obres"]}
    assert has_hours(Contact.model_validate({**words, "opening_hours": hours}))
    assert not has_hours(Contact.model_validate(words))
    with_hours = [{"channel": "phone", "opening_hours": hours}]
    assert has_hours(Service.model_validate({**service, "channels": with_hours}))
    assert not has_hours(Service.model_validate({**service, "channels": [{"channel": "post"}]}))


@pytest.mark.parametrize(
    ("channel", "appointment", "expected"),
    [
        ({}, "none", True),
        ({"channel": "in-person"}, "optional", True),
        ({"channel": "in-person"}, "required", False),
        ({"channel": "phone"}, "none", False),
    ],
)
def test_one_can_go_without_an_appointment(
    channel: dict[str, str], appointment: str, expected: bool
) -> None:
    """At hours of the door or in person, which need none."""
    window = {"days": ["MONDAY"], "opens": "9:00", "closes": "10:00", "appointment": appointment}
    said = {"title": "T", "summary": "S.", "opening_hours": [{**window, **channel}]}
    assert is_walk_in(Contact.model_validate(said)) == expected


@pytest.mark.parametrize("hours", [[], [{"days": ["MONDAY"], "opens": "9:00", "closes": "10:00"}]])
def test_nobody_goes_where_no_hours_are_known(hours: list[dict[str, Any]]) -> None:
    way = {"channel": "in-person", "appointment": "none", "opening_hours": hours}
    said = {"title": "T", "summary": "S.", "departments": ["obres"], "channels": [way]}
    assert is_walk_in(Service.model_validate(said)) == bool(hours)
