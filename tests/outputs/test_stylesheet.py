"""The stylesheet that pages ask for says what the theme's files say, with less."""

from __future__ import annotations

import re
from hashlib import sha256
from itertools import groupby
from typing import Literal, get_args

import pytest
from playwright.sync_api import Browser, Page
from project import REPOSITORY, Project
from saig.documents.schema.common import Force, NoteState
from saig.outputs.stylesheet import joined, shortened
from saig.themes import Theme

STYLES = REPOSITORY / "theme/styles"
THEME = Theme((REPOSITORY / "theme",))
HARD = [
    "a :hover { color: red } a:hover { color: red }",
    ".a { .b &, & + .c, > .d ~ .e { color: red; &:hover { margin: 1px } :is(p, q) r { top: 0 } } }",
    '.a::before { content: "a  b; } /* no comment */ , : c" / "" } .b::after { content: \'"  ,\' }',
    r'.a::before { content: "\"  ;  }" } [title="a , b"] { left: 0 }',
    ".a/* */.b { margin: 1px/**/2px } .a /* c */ .b { margin: 1px /* } */ 2px }",
    ".a { inline-size: calc(100% - 2rem + (1px * 3)); color: rgb(0 0 0 / 25%); inset: 0 auto }",
    "@media (min-width: 40rem) and (width < 90rem) { .a { margin-inline: 1px 2px } }",
    "@supports not (display: grid) { .a { float: left } } @page x { size: A4; margin: 12mm }",
    "@layer a , b; @layer b { .a { top: 1px } } @layer a { .a { top: 2px; } ; }",
    "@container (inline-size > 30rem) { .a { padding-block: 1px 2px ; ; } }",
    ":root { --x: ; --y:1px  2px; } .a { top: var(--x, 1px) ; left: var( --y ) }",
    '.a { background: url( "a b.svg" ) } .b { background: url(data:image/png;base64,AA==) }',
]


@pytest.fixture(scope="module")
def page(browser: Browser) -> Page:
    return browser.new_page()


def rules(page: Page, css: str) -> str:
    """What a browser understands of a stylesheet. It keeps the spaces of custom properties and of
    conditions, which mean nothing there."""
    text = page.evaluate(
        "css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css);"
        " return [...sheet.cssRules].map(rule => rule.cssText).join('\\n') }",
        css,
    )
    assert isinstance(text, str)
    return re.sub(r"\s*,\s*|: ", lambda found: found[0].strip(), re.sub(r"\s+", " ", text))


def test_the_whole_look_is_the_same_when_shortened(page: Page) -> None:
    whole = joined(THEME)
    short = shortened(whole)
    assert rules(page, short) == rules(page, whole)
    assert len(rules(page, whole)) > 10_000
    assert len(short) < 0.8 * len(whole) and "/*" not in short and "\n" not in short


@pytest.mark.parametrize("css", HARD)
def test_nothing_is_shortened_that_means_something(css: str, page: Page) -> None:
    assert rules(page, shortened(css)) == rules(page, css)
    assert shortened(shortened(css)) == shortened(css)


def test_every_file_has_its_place_once() -> None:
    """A layer is one stretch of the stylesheet: none begins again after another."""
    first = (STYLES / "site.css").read_text("utf-8")
    imports = re.findall(r'^@import "([^"]+)" layer\((\w+)\);', first, re.MULTILINE)
    parts = [path.name for path in STYLES.glob("*.css") if path.name != "site.css"]
    assert sorted(name for name, _ in imports) == sorted(parts)
    [named] = re.findall(r"^@layer ([\w, ]+);", first, re.MULTILINE)
    assert [layer for layer, _ in groupby(layer for _, layer in imports)] == named.split(", ")


SCRIPT = "".join(path.read_text("utf-8") for path in (REPOSITORY / "theme/static/js").glob("*.js"))
APART = "".join(path.read_text("utf-8") for path in (REPOSITORY / "theme/static/css").iterdir())
STYLED = set(
    re.findall(r"\.([a-zA-Z][\w-]*)", re.sub(r'"[^"]*"', "", shortened(joined(THEME) + APART)))
)


def classes(folder: str, pattern: str) -> set[str]:
    """Those that the files of a folder write; of one that is put together, how it begins."""
    texts = [path.read_text("utf-8") for path in (REPOSITORY / folder).rglob(pattern)]
    found = re.findall(r'class="([^"]+)"|svgclass="([^"]+)"', "".join(texts))
    return {name.partition("{")[0] for pair in found for text in pair for name in text.split()}


def test_no_class_is_dead() -> None:
    """What a template names is styled, or found by the script; what is styled stands somewhere."""
    of_templates = classes("theme/templates", "*.html")
    assert {name for name in of_templates - STYLED if name not in SCRIPT} == set()
    of_notes = classes("plugins/saig", "*.py")
    beginnings = tuple(name for name in of_notes if name.endswith("-"))
    unused = STYLED - of_templates - of_notes
    assert {name for name in unused if not name.startswith(beginnings)} == set()


def test_every_state_has_a_sign_in_one_place() -> None:
    states = {*get_args(NoteState), *get_args(Force)}
    assert set(re.findall(r'\[data-state="([\w-]+)"\]', joined(THEME))) == states
    for path in STYLES.glob("*.css"):
        text = path.read_text("utf-8")
        assert ("--state:" in text) == ("--sign:" in text) == (path.name == "state.css")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_bar_of_a_telephones_browser_has_the_colour_of_the_band(
    scheme: Literal["light", "dark"], browser: Browser, built_town: Project
) -> None:
    page = browser.new_page(color_scheme=scheme)
    page.set_content(built_town.page("/"))
    page.add_style_tag(content=joined(THEME))
    bar, band = page.evaluate(
        "() => { const probe = document.createElement('p'); document.body.append(probe);"
        " const metas = [...document.querySelectorAll('meta[name=theme-color]')];"
        " probe.style.color = metas.find(meta => matchMedia(meta.media).matches).content;"
        " return [getComputedStyle(probe).color,"
        " getComputedStyle(document.querySelector('.header')).backgroundColor] }"
    )
    page.close()
    assert bar == band


def test_pages_ask_for_what_is_published(town: Project) -> None:
    """Its name changes with any of its parts, and the parts are not published. By its plain name
    anyone may have the newest one."""

    def digest() -> str:
        page = (town.output / "index.html").read_text("utf-8")
        [named] = re.findall(r'"/theme/css/site\.(\w{16})\.css"', page)
        content = (town.output / f"theme/css/site.{named}.css").read_bytes()
        assert sha256(content).hexdigest().startswith(named)
        names = {path.name for path in (town.output / "theme").rglob("site*.css")}
        assert names == {"site.css", f"site.{named}.css"}
        assert (town.output / "theme/css/site.css").read_bytes() == content
        return str(named)

    town.build()
    before = digest()
    part = town.root / "theme/styles/hours.css"
    part.write_text(part.read_text("utf-8") + "\n.new { color: red; }\n", "utf-8")
    town.build()
    assert digest() != before
    assert ".new{color:red}" in (town.output / "theme/css/site.css").read_text("utf-8")


def test_a_file_that_is_not_there_is_told_in_a_line(town: Project) -> None:
    part = town.root / "theme/styles/hours.css"
    part.unlink()
    done = town.saig("build")
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert str(part) in done.stderr
