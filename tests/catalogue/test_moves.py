"""A unit that moves, is renamed, split or merged: who is shown on which day, everywhere."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from places import heirs, succession, waiting
from project import Project, new_project
from saig.catalogue.entry import Key
from saig.catalogue.succession import ALWAYS
from saig.catalogue.succession import heirs as heirs_of

BEFORE, ON, AFTER = "2020-12-31", "2021-01-01", "2021-01-02"


def note(title: str, *facts: str, text: str = "") -> str:
    return "\n".join(["---", f"title: {title}", "summary: S.", *facts, "---", text, ""])


def move(town: Project) -> None:
    """Obres, with all that is its own, moves on New Year's Day, as the docs say to write it."""
    town.change(
        "contacts/obres.md", "parent: ajuntament", "parent: ajuntament\nvalid_until: 2020-12-31"
    )
    town.write(
        "contacts/obres-2021.md",
        note(
            "Secció d'Obres",
            "short_title: Obres noves",
            "slug: obres-2021",
            "parent: ajuntament",
            "telephones: [{number: +34 971 000 009}]",
            "emails: [obres@vila.test]",
            "valid_from: 2021-01-01",
            "supersedes: [obres]",
        ),
    )
    town.write("contacts/finestreta.md", note("Finestreta", "parent: obres"))
    town.change("norms/decret-llei-14-2020.md", "summary:", "departments: [obres]\nsummary:")
    town.write(
        "notices/cua.md",
        note("Cua", "date: 2020-12-01", "departments: [obres]", "topics: [llicencies]"),
    )
    town.write(
        "notices/vella.md",
        note("Vella", "date: 2020-11-01", "valid_until: 2020-11-30", "departments: [obres]"),
    )
    town.write("pages/on.md", note("On", text="Demanau-ho a [Obres](../contacts/obres.md)."))


@pytest.fixture(scope="module")
def on(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Project]:
    towns = {}
    for day in (BEFORE, ON, AFTER):
        towns[day] = new_project(tmp_path_factory.mktemp("moves") / "project")
        move(towns[day])
        towns[day].build(today=day)
    return towns


def ids(refs: list[dict[str, Any]]) -> list[str]:
    return [ref["id"] for ref in refs]


OLD, NEW = "/contactes/obres/", "/contactes/obres-2021/"


@pytest.mark.parametrize(
    ("day", "holder", "other"), [(BEFORE, OLD, NEW), (ON, NEW, OLD), (AFTER, NEW, OLD)]
)
def test_all_that_is_a_units_stands_on_one_page(
    day: str, holder: str, other: str, on: dict[str, Project]
) -> None:
    """Services, sub-units, what holds of notices and norms; before the day on the old one's."""
    there, elsewhere = (on[day].document(address)["contact"] for address in (holder, other))
    assert ids(there["services"]) == ["llicencia"]
    assert ids(there["children"]) == ["finestreta"]
    assert "cua" in ids(there["notices"])
    assert "decret-llei-14-2020" in ids(there["norms"])
    assert elsewhere["services"] == elsewhere["children"] == []
    assert "cua" not in ids(elsewhere["notices"])
    assert "decret-llei-14-2020" not in ids(elsewhere["norms"])
    # What was over before stays with the unit of its time.
    assert "vella" in ids(on[day].document(OLD)["contact"]["notices"])
    assert "decret-llei-8-2020" in ids(on[day].document(OLD)["contact"]["norms"])


