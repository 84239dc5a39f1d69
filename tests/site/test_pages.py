"""Every kind of page, in both languages, as a citizen meets it in a browser."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import axe
import pytest
from lxml import html
from playwright.sync_api import Browser, Page
from project import Project

if TYPE_CHECKING:
    from .conftest import Reader

PAGES = {
    "home": ("/", "/es/"),
    "contacts": ("/contactes/", "/es/contactos/"),
    "contact": ("/contactes/obres/", "/es/contactos/obras/"),
    "services": ("/serveis/", "/es/servicios/"),
    "service": ("/serveis/consulta-tecnica/", "/es/servicios/consulta-tecnica/"),
    "norms": ("/normativa/", "/es/normativa/"),
    "norm": ("/normativa/decret-llei-8-2020/", "/es/normativa/decreto-ley-8-2020/"),
    "norms by type": ("/normativa/per-tipus/", "/es/normativa/por-tipo/"),
    "relations": ("/normativa/relacions/", "/es/normativa/relaciones/"),
    "notices": ("/avisos/", "/es/avisos/"),
    "notice": (
        "/avisos/videoconferencia-i-cita-previa/",
        "/es/avisos/videoconferencia-y-cita-previa/",
    ),
    "topics": ("/temes/", "/es/temas/"),
    "topic": ("/temes/llicencies/", "/es/temas/llicencies/"),
    "booking": ("/cita-previa/", "/es/cita-previa/"),
    "search": ("/cerca/", "/es/buscar/"),
    "page": ("/accessibilitat/", "/es/accesibilidad/"),
    "api": ("/api/", "/es/api/"),
    "404": ("/404.html", "/es/404.html"),
}
BOTH = [
    pytest.param(address, lang, id=f"{kind}-{lang}")
    for kind, addresses in PAGES.items()
    for address, lang in zip(addresses, ("ca", "es"), strict=True)
]
EACH_PAGE = pytest.mark.parametrize(("address", "lang"), BOTH, scope="module")
"""All that is asked of a page is asked before the next is opened."""


@pytest.fixture(scope="module")
def seen() -> axe.Seen:
    return {}


@pytest.fixture(scope="module")
def scriptless(browser: Browser, base_url: str) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(base_url)
    yield page
    context.close()


@EACH_PAGE
def test_axe_finds_nothing(reader: Reader, address: str, lang: str, seen: axe.Seen) -> None:
    """WCAG 2.2 AA, as far as a program can tell, on phone and desktop, light and dark."""
    assert axe.faults_in_each_look(reader.look(address), seen) == {}


@EACH_PAGE
def test_page_stands_alone(reader: Reader, address: str, lang: str) -> None:
    """No error, nothing against the security policy, no request to anyone else, no cookie."""
    page = reader.look(address)
    assert reader.faults == []
    assert page.context.cookies() == []
    assert page.evaluate("document.documentElement.lang") == lang


@EACH_PAGE
def test_page_fits_a_narrow_screen(reader: Reader, address: str, lang: str) -> None:
    """320 px, which is also 1280 px at 400 % (WCAG 1.4.10): nothing to scroll sideways."""
    page = reader.look(address, width=320)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


HEADER = """() => {
    const within = [...document.querySelectorAll("header :is(a, button)")]
        .filter((one) => one.checkVisibility({ visibilityProperty: true }))
        .map((one) => one.getBoundingClientRect()).filter(({ width, height }) => width && height);
    const { height } = document.querySelector("header").getBoundingClientRect();
    return [height, ...within.map(({ top, height }) => [top, height])];
}"""
"""The height of the header, and where what can be tapped in it begins, and how high it is."""


@EACH_PAGE
def test_header_is_one_low_row_on_a_phone(reader: Reader, address: str, lang: str) -> None:
    """The site's name, the search, the menu and the other language, within reach of a thumb."""
    height, *boxes = reader.look(address, width=360).evaluate(HEADER)
    assert height <= 120
    assert len(boxes) == 4
    assert all(height >= 40 for _, height in boxes)
    middles = [top + height / 2 for top, height in boxes]
    assert max(middles) - min(middles) < 8, middles


