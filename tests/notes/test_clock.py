"""Times of day and windows that end at midnight or go past it, as editors write them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from saig.notes import clock
from saig.notes.opening_hours import Hours
from saig.notes.weekdays import several


def hours(opens: object, closes: object, days: object = "friday") -> Hours:
    return Hours.model_validate({"days": days, "opens": opens, "closes": closes})


def told(opens: object, closes: object, days: object = "friday") -> list[dict[str, Any]]:
    """What is said of the times, filled in."""
    with pytest.raises(ValidationError) as raised:
        hours(opens, closes, days)
    return [
        {
            "at": error["loc"][0],
            "code": error["type"],
            "hint": error["ctx"]["hint"] % error["ctx"],
            "fix": error["ctx"].get("mended"),
        }
        for error in raised.value.errors()
    ]


@pytest.mark.parametrize(
    ("opens", "closes", "read"),
    [
        ("22:00", "24:00", ("22:00", "24:00")),
        ("00:00", "24:00", ("00:00", "24:00")),
        ("00:00", "06:00", ("00:00", "06:00")),
        ("22:00", "00:00", ("22:00", "24:00")),
        ("0:00", "0:00", ("00:00", "24:00")),
        ("9.00", "24.00", ("09:00", "24:00")),
    ],
)
def test_a_day_ends_at_midnight(opens: str, closes: str, read: tuple[str, str]) -> None:
    found = hours(opens, closes)
    assert (found.opens, found.closes) == read


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("9h", "09:00"),
        ("9 h", "09:00"),
        ("9H", "09:00"),
        ("9h.", "09:00"),
        ("9", "09:00"),
        ("9:30 h", "09:30"),
        ("9.30h", "09:30"),
        ("9,30", "09:30"),
        ("9h30", "09:30"),
        ("9 h 30", "09:30"),
        ("9'30", "09:30"),
        ("9’30 h", "09:30"),
        ("0930", "09:30"),
        ("09:30:00", "09:30"),
        ("les 9", "09:00"),
        ("a les 9.30 hores", "09:30"),
        ("las 14 horas", "14:00"),
        ("9 am", "09:00"),
        ("5 p.m.", "17:00"),
        ("12 am", "00:00"),
        ("12 pm", "12:00"),
        ("24h", "24:00"),
    ],
)
def test_a_time_is_read_as_people_write_it(typed: str, meant: str) -> None:
    opens = "0:00" if meant > "00:00" else "20:00"
    assert hours(opens, typed).closes == (meant if meant > "00:00" else "24:00")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("de 9 a 14 h", ("09:00", "14:00")),
        ("9-14", ("09:00", "14:00")),
        ("9.30h – 13,15 h", ("09:30", "13:15")),
        ("de les 9 a les 14", ("09:00", "14:00")),
        ("desde las 9 hasta las 14 h", ("09:00", "14:00")),
        ("from 9 to 14", ("09:00", "14:00")),
    ],
)
def test_both_times_may_stand_in_one(typed: str, meant: tuple[str, str]) -> None:
    """Where the other has no field of its own."""
    found = Hours.model_validate(
        {"days": ["Monday"], "opens": typed}, context={"languages": ["ca"]}
    )
    assert (found.opens, found.closes) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "migdia",
        "25",
        "9:5",
        "9:60",
        "13 pm",
        "0 am",
        "36:00",
        "-9:00",
        "9:30-10",
        "12-14",
        "9 14",
        "",
    ],
)
def test_nothing_is_guessed_where_it_is_not_certain(typed: str) -> None:
    problem = told(typed, "24:00")[0]
    assert (problem["at"], problem["code"], problem["fix"]) == ("opens", "bad-value", None)
    assert "from 00:00 to 24:00" in problem["hint"]


@pytest.mark.parametrize(
    ("typed", "time"), [("24:30", "00:30"), ("25:00", "01:00"), ("26.15", "02:15")]
)
def test_a_time_of_the_next_day_is_a_window_of_its_own(typed: str, time: str) -> None:
    [problem] = told("22:00", typed)
    assert problem["fix"] is None
    assert f"from 00:00 to {time}" in problem["hint"]


def test_a_window_past_midnight_is_two_and_the_hint_has_both() -> None:
    [problem] = told("22:00", "6:00", "friday-sunday")
    assert (
        "{days: [friday, saturday, sunday], opens: 22:00, closes: 24:00}"
        " and {days: [saturday, sunday, monday], opens: 00:00, closes: 06:00}"
    ) in problem["hint"]


@pytest.mark.parametrize(
    ("opens", "closes"), [("09:00", "09:00"), ("24:00", "24:00"), ("24:00", "06:00")]
)
def test_nothing_opens_when_it_closes_or_at_the_end_of_a_day(opens: str, closes: str) -> None:
    [problem] = told(opens, closes)
    assert problem["code"] == "bad-value"


@given(st.text(max_size=12) | st.from_regex(r"\s*\d{0,5}[:.h,' ]{0,2}\d{0,3}\s*[hapm.]{0,3}"))
def test_whatever_is_typed_is_a_time_or_is_told(typed: str) -> None:
    """And what is offered instead is a time."""
    for found in (clock.read(typed), clock.mended(typed), clock.past_midnight(typed)):
        assert found is None or clock.read(found) == found
        assert found is None or "00:00" <= found <= "24:00"
    try:
        Hours.model_validate({"days": "monday", "opens": typed, "closes": "24:00"})
    except ValidationError as error:
        for one in error.errors():
            assert one["ctx"]["hint"] % one["ctx"]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("els dilluns i dimarts", ["dilluns", "dimarts"]),
        ("de dilluns a dimarts", ["dilluns a dimarts"]),
        ("dilluns", ["dilluns"]),
        ("els migdies i dimarts", ["els migdies i dimarts"]),
    ],
)
def test_words_before_days_are_no_part_of_them(text: str, days: list[str]) -> None:
    names = {"dilluns": frozenset({"monday"}), "dimarts": frozenset({"tuesday"})}
    assert several(text, names) == days
