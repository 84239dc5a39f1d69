"""A town with many notes: its lists go on over pages, each is light, and none is lost (decision 40)."""

from __future__ import annotations

import datetime
import gzip
import random
import re
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import axe
import pytest
from in_process import built
from playwright.sync_api import Browser
from project import Project, new_project, tree
from reader import MADRID, Reader
from saig.catalogue.lists import cut

LIGHT = 14_000
"""Bytes of a page with all styles and scripts that it asks for, compressed."""

ASSET = re.compile(r'"[^"]*/(theme/(?:css|js)/[^"]+)"')

NOTICES, SERVICES, NORMS = 130, 60, 70

HEAD = "---\ntitle: {title}\nsummary: Un resum com els que s'escriuen, d'una frase llarga.\n"
NOTICE = HEAD + "date: {date}\ndepartments: [obres]\ntopics: [llicencies]\n---\nText.\n"
SERVICE = (
    "---\ntitle: {title}\nsummary: {summary}\ndepartments: [obres]\nchannels:\n"
    "  - {{channel: in-person, appointment: required, url: 'https://cita.vila.test/{n}',"
    " opening_hours: [{{days: [{day}], opens: '9:{n:02}', closes: '13:{n:02}'}}]}}\n"
    "  - {{channel: video, appointment: required, url: 'https://cita.vila.test/{n}/video',"
    " opening_hours: [{{days: [thursday, {day}], opens: '16:{n:02}', closes: '17:30'}}]}}\n"
    "  - {{channel: online, appointment: none, url: 'https://seu.vila.test/tramits/{n}'}}\n"
    "---\nVegeu [l'ajuntament](../contacts/ajuntament.md).\n"
)
WORDS = """
    llicència obra menor major solar terrassa façana rètol gual ocupació via pública bastida grua
    demolició parcel·lació cèdula habitabilitat informe urbanístic certificat antiguitat inspecció
    edifici ascensor piscina tanca arbre enderroc canvi ús local activitat comunicació prèvia
    declaració responsable renúncia pròrroga transmissió còpia plànol consulta expedient
"""
DAYS = ("monday", "tuesday", "wednesday", "friday")
NORM = HEAD + (
    "date: {date}\ntype: o\ndepartments: [obres]\nnumber: '{n}'\njurisdiction: es-ib\n"
    "date_document: {date}\n"
    "first_date_entry_in_force: {date}\n"
    "relations: [{{type: develops, norm: decret-llei-8-2020}}]\n---\n"
)
TRANSLATED = "---\ntitle: {title}\nsummary: Un resumen.\n---\nTexto.\n"


def day(number: int) -> datetime.date:
    return datetime.date(2019, 1, 1) + datetime.timedelta(days=2 * number)


@pytest.fixture(scope="module")
def long_town(tmp_path_factory: pytest.TempPathFactory) -> Project:
    some, words = random.Random(1), WORDS.split()
    project = new_project(tmp_path_factory.mktemp("long") / "project")
    for n in range(NOTICES):
        text = NOTICE.format(title=f"Avís número {n}", date=day(n))
        if n == 0:
            text = text.replace("Text.", "Vegeu [obres](../contacts/obres.md).")
        project.write(f"notices/avis-{n}.md", text)
        project.write(f"notices/avis-{n}.es.md", TRANSLATED.format(title=f"Aviso número {n}"))
    for n in range(SERVICES):
        title, summary = " ".join(some.sample(words, 5)), " ".join(some.choices(words, k=15))
        text = SERVICE.format(title=f"{title} {n}", summary=summary, n=n, day=some.choice(DAYS))
        project.write(f"services/servei-{n}.md", text)
    for n in range(NORMS):
        text = NORM.format(title=f"Ordenança {n}", date=day(n), n=n)
        project.write(f"norms/ordenanca-{n}.md", text)
    project.saig("check", "--write-addresses")
    assert built(project) == []
    return project


def pages_of(town: Project, address: str) -> list[dict[str, Any]]:
    """The documents of a list: from the first, by the links to the next."""
    found = [town.document(address)]
    while following := paging(found[-1])["next"]:
        found.append(town.document(local(following)))
    return found


