"""Feeds of what is new and of what changed, as Atom (RFC 4287) and JSON Feed 1.1."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from feedgenerator import Atom1Feed

from .data import encode

ENTRIES = 50
"""Entries of a feed: enough for who reads it once a week."""


@dataclass(frozen=True)
class Head:
    """Whose feed it is: the page that it stands beside, and how the site is called."""

    kind: str
    url: str
    lang: str
    title: str
    summary: str
    site_name: str

    @property
    def name(self) -> str:
        return self.site_name if self.kind == "home" else f"{self.title} · {self.site_name}"


@dataclass(frozen=True)
class Item:
    """One thing that happened to a note on a day."""

    id: str
    url: str
    lang: str
    title: str
    text: str
    day: str


def newest(items: Iterable[Item]) -> list[Item]:
    """What a feed says of all that happened, the newest first."""
    found = sorted(items, key=lambda item: item.id)
    return sorted(found, key=lambda item: item.day, reverse=True)[:ENTRIES]


def items(document: Mapping[str, Any]) -> Iterator[Item]:
    """What happened to a document's note: it came, what an editor changed, what came by itself (it
    is over, its norm was repealed), and that it was withdrawn."""
    part = document[document["kind"]]
    url, lang, title = document["url"], document["title_lang"], document["title"]
    if document["kind"] == "gone":
        yield Item(url, url, lang, title, part["reason"], part["withdrawn"])
        return
    if document["date"]:
        yield Item(url, url, lang, title, document["summary"], document["date"])
    # Changes come newest first; counted from the oldest, a number stays with its change.
    for number, change in enumerate(reversed(part["changes"]), start=1):
        anchor = f"{url}#change_{number}"
        yield Item(anchor, url, lang, title, change["text"], change["date"])
    for event in part["events"]:
        yield Item(f"{url}#{event['id']}", url, lang, title, event["text"], event["date"])


def json_feed(head: Head, entries: Sequence[Item], zone: ZoneInfo) -> bytes:
    """The feed of a list's page. https://www.jsonfeed.org/version/1.1/"""
    return encode(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": head.name,
            "home_page_url": head.url,
            "feed_url": head.url + "feed.json",
            "language": head.lang,
            "items": [
                {
                    "id": item.id,
                    "url": item.url,
                    "title": item.title,
                    "content_text": item.text,
                    "date_published": _instant(item, zone).isoformat(),
                    "language": item.lang,
                }
                for item in entries
            ],
        }
    )


def atom_feed(head: Head, entries: Sequence[Item], zone: ZoneInfo) -> bytes:
    feed = _Atom(
        title=head.name,
        link=head.url,
        description=head.summary or None,
        language=head.lang,
        feed_url=head.url + "feed.atom",
        author_name=head.site_name,
    )
    for item in entries:
        instant = _instant(item, zone)
        feed.add_item(
            title=item.title,
            link=item.url,
            description=item.text,
            unique_id=item.id,
            unique_id_is_permalink=True,
            pubdate=instant,
            updateddate=instant,
        )
    return str(feed.writeString("utf-8")).encode()


class _Atom(Atom1Feed):  # type: ignore[misc]
    def latest_post_date(self) -> datetime.datetime:
        """An empty feed says the same each time, and not the time of the build."""
        if not self.items:
            return datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
        return super().latest_post_date()  # type: ignore[no-any-return]


def _instant(item: Item, zone: ZoneInfo) -> datetime.datetime:
    """A civil date as the instant that feeds want: the day's beginning where the site is."""
    return datetime.datetime.combine(datetime.date.fromisoformat(item.day), datetime.time(), zone)
