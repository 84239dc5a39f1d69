"""The days of a document for calendars: closures, seasons, deadlines, and days from which norms are
in force."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from ..catalogue.entry import Entry
from ..words import Translator
from . import plain
from .common import Document, DocumentBuilder, Facts

Season = tuple[str | None, str | None]
"""The first and the last day of something, as far as known."""


@dataclass(frozen=True)
class Day:
    """``id``: stays the same when days or words change. ``first`` to ``last``, both included.

    ``revised``: the day on which this was last changed or verified, if known.
    """

    id: str
    first: str
    last: str
    title: str
    text: str
    url: str
    lang: str
    text_lang: str
    revised: str | None


def days(builder: DocumentBuilder, document: Document, entry: Entry) -> list[Day]:
    """The days of a note's document."""
    kind, found = document["kind"], []
    if kind == "norm":
        found = list(_states(builder, document, entry))
    elif "valid_from" in document[kind]:
        found = list(_validity(builder, document))
    if kind == "contact":
        found += [*_seasons(builder, document, entry), *_closures(builder, document, entry)]
        found += _moves(builder, document, entry)
    if kind == "service":
        found += _ways(builder, document)
    return _numbered(found)


def _day(
    document: Document, what: str, first: str, last: str | None, title: str, text: str = ""
) -> Day:
    return Day(
        id=f"{document['kind']}/{document['id']}#{what}",
        first=first,
        last=last or first,
        title=title,
        text=text or document["summary"],
        url=document["url"],
        lang=document["lang"],
        text_lang=document["lang"],
        revised=revised(document),
    )


def revised(document: Facts) -> str | None:
    """The last day on which a note was changed, or its facts verified, as far as stated."""
    part: dict[str, Any] = document[document["kind"]]
    changes = [change["date"] for change in part["changes"]]
    checked = (part.get("checked") or {}).get("on")
    known = [document["date"], document["modified"], part.get("verified_on"), checked, *changes]
    return max(filter(None, known), default=None)


def _numbered(found: list[Day]) -> list[Day]:
    """Make ids unique: later ones of the same id get a number."""
    seen: Counter[str] = Counter()
    numbered = []
    for day in found:
        seen[day.id] += 1
        again = seen[day.id] > 1
        numbered.append(replace(day, id=f"{day.id}-{seen[day.id]}") if again else day)
    return numbered


def _states(builder: DocumentBuilder, document: Document, norm: Entry) -> Iterator[Day]:
    """The first day of each state of a norm: in force, suspended, repealed."""
    part, name = document["norm"], builder.short_title(norm)
    for state in part["life"]:
        if state["from"]:
            title = f"{name}: {state['said']}"
            is_entry = state["from"] == part["first_date_entry_in_force"]
            if is_entry and not builder.is_judgment(part):
                title = f"{builder.words.gettext('Entry into force')}: {name}"
            yield _day(document, state["state"], state["from"], None, title)


def _validity(builder: DocumentBuilder, document: Document) -> Iterator[Day]:
    part, _ = document[document["kind"]], builder.words.gettext
    first, last = part["valid_from"], part["valid_until"]
    said = {"title": document["title"]}
    if first and first != last:
        yield _day(document, "begins", first, None, _("Begins: %(title)s") % said)
    if last:
        yield _day(document, "ends", last, None, _("Last day: %(title)s") % said)


def _seasons(builder: DocumentBuilder, document: Document, contact: Entry) -> Iterator[Day]:
    """The beginning and end of hours, those of one season together."""
    part, words, _ = document["contact"], builder.words, builder.words.gettext
    seasons: dict[Season, list[Facts]] = {}
    for window in part["opening_hours"] + part["upcoming_hours"]:
        seasons.setdefault((window["valid_from"], window["valid_until"]), []).append(window)
    said = {"name": builder.short_title(contact)}
    for (first, last), windows in seasons.items():
        # Hours that others override are there twice, before and after these.
        text = "\n".join(dict.fromkeys(plain.opening(words, window) for window in windows))
        titles = (
            _("%(name)s: hours of the season") % said,
            _("%(name)s: the hours of the season begin") % said,
            _("%(name)s: last day of the hours of the season") % said,
        )
        labels = {(window["label"], window["label_lang"]) for window in windows}
        if len(labels) == 1 and (label := labels.pop())[1] == document["lang"]:
            titles = _titles(words, f"{said['name']}: {label[0]}")
        yield from _season(document, f"hours-{first}-{last}", (first, last), titles, text)


def _moves(builder: DocumentBuilder, document: Document, contact: Entry) -> Iterator[Day]:
    """The first day at each address after the first."""
    said = sorted(builder.plains(contact.facts.address), key=lambda one: one["valid_from"] or "")
    title = builder.words.gettext("%(name)s: new address") % {"name": builder.short_title(contact)}
    for one in said[1:]:
        first = one["valid_from"]
        yield _day(document, f"address-{first}", first, None, title, plain.address(one))


def _ways(builder: DocumentBuilder, document: Document) -> Iterator[Day]:
    """Channels of a service that begin or end."""
    part, words = document["service"], builder.words
    for way in part["channels"] + part["upcoming_channels"]:
        season = way["valid_from"], way["valid_until"]
        titles = _titles(words, f"{document['title']}: {plain.channel(words, way['channel'])}")
        text = "\n".join(filter(None, [plain.way(words, way), way["if_no_slot"]]))
        what = f"{way['channel']}-{season[0]}-{season[1]}"
        yield from _season(document, what, season, titles, text)


def _titles(words: Translator, title: str) -> tuple[str, str, str]:
    """The titles of a season of one day, of its first day and of its last."""
    said = {"title": title}
    begins, ends = words.gettext("Begins: %(title)s"), words.gettext("Last day: %(title)s")
    return title, begins % said, ends % said


def _season(
    document: Document, what: str, season: Season, titles: tuple[str, str, str], text: str
) -> Iterator[Day]:
    """A season's first and last day, as far as known: entries for the days in between would be
    noise. ``titles``: see ``_titles``."""
    first, last = season
    whole, begins, ends = titles
    if first:
        yield _day(document, what, first, None, whole if first == last else begins, text)
    if last and last != first:
        # If only one day of a season is known, its id is the same whichever it is.
        yield _day(document, f"{what}-ends" if first else what, last, None, ends, text)


def _closures(builder: DocumentBuilder, document: Document, contact: Entry) -> Iterator[Day]:
    """Closures. The site's holidays have the same ids for all contacts."""
    _, name = builder.words.gettext, builder.short_title(contact)
    holidays = builder.plains(builder.catalogue.holidays)
    for closure in document["contact"]["closures"]:
        first, label = closure["from"], closure["label"]
        title = _("%(name)s: closed") % {"name": name}
        day = _day(document, f"closed-{first}", first, closure["until"], title, label)
        if label:
            day = replace(day, text_lang=closure["label_lang"])
        if closure in holidays:
            title = _("Closed: %(holiday)s") % {"holiday": label}
            day = replace(day, id=f"holiday/{first}", title=title, text="", url="", revised=None)
        yield day
