"""Whether a norm is in force on a day, from its facts and from what other norms do to it.

Only the acting norm states a relation. ``from`` is the first day of an effect, ``until`` and
ELI's ``date_no_longer_in_force`` the last day of force (contract §2).

What becomes of an effect when the acting norm itself ends (docs/decisions/0009):

- A repeal lasts: who repeals the repealing norm does not bring the first one back (Spanish Civil
  Code, article 2.2). What a decree-law did that was not validated ends with it.
- A suspension without a last day of its own ends with the norm that suspends.
- An effect that was still to begin when its norm ended never begins.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ..notes.models import Norm, Relation, day_of_act
from .entry import Key
from .provisions import is_within, keys
from .validity import DAY, State

Date = datetime.date

ALIVE = ("in-force", "partly-in-force")


@dataclass(frozen=True)
class Effect:
    """A relation seen from the norm that it acts on, with its first and its last day.

    ``begins`` is None where the facts don't say.
    """

    relation: Relation
    by: Key
    acting: Norm
    begins: Date | None
    ends: Date | None

    def holds_on(self, day: Date) -> bool:
        return (
            self.begins is not None and self.begins <= day and not (self.ends and day > self.ends)
        )

    @property
    def ends_all(self) -> bool:
        """Whether it takes the whole norm out of force, and not some provisions."""
        return self.relation.type == "repeals" and not self.relation.provisions

    @property
    def suspends_all(self) -> bool:
        return self.relation.type == "suspends" and not self.relation.provisions

    @property
    def takes_a_part(self) -> bool:
        return self.relation.type in ("repeals", "repeals-part", "suspends") and not (
            self.ends_all or self.suspends_all
        )

    @property
    def changes_force(self) -> bool:
        return self.relation.type in ("repeals", "repeals-part", "suspends")


# -- what is done to whom ------------------------------------------------------------------------


def effects(
    norms: Mapping[Key, Norm], named: Callable[[str], Key | None]
) -> dict[Key, list[Effect]]:
    """What is done to each norm. ``named``: the norm that a relation's id or ELI address names."""
    stated = [
        (target, Effect(relation, key, norm, begins, relation.until))
        for key, norm in norms.items()
        for relation in norm.relations
        if (target := named(relation.norm))
        for begins in [relation.from_ or norm.first_date_entry_in_force]
    ]
    over = _ends(norms, stated)
    found: dict[Key, list[Effect]] = defaultdict(list)
    for target, effect in stated:
        if _takes_place(effect, over.get(effect.by)):
            found[target].append(replace(effect, ends=_last_day(effect, over.get(effect.by))))
    return found


def _ends(norms: Mapping[Key, Norm], stated: Iterable[tuple[Key, Effect]]) -> dict[Key, Date]:
    """The first day on which each norm is out of force for good.

    Repeals are taken in the order of their days, and on one day the later norm's first (a later
    law goes before an earlier one), so that what a repealed norm would still do is known in time.
    """
    over = {
        key: norm.date_no_longer_in_force + DAY
        for key, norm in norms.items()
        if norm.date_no_longer_in_force
    }
    repeals = [(target, e) for target, e in stated if e.ends_all and e.begins]
    repeals.sort(
        key=lambda pair: pair[1].acting.first_date_entry_in_force or Date.min, reverse=True
    )
    for target, effect in sorted(repeals, key=lambda pair: pair[1].begins or Date.max):
        if effect.begins and _takes_place(effect, over.get(effect.by)) and not _passes(effect):
            over[target] = min(effect.begins, over.get(target, effect.begins))
    return over


def _takes_place(effect: Effect, over: Date | None) -> bool:
    """Not where the acting norm was over before the effect, set for a later day, began."""
    entry = effect.acting.first_date_entry_in_force
    return not (over and effect.begins and effect.begins >= over and effect.begins != entry)


def _passes(effect: Effect) -> bool:
    """Whether a repeal is undone: by its own last day, or as its norm was not validated."""
    return bool(effect.ends) or effect.acting.end_reason == "not-validated"


