"""Whether a norm is in force on a day, from its facts and from what other norms do to it.

Only the acting norm states a relation. ``from`` is the first day of an effect, ``until`` and
ELI's ``date_no_longer_in_force`` the last day of force (contract §2).
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from ..notes.models import Norm, Relation
from .entry import Key
from .validity import DAY, State

Date = datetime.date


@dataclass(frozen=True)
class Effect:
    """A relation seen from the norm that it acts on."""

    relation: Relation
    by: Key
    acting: Norm

    @property
    def begins(self) -> Date | None:
        """First day of the effect; None where the facts don't say."""
        return self.relation.from_ or self.acting.first_date_entry_in_force

    @property
    def ends(self) -> Date | None:
        return self.relation.until

    def holds_on(self, day: Date) -> bool:
        begins = self.begins
        return begins is not None and begins <= day and not (self.ends and day > self.ends)


def force(norm: Norm, effects: Sequence[Effect], day: Date) -> State:
    """The norm's state on a day, with the reason where it is not simply in force."""
    begins, last = norm.first_date_entry_in_force, norm.date_no_longer_in_force
    until = _next_edge(norm, effects, day)
    if begins and day < begins:
        return State("not-yet-in-force", until=until)
    repeals = [effect for effect in effects if effect.relation.type == "repeals"]
    ended = [effect for effect in repeals if effect.begins and effect.begins <= day]
    first = min(ended, key=lambda effect: effect.begins or day, default=None)
    if last and last < day and not (first and first.begins and first.begins <= last):
        return State("no-longer-in-force", since=last + DAY, reason=norm.end_reason)
    if first:
        return State("no-longer-in-force", since=first.begins, reason="repealed", by=first.by)
    if norm.end_reason and not last:
        return State("no-longer-in-force", reason=norm.end_reason)
    if any(effect.begins is None for effect in repeals):
        return State("unknown")
    suspended = next(
        (e for e in effects if _suspends(e) and not e.relation.provisions and e.holds_on(day)), None
    )
    if suspended:
        return State(
            "suspended", since=suspended.begins, until=until, reason="suspended", by=suspended.by
        )
    partly = [effect for effect in effects if _takes_a_part(effect) and effect.holds_on(day)]
    if partly:
        since = max(effect.begins for effect in partly if effect.begins)
        return State("partly-in-force", since=since, until=until)
    if begins is None:
        return State("unknown", until=until)
    return State("in-force", since=begins, until=until)


def force_edges(norm: Norm, effects: Sequence[Effect]) -> set[Date]:
    """The days on which the norm's state may change."""
    days = {norm.first_date_entry_in_force}
    if norm.date_no_longer_in_force:
        days.add(norm.date_no_longer_in_force + DAY)
    for effect in effects:
        if effect.relation.type in ("repeals", "repeals-part", "suspends"):
            days |= {effect.begins, effect.ends + DAY if effect.ends else None}
    return {day for day in days if day}


def _next_edge(norm: Norm, effects: Sequence[Effect], day: Date) -> Date | None:
    later = [edge for edge in force_edges(norm, effects) if edge > day]
    return min(later) - DAY if later else None


def _suspends(effect: Effect) -> bool:
    return effect.relation.type == "suspends"


def _takes_a_part(effect: Effect) -> bool:
    return effect.relation.type == "repeals-part" or (
        _suspends(effect) and bool(effect.relation.provisions)
    )
