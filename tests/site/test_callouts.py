"""Callouts: ``> [!NOTE]`` and its like, as GitHub writes them, in the words of the page's language."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import axe
import pytest
from playwright.sync_api import Browser, Page
from project import Project, new_project

BODY = """
Abans.

> [!NOTE]
> Primera ratlla.
> Segona ratlla, amb [un enllaç](../contacts/obres.md).

> [!tip]
> - Un punt.

> [!IMPORTANT]
>
> Un paràgraf.
>
> Un altre.

> [!Warning]
> Atenció aquí.

- Un punt:

  > [!CAUTION]
  > Dins una llista.

> Una citació i prou.
"""
FIELDS = "---\ntitle: {}\nsummary: S.\n{}---\n{}"
WORDS = {
    "ca": ["Nota", "Consell", "Important", "Atenció", "Precaució"],
    "es": ["Nota", "Consejo", "Importante", "Atención", "Precaución"],
}
URL = "http://site.test"
ADDRESSES = {"ca": "/avisos/requadres/", "es": "/es/avisos/recuadros/"}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = new_project(tmp_path_factory.mktemp("callouts") / "project")
    project.write("notices/requadres.md", FIELDS.format("Requadres", "date: 2020-12-01\n", BODY))
    project.write("notices/requadres.es.md", FIELDS.format("Recuadros", "", BODY))
    assert project.errors() == []
    project.build()
    return project


@pytest.fixture(scope="module")
def page(browser: Browser, built: Project) -> Iterator[Page]:
    tab = browser.new_page()
    tab.route(f"{URL}/**", lambda route: route.fulfill(path=_file(built, route.request.url)))
    yield tab
    tab.close()


def _file(built: Project, url: str) -> Path:
    path = url.removeprefix(f"{URL}/").partition("?")[0]
    return built.output / (f"{path}index.html" if url.endswith("/") else path)


@pytest.mark.parametrize("lang", ["ca", "es"])
def test_each_kind_is_named_in_the_language_of_the_page(page: Page, lang: str) -> None:
    """The word is a text, above the lines that belong to it; a quotation stays one."""
    page.goto(URL + ADDRESSES[lang])
    assert page.locator(".callout-name").all_inner_texts() == WORDS[lang]
    assert "Segona ratlla" in page.locator(".callout").first.inner_text()
    assert page.locator("li .callout").inner_text().endswith("Dins una llista.")
    assert page.locator("blockquote").all_inner_texts() == ["Una citació i prou."]
    assert "[!" not in page.locator("main").inner_text()


def test_axe_finds_nothing(page: Page) -> None:
    """Contrast of the words too, in both colour schemes; and a phone need not scroll sideways."""
    page.goto(URL + ADDRESSES["ca"])
    assert axe.faults_in_each_look(page, {}) == {}
    for width in axe.WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("media", [{"forced_colors": "active"}, {"media": "print"}])
def test_without_colours_the_border_stays(page: Page, media: dict[str, str]) -> None:
    """Forced colours and paper take the background away."""
    page.emulate_media(**media)  # type: ignore[arg-type]
    page.goto(URL + ADDRESSES["ca"])
    style = page.locator(".callout").first.evaluate(
        "it => [getComputedStyle(it).borderTopStyle, getComputedStyle(it).borderTopWidth]"
    )
    assert style == ["solid", "1px"]
    page.emulate_media(forced_colors="none", media="screen")


def test_its_document_has_the_words_too(built: Project) -> None:
    """Who reads the data, or the feed, needs no style to know the kind."""
    html = built.document(ADDRESSES["es"])["body_html"]
    assert '<div class="callout callout-note">' in html
    assert "<strong>Importante</strong>" in html
