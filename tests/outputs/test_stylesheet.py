"""The stylesheet that pages ask for says what the theme's files say, with less."""

from __future__ import annotations

import re
from hashlib import sha256
from itertools import groupby

import pytest
from playwright.sync_api import Browser, Page
from project import REPOSITORY, Project
from saig.outputs.stylesheet import joined, shortened

STYLES = REPOSITORY / "theme/styles"
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
    whole = joined(STYLES)
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


def test_pages_ask_for_what_is_published(town: Project) -> None:
    """Its address changes with any of its parts, and the parts are not published."""

    def digest() -> str:
        page = (town.output / "index.html").read_text("utf-8")
        content = (town.output / "theme/css/site.css").read_bytes()
        [named] = re.findall(r'"/theme/css/site\.css\?v=(\w+)"', page)
        assert sha256(content).hexdigest().startswith(named)
        return str(named)

    town.build()
    before = digest()
    assert [path.name for path in (town.output / "theme").rglob("*.css")] == ["site.css"]
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