@pytest.mark.parametrize(
    ("day", "unit"), [(BEFORE, "obres"), (ON, "obres-2021"), (AFTER, "obres-2021")]
)
def test_whatever_names_the_unit_names_the_one_of_the_day(
    day: str, unit: str, on: dict[str, Project]
) -> None:
    town = on[day]
    assert ids(town.document("/serveis/llicencia-d-obres/")["service"]["departments"]) == [unit]
    assert ids(town.document("/avisos/cua/")["notice"]["departments"]) == [unit]
    assert ids(town.document("/contactes/finestreta/")["contact"]["parents"])[-1] == unit
    booking = town.document("/cita-previa/")["booking"]["departments"]
    assert [g["department"]["id"] for g in booking if "llicencia" in ids(g["services"])] == [unit]
    home = ids(town.document("/")["home"]["departments"])
    assert [one for one in home if one.startswith("obres")] == [unit]
    section = town.document("/contactes/")["section"]
    assert [one for one in ids(section["items"]) if one.startswith("obres")] == [unit]
    [root] = section["tree"]
    [branch] = [below for below in root["below"] if below["id"].startswith("obres")]
    assert branch == {"id": unit, "below": [{"id": "finestreta", "below": []}]}
    topic = ids(town.document("/temes/llicencies/")["topic"]["contacts"])
    assert topic == [unit]
    children = ids(town.document("/contactes/ajuntament/")["contact"]["children"])
    assert [one for one in children if one.startswith("obres")] == [unit]
    for path, there in ((OLD, "obres"), (NEW, "obres-2021")):
        feed = [item["title"] for item in town.data(f"{path}feed.json".lstrip("/"))["items"]]
        assert ("Cua" in feed) == (unit == there)
        days = (town.output / path.lstrip("/") / "calendari.ics").read_text("utf-8")
        assert ("Decret llei 14/2020" in days.replace("\r\n ", "")) == (unit == there)
        sheet = (town.output / path.lstrip("/") / "sheet.html").read_text("utf-8")
        assert ("Demanar una llicència" in sheet) == (unit == there)


def test_the_old_page_keeps_its_address_and_says_who_follows(on: dict[str, Project]) -> None:
    page = html.fromstring(on[ON].page(OLD))
    [note] = page.xpath("//main//div[contains(@class, 'note--warning')]")
    assert note.xpath(f".//a[@href='{NEW}']")
    assert "31 de desembre de 2020" in note.text_content()
    assert on[ON].document(OLD)["contact"]["held_until"] == BEFORE
    told = [i["content_text"] for i in on[ON].data("contactes/obres/feed.json")["items"]]
    assert "En pren el lloc: Obres noves." in told
    card = (on[ON].output / "contactes/obres/contact.vcf").read_text("utf-8").replace("\r\n ", "")
    assert "La seva feina continua a: Secció d'Obres" in card


def test_links_and_lists_say_who_took_over(on: dict[str, Project]) -> None:
    """In a text, behind the link; in the list of what is over, with the day."""
    assert "ara:" not in on[BEFORE].page("/on/")
    text = html.fromstring(on[ON].page("/on/")).xpath("//main//p[contains(., 'Demanau')]")[0]
    assert text.xpath("./a/@href") == [OLD]
    assert text.xpath("./span/a/@href") == [NEW]
    [past] = [p for p in on[ON].document("/contactes/")["section"]["past"] if p["id"] == "obres"]
    assert [heir["title"] for heir in past["replaced_by"]] == ["Obres noves"]
    assert past["replaced_on"] == ON
    listed = html.fromstring(on[ON].page("/contactes/")).xpath(
        "//main//li[contains(., 'Substituït')]"
    )
    assert any("1 de gener de 2021" in item.text_content() for item in listed)
    spanish = html.fromstring(on[ON].page("/es/contactos/ayuntamiento/"))
    [heir] = spanish.xpath("//main//span[contains(., 'ahora:')]/a")
    assert (heir.get("href"), heir.get("lang"), heir.get("hreflang")) == (NEW, "ca", "ca")


def test_the_day_is_the_next_change(on: dict[str, Project]) -> None:
    assert on[BEFORE].data("next-change.json")["date"] == ON
    for address in (OLD, NEW, "/serveis/llicencia-d-obres/", "/cita-previa/", "/contactes/"):
        assert on[BEFORE].document(address)["holds"]["until"] == BEFORE, address
        assert on[ON].document(address)["holds"]["from"] == ON, address


def test_a_page_holds_until_a_hidden_one_is_over_whose_place_it_takes(town: Project) -> None:
    """It has no day of its own, and shows nothing of the other."""
    town.write("contacts/vell.md", note("Vell", "status: hidden", "valid_until: 2020-12-15"))
    town.write("contacts/nou.md", note("Nou", "supersedes: [vell]"))
    town.build()
    assert town.document("/contactes/nou/")["holds"]["until"] == "2020-12-15"


