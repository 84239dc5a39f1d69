"""What pages say of today, in Chromium with its clock moved: where one can go without an appointment."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import axe
import pytest
from project import Project, new_project
from reader import Reader, Readers

OLD = 'holidays: [{date: 2020-12-25, label: {ca: "Nadal", es: "Navidad"}}]'
KNOWN = """holidays: [{date: 2027-01-01, label: {ca: Any Nou, es: Año Nuevo}}]
holidays_known: [2027]"""
NOTES = {
    "contacts/taulell": """title: Taulell
summary: T.
telephones: [{number: "+34971000001"}]
opening_hours:
  - {days: [monday, wednesday], opens: 9:00, closes: 14:00, channel: in-person, appointment: none}
  - {days: [monday], opens: 10:00, closes: 12:00, channel: in-person, appointment: none,
     valid_from: 2027-08-01, valid_until: 2027-08-31, overrides: true}
  - {days: [tuesday], opens: 9:00, closes: 14:00, channel: in-person, appointment: required}
closures:
  - {from: 2026-12-28, until: 2027-01-05}
  - {from: 2027-03-01, label: {ca: Festa local, es: Fiesta local}}
""",
    "contacts/vague": """title: Vague
summary: V.
telephones: [{number: "+34971000002"}]
opening_hours:
  - {days: unknown, opens: 9:00, closes: 12:00, channel: in-person, appointment: none}
""",
    "contacts/amb-cita": """title: Amb cita
summary: A.
""",
    "services/alli": """title: Empadronar-se
summary: E.
departments: [taulell]
channels:
  - channel: in-person
    appointment: none
    opening_hours: [{days: [monday], opens: 9:00, closes: 14:00}]
""",
    "contacts/placa": """title: Plaça
summary: P.
""",
    "services/parada": """title: Parades del mercat
summary: P.
departments: [placa]
channels:
  - channel: in-person
    appointment: none
    opening_hours: [{days: [monday], opens: 9:00, closes: 14:00}]
  - channel: in-person
    appointment: required
    url: https://cita.vila.test/parada
    opening_hours: [{days: [friday], opens: 9:00, closes: 14:00}]
""",
    "services/amb-cita": """title: Visita amb cita
