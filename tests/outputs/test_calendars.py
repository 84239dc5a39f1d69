"""Calendars, as a calendar program reads them: parsed by vobject, which did not write them."""

from __future__ import annotations

import datetime
import itertools
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st
from project import Project, new_project
from saig.documents.days import Day
from saig.outputs.calendar import entries
from saig.outputs.timezone import timezone

D = datetime.date
CONTACT = """---
title: Taulell de la Vila
short_title: Taulell
summary: Un taulell.
parent: ajuntament
opening_hours:
  - {days: monday-friday, opens: 9:00, closes: 14:00, channel: in-person, valid_until: 2021-06-14}
  - {days: monday-friday, opens: 8:00, closes: 13:00, valid_from: 2021-06-15,
     valid_until: 2021-09-15, label: {ca: Horari d'estiu, es: Horario de verano}}
  - {days: tuesday, opens: 16:00, closes: 18:00, valid_from: 2021-06-15,
     valid_until: 2021-09-15, label: {ca: Horari d'estiu, es: Horario de verano}}
closures:
  - {from: 2020-12-24, until: 2020-12-31, label: {ca: "Festes, amb coma; i punt", es: Fiestas}}
  - {from: 2021-02-01, label: {ca: Inventari}}
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
    checked = "checked: {on: 2020-11-20, source: BOIB}\ntopics:"
    project.change("norms/decret-llei-8-2020.md", "topics:", checked)
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
    assert found.pop("Comença: Servei del taulell: Per videoconferència") == (
        D(2021, 1, 11),
        D(2021, 1, 11) + one,
    )
    assert found.pop("Comença: Termini de queixes") == (D(2020, 12, 10), D(2020, 12, 11))
    assert found.pop("Darrer dia: Termini de queixes") == (D(2021, 1, 31), D(2021, 2, 1))
    assert set(found) == {
        "Taulell: tancat",
        "Taulell: darrer dia de l'horari de temporada",
        "Comença: Taulell: Horari d'estiu",
        "Darrer dia: Taulell: Horari d'estiu",
    }


def test_a_state_of_a_norm_is_as_new_as_the_last_look_at_it(village: Project) -> None:
    entry = events(village)["Entrada en vigor: Decret llei 8/2020"]
    assert entry.dtstamp.value.date() == D(2020, 11, 20)


def all_days(project: Project, folder: str, title: str) -> list[Any]:
    return [e for e in read(project, folder).vevent_list if e.summary.value == title]


def test_closures_end_on_the_day_after(village: Project) -> None:
    """RFC 5545, §3.6.1: DTEND is not included."""
    long, short = all_days(village, "contactes/taulell", "Taulell: tancat")
    assert days(long) == (D(2020, 12, 24), D(2021, 1, 1))
    assert long.description.value == "Festes, amb coma; i punt"
    assert days(short) == (D(2021, 2, 1), D(2021, 2, 2))


def test_a_label_that_is_not_translated_is_told_in_its_language(village: Project) -> None:
    _, short = all_days(village, "es/contactos/mostrador", "Mostrador: cerrado")
    assert (short.description.value, short.description.params) == (
        "Inventari",
        {"LANGUAGE": ["ca"]},
    )


def test_a_season_is_its_first_day_and_its_last(village: Project) -> None:
    """Not one bar of months. The hours of one season are told together, by their name if they have
    one."""
    found = events(village, "contactes/taulell")
    one = datetime.timedelta(days=1)
    for title, day in (
        ("Taulell: darrer dia de l'horari de temporada", D(2021, 6, 14)),
        ("Comença: Taulell: Horari d'estiu", D(2021, 6, 15)),
        ("Darrer dia: Taulell: Horari d'estiu", D(2021, 9, 15)),
    ):
        assert days(found[title]) == (day, day + one)
    first, second = found["Comença: Taulell: Horari d'estiu"].description.value.splitlines()
    assert first.startswith("de dilluns a divendres, 08:00–13:00")
    assert second.startswith("dimarts, 16:00–18:00")


def test_names_of_seasons_are_those_that_were_published(village: Project) -> None:
    """Or who is subscribed would see the old entries go and new ones come."""
    found = events(village, "contactes/taulell")
    for title, name in (
        ("Taulell: darrer dia de l'horari de temporada", "contact/taulell#hours-None-2021-06-14"),
        ("Comença: Taulell: Horari d'estiu", "contact/taulell#hours-2021-06-15-2021-09-15"),
        (
            "Comença: Servei del taulell: Per videoconferència",
            "service/servei#video-2021-01-11-None",
        ),
    ):
        expected = str(uuid5(NAMESPACE_URL, f"http://localhost:8000/ca/{name}"))
        assert found[title].uid.value == expected


def test_channel_of_a_season_says_all_that_its_page_says(village: Project) -> None:
    event = events(village, "contactes/taulell")[
        "Comença: Servei del taulell: Per videoconferència"
    ]
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


def test_a_day_has_one_name_in_each_language(village: Project) -> None:
    """Or who is subscribed to both would see its words change places."""
    catalan = events(village, "contactes/taulell")["Taulell: tancat"]
    spanish = events(village, "es/contactos/mostrador")["Mostrador: cerrado"]
    assert catalan.dtstart.value == spanish.dtstart.value
    assert catalan.uid.value != spanish.uid.value


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


@settings(max_examples=30, deadline=None)
@given(
    st.text(st.sampled_from('aé€😀 \\;,:^"n\n\r\t'), min_size=1, max_size=120),
    st.text(st.sampled_from('aé€😀 \\;,:^"n\n\r\t'), max_size=120),
    st.dates(max_value=D(9999, 12, 30)),
    st.one_of(st.none(), st.dates()),
)
def test_any_event_is_as_icalendar_writes_it(
    title: str, text: str, day: D, revised: D | None
) -> None:
    said = Day(
        "notice/x#ends", str(day), str(day), title, text, URL, "ca", "es", revised and str(revised)
    )
    ((_, uid, written),) = entries([said], "https://vila.test/")
    event = icalendar.Event()
    event.add("uid", uid)
    stamp = datetime.datetime.combine(revised or D(2000, 1, 1), datetime.time(), datetime.UTC)
    event.add("dtstamp", stamp)
    event.add("dtstart", day)
    event.add("dtend", day + datetime.timedelta(days=1))
    event.add("summary", title, parameters={"LANGUAGE": "ca"})
    if text:
        event.add("description", text, parameters={"LANGUAGE": "es"})
    event.add("url", URL)
    event.add("transp", "TRANSPARENT")
    assert written.encode() == event.to_ical()


def test_a_backslash_before_a_letter_stays() -> None:
    r"""icalendar, which writes all else as we do, takes ``\N`` in a text for the end of a line."""
    said = Day("notice/x#ends", "2020-01-01", "2020-01-01", r"C:\Nou", "", URL, "ca", "ca", None)
    ((_, _, written),) = entries([said], "https://vila.test/")
    assert r"SUMMARY;LANGUAGE=ca:C:\\Nou" in written


URL = "https://vila.test/avisos/una-adreca-que-passa-de-setanta-cinc-octets/i-es-plega/#d'aqui"


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


SPECIAL = """---
title: Oficina
summary: Una oficina.
opening_hours:
  - {days: thursday, opens: 9:00, closes: 14:00, valid_from: 2020-12-31, valid_until: 2020-12-31}
