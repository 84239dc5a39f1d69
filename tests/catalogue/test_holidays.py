"""The years whose holidays are known: what site.yaml may say, until when pages rely on it, and when
an editor is told that it ends."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from project import Project
from pydantic import ValidationError
from saig.catalogue.opening import holiday_transition_dates, holidays_known_until, known_to_end
from saig.notes.site import Holiday, Site

D = datetime.date
YEARLY = Holiday.model_validate({"day": "12-25", "label": {"ca": "Nadal"}})
OLD = 'holidays: [{date: 2020-12-25, label: {ca: "Nadal", es: "Navidad"}}]'
NEW = "holidays: [{day: 12-25, label: {ca: Nadal, es: Navidad}}]\nholidays_known: "


@pytest.mark.parametrize(
    ("known", "day", "until"),
    [
        ([], "2026-12-25", None),
        ([2026], "2026-01-01", "2026-12-31"),
        ([2026], "2026-12-31", "2026-12-31"),
        ([2026], "2027-01-01", None),
        ([2026, 2027], "2026-06-01", "2027-12-31"),
        # Holidays of every year are told for this and the next.
        ([2026, 2027, 2028], "2026-06-01", "2027-12-31"),
        ([2026, 2028], "2026-06-01", "2026-12-31"),
        ([2027], "2026-12-31", None),
    ],
)
def test_pages_rely_on_the_years_that_follow_on_today(
    known: list[int], day: str, until: str | None
) -> None:
    expected = D.fromisoformat(until) if until else None
    assert holidays_known_until(known, D.fromisoformat(day)) == expected


@pytest.mark.parametrize(
    "known", [[], [2026], [2026, 2027], [2025, 2027], [2024, 2025, 2026, 2027]]
)
def test_the_edges_are_the_days_on_which_that_changes(known: list[int]) -> None:
    """And no others, but those of the holidays themselves."""
    days = [D(2023, 1, 1) + datetime.timedelta(days=n) for n in range(365 * 6)]
    changes = {
        day
        for day in days
        if holidays_known_until(known, day)
        != holidays_known_until(known, day - datetime.timedelta(days=1))
    }
    assert holiday_transition_dates([], known, D(2026, 6, 1)) == changes


def test_the_day_after_a_holiday_is_an_edge() -> None:
    """Or nobody would take the holiday off the pages."""
    christmas = Holiday.model_validate({"date": "2026-12-25", "label": {"ca": "Nadal"}})
    assert holiday_transition_dates([christmas], [], D(2026, 6, 1)) == {
        D(2026, 12, 25),
        D(2026, 12, 26),
    }


def test_until_when_they_are_known_is_the_end_of_the_years_in_a_row() -> None:
    assert known_to_end([2025, 2026, 2027, 2029], D(2026, 1, 1)) == D(2027, 12, 31)
    assert known_to_end([2024, 2025], D(2026, 1, 1)) == D(2025, 12, 31)
    assert known_to_end([2027], D(2026, 1, 1)) is None
    assert known_to_end([], D(2026, 1, 1)) is None


def site(years: Any) -> Site:
    """A site with these years. Whatever else it lacks is not complained of in the messages below."""
    return Site.model_validate({"holidays": [YEARLY], "holidays_known": years})


@pytest.mark.parametrize(
    ("years", "said"),
    [
        ([2026, 2026], "stands here twice"),
        ([20266], "is not a year"),
        ([26], "is not a year"),
        ([0], "is not a year"),
        ([-2026], "is not a year"),
    ],
)
def test_years_that_cannot_be_are_refused(years: list[int], said: str) -> None:
    with pytest.raises(ValidationError) as raised:
        site(years)
    [error] = [e for e in raised.value.errors() if e["loc"][0] == "holidays_known"]
    assert error["type"] == "bad-value"
    assert said in error["ctx"]["message"]
    assert error["ctx"]["at"] == (len(years) - 1,)


@pytest.mark.parametrize(
    ("line", "code", "column"),
    [
        ("[2020, 2020]", "bad-value", 24),
        ("[20]", "bad-value", 18),
        ("2020", "wrong-type", 17),
        ("[dos mil]", "wrong-type", 18),
    ],
)
def test_a_wrong_year_is_told_where_it_stands(
    line: str, code: str, column: int, town: Project
) -> None:
    town.change("site.yaml", OLD, NEW + line)
    [problem] = town.errors()
    assert (problem["path"], problem["code"]) == ("content/site.yaml", code)
    assert problem["column"] == column


def test_a_year_without_any_holiday_is_not_known(town: Project) -> None:
    """Who adds the year and forgets its days would have every office open at Christmas."""
    town.change("site.yaml", OLD, f"{OLD}\nholidays_known: [2020, 2021]")
    [problem] = town.errors()
    assert (problem["code"], problem["column"]) == ("bad-value", 24)
    assert "2021" in problem["message"]


@pytest.mark.parametrize(
    ("years", "today", "until"),
    [
        ("[2020]", "2020-11-04", None),
        ("[2020]", "2020-11-05", "2020-12-31"),
        ("[2020]", "2020-12-31", "2020-12-31"),
        ("[2020]", "2021-01-01", "2020-12-31"),
        ("[2020, 2021]", "2020-12-31", None),
        ("[2020, 2021]", "2021-12-01", "2021-12-31"),
        ("[]", "2020-12-31", None),
        ("[2022]", "2021-12-31", None),
    ],
)
def test_an_editor_is_told_before_they_are_known_no_longer(
    years: str, today: str, until: str | None, town: Project
) -> None:
    """At the line to change, with what to write there."""
    town.change("site.yaml", OLD, NEW + years)
    found = [p for p in town.check("--today", today) if p["path"] == "content/site.yaml"]
    if until is None:
        assert found == []
        return
    [problem] = found
    assert (problem["code"], problem["severity"]) == ("expiring-soon", "warning")
    line = (town.content / "site.yaml").read_text("utf-8").splitlines()[problem["line"] - 1]
    assert line.startswith("holidays_known:")
    assert until in problem["message"]
    following = int(until[:4]) + 1
    assert f"holidays_known: {years[:-1]}, {following}]" in problem["hint"]


def test_who_has_no_hours_needs_no_holidays(town: Project) -> None:
    town.change("site.yaml", OLD, NEW + "[2020]")
    obres = (town.content / "contacts" / "obres.md").read_text("utf-8")
    assert "opening_hours" in obres
    (town.content / "contacts" / "obres.md").write_text(
        "\n".join(
            line
            for line in obres.splitlines()
            if not line.startswith(("opening_hours", "  - {days", "closures"))
        )
        + "\n",
        "utf-8",
    )
    found = town.check("--today", "2021-02-01")
    assert not [p for p in found if p["path"] == "content/site.yaml"]