def test_a_replaced_notice_or_service_gives_way(town: Project) -> None:
    """A current page shows what holds, and not what it replaced."""
    town.write(
        "notices/abans.md",
        note("Abans", "date: 2020-11-01", "services: [llicencia]", "departments: [obres]"),
    )
    town.write("notices/ara.md", note("Ara", "date: 2020-12-01", "supersedes: [abans]"))
    town.write(
        "services/consulta-2.md",
        note(
            "Consultar papers",
            "departments: [arxiu]",
            "no_channel: {ca: No, es: No}",
            "supersedes: [consulta-arxiu]",
        ),
    )
    town.write("notices/paper.md", note("Paper", "date: 2020-12-01", "services: [consulta-arxiu]"))
    town.build()
    assert ids(town.document("/serveis/llicencia-d-obres/")["service"]["notices"]) == ["ara"]
    notices = ids(town.document(OLD)["contact"]["notices"])
    assert "ara" in notices and "abans" not in notices
    # Without dates, the new one holds as soon as it is there.
    assert ids(town.document("/contactes/arxiu/")["contact"]["services"]) == ["consulta-2"]
    assert ids(town.document("/serveis/consultar-papers/")["service"]["notices"]) == ["paper"]
    assert ids(town.document("/avisos/paper/")["notice"]["services"]) == ["consulta-2"]
    assert "consulta-arxiu" not in ids(town.document("/serveis/")["section"]["items"])
    assert "consulta-arxiu" not in ids(town.document("/")["home"]["services"])


def test_hidden_notes_and_drafts_take_nobodys_place(town: Project) -> None:
    for status in ("hidden", "draft"):
        town.write(
            f"contacts/{status}.md",
            note(f"Un {status}", f"status: {status}", "supersedes: [obres]"),
        )
    town.write(
        "contacts/ajuntament-nou.md",
        note("Ajuntament Nou", "emails: [nou@vila.test]", "supersedes: [ajuntament]"),
    )
    assert town.errors() == []
    town.build()
    assert ids(town.document(OLD)["contact"]["services"]) == ["llicencia"]
    assert town.document(OLD)["contact"]["state"] == "current"
    # The organisation itself.
    assert "Ajuntament Nou" in html.fromstring(town.page("/")).xpath("//footer")[0].text_content()
    assert "nou@vila.test" in (town.output / ".well-known/security.txt").read_text("utf-8")
    assert ids(town.document(OLD)["contact"]["parents"]) == ["ajuntament-nou"]
    assert "ajuntament-nou" not in ids(town.document("/")["home"]["departments"])


@pytest.mark.parametrize("name", ["obres-2021", "a-obres", "obres2"])
def test_the_new_note_is_told_of_an_address_that_is_taken(name: str, town: Project) -> None:
    """Never the one that is published, wherever the new one stands by its name."""
    new = note(
        "Secció d'Obres", "short_title: Obres", "valid_from: 2021-01-01", "supersedes: [obres]"
    )
    town.write(f"contacts/{name}.md", new)
    [problem] = town.errors()
    assert (problem["path"], problem["code"]) == (
        f"content/contacts/{name}.md",
        "duplicate-address",
    )
    assert "slug: obres-2021" in problem["hint"]
    town.write(f"contacts/{name}.md", new.replace("summary:", "slug: obres-2021\nsummary:"))
    assert town.errors() == []


def test_a_hidden_unit_is_followed_too(town: Project) -> None:
    """Who hides the old one when the new one is there."""
    move(town)
    town.change("contacts/obres.md", "parent: ajuntament", "status: hidden\nparent: ajuntament")
    town.build(today=ON)
    service = town.document("/serveis/llicencia-d-obres/")["service"]
    assert ids(service["departments"]) == ["obres-2021"]
    assert ids(town.document(NEW)["contact"]["services"]) == ["llicencia"]
    assert ids(town.document("/contactes/finestreta/")["contact"]["parents"])[-1] == "obres-2021"
    booking = town.document("/cita-previa/")["booking"]["departments"]
    assert "obres-2021" in [group["department"]["id"] for group in booking]


def test_no_unit_is_lost_where_one_takes_the_place_of_what_it_belongs_to(town: Project) -> None:
    """Each is listed, whatever stands above what."""
    town.write("contacts/a.md", note("A", "parent: b"))
    town.write("contacts/b.md", note("B"))
    town.write("contacts/c.md", note("C", "parent: a", "supersedes: [b]"))
    town.write("contacts/d.md", note("D", "parent: e", "supersedes: [e]"))
    town.write("contacts/e.md", note("E"))
    town.build()
    section = town.document("/contactes/")["section"]

    def walk(branches: list[dict[str, Any]]) -> list[str]:
        return [i for branch in branches for i in (branch["id"], *walk(branch["below"]))]

    assert sorted(walk(section["tree"])) == sorted(ids(section["items"]))
    assert {"a", "c", "d"} <= set(ids(section["items"]))
    assert {"b", "e"} <= set(ids(section["past"]))