SMALL = """() => {
    const closed = [...document.querySelectorAll("details:not([open])")];
    for (const one of closed) one.open = true;
    const found = [...document.querySelectorAll("a[href], button, input, summary")].filter((one) => {
        const around = [...one.parentElement.childNodes];
        const { width, height } = one.getBoundingClientRect();
        return width && height < 43.9 && !one.closest("svg, .skip")
            && !around.some((node) => node.nodeType === 3 && /[^\\s.,;:·()]/.test(node.data));
    });
    for (const one of closed) one.open = false;
    return found.map((one) => one.outerHTML);
}"""


@EACH_PAGE
def test_what_is_tapped_is_large_enough_for_a_thumb(
    reader: Reader, address: str, lang: str
) -> None:
    """44 px high (WCAG 2.5.5), what is folded away too; but for links within a sentence."""
    assert reader.look(address, width=360).evaluate(SMALL) == []


@EACH_PAGE
def test_page_has_its_parts(reader: Reader, address: str, lang: str) -> None:
    page = reader.look(address)
    assert page.locator("h1").count() == 1
    assert page.locator("main").count() == 1
    assert page.locator("header nav").count() >= 1
    levels = [
        int(tag[1])
        for tag in page.evaluate(
            "[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => h.tagName)"
        )
    ]
    steps = itertools.pairwise(levels)
    assert all(below <= above + 1 for above, below in steps), levels


@EACH_PAGE
def test_accessibility_statement_and_office_are_linked(
    reader: Reader, address: str, lang: str
) -> None:
    """RD 1112/2018, art. 15: from every page, with the word of its language."""
    page = reader.look(address)
    word = {"ca": "Accessibilitat", "es": "Accesibilidad"}[lang]
    link = page.locator("footer").get_by_role("link", name=word, exact=True)
    assert link.count() == 1
    assert page.locator("footer a[href^='https://seuelectronica.palma.cat/']").count() >= 1


WITH_SCRIPT = """() => {
    const parts = [...document.querySelectorAll(
        ".opening, [data-scripted], [data-unscripted], [data-none-today]")];
    const were = parts.map(({ hidden }) => hidden);
    for (const part of parts) part.hidden = !part.matches("[data-unscripted]");
    const text = document.querySelector("main").innerText;
    parts.forEach((part, at) => { part.hidden = were[at]; });
    return text;
}"""
"""The text of a page but for what holds at this moment."""

WITHOUT_SCRIPT = """(text) => {
    const page = new DOMParser().parseFromString(text, "text/html");
    const styles = (of) => [...of.querySelectorAll("link[rel=stylesheet]")].map(({ href }) => href);
    if (styles(page).join() !== styles(document).join()) return null;
    document.documentElement.lang = page.documentElement.lang;
    document.body.replaceWith(document.adoptNode(page.body));
    return document.querySelector("main").innerText;
}"""
"""The text of a page that is put in the place of another, in a browser that runs no script of a page;
null if it has other styles."""


@EACH_PAGE
def test_page_needs_no_script(
    reader: Reader, address: str, lang: str, scriptless: Page, site: Project
) -> None:
    """Without JavaScript the page says all that it says with it, but for what holds at this moment."""
    text = reader.look(address).evaluate(WITH_SCRIPT)
    file = address if address.endswith(".html") else f"{address}index.html"
    said = scriptless.evaluate(WITHOUT_SCRIPT, (site.output / file[1:]).read_text("utf-8"))
    if said is None:
        scriptless.goto(reader.base_url + address)
        said = scriptless.locator("main").inner_text()
    assert text == said
    assert text.strip()


@EACH_PAGE
def test_language_switch_leads_to_the_same_page(reader: Reader, address: str, lang: str) -> None:
    other = {"ca": "es", "es": "ca"}[lang]
    kind = next(kind for kind, both in PAGES.items() if address in both)
    page = reader.look(address)
    with page.expect_navigation():
        page.locator(f"header a[hreflang='{other}']").first.click()
    there = page.url.removeprefix(reader.base_url)
    expected = PAGES["home" if kind == "404" else kind][("ca", "es").index(other)]
    assert there == expected
    assert page.evaluate("document.documentElement.lang") == other


