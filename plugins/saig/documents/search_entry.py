"""A page's entry in the search index: a few words of its document (docs/decisions/0041)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any

from ..catalogue.entry import Entry
from ..notes.models import KINDS
from ..notes.slug import slugify
from . import plain
from .common import Document, DocumentBuilder

_HEADING = re.compile(r"<h[2-6][^>]*>(.*?)</h[2-6]>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


def search_entry(
    builder: DocumentBuilder, said: Document, entry: Entry | None
) -> dict[str, Any] | None:
    """A page's entry; None if the search should not find it. ``entry``: the page's note. Hidden
    notes are not found; of pages without a note only the first page of a topic, of a section in its
    usual order, and of bookings, unless it is empty.

    ``title`` and ``summary`` are shown. It is also found by ``short``, its other title, by
    ``names``, which mean it, and by ``more``, words about it.
    """
    kind = said["kind"]
    part = said[kind] if isinstance(said[kind], dict) else {}
    if entry is None:
        is_list = kind in ("topic", "booking") or (
            kind == "section" and said["id"] == part["section"]
        )
        if not is_list or part["is_empty"] or "/" in said["id"]:
            return None
        return _entry(said, said["title"], names=_of_list(builder, kind), state="current")
    if not entry.is_listed:
        return None
    short = said["title"] if kind == "norm" else builder.short_title(entry)
    state = builder.catalogue.state(entry)
    return _entry(
        said,
        builder.short_title(entry) if kind == "norm" else said["title"],
        short,
        _names(builder, said, entry),
        [*_labels(builder, part), *_headings(said["body_html"] or "")],
        state=state.word,
        until=part.get("state_until") if state.word == "current" else None,
        telephones=[
            [phone["shown"], phone["number"], phone["extensions"]] for phone in _telephones(part)
        ],
    )


def _telephones(part: dict[str, Any]) -> list[dict[str, Any]]:
    """The telephones of a contact, or of the contact that a service's first channel leads to."""
    found: list[dict[str, Any]] = part.get("telephones") or []
    return found or next((card["telephones"] for card in part.get("cards", ())), [])


def _of_list(builder: DocumentBuilder, kind: str) -> list[str]:
    _ = builder.words.gettext
    return [_("Where and how to book an appointment")] if kind == "booking" else []


def _entry(
    said: Document,
    title: str,
    short: str = "",
    names: Iterable[str] = (),
    more: Iterable[str] = (),
    *,
    state: str,
    until: str | None = None,
    telephones: list[Any] | None = None,
) -> dict[str, Any]:
    return {
        "kind": said["kind"] if said["kind"] in KINDS else "list",
        "lang": said["lang"],
        "date": said["date"] or "",
        "url": said["url"],
        "title": title,
        "summary": said["summary"] or "",
        "short": short if short != title else "",
        "names": (named := _fewest(names, f"{title} {short}")),
        "more": _fewest(more, f"{title} {short} {named} {said['summary']}"),
        "state": state,
        "until": until,
        "telephones": telephones or [],
    }


def _names(builder: DocumentBuilder, said: Document, entry: Entry) -> Iterator[str]:
    """All names in all languages, as people mix them."""
    part = said[said["kind"]]
    _ = builder.words.gettext
    yield from part["search_words"]
    yield from part.get("aliases", ())
    yield part.get("procedure_code") or ""
    if entry.kind != "notice":
        yield from (entry.words(lang).short_title or "" for lang in entry.languages)
    if entry.kind == "norm":
        yield f"{part['type'] or ''} {part['number'] or ''}/{part['year'] or ''}"
    if part.get("telephones"):
        yield _("Telephone")
    yield from part.get("emails", ())
    for one in part.get("identifiers", ()):
        yield one["value"]


def _labels(builder: DocumentBuilder, part: dict[str, Any]) -> Iterator[str]:
    """What one can do there: the words for its channels and facts."""
    _ = builder.words.gettext
    for way in part.get("channels", ()):
        yield plain.channel(builder.words, way["channel"])
        if way["appointment"] in ("required", "optional"):
            yield builder.section_name("booking").text(builder.lang)
    if part.get("emails"):
        yield _("E-mail")
    if part.get("address"):
        yield f"{_('Address')} {part['address']['street_address']}"
    if part.get("opening_hours"):
        yield _("Opening hours")
    yield part.get("bring") or ""
    yield part.get("audience") or ""


def _headings(html: str) -> Iterator[str]:
    for found in _HEADING.finditer(html):
        yield unescape(_TAG.sub("", found[1]))


def _fewest(texts: Iterable[str], shown: str) -> str:
    """The words of these texts without duplicates, and without those that are found anyway."""
    words = " ".join(texts).split()
    if not words:
        return ""
    seen = {slugify(word) for word in shown.split()}
    found = []
    for word in words:
        word = word.strip('.,;:()«»"“”¿?¡!…')
        slug = slugify(word)
        if word and slug not in seen:
            seen.add(slug)
            found.append(word)
    return " ".join(found)
