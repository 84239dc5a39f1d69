"""Open or closed on holidays and at midnight, in Chromium with its clock moved: where a calendar of
holidays covers the day, where none does, and where the page is read later than that."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from project import Project, new_project
from reader import Reader, Readers

OLD = 'holidays: [{date: 2020-12-25, label: {ca: "Nadal", es: "Navidad"}}]'
CALENDAR = """holidays:
  - {day: 01-01, label: {ca: Any Nou, es: Año Nuevo}}
  - {day: 01-06, label: {ca: Reis, es: Reyes}}
  - {day: 12-08, label: {ca: la Puríssima, es: la Inmaculada}}
  - {day: 12-25, label: {ca: Nadal, es: Navidad}}
holidays_known: [2026]"""
OFFICE = """---
title: Taulell
summary: Un taulell.
parent: ajuntament
opening_hours: [{days: monday-friday, opens: 9:00, closes: 14:00}]
---
"""
SERVICE = """---
title: Servei
summary: Un servei.
departments: [%s]
channels:
  - channel: in-person
    opening_hours: [{days: monday-friday, opens: 9:00, closes: 14:00}]
---
"""
NIGHTS = """---
title: Policia
summary: Policia.
opening_hours:
  - {days: [thursday, friday, saturday], opens: "22:00", closes: "24:00"}
  - {days: [friday, saturday, sunday], opens: "00:00", closes: "06:00"}
  - {days: monday-sunday, opens: 0:00, closes: 24:00, channel: phone}
  - {days: [monday, tuesday], opens: 0:00, closes: 24:00, channel: video, valid_until: 2027-01-04}
  - {days: tuesday, opens: 0:00, closes: 3:00, channel: email, valid_from: 2027-01-05}
  - {days: monday, opens: 20:00, closes: 0:00, channel: email, valid_until: 2027-01-04}