def test_menu_and_search_of_a_phone_need_no_script(browser: Browser, base_url: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 640})
    page = context.new_page()
    page.goto(base_url + PAGES["notice"][0])
    menu = page.get_by_role("navigation", name="Menú")
    assert not menu.is_visible()
    page.get_by_role("button", name="Menú").click()
    with page.expect_navigation():
        menu.get_by_role("link", name="Cita prèvia").click()
    assert page.url == base_url + PAGES["booking"][0]
    with page.expect_navigation():
        page.locator("header").get_by_role("link", name="Cerca").click()
    field = page.get_by_role("searchbox")
    field.fill("obres")
    with page.expect_navigation():
        field.press("Enter")
    assert page.url == f"{base_url}/cerca/?q=obres"
    context.close()


PLACES = {
    "what pages of all languages have": (PAGES["contact"][0], "#contact_norms_heading", "same"),
    "a heading of a text": (PAGES["page"][0], "main h2 >> nth=1", "other"),
}


@pytest.mark.parametrize(("address", "heading", "name"), PLACES.values(), ids=PLACES)
def test_other_language_keeps_the_place(
    reader: Reader, address: str, heading: str, name: str
) -> None:
    """From amid a page; from its top it leads to the top."""
    page = reader.open(address, width=360)
    there = page.locator(heading)
    number = page.evaluate(
        "one => [...document.querySelectorAll('h2')].indexOf(one)", there.element_handle()
    )
    own = there.get_attribute("id")
    there.evaluate("one => one.scrollIntoView()")
    with page.expect_navigation(url=re.compile("/es/.*#(?!place_)")):
        page.locator("footer a[data-language]").evaluate("link => link.click()")
    arrived = page.locator("h2").nth(number)
    assert -5 <= arrived.bounding_box()["y"] < 400
    assert page.url.endswith(f"#{arrived.get_attribute('id')}")
    assert (arrived.get_attribute("id") == own) == (name == "same")

    page.evaluate("scrollTo(0, 0)")
    with page.expect_navigation():
        page.locator("header a[data-language]").click()
    assert page.url == reader.base_url + address


@pytest.mark.parametrize("lang", ["ca", "es"])
def test_keyboard_reaches_everything_and_shows_where_it_is(reader: Reader, lang: str) -> None:
    """Tab goes to the skip link first; each stop is in view and has an outline that can be seen."""
    page = reader.open(PAGES["service"][("ca", "es").index(lang)], width=360)
    kinds = ("a[href]", "button", "input", "summary", "[tabindex='0']")
    stops = page.locator(", ".join(f"{kind}:visible" for kind in kinds)).count()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')").startswith("#")
    seen = set()
    for _ in range(stops):
        state = page.evaluate(
            """() => {
                const at = document.activeElement, box = at.getBoundingClientRect()
                const style = getComputedStyle(at)
                return {
                    key: at.outerHTML + box.top + scrollY,
                    inView: box.bottom > 0 && box.top < innerHeight && box.width > 0,
                    outline: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
                }
            }"""
        )
        seen.add(state["key"])
        assert state["inView"], state
        assert state["outline"], state
        page.keyboard.press("Tab")
    assert len(seen) == stops


def test_skip_link_leads_past_the_menu(reader: Reader) -> None:
    page = reader.open("/avisos/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('main')")


def test_forced_colours_keep_states_and_focus(browser: Browser, base_url: str) -> None:
    """In forced colours a state is still words, and the focus still an outline."""
    context = browser.new_context(forced_colors="active")
    page = context.new_page()
    page.goto(base_url + PAGES["norm"][0])
    assert "no és vigent des de" in page.locator(".answer").inner_text().lower()
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    context.close()


