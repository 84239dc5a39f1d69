"""Contact cards, as an address book reads them: parsed by vobject, which did not write them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import vobject
from lxml import html
from project import REPOSITORY, Project, new_project
from saig.outputs.card import card as vcard
from saig.outputs.content_lines import content_lines
from saig.words import Translator

SITE = "http://localhost:8000"
HARD = [
    "Obres, llicències; i més",
    "Barra \\ i salt \\n de línia",
    "À" * 200,
    "Un nom: amb “cometes” i l'apòstrof",
    "😀 " * 40 + "fi",
]
"""Texts with what vCard escapes, and longer than its lines, in letters of several bytes."""


def card(project: Project, path: str = "contactes/obres") -> Any:
    return vobject.readOne((project.output / path / "contact.vcf").read_bytes().decode())


def said(card: Any, name: str) -> list[str]:
    return [str(item.value) for item in card.contents.get(name, [])]


def test_card_says_what_the_page_says(built_town: Project) -> None:
    found = card(built_town)
    assert said(found, "version") == ["4.0"]
    assert said(found, "kind") == ["org"]
    assert said(found, "fn") == ["Secció d'Obres"]
    assert found.org.value == ["Ajuntament de Vila", "Secció d'Obres"]
    assert said(found, "tel") == ["+34971000001"]
    assert said(found, "x-ablabel") == ["Centraleta, extensions 08 i 12"]
    assert [tel.group for tel in found.tel_list] == [label.group for label in found.x_ablabel_list]
    address = found.adr.value
    assert (address.street, address.code, address.city) == (
        "Carrer Major, 1, 2a planta",
        "07006",
        "Vila",
    )
    assert said(found, "geo") == ["geo:39.57,2.65"]
    assert said(found, "url") == [f"{SITE}/contactes/obres/"]
    assert said(found, "rev") == ["20200601T000000Z"]
    assert said(card(built_town, "contactes/ajuntament"), "email") == ["info@vila.test"]


def test_card_has_hours_and_the_ways_to_each_service(built_town: Project) -> None:
    note = card(built_town).note.value
    assert "de dilluns a divendres, 09:00–14:00. Fins al dia 10 de desembre de 2020" in note
    assert "Demanar una llicència d'obres:\n- Presencial. Cal cita prèvia." in note
    assert "https://cita.vila.test/obres" in note


def test_card_is_in_the_language_of_its_page(built_town: Project) -> None:
    catalan, spanish = card(built_town), card(built_town, "es/contactos/obras")
    assert said(spanish, "fn") == ["Sección de Obras"]
    assert "de lunes a viernes, 09:00–14:00" in spanish.note.value
    assert said(catalan, "uid") == said(spanish, "uid")
    assert said(catalan, "uid") != said(card(built_town, "contactes/arxiu"), "uid")


def test_lines_are_as_the_rule_says(built_town: Project) -> None:
    """RFC 6350, §3.2: at most 75 octets, ended by CRLF; VERSION comes first (§6.7.9)."""
    for path in built_town.output.rglob("contact.vcf"):
        lines = path.read_bytes().split(b"\r\n")
        assert lines[:2] == [b"BEGIN:VCARD", b"VERSION:4.0"]
        assert lines[-2:] == [b"END:VCARD", b""]
        assert max(map(len, lines)) <= 75
        assert not any(b"\n" in line for line in lines)


@pytest.mark.parametrize("sign", ["\\n", "^n"])
def test_a_line_is_not_folded_within_what_is_escaped(sign: str) -> None:
    """Some programs unfold lines that they have decoded already (RFC 6350, §3.4; RFC 6868)."""
    for before in range(60, 80):
        assert sign.encode() in content_lines(["x" * before + sign + "y" * 20])


def dialled(tel: str) -> str:
    """A number as Android's importer keeps it (VCardUtils, PhoneNumberUtils.formatNumber): without
    ``tel:``, every digit and a plus, and the signs for a pause and for waiting."""
    return re.sub(r"[^0-9+,;]", "", tel.removeprefix("tel:"))


TELEPHONES = """telephones:
  - {number: +34 971 00 00 01, extensions: ["8549"]}
  - {number: "010", label: {ca: "Informació; i queixes, sempre", es: Información}}
  - {number: +34 971 00 00 01, extensions: [08, "*12"], label: {ca: Obres, es: Obras}}
  - {number: +351 21 000 0000}