def paging(document: dict[str, Any]) -> dict[str, Any]:
    said: dict[str, Any] = document[document["kind"]]["paging"]
    return said


def local(url: str) -> str:
    return re.sub("^https://[^/]+", "", url)


def listed(document: dict[str, Any]) -> list[str]:
    """The notes of a page: of a list in groups, or without."""
    part = document[document["kind"]]
    names = ("contacts", "services", "notices", "norms", "pages", "items", "past", "alone")
    if document["kind"] == "relations":
        found = [one["norm"] for group in part["groups"] for one in group] + part["alone"]
    elif document["kind"] == "booking":
        found = [one for group in part["departments"] for one in group["services"]]
    elif part.get("groups"):
        found = [ref for group in part["groups"] for ref in group["items"]]
    else:
        found = [ref for name in names for ref in part.get(name, [])]
    return [f"{ref['kind']}/{ref['id']}" for ref in found]


LISTS = {
    "/avisos/2019/": NOTICES,
    "/es/avisos/2019/": NOTICES,
    "/serveis/": SERVICES + 2,
    "/es/servicios/": SERVICES + 2,
    "/normativa/": NORMS + 2,
    "/normativa/per-any/": NORMS + 2,
    "/normativa/per-tipus/": NORMS + 2,
    "/normativa/per-tema/": NORMS + 2,
    "/normativa/relacions/": NORMS + 2,
    "/cita-previa/": SERVICES + 2,
    "/temes/llicencies/": NOTICES,
}
"""Long lists, and how many notes are in each at least."""


@pytest.mark.parametrize("address", LISTS)
def test_every_note_stands_on_one_of_the_pages(long_town: Project, address: str) -> None:
    pages = pages_of(long_town, address)
    found = [note for page in pages for note in listed(page)]
    assert len(found) == len(set(found)) >= LISTS[address]
    assert all(len(listed(page)) <= 50 for page in pages)
    assert len(pages) > 1
    assert [local(page["url"]) for page in pages] == [
        address,
        *(f"{address}{number}/" for number in range(2, len(pages) + 1)),
    ]
    for before, after in pairwise(pages):
        assert paging(after)["previous"] == before["url"]
    assert {paging(page)["pages"] for page in pages} == {len(pages)}
    assert len({page["title"] for page in pages}) == len(pages)


@pytest.mark.parametrize("address", LISTS)
def test_pages_lead_to_each_other_and_say_what_they_are(long_town: Project, address: str) -> None:
    """By plain links; each is canonical, and its other language is the same page there."""
    pages = pages_of(long_town, address)
    for number, page in enumerate(pages, 1):
        near = {1, number - 1, number, number + 1, len(pages)} - {0, len(pages) + 1}
        assert [link["page"] for link in paging(page)["links"]] == sorted(near)
        html = long_town.page(local(page["url"]))
        nav = re.search(r'<nav class="pages".*?</nav>', html, re.S)
        assert nav
        links = re.findall(r'href="([^"]+)"', nav[0])
        assert {local(link["url"]) for link in paging(page)["links"]} <= set(links)
        assert f'<link rel="canonical" href="{page["url"]}">' in html
        assert f'hreflang="{page["lang"]}" href="{page["url"]}"' in html
        for lang, url in page["translations"].items():
            there = long_town.document(local(url))
            assert (there["lang"], there["translations"]) == (lang, page["translations"])
            assert paging(there)["page"] == paging(page)["page"]
    sitemap = (long_town.output / "sitemap.xml").read_text("utf-8")
    assert all(f"<loc>{page['url']}</loc>" in sitemap for page in pages)


def test_no_page_is_heavy(long_town: Project) -> None:
    @cache
    def size(path: Path) -> int:
        return len(gzip.compress(path.read_bytes(), 6, mtime=0))

    heavy = {}
    for page in long_town.output.rglob("*.html"):
        assets = set(ASSET.findall(page.read_text("utf-8")))
        whole = size(page) + sum(size(long_town.output / asset) for asset in assets)
        if whole > LIGHT:
            heavy[page.relative_to(long_town.output).as_posix()] = whole
    assert heavy == {}


