"""What happened to a note by itself, by its dates and those of other norms: for feeds.

Changes by editors are in ``changes``. Events are the others: a notice is over, a norm is repealed
or amended, or that happened to a norm that the note names.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any, NamedTuple

from ..catalogue.entry import Entry
from ..catalogue.mentions import norms_relied_on
from ..catalogue.norms import Done
from ..notes.localized_text import LocalizedText
from .common import DocumentBuilder
from .force_words import done_words
from .provision_words import provision_words

Date = datetime.date
Event = dict[str, Any]

OVER = ("expired", "superseded")


class Days(NamedTuple):
    """A period, both ends included."""

    first: Date
    last: Date

    def __contains__(self, day: object) -> bool:
        return isinstance(day, Date) and self.first <= day <= self.last


def events(builder: DocumentBuilder, entry: Entry) -> list[Event]:
    """What happened since the note was published until today, the newest first. For a note without
    a date, events of a norm that it names are included from that norm's date on. ``of``: that norm,
    and the event as an event of its own."""
    found = [*_own(builder, entry), *_of_norms(builder, entry)]
    found.sort(key=lambda event: (event["date"], event["id"]), reverse=True)
    return [{**event, "date": event["date"].isoformat()} for event in found]


def _own(builder: DocumentBuilder, entry: Entry) -> Iterator[Event]:
    days = Days(entry.date or Date.min, builder.catalogue.day)
    of_kind = _of_norm if entry.kind == "norm" else _of_note
    for event in of_kind(builder, entry, days):
        yield {**{name: event[name] for name in ("id", "kind", "date", "text")}, "of": None}


def _of_note(builder: DocumentBuilder, entry: Entry, days: Days) -> Iterator[Event]:
    state, words = builder.catalogue.state(entry), builder.words
    if state.since and state.since in days and state.word in OVER:
        said = {
            "expired": words.gettext("It no longer holds."),
            "superseded": _replaced(builder, entry),
        }[state.word]
        yield {
            "id": f"{state.word}-{state.since}",
            "kind": "over",
            "date": state.since,
            "text": said,
        }


def _replaced(builder: DocumentBuilder, entry: Entry) -> str:
    """The notes that took its place, on the day on which it was over."""
    catalogue, words = builder.catalogue, builder.words
    since = catalogue.state(entry).since or Date.max
    names = [builder.short_title(other) for on, other in catalogue.taken_by(entry) if on <= since]
    return words.gettext("Its place is taken by: %(names)s.") % {"names": words.list(names)}


def _of_norm(builder: DocumentBuilder, norm: Entry, days: Days) -> Iterator[Event]:
    """A norm's events within a period. They are cached, as many notes name a norm, for different
    periods."""
    name = f"events {builder.lang} {norm.name}"
    found = builder.catalogue.once(name, lambda: list(_all_of_norm(builder, norm)))
    return (event for event in found if event["date"] in days)


def _all_of_norm(builder: DocumentBuilder, norm: Entry) -> Iterator[Event]:
    """One event for each day on which its state changed, or other norms did something to it."""
    states, done = _states(builder, norm), _done(builder, norm)
    for day in states.keys() | done.keys():
        state = states.get(day)
        text = builder.words.gettext("State: %(state)s.") % {"state": state}
        said = [text] if state else []
        yield {
            "id": f"state-{day}" if said else f"relation-{day}",
            "kind": "state" if said else "relation",
            "date": day,
            "text": " ".join([*said, *done.get(day, ())]),
            "state": state,
        }


def _states(builder: DocumentBuilder, norm: Entry) -> dict[Date, str]:
    """The days on which its state changed, and the new state in words."""
    return {
        state.since: builder.norm_words(state, norm.identity)
        for state in builder.catalogue.life(norm)
        if state.since and state.word != "unknown"
    }


def _done(builder: DocumentBuilder, norm: Entry) -> dict[Date, list[str]]:
    """What was done to it, by the day from which it holds."""
    found: dict[Date, list[str]] = {}
    for effect in builder.catalogue.done_to(norm.name):
        if not effect.begins:
            continue
        provisions = provision_words(effect.provisions, builder.lang)
        done, by = done_words(builder.words, effect.type, provisions), _by(builder, effect)
        if done and by:
            text = f"{done}: {by}"
            if provisions:
                text += f" ({builder.words.list(provisions)})"
            found.setdefault(effect.begins, []).append(f"{text}.")
    return found


def _by(builder: DocumentBuilder, effect: Done) -> str:
    """What acts, in words; empty if it is not shown."""
    if effect.act:
        return LocalizedText.model_construct(root=effect.act).text(builder.lang)
    acting = builder.catalogue.norm(effect.by) if effect.by else None
    return builder.short_title(acting) if acting and acting.is_listed else ""


def _of_norms(builder: DocumentBuilder, entry: Entry) -> Iterator[Event]:
    """Events of the norms that a note names, from when the note was published until it was over."""
    if entry.kind == "norm":
        return
    state = builder.catalogue.state(entry)
    over = state.since if state.word in OVER and state.since else Date.max
    last = min(over, builder.catalogue.day)
    for norm in norms_relied_on(builder.catalogue, entry):
        for event in _of_norm(builder, norm, Days(entry.date or norm.date or Date.min, last)):
            yield {
                "id": f"norm-{norm.id}-{event['date']}",
                "kind": event["kind"],
                "date": event["date"],
                "text": _said_of(builder, norm, event),
                "of": {"norm": builder.ref(norm), "id": event["id"], "text": event["text"]},
            }


def _said_of(builder: DocumentBuilder, norm: Entry, event: Event) -> str:
    """An event of a norm, in the words of a page that names the norm."""
    gettext, name = builder.words.gettext, builder.short_title(norm)
    if event["state"]:
        text = gettext("The norm %(norm)s, which this page relies on: %(state)s.")
        return text % {"norm": name, "state": event["state"]}
    text = gettext("The norm %(norm)s, which this page relies on. %(event)s")
    return text % {"norm": name, "event": event["text"]}