def test_nothing_moves_for_those_who_ask(browser: Browser, base_url: str) -> None:
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto(base_url + "/")
    moving = page.evaluate(
        """[...document.querySelectorAll('*')].filter(element => {
            const style = getComputedStyle(element)
            return parseFloat(style.transitionDuration) > 0.01 || style.animationName !== 'none'
        }).length"""
    )
    assert moving == 0
    context.close()


STATES = {
    "all unfolded": "document.querySelectorAll('details').forEach(one => { one.open = true })",
    "menu open": "document.querySelector('[popovertarget]').click()",
}


@pytest.mark.parametrize("script", STATES.values(), ids=STATES)
@pytest.mark.parametrize("kind", ["contact", "service", "norm", "norms"])
def test_axe_finds_nothing_in_another_state(
    reader: Reader, kind: str, script: str, seen: axe.Seen
) -> None:
    page = reader.open(PAGES[kind][0], width=360)
    page.evaluate(script)
    assert axe.faults_in_each_look(page, seen) == {}


def test_axe_finds_nothing_in_what_the_search_found(reader: Reader, seen: axe.Seen) -> None:
    page = reader.open("/cerca/?q=llicencia", width=360)
    page.locator("#search_results a").first.wait_for()
    assert axe.faults_in_each_look(page, seen) == {}
    assert page.evaluate(SMALL) == []


SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important;
    word-spacing: .16em !important } p { margin-block-end: 2em !important }"""
WIDTHS = """(texts) => texts.map((text) => {
    const page = new DOMParser().parseFromString(text, "text/html");
    document.body.replaceWith(document.adoptNode(page.body));
    document.dispatchEvent(new Event("visibilitychange"));  // the scripts do what they do
    return document.documentElement.scrollWidth;
})"""
"""How wide pages are, each put in the place of the one that is open, which has their language, styles
and scripts: that is eight times as quick as to open them."""


def test_text_may_be_spaced_out(site: Project, browser: Browser, base_url: str) -> None:
    """WCAG 1.4.12: with wider spacing nothing overflows at 320 px, on any page."""
    context = browser.new_context(viewport={"width": 320, "height": 640}, bypass_csp=True)
    page = context.new_page()
    alike: dict[tuple[str, ...], list[Path]] = {}
    for file in site.output.rglob("index.html"):
        root = html.parse(file).getroot()
        styles, scripts = root.xpath("//link[@rel='stylesheet']/@href"), root.xpath("//script/@src")
        if "api" not in file.relative_to(site.output).parts:
            alike.setdefault((root.get("lang"), *styles, *scripts), []).append(file)
    assert sum(map(len, alike.values())) > 150
    wide = []
    for files in alike.values():
        page.goto(f"{base_url}/{files[0].relative_to(site.output)}")
        page.add_style_tag(content=SPACED)
        widths = page.evaluate(WIDTHS, [file.read_text("utf-8") for file in files])
        wide += [file for file, width in zip(files, widths, strict=True) if width > 320]
    assert wide == []
    context.close()


def test_print_leaves_the_menu_out(reader: Reader) -> None:
    page = reader.open(PAGES["service"][0])
    page.emulate_media(media="print")
    assert not page.locator("header nav").first.is_visible()
    assert page.locator("h1").is_visible()
    page.emulate_media(media="screen")


def test_unknown_address_answers_in_words(reader: Reader) -> None:
    page = reader.open("/no-hi-es/")
    assert page.locator("h1").inner_text()
    assert page.locator("main a").count() >= 3


def test_what_leads_to_another_language_is_marked(site: Project) -> None:
    """The words of each such link are that language's (WCAG 3.1.2), on every page, and each page leads
    to its other one. Texts that nobody translated are in tests/languages/test_fallbacks.py."""
    for file in site.output.rglob("*.html"):
        root = html.parse(file).getroot()
        lang = root.get("lang")
        others = [link for link in root.iter("a") if link.get("hreflang", lang) != lang]
        assert [link.get("lang") for link in others] == [link.get("hreflang") for link in others]
        switches = [link.get("lang") for link in others if list(link.iterancestors("header"))]
        assert switches == (
            [{"ca": "es", "es": "ca"}[lang]] if root.xpath("//header//nav") else []
        ), file
