"""Templates: what pages have in common is made once, and right on each of them."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path
from typing import Any

import pytest
from jinja2 import (
    ChoiceLoader,
    DictLoader,
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    StrictUndefined,
)
from lxml import html
from playwright.sync_api import Browser
from project import REPOSITORY, Project
from saig.notes.files import STYLESHEET
from saig.outputs import templating
from saig.outputs.html import Renderer
from saig.outputs.look import look_of
from saig.outputs.stylesheet import theme_file
from saig.outputs.templating import with_bytecode_cache
from saig.packs.law import NO_LAW
from saig.themes import Theme
from saig.words import Translator

THEME = REPOSITORY / "theme"
TEMPLATES = sorted((THEME / "templates").rglob("*.html"))
URL = "http://localhost:8000"


def renderer(relative: bool, **templates: str) -> Renderer:
    """``templates``: more of them, by name."""
    environment = Environment(
        autoescape=True,
        loader=ChoiceLoader([DictLoader(templates), FileSystemLoader(THEME / "templates")]),
        lstrip_blocks=True,
        trim_blocks=True,
        undefined=StrictUndefined,
    )
    look = look_of(Theme((THEME,)), {})
    return Renderer(with_bytecode_cache(environment, "tests"), look, URL, relative, NO_LAW)


@pytest.fixture(scope="module")
def documents(built_town: Project) -> list[dict[str, Any]]:
    """Of pages of every kind, in both languages, in no order."""
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for path in sorted(built_town.output.rglob("index.json")):
        document = json.loads(path.read_text("utf-8"))
        if "kind" in document:
            found.setdefault((document["kind"], document["lang"]), []).append(document)
    some = [document for many in found.values() for document in many[:3]]
    random.Random(1).shuffle(some)
    assert len(some) > 25
    return some


def site(town: Project, lang: str, name: str = "La Vila") -> dict[str, Any]:
    """What every page of a language shows around its own."""
    return {**town.data(f"api/v1/site/{lang}.json"), "name": name}


WORDS = {lang: Translator.of(THEME / "translations", lang) for lang in ("ca", "es")}


@pytest.mark.parametrize("relative", [False, True])
def test_what_was_made_for_other_pages_changes_none(
    relative: bool, documents: list[dict[str, Any]], built_town: Project
) -> None:
    sites = {lang: site(built_town, lang) for lang in WORDS}
    shared = renderer(relative)

    def page(by: Renderer, document: dict[str, Any]) -> str:
        lang = document["lang"]
        return by.render(f"{document['kind']}.html", document, sites[lang], WORDS[lang])

    pages = [page(shared, document) for document in documents]
    assert [page(shared, document) for document in documents] == pages
    for document, made in list(zip(documents, pages, strict=True))[:12]:
        assert page(renderer(relative), document) == made


def test_a_site_that_changed_is_shown_as_it_is(built_town: Project) -> None:
    """One process may build twice: another name, the same language."""
    document = built_town.document("/")
    shared = renderer(relative=False)
    for name in ("Un nom", "Un altre nom"):
        page = html.fromstring(
            shared.render("home.html", document, site(built_town, "ca", name), WORDS["ca"])
        )
        assert page.findtext(".//a[@class='header__name']") == name


def test_nothing_is_escaped_twice(built_town: Project) -> None:
    """Readers see neither the tags of dates within sentences, nor references in the place of signs."""
    twice = re.compile(r"&lt;/?[a-z]+[ &]|&amp;(?:lt|gt|amp|quot|#\d+);")
    pages = list(built_town.output.rglob("*.html"))
    assert len(pages) > 50
    for page in pages:
        assert not twice.search(page.read_text("utf-8")), page


def test_the_menu_says_where_the_page_is(built_town: Project) -> None:
    """On the page of a section, on those below it, and elsewhere."""
    for address, expected in {
        "/avisos/": {"avisos": "page", "normativa": None},
        "/avisos/avui-no-hi-ha-aigua/": {"avisos": "true", "normativa": None},
        "/normativa/": {"avisos": None, "normativa": "page"},
        "/": {"avisos": None, "normativa": None},
    }.items():
        items = html.fromstring(built_town.page(address)).xpath("//nav[@class='menu']//a")
        said = {item.get("href").strip("/"): item.get("aria-current") for item in items}
        assert said | expected == said


WHERE = """() => ["h1", "#beside", "#text"].map((one) => {
    const { left, right, top, bottom } = document.querySelector(one).getBoundingClientRect()
    return { left, right, top, bottom }
})"""


def test_what_is_beside_a_text(built_town: Project, browser: Browser) -> None:
    """In a wide window it stands at the side and stays in view; in a narrow one it follows the top
    of the page. Where there is nothing, nothing is made for it."""
    blocks = {
        "top": "<h1>Obres</h1>",
        "aside": "<section id=beside>971 22 59 00</section>",
        "main": "<p id=text>Text</p><p style='block-size: 3000px'>Més</p>",
    }
    filled = "".join(f"{{% block {name} %}}{text}{{% endblock %}}" for name, text in blocks.items())
    by = renderer(relative=False, filled=f"{{% extends 'base.html' %}}{filled}")
    document = built_town.document("/contactes/obres/")
    look = f"<style>{theme_file(Theme((THEME,)), STYLESHEET, {}).decode()}</style>"
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.set_content(look + by.render("filled", document, site(built_town, "ca"), WORDS["ca"]))

    top, beside, text = page.evaluate(WHERE)
    assert beside["left"] >= text["right"]
    assert beside["top"] < top["bottom"] < text["top"]
    page.evaluate("scrollTo(0, 1500)")
    assert 0 <= page.evaluate(WHERE)[1]["top"] < 100

    page.set_viewport_size({"width": 360, "height": 640})
    page.evaluate("scrollTo(0, 0)")
    top, beside, text = page.evaluate(WHERE)
    assert top["bottom"] <= beside["top"] < beside["bottom"] <= text["top"]
    assert beside["left"] == text["left"]
    page.close()
    other = by.render(
        "page.html", built_town.document("/sobre-aquest-web/"), site(built_town, "ca"), WORDS["ca"]
    )
    assert "beside" not in other


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_macro_is_made_anew_for_each_page(path: Path) -> None:
    """A module of macros imported with a page's context is."""
    assert not re.search(r"\bwith context\b", path.read_text("utf-8"))


