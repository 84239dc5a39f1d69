"""Makes pages: builds the document, and renders and writes its files if the document changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from itertools import chain
from typing import Any

from ..catalogue.addresses import LISTED, WITH_CALENDAR
from ..catalogue.catalogue import Catalogue
from ..catalogue.check_citations import unresolved
from ..catalogue.entry import KIND_ORDER, Entry
from ..documents.common import Document, DocumentBuilder
from ..documents.days import days
from ..documents.every import PAGED, document, note_of
from ..documents.news import news_about
from ..documents.search_entry import search_entry
from ..documents.uri import norms_named
from ..notes.address import file_of
from ..notes.internal_errors import guarded
from ..notes.plain_data import as_json
from ..notes.problem import Problem
from ..outputs import data, feeds, hosts, sitemap
from ..outputs.calendar import entries
from ..outputs.card import card
from ..outputs.html import Renderer
from ..outputs.linked.catalogue import document_block
from ..outputs.published_json import encode
from . import inputs
from .cells import Cell
from .output import Folder, Written
from .page_table import Page, PageTable
from .site_files import COLUMNS_OF, linked_site
from .work import cell_of, derived_cells

OF_DOCUMENT = {"contact": ("contact.vcf", "sheet.html")}
"""Kind of document -> other files made from it, beside the page."""


def templates_of(kind: str) -> list[str]:
    """The templates of all files that are made from a document of a kind."""
    return [f"{kind}.html", *(name for name in OF_DOCUMENT.get(kind, ()) if name.endswith(".html"))]


@dataclass(frozen=True)
class PageContext:
    """What all pages of a language share. ``number``: of the language, for sorting; ``site``: its
    site document; ``keys``: kind -> digest of a page's inputs, without its document."""

    number: int
    builder: DocumentBuilder
    site: Mapping[str, Any]
    renderer: Renderer
    keys: Mapping[str, str]

    @property
    def catalogue(self) -> Catalogue:
        return self.builder.catalogue

    def render(self, name: str, said: Document) -> bytes:
        """Render one of the files of a document."""
        if name == "contact.vcf":
            return card(said, self.site["root"], self.builder.words)
        is_beside = name in OF_DOCUMENT.get(said["kind"], ())
        template = name if is_beside else f"{said['kind']}.html"
        page = self.renderer.render(template, said, self.site, self.builder.words)
        return page.encode()


@dataclass(frozen=True)
class MadePage:
    """``changes``: the columns that changed since the last build: ``news`` for feeds, ``days`` for
    calendars, ``head`` for its own feed, and those in ``IN_WHOLE``. ``gone``: files that it had and
    no longer has; ``written``: its files. ``is_rendered``: whether any was rendered."""

    page: Page
    changes: frozenset[str]
    gone: list[str]
    written: list[Written]
    is_rendered: bool


Made = tuple[MadePage | Problem, list[Cell]]

PAGE = "page "
"""The prefix of the names of pages' cells."""


def page_cell(page: str) -> str:
    """The name of a page's cell."""
    return PAGE + page


def make_page(
    name: str, contexts: Mapping[str, PageContext], folder: Folder, table: PageTable
) -> Made:
    """Make a page: build its document; if that changed, render and write its files. Runs in any
    process. Returns the page, or a problem if a note's own page raised an error, and the cells that
    were worked out."""
    lang, _, of = name.partition(" ")
    context = contexts[lang]
    work = partial(_make, name, of, context, folder, table)
    note = note_of(of)
    if note is None:
        return work()
    made = guarded(context.catalogue.entry(note).words(lang).path, work)
    return (made, []) if isinstance(made, Problem) else made


def _make(name: str, of: str, context: PageContext, folder: Folder, table: PageTable) -> Made:
    catalogue = context.catalogue
    with catalogue.recording() as record:
        said = document(context.builder, of)
        content = encode(said)
        page = _page(name, of, context, said, content)
    cell = cell_of(page_cell(name), None, (catalogue, record))
    before = table.before(name)
    known = json.loads(before.rendered) if before and before.key == page.key else {}
    written, is_rendered = _written(page.path, known, said, context, folder)
    page = page._replace(rendered=as_json({one.path: one.digest for one in written}))
    if page.data_file in page.files:
        written.append(folder.put(page.data_file, content, page.digest))
    had = {*before.files, *before.feed_files} if before else set()
    gone = sorted(had - {*page.files, *page.feed_files})
    made = MadePage(page, _changes(before, page), gone, written, is_rendered)
    return made, [*derived_cells(catalogue), cell]


def _written(
    path: str, known: Mapping[str, str], said: Document, context: PageContext, folder: Folder
) -> tuple[list[Written], bool]:
    """Write a page's file and those beside it; returns them, and whether any was rendered.
    ``known``: their digests, if the last build rendered the same document."""
    beside = path.removesuffix("index.html")
    written: list[Written] = []
    is_rendered = False
    for file in (path, *(beside + one for one in OF_DOCUMENT.get(said["kind"], ()))):
        there = folder.standing(file, known[file]) if file in known else None
        if there is None:
            is_rendered = True
            content = context.render(file.rpartition("/")[2], said)
            there = folder.put(file, content)
        written.append(there)
    return written, is_rendered