---
"""
LIKE = """---
title: Dues vies
summary: Un servei.
departments: [oficina]
channels:
  - {channel: video, url: "https://a.test/", valid_from: 2021-01-11, valid_until: 2021-02-12}
  - {channel: video, url: "https://b.test/", valid_from: 2021-01-11, valid_until: 2021-02-12}
---
"""
ONE_DAY = """---
title: Jornada
summary: Una jornada.
date: 2020-12-01
departments: [oficina]
valid_from: 2020-12-20
valid_until: 2020-12-20
---
"""


def test_days_that_fall_together(town: Project) -> None:
    """A season or a notice of one day is one entry; two like ways are both there."""
    town.write("contacts/oficina.md", SPECIAL)
    town.write("services/dues.md", LIKE)
    town.write("notices/jornada.md", ONE_DAY)
    town.build()
    found = sorted(
        (str(event.dtstart.value), event.summary.value)
        for event in read(town, "contactes/oficina").vevent_list
        if "Nadal" not in event.summary.value
    )
    assert found == [
        ("2020-12-20", "Darrer dia: Jornada"),
        ("2020-12-31", "Oficina: horari de temporada"),
        ("2021-01-11", "Comença: Dues vies: Per videoconferència"),
        ("2021-01-11", "Comença: Dues vies: Per videoconferència"),
        ("2021-02-12", "Darrer dia: Dues vies: Per videoconferència"),
        ("2021-02-12", "Darrer dia: Dues vies: Per videoconferència"),
    ]
    texts = {event.description.value for event in all_days(town, "contactes/oficina", found[2][1])}
    assert [address in " ".join(texts) for address in ("a.test", "b.test")] == [True, True]
    assert len(texts) == 2


def test_every_calendar_has_its_time_zone(village: Project) -> None:
    """RFC 5545, §3.6: a calendar has at least one component. One without any day has that alone."""
    empty = 0
    for path in village.output.rglob("calendari.ics"):
        calendar = icalendar.Calendar.from_ical(path.read_bytes())
        [zone] = calendar.walk("VTIMEZONE")
        assert zone["TZID"] == "Europe/Madrid"
        assert calendar.subcomponents[0] is zone
        assert not calendar.errors
        empty += len(calendar.subcomponents) == 1
        vobject.readOne(path.read_bytes().decode())
    assert empty


@pytest.mark.parametrize(
    "name",
    [
        "Europe/Madrid",
        "Atlantic/Canary",
        "America/New_York",
        "America/Sao_Paulo",
        "Australia/Lord_Howe",
        "Africa/Casablanca",
        "Europe/Dublin",
        "Asia/Kathmandu",
        "UTC",
    ],
)
def test_the_time_zone_is_as_the_clocks_are(name: str) -> None:
    """On any hour of some years, as another program makes it of the component."""
    written = timezone(name)
    assert written == timezone.__wrapped__(name)
    zone = icalendar.Timezone.from_ical(written).to_tz()
    assert len(written) < 400 or name == "Africa/Casablanca"
    for month, year in itertools.product(range(1, 13), (2021, 2026, 2033)):
        for day, hour in itertools.product((1, 9, 15, 26, 28), (5, 12, 23)):
            at = datetime.datetime(year, month, day, hour)
            expected = at.replace(tzinfo=ZoneInfo(name)).utcoffset()
            assert at.replace(tzinfo=zone).utcoffset() == expected, at


def test_pages_link_to_their_calendar(village: Project) -> None:
    for page in ("/", "/es/", "/contactes/taulell/", "/es/contactos/mostrador/"):
        assert 'type="text/calendar" title="' in village.page(page)
        assert f'href="{page}calendari.ics"' in village.page(page)