---
"""
WEEKLY = """---
title: Setmanal
summary: S.
opening_hours: [{days: monday, opens: 9:00, closes: 14:00}]
closures: [{from: 2026-12-24, until: 2027-03-28, label: {ca: Obres, es: Obras}}]
---
"""
BUILT = "2026-12-01"
USUAL = "Horari habitual d'avui: "
NEXT = "Ara tancat; segons l'horari habitual, obre "
PAGES = ["/contactes/taulell/", "/serveis/servei/", "/contactes/sense/"]
"""An office; its service; an office that has hours by its service alone."""


def town(project: Project, holidays: str) -> Project:
    project.change("site.yaml", OLD, holidays)
    project.write("contacts/taulell.md", OFFICE)
    project.write("contacts/policia.md", NIGHTS)
    project.write("contacts/setmanal.md", WEEKLY)
    closed = "closures: [{from: 2026-12-15, label: {ca: Inventari, es: Inventario}}]"
    project.write("contacts/sense.md", f"---\ntitle: Sense\nsummary: S.\n{closed}\n---\n")
    project.write("services/de-dos.md", SERVICE.replace("Servei", "De dos") % "taulell, sense")
    past = SERVICE.replace("summary: Un", "valid_until: 2026-11-01\nsummary: Un")
    project.write("services/passat.md", past.replace("Servei", "Passat") % "sense")
    project.write("services/servei.md", SERVICE % "taulell")
    project.write("services/altre.md", SERVICE.replace("Servei", "Altre") % "sense")
    project.build(today=BUILT)
    return project


@pytest.fixture(scope="module")
def towns(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Project]:
    """Built before Christmas: with the holidays of that year, and with none."""
    return {
        name: town(new_project(tmp_path_factory.mktemp(name) / "project"), holidays)
        for name, holidays in (("known", CALENDAR), ("unknown", "holidays: []"))
    }


@pytest.fixture
def reads(readers: Readers, towns: dict[str, Project]) -> Iterator[Callable[..., Reader]]:
    yield lambda name, *zone, **more: readers(towns[name], *zone, **more)
    readers.done()


@pytest.mark.parametrize("address", PAGES)
def test_where_no_calendar_covers_the_day_hours_are_the_usual_ones(
    address: str, reads: Callable[..., Reader]
) -> None:
    """On any day, a holiday or not: nothing is claimed that is not known."""
    reader = reads("unknown")
    for day in ("2026-12-02", "2026-12-08", "2026-12-25", "2027-01-01", "2027-01-06"):
        for at, said in (
            ("10:00", f"{USUAL}09:00–14:00"),
            ("08:00", f"{USUAL}09:00–14:00"),
            ("20:00", NEXT),
        ):
            reader.turn(address, f"{day} {at}")
            [now] = set(reader.now())
            assert now.startswith(said), (day, now)
            assert "obert" not in now.lower()
        assert reader.page.get_by_text("els dies festius pot estar tancat").is_visible()


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("2026-12-02 10:00", "Ara obert, tanca a les 14:00"),
        ("2026-12-02 08:00", "Ara tancat; avui obre a les 09:00"),
        ("2026-12-08 10:00", "Ara tancat; obrirà dimecres, a les 09:00"),
        ("2026-12-25 10:00", "Ara tancat; obrirà dilluns, a les 09:00"),
        ("2026-12-31 13:59", "Ara obert, tanca a les 14:00"),
        # The next opening lies in a year whose holidays nobody knows. What site.yaml says for every
        # year holds all the same.
        ("2026-12-31 14:00", f"{NEXT}dilluns, a les 09:00"),
        ("2027-01-01 10:00", f"{NEXT}dilluns, a les 09:00"),
        ("2027-01-04 10:00", f"{USUAL}09:00–14:00"),
        ("2027-01-06 10:00", f"{NEXT}dijous, a les 09:00"),
        ("2027-04-02 10:00", f"{USUAL}09:00–14:00"),
    ],
)
@pytest.mark.parametrize("address", PAGES)  # one page after the other
def test_what_is_known_ends_with_its_last_year(
    address: str, at: str, said: str, reads: Callable[..., Reader]
) -> None:
    """On a page that was built in the year before, and never again."""
    reader = reads("known", "Asia/Tokyo")
    reader.turn(address, at)
    assert set(reader.now()) == {said}
    is_over = at >= "2027"
    warning = reader.page.get_by_text("els dies festius pot estar tancat")
    assert warning.is_visible() == is_over
    assert reader.page.get_by_text("fins al dia 31 de desembre de 2026").is_visible() != is_over


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("2026-12-03 21:59", "Ara tancat; avui obre a les 22:00"),
        ("2026-12-03 22:00", "Ara obert, tanca a les 06:00"),
        ("2026-12-03 23:59", "Ara obert, tanca a les 06:00"),
        ("2026-12-04 00:00", "Ara obert, tanca a les 06:00"),
        ("2026-12-04 05:59", "Ara obert, tanca a les 06:00"),
        ("2026-12-04 06:00", "Ara tancat; avui obre a les 22:00"),
        # From the week to its end, and to the next.
        ("2026-12-05 23:59", "Ara obert, tanca a les 06:00"),
        ("2026-12-06 06:00", "Ara tancat; obrirà dijous, a les 22:00"),
        # Christmas Day, which is a Friday, ends the night before it.
        ("2026-12-24 23:00", "Ara obert, tanca a les 24:00"),
        ("2026-12-25 00:00", "Ara tancat; obrirà dissabte, a les 00:00"),
        ("2026-12-25 23:00", "Ara tancat; obrirà dissabte, a les 00:00"),
        # New Year's Day is a holiday of every year, of which the others are not known.
        ("2026-12-31 23:00", "Ara obert, tanca a les 24:00"),
        ("2027-01-02 01:00", f"{USUAL}00:00–06:00, 22:00–24:00"),
    ],
)
def test_hours_that_meet_at_midnight_are_one(
    at: str, said: str, reads: Callable[..., Reader]
) -> None:
    reader = reads("known", "America/New_York")
    reader.turn("/contactes/policia/", at)
    assert reader.now("") == [said]


@pytest.mark.parametrize(
    ("at", "phone", "video"),
    [
        (
            "2026-12-02 23:59",
            "Ara obert; tancarà dilluns, a les 24:00",
            "Ara tancat; obrirà dilluns",
        ),
        (
            "2026-12-06 23:59",
            "Ara obert; tancarà dilluns, a les 24:00",
            "Ara tancat; obrirà dilluns",
        ),
        ("2026-12-07 00:00", "Ara obert, tanca a les 24:00", "Ara obert, tanca a les 24:00"),
        ("2026-12-10 00:00", "Ara obert, les 24 hores", "Ara tancat; obrirà dilluns"),
        ("2026-12-14 00:00", "Ara obert, les 24 hores", "Ara obert; tancarà dimarts, a les 24:00"),
        ("2026-12-15 00:30", "Ara obert, les 24 hores", "Ara obert, tanca a les 24:00"),
    ],
)
def test_open_round_the_clock(
    at: str, phone: str, video: str, reads: Callable[..., Reader]
) -> None:
    """Until the next holiday, if that is near; the day is named where the time alone would mislead."""
    reader = reads("known")
    reader.turn("/contactes/policia/", at)
    assert phone in reader.now("phone")[0]
    assert video in reader.now("video")[0]


def test_usual_hours_are_those_of_the_season(reads: Callable[..., Reader]) -> None:
    """Those of the day on which the page is read."""
    reader = reads("unknown")
    reader.turn("/contactes/policia/", "2027-01-04 22:00")
    assert f"{USUAL}20:00–24:00" in reader.now("email")[0]
    reader.turn("/contactes/policia/", "2027-01-05 02:00")
    assert f"{USUAL}00:00–03:00" in reader.now("email")[0]


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("2026-12-07 08:59", "avui obre a les 09:00"),
        # The same weekday a week later is no "dilluns": today is one.
        ("2026-12-07 14:00", "14 de desembre"),
        ("2026-12-08 00:00", "obrirà dilluns, a les 09:00"),
        # After months of works: longer than anyone would scroll.
        ("2026-12-21 14:00", "29 de març"),
        ("2026-12-24 10:00", "29 de març"),
        ("2027-03-28 10:00", "obre dilluns, a les 09:00"),
        ("2027-03-29 10:00", f"{USUAL}09:00–14:00"),
    ],
)
def test_the_next_opening_is_named_however_far_it_is(
    at: str, said: str, reads: Callable[..., Reader]
) -> None:
    reader = reads("known")
    reader.turn("/contactes/setmanal/", at)
    assert said in reader.now()[0]


def test_a_part_is_hidden_from_its_day_on(reads: Callable[..., Reader]) -> None:
    """The first and the last day of each kind of part."""
    shown = (
        reads("known")
        .open("/", f"{BUILT} 10:00")
        .evaluate(
            """async () => {
            const { isShown } = await import("/theme/js/ends.js");
            const days = ["2026-12-09", "2026-12-10", "2026-12-11"];
            return ["from", "before", "until", "after"].map((name) =>
                days.map((day) => isShown({ [name]: "2026-12-10" }, day)));
        }"""
        )
    )
    assert shown == [
        [False, True, True],
        [True, False, False],
        [True, True, False],
        [False, False, True],
    ]


def test_closures_are_those_of_the_first_department(towns: dict[str, Project]) -> None:
    """A service of two is open when its first one is; and what is over is not listed."""
    part = towns["known"].document("/serveis/de-dos/")["service"]
    assert "2026-12-15" not in [closure["from"] for closure in part["closures"]]
    office = towns["known"].document("/contactes/sense/")["contact"]
    assert "2026-12-15" in [closure["from"] for closure in office["closures"]]
    assert [service["id"] for service in office["services"]] == ["altre", "de-dos"]


def test_the_whole_day_is_said_in_words(towns: dict[str, Project]) -> None:
    """In tables, on the counter sheet and in the card; midnight is 24:00 everywhere."""
    folder = towns["known"].output / "contactes" / "policia"
    for name in ("index.html", "sheet.html", "contact.vcf"):
        text = (folder / name).read_text("utf-8").replace("\r\n ", "")
        text = re.sub(r"<script.*?</script>", "", text, flags=re.DOTALL)  # in schema.org's own form
        assert "les 24 hores" in text, name
        assert "22:00–24:00" in text, name
        assert "00:00–24:00" not in text, name
        assert "23:59" not in text


def test_it_is_said_in_spanish(reads: Callable[..., Reader], towns: dict[str, Project]) -> None:
    reader = reads("unknown")
    reader.open("/contactes/taulell/", "2026-12-25 10:00")
    assert reader.now()[0].startswith(USUAL)
    codes = towns["unknown"].data("api/v1/codes/es.json")
    assert codes["opening"]["usual_today"] == "Horario habitual de hoy: {times}"


@pytest.mark.parametrize(
    ("name", "shown", "hidden"),
    [
        ("unknown", "els dies festius pot estar tancat", "fins al dia 31"),
        ("known", "fins al dia 31 de desembre de 2026", "els dies festius pot estar tancat"),
    ],
)
def test_without_a_script_it_is_said_too(
    name: str, shown: str, hidden: str, reads: Callable[..., Reader]
) -> None:
    """On the counter sheet too."""
    reader = reads(name, java_script_enabled=False)
    for address in (*PAGES, "/contactes/taulell/sheet.html"):
        text = reader.open(address).locator("main").inner_text()
        assert shown in text, address
        assert hidden not in text


def test_documents_say_until_when_holidays_are_known(towns: dict[str, Project]) -> None:
    for address in PAGES:
        for name, until in (("known", "2026-12-31"), ("unknown", None)):
            document = towns[name].document(address)
            assert document[document["kind"]]["holidays_known_until"] == until
    assert towns["known"].document("/contactes/arxiu/")["contact"]["holidays_known_until"] is None


def test_a_build_knows_the_day_from_which_they_are_not(tmp_path: Path) -> None:
    """With dated holidays alone, that no other rule would make it build for."""
    dated = (
        "holidays: [{date: 2026-12-25, label: {ca: Nadal, es: Navidad}}]\nholidays_known: [2026]"
    )
    project = new_project(tmp_path / "project")
    project.change("site.yaml", OLD, dated)
    project.write("contacts/taulell.md", OFFICE)
    project.build(today="2026-12-28")
    assert project.data("next-change.json")["date"] == "2027-01-01"
    assert project.document("/contactes/taulell/")["holds"]["until"] == "2026-12-31"
    project.build(today="2027-01-01")
    part = project.document("/contactes/taulell/")["contact"]
    assert part["holidays_known_until"] is None