def test_no_sign_is_escaped_twice(long_town: Project) -> None:
    """Words with an apostrophe stand in sentences, in links to whole lists too."""
    pages = {page: page.read_text("utf-8") for page in long_town.output.rglob("*.html")}
    assert any("S&#39;esmenta a: la llista sencera" in text for text in pages.values())
    twice = re.compile("&amp;(?:#\\d+|amp|lt|gt|quot);")
    assert [str(page) for page, text in pages.items() if twice.search(text)] == []


def test_the_section_of_notices_has_the_latest_and_the_years(long_town: Project) -> None:
    part = long_town.document("/avisos/")["section"]
    years = {year["year"]: year["count"] for year in part["years"]}
    assert years[2019] == NOTICES and list(years) == sorted(years, reverse=True)
    assert len(part["items"]) == 50
    urgent, *dates = [ref["date"] for ref in part["items"]]
    assert urgent == "2020-12-09" and dates == sorted(dates, reverse=True)
    assert len(part["past"]) <= 10
    assert '<a href="/avisos/2019/">2019</a>' in long_town.page("/avisos/")


def test_a_topic_has_the_newest_notices_first(long_town: Project) -> None:
    pages = pages_of(long_town, "/temes/llicencies/")
    dates = [ref["date"] for page in pages for ref in page["topic"].get("notices", ())]
    assert len(dates) >= NOTICES and dates == sorted(dates, reverse=True)


def test_a_year_goes_on_by_month(long_town: Project) -> None:
    first = pages_of(long_town, "/avisos/2019/")[0]["section"]
    assert (first["year"], first["view"]) == (2019, "month")
    assert [one["title"] for one in first["contents"]][:2] == ["gener", "febrer"]
    html = long_town.page("/avisos/2019/")
    assert '<h2 id="group_2019-01" tabindex="-1">Gener</h2>' in html


def test_a_department_shows_some_and_leads_to_all(long_town: Project) -> None:
    document = long_town.document("/contactes/obres/")
    shown, more = document["contact"]["notices"], document["contact"]["more"]
    [notices] = [one for one in more if one["list"] == "notices"]
    assert len(shown) == 8 and notices["count"] >= NOTICES
    assert f'href="{local(notices["url"])}#group_notices"' in long_town.page("/contactes/obres/")
    pages = pages_of(long_town, "/contactes/obres/2/")
    found = [note for page in pages for note in listed(page)]
    assert {f"notice/avis-{n}" for n in range(NOTICES)} <= set(found)
    assert paging(pages[0])["previous"].endswith("/contactes/obres/")
    assert {local(url) for url in pages[0]["translations"].values()} == {
        "/contactes/obres/2/",
        "/es/contactos/obras/2/",
    }


def test_what_a_list_has_is_not_told_again_among_those_that_mention_it(long_town: Project) -> None:
    """A notice of the department whose text leads to it."""
    assert long_town.document("/contactes/obres/")["mentioned_in"] == []
    assert "S'esmenta a" not in long_town.page("/contactes/obres/")


def test_the_feed_of_a_department_tells_of_what_its_page_leaves_out(long_town: Project) -> None:
    entries = long_town.data("contactes/obres/feed.json")["items"]
    assert len(entries) == 50
    assert len([one for one in entries if "/avisos/" in one["url"]]) > 10


def test_addresses_of_pages_are_recorded(long_town: Project) -> None:
    ledger = (long_town.content / "addresses.yaml").read_text("utf-8")
    for address in ("/avisos/2019/", "/avisos/2019/2/", "/serveis/2/", "/contactes/obres/2/"):
        assert f"\n{address}: " in ledger


