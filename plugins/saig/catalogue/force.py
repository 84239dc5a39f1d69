"""Whether a norm is in force on a day, from its facts and from what other norms do to it.

Only the acting norm states a relation. ``from`` is the first day of an effect, ``until`` and
ELI's ``date_no_longer_in_force`` the last day of force (contract §2).

What becomes of an effect when the acting norm itself ends (docs/decisions/0009):

- A repeal lasts: who repeals the repealing norm does not bring the first one back (Spanish Civil
  Code, article 2.2). What a decree-law did that was not validated ends with it.
- A suspension without a last day of its own ends with the norm that suspends.
- An effect that was still to begin when its norm ended never begins.
- What was added stays, whatever becomes of the norm that added it; and what is added again is there
  again, though it was repealed or removed before.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ..notes.models import Norm, OutsideAct, Relation, day_of_act, identity
from .entry import Key
from .provisions import Key as Provision
from .provisions import is_within, keys
from .validity import DAY, State

Date = datetime.date

ALIVE = ("in-force", "partly-in-force")

REASONS = {
    "repeals": "repealed",
    "repeals-part": "repealed",
    "removes": "removed",
    "annuls": "annulled",
    "suspends": "suspended",
}
"""What takes something out of force, and how that is called."""

OF_A_DAY = ("develops", "validates", "corrects", "continues", "challenges", "bill")
"""What has no effect to wait for: it happened on the day of the act."""


@dataclass(frozen=True)
class Effect:
    """What is done to a norm, with its first and its last day.

    ``by`` and ``acting``: the norm that does it; None where it is an act without a note.
    ``begins`` is None where the facts don't say.
    """

    relation: Relation | OutsideAct
    by: Key | None
    acting: Norm | None
    begins: Date | None
    ends: Date | None

    def holds_on(self, day: Date) -> bool:
        return (
            self.begins is not None and self.begins <= day and not (self.ends and day > self.ends)
        )

    @property
    def made(self) -> Date | None:
        """The day of the act."""
        if isinstance(self.relation, OutsideAct):
            return self.relation.date
        return day_of_act(self.acting) if self.acting else None

    @property
    def ends_all(self) -> bool:
        """Whether it takes the whole norm out of force, and not some provisions."""
        return self.relation.type in ("repeals", "annuls") and not self.relation.provisions

    @property
    def suspends_all(self) -> bool:
        return self.relation.type == "suspends" and not self.relation.provisions

    @property
    def takes_a_part(self) -> bool:
        return self.changes_force and not (self.ends_all or self.suspends_all)

    @property
    def changes_force(self) -> bool:
        return self.relation.type in REASONS

    @property
    def is_without_a_day(self) -> bool:
        """Whether an act without a note ended a part, on a day that the facts don't say."""
        ends = self.takes_a_part and self.relation.type != "suspends"
        return ends and self.acting is None and self.begins is None

    def is_known_on(self, day: Date) -> bool:
        """Whether such an act had been made: it can have done nothing before."""
        return self.is_without_a_day and (self.made or day) <= day

    @property
    def order(self) -> tuple[Date, Date, tuple[int, str]]:
        """By its first day, on one day by the day of the act, then by number."""
        made = self.made or Date.max
        number = str(identity(self.acting)["number"] or "") if self.acting else ""
        return (self.begins or made, made, (int(number) if number.isdigit() else 0, number))


# -- what is done to whom ------------------------------------------------------------------------


def effects(
    norms: Mapping[Key, Norm], named: Callable[[str], Key | None]
) -> dict[Key, list[Effect]]:
    """What is done to each norm, in the order of time. ``named``: the norm that a relation's id or
    ELI address names."""
    stated = [
        (target, Effect(relation, key, norm, begins, relation.until))
        for key, norm in norms.items()
        for relation in norm.relations
        if (target := named(relation.norm))
        for begins in [relation.from_ or norm.first_date_entry_in_force]
    ]
    stated += [
        (key, Effect(act, None, None, begins, act.until))
        for key, norm in norms.items()
        for act in norm.done_by_others
        for begins in [act.from_ or (act.date if act.type in OF_A_DAY else None)]
    ]
    over = _ends(norms, stated)
    found: dict[Key, list[Effect]] = defaultdict(list)
    for target, effect in stated:
        ended = over.get(effect.by) if effect.by else None
        if _takes_place(effect, ended):
            found[target].append(replace(effect, ends=_last_day(effect, ended)))
    for done in found.values():
        done.sort(key=lambda effect: effect.order)
    return found


