"""How contacts and services are reached: what their documents and pages say of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html
from project import Project, new_project

OFFICE = """title: Oficina
summary: Una oficina.
parent: ajuntament
"""
TOWN = {
    "contacts/ajuntament.md": """title: Ajuntament
summary: L'Ajuntament.
telephones: [{number: "+34971000000", label: {ca: Centraleta, es: Centralita}}]
emails: [info@vila.test]
""",
    "contacts/oficina.md": OFFICE,
    "contacts/vella.md": "title: Vella\nsummary: V.\nvalid_until: 2020-11-30\n",
    "contacts/nova.md": """title: Nova
summary: N.
valid_from: 2020-12-01
supersedes: [vella]
address: {street_address: "Major, 3", locality: Vila}
telephones: [{number: "+34971000003", extensions: ["33"]}]
opening_hours:
  - {days: unknown, opens: 9:00, closes: 12:00, channel: in-person, appointment: none}
  - {days: [monday], opens: 10:00, closes: 11:00, channel: in-person, appointment: none,
     valid_from: 2021-08-01, valid_until: 2021-08-31, overrides: true}
""",
    "contacts/mudada.md": """title: Mudada
summary: M.
parent: obres
address:
  - {street_address: "Vell, 1", locality: Vila, valid_until: 2020-11-30}
  - {street_address: "Nou, 2", locality: Vila, valid_from: 2020-12-01, valid_until: 2021-02-28}
  - {street_address: "Darrer, 4", locality: Vila, valid_from: 2021-09-01}
  - {street_address: "Entremig, 3", locality: Vila, valid_from: 2021-03-01, valid_until: 2021-08-31}
opening_hours: [{days: [thursday], opens: 9:00, closes: 10:00, valid_until: 2020-12-10}]
""",
    "contacts/mixta.md": """title: Mixta
summary: M.
opening_hours:
  - {days: [monday], opens: 9:00, closes: 12:00, channel: in-person, appointment: none}
  - {days: [tuesday], opens: 9:00, closes: 12:00, channel: in-person, appointment: required}
""",
    "norms/retroactiva.md": """title: Llei 3/2020
summary: L.
date: 2020-01-05
first_date_entry_in_force: 2019-12-01
""",
    "services/rondes.md": """title: Rondes
summary: R.
departments: [mudada]
norms: [retroactiva]
channels:
  - {channel: phone, valid_until: 2020-12-09}
  - {channel: online, url: "https://seu.vila.test/rondes", valid_from: 2020-12-10}
  - channel: in-person
    valid_from: 2021-02-01
    opening_hours:
      - {days: [monday], opens: 9:00, closes: 10:00, valid_until: 2021-01-15}
      - {days: [tuesday], opens: 9:00, closes: 10:00, valid_from: 2021-01-16}
""",
    "services/paper.md": """title: Lliurar papers
