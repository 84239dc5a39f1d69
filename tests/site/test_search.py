"""The search: what citizens type and what they find, with a script and without, by keyboard and ear."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import axe
import pytest
from lxml import html
from playwright.sync_api import Browser, Page
from project import Project
from saig.outputs.search import files

if TYPE_CHECKING:
    from .conftest import Reader

QUERIES = json.loads(Path(__file__).with_name("search_queries.json").read_text("utf-8"))
"""By language: what people type, and the addresses of which one must be among the first three."""

PLACES = {"ca": "/cerca/", "es": "/es/buscar/"}
FIRST = 3

ASK = """async ([index, lang, queries]) => {
    const { searcher } = await import(document.getElementById("search_count").dataset.finder);
    const { ask, add } = searcher(lang);
    add(await (await fetch(index)).json());
    return queries.map((query) => ask(query).entries.map(({ url }) => url));
}"""


def asked(page: Page, index: str, lang: str, queries: list[str]) -> list[list[str]]:
    """The addresses that the shipped script finds for each query."""
    found: list[list[str]] = page.evaluate(ASK, [index, lang, queries])
    return found


@pytest.mark.parametrize("lang", PLACES)
def test_what_people_type_finds_what_they_mean(reader: Reader, lang: str) -> None:
    page = reader.look(PLACES[lang])
    queries = QUERIES[lang]
    found = asked(page, "search.json", lang, [query for query, _ in queries])
    missed = [
        (query, urls[:FIRST])
        for (query, wanted), urls in zip(queries, found, strict=True)
        if not any(url.startswith(tuple(wanted)) for url in urls[:FIRST])
    ]
    assert len(missed) <= len(queries) / 20, missed


def test_results_are_told_and_the_field_keeps_the_focus(reader: Reader) -> None:
    page = reader.open("/cerca/", width=360)
    page.get_by_label("Què cercau?").press_sequentially("telèfon obres")
    page.keyboard.press("Enter")
    page.get_by_role("status").filter(has_text="Resultats de «telèfon obres»: ").wait_for()
    assert page.evaluate("document.activeElement.name") == "q"
    assert page.url.endswith("/cerca/?q=tel%C3%A8fon+obres")
    assert page.title().startswith("telèfon obres – Cerca")
    first = page.locator("#search_results > li").first
    assert first.get_by_role("link").first.inner_text().startswith("Departament d'Obres")
    assert "Contacte" in first.inner_text()
    telephone = first.get_by_role("link", name="971 22 59 00, extensió 8549")
    assert telephone.get_attribute("href") == "tel:+34971225900,8549"
    assert not page.locator("#search_titles").is_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('li') !== null")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert reader.faults == []


def test_an_address_says_what_was_asked_and_the_way_back_is_open(reader: Reader) -> None:
    page = reader.open("/es/buscar/?q=DL+8%2F2020")
    status = page.get_by_role("status")
    status.filter(has_text="Resultados de «DL 8/2020»").wait_for()
    first = page.locator("#search_results > li").first
    assert first.get_by_role("link").inner_text() == "Decreto-ley 8/2020"
    assert first.locator("[data-state=no-longer-in-force]").is_visible()
    page.get_by_label("¿Qué busca?").fill("xyzzy")
    page.get_by_role("button", name="Buscar").click()
    status.filter(has_text="No hemos encontrado nada con «xyzzy»").wait_for()
    assert page.locator("#search_titles").is_visible()
    page.go_back()
    status.filter(has_text="Resultados de «DL 8/2020»").wait_for()
    assert page.get_by_label("¿Qué busca?").input_value() == "DL 8/2020"
    assert reader.faults == []


def test_axe_finds_nothing_in_results(reader: Reader) -> None:
    page = reader.open("/cerca/?q=llic%C3%A8ncia+obres")
    page.get_by_role("status").filter(has_text="Resultats de ").wait_for()
    assert axe.faults_in_each_look(page, {}) == {}


def test_a_field_on_each_page_leads_to_the_search(reader: Reader, browser: Browser) -> None:
    page = reader.open("/contactes/obres/")
    page.get_by_role("search").get_by_label("Què cercau?").fill("arxiu")
    page.keyboard.press("Enter")
    page.get_by_role("status").filter(has_text="Resultats de «arxiu»").wait_for()
    assert reader.faults == []
    page = reader.open("/", width=360)
    assert page.get_by_role("search").get_by_label("Què cercau?").is_visible()
    page = reader.open("/contactes/obres/", width=360)
    assert page.get_by_role("link", name="Cerca", exact=True).is_visible()


def test_without_a_script_there_are_all_titles(browser: Browser, base_url: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{base_url}/avisos/")
    page.get_by_role("search").get_by_label("Què cercau?").fill("obres")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cerca/?q=obres")
    assert page.get_by_role("heading", level=2).all_inner_texts()[0] == "Què podeu fer"
    assert page.get_by_role("link", name="Llicència d'obres", exact=True).is_visible()
    context.close()


def test_a_browser_may_take_it_for_its_own_field(site: Project) -> None:
    for lang, folder in (("ca", ""), ("es", "es/")):
        page = html.fromstring((site.output / folder / "index.html").read_text("utf-8"))
        (link,) = page.xpath("//link[@rel='search']")
        assert link.get("href") == f"/{folder}opensearch.xml"
        tree = ElementTree.fromstring((site.output / folder / "opensearch.xml").read_bytes())
        said = {part.tag.partition("}")[2]: part for part in tree}
        assert len(said["ShortName"].text or "") <= 16
        assert said["Url"].get("template", "").endswith(f"{PLACES[lang]}?q={{searchTerms}}")


@pytest.mark.parametrize("lang", PLACES)
def test_a_first_query_loads_little(site: Project, lang: str) -> None:
    index = site.output / PLACES[lang].strip("/") / "search.json"
    assert len(gzip.compress(index.read_bytes())) < 10_000
    page = (index.parent / "index.html").read_bytes()
    names = re.findall(rb'(?:src|stylesheet" href)="/(theme/[^"]+)"', page)
    asked = [page, *((site.output / name.decode()).read_bytes() for name in names)]
    assert len(names) == 3
    assert sum(len(gzip.compress(one)) for one in asked) < 14_000


def test_hidden_notes_and_drafts_are_not_found(site: Project) -> None:
    index = json.loads((site.output / "api/v1/index.json").read_bytes())
    listed = {one["url"] for one in index["documents"]}
    for folder in PLACES.values():
        found = json.loads((site.output / folder.strip("/") / "search.json").read_bytes())
        assert {index["site"] + entry[1][1:] for entry in found["entries"]} <= listed


def entry(number: int) -> dict[str, object]:
    """A notice as a town may have very many."""
    street = ("carrer de la Mar", "plaça Major", "avinguda del Port", "camí Vell")[number % 4]
    what = ("Tall de trànsit", "Obres", "Canvi d'horari", "Informació pública")[number % 7 % 4]
    title = f"{what} {number} a {street}"
    return {
        "kind": "notice",
        "lang": "ca",
        "date": f"{2000 + number // 400}-01-{number % 28 + 1:02}",
        "url": f"https://vila.test/avisos/{what.split()[0].lower()}-{number}/",
        "title": title,
        "short": "",
        "names": "",
        "more": "Què canvia Com hi podeu arribar",
        "summary": f"{title}: què canvia, des de quin dia i per on podeu passar mentre duri.",
        "state": "expired",
        "until": None,
        "telephones": [],
    }


def test_very_many_notes_stand_in_several_files(reader: Reader, browser: Browser) -> None:
    """At most 60 bytes a note; what the first file does not have is looked for in the next."""
    many = 10_000
    found = files("https://vila.test", "ca", map(entry, range(many)))
    sizes = {name: len(gzip.compress(data)) for name, data in found.items()}
    assert len(sizes) > 1
    assert max(sizes.values()) < 150_000
    assert sum(sizes.values()) < 60 * many
    first = json.loads(found["search.json"])
    assert first["more"] == [name for name in found if name != "search.json"]
    context = browser.new_context()
    page = context.new_page()
    asked_for: list[str] = []

    def answer(route: object, request: object) -> None:
        name = request.url.rpartition("/")[2]  # type: ignore[attr-defined]
        asked_for.append(name)
        route.fulfill(body=found[name], content_type="application/json")  # type: ignore[attr-defined]

    page.route("**/cerca/search*.json", answer)
    page.goto(f"{reader.base_url}/cerca/?q=obres")
    page.get_by_role("status").filter(has_text="Resultats de «obres»: ").wait_for()
    assert asked_for == ["search.json"]
    page.get_by_role("button", name="Més resultats").click()
    assert page.locator("#search_results > li").count() == 40
    assert page.evaluate("document.activeElement.closest('li').previousElementSibling !== null")
    page.goto(f"{reader.base_url}/cerca/?q=obres+12")
    page.get_by_role("link", name="Obres 12 a", exact=False).first.wait_for()
    assert asked_for[1:] == list(found)
    context.close()
