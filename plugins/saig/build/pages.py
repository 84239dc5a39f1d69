"""Pages: each said, and rendered, only if what it depends on is not what it was."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from ..catalogue.addresses import LISTED
from ..catalogue.catalogue import Catalogue
from ..catalogue.memory import Answer, Work, traced_work
from ..documents.common import Document, Speaker
from ..documents.days import days
from ..documents.every import Saying
from ..notes.address import file_of
from ..notes.internal_errors import guarded
from ..notes.problem import Problem
from ..outputs import data, feeds, hosts, sitemap
from ..outputs.calendar import Entry, calendar, entries
from ..outputs.card import card
from ..outputs.html import Renderer
from .inputs import digest
from .store import packed, unpacked
from .write import Folder, Written

Ref = tuple[str, str]
"""A note as a document names it: its kind and its id."""


OF_DOCUMENT = {"contact": ("contact.vcf", "sheet.html")}
"""What else is made of a document, beside its page. A page has the template of its name."""


def templates_of(kind: str) -> list[str]:
    """The templates of all that is made of a document."""
    return [f"{kind}.html", *(name for name in OF_DOCUMENT.get(kind, ()) if name.endswith(".html"))]


@dataclass(frozen=True)
class Said:
    """What the rest of the site needs to know of a document.

    ``page``: its file. ``digest``: of its JSON; ``has_data``: whether that is published. ``listing``,
    ``location`` and ``rule``: its entries in the index, the site map and the redirects. ``about``:
    whose news the feed beside it has: all notes', those of a kind, or those named; None if there is
    no feed. ``dates``: what calendars have of it. ``news`` and ``days``: digests of its items and of
    its dates.
    """

    kind: str
    id: str
    lang: str
    page: str
    digest: str
    has_data: bool
    listing: str | None
    location: str | None
    rule: str | None
    head: feeds.Head | None
    about: str | tuple[Ref, ...] | None
    items: tuple[feeds.Item, ...]
    news: str
    dates: tuple[Entry, ...]
    days: str

    @property
    def data_file(self) -> str:
        return self.page.removesuffix("html") + "json"

    @property
    def rendered(self) -> list[str]:
        """The files that are made of the document: its page, and what stands beside it."""
        return [self.page, *map(self.beside, OF_DOCUMENT.get(self.kind, ()))]

    def beside(self, name: str) -> str:
        """A file of that name in the folder of the page."""
        return self.page.removesuffix("index.html") + name


@dataclass(frozen=True)
class Around:
    """What all pages of a language have in common. ``keys``: of a page by its template, all but its
    document."""

    speaker: Speaker
    site: Mapping[str, Any]
    renderer: Renderer
    keys: Mapping[str, str]

    def said(self, document: Document, encoded: bytes) -> Said:
        catalogue = self.speaker.catalogue
        page = file_of(document["url"][len(self.speaker.site_url) :])
        has_data = page.endswith("index.html")
        is_listed = has_data and _is_listed(catalogue, document)
        found = sha256(encoded).hexdigest()
        about = _about(document, catalogue)
        note = catalogue.get(document["kind"], document["id"]) if is_listed else None
        organisation, day = catalogue.site.organisation, catalogue.day.isoformat()
        has_news = note or document["kind"] == "gone"
        items = tuple(feeds.items(document, organisation, day)) if has_news else ()
        dates = entries(days(self.speaker, document, note), self.site["root"]) if note else ()
        return Said(
            kind=document["kind"],
            id=document["id"],
            lang=self.speaker.lang,
            page=page,
            digest=found,
            has_data=has_data,
            listing=data.listing(document, found) if is_listed else None,
            location=sitemap.location(document, catalogue.site.default_language)
            if is_listed and not document[document["kind"]].get("is_empty")
            else None,
            rule=hosts.rule(document),
            head=None if about is None else _head(document, organisation, self.site["name"]),
            about=about,
            items=items,
            news=digest(items) if items else "",
            dates=dates,
            days=digest(dates) if dates else "",
        )

    def render(self, path: str, encoded: bytes) -> bytes:
        """A file of a document as it is published: whoever reads that can make the same."""
        document, name = json.loads(encoded), path.rpartition("/")[2]
        if name == "contact.vcf":
            return card(document, self.site["root"], self.speaker.words)
        is_beside = name in OF_DOCUMENT.get(document["kind"], ())
        template = name if is_beside else f"{document['kind']}.html"
        page = self.renderer.render(template, document, self.site, self.speaker.words)
        return page.encode()

    def key(self, said: Said) -> str:
        return digest(self.keys[said.kind], said.digest)


def _is_listed(catalogue: Catalogue, document: Document) -> bool:
    entry = catalogue.get(document["kind"], document["id"])
    return document["kind"] not in ("gone", "moved", "choice") and not (
        entry and entry.facts.status == "hidden"
    )


def _about(page: Document, catalogue: Catalogue) -> str | tuple[Ref, ...] | None:
    """A feed stands beside the home page, each section, topic, department and norm (contract §3)."""
    kind, part = page["kind"], page[page["kind"]]
    if kind == "home":
        return "all"
    if kind == "section" and part["section"] in LISTED and part["view"] in (None, "state"):
        return str(part["section"]).removesuffix("s")
    lists = {
        "topic": ("contacts", "services", "notices", "norms", "pages"),
        "contact": ("services", "notices", "norms"),
        "norm": ("explained_in", "cited_in"),
    }.get(kind)
    if lists is None:
        return None
    own = [(kind, page["id"])] if catalogue.get(kind, page["id"]) else []
    return (*own, *((ref["kind"], ref["id"]) for name in lists for ref in part[name]))


def _head(page: Document, organisation: str, site_name: str) -> feeds.Head:
    return feeds.Head(
        page["kind"],
        page["id"],
        page["url"],
        page["lang"],
        page["title"],
        page["summary"],
        organisation,
        site_name,
    )


# -- making --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Task:
    """A page to be made or written. ``said``: what is remembered of its document; ``kept``: packed
    bytes of its files, by digest."""

    name: str
    around: Around
    saying: Saying
    said: Said | None = None
    kept: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def path(self) -> str | None:
        """The file of the note whose page it is; None if it is no note's."""
        note = self.saying.note
        return note.note(self.around.speaker.lang).source.path if note else None


