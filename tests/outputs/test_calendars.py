"""Calendars, as a calendar program reads them: parsed by vobject, which did not write them."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
import vobject
from project import Project, new_project

D = datetime.date
CONTACT = """---
title: Taulell de la Vila
short_title: Taulell
summary: Un taulell.
parent: ajuntament
opening_hours:
  - {days: monday-friday, opens: 9:00, closes: 14:00, channel: in-person, valid_until: 2021-06-14}
  - {days: monday-friday, opens: 8:00, closes: 13:00, valid_from: 2021-06-15, valid_until: 2021-09-15}
  - {days: tuesday, opens: 16:00, closes: 18:00, valid_from: 2021-06-15, valid_until: 2021-09-15}
closures:
  - {from: 2020-12-24, until: 2020-12-31, label: {ca: "Festes, amb coma; i punt", es: Fiestas}}
  - {from: 2021-02-01}
verified_on: 2020-06-01
---
"""
SERVICE = """---
title: Servei del taulell
summary: Un servei.
departments: [taulell]
channels:
  - channel: video
    appointment: required
    url: https://cita.vila.test/nou
    opening_hours: [{days: thursday, opens: "11:20", closes: "12:20"}]
    if_no_slot: {ca: "Trucau-hi.", es: "Llame."}
    valid_from: 2021-01-11
---
"""
NOTICE = """---
title: Termini de queixes
summary: Podeu queixar-vos.
date: 2020-12-01
modified: 2020-12-05
departments: [taulell]
valid_from: 2020-12-10
valid_until: 2021-01-31
---
"""


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = new_project(tmp_path_factory.mktemp("calendars") / "project")
    project.write("contacts/taulell.md", CONTACT)
    project.write("contacts/taulell.es.md", "---\ntitle: Mostrador\nsummary: Mostrador.\n---\n")
    project.write("services/servei.md", SERVICE)
    project.write("notices/termini.md", NOTICE)
    project.build()
    return project


def read(project: Project, folder: str = "") -> Any:
    return vobject.readOne((project.output / folder / "calendari.ics").read_bytes().decode())


def events(project: Project, folder: str = "") -> dict[str, Any]:
    """By what a calendar shows of them."""
    return {event.summary.value: event for event in read(project, folder).vevent_list}


def days(event: Any) -> tuple[datetime.date, datetime.date]:
    """From and, not included, to."""
    assert event.dtstart.params.get("VALUE", ["DATE"]) == ["DATE"]
    return event.dtstart.value, event.dtend.value


def test_department_has_its_closures_seasons_and_deadlines(village: Project) -> None:
    found = {title: days(event) for title, event in events(village, "contactes/taulell").items()}
    one = datetime.timedelta(days=1)
    assert found.pop("Tancat: Nadal") == (D(2020, 12, 25), D(2020, 12, 26))
    assert found.pop("Servei del taulell: Per videoconferència") == (
        D(2021, 1, 11),
        D(2021, 1, 11) + one,
    )
    assert found.pop("Comença: Termini de queixes") == (D(2020, 12, 10), D(2020, 12, 11))
    assert found.pop("Darrer dia: Termini de queixes") == (D(2021, 1, 31), D(2021, 2, 1))
    assert set(found) == {"Taulell: tancat", "Taulell: horari de temporada"}


def all_days(project: Project, folder: str, title: str) -> list[Any]:
    return [e for e in read(project, folder).vevent_list if e.summary.value == title]


def test_closures_end_on_the_day_after(village: Project) -> None:
    """RFC 5545, §3.6.1: DTEND is not included."""
    long, short = all_days(village, "contactes/taulell", "Taulell: tancat")
    assert days(long) == (D(2020, 12, 24), D(2021, 1, 1))
    assert long.description.value == "Festes, amb coma; i punt"
    assert days(short) == (D(2021, 2, 1), D(2021, 2, 2))


def test_hours_of_a_season_are_one_entry(village: Project) -> None:
    spring, summer = all_days(village, "contactes/taulell", "Taulell: horari de temporada")
    assert days(spring) == (D(2021, 6, 14), D(2021, 6, 15))
    assert days(summer) == (D(2021, 6, 15), D(2021, 9, 16))
    first, second = summer.description.value.splitlines()
    assert first.startswith("de dilluns a divendres, 08:00–13:00")
    assert second.startswith("dimarts, 16:00–18:00")


def test_channel_of_a_season_says_all_that_its_page_says(village: Project) -> None:
    event = events(village, "contactes/taulell")["Servei del taulell: Per videoconferència"]
    for said in (
        "Cal cita prèvia",
        "dijous, 11:20–12:20",
        "https://cita.vila.test/nou",
        "Trucau-hi",
    ):
        assert said in event.description.value


def test_site_has_all_and_each_holiday_once(village: Project) -> None:
    found = [event.summary.value for event in read(village).vevent_list]
    assert found.count("Tancat: Nadal") == 1
    assert "Entrada en vigor: Decret llei 8/2020" in found
    assert "Decret llei 8/2020: derogat" in found
    own = {event.uid.value for event in read(village, "contactes/taulell").vevent_list}
    whole = [event.uid.value for event in read(village).vevent_list]
    assert own < set(whole)
    assert len(whole) == len(set(whole))


def test_what_is_not_translated_is_there_all_the_same(village: Project) -> None:
    """The service and the notice are in Catalan only: their dates count for all."""
    found = events(village, "es/contactos/mostrador")
    assert "Mostrador: cerrado" in found
    deadline = found["Darrer dia: Termini de queixes"]
    assert deadline.summary.params["LANGUAGE"] == ["ca"]
    assert deadline.uid.value == events(village)["Darrer dia: Termini de queixes"].uid.value


def test_nothing_tells_when_it_was_built(village: Project) -> None:
    stamps = {
        event.summary.value: event.dtstamp.value.date()
        for event in read(village, "contactes/taulell").vevent_list
    }
    assert stamps["Taulell: tancat"] == D(2020, 6, 1)
    assert stamps["Darrer dia: Termini de queixes"] == D(2020, 12, 5)
    assert stamps["Tancat: Nadal"] == D(2000, 1, 1)


def test_lines_are_as_the_rule_says(village: Project) -> None:
    for path in village.output.rglob("calendari.ics"):
        lines = path.read_bytes().split(b"\r\n")
        assert lines[0] == b"BEGIN:VCALENDAR"
        assert lines[-2:] == [b"END:VCALENDAR", b""]
        assert max(map(len, lines)) <= 75
        assert not any(b"\n" in line for line in lines)


def test_a_day_that_moves_keeps_its_name(town: Project) -> None:
    """A program that is subscribed moves the entry, instead of showing it twice."""
    town.write("notices/termini.md", NOTICE.replace("[taulell]", "[obres]"))
    town.build()
    before = events(town)["Darrer dia: Termini de queixes"]
    town.change("notices/termini.md", "2021-01-31", "2021-02-28")
    town.change("notices/termini.md", "title: Termini", "title: Nou termini")
    town.build()
    after = events(town)["Darrer dia: Nou termini de queixes"]
    assert after.uid.value == before.uid.value
    assert after.dtstart.value == D(2021, 2, 28)
    (town.content / "notices" / "termini.md").unlink()
    town.build()
    assert "Darrer dia: Nou termini de queixes" not in events(town)


def test_pages_link_to_their_calendar(village: Project) -> None:
    for page in ("/", "/es/", "/contactes/taulell/", "/es/contactos/mostrador/"):
        assert 'type="text/calendar" title="' in village.page(page)
        assert f'href="{page}calendari.ics"' in village.page(page)
