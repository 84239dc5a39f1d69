"""Whether a norm is in force on a day, from its facts and from what other norms do to it.

ELI's ``date_no_longer_in_force`` is the last day of force (docs/notes.md). A prorogued norm is in
force until the last day of the prorogation, even if its own end came before. A norm that ended on
an unknown day counts as ended from the day of the act, which cannot have had an effect earlier; no
day is stated (docs/decisions/0039).
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence, Set
from dataclasses import replace

from ..notes.norm_fields import Norm, day_of_act
from .effects import OF_FORCE, REASONS, Effect
from .provision_states import Provisions
from .validity import DAY, State

Date = datetime.date

ALIVE = ("in-force", "partly-in-force")


def force(norm: Norm, effects: Sequence[Effect], day: Date) -> State:
    """The norm's state on a day, with the reason if it is not simply in force.

    ``since`` of a norm in force is the day from which it has been so without a break, whatever
    became of single provisions.
    """
    past = [state for first, state in _stretches(norm, effects) if first is None or first <= day]
    state = past[-1]
    if state.word == "in-force":
        while len(past) > 1 and past[-2].word in ALIVE:
            past.pop()
        state = replace(state, since=past[-1].since)
    return state


def life(norm: Norm, effects: Sequence[Effect]) -> list[State]:
    """The norm's states in order, without gaps. The first has no ``since``, nor does one that began
    on an unknown day; the state before that has no ``until``.

    If a norm is known to have ended, but not when, the days on which it was in force are not
    stated.
    """
    return [state for _, state in _stretches(norm, effects)]


def _stretches(norm: Norm, effects: Sequence[Effect]) -> list[tuple[Date | None, State]]:
    """The same, each with the day from which it counts: the day of the act if its own is
    unknown."""
    if _is_over_without_a_day(norm, effects):
        over = State("no-longer-in-force", reason=norm.end_reason)
        begins = norm.first_date_entry_in_force
        first = begins or day_of_act(norm)
        before = State("not-yet-in-force", until=begins - DAY if begins else None)
        return [(None, before), (first, over)] if first else [(None, over)]
    days = sorted(force_transition_dates(norm, effects))
    dated = [effect for effect in effects if effect.begins]
    parts, dated_parts = Provisions(effects), Provisions(dated)
    found: list[tuple[Date | None, State]] = [
        (None, _on(norm, effects, parts, days[0] - DAY if days else Date.max))
    ]
    for day in days:
        state = _on(norm, effects, parts, day)
        first, last = found[-1]
        if state == replace(last, since=None, until=None):
            continue
        # Only what is known to have come on that day, not on an unknown one.
        now, before = (_on(norm, dated, dated_parts, one) for one in (day, day - DAY))
        changes = now != before and {now.word, state.word} <= {*ALIVE}
        if now == state or changes:
            found[-1] = (first, replace(last, until=day - DAY))
        if changes and now.word != state.word:  # parts had ended before it came into force
            found.append((day, replace(now, since=day)))
        is_known = now == state or (changes and now.word == state.word)
        found.append((day, replace(state, since=day if is_known else None)))
    return found


def force_transition_dates(norm: Norm, effects: Sequence[Effect]) -> set[Date]:
    """The days on which the norm's state, or that of a provision, may change."""
    days = {norm.first_date_entry_in_force}
    if norm.date_no_longer_in_force:
        days.add(norm.date_no_longer_in_force + DAY)
    return {day for day in days if day} | effect_days(effects)


def effect_days(effects: Sequence[Effect]) -> set[Date]:
    """The days on which what is done to a norm may change its state, or that of a provision."""
    found: set[Date | None] = set()
    for effect in effects:
        if effect.relation.type in (*OF_FORCE, "amends"):
            found |= {
                effect.begins or effect.made,
                effect.ends + DAY if effect.ends else None,
            }
    return {day for day in found if day}


def _on(norm: Norm, effects: Sequence[Effect], parts: Provisions, day: Date) -> State:
    """The state on a day, without ``since`` and ``until``."""
    begins = norm.first_date_entry_in_force
    if over := _over(norm, effects, day):
        return over
    if begins and day < begins:
        return State("not-yet-in-force")
    if begins is None or any(
        effect.ends_all
        and effect.known_from is None
        # The act cannot have had an effect before it was made.
        and (effect.made or day) <= day
        for effect in effects
    ):
        return State("unknown")
    for effect in effects:
        if effect.suspends_all and parts.suspends(effect, day):
            return State("suspended", reason="suspended", by=effect.by)
    if over_parts := parts.over(day):
        return State("partly-in-force", reason=_in_one(over_parts))
    return State("in-force")


def _is_over_without_a_day(norm: Norm, effects: Sequence[Effect]) -> bool:
    return bool(
        norm.end_reason
        and not norm.date_no_longer_in_force
        and not any(effect.ends_all or effect.prorogues_all for effect in effects)
    )


def _over(norm: Norm, effects: Sequence[Effect], day: Date) -> State | None:
    """The state of a norm that is no longer in force, with the reason that came first; None if it
    has not ended by that day."""
    repeals = [effect for effect in effects if effect.ends_all and effect.holds_on(day)]
    first = min(repeals, key=lambda effect: effect.known_from or day, default=None)
    last = _last_day_before(norm, effects, day)
    if last and not (first and first.known_from and first.known_from <= last):
        return State("no-longer-in-force", reason=norm.end_reason or "expired")
    if first:
        return State("no-longer-in-force", reason=REASONS[first.relation.type], by=first.by)
    return None


def _last_day_before(norm: Norm, effects: Sequence[Effect], day: Date) -> Date | None:
    """The last day of force by its own end and its prolongations, if that is before ``day``."""
    longer = [effect for effect in effects if effect.prorogues_all]
    own = norm.date_no_longer_in_force
    if (own and own >= day) or any(effect.holds_on(day) for effect in longer):
        return None
    ends = [own, *(effect.ends for effect in longer if effect.known_from)]
    return max((end for end in ends if end and end < day), default=None)


def _in_one(reasons: Set[str]) -> str:
    """One reason for several parts: the gravest."""
    is_repealed = bool(reasons & {"repealed", "removed"})
    if "annulled" in reasons:
        return "annulled-and-repealed" if is_repealed else "annulled"
    return "repealed" if is_repealed else "expired" if "expired" in reasons else "suspended"