@dataclass(frozen=True)
class Made:
    """``work``: if its document was said anew. ``rendered``: the digests of its files. ``new``:
    packed bytes of what is not kept yet, by digest."""

    name: str
    said: Said
    work: Work[Said] | None
    rendered: dict[str, str]
    files: list[Written]
    new: dict[str, bytes]


def make(
    task: Task, folder: Folder, answer: Answer, before: Mapping[str, tuple[str, str]]
) -> Made | Problem:
    """Say, render and write a page, as far as that is still to be done. In any process. A problem if
    Saig fails at a note's own page.

    ``before``: of each file of the last build, the key of what it was made of and its digest.
    """
    work = partial(_make, task, folder, answer, before)
    path = task.path
    return guarded(path, work) if path else work()


def _make(
    task: Task, folder: Folder, answer: Answer, before: Mapping[str, tuple[str, str]]
) -> Made:
    said, encoded, work = task.said, None, None
    if said is None:
        done = traced_work(partial(_say, task), answer)
        said, encoded = done.result
        work = Work(said, done.asked)
    kept = None if encoded else unpacked(task.kept, said.digest)
    encoded = encoded or kept or _say(task)[1]
    key = task.around.key(said)
    files, new = [], {}
    for path in said.rendered:
        key_before, found = before.get(path, ("", ""))
        there = folder.standing(path, found) if key_before == key else None
        if not there:
            kept_file = unpacked(task.kept, found)
            content = kept_file or task.around.render(path, encoded)
            found = sha256(content).hexdigest()
            there = folder.put(path, content, found)
            if not kept_file:
                new[found] = packed(content)
        files.append(there)
    rendered = {written.path: written.digest for written in files}
    if said.has_data:
        files.append(folder.put(said.data_file, encoded, said.digest))
        if not kept and before.get(said.data_file) != ("", said.digest):
            new[said.digest] = packed(encoded)
    return Made(task.name, said, work, rendered, files, new)


def _say(task: Task) -> tuple[Said, bytes]:
    document = task.saying.say()
    encoded = data.encode(document)
    return task.around.said(document, encoded), encoded


# -- feeds and calendars -------------------------------------------------------------------------


@dataclass(frozen=True)
class Feed:
    """Files of what several documents say, to be made or written, as a ``Task`` is."""

    files: tuple[str, ...]
    head: feeds.Head
    about: Sequence[Said]
    key: str


def feeds_of(said: Collection[Said], zone: str) -> Iterator[Feed]:
    """The feeds of a site, with the documents whose news they have."""
    notes = _by_note(one for one in said if one.items and one.kind != "gone")
    gone = [one for one in said if one.items and one.kind == "gone"]
    for one in said:
        if one.head is not None:
            about = _spoken(one, notes)
            if one.about == "all":
                about += [other for other in gone if other.lang == one.lang]
            key = digest(zone, one.head, [note.news for note in about])
            yield Feed((one.beside("feed.atom"), one.beside("feed.json")), one.head, about, key)


def calendars_of(said: Collection[Said], zone: str) -> Iterator[Feed]:
    """The calendars: the site's, and each department's."""
    notes = _by_note(one for one in said if one.dates)
    for one in said:
        if one.head is not None and one.kind in ("home", "contact"):
            about = _spoken(one, notes)
            key = digest(zone, one.head, [note.days for note in about])
            yield Feed((one.beside("calendari.ics"),), one.head, about, key)


def _by_note(said: Iterable[Said]) -> dict[Ref, dict[str, Said]]:
    """The documents of each note by their languages."""
    notes: dict[Ref, dict[str, Said]] = {}
    for one in said:
        notes.setdefault((one.kind, one.id), {})[one.lang] = one
    return notes


def _spoken(one: Said, notes: Mapping[Ref, Mapping[str, Said]]) -> list[Said]:
    """The documents that a page is about, in its language. What is not translated is there in its
    own language, as in lists: an office is closed, and a street cut, in both."""
    names: Iterable[Ref] = notes
    if isinstance(one.about, tuple):
        names = [name for name in one.about if name in notes]
    elif one.about != "all":
        names = [name for name in notes if name[0] == one.about]
    found = [notes[name] for name in names]
    return [each.get(one.lang) or next(iter(each.values())) for each in found]


def make_feed(feed: Feed, folder: Folder, zone: str) -> tuple[list[Written], dict[str, bytes]]:
    """The files of a feed, and their packed bytes by digest. In any process."""
    files, new = [], {}
    for path in feed.files:
        content = _feed(feed, path.rpartition(".")[2], zone)
        found = sha256(content).hexdigest()
        files.append(folder.put(path, content, found))
        new[found] = packed(content)
    return files, new


def _feed(feed: Feed, ending: str, zone: str) -> bytes:
    if ending == "ics":
        return calendar(feed.head, (entry for note in feed.about for entry in note.dates), zone)
    news = feeds.newest((item for note in feed.about for item in note.items), feed.head.lang)
    make_one = feeds.atom_feed if ending == "atom" else feeds.json_feed
    return make_one(feed.head, news, ZoneInfo(zone))