def _last_day(effect: Effect, over: Date | None) -> Date | None:
    if effect.ends or over is None:
        return effect.ends
    passes = effect.relation.type == "suspends" or effect.acting.end_reason == "not-validated"
    return over - DAY if passes and effect.changes_force else None


# -- the state -----------------------------------------------------------------------------------


def force(norm: Norm, effects: Sequence[Effect], day: Date) -> State:
    """The norm's state on a day, with the reason where it is not simply in force.

    ``since`` of a norm in force is the day from which it has been so without a break, whatever
    became of single provisions.
    """
    past = [state for state in life(norm, effects) if state.since is None or state.since <= day]
    state = past[-1]
    if state.word == "in-force":
        while len(past) > 1 and past[-2].word in ALIVE:
            past.pop()
        state = replace(state, since=past[-1].since)
    return state


def life(norm: Norm, effects: Sequence[Effect]) -> list[State]:
    """The norm's states, one after the other, without a gap; the first has no ``since``."""
    days = sorted(force_edges(norm, effects))
    states = [_on(norm, effects, days[0] - DAY if days else Date.max)]
    for day in days:
        state = _on(norm, effects, day)
        if state != replace(states[-1], since=None, until=None):
            states[-1] = replace(states[-1], until=day - DAY)
            states.append(replace(state, since=day))
    return states


def force_of_provisions(
    effects: Sequence[Effect], provisions: Sequence[str], day: Date
) -> State | None:
    """The state of some provisions, where one norm repealed or suspended them all."""
    cited = [key for provision in provisions for key in keys(provision)]
    for effect in effects:
        if cited and effect.takes_a_part and effect.holds_on(day):
            touched = [key for provision in effect.relation.provisions for key in keys(provision)]
            if all(any(is_within(key, other) for other in touched) for key in cited):
                suspended = effect.relation.type == "suspends"
                return State(
                    "suspended" if suspended else "no-longer-in-force",
                    effect.begins,
                    effect.ends,
                    "suspended" if suspended else "repealed",
                    effect.by,
                )
    return None


def force_edges(norm: Norm, effects: Sequence[Effect]) -> set[Date]:
    """The days on which the norm's state may change."""
    days = {norm.first_date_entry_in_force}
    if norm.date_no_longer_in_force:
        days.add(norm.date_no_longer_in_force + DAY)
    elif norm.end_reason and norm.checked:
        days.add(norm.checked.on)
    for effect in effects:
        if effect.changes_force:
            days |= {
                effect.begins or day_of_act(effect.acting),
                effect.ends + DAY if effect.ends else None,
            }
    return {day for day in days if day}


def _on(norm: Norm, effects: Sequence[Effect], day: Date) -> State:
    """The state on a day, without since when and until when."""
    begins = norm.first_date_entry_in_force
    if over := _over(norm, effects, day):
        return over
    if begins and day < begins:
        return State("not-yet-in-force")
    if begins is None or any(
        effect.ends_all
        and effect.begins is None
        # It can have done nothing before it was made.
        and (day_of_act(effect.acting) or day) <= day
        for effect in effects
    ):
        return State("unknown")
    for effect in effects:
        if effect.suspends_all and effect.holds_on(day):
            return State("suspended", reason="suspended", by=effect.by)
    if any(effect.takes_a_part and effect.holds_on(day) for effect in effects):
        return State("partly-in-force")
    return State("in-force")


def _over(norm: Norm, effects: Sequence[Effect], day: Date) -> State | None:
    """That it is no longer in force, for the reason that came first."""
    last = norm.date_no_longer_in_force
    repeals = [effect for effect in effects if effect.ends_all and effect.holds_on(day)]
    first = min(repeals, key=lambda effect: effect.begins or day, default=None)
    if last and last < day and not (first and first.begins and first.begins <= last):
        return State("no-longer-in-force", reason=norm.end_reason)
    if first:
        return State("no-longer-in-force", reason="repealed", by=first.by)
    # Without the day of its end, it is known to have ended when the facts were checked.
    if norm.end_reason and not last and not (norm.checked and day < norm.checked.on):
        return State("no-longer-in-force", reason=norm.end_reason)
    return None
