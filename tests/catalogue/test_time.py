"""What the date changes: states of notes, channels, opening hours, the force of norms."""

from __future__ import annotations

from typing import Any

import pytest
from project import DAY, Project, new_project

DAYS = ["2020-12-04", "2020-12-05", DAY, "2020-12-11", "2020-12-20", "2020-12-21"]


@pytest.fixture(scope="module")
def on(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Project]:
    """The same town, built as on several days."""
    towns = {}
    for day in DAYS:
        towns[day] = new_project(tmp_path_factory.mktemp("time") / "project")
        towns[day].build(today=day)
    return towns


def items(document: dict[str, Any]) -> tuple[set[str], set[str]]:
    """The ids that a section shows as current, and as past."""
    part = document["section"]
    return {item["id"] for item in part["items"]}, {item["id"] for item in part["past"]}


@pytest.mark.parametrize(
    ("day", "address", "state"),
    [
        ("2020-12-04", "/avisos/horari-d-hivern/", "upcoming"),
        ("2020-12-05", "/avisos/horari-d-hivern/", "current"),
        ("2020-12-20", "/avisos/horari-d-hivern/", "current"),
        ("2020-12-21", "/avisos/horari-d-hivern/", "expired"),
        (DAY, "/avisos/platja-primer-avis/", "current"),
        ("2020-12-11", "/avisos/platja-primer-avis/", "superseded"),
        ("2020-12-21", "/es/avisos/horario-de-invierno/", "expired"),
    ],
)
def test_a_notice_holds_on_its_first_and_on_its_last_day(
    day: str, address: str, state: str, on: dict[str, Project]
) -> None:
    """Civil dates, both included; a past notice keeps its address and says what it is."""
    assert on[day].document(address)["notice"]["state"] == state


def test_a_past_notice_is_listed_as_past(on: dict[str, Project]) -> None:
    """It leaves the current ones, and the home page, but not the site."""
    current, past = items(on["2020-12-20"].document("/avisos/"))
    assert "horari-hivern" in current
    assert "horari-hivern" not in past
    current, past = items(on["2020-12-21"].document("/avisos/"))
    assert "horari-hivern" in past
    assert "horari-hivern" not in current
    home = on["2020-12-21"].document("/")["home"]
    assert "horari-hivern" not in {notice["id"] for notice in home["notices"]}


def test_a_superseded_notice_leads_to_its_successor(on: dict[str, Project]) -> None:
    """And the successor says what it replaces."""
    old = on["2020-12-11"].document("/avisos/platja-primer-avis/")["notice"]
    new = on["2020-12-11"].document("/avisos/platja-segon-avis/")["notice"]
    assert [other["id"] for other in old["superseded_by"]] == ["platja-2"]
    assert [other["id"] for other in new["supersedes"]] == ["platja-1"]


@pytest.mark.parametrize(
    ("day", "urgent"), [("2020-12-05", []), (DAY, ["aigua"]), ("2020-12-11", [])]
)
def test_an_urgent_notice_stands_at_the_top_only_while_it_holds(
    day: str, urgent: list[str], on: dict[str, Project]
) -> None:
    """On the home page as data, and in words on the page of anything."""
    assert [notice["id"] for notice in on[day].document("/")["home"]["urgent"]] == urgent
    assert ("Avui no hi ha aigua" in on[day].page("/contactes/obres/")) == bool(urgent)
    assert ("Hoy no hay agua" in on[day].page("/es/contactos/obras/")) == bool(urgent)


@pytest.mark.parametrize(
    ("day", "state"),
    [(DAY, "in-force"), ("2020-12-11", "no-longer-in-force"), ("2020-12-21", "no-longer-in-force")],
)
def test_a_repealed_norm_is_in_force_until_the_day_before(
    day: str, state: str, on: dict[str, Project]
) -> None:
    """Repealed with effect from 11 December: in force on the 10th, and not on the 11th."""
    norm = on[day].document("/normativa/decret-llei-8-2020/")["norm"]
    assert norm["state"] == state
    if state == "in-force":
        assert (norm["state_since"], norm["state_until"]) == ("2020-05-15", DAY)
    else:
        assert (norm["state_since"], norm["state_reason"]) == ("2020-12-11", "repealed")
        assert norm["state_by"]["id"] == "decret-llei-14-2020"


