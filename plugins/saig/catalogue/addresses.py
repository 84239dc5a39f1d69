"""The addresses of everything on the site, as paths from its root."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..languages import broader
from ..notes.address import whole as whole
from ..notes.models import FOLDERS, KINDS
from ..notes.read import Note
from ..notes.site import RESERVED, TAKEN, Site

SECTION_OF = {kind: folder for folder, kind in FOLDERS.items()}
"""Kind of note -> its section. Pages have no section: they are directly below the root."""

LISTED = ("contacts", "services", "norms", "notices")
"""Sections that list notes, in the order of the menu."""

NORM_VIEWS = {
    "type": {"ca": "per-tipus", "es": "por-tipo", "en": "by-type"},
    "year": {"ca": "per-any", "es": "por-ano", "en": "by-year"},
    "topic": {"ca": "per-tema", "es": "por-tema", "en": "by-topic"},
    "relations": {"ca": "relacions", "es": "relaciones", "en": "relations"},
}
"""The last parts of the addresses of the other views of the norms, unless ``address_words`` in
site.yaml sets them. Languages that are not here use the English word."""

VIEW_FIELDS = {
    "type": "by_type",
    "year": "by_year",
    "topic": "by_topic",
    "relations": "relations",
}
"""View -> the field of ``address_words`` with its word."""

CALENDARS = {"ca": "calendari", "en": "calendar"}
"""The name of calendar files, by the site's default language, unless ``address_words`` sets it."""


def home(site: Site, lang: str) -> str:
    return "/" if lang == site.default_language else f"/{lang}/"


def section(site: Site, name: str, lang: str) -> str:
    return f"{home(site, lang)}{site.sections.slug_of(name, lang)}/"


def topic(site: Site, name: str, lang: str) -> str:
    return f"{section(site, 'topics', lang)}{name}/"


def norm_view(site: Site, view: str, lang: str) -> str:
    words = site.address_words
    given = getattr(words, VIEW_FIELDS[view]) if words else None
    name = given.root.get(lang) if given else None
    return f"{section(site, 'norms', lang)}{name or _usual(NORM_VIEWS[view], lang)}/"


def calendar(site: Site) -> str:
    """The name of calendar files, the same in all languages."""
    words = site.address_words
    name = (words and words.calendar) or _usual(CALENDARS, site.default_language)
    return f"{name}.ics"


def _usual(words: Mapping[str, str], lang: str) -> str:
    return next((words[code] for code in broader(lang) if code in words), words["en"])


def further(there: str, number: int) -> str:
    """The address of a page of a list. ``there``: the address of the list's first page."""
    return f"{there}{number}/" if number > 1 else there


def of_further(there: str) -> tuple[str, int | None]:
    """Split an address that ends in a number (a page of a list, or a year): the address above, and
    the number, or None if there is no number."""
    above, _, last = there.rstrip("/").rpartition("/")
    is_number = last.isascii() and last.isdigit() and last[0] != "0" and len(last) < 8
    return f"{above}/", int(last) if is_number else None


def of_note(site: Site, note: Note) -> str:
    lang = note.source.lang
    if note.source.kind == "page":
        return f"{home(site, lang)}{note.slug}/"
    return f"{section(site, SECTION_OF[note.source.kind], lang)}{note.slug}/"


def language_of(site: Site, address: str) -> str:
    """The language that an address is in."""
    first = address.strip("/").partition("/")[0]
    return first if first in site.languages[1:] else site.default_language


def api(site: Site, lang: str) -> str:
    """The page that describes the site's interface for programs."""
    return f"{home(site, lang)}api/"


OPENAPI = "api/v1/openapi.json"
"""The description of the interface for programs (OpenAPI), from the site's root."""


def pages(site: Site) -> dict[str, str]:
    """The addresses of pages that do not depend on notes -> what each page is: a kind of document,
    or a section."""
    found: dict[str, str] = {}
    for lang in site.languages:
        found |= {norm_view(site, view, lang): "norm view" for view in NORM_VIEWS}
        found |= {topic(site, name, lang): "topic" for name in site.topics}
        found |= {
            section(site, name, lang): name for name in (*LISTED, "topics", "booking", "search")
        }
        found[home(site, lang)] = "home"
        found[api(site, lang)] = "api"
    return found


def reserved(site: Site) -> set[str]:
    """The addresses that no note may have."""
    folders = {home(site, lang) for lang in site.languages}
    folders |= {section(site, name, lang) for name in LISTED for lang in site.languages}
    names = {f"{folder}{name}/" for folder in folders for name in TAKEN}
    languages = map(str.lower, site.languages)
    return {*pages(site), *names} | {f"/{name}/" for name in (*RESERVED, *languages)}


def is_of_list(kind: str, address: str) -> bool:
    """Whether an address is reserved for a list of the note's section: a year, or a further
    page."""
    return kind != "page" and address.rstrip("/").rpartition("/")[2].isdigit()


DOCUMENTS = (
    *KINDS,
    "home",
    "section",
    "list",
    "relations",
    "topic",
    "booking",
    "search",
    "api",
    "gone",
    "moved",
    "choice",
)
"""The kinds of documents, each of which has its schema."""

WHOLE = ("site", "codes", "index", "version", "next-change", "changes", "publication")
"""Documents about the whole site: not pages, but each has a schema."""


def schema(kind: str) -> str:
    """The file of a schema, from the site's root."""
    return f"api/v1/schemas/{kind}.json"


def site_data(lang: str) -> str:
    """The file of the site's own document in a language, from the site's root."""
    return f"api/v1/site/{lang}.json"


def codes(lang: str) -> str:
    """The file of the words for all codes in a language, from the site's root."""
    return f"api/v1/codes/{lang}.json"


FEEDS = ("feed.atom", "feed.json")
"""The feeds beside a page that has any."""

BESIDE = {
    "home": FEEDS,
    **dict.fromkeys((*LISTED, "topic", "norm"), FEEDS),
    "contact": (*FEEDS, "contact.vcf", "sheet.html"),
    "search": ("search.json",),
}
"""Kind of page -> the files beside it, other than ``index.json`` and the calendar."""

WITH_CALENDAR = ("home", "contact")
"""The kinds of documents that have a calendar beside their page."""


def beside(site: Site, page: str) -> tuple[str, ...]:
    """The names of the files beside a page. ``page``: its kind, as in ``pages``."""
    calendars = (calendar(site),) if page in WITH_CALENDAR else ()
    return ("index.json", *BESIDE.get(page, ()), *calendars)


def of_whole(site: Site) -> Iterator[str]:
    """The addresses of files that are made of the whole site."""
    yield from (f"/{name}" for name in ("sitemap.xml", "robots.txt", "version.json"))
    yield from ("/next-change.json", "/api/v1/index.json", "/api/v1/all.ndjson")
    yield from ("/api/v1/changes/index.json", "/api/v1/catalogue.ttl")
    yield f"/{OPENAPI}"
    yield from (f"/{schema(kind)}" for kind in (*DOCUMENTS, *WHOLE))
    yield from (f"/{site_data(lang)}" for lang in site.languages)
    yield from (f"/{codes(lang)}" for lang in site.languages)
    yield from (f"{home(site, lang)}404.html" for lang in site.languages)
    yield from (f"{home(site, lang)}opensearch.xml" for lang in site.languages)


def is_kept(address: str) -> bool:
    """Whether an address is in a part of the site that is reserved for things other than notes."""
    first = whole(address).strip("/").partition("/")[0]
    return first in (set(RESERVED) - {"admin", "files"}) or first in ("_headers", "_redirects")
