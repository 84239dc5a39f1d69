"""The towns of ``examples/``: data alone, looked at as the site of this repository is."""

from __future__ import annotations

import re
import runpy
import shutil
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass

import axe
import feedparser
import icalendar
import in_process
import pytest
from lxml import html
from playwright.sync_api import Browser
from project import REPOSITORY, Project
from reader import Reader
from saig.citations.recognise import citations
from saig.notes.read import read_site
from saig.publishing.checks import Fault
from site_outputs import documents, invalid_documents, links_that_fail

DAY = "2026-11-24"
EXAMPLES = REPOSITORY / "examples"
ZONES = {"ningures": "Europe/Madrid", "nenhures": "Atlantic/Azores"}
PAGES = {
    "ningures": {
        "/": "gl",
        "/servizos/licenza-de-obra/": "gl",
        "/es/avisos/que-ley-vale-para-su-expediente/": "es",
    },
    "nenhures": {
        "/": "pt",
        "/servicos/licenca-de-obras/": "pt",
        "/avisos/que-lei-vale-para-o-seu-plano/": "pt",
    },
}
"""The pages that are read in a browser, and the language of each."""

SEEN: dict[str, axe.Seen] = {}
CITED = re.compile(r"\d+(?:-[A-Z])?/\d{2,4}(?:/[A-Z])?")


@dataclass(frozen=True)
class Town:
    name: str
    project: Project
    faults: list[Fault]

    @property
    def url(self) -> str:
        return f"https://{self.name}.example"


@pytest.fixture(scope="module", params=PAGES)
def town(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Town]:
    """Built once, as it is published but for its placeholders, which may stay."""
    root = tmp_path_factory.mktemp("example") / request.param
    ignored = shutil.ignore_patterns(".saig", "output", "__pycache__")
    shutil.copytree(EXAMPLES / request.param, root, ignore=ignored)
    project = Project(root)
    faults = in_process.built(project, TODAY=DAY, ALLOW_PLACEHOLDERS=True)
    yield Town(request.param, project, faults)


@pytest.fixture(scope="module")
def reader(town: Town, browser: Browser) -> Iterator[Reader]:
    reader = Reader(browser, town.project, ZONES[town.name])
    yield reader
    reader.context.close()


def test_it_is_data_alone(town: Town) -> None:
    """Content, and settings that say no more than the site's address."""
    root = EXAMPLES / town.name
    others = {path.name for path in root.iterdir()} - {".saig", "output", "__pycache__"}
    assert others == {"content", "pelicanconf.py", "publishconf.py"}
    from saig import settings

    said = runpy.run_path(str(root / "pelicanconf.py"))
    assert {name for name in said if name.isupper()} == {n for n in vars(settings) if n.isupper()}


def test_nothing_is_wrong_in_it_but_placeholders(town: Town) -> None:
    problems = in_process.checked(town.project, TODAY=DAY).problems
    assert {problem.code for problem in problems} == {"placeholder"}
    assert town.faults == []


def test_its_documents_feeds_and_calendars_are_valid(town: Town) -> None:
    output = town.project.output
    assert len(documents(town.project)) > 20
    assert invalid_documents(town.project, town.url) == []
    for path in output.rglob("feed.atom"):
        assert not feedparser.parse(path.read_bytes()).bozo, path
    calendars = [icalendar.Calendar.from_ical(p.read_bytes()) for p in output.rglob("*.ics")]
    assert {str(zone["TZID"]) for one in calendars for zone in one.walk("VTIMEZONE")} == {
        ZONES[town.name]
    }
    listed = ET.parse(output / "sitemap.xml").getroot()
    pages = {loc.text for loc in listed.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")}
    assert pages == {document["url"] for document in documents(town.project).values()}


def test_every_link_leads_somewhere(town: Town) -> None:
    output = town.project.output
    assert links_that_fail(output, output, town.url, at_least=300) == []


def test_every_page_says_that_the_town_is_invented(town: Town) -> None:
    """In its title, and in a line at the foot; and has its data block."""
    for path in town.project.output.rglob("index.html"):
        page = html.parse(path).getroot()
        assert re.search("(exemplo|ejemplo) inventado", page.findtext(".//title")), path
        assert re.search(
            "n[ãoã]n? existe|no existe|não existe", page.find(".//footer").text_content()
        )
        assert len(page.xpath("//script[@type='application/ld+json']")) == 1, path


def test_no_citation_of_its_notes_is_missed(town: Town) -> None:
    """Each number of a norm in their texts is part of a citation; one that is not in force is marked."""
    site = read_site(town.project.content).site
    assert site
    texts = [path.read_text("utf-8") for path in town.project.content.rglob("*.md")]
    found = 0
    for text in (said.partition("\nsummary: ")[2].partition("\n") for said in texts):
        for part in (text[0], text[2].partition("---\n")[2]):
            spans = [(one.start, one.end) for one in citations(part, site.grammar)]
            for cited in CITED.finditer(part):
                found += 1
                assert any(a <= cited.start() and cited.end() <= b for a, b in spans), part
    assert found > 10
    [notice] = (path for path in PAGES[town.name] if "-vale-" in path)
    mark = {"ningures": "(derogada)", "nenhures": "(revogada)"}[town.name]
    assert mark in town.project.page(notice)


def test_its_ledger_is_its_own(town: Town) -> None:
    """As ``saig check --write-addresses`` leaves it: each page of the site, and no other."""
    text = (town.project.content / "addresses.yaml").read_text("utf-8")
    listed = set(re.findall(r"^(/[^:]*): ", text, re.MULTILINE))
    assert {document["url"] for document in documents(town.project).values()} <= {
        f"{town.url}{address}" for address in listed
    }
    for address in listed:
        assert (town.project.output / address.strip("/")).exists(), address


@pytest.mark.parametrize("number", range(3))
def test_pages_can_be_read_by_everyone(town: Town, reader: Reader, number: int) -> None:
    """As those of this repository: axe on phone and desktop, light and dark; 320 px; no error."""
    address, lang = list(PAGES[town.name].items())[number]
    page = reader.open(address)
    assert page.evaluate("document.documentElement.lang") == lang
    assert axe.faults_in_each_look(page, SEEN.setdefault(town.name, {})) == {}
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert reader.faults == []


OF_OTHERS = re.compile(
    r"BOE\b|boe\.es|BOIB|\bLey\b|\bLlei\b|39/2015|1112/2018|34/2002|Espa[nñ]|\bPalma\b"
    r"|Ajuntament|Ayuntamiento|\bAvís|\bServei|Cita pr|\bvigent\b|Normativa|\+34"
)


def test_the_town_abroad_has_nothing_of_another_country(town: Town) -> None:
    """No Spanish law, no Catalan word, in pages, their data, feeds, calendars and the words of codes."""
    if town.name != "nenhures":
        return
    output = town.project.output
    kinds = ("*.html", "index.json", "feed.*", "*.ics", "*.ttl", "site/*.json", "codes/*.json")
    for path in (path for kind in kinds for path in output.rglob(kind)):
        found = OF_OTHERS.search(path.read_text("utf-8"))
        assert not found, (path.relative_to(output), found and found[0])
