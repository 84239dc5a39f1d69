"""What search engines show of a page, what is shown where its address is shared, and its end."""

from __future__ import annotations

import struct
from collections import Counter
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from lxml import html
from project import Project
from reader import SITE

Page = html.HtmlElement


@pytest.fixture(scope="module")
def pages(site: Project) -> dict[str, Page]:
    """Every page of the site, by its address."""
    return {
        f"/{file.relative_to(site.output)}".removesuffix("index.html"): html.parse(file).getroot()
        for file in site.output.rglob("*.html")
    }


@pytest.fixture(scope="module")
def found(pages: dict[str, Page]) -> dict[str, Page]:
    """Those that search engines may show."""
    return {
        address: page
        for address, page in pages.items()
        if not page.xpath("//meta[@name='robots' or @http-equiv='refresh']")
        and not address.endswith("/404.html")
    }


def said(page: Page, name: str) -> list[str]:
    return list(page.xpath(f"//meta[@name='{name}' or @property='{name}']/@content"))


def test_each_page_has_a_title_and_a_description_of_its_own(found: dict[str, Page]) -> None:
    """Short enough to be shown whole: 155 letters that end where a word does."""
    assert len(found) > 150
    for address, page in found.items():
        [description] = said(page, "description")
        assert 30 <= len(description) <= 155, address
        assert description[-1] in ".…!?»)" or " " in description, address
    titles = Counter((page.get("lang"), page.findtext(".//title")) for page in found.values())
    assert [title for title, count in titles.items() if count > 1] == []
    assert max(len(title or "") for _, title in titles) < 100


def test_a_shared_page_is_shown_with_title_text_and_picture(
    site: Project, found: dict[str, Page]
) -> None:
    pictures = set()
    for address, page in found.items():
        own = page.findtext(".//title").removesuffix(f" – {said(page, 'og:site_name')[0]}")
        assert said(page, "og:title") == [own]
        assert said(page, "og:description") == said(page, "description")
        assert (
            said(page, "og:url") == [SITE + address] == page.xpath("//link[@rel='canonical']/@href")
        )
        lang = page.get("lang")
        assert said(page, "og:locale") == [f"{lang}_ES"]
        others = {"ca": ["es_ES"], "es": ["ca_ES"]}[lang]
        assert said(page, "og:locale:alternate") == others
        is_notice = bool(said(page, "article:published_time"))
        assert said(page, "og:type") == ["article" if is_notice else "website"]
        pictures.update(said(page, "og:image"))
    [picture] = pictures
    data = (site.output / picture.removeprefix(f"{SITE}/")).read_bytes()
    assert data.startswith(b"\x89PNG")
    assert struct.unpack(">II", data[16:24]) == (1200, 630)
    notice = found["/avisos/videoconferencia-i-cita-previa/"]
    assert said(notice, "article:published_time")


def test_whoever_does_not_understand_a_page_can_say_so(pages: dict[str, Page]) -> None:
    """In a mail in which its address is filled in."""
    for address, page in pages.items():
        links = page.xpath("//main//p[@class='feedback']/a/@href")
        if address.endswith((".html", "/1/")) or not page.xpath("//header"):
            assert links == []
            continue
        mail = urlsplit(links[0])
        filled = parse_qs(mail.query)
        assert (mail.scheme, mail.path) == ("mailto", "millores@example.org")
        assert filled["body"][0].splitlines()[0] == SITE + address
        assert page.findtext(".//h1") or filled["subject"]


def test_a_site_without_a_mailbox_asks_for_no_mail(built_town: Project) -> None:
    assert "feedback" not in built_town.page("/")


def test_links_of_one_name_lead_to_one_page(site: Project, pages: dict[str, Page]) -> None:
    """Who hears the links alone, or of one of the named menus, knows which is which (WCAG 2.4.9)."""
    for address, page in pages.items():
        leads: dict[tuple[str, ...], set[str]] = {}
        for link in page.iter("a"):
            menus = [one.get("aria-label", "") for one in link.iterancestors("nav")]
            name = " ".join((link.get("aria-label") or link.text_content()).split())
            there = urljoin(SITE + address, link.get("href", "")).partition("#")[0]
            leads.setdefault((*menus[:1], name), set()).add(there)
        assert {name: to for name, to in leads.items() if len(to) > 1} == {}, address


def test_a_title_is_heard_twice_at_most(pages: dict[str, Page]) -> None:
    """As the page's title and as its heading; the way to it ends with the page above it."""
    for address, page in pages.items():
        crumbs = page.xpath("//nav[@class='crumbs wrap']//li")
        heading = page.xpath("string(//h1)")
        assert heading not in [crumb.text_content().strip() for crumb in crumbs], address