def test_a_norm_comes_into_force_on_its_first_day(on: dict[str, Project]) -> None:
    """The repealing norm itself."""
    states = {
        day: on[day].document("/normativa/decret-llei-14-2020/")["norm"]["state"] for day in DAYS
    }
    assert states[DAY] == "not-yet-in-force"
    assert states["2020-12-11"] == "in-force"


def test_a_relation_is_seen_from_both_norms(on: dict[str, Project]) -> None:
    """Only the acting norm states it."""
    [passive] = on[DAY].document("/normativa/decret-llei-8-2020/")["norm"]["relations"]
    assert (passive["type"], passive["direction"], passive["norm"]["id"], passive["from"]) == (
        "repeals",
        "passive",
        "decret-llei-14-2020",
        "2020-12-11",
    )


@pytest.mark.parametrize(
    ("day", "channel", "opens"), [(DAY, "in-person", "09:00"), ("2020-12-11", "online", "10:30")]
)
def test_only_what_holds_on_the_day_is_offered(
    day: str, channel: str, opens: str, on: dict[str, Project]
) -> None:
    """Channels of a service, on its page and on the booking page; hours of an office."""
    service = on[day].document("/serveis/llicencia-d-obres/")["service"]
    assert [way["channel"] for way in service["channels"]] == [channel]
    [group] = [
        group
        for group in on[day].document("/cita-previa/")["booking"]["departments"]
        if group["department"]["id"] == "obres"
    ]
    assert [way["channel"] for way in group["services"][0]["channels"]] == [channel]
    hours = on[day].document("/contactes/obres/")["contact"]["opening_hours"]
    assert [window["opens"] for window in hours] == [opens]


def test_days_of_the_week_may_be_written_in_any_language_of_ours(on: dict[str, Project]) -> None:
    """A range or a list; data has schema.org's English names."""
    before = on[DAY].document("/contactes/obres/")["contact"]["opening_hours"]
    after = on["2020-12-11"].document("/contactes/obres/")["contact"]["opening_hours"]
    assert before[0]["days"] == ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]
    assert after[0]["days"] == ["Monday", "Wednesday"]


@pytest.mark.parametrize(
    ("day", "following"),
    [
        ("2020-12-04", "2020-12-05"),
        (DAY, "2020-12-11"),
        ("2020-12-11", "2020-12-21"),
        ("2020-12-21", "2020-12-24"),
    ],
)
def test_the_next_change_is_the_next_day_on_which_a_page_changes(
    day: str, following: str, on: dict[str, Project]
) -> None:
    """A scheduler rebuilds on that day, and on none before."""
    assert on[day].data("next-change.json")["date"] == following


def test_a_document_says_how_long_it_holds(on: dict[str, Project]) -> None:
    """Since when what is said has held, and the last day on which it will."""
    assert on[DAY].document("/avisos/platja-primer-avis/")["holds"]["until"] == DAY
    assert on["2020-12-11"].document("/serveis/llicencia-d-obres/")["holds"]["from"] == "2020-12-11"


def test_the_date_of_the_build_stands_in_one_place(on: dict[str, Project]) -> None:
    """Between two days on which nothing changes, ``version.json`` alone differs."""
    assert on[DAY].data("version.json")["date"] == DAY
    first, second = (
        {
            path.relative_to(on[day].output).as_posix(): path.read_bytes()
            for path in on[day].output.rglob("*")
            if path.is_file()
        }
        for day in ("2020-12-11", "2020-12-20")
    )
    assert {path for path in first | second if first.get(path) != second.get(path)} == {
        "version.json"
    }
