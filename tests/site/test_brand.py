"""``brand`` of site.yaml: a town's own look, on every page and in both schemes, as far as it can be read."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import axe
import in_process
import pytest
from playwright.sync_api import Browser
from project import Project, new_project
from pydantic import ValidationError
from reader import MADRID, Reader
from saig.notes.brand import GROUNDS, Brand, contrast, on

LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><rect width="40" height="20"/></svg>'
BRAND = """
brand:
  logo: files/escut.svg
  icon: files/icona.svg
  picture: files/compartir.png
  light: {band: "#f4d35e", link: "#7a1f5c"}
  footer: {ca: "Fet a Vila", es: "Hecho en Villa"}
"""
TOP = "getComputedStyle(document.querySelector('header')).backgroundColor"
LINK = "getComputedStyle(document.querySelector('main a')).color"


@pytest.fixture(scope="module")
def branded(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = new_project(tmp_path_factory.mktemp("brand") / "project")
    site = project.content / "site.yaml"
    site.write_text(site.read_text("utf-8") + BRAND, "utf-8")
    for name in ("escut.svg", "icona.svg"):
        project.write(f"files/{name}", LOGO)
    project.write("files/compartir.png", b"\x89PNG\r\n\x1a\n")
    project.build()
    return project


def test_every_page_has_the_town_s_look(branded: Project) -> None:
    pages = [*branded.output.rglob("*.html")]
    shown = [page for page in pages if "files" not in page.relative_to(branded.output).parts]
    assert len(shown) > 40
    for page in shown:
        text = page.read_text("utf-8")
        assert 'href="/files/icona.svg"' in text and "icon.svg" not in text, page
        if "<header" not in text:
            continue
        assert '<img class="logo" src="/files/escut.svg" alt="">' in text, page
        if page.name != "sheet.html":
            assert "Fet a Vila" in text or "Hecho en Villa" in text
            assert "img/share" not in text
            assert ("og:image" in text) == ("/files/compartir.png" in text), page
    assert {"404.html", "sheet.html"} <= {page.name for page in shown}


@pytest.mark.parametrize("scheme", axe.SCHEMES)
def test_colours_are_those_of_the_scheme_and_can_be_read(
    branded: Project, built_town: Project, browser: Browser, scheme: str
) -> None:
    """A town that says its light colours alone keeps Saig's dark ones."""
    found = []
    for town in (branded, built_town):
        reader = Reader(browser, town, MADRID, color_scheme=scheme)
        page = reader.open("/contactes/obres/")
        bar = page.locator(f'meta[name="theme-color"][media*="{scheme}"]')
        found.append((page.evaluate(TOP), page.evaluate(LINK), bar.get_attribute("content")))
        assert axe.faults_now(page) == []
        reader.context.close()
    seen, usual = found
    if scheme == "light":
        assert seen == ("rgb(244, 211, 94)", "rgb(122, 31, 92)", "#f4d35e")
    else:
        assert seen == usual


def test_a_colour_that_cannot_be_read_is_refused(town: Project) -> None:
    town.change("site.yaml", "\ntopics:", '\nbrand: {dark: {link: "#123456"}}\ntopics:')
    [found] = town.errors()
    assert (found["code"], found["path"]) == ("low-contrast", "content/site.yaml")
    mended = found["hint"].split('"')[1]
    town.change("site.yaml", "#123456", mended)
    assert town.errors() == []


@pytest.mark.parametrize(
    ("brand", "code"),
    [
        ("{logo: files/no-hi-es.svg}", "missing-file"),
        ("{logo: ../site.yaml}", "bad-value"),
        ("{light: {band: verd}}", "bad-value"),
        ("{colour: verd}", "unknown-field"),
    ],
)
def test_what_is_wrong_in_a_look_is_told_at_its_place(town: Project, brand: str, code: str) -> None:
    town.change("site.yaml", "\ntopics:", f"\nbrand: {brand}\ntopics:")
    [found] = (one for one in in_process.checked(town).problems if one.severity == "error")
    line = (town.content / "site.yaml").read_text("utf-8").splitlines()[found.line - 1]
    assert (found.code, line.startswith("brand:")) == (code, True) and found.column > 7


def test_text_on_any_colour_can_be_read() -> None:
    """And the grounds are those of the theme."""
    for grey in range(0, 256, 5):
        colour = f"#{grey:02x}{grey:02x}{grey:02x}"
        assert contrast(on(colour), colour) >= 4.5
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48  # WCAG's own example
    tokens = Path(__file__).parents[2].joinpath("theme/styles/tokens.css").read_text("utf-8")
    for scheme, part in zip(GROUNDS, tokens.split("@media")[:2], strict=True):
        said = [
            part.split(f"--{name}: ")[1].split(";")[0]
            for name in ("paper", "shade", "warning-paper")
        ]
        grounds = tuple("#ffffff" if one == "#fff" else one for one in said)
        assert GROUNDS[scheme] == grounds


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_colour_that_is_accepted_can_be_read_on_every_ground(scheme: str) -> None:
    """Each grey is either told or can be read; some are the one and some the other."""
    accepted = []
    for level in range(256):
        grey = f"#{level:02x}{level:02x}{level:02x}"
        with suppress(ValidationError):
            Brand.model_validate({scheme: {"link": grey}})
            accepted.append(grey)
    assert 0 < len(accepted) < 256
    for grey in accepted:
        assert all(contrast(grey, ground) >= 4.5 for ground in GROUNDS[scheme]), grey