summary: P.
departments: [oficina]
channels:
  - {channel: in-person, contact: vella}
  - {channel: phone}
  - {channel: email}
  - {channel: video, appointment: required, url: https://cita.vila.test/video}
""",
    "notices/vell.md": "title: Avís vell\nsummary: A.\ndate: 2020-01-01\nservices: [paper]\n"
    "valid_until: 2020-02-01\n",
    "notices/nou.md": "title: Avís nou\nsummary: A.\ndate: 2020-03-01\nservices: [paper]\n",
}
SERVICE, OFFICE_PAGE = "/serveis/lliurar-papers/", "/contactes/oficina/"


@pytest.fixture(scope="module")
def reached(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = new_project(tmp_path_factory.mktemp("reach") / "project")
    for path, fields in TOWN.items():
        Path(project.content / path).unlink(missing_ok=True)
        project.write(path, f"---\n{fields}---\nText.\n")
    project.build()
    return project


def test_a_service_never_lacks_a_telephone(reached: Project) -> None:
    """Its channel by telephone has the number of the nearest contact that has one, and so has its card."""
    service = reached.document(SERVICE)["service"]
    ways = {way["channel"]: way for way in service["channels"]}
    assert [phone["shown"] for phone in ways["phone"]["telephones"]] == ["971 00 00 00"]
    assert ways["email"]["emails"] == ["info@vila.test"]
    cards = {card["contact"]["id"]: card for card in service["cards"]}
    assert cards["oficina"]["telephones_of"]["id"] == "ajuntament"
    assert cards["oficina"]["telephones"][0]["number"] == "+34971000000"
    page = html.fromstring(reached.page(SERVICE))
    links = [a.get("href") for a in page.xpath("//section[contains(@class, 'card')]//a")]
    assert "tel:+34971000000" in links
    ask = "És el número de: Ajuntament. Demanau per: Oficina."
    assert ask in " ".join(page.text_content().split())


def test_a_card_is_that_of_the_day(reached: Project) -> None:
    """Hours on their last day, the address of today, and the telephone of the nearest that has one."""
    card = reached.document("/contactes/mudada/")["contact"]["card"]
    assert card["telephones_of"]["id"] == "obres"
    assert card["address"]["street_address"] == "Nou, 2"
    assert [one["counts_until"] for one in card["opening_hours"]] == ["2020-12-10"]


def test_addresses_to_come_are_told_in_their_order(reached: Project) -> None:
    """However the note has them."""
    card = reached.document("/contactes/mudada/")["contact"]["card"]
    coming = [one["street_address"] for one in card["upcoming_addresses"]]
    assert (coming, card["address_until"]) == (["Entremig, 3", "Darrer, 4"], "2021-02-28")


def test_no_one_need_is_told_where_hours_differ_in_it(reached: Project) -> None:
    places = reached.document("/contactes/")["section"]["visits"]["places"]
    needs = {one["place"]["id"]: one["appointment"] for one in places}
    assert (needs["nova"], needs["mixta"]) == ("none", None)


def test_ways_are_those_of_the_day_and_those_to_come_as_they_will_be(reached: Project) -> None:
    service = reached.document("/serveis/rondes/")["service"]
    assert [way["channel"] for way in service["channels"]] == ["online"]
    [way] = service["upcoming_channels"]
    assert [window["days"] for window in way["opening_hours"]] == [["Tuesday"]]
    assert way["upcoming_hours"] == []


def test_what_a_norm_did_before_it_was_published_is_no_news_of_a_service(reached: Project) -> None:
    assert reached.document("/serveis/rondes/")["service"]["events"] == []


def test_a_channel_leads_to_another_contact_as_it_stands_today(reached: Project) -> None:
    """The old office was replaced: the channel names it still."""
    service = reached.document(SERVICE)["service"]
    [way] = [way for way in service["channels"] if way["channel"] == "in-person"]
    assert way["contact"]["id"] == "nova"
    cards = [card["contact"]["id"] for card in service["cards"]]
    assert cards == ["oficina", "nova"]
    page = html.fromstring(reached.page(SERVICE))
    assert page.xpath("//li[contains(@class, 'channel')]//a[@href='/contactes/nova/']")
    assert "tel:+34971000003,33" in page.xpath("//section[@class='card']//a/@href")
    assert "Major, 3" in page.text_content()


def test_what_is_not_known_is_asked_for(reached: Project) -> None:
    """Hours without their days, an appointment of which nobody says anything."""
    page = " ".join(html.fromstring(reached.page(SERVICE)).text_content().split())
    assert "No sabem si cal cita: demanau-ho per telèfon." in page
    nova = reached.document("/contactes/nova/")["contact"]
    assert nova["card"]["opening_hours"][0]["days"] == []
    page = " ".join(html.fromstring(reached.page("/contactes/nova/")).text_content().split())
    assert "09:00–12:00. No cal cita. No sabem quins dies: trucau abans d'anar-hi." in page
    card = (reached.output / "contactes/nova/contact.vcf").read_text("utf-8")
    assert "dies sense confirmar" in card.replace("\n ", "").replace("\r", "")


def test_a_season_is_told_beforehand_wherever_hours_are(reached: Project) -> None:
    """On the page, on paper, in the card and in the calendar."""
    season = "Del dia 1 d'agost de 2021 al dia 31 d'agost de 2021"
    folder = reached.output / "contactes/nova"
    for name in ("index.html", "sheet.html", "contact.vcf"):
        text = (folder / name).read_bytes().decode().replace("\r\n ", "")
        assert season in html.fromstring(text).text_content(), name
    calendar = (folder / "calendari.ics").read_bytes().decode()
    assert "DTSTART;VALUE=DATE:20210801" in calendar
    assert "DTSTART;VALUE=DATE:20210831" in calendar
    hours = reached.document("/contactes/nova/")["contact"]
    assert [one["counts_until"] for one in hours["opening_hours"]] == ["2021-07-31"]
    assert [one["counts_from"] for one in hours["upcoming_hours"]] == ["2021-09-01", "2021-08-01"]


def test_a_department_and_its_sheet_have_the_same_card(reached: Project) -> None:
    """In the same order: telephone, when to go, address."""
    document = reached.document("/contactes/nova/")["contact"]
    assert document["card"]["telephones"] == document["telephones"]
    for name in ("index.html", "sheet.html"):
        page = html.fromstring((reached.output / "contactes/nova" / name).read_text("utf-8"))
        terms = [
            dt.text_content()
            for dt in page.xpath("//section[@class='card']//dt | //dl[@class='sheet__card']//dt")
        ]
        assert terms == ["Telèfon", "Quan hi podeu anar", "Adreça"], name


def test_notices_that_are_over_are_not_among_the_current_ones(reached: Project) -> None:
    page = html.fromstring(reached.page(SERVICE))
    [facts] = page.xpath("//section[@aria-labelledby='service_facts_heading']")
    assert "Avís nou" in facts.text_content()
    assert "Avís vell" not in facts.text_content()
    assert page.xpath("//details[contains(summary, 'Avisos que ja no valen')]//a[. = 'Avís vell']")


def test_a_department_can_be_followed_in_plain_sight(reached: Project) -> None:
    page = html.fromstring(reached.page(OFFICE_PAGE))
    [follow] = page.xpath("//section[@aria-labelledby='contact_follow_heading']")
    assert follow.xpath(".//a/@href") == [
        "/contactes/oficina/feed.atom",
        "webcal://localhost:8000/contactes/oficina/calendari.ics",
        "/contactes/oficina/calendari.ics",
    ]


def test_a_search_gives_the_telephone_of_a_service(reached: Project) -> None:
    entries = reached.data("cerca/search.json")["entries"]
    [entry] = [one for one in entries if one[1] == SERVICE]
    assert entry[9][0][:2] == ["971 00 00 00", "+34971000000"]
