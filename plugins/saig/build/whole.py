"""What is made of the site as a whole: indexes, what servers read, copies of files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment

from ..catalogue import addresses
from ..catalogue.catalogue import Catalogue
from ..notes.address import as_url, encoded
from ..notes.files import FILES
from ..outputs import data, hosts, sitemap
from ..outputs.stylesheet import theme_file
from .pages import Said

File = tuple[str, bytes]
"""Its path from the output folder, and what it holds."""


@dataclass(frozen=True)
class Site:
    """What a build needs to know beside the catalogue. ``url`` has no slash at its end.
    ``preview``: the branch that this is a preview of."""

    content: Path
    theme: Path
    url: str
    relative_urls: bool
    environment: Environment
    preview: str | None = None

    @property
    def translations(self) -> Path:
        return self.theme / "translations"


def indexes(catalogue: Catalogue, site: Site, said: Sequence[Said]) -> Iterator[File]:
    """What lists all documents, and what the site says of itself. ``said``: in their order."""
    gone = [
        {
            "url": site.url + as_url(item.address),
            "title": item.title.text(catalogue.site.default_language),
            "date": item.date.isoformat(),
        }
        for item in catalogue.gone
    ]
    files = [
        {"url": site.url + encoded(f"/{path}"), "title": path.rpartition("/")[2]}
        for path in sorted(catalogue.known.files())
    ]
    yield (
        data.INDEX,
        data.index(site.url, (one.listing for one in said if one.listing), gone, files),
    )
    yield "sitemap.xml", sitemap.sitemap(one.location for one in said if one.location)
    yield "robots.txt", sitemap.robots(site.url)
    top = catalogue.organisation
    if top and top.facts.emails:
        text = sitemap.security(
            site.url, top.facts.emails[0], catalogue.site.languages, catalogue.day
        )
        yield ".well-known/security.txt", text
    change = catalogue.next_change()
    yield "next-change.json", data.encode({"date": change.isoformat() if change else None})


def for_servers(catalogue: Catalogue, site: Site, said: Sequence[Said]) -> Iterator[File]:
    """Headers, redirects, and the marks of what is gone (docs/decisions/0016)."""
    homes = [addresses.home(catalogue.site, lang) for lang in catalogue.site.languages]
    yield "_headers", hosts.headers(site.url)
    yield "_redirects", hosts.redirects(site.url, (one.rule for one in said if one.rule), homes)
    for one in said:
        if one.kind == "gone":
            yield one.page + hosts.GONE, b""
            yield one.data_file + hosts.GONE, b""
        elif one.kind in ("moved", "choice") and one.page.startswith(f"{FILES}/"):
            yield one.page + hosts.MOVED, b""
            yield one.data_file + hosts.MOVED, b""


def copies(catalogue: Catalogue, site: Site) -> Iterator[File]:
    """The files that notes link to, and the theme's own."""
    content = catalogue.known.content
    for path, source in sorted(content.files.items()):
        if path not in content.left_out:
            yield path, (site.content / source).read_bytes()
    for path in catalogue.known.theme:
        yield f"theme/{path}", theme_file(site.theme, path)
