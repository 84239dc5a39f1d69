"""Sites in languages with a region, a script or a variant: built, and right where a reader looks."""

from __future__ import annotations

from pathlib import Path

import in_process
import pytest
from lxml import html
from project import Project
from towns import speaking

TRANSLATED = ("contacts/ajuntament", "contacts/obres", "pages/sobre")
LANGUAGES = ("ca-valencia", "pt-BR", "zh-Hant", "ar-MA", "sr-Latn", "es-419", "en-GB", "ast")


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = speaking(tmp_path_factory.mktemp("towns") / "many", LANGUAGES, TRANSLATED)
    project.build("--production")
    return project


def test_each_has_its_pages_its_404_and_its_alternates(town: Project) -> None:
    """The same code in addresses, ``lang``, ``hreflang`` and for hosts of static files."""
    redirects = (town.output / "_redirects").read_text("utf-8").splitlines()
    for number, lang in enumerate(LANGUAGES):
        below = f"{lang}/" if number else ""
        for name in ("index.html", "404.html", f"contacts-{number}/title-of-works-ca-valencia/"):
            if number and name.startswith("contacts"):
                name = f"contacts-{number}/contacts-obres-{lang.lower()}/"
            file = town.output / below / name
            page = html.parse(file / "index.html" if name.endswith("/") else file).getroot()
            assert page.get("lang") == lang
            assert page.get("dir") == ("rtl" if lang == "ar-MA" else "ltr")
        home = html.parse(town.output / below / "index.html").getroot()
        alternates = home.xpath("//link[@rel='alternate'][@hreflang]/@hreflang")
        assert alternates == [*LANGUAGES, "x-default"]
        assert (f"/{lang}/* /{lang}/404.html 404" in redirects) == bool(number)
        feed = (town.output / below / "feed.atom").read_text("utf-8")
        assert f'xml:lang="{lang}"' in feed


def test_the_switch_names_them_apart(town: Project) -> None:
    page = html.parse(town.output / "index.html").getroot()
    names = [item.text_content().strip() for item in page.xpath("//nav[@class='languages']//li")]
    assert names[:3] == ["Català (valencià)", "Português (Brasil)", "中文 (繁體)"]
    assert len(set(names)) == len(LANGUAGES)


def test_numbers_and_times_are_read_from_left_to_right(town: Project) -> None:
    """In an Arabic page a plus sign would stand last, and a day would close before it opens."""
    page = html.parse(town.output / "ar-MA/contacts-3/contacts-obres-ar-ma/index.html").getroot()
    spans = [item.text_content().strip() for item in page.xpath("//bdi[@dir='ltr']")]
    assert "971 22 59 00" in spans
    assert "09:00–14:00" in spans
    assert not html.parse(town.output / "index.html").getroot().xpath("//bdi")


def test_a_site_of_one_language_has_no_switch(tmp_path: Path) -> None:
    """Its one language has a region, and its words are in a folder of gettext's form. Its site.yaml
    says nothing of the search, which is there all the same."""
    project = speaking(tmp_path / "one", ["pt-BR"], posix=True)
    lines = (project.content / "site.yaml").read_text("utf-8").splitlines(keepends=True)
    project.write("site.yaml", "".join(one for one in lines if not one.startswith("  search:")))
    assert project.errors() == []
    project.build()
    page = html.parse(project.output / "index.html").getroot()
    assert page.get("lang") == "pt-BR"
    assert page.find_class("languages") == []
    assert page.xpath("//form[@role='search']/@action") == ["/search/"]
    found = html.parse(project.output / "search/index.html").getroot()
    assert found.xpath("//h1/text()") == ["Búsqueda"]


@pytest.mark.parametrize("code", ["pt-br", "pt_BR", "PT-BR"])
def test_another_form_of_a_code_is_told(code: str, tmp_path: Path) -> None:
    """In ``site.yaml`` and in names of files, with the one to write."""
    project = speaking(tmp_path / "town", ["ca", "pt-BR"], TRANSLATED)
    (project.content / "pages/sobre.pt-BR.md").rename(project.content / f"pages/sobre.{code}.md")
    [told] = project.errors()
    assert (told["path"], told["code"]) == (f"content/pages/sobre.{code}.md", "unknown-language")
    assert told["hint"] == "rename the file to sobre.pt-BR.md"
    project.change("site.yaml", "languages: [ca, pt-BR]", f"languages: [ca, {code}]")
    told = next(problem for problem in project.errors() if problem["line"] == 3)
    assert (told["line"], told["hint"]) == (3, "write pt-BR")


def test_no_page_stands_where_only_capitals_tell_it_from_a_language(tmp_path: Path) -> None:
    """On some computers it would lie in the folder of that language."""
    project = speaking(tmp_path / "town", ["ca", "pt-BR"])
    project.write("pages/pt.md", "---\ntitle: Pt\nslug: pt-br\nsummary: S.\n---\nT.\n")
    [told] = project.errors()
    assert (told["path"], told["code"]) == ("content/pages/pt.md", "duplicate-address")


def test_a_language_that_cldr_lacks_has_the_dates_of_another(tmp_path: Path) -> None:
    """Mirandese, which is official in Portugal: its days, lists and direction are Portuguese."""
    project = speaking(tmp_path / "town", ["mwl", "pt"], ["contacts/obres"])
    assert "locale_like: {mwl: …}" in str([one["hint"] for one in project.errors()])
    project.change("site.yaml", "languages: [mwl", "locale_like: {mwl: pt}\nlanguages: [mwl")
    project.change("contacts/obres.md", "days: monday-friday", "days: segunda a sexta")
    in_process.built(project)
    page = html.parse(project.output / "contacts-0/title-of-works-mwl/index.html").getroot()
    assert (page.get("lang"), page.get("dir")) == ("mwl", "ltr")
    assert "segunda-feira" in page.text_content()
    assert page.xpath("//script/@data-locale") == ["pt"]
    assert project.document("/pt/")["translations"].keys() == {"mwl", "pt"}
    project.change("site.yaml", "{mwl: pt}", "{pt: mwl}")
    assert {one["code"] for one in project.errors()} == {"unknown-language"}


@pytest.mark.parametrize("code", ["tlh", "pt-XX", "es-Arab", "no such"])
def test_a_language_that_cldr_lacks_is_told(code: str, tmp_path: Path) -> None:
    project = speaking(tmp_path / "town", ["ca"])
    project.change("site.yaml", "languages: [ca]", f"languages: [ca, {code}]")
    assert ("content/site.yaml", "unknown-language", 3) in [
        (problem["path"], problem["code"], problem["line"]) for problem in project.errors()
    ]
