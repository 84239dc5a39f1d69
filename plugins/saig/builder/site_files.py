"""The files made from the whole site: indexes, files for web servers, copies."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment

from ..catalogue import addresses
from ..catalogue.catalogue import Catalogue
from ..catalogue.contacts import security_email
from ..catalogue.lookup import decoded
from ..cms import page as editor_page
from ..cms.editor import Editor
from ..documents.codes import codes, codes_document
from ..documents.uri import CATALOGUE
from ..notes import site as notes_site
from ..notes.address import as_url, encoded, file_of, typed
from ..notes.address_lists import Gone, Recorded
from ..notes.brand import files_of
from ..notes.files import FILES
from ..outputs import changes, data, hosts, search, sitemap
from ..outputs.linked import catalogue as linked
from ..outputs.linked.common import Site
from ..outputs.look import Look
from ..outputs.published_json import encode
from ..outputs.stylesheet import Colours, theme_file
from ..packs.law import Law
from ..themes import Theme
from ..words import Translator
from .page_table import PageTable

File = tuple[str, bytes]
"""A path from the output folder, and the contents."""

SEARCH = "search"
"""Represents the search files of all languages."""

COLUMNS_OF = {
    data.INDEX: ("listing", "moved"),
    data.CHANGES: ("listing",),
    data.ALL: ("listing",),
    SEARCH: ("search_entry",),
    CATALOGUE: ("block",),
    "sitemap.xml": ("location",),
    "_redirects": ("rule",),
    "next-change.json": ("until",),
}
"""File -> the columns of ``Page`` from which it is made."""


def found_in(lang: str) -> str:
    """Beside columns: that an entry changed which the search of a language finds."""
    return f"search_entry {lang}"


@dataclass(frozen=True)
class BuildConfig:
    """The input of a build beside the catalogue. ``url`` has no slash at its end.
    ``settings_digest``: of the settings that templates see. ``foundation``: see
    ``checking.foundation_of``. ``version``: what Git says of the work tree. ``preview``: the branch
    that is previewed, if any. ``editor``: the editor in the browser, if there is one."""

    content: Path
    theme: Theme
    url: str
    relative_urls: bool
    environment: Environment
    settings_digest: str
    foundation: Mapping[str, str]
    version: Callable[[], Mapping[str, Any]]
    preview: str | None = None
    editor: Editor | None = None


def of_the_site(catalogue: Catalogue, config: BuildConfig, pages: PageTable) -> Iterator[File]:
    """Files about the site for programs, except the index of documents."""
    yield data.CHANGES, changes.nothing_yet(config.url, pages.count_listed())
    yield "robots.txt", sitemap.robots(config.url)
    for lang in catalogue.site.languages:
        yield from _opensearch(catalogue.site, config.url, lang)
    if email := security_email(catalogue):
        catalogue.changes_on(sitemap.security_changes_on(catalogue.day))
        text = sitemap.security(config.url, email, catalogue.site.languages, catalogue.day)
        yield ".well-known/security.txt", text
    yield "next-change.json", data.next_change(config.url, pages.next_change())


def index_beside(
    catalogue: Catalogue, url: str, digests: Mapping[str, str]
) -> dict[str, list[dict[str, Any]]]:
    """The entries of the index beside documents: gone addresses and editors' files. ``digests``: of
    these files, by path."""
    files = [
        {
            "url": url + encoded(f"/{path}"),
            "title": path.rpartition("/")[2],
            "digest": f"sha256:{digests[path]}",
        }
        for path in sorted(catalogue.known.files())
    ]
    return {"gone": [_gone(catalogue, url, item) for item in catalogue.gone], "files": files}


def index(
    url: str,
    schema_version: str,
    pages: PageTable,
    shared: Mapping[str, bytes],
    beside: Mapping[str, Sequence[Mapping[str, Any]]],
) -> dict[str, bytes]:
    """The index of all documents, in parts. ``shared``: the files of ``for_programs``; ``beside``:
    see ``index_beside``."""
    said = []
    totals: dict[str, dict[str, int]] = {}
    for _, listing, kind, lang in pages.columns("listing", "kind", "lang"):
        said.append(listing)
        of_kind = totals.setdefault(kind, {})
        of_kind[lang] = of_kind.get(lang, 0) + 1
    moved = pages.column("moved")
    return data.index(url, schema_version, said, totals, moved=moved, shared=shared, **beside)


def for_programs(
    sites: Mapping[str, Mapping[str, Any]], words: Mapping[str, Translator], law: Law, url: str
) -> Iterator[File]:
    """What templates see beside a page's document, by language: the site's document, and the words
    for codes."""
    for lang, said in sites.items():
        yield addresses.site_data(lang), encode(said)
    for lang, own in words.items():
        yield addresses.codes(lang), encode(codes_document(own, law, url))


def _gone(catalogue: Catalogue, url: str, item: Gone) -> dict[str, Any]:
    """The index entry of a gone address: in its own language, with what is known of the page."""
    lang = addresses.language_of(catalogue.site, item.address)
    was = catalogue.gone_were.get(item.address, Recorded())
    see = item.see and (url + typed(item.see) if item.see.startswith("/") else item.see)
    return {
        "url": url + as_url(item.address),
        "title": item.title.text(lang),
        "title_lang": item.title.lang(lang),
        "kind": was.kind or None,
        "id": was.id or None,
        "lang": was.lang or lang,
        "date": item.date.isoformat(),
        "reason": item.reason.text(lang),
        "reason_lang": item.reason.lang(lang),
        "see": see,
    }


def _opensearch(site: notes_site.Site, url: str, lang: str) -> Iterator[File]:
    page = url + addresses.section(site, "search", lang)
    path = file_of(addresses.home(site, lang)).removesuffix("index.html") + "opensearch.xml"
    own = dict(files_of(site.brand)).get("icon")
    icon = f"{url}/{own or 'theme/img/icon.svg'}"
    yield path, search.description(site.name.text(lang), lang, page, icon)


def search_folder(site: notes_site.Site, lang: str) -> str:
    """The folder of the search page in the output folder, with a slash at its end."""
    return file_of(addresses.section(site, "search", lang)).removesuffix("index.html")


def search_files(url: str, folders: Mapping[str, str], pages: PageTable) -> dict[str, bytes]:
    """The search index of each language. ``folders``: language -> where its files are."""
    return {
        folders[lang] + name: content
        for lang, entries in pages.entries(folders).items()
        for name, content in search.files(url, lang, decoded(entries)).items()
    }


def linked_data(
    catalogue: Catalogue, url: str, words: Mapping[str, Translator], pages: PageTable
) -> dict[str, bytes]:
    """Contacts, services and norms in the vocabularies CPSV-AP and ELI, as Turtle."""
    site = catalogue.site
    topics = {
        name: {lang: title.text(lang) for lang in words if title.lang(lang) == lang}
        for name, title in site.topics.items()
    }
    tables = {lang: codes(translator, site.law) for lang, translator in words.items()}
    found = linked.catalogue(linked_site(catalogue, url), tables, topics, pages.column("block"))
    return {CATALOGUE: found}


def linked_site(catalogue: Catalogue, url: str) -> Site:
    """What linked data need of the site beside documents."""
    site = catalogue.site
    return Site(
        url, site.default_language, site.organisation, site.country, site.territory, site.law
    )


def for_servers(
    catalogue: Catalogue, config: BuildConfig, pages: PageTable, copied: Iterable[str]
) -> Iterator[File]:
    """Headers, redirects, and markers of gone pages (docs/decisions/0016). ``copied``: the paths of
    files of editors, theme and search."""
    homes = [addresses.home(catalogue.site, lang) for lang in catalogue.site.languages]
    lasting = filter(hosts.LASTING.fullmatch, copied)
    if config.editor:
        apart = {editor_page.ADMIN: editor_page.headers(config.editor.forge)}
        yield "_headers", hosts.headers(config.url, lasting, pages.column("path"), apart)
    else:
        yield "_headers", hosts.headers(config.url, lasting)
    yield "_redirects", hosts.redirects(config.url, pages.column("rule"), homes)
    for one in pages.where("kind", "gone"):
        yield one.path + hosts.GONE, b""
        yield one.data_file + hosts.GONE, b""
    for one in pages.where("kind", "moved", "choice"):
        if one.path.startswith(f"{FILES}/"):
            yield one.path + hosts.MOVED, b""
            yield one.data_file + hosts.MOVED, b""


def editor_files(catalogue: Catalogue, config: BuildConfig) -> dict[str, bytes]:
    """The files of the editor in the browser, if there is one, other than its program. They are not
    pages of the site."""
    return config.editor.files(catalogue.site, config.content, config.url) if config.editor else {}


def copies(catalogue: Catalogue, config: BuildConfig) -> Iterator[File]:
    """The files of ``content/files/`` that are published."""
    folder = catalogue.known.index
    for path, source in sorted(folder.files.items()):
        if path not in folder.left_out:
            yield path, (config.content / source).read_bytes()


def theme_copies(config: BuildConfig, look: Look, own: Colours) -> Iterator[File]:
    """The theme's files, each by two names: with a digest, for pages, and without, for all others.
    ``own``: the town's colours."""
    for path, name in look.names.items():
        data = theme_file(config.theme, path, own)
        yield f"theme/{path}", data
        yield f"theme/{name}", data