def test_what_another_saig_compiled_is_compiled_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that writes calls otherwise, say: what it compiled lies in the same folder of the user's."""

    def names_of_files() -> str:
        kept = with_bytecode_cache(Environment(autoescape=True), "tests").bytecode_cache
        assert isinstance(kept, FileSystemBytecodeCache)
        return kept.pattern

    before = names_of_files()
    assert names_of_files() == before
    other = tmp_path / "templating.py"
    other.write_bytes(Path(templating.__file__).read_bytes() + b"# otherwise\n")
    monkeypatch.setattr(templating, "__file__", str(other))
    assert names_of_files() != before


def test_a_projects_own_jinja_settings_reach_pages_and_macros(town: Project) -> None:
    settings = town.root / "pelicanconf.py"
    settings.write_text(
        f"{settings.read_text('utf-8')}\n"
        "from jinja2 import pass_environment\n"
        "@pass_environment\n"
        "def tagged(environment, text):\n"
        "    return f'<{text}>' if environment.autoescape else text\n"
        "JINJA_GLOBALS = {'motto': 'per a tothom', 'site': 'no site', 'tagged': tagged}\n"
        "JINJA_FILTERS = {'loud': str.upper}\n"
        "JINJA_ENVIRONMENT['extensions'] = ['jinja2.ext.do']\n",
        "utf-8",
    )
    for name, place in (
        ("home.html", "{% block main %}"),
        ("macros/frame.html", '<footer class="footer">'),
    ):
        template = town.root / "theme/templates" / name
        text = template.read_text("utf-8")
        assert place in text
        shown = f"{place}{{% do [] %}}{{{{ tagged(motto | loud) }}}}"
        template.write_text(text.replace(place, shown, 1), "utf-8")
    town.build()
    page = html.fromstring(town.page("/"))
    for part in ("main", "footer"):
        assert "<PER A TOTHOM>" in page.find(f".//{part}").text_content()
