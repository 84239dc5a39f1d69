"""What happened to a note by itself, as its dates and those of other norms say: for the feeds.

What an editor changed stands in ``changes``; this is the rest: a notice that is over, a norm that
is repealed, a norm that the note leans on and that no longer holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ..catalogue.entry import Entry
from ..catalogue.validity import State
from .force_words import force_words, is_feminine

if TYPE_CHECKING:
    from .common import Speaker


def events(speaker: Speaker, entry: Entry) -> list[dict[str, Any]]:
    """What happened from the day on which the note came until today, the newest first."""
    came = entry.facts.date
    found = [
        event
        for event in _all(speaker, entry)
        if event["date"] <= speaker.catalogue.day and not (came and event["date"] < came)
    ]
    found.sort(key=lambda event: (event["date"], event["id"]), reverse=True)
    return [{**event, "date": event["date"].isoformat()} for event in found]


def _all(speaker: Speaker, entry: Entry) -> Iterator[dict[str, Any]]:
    catalogue, words = speaker.catalogue, speaker.words
    if entry.kind == "norm":
        for state in catalogue.life(entry):
            if state.since and (
                said := force_words(words, state, feminine=is_feminine(entry.facts))
            ):
                text = words.gettext("State: %(state)s.") % {"state": said}
                yield {"id": f"state-{state.since}", "date": state.since, "text": text}
        return
    state = catalogue.state(entry)
    if state.since and state.word in ("expired", "superseded"):
        said = {
            "expired": words.gettext("It no longer holds."),
            "superseded": words.gettext("Another note takes its place."),
        }[state.word]
        yield {"id": f"{state.word}-{state.since}", "date": state.since, "text": said}
    for norm in catalogue.leans_on(entry):
        for state in catalogue.life(norm):
            if state.since:
                yield _of_norm(speaker, norm, state)


def _of_norm(speaker: Speaker, norm: Entry, state: State) -> dict[str, Any]:
    words = speaker.words
    text = words.gettext("The norm %(norm)s, which this page relies on: %(state)s.") % {
        "norm": speaker.short_title(norm),
        "state": force_words(words, state, feminine=is_feminine(norm.facts)),
    }
    return {"id": f"norm-{norm.id}-{state.since}", "date": state.since, "text": text}