def _ends(norms: Mapping[Key, Norm], stated: Iterable[tuple[Key, Effect]]) -> dict[Key, Date]:
    """The first day on which each norm is out of force for good.

    Repeals are taken in the order of their days, and on one day that of the norm made last first (a
    norm acts on earlier ones), so that what a repealed norm would still do is known in time.
    """
    over = {
        key: norm.date_no_longer_in_force + DAY
        for key, norm in norms.items()
        if norm.date_no_longer_in_force
    }
    repeals = [(target, e) for target, e in stated if e.ends_all and e.begins]
    repeals.sort(key=lambda pair: pair[1].made or _entry(pair[1]) or Date.min, reverse=True)
    for target, effect in sorted(repeals, key=lambda pair: pair[1].begins or Date.max):
        ended = over.get(effect.by) if effect.by else None
        if effect.begins and _takes_place(effect, ended) and not _passes(effect):
            over[target] = min(effect.begins, over.get(target, effect.begins))
    return over


def _entry(effect: Effect) -> Date | None:
    return effect.acting.first_date_entry_in_force if effect.acting else None


def _takes_place(effect: Effect, over: Date | None) -> bool:
    """Not where the acting norm was over before the effect, set for a later day, began."""
    return not (
        over and effect.begins and effect.begins >= over and effect.begins != _entry(effect)
    )


def _passes(effect: Effect) -> bool:
    """Whether a repeal is undone: by its own last day, or as its norm was not validated."""
    return bool(effect.ends) or _is_provisional(effect)


def _is_provisional(effect: Effect) -> bool:
    return effect.acting is not None and effect.acting.end_reason == "not-validated"


def _last_day(effect: Effect, over: Date | None) -> Date | None:
    if effect.ends or over is None:
        return effect.ends
    changes = effect.changes_force or effect.relation.type in ("adds", "amends")
    passes = effect.relation.type == "suspends" or (_is_provisional(effect) and changes)
    return over - DAY if passes else None


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
        # What is known to have ended, on a day that is not known.
        if parts := [effect for effect in effects if effect.is_known_on(day)]:
            state = State("partly-in-force", until=state.until, reason=_of_parts(parts))
    return state


def life(norm: Norm, effects: Sequence[Effect]) -> list[State]:
    """The norm's states, one after the other, without a gap; the first has no ``since``.

    Of a norm that is known to have ended, but not on which day, that is all that is said.
    """
    if _is_over_without_a_day(norm, effects):
        return [State("no-longer-in-force", reason=norm.end_reason)]
    days = sorted(force_edges(norm, effects))
    states = [_on(norm, effects, days[0] - DAY if days else Date.max)]
    for day in days:
        state = _on(norm, effects, day)
        if state != replace(states[-1], since=None, until=None):
            states[-1] = replace(states[-1], until=day - DAY)
            states.append(replace(state, since=day))
    return states


def force_edges(norm: Norm, effects: Sequence[Effect]) -> set[Date]:
    """The days on which the norm's state, or that of a provision, may change."""
    days = {norm.first_date_entry_in_force}
    if norm.date_no_longer_in_force:
        days.add(norm.date_no_longer_in_force + DAY)
    for effect in effects:
        if effect.changes_force or effect.relation.type == "adds":
            days |= {
                effect.begins or effect.made,
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
        and (effect.made or day) <= day
        for effect in effects
    ):
        return State("unknown")
    for effect in effects:
        if effect.suspends_all and effect.holds_on(day):
            return State("suspended", reason="suspended", by=effect.by)
    if parts := [effect for effect in effects if _takes_on(effect, effects, day)]:
        return State("partly-in-force", reason=_of_parts(parts))
    return State("in-force")


