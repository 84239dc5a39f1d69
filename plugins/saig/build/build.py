"""A catalogue -> all the files of its site. The way down: say, render, write."""

from __future__ import annotations

import datetime
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment

from ..catalogue.addresses import LISTED, file_of
from ..catalogue.catalogue import Catalogue
from ..documents.common import Document, Speaker
from ..documents.every import documents, not_found
from ..documents.site import site_document
from ..outputs import data, feeds, sitemap
from ..outputs.html import Renderer
from ..words import Words


@dataclass(frozen=True)
class Site:
    """What a build needs to know beside the catalogue. ``url`` has no slash at its end."""

    content: Path
    theme: Path
    url: str
    relative_urls: bool
    environment: Environment

    @property
    def translations(self) -> Path:
        return self.theme / "translations"


def files(catalogue: Catalogue, site: Site) -> Iterator[tuple[str, bytes]]:
    """Path from the output folder, and bytes, of every file of the site."""
    words = {lang: Words.of(site.translations, lang) for lang in catalogue.site.languages}
    renderer = Renderer(site.environment, site.theme / "static", site.url, site.relative_urls)
    published: list[tuple[Document, bytes]] = []
    for lang in catalogue.site.languages:
        speaker = Speaker(catalogue, words[lang], site.url)
        around = site_document(speaker, words)
        said = list(documents(speaker))
        for document in said:
            page = file_of(document["url"][len(site.url) :])
            yield (
                page,
                renderer.render(f"{document['kind']}.html", document, around, words[lang]).encode(),
            )
            if page.endswith("index.html"):
                encoded = data.encode(document)
                yield page.removesuffix("html") + "json", encoded
                published.append((document, encoded))
        yield from _feeds(said, around, catalogue)
        missing = not_found(speaker)
        page = file_of(missing["url"][len(site.url) :])
        yield page, renderer.render("not-found.html", missing, around, words[lang]).encode()
    listed = [
        (document, encoded) for document, encoded in published if _is_listed(catalogue, document)
    ]
    yield from _of_the_whole(catalogue, site, listed)
    yield from _copies(catalogue, site)


def _is_listed(catalogue: Catalogue, document: Document) -> bool:
    entry = catalogue.get(document["kind"], document["id"])
    return document["kind"] not in ("gone", "moved") and not (
        entry and entry.facts.status == "hidden"
    )


def _feeds(
    said: list[Document], around: Mapping[str, Any], catalogue: Catalogue
) -> Iterator[tuple[str, bytes]]:
    """A feed beside the home page, each section, topic, department and norm (contract §3)."""
    zone = ZoneInfo(catalogue.site.time_zone)
    notes = {
        (document["kind"], document["id"]): document
        for document in said
        if catalogue.get(document["kind"], document["id"]) and _is_listed(catalogue, document)
    }
    gone = [document for document in said if document["kind"] == "gone"]
    for page in said:
        about = _about(page, notes)
        if about is None:
            continue
        folder = file_of(page["url"][len(around["root"]) - 1 :]).removesuffix("index.html")
        entries = feeds.items([*about, *(gone if page["kind"] == "home" else ())])
        yield f"{folder}feed.atom", feeds.atom_feed(page, around["name"], entries, zone)
        yield f"{folder}feed.json", feeds.json_feed(page, around["name"], entries, zone)


def _about(page: Document, notes: Mapping[tuple[str, str], Document]) -> Iterable[Document] | None:
    """The notes that a page's feed is about; None for a page without a feed."""
    kind, part = page["kind"], page[page["kind"]]
    if kind == "home":
        return notes.values()
    if kind == "section" and part["section"] in LISTED and part["view"] in (None, "state"):
        return [note for (kind, _), note in notes.items() if f"{kind}s" == part["section"]]
    lists = {
        "topic": ("contacts", "services", "notices", "norms", "pages"),
        "contact": ("services", "notices", "norms"),
        "norm": ("explained_in", "cited_in"),
    }.get(kind)
    if lists is None:
        return None
    refs = [ref for name in lists for ref in part[name]]
    own = [page] if (kind, page["id"]) in notes else []
    named = (notes.get((ref["kind"], ref["id"])) for ref in refs)
    return [*own, *(note for note in named if note)]


def _of_the_whole(
    catalogue: Catalogue, site: Site, published: list[tuple[Document, bytes]]
) -> Iterator[tuple[str, bytes]]:
    gone = [
        {
            "url": site.url + item.address,
            "title": item.title.text(catalogue.site.default_language),
            "date": item.date.isoformat(),
        }
        for item in catalogue.gone
    ]
    yield "api/v1/index.json", data.index(site.url, published, gone)
    yield from data.schemas(site.url).items()
    yield (
        "sitemap.xml",
        sitemap.sitemap((document for document, _ in published), catalogue.site.default_language),
    )
    yield "robots.txt", sitemap.robots(site.url)
    top = catalogue.get("contact", catalogue.site.organisation)
    if top and top.facts.emails:
        text = sitemap.security(
            site.url, top.facts.emails[0], catalogue.site.languages, catalogue.day
        )
        yield ".well-known/security.txt", text
    change = catalogue.next_change()
    yield "next-change.json", data.encode({"date": change.isoformat() if change else None})
    yield (
        "version.json",
        data.encode(
            {"generator": "Saig", "date": catalogue.day.isoformat(), **commit(site.content)}
        ),
    )


def _copies(catalogue: Catalogue, site: Site) -> Iterator[tuple[str, bytes]]:
    for path in sorted(catalogue.files):
        yield path, (site.content / path).read_bytes()
    static = site.theme / "static"
    for source in sorted(static.rglob("*")):
        if source.is_file() and not source.name.startswith("."):
            yield f"theme/{source.relative_to(static).as_posix()}", source.read_bytes()


def commit(folder: Path) -> dict[str, Any]:
    """The Git commit of the tree that is built, and whether the tree differs from it."""
    try:
        head = _git(folder, "rev-parse", "HEAD")
        return {"commit": head, "differs": bool(_git(folder, "status", "--porcelain"))}
    except (OSError, subprocess.SubprocessError):
        return {"commit": None, "differs": None}


def _git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", "-C", str(folder), *arguments],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return done.stdout.strip()


def civil_date(zone: str, now: datetime.datetime | None = None) -> datetime.date:
    """Today where the site is."""
    return (now or datetime.datetime.now(datetime.UTC)).astimezone(ZoneInfo(zone)).date()