def test_notes_that_replace_each_other_are_told(town: Project) -> None:
    for one, other in ("ab", "ba"):
        town.write(f"contacts/{one}.md", note(one.upper(), f"supersedes: [{other}]"))
    assert {(p["path"], p["code"]) for p in town.errors()} == {
        ("content/contacts/a.md", "contradicting-relation"),
        ("content/contacts/b.md", "contradicting-relation"),
    }
    town.build()
    assert ids(town.document(OLD)["contact"]["services"]) == ["llicencia"]


# -- who stands for whom -------------------------------------------------------------------------

DAY = datetime.date(2021, 1, 1)
TOMORROW = DAY + datetime.timedelta(1)
A, B, C, D = (Key("contact", name) for name in "abcd")


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ({}, {}),
        ({A: [(DAY, B)]}, {A: [B]}),
        ({A: [(DAY + datetime.timedelta(1), B)]}, {}),
        ({A: [(ALWAYS, B)], B: [(DAY, C)]}, {A: [C], B: [C]}),
        ({A: [(DAY, B), (DAY, C)]}, {A: [B, C]}),
        ({A: [(DAY, C)], B: [(DAY, C)]}, {A: [C], B: [C]}),
        ({A: [(DAY, B), (DAY, C)], B: [(DAY, D)], C: [(DAY, D)]}, {A: [D], B: [D], C: [D]}),
    ],
)
def test_chains_splits_and_merges(places: Any, expected: dict[Key, list[Key]]) -> None:
    assert heirs(places, DAY) == expected


DATES = st.sampled_from([ALWAYS, DAY, DAY + datetime.timedelta(9)])
PLACES = st.dictionaries(
    st.sampled_from([A, B, C, D]),
    st.lists(st.tuples(DATES, st.sampled_from([A, B, C, D])), max_size=3),
)


@given(PLACES)
def test_whoever_stands_for_another_is_in_its_own_place(places: Any) -> None:
    """Circles too come to an end; they are an error of the notes."""
    found = heirs(places, DAY)
    assert all(others for others in found.values())
    forward = {
        key: [(since, other) for since, other in taking if other > key]
        for key, taking in places.items()
    }
    found = heirs(forward, DAY)
    assert not {other for others in found.values() for other in others} & found.keys()
    assert not waiting(forward, DAY) & {o for others in found.values() for o in others}


NOTES = [f"contact/{name}" for name in "abcde"]


@given(
    st.fixed_dictionaries(
        {note: st.lists(st.sampled_from(NOTES), max_size=3, unique=True) for note in NOTES}
    ),
    st.fixed_dictionaries({note: st.sampled_from([DAY, TOMORROW]) for note in NOTES}),
)
def test_a_note_stands_for_those_whose_heir_it_is(
    supersedes: dict[str, list[str]], since: dict[str, datetime.date]
) -> None:
    said = succession(supersedes, since, DAY)
    for note in NOTES:
        of_others = {one for one in NOTES if one != note and note in (said.heirs_of(one) or ())}
        assert set(said.stands_for_of(note)) == of_others


def test_a_line_of_any_length_has_its_heirs() -> None:
    """One that split and came together again many times has more ways through than can be tried."""
    line = {number: [(DAY, number + 1)] for number in range(5_000)}
    assert heirs_of(lambda one: line.get(one, ()), 0, DAY) == [5_000]
    split = {number: [(DAY, number // 2 * 2 + more) for more in (2, 3)] for number in range(200)}
    assert heirs_of(lambda one: split.get(one, ()), 0, DAY) == [200, 201]


def test_a_notice_that_replaces_the_last_one_each_week(tmp_path: Path) -> None:
    town = new_project(tmp_path / "project")
    first = datetime.date(2011, 1, 3)
    for week in range(500):
        town.write(
            f"notices/setmana-{week}.md",
            note(
                f"La setmana {week}",
                f"date: {first + datetime.timedelta(7 * week)}",
                "topics: [llicencies]",
                *([f"supersedes: [setmana-{week - 1}]"] if week else []),
            ),
        )
    assert town.errors() == []
