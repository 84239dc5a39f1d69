"""Texts that are not translated are shown in the site's first language, and marked as such: for
screen readers (WCAG 2.2, 3.1.2) and for programs. In these towns every text says its language."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import in_process
import pytest
from jsonschema import Draft202012Validator
from lxml import html
from project import Project
from towns import speaking

LANGUAGES = ("ca", "ar", "pt-BR")
TRANSLATED = (
    "contacts/ajuntament",
    "contacts/obres",
    "services/llicencia",
    "services/consulta",
    "norms/decret-1",
    "norms/decret-2",
)
SAYS = re.compile(r"\[([a-z]{2}(?:-[A-Z]{2})?)\]")


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = speaking(tmp_path_factory.mktemp("fallbacks") / "town", LANGUAGES, TRANSLATED)
    assert in_process.built(project) == []
    return project


def told_in_pages(root: Any) -> Iterator[tuple[str, str, str | None, str | None]]:
    """Each text that says its language: which, the text, ``lang`` and ``dir`` of where it stands."""
    for element in root.iter():
        if not isinstance(element.tag, str) or element.tag in ("script", "title"):
            continue
        for text, owner in ((element.text, element), (element.tail, element.getparent())):
            for said in SAYS.findall(text or ""):
                lang = owner.xpath("ancestor-or-self::*[@lang][1]/@lang")
                direction = owner.xpath("ancestor-or-self::*[@dir][1]/@dir")
                yield said, text.strip(), *lang, *direction


def test_pages_mark_each_text_of_another_language(town: Project) -> None:
    """The nearest ``lang`` around it, and the way that it is written."""
    seen: set[tuple[str, str]] = set()
    for file in town.output.rglob("*.html"):
        root = html.parse(file).getroot()
        for said, text, lang, direction in told_in_pages(root):
            assert lang == said, f"{file.relative_to(town.output)}: {text}"
            assert direction == ("rtl" if said == "ar" else "ltr"), file
            seen.add((root.get("lang"), text))
    for text in (
        *(
            "Major street",
            "Town name",
            "Gazette",
            "Article five",
            "Name of the site",
            "Topic of works",
            "Old page",
            "No use",
            "Floor",
            "Ramp",
            "Desk",
        ),
        *("Switchboard", "Counter", "Evening", "Repairs", "Holiday", "Wait", "Papers", "Everybody"),
        *(
            "Nothing",
            "Never",
            "Closed for works",
            "A remark",
            "Section services",
            "Title of a page",
        ),
        *("A correction", "Who answers", "Where it is"),
        *("Title of a feast", "Summary of a feast."),
    ):
        for lang in LANGUAGES:
            assert any(text in words for page, words in seen if page == lang), (lang, text)


def told_in_documents(value: Any, lang: str) -> Iterator[tuple[str, str, str]]:
    """Each text that says its language: which, the text, and its language as the document has it."""
    if isinstance(value, dict):
        lang = value.get("lang", lang)
        for name, item in value.items():
            is_topics = name == "summary" and value.get("kind") == "topic"
            if name == "events" or is_topics:  # sentences that the site makes, with names in them
                continue
            own = value.get(f"{name.removeprefix('short_').removesuffix('_said')}_lang") or lang
            if isinstance(item, str):
                yield from ((said, item, own) for said in SAYS.findall(item))
            else:
                yield from told_in_documents(item, own)
    elif isinstance(value, list):
        for item in value:
            yield from told_in_documents(item, lang)


def test_documents_have_the_language_of_each_text(town: Project) -> None:
    """Beside it, as ``label_lang``, where it may be another than the document's; always there."""
    schemas = {
        file.stem: Draft202012Validator(json.loads(file.read_text("utf-8")))
        for file in (town.output / "api/v1/schemas").iterdir()
    }
    told = 0
    for file in town.output.rglob("index.json"):
        document = json.loads(file.read_text("utf-8"))
        if document.get("kind") not in schemas:
            continue
        assert list(schemas[document["kind"]].iter_errors(document)) == [], file
        for said, text, lang in told_in_documents(document, document["lang"]):
            assert lang == said, f"{file.relative_to(town.output)}: {text}"
            told += 1
    assert told > 200
    contact = town.document("/pt-BR/contacts-2/contacts-obres-pt-br/")["contact"]
    assert contact["telephones"][0]["label_lang"] == "ca"
    assert contact["accessibility_lang"] == "ca"
    council = town.document("/contacts-0/title-of-the-council-ca/")["contact"]
    assert (council["accessibility"], council["accessibility_lang"]) == (None, None)


def test_links_to_pages_in_another_language_say_so(town: Project) -> None:
    """The booking page and the electronic office, where only the first language has them."""
    page = html.parse(town.output / "pt-BR/index.html").getroot()
    for address in ("https://cita.vila.test/", "https://seu.vila.test/"):
        links = page.xpath(f"//a[@href='{address}']")
        assert {link.get("hreflang") for link in links} == {"ca"}
    assert town.document("/pt-BR/")["home"]["booking_lang"] == "ca"


def test_feeds_cards_and_calendars_say_it_too(town: Project) -> None:
    calendar = (town.output / "pt-BR/calendari.ics").read_text("utf-8").replace("\r\n ", "")
    assert "DESCRIPTION;LANGUAGE=ca:Repairs [ca]" in calendar
    gone = [item for item in town.data("pt-BR/feed.json")["items"] if "Old page" in item["title"]]
    assert [item["language"] for item in gone] == ["ca"]
    card = (town.output / "pt-BR/contacts-2/contacts-obres-pt-br/contact.vcf").read_bytes().decode()
    card = card.replace("\r\n ", "")
    assert "ADR;TYPE=work;LANGUAGE=ca:;;Major street [ca]\\, Floor [ca];" in card
    assert "X-ABLabel;LANGUAGE=ca:Switchboard [ca]" in card
    own = (town.output / "contacts-0/title-of-works-ca/contact.vcf").read_bytes().decode()
    assert "LANGUAGE=ca:Switchboard" not in own.replace("\r\n ", "")


def test_a_text_falls_back_to_the_first_language_whatever_the_order(tmp_path: Path) -> None:
    """``{es: …, ca: …}``: a reader of Portuguese gets the site's first language, not the first typed."""
    project = speaking(tmp_path / "town", ["ca", "es", "pt-BR"])
    project.change(
        "site.yaml", 'name: {ca: "Name of the site [ca]"}', "name: {es: Nom-es, ca: Nom-ca}"
    )
    in_process.built(project)
    title = project.document("/pt-BR/")
    assert (title["title"], title["title_lang"]) == ("Nom-ca", "ca")
