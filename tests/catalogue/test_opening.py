"""Hours as data: seasons, closures, holidays that move or come back, windows that overlap."""

from __future__ import annotations

import datetime
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from project import DAY, Project, new_project
from pydantic import ValidationError
from saig.catalogue.opening import on_day, stretches
from saig.notes.holidays import Holiday
from saig.notes.models import Contact, Service
from saig.notes.weekdays import DAYS
from saig.outputs import week

FRIDAY, MONDAY = -2, 1
EASTERS = ["2016-03-27", "2020-04-12", "2021-04-04", "2024-03-31", "2026-04-05", "2038-04-25"]
"""Easter Sundays as almanacs give them: an early one, a late one, those around today."""

# -- windows that overlap -------------------------------------------------------------------------


def clocks() -> st.SearchStrategy[tuple[str, str]]:
    """A time of opening and one of closing, in few places, so that windows often meet."""
    pairs = st.tuples(st.integers(0, 11), st.integers(1, 12)).filter(lambda pair: pair[0] < pair[1])
    return pairs.map(lambda pair: tuple(f"{8 + n // 4:02d}:{n % 4 * 15:02d}" for n in pair))


def days_between(first: int, last: int) -> st.SearchStrategy[datetime.date | None]:
    day = st.integers(first, last).map(
        lambda n: datetime.date(2020, 12, 1) + datetime.timedelta(days=n)
    )
    return st.none() | day


@st.composite
def windows(draw: st.DrawFn) -> dict[str, Any]:
    opens, closes = draw(clocks())
    window: dict[str, Any] = {
        "days": draw(st.lists(st.sampled_from(DAYS[:3]), min_size=1, unique=True)),
        "opens": opens,
        "closes": closes,
        "channel": draw(st.sampled_from(["in-person", "phone"])),
    }
    first, last = draw(days_between(0, 10)), draw(days_between(10, 20))
    window |= {"valid_from": str(first)} if first else {}
    window |= {"valid_until": str(last)} if last else {}
    window |= {"overrides": True} if first and last and draw(st.booleans()) else {}
    return window


def minutes(window: dict[str, Any]) -> set[tuple[str, str, str, str]]:
    """Every minute of December 2020 at which a window is open, as if it were alone: channel, date,
    weekday, time."""
    found = set()
    for n in range(31):
        date = datetime.date(2020, 12, 1) + datetime.timedelta(days=n)
        name = DAYS[date.weekday()]
        if name not in window["days"]:
            continue
        if not window.get("valid_from", "") <= str(date) <= window.get("valid_until", "9999"):
            continue
        for minute in range(24 * 60):
            time = f"{minute // 60:02d}:{minute % 60:02d}"
            if window["opens"] <= time < window["closes"]:
                found.add((window["channel"], str(date), name, time))
    return found


@given(st.lists(windows(), max_size=4))
def test_windows_that_are_open_in_one_minute_are_refused(said: list[dict[str, Any]]) -> None:
    """The same channel, at the same minute of some day: and no other windows are. One that overrides
    others meets only such ones."""
    overlap = any(
        minutes(one) & minutes(other)
        for one, other in combinations(said, 2)
        if one.get("overrides") == other.get("overrides")
    )
    idle = any(one.get("overrides") and not any(overridden(one, said)) for one in said)
    try:
        contact = Contact.model_validate({"title": "T", "summary": "S.", "opening_hours": said})
    except ValidationError as error:
        message = error.errors()[0]["ctx"]["message"]
        assert idle if "overridden" in message else overlap, error
    else:
        assert not overlap
        assert not idle
        counted_once(contact, said)