def _block(context: PageContext, said: Document) -> str | None:
    """A page's part of the site's linked data. Looks up the ELI of each norm that it names."""
    catalogue = context.catalogue
    norms = {
        name: eli
        for name in norms_named(said)
        if (eli := catalogue.entry(f"norm/{name}").identity["eli"])
    }
    return document_block(said, linked_site(catalogue, context.builder.site_url), norms)


IN_WHOLE = frozenset(chain.from_iterable(COLUMNS_OF.values()))
"""The columns from which files of the whole site are made."""


def in_whole(page: Page) -> set[str]:
    """The columns of ``IN_WHOLE`` in which a page has a value."""
    return {name for name in IN_WHOLE if getattr(page, name) is not None}


def _changes(before: Page | None, page: Page) -> frozenset[str]:
    names = (*IN_WHOLE, "news", "days", "head", "about")
    found = {name for name in names if getattr(page, name) != getattr(before, name, None)}
    return frozenset(found if "about" not in found else found - {"about"} | {"head"})


def _page(name: str, of: str, context: PageContext, said: Document, content: bytes) -> Page:
    """The cached data of a page, without its files. ``content``: its document's JSON. Must be
    called while the page's lookups are being recorded."""
    catalogue, builder = context.catalogue, context.builder
    note = note_of(of)
    entry = catalogue.entry(note) if note else None
    is_listed = _is_listed(said, entry or _whose_list(catalogue, of))
    searched = search_entry(builder, said, entry)
    vain = unresolved(catalogue, entry, builder.lang) if entry else []
    about = news_about(catalogue, of)
    organisation = catalogue.site.organisation
    has_news = (note and is_listed) or said["kind"] == "gone"
    news = list(feeds.items(said, organisation, catalogue.day.isoformat())) if has_news else []
    dates = entries(days(builder, said, entry), context.site["root"]) if entry and is_listed else []
    is_mapped = is_listed and not said[said["kind"]].get("is_empty")
    digest = sha256(content).hexdigest()
    return Page(
        name=name,
        rank=f"{context.number:02} {rank(of, catalogue)}",
        note=note if is_listed else None,
        lang=builder.lang,
        kind=said["kind"],
        path=file_of(said["url"][len(builder.site_url) :]),
        listing=data.listing(said, digest) if is_listed else None,
        search_entry=_json_or_none(searched),
        location=sitemap.location(said, catalogue.site.default_language) if is_mapped else None,
        rule=hosts.rule(said),
        newest=max((item.updated for item in news), default=None),
        until=said["holds"]["until"],
        unresolved=_json_or_none([list(one) for one in vain]),
        moved=data.moved(of, said),
        digest=digest,
        size=len(content),
        head=None if about is None else as_json(_head(said, organisation, context.site)),
        about=None if about is None else as_json(about),
        news=_json_or_none([list(vars(item).values()) for item in news]),
        key=inputs.digest(context.keys[said["kind"]], digest),
        rendered="{}",
        days=_json_or_none(dates),
        block=_block(context, said) if entry and is_listed else None,
    )


def _json_or_none(value: Any) -> str | None:
    return as_json(value) if value else None


_ORDER = (
    *("home", "notices", "topics", "section", "norms", "year", "topic", "list", "note"),
    *("api", "not-found", "gone", "choice", "moved", "lost"),
)


def rank(of: str, catalogue: Catalogue) -> str:
    """The sort key of a document: its kind, its subject, its page number."""
    what, _, name = of.partition(" ")
    group = f"{_ORDER.index(what):02}"
    if what in PAGED:
        name, _, number = name.partition(" ")
        number = f" {int(number or 1):06}"
        if what == "section":
            return f"{group} {[*LISTED, 'booking', 'search'].index(name)}{number}"
        if what == "topic":
            return f"{group} {list(catalogue.site.topics).index(name):06}{number}"
        if what == "list":
            return f"{group} {_rank_of_note(name)}{number}"
        return f"{group} {name}{number}"
    if what in ("note", "moved"):
        return f"{group} {_rank_of_note(name)}"
    return f"{group} {name}"


def _rank_of_note(name: str) -> str:
    kind, _, identifier = name.partition("/")
    return f"{list(KIND_ORDER).index(kind)} {identifier}"


def _whose_list(catalogue: Catalogue, of: str) -> Entry | None:
    """The note to whose lists a document belongs, if any."""
    what, _, name = of.partition(" ")
    return catalogue.entry(name.partition(" ")[0]) if what == "list" else None


def _is_listed(said: Document, entry: Entry | None) -> bool:
    """Whether the index lists a document: it has data, and does not belong to a hidden note or a
    note's lists."""
    if said["kind"] in ("gone", "moved", "choice", "not-found"):
        return False
    return entry is None or entry.status != "hidden"


def _head(page: Document, organisation: str, site: Mapping[str, Any]) -> dict[str, str]:
    names = ("kind", "id", "url", "lang", "title", "summary")
    return {
        **{name: page[name] for name in names},
        "site": organisation,
        "site_name": site["name"],
        "changes": site["root"] + data.CHANGES,
        "calendar": site["calendar"].removeprefix(site["url"])
        if page["kind"] in WITH_CALENDAR
        else "",
    }
