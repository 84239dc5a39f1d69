"""Feeds of new and changed notes; and JSON Feed 1.1."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from .published_json import encode

ENTRIES = 50
"""Entries of a feed: enough for weekly readers."""


def name_of(site: str, kind: str, identifier: str, lang: str, what: str = "") -> str:
    """The id of an entry, independent of addresses and titles: a ``tag:`` URI (RFC 4151;
    docs/decisions/0026). ``site``: the organisation's id. ``what``: the event."""
    return f"tag:{site},2020:{kind}/{identifier}/{lang}" + (f"#{what}" if what else "")


@dataclass(frozen=True)
class Head:
    """The feed's own data: the page beside it, and the site's name.

    ``site``: as in ``name_of``; ``changes``: where programs find what each publication changed;
    ``calendar``: the name of the calendar beside it, if any.
    """

    kind: str
    id: str
    url: str
    lang: str
    title: str
    summary: str
    site: str
    site_name: str
    changes: str | None = None
    calendar: str = ""

    @property
    def name(self) -> str:
        return self.site_name if self.kind == "home" else f"{self.title} · {self.site_name}"

    @property
    def feed_id(self) -> str:
        return name_of(self.site, f"feed/{self.kind}", self.id, self.lang)


@dataclass(frozen=True)
class Item:
    """An event of a note. ``lang``: of the title; ``text_lang``: of the text. ``published``: None
    if it is not known when the note was published. ``what``: the same in every language."""

    id: str
    url: str
    lang: str
    title: str
    text: str
    text_lang: str
    published: str | None
    updated: str
    what: str

    @property
    def day(self) -> str:
        return self.published or self.updated


def newest(found: Iterable[Item], lang: str) -> list[Item]:
    """The latest items, the newest first. An event of several notes, such as the end of a norm that
    they name, is included once, in the feed's language if possible."""

    def rank(item: Item) -> tuple[bool, bool]:
        return item.lang == lang, item.text_lang == item.lang

    each: dict[str, Item] = {}
    for item in found:
        if item.what not in each or rank(item) > rank(each[item.what]):
            each[item.what] = item
    by_name = sorted(each.values(), key=lambda item: item.id)
    last = sorted(by_name, key=lambda item: item.updated, reverse=True)[:ENTRIES]
    return sorted(sorted(last, key=lambda item: item.id), key=lambda item: item.day, reverse=True)


def items(document: Mapping[str, Any], site: str, day: str) -> Iterator[Item]:
    """The events of a document's note until a day: its publication, changes by editors, events by
    dates (it is over, its norm was repealed), and its withdrawal."""
    kind, lang, part = document["kind"], document["lang"], document[document["kind"]]

    def item(what: str, text: str, published: str | None, updated: str) -> Item:
        return _item(site, document, what, text, lang, published, updated)

    came, updated = document["date"], document["updated"]
    if kind == "gone":
        if came <= day:
            root = document["$schema"].removesuffix("/api/v1/schemas/gone.json")
            there = document["url"].removeprefix(root).strip("/")
            note = {**document, "id": quote(there)}  # two addresses may have had one id
            yield _item(site, note, "", part["reason"], part["reason_lang"], came, came)
        return
    if updated and (came or document["modified"]) and not (came and came > day):
        yield item("", document["summary"], came, updated)
    seen: Counter[str] = Counter()
    for change in part["changes"]:  # those of one day in the order of the file
        on = change["date"]
        seen[on] += 1
        yield item(f"change-{on}-{seen[on]}", change["text"], on, on)
    for event in part["events"]:
        on, of = event["date"], event["of"]
        if of is None:
            yield item(event["id"], event["text"], on, on)
        else:  # as the norm's own event, so that it is the same for all notes that name the norm
            yield _item(site, of["norm"], of["id"], of["text"], lang, on, on)


def _item(
    site: str,
    note: Mapping[str, Any],
    what: str,
    text: str,
    text_lang: str,
    published: str | None,
    updated: str,
) -> Item:
    """``note``: a document, or a reference to a note."""
    kind, identifier, lang = note["kind"], note["id"], note["lang"]
    return Item(
        name_of(site, kind, identifier, lang, what),
        note["url"],
        note.get("title_lang") or lang,  # for a gone page it may differ
        note["short_title" if kind == "norm" else "title"],  # a norm's full name is long
        text,
        text_lang,
        published,
        updated,
        f"{kind}/{identifier}#{what}",
    )


def json_feed(head: Head, entries: Sequence[Item], zone: ZoneInfo) -> bytes:
    """The feed as JSON Feed, https://www.jsonfeed.org/version/1.1/"""
    return encode(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": head.name,
            "home_page_url": head.url,
            "feed_url": head.url + "feed.json",
            "language": head.lang,
            **({"_changes": {"url": head.changes}} if head.changes else {}),
            "items": [_json_item(item, zone) for item in entries],
        }
    )


def _json_item(item: Item, zone: ZoneInfo) -> dict[str, str]:
    days = {"date_published": item.published, "date_modified": item.updated}
    return {
        "id": item.id,
        "url": item.url,
        "title": item.title,
        "content_text": item.text,
        **{name: instant(day, zone) for name, day in days.items() if day},
        "language": item.lang,
    }


@lru_cache(4000)
def instant(day: str, zone: ZoneInfo) -> str:
    """A date as the instant that feeds need: the beginning of the day in the site's time zone."""
    date = datetime.date.fromisoformat(day)
    return datetime.datetime.combine(date, datetime.time(), zone).isoformat()
