"""A norm's history for its page: the periods of its states, and what happened in each, the newest
first. What one norm did on one day is one item."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..catalogue.effects import Effect
from ..catalogue.entry import Entry
from ..catalogue.validity import DAY, State
from ..notes.norm_fields import identity
from .acts import acting, deeds, official_first
from .common import DocumentBuilder, iso

Happened = dict[str, Any]


def chronology(
    builder: DocumentBuilder, norm: Entry, passive: Sequence[Effect], life: Sequence[State]
) -> list[dict[str, Any]]:
    """The periods of a norm's states, the newest first, each with what happened in it. What has a
    day is in the last period that had begun by then, as far as known."""
    day = builder.catalogue.day
    found = [{**stretch(builder, norm, state), "is_now": False, "happened": []} for state in life]
    holding = [
        one
        for one, state in zip(found, life, strict=True)
        if (state.since or day) <= day <= (state.until or day)
    ]
    for one in holding[-1:]:  # of several whose first or last day is not known, the last
        one["is_now"] = True
    for item in happened(builder, norm, passive, life):
        if item["date"] and found:
            begun = [one for one in found if one["from"] and one["from"] <= item["date"]]
            (begun or found)[-1 if begun else 0]["happened"].insert(0, item)
    return found[::-1]


def stretch(builder: DocumentBuilder, norm: Entry, state: State) -> dict[str, Any]:
    """A state of a norm: its first and last day, and its words."""
    return {
        "from": iso(state.since),
        "until": iso(state.until),
        "state": state.word,
        "said": builder.norm_words(state, identity(norm.facts)),
    }


def undated(builder: DocumentBuilder, norm: Entry, passive: Sequence[Effect]) -> list[Happened]:
    """What happened to a norm on unknown days."""
    return [item for item in happened(builder, norm, passive, ()) if not item["date"]]


def happened(
    builder: DocumentBuilder, norm: Entry, passive: Sequence[Effect], life: Sequence[State]
) -> list[Happened]:
    """What happened or will happen to a norm, the oldest first; on one day its own events before
    what others did."""
    found = [
        *_own(builder, norm, life),
        *_suspensions_ended(builder, passive),
        *_done(builder, passive),
    ]
    return sorted(found, key=lambda item: item["date"] or "")


def _own(builder: DocumentBuilder, norm: Entry, life: Sequence[State]) -> list[Happened]:
    """The norm's own events, by day."""
    facts, said = norm.facts, identity(norm.facts)
    places = official_first(builder.law, facts.published_in, said["jurisdiction"])
    published = next((place.date for place in places), None)
    days = {"enacted": said["date_document"], "published": iso(published)}
    if not builder.is_judgment(said):  # judgments have effects from their gazette on
        days["in-force"] = iso(facts.first_date_entry_in_force)
    events = [(day, event) for event, day in days.items() if day]
    events += [
        (iso(state.since) or "", state.reason)
        for state in life
        if state.since and state.reason in ("expired", "not-validated")
    ]
    by_day: dict[str, list[str]] = {}
    for day, event in sorted(events, key=lambda one: one[0]):
        by_day.setdefault(day, []).append(event)
    return [_item(day, events=named) for day, named in by_day.items()]


def _suspensions_ended(builder: DocumentBuilder, passive: Sequence[Effect]) -> list[Happened]:
    return [
        _item(iso(effect.ends + DAY), events=["suspension-ended"], done_by=acting(builder, effect))
        for effect in passive
        if effect.relation.type == "suspends" and effect.ends
    ]


def _done(builder: DocumentBuilder, passive: Sequence[Effect]) -> list[Happened]:
    """What others did to it, by the day from which it holds, or else the day of the act."""
    groups: dict[Any, list[Effect]] = {}
    for effect in passive:
        groups.setdefault((_who(effect), effect.begins, effect.made), []).append(effect)
    return [
        _item(
            iso(begins or made),
            done_by=acting(builder, effects[0]),
            done=deeds(builder, effects),
            is_day_of_act=begins is None and made is not None,
        )
        for (_, begins, made), effects in groups.items()
    ]


def _who(effect: Effect) -> Any:
    """The key by which effects of one acting norm are grouped."""
    if effect.by:
        return effect.by
    return tuple(sorted(effect.relation.by.root.items()))  # type: ignore[union-attr]


def _item(
    day: str | None,
    *,
    events: Sequence[str] = (),
    done_by: dict[str, Any] | None = None,
    done: Sequence[dict[str, Any]] = (),
    is_day_of_act: bool = False,
) -> Happened:
    return {
        "date": day,
        "is_day_of_act": is_day_of_act,
        "events": list(events),
        **(done_by or {"norm": None, "act": None}),
        "done": list(done),
    }
