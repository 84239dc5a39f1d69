"""The site's interface for programs: each kind of address once, and a page that describes them.

``outputs/openapi.py`` makes a description for programs of the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..catalogue import addresses
from ..catalogue.catalogue import Catalogue
from ..catalogue.filled import is_filled, topic_list
from ..notes.site import Site
from .common import Document, DocumentBuilder
from .uri import CATALOGUE

JSON, NDJSON, TURTLE = "application/json", "application/x-ndjson", "text/turtle"
ATOM, JSON_FEED = "application/atom+xml", "application/feed+json"
CALENDAR, CARD = "text/calendar", "text/vcard"

Said = Callable[[str], str]
"""Translates a text; ``str`` for English."""

SLUG = "^[a-z0-9]+(-[a-z0-9]+)*$"
IN_PLACE = ("moved", "choice", "gone")
"""What may be at an old address of a note."""


@dataclass(frozen=True)
class Endpoint:
    """Addresses of one kind. ``path``: from the site's root, with names in braces for the variable
    parts; ``parameters``: for each of these an example, or all values. ``text``: what is there.
    ``schemas``: those that its documents may have. ``example``: an address that exists, if any is
    known."""

    group: str
    path: str
    text: str
    media: str = JSON
    schemas: tuple[str, ...] = ()
    parameters: Mapping[str, str | int | list[str]] = field(default_factory=dict)
    example: str | None = None


def of_whole(languages: list[str], _: Said) -> Iterator[Endpoint]:
    """The addresses of the whole site."""
    schemas = [*addresses.DOCUMENTS, *addresses.WHOLE]

    def one(path: str, text: str, *said: str, **more: Any) -> Endpoint:
        more.setdefault("example", None if "{" in path else path)
        return Endpoint("whole", path, text, schemas=said, **more)

    default = languages[0]
    yield one("/api/v1/index.json", _("Every document of the site, with its digest"), "index")
    yield one(
        "/api/v1/index/{page}.json",
        _("A further page of that list, where it is long"),
        "index",
        parameters={"page": 2},
    )
    yield one(
        "/api/v1/all.ndjson",
        _("All documents in one file, one on each line"),
        media=NDJSON,
    )
    yield one(
        "/api/v1/changes/index.json",
        _("Which publication was the last one"),
        "changes",
    )
    yield one(
        "/api/v1/changes/{number}.json",
        _("What a publication changed"),
        "publication",
        parameters={"number": 1},
    )
    yield one(
        "/api/v1/site/{lang}.json",
        _("What every page of a language shows around its own"),
        "site",
        parameters={"lang": languages},
        example=f"/{addresses.site_data(default)}",
    )
    yield one(
        "/api/v1/codes/{lang}.json",
        _("The words for every code, in a language"),
        "codes",
        parameters={"lang": languages},
        example=f"/{addresses.codes(default)}",
    )
    yield one(
        "/api/v1/schemas/{schema}.json",
        _("The JSON Schema of a kind of document"),
        parameters={"schema": schemas},
        example=f"/{addresses.schema('norm')}",
    )
    yield one(
        f"/{CATALOGUE}",
        _("Contacts, services and norms as linked data"),
        media=TURTLE,
    )
    yield one(
        "/api/v1/dcat.ttl",
        _("What these data are, for portals of open data"),
        media=TURTLE,
        example=None,
    )
    yield one("/version.json", _("Which day and which commit is live"), "version")
    yield one(
        "/next-change.json", _("The next day on which a page changes by itself"), "next-change"
    )
    yield one(f"/{addresses.OPENAPI}", _("This interface, as OpenAPI 3.1 describes it"))


OF_OWN_KIND = ("booking", "search")
"""Sections whose document is of a kind of that name."""


def of_language(builder: DocumentBuilder, _: Said) -> Iterator[Endpoint]:
    """The addresses of a language."""
    catalogue, site, lang = builder.catalogue, builder.catalogue.site, builder.lang
    home = addresses.home(site, lang)
    yield _page(home, _("The home page"), "home")
    listing = (*addresses.LISTED, "topics")
    for name in (*listing, *OF_OWN_KIND):
        there = addresses.section(site, name, lang)
        kind = name if name in OF_OWN_KIND else "section"
        # Without the name, which may be in another language.
        yield _page(there, _("The list of a section"), kind)
    kinds = {
        "contact": (_("A department or office"), ("contact", "section")),
        "service": (_("A service, with the ways to it"), ("service", "section")),
        "norm": (_("A norm, or a list of norms"), ("norm", "section", "relations")),
        "notice": (_("A notice, or those of a year"), ("notice", "section")),
        "page": (_("A page of the site"), ("page",)),
    }
    yield _page(addresses.api(site, lang), _("What programs can ask of the site"), "api")
    firsts = {kind: _first(catalogue, kind, lang) for kind in kinds}
    for kind, (said, schemas) in kinds.items():
        folder = home if kind == "page" else _folder(site, kind, lang)
        yield _below(folder, said, (*schemas, *IN_PLACE), firsts[kind])
    topics = addresses.section(site, "topics", lang)
    topic = next((name for name in site.topics if is_filled(catalogue, topic_list(name))), None)
    more = _("A further page of a list")
    for name in listing:
        folder = addresses.section(site, name, lang)
        yield _further(f"{folder}{{slug}}/", more, ("list", "section", "relations", "topic"))
    for name in OF_OWN_KIND:
        yield _further(addresses.section(site, name, lang), more, (name,))
    a_topic = f"{topics}{topic}/" if topic else None
    yield _below(topics, _("Everything on a topic"), ("topic", *IN_PLACE), a_topic)
    yield from _beside(site, lang, {**firsts, "topic": a_topic}, _)


def _beside(site: Site, lang: str, firsts: Mapping[str, str | None], _: Said) -> Iterator[Endpoint]:
    """The files beside pages: feeds, calendars, cards. ``firsts``: kind of page -> the address of
    one such page, or None."""
    home, contacts = addresses.home(site, lang), _folder(site, "contact", lang)
    lists = [addresses.section(site, name, lang) for name in addresses.LISTED]
    folders = {
        contacts: firsts["contact"],
        _folder(site, "norm", lang): firsts["norm"],
        addresses.section(site, "topics", lang): firsts["topic"],
    }
    for media, name, said in (
        (ATOM, "feed.atom", _("What is new, as Atom")),
        (JSON_FEED, "feed.json", _("What is new, as JSON Feed")),
    ):
        yield Endpoint("follow", f"{home}{name}", said, media, example=f"{home}{name}")
        for there in lists:
            yield Endpoint("follow", f"{there}{name}", said, media, example=f"{there}{name}")
        for folder, first in folders.items():
            yield _file(folder, name, said, media, first)
    text = _("Deadlines, closures and entries into force, as iCalendar")
    name = addresses.calendar(site)
    yield Endpoint("follow", f"{home}{name}", text, CALENDAR, example=f"{home}{name}")
    yield _file(contacts, name, text, CALENDAR, firsts["contact"])
    text = _("A department for address books, as vCard")
    yield _file(contacts, "contact.vcf", text, CARD, firsts["contact"])


def _folder(site: Site, kind: str, lang: str) -> str:
    return addresses.section(site, addresses.SECTION_OF[kind], lang)


def _first(catalogue: Catalogue, kind: str, lang: str) -> str | None:
    """The address of the first note of a kind that is written in a language."""
    for note, (status, *_, languages) in catalogue.under("kind", kind).items():
        if lang in languages and status != "hidden":
            return catalogue.address(catalogue.entry(note), lang)
    return None


def _page(there: str, text: str, kind: str) -> Endpoint:
    path = f"{there}index.json"
    return Endpoint("pages", path, text, schemas=(kind,), example=path)


def _below(folder: str, text: str, schemas: tuple[str, ...], example: str | None) -> Endpoint:
    return Endpoint(
        "pages",
        f"{folder}{{slug}}/index.json",
        text,
        schemas=schemas,
        parameters=_slug(example),
        example=f"{example}index.json" if example else None,
    )


def _further(folder: str, text: str, schemas: tuple[str, ...]) -> Endpoint:
    parameters: dict[str, str | int | list[str]] = {"page": 2}
    if "{slug}" in folder:
        parameters = {**_slug(None), **parameters}
    path = f"{folder}{{page}}/index.json"
    return Endpoint("pages", path, text, schemas=(*schemas, *IN_PLACE), parameters=parameters)


def _file(folder: str, name: str, text: str, media: str, example: str | None) -> Endpoint:
    return Endpoint(
        "follow",
        f"{folder}{{slug}}/{name}",
        text,
        media,
        parameters=_slug(example),
        example=f"{example}{name}" if example else None,
    )


def _slug(example: str | None) -> dict[str, str | int | list[str]]:
    return {"slug": example.rstrip("/").rpartition("/")[2] if example else "x"}


def endpoints(builders: Mapping[str, DocumentBuilder]) -> list[Endpoint]:
    """All addresses of the interface, described in English. ``builders``: by language."""
    found = list(of_whole(list(builders), str))
    for builder in builders.values():
        found += of_language(builder, str)
    return found


def interface_document(builder: DocumentBuilder) -> Document:
    """The page that describes the interface to people."""
    site, _ = builder.catalogue.site, builder.words.gettext
    every = [*of_whole(list(site.languages), _), *of_language(builder, _)]
    groups = {
        "whole": _("The whole site"),
        "pages": _("Pages as data"),
        "follow": _("Feeds, calendars and cards"),
    }
    return builder.document(
        "api",
        "api",
        addresses.api(site, builder.lang),
        {
            "index": builder.url("/api/v1/index.json"),
            "openapi": builder.url(f"/{addresses.OPENAPI}"),
            "groups": [
                {
                    "id": group,
                    "title": title,
                    "endpoints": [_said(builder, one) for one in every if one.group == group],
                }
                for group, title in groups.items()
            ],
        },
        title=_("Open data"),
        summary=_("Everything on this site as data for programs, without a key."),
        breadcrumbs=[builder.home_crumb()],
        translations={lang: addresses.api(site, lang) for lang in site.languages},
    )


def _said(builder: DocumentBuilder, one: Endpoint) -> dict[str, Any]:
    return {
        "path": one.path,
        "text": one.text,
        "media_type": one.media,
        "schemas": [
            {"id": name, "url": builder.url(f"/{addresses.schema(name)}")} for name in one.schemas
        ],
        "example": builder.url(one.example) if one.example else None,
    }
