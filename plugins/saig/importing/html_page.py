"""A web page that was saved as a file → an article: its main text, without navigation and the
like."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from bs4 import BeautifulSoup
from bs4.builder._lxml import LXMLTreeBuilder
from bs4.element import Tag
from lxml.etree import HTMLParser

from ..notes.date_guess import iso_guess
from ..refusal import Refused
from ..words import N_
from .article import Article, LeftOut, one_line
from .decoding import decoded, without_odd_characters
from .html_cleaning import (
    flatten_cells,
    level_headings,
    lines_of_pre,
    mend_links,
    strip_foreign,
)
from .pictures import take_pictures
from .sharing import LINKS_TO_SHARE, is_share_line
from .to_markdown import markdown_of

AROUND = N_("navigation and what stands around the text")
HIDDEN = N_("a text that readers did not see")
COOKIES = N_("a notice of cookies")

_MAIN = ("main", "[role=main]", "article", "#content", "#contenido", "#contingut", "#main")
_WORDS = {
    LINKS_TO_SHARE: "share sharing social socials addtoany compartir comparteix comparte sharebar xarxes redes",
    COOKIES: "cookie cookies gdpr consent cookiebar",
    AROUND: "breadcrumb breadcrumbs migas molles rastre navbar menu submenu sidebar pagination pager skip skiplink "
    "toolbar related relacionados relacionats newsletter tags etiquetas comments respond footer imprimir print",
}
"""Words of classes and ids by which sites call such parts."""
_NOISE = {word: what for what, words in _WORDS.items() for word in words.split()}
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_HIDDEN_CLASS = {
    "sr-only",
    "visually-hidden",
    "visuallyhidden",
    "screen-reader-text",
    "element-invisible",
}


DEEPEST = 300
"""The most levels of nested elements; browsers allow 512."""


class _Builder(LXMLTreeBuilder):
    """lxml's parser without its limit of depth, below which it drops everything."""

    def default_parser(self, encoding: str | None) -> Any:
        return partial(HTMLParser, huge_tree=True)


def parsed(html: str) -> BeautifulSoup:
    """A page, parsed as by browsers, with missing end tags added. Raises ``RecursionError`` for one
    that is nested too deep to have been written by people."""
    soup = BeautifulSoup(html, builder=_Builder())
    depth = {id(soup): 0}
    for tag in soup.find_all(True):
        depth[id(tag)] = depth[id(tag.parent)] + 1
        if depth[id(tag)] > DEEPEST:
            raise RecursionError
    return soup


def article_of_page(raw: bytes, folder: Path | None = None) -> Article:
    """``folder``: where the pictures are that were saved with the page. Raises ``Refused`` if there
    is no text."""
    soup = parsed(decoded(raw, is_html=True))
    lang = str(soup.html.get("lang") or "") if soup.html else ""
    said_title, published = _title_of(soup), _published(soup)
    _absolute_links(soup)
    return article_of(soup, said_title, published, lang, folder)


def article_of(
    soup: BeautifulSoup,
    said_title: str = "",
    published: datetime.date | None = None,
    lang: str = "",
    folder: Path | None = None,
    embedded: Mapping[str, bytes] | None = None,
) -> Article:
    """The main text of a parsed page, or of the HTML made of a Word file."""
    left_out: list[LeftOut] = []
    main = _main(soup)
    title_tag = main.find("h1") or soup.find("h1")
    title = one_line(title_tag.get_text(" ")) if isinstance(title_tag, Tag) else ""
    left_out += _outside(soup, main, title_tag)
    if isinstance(title_tag, Tag):
        title_tag.extract()
    left_out += [*strip_foreign(main), *_noise(main), *_share_lines(main)]
    lines_of_pre(soup, main)
    left_out += mend_links(main)
    pictures, missing = take_pictures(soup, main, folder, embedded or {})
    left_out += missing
    level_headings(main)
    flatten_cells(soup, main)
    body, mended = without_odd_characters(markdown_of(main))
    title, mended_title = without_odd_characters(title or said_title)
    if not body and not title:
        raise Refused(N_("there is no text in this file"))
    left_out = [*(one for one in left_out if one.text), *mended_title, *mended]
    return Article(
        title=title,
        body=body,
        published=published,
        lang=lang or None,
        left_out=left_out,
        pictures=pictures,
    )


