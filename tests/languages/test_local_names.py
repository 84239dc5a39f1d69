"""Names and addresses that a bilingual town has in each language: streets, gazettes, provisions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import in_process
import pytest
from lxml import html
from project import Project
from saig.catalogue.provisions import provision_names
from saig.documents.provision_words import provision_words, provisions_lang
from saig.notes.local_name import LocalName
from saig.packs.load import law
from towns import speaking

ARTICLE = '{eu: "5. artikulua", es: artículo 5}'


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = speaking(
        tmp_path_factory.mktemp("names") / "town",
        ["eu", "es"],
        ["contacts/obres", "services/llicencia", "norms/decret-1", "norms/decret-2"],
    )
    project.change(
        "contacts/obres.md",
        'street_address: {eu: "Major street [eu]"}',
        "street_address: {eu: Kale Nagusia 1, es: Calle Mayor 1}",
    )
    project.change("contacts/obres.md", '{eu: "Town name [eu]"}', "Errenteria")
    project.change("norms/decret-1.md", '{eu: "Gazette [eu]"}', "{eu: EHAA, es: BOPV}")
    project.change("norms/decret-2.md", "type: amends", "type: repeals")
    project.change("norms/decret-2.md", '{eu: "Article five [eu]"}', ARTICLE)
    project.change(
        "services/llicencia.md",
        "url: https://cita.vila.test/llicencia",
        "url: {eu: https://hitzordua.vila.test/, es: https://cita.vila.test/}",
    )
    text = "Según el artículo 5 del Decreto-ley 1/2020, de 1 de enero, vale."
    project.change("norms/decret-2.es.md", "Text [es].", text)
    assert in_process.built(project) == []
    return project


def document(town: Project, lang: str, kind: str, name: str) -> dict[str, Any]:
    """The document of a note in a language."""
    found = (
        one
        for file in town.output.rglob("index.json")
        if (one := town.data(str(file.relative_to(town.output)))).get("id") == name
        and one.get("lang") == lang
        and one["kind"] == kind
    )
    part: dict[str, Any] = next(found)[kind]
    return part


def test_each_language_has_its_own_street_and_gazette(town: Project) -> None:
    """One text alone is the same for all, and of no language."""
    said = {lang: document(town, lang, "contact", "obres")["address"] for lang in ("eu", "es")}
    assert said["eu"]["street_address"] == "Kale Nagusia 1"
    assert said["es"]["street_address"] == "Calle Mayor 1"
    assert said["es"]["street_address_lang"] == "es"
    assert (said["es"]["locality"], said["es"]["locality_lang"]) == ("Errenteria", None)
    gazettes = {
        lang: document(town, lang, "norm", "decret-1")["published_in"][0]["gazette"]
        for lang in ("eu", "es")
    }
    assert gazettes == {"eu": "EHAA", "es": "BOPV"}


def test_each_language_has_its_own_page_to_book_at(town: Project) -> None:
    """And the link says in which language that page is, where it is another."""
    service = document(town, "es", "service", "llicencia")
    (channel,) = service["channels"]
    assert (channel["url"], channel["url_lang"]) == ("https://cita.vila.test/", "es")
    other = document(town, "eu", "service", "llicencia")["channels"][0]
    assert other["url"] == "https://hitzordua.vila.test/"


def test_a_provision_is_one_whatever_it_is_called(town: Project) -> None:
    """A Spanish text that cites it is marked; the table of each language has its own word."""
    pages = (file.read_text("utf-8") for file in town.output.rglob("es/**/index.html"))
    marked = [page for page in pages if "Según el" in page]
    said = [html.fromstring(page).xpath("//*[@class='norm-state']/text()") for page in marked]
    assert ["(repealed)"] in said or ["(derogado)"] in said
    provisions = document(town, "es", "norm", "decret-1")["provisions"]
    assert [one["provision"] for one in provisions] == ["artículo 5"]
    assert document(town, "eu", "norm", "decret-1")["provisions"][0]["provision"] == "5. artikulua"


@pytest.mark.parametrize(
    "name",
    [
        *("art. 5", "article 5", "artículo 5", "artigo 5.º", "articolo 5", "Artikel 5", "§ 5"),
        *("5. artikulua", "5. artikuluko", "arts. 5"),
    ],
)
def test_an_article_is_known_by_its_name_in_many_languages(name: str) -> None:
    names = provision_names(law(("es-pv", "es-ga", "it", "de")))
    assert names.keys(name) == (("article", ("5",)),)


@pytest.mark.parametrize(
    ("name", "lang", "said"),
    [
        ("5. artikulua", "es", "artículo 5"),
        ("artículo 5", "eu", "5. artikulua"),
        ("article 5 bis", "ca", "article 5 bis"),
        ("article 5", "de", "Artikel 5"),
        ("annex II", "it", "allegato II"),
        ("art. 5", "fr", "art. 5"),
        ("disposición final 2", "eu", "disposición final 2"),
    ],
)
def test_an_article_is_named_by_the_word_of_the_page(name: str, lang: str, said: str) -> None:
    assert provision_words([name], lang) == [said]


def test_provisions_of_one_list_are_in_one_language() -> None:
    """Where one of them lacks a language, all are in the first one, which is told."""
    both, first = LocalName.of({"eu": "1. art.", "es": "art. 1"}), LocalName.of({"eu": "2. art."})
    assert provision_words([both, first], "es") == ["1. art.", "2. art."]
    assert provisions_lang([both, first], "es") == "eu"
    assert provisions_lang([both], "es") == "es"
    assert provisions_lang(["art. 1"], "es") is None


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("Errenteria", "{es: Rentería}", "missing-field"),
        ("Errenteria", "{eu: Errenteria, fr: Renteria}", "unknown-language"),
        ("Errenteria", "[Errenteria]", "wrong-type"),
        ("Errenteria", '""', "missing-field"),
    ],
)
def test_a_wrong_name_is_told(old: str, new: str, code: str, tmp_path: Path, town: Project) -> None:
    from saig.notes.files import Source
    from saig.notes.read import read_note

    text = (town.content / "contacts/obres.md").read_text("utf-8").replace(old, new)
    source = Source("content/contacts/obres.md", "contact", "obres", "eu", is_original=True)
    found = read_note(source, text.encode(), ["eu", "es"]).problems
    assert code in {one.code for one in found if one.is_error}