summary: A.
departments: [amb-cita]
channels:
  - {channel: in-person, appointment: required, url: https://cita.vila.test/x}
""",
}


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Built in the first days of a year, and never again."""
    project = new_project(tmp_path_factory.mktemp("today") / "project")
    project.change("site.yaml", OLD, KNOWN)
    for name, fields in NOTES.items():
        project.write(f"{name}.md", f"---\n{fields}---\nText.\n")
    project.build(today="2027-01-02")
    return project


@pytest.fixture
def reads(readers: Readers, town: Project) -> Iterator[Callable[..., Reader]]:
    yield lambda *zone, **more: readers(town, *zone, **more)
    readers.done()


def said(reader: Reader, at: str) -> list[str]:
    """What the home page says of the desk whose days are known."""
    page = reader.turn("/", at)
    row = page.locator("section[data-today] li.offer", has_text="Taulell")
    return [p.inner_text() for p in row.locator(".opening").all() if p.is_visible()]


@pytest.mark.parametrize(
    ("at", "words"),
    [
        # Closed since before the site was built.
        ("2027-01-04 10:00", "Ara tancat; obrirà dimecres, a les 09:00"),
        ("2027-02-01 08:00", "Ara tancat; avui obre a les 09:00"),
        ("2027-02-01 10:00", "Ara obert, tanca a les 14:00"),
        ("2027-02-01 14:00", "Ara tancat; obrirà dimecres, a les 09:00"),
        # On Tuesdays it is by appointment only, which is not what the list is about.
        ("2027-02-02 10:00", "Ara tancat; obrirà dimecres, a les 09:00"),
        ("2027-03-01 10:00", "Ara tancat; obrirà dimecres, a les 09:00"),
        # In August other hours, and no Wednesdays.
        ("2027-07-28 13:00", "Ara obert, tanca a les 14:00"),
        ("2027-08-02 09:30", "Ara tancat; avui obre a les 10:00"),
        ("2027-08-02 13:00", "Ara tancat; obrirà dilluns, 9 d’agost del 2027, a les 10:00"),
        ("2027-08-30 12:00", "Ara tancat; obrirà dimecres, a les 09:00"),
        ("2027-09-01 13:00", "Ara obert, tanca a les 14:00"),
        # Nobody knows the holidays of 2028.
        ("2028-01-03 10:00", "Horari habitual d'avui: 09:00–14:00"),
    ],
)
def test_the_home_page_says_where_one_can_go_today(
    at: str, words: str, reads: Callable[..., Reader]
) -> None:
    reader = reads("Asia/Tokyo")
    assert said(reader, at) == [words]
    assert reader.page.get_by_role("heading", name="Avui sense cita").is_visible()


def test_hours_without_days_are_never_open_now(reads: Callable[..., Reader]) -> None:
    """On its own page and in lists; the number to call stands beside them."""
    reader = reads()
    for address, row in (
        ("/", "li.offer"),
        ("/contactes/", ".list > li"),
        ("/contactes/vague/", ".card"),
    ):
        page = reader.open(address, "2027-02-01 10:00")
        part = page.locator(row, has_text="09:00–12:00").last
        assert "No sabem quins dies: trucau abans d'anar-hi." in part.inner_text()
        assert part.locator("a[href='tel:+34971000002']").is_visible()
        assert not part.locator(".opening").is_visible()


def test_a_list_says_who_receives_by_appointment_only(reads: Callable[..., Reader]) -> None:
    reader = reads()
    page = reader.open("/contactes/", "2027-02-02 10:00")
    row = page.locator("li", has_text="Amb cita").filter(has_not=page.locator("ul")).first
    assert "Només amb cita." in row.inner_text()
    desk = page.locator("li", has_text="Taulell").last.inner_text()
    assert "Cal cita prèvia. Ara obert, tanca a les 14:00" in desk
    assert "No cal cita. Ara tancat; obrirà dimecres, a les 09:00" in desk


def test_without_a_script_the_usual_hours_stand_there(reads: Callable[..., Reader]) -> None:
    """Nothing that is right on one day only."""
    reader = reads(java_script_enabled=False)
    text = reader.open("/").locator("section[data-today]").inner_text()
    assert "Sense cita" in text
    assert "Avui" not in text
    assert "dilluns i dimecres, 09:00–14:00" in text
    assert "Del dia 1 d'agost de 2027 al dia 31 d'agost de 2027: dilluns, 10:00–12:00" in text
    assert reader.now() == []


@pytest.mark.parametrize("address", ["/", "/contactes/", "/contactes/taulell/", "/cita-previa/"])
def test_axe_finds_nothing_and_all_can_be_tapped(
    address: str, reads: Callable[..., Reader]
) -> None:
    """With everything unfolded, in both schemes."""
    reader = reads(viewport={"width": 360, "height": 640}, bypass_csp=True)
    page = reader.open(address, "2027-02-01 10:00")
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    assert axe.faults_in_both_schemes(page) == []
    targets = page.locator(".card dl a, .offer__title a, .way a, main summary").all()
    assert all((box := one.bounding_box()) is None or box["height"] >= 44 for one in targets)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_desk_that_is_told_is_not_told_again_of_each_service(town: Project) -> None:
    """A service is told where nobody else says the hours of the place that it is had at."""
    places = town.document("/")["home"]["walk_in"]["places"]
    found = [one["place"]["id"] for one in places]
    assert {"taulell", "parada"} <= {*found} and "alli" not in found


def test_of_a_service_the_hours_are_told_that_need_no_appointment(town: Project) -> None:
    places = town.document("/")["home"]["walk_in"]["places"]
    (parada,) = (one for one in places if one["place"]["id"] == "parada")
    assert [window["days"] for window in parada["opening_hours"]] == [["Monday"]]