def _main(soup: BeautifulSoup) -> Tag:
    """The part with the text: the longest of the first kind that is found."""
    for selector in _MAIN:
        found = [tag for tag in soup.select(selector) if tag.get_text().strip()]
        if found:
            return max(found, key=lambda tag: len(tag.get_text()))
    return soup.body or soup


def _title_of(soup: BeautifulSoup) -> str:
    """The page's title for sharing, or else for the browser, without the site's name."""
    shared = soup.select_one('meta[property="og:title"]')
    said = str(shared.get("content") or "") if shared else ""
    said = said or (soup.title.get_text() if soup.title else "")
    return one_line(re.split(r"\s+[|·»–—-]\s+", said)[0])


def _published(soup: BeautifulSoup) -> datetime.date | None:
    """The day that the page itself states."""
    for selector, name in (
        ('meta[property="article:published_time"]', "content"),
        ('meta[name="DC.date.issued"]', "content"),
        ('meta[name="dcterms.issued"]', "content"),
        ('meta[name="date"]', "content"),
        ("main time[datetime], article time[datetime]", "datetime"),
    ):
        for tag in soup.select(selector):
            if (found := iso_guess(str(tag.get(name) or "")[:10])) is not None:
                return datetime.date.fromisoformat(found)
    return None


def _absolute_links(soup: BeautifulSoup) -> None:
    """Links as from the page's own address, where it says it."""
    tag = soup.select_one("base[href]") or soup.select_one('link[rel~="canonical"][href]')
    base = str(tag.get("href") or "") if tag else ""
    if not base.startswith(("http://", "https://")):
        return
    for link in soup.find_all("a", href=True):
        address = str(link["href"]).strip()
        if not address.startswith("#"):
            try:
                link["href"] = urljoin(base, address)
            except ValueError:
                continue


def _outside(soup: BeautifulSoup, main: Tag, title: object) -> Iterator[LeftOut]:
    """The parts of the page beside the text, so that the editor can see whether one was meant."""
    top = soup.body or soup
    if main is top:
        return
    inside = {id(main), *(id(parent) for parent in main.parents)}
    parts = [child for child in top.find_all(True, recursive=False) if id(child) not in inside]
    for parent in [one for one in main.parents if one is not top and top in one.parents]:
        parts += [
            child for child in parent.find_all(True, recursive=False) if id(child) not in inside
        ]
    for part in parts:
        if part.name not in ("script", "style", "noscript", "template") and part is not title:
            yield LeftOut(AROUND, one_line(part.get_text(" ")))


def _noise(main: Tag) -> Iterator[LeftOut]:
    """Parts that the page itself calls navigation, sharing, cookies, or hidden."""
    whole = len(main.get_text())
    for tag in main.find_all(True):
        if tag.decomposed or tag.attrs is None:
            continue
        what = _what(tag)
        if not what or len(tag.get_text()) > whole / 2:
            continue
        text = one_line(tag.get_text(" "))
        tag.decompose()
        yield LeftOut(what, text)


def _what(tag: Tag) -> str:
    if tag.name in ("nav", "aside", "footer") or tag.get("role") in ("navigation", "search"):
        return AROUND
    if tag.name == "header" and not tag.find(["h1", "h2", "p", "time"]):
        return AROUND
    classes = [str(name) for name in (tag.get("class") or [])]
    if (
        tag.has_attr("hidden")
        or _HIDDEN_STYLE.search(str(tag.get("style") or ""))
        or _HIDDEN_CLASS.intersection(classes)
    ):
        return HIDDEN
    words = re.split(r"[-_\s]+", " ".join([*classes, str(tag.get("id") or "")]).lower())
    said = next((_NOISE[word] for word in words if word in _NOISE), "")
    return "" if said and _is_prose(tag) else said


def _is_prose(tag: Tag) -> bool:
    """Whether it contains sentences, whatever it is called: ``id="sharing-with-others"``."""
    text = len(tag.get_text())
    links = sum(len(link.get_text()) for link in tag.find_all("a"))
    return text > 400 and links < text / 2


def _share_lines(main: Tag) -> Iterator[LeftOut]:
    """Lines and lists that are only for sharing the page, whatever they are called."""
    for tag in main.find_all(["p", "li", "h2", "h3", "h4", "a", "span", "div"]):
        if not tag.decomposed and is_share_line(tag.get_text(" ")):
            text = one_line(tag.get_text(" "))
            tag.decompose()
            yield LeftOut(LINKS_TO_SHARE, text)