@pytest.mark.parametrize("width", axe.WIDTHS)
def test_lists_on_a_telephone_and_a_desk(long_town: Project, browser: Browser, width: int) -> None:
    """Nothing is wider than the screen, and axe finds no fault."""
    reader = Reader(browser, long_town, MADRID)
    reader.page.set_viewport_size({"width": width, "height": 800})
    for address in ("/avisos/", "/avisos/2019/2/", "/contactes/obres/2/", "/normativa/"):
        page = reader.open(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert axe.faults_now(page) == []
    reader.context.close()


def test_a_reader_without_scripts_goes_from_page_to_page(
    long_town: Project, browser: Browser
) -> None:
    reader = Reader(browser, long_town, MADRID, java_script_enabled=False)
    page = reader.open("/avisos/")
    with page.expect_navigation():
        page.get_by_role("link", name="2019", exact=True).click()
    with page.expect_navigation():
        page.get_by_role("link", name="Pàgina següent").click()
    assert page.url.endswith("/avisos/2019/2/")
    here = page.get_by_role("navigation", name="Pàgines d'aquesta llista")
    assert here.locator("[aria-current=page]").inner_text() == "2"
    with page.expect_navigation():
        page.locator("header").get_by_role("link", name="Español").first.click()
    assert page.url.endswith("/es/avisos/2019/2/")
    with page.expect_navigation():
        page.get_by_role("link", name="Página anterior").click()
    assert page.url.endswith("/es/avisos/2019/")
    reader.context.close()


def test_a_note_more_makes_few_pages_again(long_town: Project) -> None:
    """In the middle of a year: its own page, and one page of each list in which it stands."""
    before = tree(long_town.output)
    long_town.write("notices/mes.md", NOTICE.format(title="Un més", date=day(60)))
    assert built(long_town) == []
    changed = {path for path, held in tree(long_town.output).items() if before.get(path) != held}
    changed = {path for path in changed if path.endswith("index.html")}
    assert len([path for path in changed if re.match(r"(es/)?avisos/2019/", path)]) <= 4
    assert len([path for path in changed if "llicencies/" in path or "licencias" in path]) <= 4
    assert not [path for path in changed if "servei" in path or "normativa" in path]
    (long_town.content / "notices/mes.md").unlink()
    assert built(long_town) == []
    assert tree(long_town.output) == before


def test_a_page_that_is_no_more_leads_to_its_list(long_town: Project) -> None:
    """Years too: no address of a list that was published is lost."""
    last = local(pages_of(long_town, "/avisos/2019/")[-1]["url"])
    last_of_obres = local(pages_of(long_town, "/contactes/obres/2/")[-1]["url"])
    gone = []
    for n in range(1, NOTICES):
        for end in (".md", ".es.md"):
            (long_town.content / f"notices/avis-{n}{end}").unlink()
        gone += [
            f"- {{address: {address}, title: {{ca: T, es: T}}, date: 2020-12-01, reason: {{ca: N, es: N}}}}\n"
            for address in (f"/avisos/avis-numero-{n}/", f"/es/avisos/aviso-numero-{n}/")
        ]
    path = long_town.content / "gone.yaml"
    path.write_text(path.read_text("utf-8") + "".join(gone), "utf-8")
    assert built(long_town) == []
    moved = long_town.document(last)
    assert (moved["kind"], local(moved["moved"]["to"])) == ("moved", "/avisos/2019/")
    assert local(long_town.document(last_of_obres)["moved"]["to"]) == "/contactes/obres/"
    assert [long_town.document(one)["lang"] for one in (last, f"/es{last}")] == ["ca", "es"]
    redirects = (long_town.output / "_redirects").read_text("utf-8")
    assert redirects.count(f"{last} /avisos/2019/ 301!") == 1


@pytest.mark.parametrize("size", [0, 1, 50, 51, 75, 76, 500])
def test_a_list_is_cut_the_same_wherever_a_note_comes(size: int) -> None:
    rows = [["", f"notice/{n}"] for n in range(size)]
    pages = cut(rows)
    assert [row for page in pages for row in page] == rows
    assert all(len(page) <= 50 for page in pages)
    assert (len(pages) == 1) == (size <= 50)
    others = 0
    for at in range(0, size, 7):
        longer = cut([*rows[:at], ["", "notice/new"], *rows[at:]])
        others += len([page for page in longer if page not in pages])
    assert others <= 2 * len(range(0, size, 7))