"""


@pytest.fixture(scope="module")
def switchboard(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = new_project(tmp_path_factory.mktemp("switchboard") / "project")
    project.write(
        "contacts/centraleta.md", f"---\ntitle: Centraleta\nsummary: S.\n{TELEPHONES}---\nT.\n"
    )
    project.build()
    return project


def test_an_address_book_keeps_the_numbers_and_nothing_else(switchboard: Project) -> None:
    """One TEL a number, however many extensions it has: each is what a telephone can dial."""
    raw = (switchboard.output / "contactes/centraleta/contact.vcf").read_bytes().decode()
    lines = raw.replace("\r\n ", "").splitlines()
    tels = [line.partition(":")[2] for line in lines if re.match(r"(item\d+\.)?TEL[;:]", line)]
    assert [dialled(tel) for tel in tels] == ["+34971000001", "010", "+351210000000"]
    assert tels == [dialled(tel) for tel in tels]
    assert "ext=" not in raw


def test_extensions_stand_in_the_label_and_in_the_note(switchboard: Project) -> None:
    found = card(switchboard, "contactes/centraleta")
    labels = {label.group: label.value for label in found.x_ablabel_list}
    assert [labels.get(tel.group) for tel in found.tel_list] == [
        "extensió 8549; Obres, extensions 08 i *12",
        "Informació; i queixes, sempre",
        None,
    ]
    assert found.note.value.splitlines() == [
        "971 00 00 01: extensió 8549",
        "971 00 00 01: Obres, extensions 08 i *12",
    ]


def test_a_link_dials_the_extension_after_a_pause(switchboard: Project) -> None:
    """And a short number as it is."""
    page = html.fromstring(switchboard.page("/contactes/centraleta/"))
    links = [
        (link.get("href"), link.text_content())
        for link in page.xpath("//a[starts-with(@href, 'tel:')]")
    ]
    assert links == [
        ("tel:+34971000001,8549", "971 00 00 01, ext. 8549"),
        ("tel:010", "010"),
        ("tel:+34971000001,08", "971 00 00 01, ext. 08"),
        ("tel:+34971000001,%2A12", "971 00 00 01, ext. *12"),
        ("tel:+351210000000", "+351 21 000 0000"),
    ]
    sheet = (switchboard.output / "contactes/centraleta/sheet.html").read_text("utf-8")
    assert "971 00 00 01, extensions 08 i *12 (Obres)" in html.fromstring(sheet).text_content()
    phones = switchboard.document("/contactes/centraleta/")["contact"]["telephones"]
    assert [phone["shown"] for phone in phones][1:] == ["010", "971 00 00 01", "+351 21 000 0000"]


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n", "\x85", "\u2028", "\x0b", "\x00", "\x1b"])
def test_no_field_begins_a_line_of_its_own(end: str) -> None:
    """Whatever is in a document, the card has the lines that it should have."""
    evil = f"A{end}TEL:+34000000000"
    window = {"label": evil, "channel": None, "appointment": None, "days": ["Monday"]}
    hours = {"opens": "09:00", "closes": "10:00", "valid_from": None, "valid_until": None}
    phone = {"number": f"010{end}TEL:1", "shown": evil, "extensions": [evil], "label": evil}
    contact = {
        "parents": [{"title": evil}],
        "address": {
            "street_address": evil,
            "extra": evil,
            "extra_lang": "ca",
            "locality": evil,
            "postal_code": evil,
            "latitude": None,
            "longitude": None,
        },
        "telephones": [{**phone, "label_lang": "ca"}],
        "emails": [evil],
        "website": f"https://a.test/{evil}",
        "opening_hours": [{**window, **hours}],
        "upcoming_hours": [],
        "services": [{"title": evil, "channels": []}],
        "changes": [],
    }
    document = {
        "kind": "contact",
        "id": "x",
        "lang": "ca",
        "title": evil,
        "url": f"https://b.test/{evil}",
        "date": None,
        "modified": None,
        "contact": contact,
    }
    words = Translator.of(REPOSITORY / "theme" / "translations", "ca")
    raw = vcard(document, "https://b.test/", words)
    names = [re.split(rb"[;:]", line)[0] for line in raw.replace(b"\r\n ", b"").split(b"\r\n")]
    plain = vcard(json.loads(json.dumps(document).replace(json.dumps(end)[1:-1], "")), "", words)
    expected = [re.split(rb"[;:]", ln)[0] for ln in plain.replace(b"\r\n ", b"").split(b"\r\n")]
    assert names == expected
    body = raw.replace(b"\r\n", b"").decode()
    assert body.isprintable()


@pytest.fixture(scope="module")
def hard(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = new_project(tmp_path_factory.mktemp("hard") / "project")
    for number, text in enumerate(HARD):
        fields = {
            "title": text,
            "summary": "Un resum.",
            "parent": f"dur-{number - 1}" if number else "ajuntament",
            "address": {"street_address": text, "extra": {"ca": text}, "locality": text},
            "telephones": [{"number": "+34971000001", "label": {"ca": text}}],
        }
        project.write(
            f"contacts/dur-{number}.md", f"---\n{json.dumps(fields, ensure_ascii=False)}\n---\n"
        )
    project.build()
    return project


@pytest.mark.parametrize("number", range(len(HARD)))
def test_every_text_comes_back_as_it_was(hard: Project, number: int) -> None:
    text = HARD[number].strip()
    found = next(
        card
        for card in map(_read, sorted(hard.output.rglob("contact.vcf")))
        if said(card, "fn") == [text]
    )
    assert found.org.value == ["Ajuntament de Vila", *(t.strip() for t in HARD[: number + 1])]
    assert found.adr.value.street == f"{text}, {text}"
    assert found.adr.value.city == text
    assert said(found, "x-ablabel") == [text]


def _read(path: Path) -> Any:
    data = path.read_bytes()
    assert max(map(len, data.split(b"\r\n"))) <= 75
    return vobject.readOne(data.decode())


def test_page_links_to_its_card(built_town: Project) -> None:
    assert 'href="/contactes/obres/contact.vcf"' in built_town.page("/contactes/obres/")
    assert 'href="/es/contactos/obras/contact.vcf"' in built_town.page("/es/contactos/obras/")


def test_card_follows_its_note_and_goes_with_it(town: Project) -> None:
    """Built again: a change reaches the card, a lost card comes back, a removed contact's goes."""
    town.build()
    path = town.output / "contactes" / "obres" / "contact.vcf"
    before = path.read_bytes()
    town.change("contacts/obres.md", "+34 971 000 001", "+34 971 000 002")
    town.build()
    assert said(card(town), "tel") == ["+34971000002"]
    town.change("contacts/obres.md", "+34 971 000 002", "+34 971 000 001")
    path.unlink()
    town.build()
    assert path.read_bytes() == before
    office = town.write("contacts/sobra.md", "---\ntitle: Sobra\nsummary: Un resum.\n---\n")
    town.build()
    assert said(card(town, "contactes/sobra"), "fn") == ["Sobra"]
    office.unlink()
    town.build()
    assert not (town.output / "contactes" / "sobra").exists()