def _is_over_without_a_day(norm: Norm, effects: Sequence[Effect]) -> bool:
    return bool(
        norm.end_reason
        and not norm.date_no_longer_in_force
        and not any(effect.ends_all for effect in effects)
    )


def _over(norm: Norm, effects: Sequence[Effect], day: Date) -> State | None:
    """That it is no longer in force, for the reason that came first."""
    last = norm.date_no_longer_in_force
    repeals = [effect for effect in effects if effect.ends_all and effect.holds_on(day)]
    first = min(repeals, key=lambda effect: effect.begins or day, default=None)
    if last and last < day and not (first and first.begins and first.begins <= last):
        return State("no-longer-in-force", reason=norm.end_reason)
    if first:
        return State("no-longer-in-force", reason=REASONS[first.relation.type], by=first.by)
    return None


# -- provisions ----------------------------------------------------------------------------------


def _takes_on(effect: Effect, effects: Sequence[Effect], day: Date) -> bool:
    """Whether some of what it takes out of force is so on that day: not where all is added again."""
    if not (effect.takes_a_part and effect.holds_on(day)):
        return False
    touched = [keys(provision) for provision in effect.relation.provisions]
    return (
        effect.relation.type == "suspends"
        or not all(touched)
        or not touched
        or any(
            _of_provision(key, effects, day).word != "in-force" for one in touched for key in one
        )
    )


def _of_parts(parts: Sequence[Effect]) -> str:
    """One word for what became of several parts: the gravest that is true of one."""
    said = {REASONS[effect.relation.type] for effect in parts}
    if "annulled" in said:
        return "annulled"
    return "repealed" if said & {"repealed", "removed"} else "suspended"


def force_of_provisions(
    effects: Sequence[Effect], provisions: Sequence[str], day: Date
) -> State | None:
    """The state of some provisions of a norm, where all of them have the same and it is not simply
    to be in force."""
    cited = [key for provision in provisions for key in keys(provision)]
    states = [_of_provision(key, effects, day) for key in cited]
    if states and all((s.word, s.by) == (states[0].word, states[0].by) for s in states):
        return states[0] if states[0].word != "in-force" else None
    return None


def _of_provision(key: Provision, effects: Sequence[Effect], day: Date) -> State:
    """What became of a provision until that day. What was first added was not there before.
    ``effects`` in the order of time."""
    done = [effect for effect in effects if _touches(effect, key)]
    changes = [
        effect
        for effect in done
        if effect.relation.type != "suspends" and (effect.begins or effect.is_without_a_day)
    ]
    state = State("in-force")
    if changes and changes[0].relation.type == "adds" and changes[0].begins:
        state = State("not-yet-in-force", until=changes[0].begins - DAY)
    for effect in changes:
        is_undone = effect.relation.type == "adds" and effect.ends and effect.ends < day
        if is_undone and state.word == "not-yet-in-force":
            state = State("no-longer-in-force", reason="expired", by=effect.by)
        elif effect.holds_on(day) or effect.is_known_on(day):
            state = State("in-force") if effect.relation.type == "adds" else _taken(effect)
    if state.word == "in-force":
        suspended = (e for e in done if e.relation.type == "suspends" and e.holds_on(day))
        state = next(map(_taken, suspended), state)
    return state


def _taken(effect: Effect) -> State:
    word = "suspended" if effect.relation.type == "suspends" else "no-longer-in-force"
    reason = REASONS[effect.relation.type]
    return State(word, effect.begins, effect.ends, reason, effect.by)


def _touches(effect: Effect, key: Provision) -> bool:
    """Whether it adds a provision, or takes it out of force."""
    return (effect.takes_a_part or effect.relation.type == "adds") and any(
        is_within(key, other)
        for provision in effect.relation.provisions
        for other in keys(provision)
    )
