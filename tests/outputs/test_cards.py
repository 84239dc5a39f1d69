"""Contact cards, as an address book reads them: parsed by vobject, which did not write them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import vobject
from project import Project, new_project

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
    assert said(found, "tel") == ["tel:+34971000001;ext=08", "tel:+34971000001;ext=12"]
    assert {tuple(tel.params["VALUE"]) for tel in found.tel_list} == {("uri",)}
    assert said(found, "x-ablabel") == ["Centraleta", "Centraleta"]
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
    assert said(card(town), "tel")[0] == "tel:+34971000002;ext=08"
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