def overridden(season: dict[str, Any], said: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The windows of which a season takes the place on some day of its own."""
    return [
        other
        for other in said
        if other["channel"] == season["channel"]
        and not other.get("overrides")
        and other.get("valid_from", "") <= season["valid_until"]
        and other.get("valid_until", "9999") >= season["valid_from"]
    ]


def counted_once(contact: Contact, said: list[dict[str, Any]]) -> None:
    """What counts on each day: those that override others, and the others where none does."""
    found = stretches(contact.opening_hours)
    for n in range(31):
        day = datetime.date(2020, 12, 1) + datetime.timedelta(days=n)
        holding = [
            window
            for window in said
            if window.get("valid_from", "") <= str(day) <= window.get("valid_until", "9999")
        ]
        taken = {window["channel"] for window in holding if window.get("overrides")}
        wanted = [w for w in holding if w.get("overrides") or w["channel"] not in taken]
        counting = [one.hours for one in on_day(found, day)]
        assert sorted((w["channel"], w["opens"], w["closes"]) for w in wanted) == sorted(
            (str(hours.channel), hours.opens, hours.closes)  # type: ignore[attr-defined]
            for hours in counting
        )


def service(*channels: dict[str, Any]) -> dict[str, Any]:
    return {"title": "T", "summary": "S.", "departments": ["obres"], "channels": list(channels)}


MORNING = [{"days": ["monday"], "opens": "9:00", "closes": "12:00"}]
NOON = [{"days": ["monday"], "opens": "11:00", "closes": "14:00"}]


@pytest.mark.parametrize(
    ("first", "second", "good"),
    [
        ({}, {}, False),
        ({"valid_until": "2020-05-31"}, {"valid_from": "2020-06-01"}, True),
        ({"valid_until": "2020-06-01"}, {"valid_from": "2020-06-01"}, False),
        ({"label": {"ca": "Registre"}}, {"label": {"ca": "OAC"}}, True),
        ({"url": "https://a.test/"}, {"url": "https://b.test/"}, True),
        ({"channel": "phone"}, {}, True),
    ],
)
def test_the_seasons_of_a_channel_do_not_meet(
    first: dict[str, Any], second: dict[str, Any], good: bool
) -> None:
    """A service may name a channel twice: for two seasons, or for two places."""
    ways = [
        {"channel": "in-person", "opening_hours": MORNING, **first},
        {"channel": "in-person", "opening_hours": NOON, **second},
    ]
    if good:
        Service.model_validate(service(*ways))
    else:
        with pytest.raises(ValidationError, match="overlap"):
            Service.model_validate(service(*ways))


@pytest.mark.parametrize(
    ("path", "fields", "at"),
    [
        (
            "contacts/xoc.md",
            "opening_hours:\n"
            "  - {days: monday-friday, opens: 9:00, closes: 14:00}\n"
            "  - {days: [tuesday], opens: 14:00, closes: 15:00}\n"
            "  - {days: [friday], opens: 13:30, closes: 18:00}\n",
            (7, 5),
        ),
        (
            "services/xoc.md",
            "departments: [obres]\n"
            "channels:\n"
            "  - channel: video\n"
            "    opening_hours:\n"
            "      - {days: [monday, friday], opens: 9:00, closes: 14:00}\n"
            "      - {days: [friday], opens: 13:30, closes: 18:00}\n",
            (9, 9),
        ),
    ],
)
def test_an_overlap_is_told_where_it_stands(
    path: str, fields: str, at: tuple[int, int], town: Project
) -> None:
    """Line and column of the second window, and the hours of both."""
    town.write(path, f"---\ntitle: Xoc\nsummary: Xoc.\n{fields}---\n")
    [problem] = town.errors()
    assert (problem["code"], problem["line"], problem["column"]) == ("bad-value", *at)
    assert "13:30-18:00" in problem["message"]
    assert "09:00-14:00" in problem["message"]
    assert "Friday" in problem["message"]


UNKNOWN = {"days": "unknown", "opens": "9:00", "closes": "12:00", "channel": "in-person"}


@pytest.mark.parametrize(
    ("hours", "code", "place"),
    [
        ([UNKNOWN], None, None),
        ([UNKNOWN, {**UNKNOWN, "opens": "16:00", "closes": "18:00"}], None, None),
        ([UNKNOWN, {**UNKNOWN, "opens": "11:00", "closes": "13:00"}], "bad-value", (1,)),
        ([{**UNKNOWN, "days": []}], "too_short", (0, "days")),
        ([{**UNKNOWN, "overrides": True}], "missing-field", (0, "overrides")),
    ],
)
def test_hours_may_be_known_without_their_days(
    hours: list[dict[str, Any]], code: str | None, place: tuple[Any, ...] | None
) -> None:
    said = {"title": "T", "summary": "S.", "opening_hours": hours}
    if code is None:
        found = Contact.model_validate(said)
        assert all(window.days == [] for window in found.opening_hours)
        return
    with pytest.raises(ValidationError) as raised:
        Contact.model_validate(said)
    [error] = raised.value.errors()
    assert error["type"] == code
    assert (error["ctx"].get("at") or error["loc"][1:]) == place


def test_thousands_of_seasons_take_no_time() -> None:
    """A window for each day of many years: nothing overlaps, and that is soon known."""
    first = datetime.date(2000, 1, 1)
    days = [str(first + datetime.timedelta(days=n)) for n in range(20_000)]
    hours = [
        {"days": list(DAYS), "opens": "9:00", "closes": "12:00", "valid_from": d, "valid_until": d}
        for d in days
    ]
    Contact.model_validate({"title": "T", "summary": "S.", "opening_hours": hours})


# -- holidays -------------------------------------------------------------------------------------


def holiday(**said: object) -> Holiday:
    return Holiday.model_validate({"label": {"ca": "Festa"}, **said})


@pytest.mark.parametrize("sunday", EASTERS)
def test_moving_feasts_move_with_easter(sunday: str) -> None:
    day = datetime.date.fromisoformat(sunday)
    for distance in (-47, FRIDAY, MONDAY, 60):
        expected = day + datetime.timedelta(days=distance)
        assert holiday(easter=distance).days([day.year]) == [expected]


@given(st.integers(1900, 2099))
def test_easter_by_another_rule(year: int) -> None:
    """Gauss's rule, good for these two centuries."""
    d = (19 * (year % 19) + 24) % 30
    e = (2 * (year % 4) + 4 * (year % 7) + 6 * d + 5) % 7
    if (d, e) == (29, 6) or ((d, e) == (28, 6) and year % 19 > 10):
        e -= 7
    sunday = datetime.date(year, 3, 22) + datetime.timedelta(days=d + e)
    assert holiday(easter=0).days([year]) == [sunday]


def test_a_day_of_every_year() -> None:
    years = range(2023, 2026)
    assert [str(day) for day in holiday(day="12-25").days(years)] == [
        "2023-12-25",
        "2024-12-25",
        "2025-12-25",
    ]
    assert [str(day) for day in holiday(day="02-29").days(years)] == ["2024-02-29"]
    assert [str(day) for day in holiday(date="2020-12-25").days(years)] == ["2020-12-25"]
    assert holiday(easter=0).days([1000, 9998]) == []


def test_a_day_that_moves_with_the_orthodox_easter() -> None:
    """Of Greece, Cyprus, Bulgaria, Romania: 5 May 2024, 20 April 2025, 12 April 2026."""
    years = range(2024, 2027)
    assert [str(day) for day in holiday(orthodox_easter=0).days(years)] == [
        "2024-05-05",
        "2025-04-20",
        "2026-04-12",
    ]
    assert str(holiday(orthodox_easter=1).days([2026])[0]) == "2026-04-13"


@pytest.mark.parametrize(
    ("said", "code", "column"),
    [
        ("{label: {ca: X, es: X}}", "missing-field", 12),
        ("{date: 2020-12-25, day: ▶12-25, label: {ca: X, es: X}}", "bad-value", None),
        ("{day: 12-25, easter: ▶1, label: {ca: X, es: X}}", "bad-value", None),
        ("{day: ▶13-25, label: {ca: X, es: X}}", "bad-value", None),
        ("{day: ▶25/12, label: {ca: X, es: X}}", "bad-value", None),
        ("{easter: ▶400, label: {ca: X, es: X}}", "bad-value", None),
        ("{easter: 1, orthodox_easter: ▶1, label: {ca: X, es: X}}", "bad-value", None),
        ("{easter: ▶Monday, label: {ca: X, es: X}}", "wrong-type", None),
    ],
)
def test_a_wrong_holiday_is_told(said: str, code: str, column: int | None, town: Project) -> None:
    """One problem each, at the wrong value, or at the holiday that has no day."""
    line = f"holidays: [{said}]"
    [old] = [
        line
        for line in (town.content / "site.yaml").read_text("utf-8").splitlines()
        if line.startswith("holidays:")
    ]
    town.change("site.yaml", old, line.replace("▶", ""))
    [problem] = town.errors()
    assert problem["code"] == code
    if code != "bad-value" or "date:" not in said:
        assert problem["column"] == (column or line.index("▶") + 1)


HOLIDAYS = """holidays:
  - {day: 12-25, label: {ca: Nadal, es: Navidad}}
  - {easter: -2, label: {ca: Divendres Sant, es: Viernes Santo}}
  - {date: 2020-12-14, label: {ca: Dia de la Vila, es: Día de la Villa}}
"""


@pytest.fixture(scope="module")
def feast(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The town with holidays of three forms, and a service with hours."""
    project = new_project(tmp_path_factory.mktemp("opening") / "project")
    [old] = [
        line
        for line in (project.content / "site.yaml").read_text("utf-8").splitlines()
        if line.startswith("holidays:")
    ]
    project.change("site.yaml", old, HOLIDAYS)
    project.write(
        "services/taulell.md",
        "---\ntitle: Taulell\nsummary: Taulell.\ndepartments: [obres]\nchannels:\n"
        "  - channel: phone\n"
        "    opening_hours: [{days: monday, opens: 9:00, closes: 10:00}]\n"
        "    valid_until: 2021-05-31\n"
        "  - channel: phone\n"
        "    opening_hours: [{days: tuesday, opens: 9:00, closes: 10:00}]\n"
        "    valid_from: 2021-06-01\n---\n",
    )
    return project


@pytest.fixture(scope="module")
def built_feast(feast: Project) -> Project:
    """The same as it is built on the day of the tests, to be read."""
    copy = new_project(feast.root.with_name("built"), feast.content)
    copy.build()
    return copy


@pytest.mark.parametrize(
    ("today", "closed", "following"),
    [
        (
            "2020-12-13",
            [
                "2020-12-14",
                "2020-12-24",
                "2020-12-25",
                "2021-04-02",
                "2021-12-25",
            ],
            "2020-12-14",
        ),
        ("2020-12-31", ["2020-12-24", "2021-04-02", "2021-12-25"], "2021-01-01"),
        ("2021-01-01", ["2021-04-02", "2021-12-25", "2022-04-15", "2022-12-25"], "2021-04-02"),
    ],
)
def test_closures_are_known_for_this_year_and_the_next(
    today: str, closed: list[str], following: str, feast: Project
) -> None:
    """Of a department, and of its service; the scheduler knows when more will be."""
    feast.build(today=today)
    contact = feast.document("/contactes/obres/")["contact"]
    assert [closure["from"] for closure in contact["closures"]] == closed
    assert feast.document("/serveis/taulell/")["service"]["closures"] == contact["closures"]
    assert feast.data("next-change.json")["date"] == following
    for address in ("/contactes/obres/", "/serveis/taulell/"):
        until = feast.document(address)["holds"]["until"]
        assert until == str(datetime.date.fromisoformat(following) - datetime.timedelta(days=1))


def test_what_has_no_hours_is_not_closed_on_holidays(built_feast: Project) -> None:
    assert built_feast.document("/contactes/arxiu/")["contact"]["closures"] == []
    assert built_feast.document("/serveis/llicencia-d-obres/")["service"]["closures"] == []


def test_seasons_to_come_are_known(built_feast: Project) -> None:
    """Beside what holds on the day, and not in it."""
    contact = built_feast.document("/contactes/obres/")["contact"]
    assert [window["opens"] for window in contact["opening_hours"]] == ["09:00"]
    assert [window["opens"] for window in contact["upcoming_hours"]] == ["10:30"]
    ways = built_feast.document("/serveis/taulell/")["service"]
    assert [way["valid_until"] for way in ways["channels"]] == ["2021-05-31"]
    assert [way["valid_from"] for way in ways["upcoming_channels"]] == ["2021-06-01"]


# -- the picture of the week ----------------------------------------------------------------------


@given(st.lists(windows(), min_size=1, max_size=6))
def test_a_picture_has_a_bar_for_each_window_of_each_day(said: list[dict[str, Any]]) -> None:
    """Inside the picture, of the right length, and in the row of its channel."""
    hours = [{"valid_from": None, "valid_until": None, **window} for window in said]
    drawing = week.picture(hours)
    assert drawing
    assert len(drawing["bars"]) == sum(len(window["days"]) for window in hours)
    scale = (drawing["hours"][-1]["x"] - drawing["hours"][0]["x"]) / (
        drawing["hours"][-1]["hour"] - drawing["hours"][0]["hour"]
    )
    opened = sorted(_hours(window) for window in hours for _ in window["days"])
    for bar, expected in zip(
        sorted(drawing["bars"], key=lambda bar: bar["width"]), opened, strict=True
    ):
        assert bar["width"] == pytest.approx(expected * scale, abs=0.2)
        assert bar["x"] >= drawing["hours"][0]["x"]
        assert bar["x"] + bar["width"] <= drawing["width"]
        assert bar["y"] + drawing["lane"] <= drawing["bottom"]
    rows = {(bar["y"] - 5) % drawing["row"] for bar in drawing["bars"]}
    assert len(rows) == len({bar["channel"] for bar in drawing["bars"]})


def _hours(window: dict[str, Any]) -> float:
    opens, closes = (
        int(clock[:2]) + int(clock[3:]) / 60 for clock in (window["opens"], window["closes"])
    )
    return closes - opens


def test_a_picture_reaches_to_midnight() -> None:
    """A bar for the whole day is as wide as the picture's hours."""
    season = {"valid_from": None, "valid_until": None, "channel": None}
    drawing = week.picture([{"days": ["Sunday"], "opens": "00:00", "closes": "24:00", **season}])
    assert drawing
    first, last = drawing["hours"][0], drawing["hours"][-1]
    assert (first["hour"], last["hour"]) == (0, 24)
    [bar] = drawing["bars"]
    assert (bar["x"], bar["x"] + bar["width"]) == (first["x"], last["x"])


def test_windows_that_meet_at_midnight_do_not_overlap() -> None:
    night = [
        {"days": list(DAYS), "opens": "00:00", "closes": "06:00"},
        {"days": list(DAYS), "opens": "22:00", "closes": "24:00"},
    ]
    Contact.model_validate({"title": "T", "summary": "S.", "opening_hours": night})
    late = {"days": ["friday"], "opens": "23:30", "closes": "00:00"}
    with pytest.raises(ValidationError, match="overlap"):
        Contact.model_validate({"title": "T", "summary": "S.", "opening_hours": [*night, late]})


def test_a_picture_knows_how_long_it_is_right() -> None:
    window = {"days": ["Monday"], "opens": "09:00", "closes": "10:00", "channel": None}
    now = {**window, "valid_from": None, "valid_until": DAY}
    assert week.picture([]) is None
    assert week.picture([now])["until"] == DAY  # type: ignore[index]
    later = {**window, "valid_from": "2020-12-01", "valid_until": None}
    assert week.picture([now], [later])["until"] == "2020-11-30"  # type: ignore[index]
    always = {**now, "valid_until": None}
    assert week.picture([always])["until"] is None  # type: ignore[index]
