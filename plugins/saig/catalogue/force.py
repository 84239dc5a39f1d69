"""Whether a norm is in force on a day, from its facts and from what other norms do to it.

Only the acting norm states a relation. ``from`` is the first day of an effect, ``until`` and
ELI's ``date_no_longer_in_force`` the last day of force (contract §2).

What becomes of an effect when the acting norm itself ends (docs/decisions/0009):

- A repeal lasts: who repeals the repealing norm does not bring the first one back (Spanish Civil
  Code, article 2.2). What a decree-law did that was not validated ends with it.
- A suspension without a last day of its own ends with the norm that suspends.
- An effect that was still to begin when its norm ended never begins.
- What was added stays, whatever becomes of the norm that added it; and what is added again is there
  again, though it was repealed or removed before. What is only amended after that may be there
  again, or not: it is not known.

And of time (docs/decisions/0039):

- A suspension is over from the day on which it is lifted.
- What is prorogued is in force until the last day of that, though its own end has come before.
- An effect may have begun on a day that nobody knows. It is told from the day on which the act was
  made, before which it can have done nothing, and no day is given to it.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from ..notes.fields import UNKNOWN
from ..notes.models import (
    Norm,
    OutsideAct,
    Relation,
    day_of_act,
    first_day,
    first_day_of_act,
    identity,
)
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

ENDED_BY_NORMS = ("repealed", "removed")

IS_DONE = ("adds", "lifts", "prorogues")
"""What an act without a note did, as a part that it ended, though the facts don't say since when."""

OF_FORCE = (*REASONS, "adds", "lifts", "prorogues")
"""What may change the state of a norm, or of a provision."""


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
        known = self.known_from
        return known is not None and known <= day and not (self.ends and day > self.ends)

    @property
    def known_from(self) -> Date | None:
        """Its first day; of one that began on a day not known, that on which the act was made."""
        return (self.made or Date.min) if self.is_without_a_day else self.begins

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
    def prorogues_all(self) -> bool:
        return self.relation.type == "prorogues" and not self.relation.provisions

    @property
    def takes_a_part(self) -> bool:
        return self.changes_force and not (self.ends_all or self.suspends_all)

    @property
    def changes_force(self) -> bool:
        return self.relation.type in REASONS

    @property
    def is_without_a_day(self) -> bool:
        """Whether it has begun, on a day that the facts don't say: they say so; or an act without a
        note ended or added a part, lifted a suspension or prolonged something."""
        if self.begins or self.relation.type not in OF_FORCE:
            return False
        if self.relation.from_ == UNKNOWN:
            return True
        is_done = self.takes_a_part and self.relation.type != "suspends"
        return self.acting is None and (is_done or self.relation.type in IS_DONE)

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
        for begins in [first_day(norm, relation)]
    ]
    stated += [
        (key, Effect(act, None, None, begins, act.until))
        for key, norm in norms.items()
        for act in norm.done_by_others
        for begins in [first_day_of_act(act)]
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
    longer = [(t, e) for t, e in stated if e.prorogues_all and not _is_provisional(e)]
    for target, effect in longer:
        if effect.relation.until:
            over[target] = max(over.get(target, Date.min), effect.relation.until + DAY)
    for target in [target for target, effect in longer if not effect.relation.until]:
        over.pop(target, None)  # until when is not said
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
    if over is None:
        return effect.ends
    if _is_provisional(effect) and effect.relation.type in (*OF_FORCE, "amends"):
        return min(effect.ends or over - DAY, over - DAY)
    return effect.ends or (over - DAY if effect.relation.type == "suspends" else None)


# -- the state -----------------------------------------------------------------------------------


def force(norm: Norm, effects: Sequence[Effect], day: Date) -> State:
    """The norm's state on a day, with the reason where it is not simply in force.

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
    """The norm's states, one after the other, without a gap. The first has no ``since``, nor has one
    that came on a day not known; the one before that has no ``until``.

    Of a norm that is known to have ended, but not on which day, no day is said on which it was in
    force.
    """
    return [state for _, state in _stretches(norm, effects)]


def _stretches(norm: Norm, effects: Sequence[Effect]) -> list[tuple[Date | None, State]]:
    """The same, each with the day from which it is told: that of the act where its own is not
    known."""
    if _is_over_without_a_day(norm, effects):
        over = State("no-longer-in-force", reason=norm.end_reason)
        begins = norm.first_date_entry_in_force
        first = begins or day_of_act(norm)
        before = State("not-yet-in-force", until=begins - DAY if begins else None)
        return [(None, before), (first, over)] if first else [(None, over)]
    days = sorted(force_edges(norm, effects))
    dated = [effect for effect in effects if effect.begins]
    found: list[tuple[Date | None, State]] = [
        (None, _on(norm, effects, days[0] - DAY if days else Date.max))
    ]
    for day in days:
        state = _on(norm, effects, day)
        first, last = found[-1]
        if state == replace(last, since=None, until=None):
            continue
        is_known = len(dated) == len(effects) or state == _on(norm, dated, day)
        if is_known:
            found[-1] = (first, replace(last, until=day - DAY))
        found.append((day, replace(state, since=day if is_known else None)))
    return found


def force_edges(norm: Norm, effects: Sequence[Effect]) -> set[Date]:
    """The days on which the norm's state, or that of a provision, may change."""
    days = {norm.first_date_entry_in_force}
    if norm.date_no_longer_in_force:
        days.add(norm.date_no_longer_in_force + DAY)
    for effect in effects:
        if effect.relation.type in OF_FORCE:
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
        and effect.known_from is None
        # It can have done nothing before it was made.
        and (effect.made or day) <= day
        for effect in effects
    ):
        return State("unknown")
    for effect in effects:
        if effect.suspends_all and _suspends_on(effect, effects, day):
            return State("suspended", reason="suspended", by=effect.by)
    if parts := _parts_over(effects, day):
        return State("partly-in-force", reason=_in_one(parts))
    return State("in-force")


def _is_over_without_a_day(norm: Norm, effects: Sequence[Effect]) -> bool:
    return bool(
        norm.end_reason
        and not norm.date_no_longer_in_force
        and not any(effect.ends_all or effect.prorogues_all for effect in effects)
    )


def _over(norm: Norm, effects: Sequence[Effect], day: Date) -> State | None:
    """That it is no longer in force, for the reason that came first."""
    repeals = [effect for effect in effects if effect.ends_all and effect.holds_on(day)]
    first = min(repeals, key=lambda effect: effect.known_from or day, default=None)
    last = _last_day_before(norm, effects, day)
    if last and not (first and first.known_from and first.known_from <= last):
        return State("no-longer-in-force", reason=norm.end_reason or "expired")
    if first:
        return State("no-longer-in-force", reason=REASONS[first.relation.type], by=first.by)
    return None


def _last_day_before(norm: Norm, effects: Sequence[Effect], day: Date) -> Date | None:
    """The last day of force, if by its own end and what prolonged it that was before ``day``."""
    longer = [effect for effect in effects if effect.prorogues_all]
    own = norm.date_no_longer_in_force
    if (own and own >= day) or any(effect.holds_on(day) for effect in longer):
        return None
    ends = [own, *(effect.ends for effect in longer if effect.known_from)]
    return max((end for end in ends if end and end < day), default=None)


def _suspends_on(
    effect: Effect, effects: Sequence[Effect], day: Date, key: Provision | None = None
) -> bool:
    """Whether a suspension holds on a day and was not lifted since, for a provision or as a whole."""
    return effect.holds_on(day) and not any(
        other.relation.type == "lifts"
        and other.holds_on(day)
        and (other.known_from or day) >= (effect.known_from or day)
        and (not other.relation.provisions or (key is not None and _names(other, key)))
        for other in effects
    )


# -- provisions ----------------------------------------------------------------------------------


def _parts_over(effects: Sequence[Effect], day: Date) -> set[str]:
    """Why parts are out of force on a day; not of those that are all added again."""
    found = set()
    for effect in effects:
        kind = effect.relation.type
        touched = [keys(provision) for provision in effect.relation.provisions]
        each = [key for one in touched for key in one]
        is_understood = bool(touched) and all(touched)
        if kind == "suspends":
            # What is not understood is lifted with all the rest alone.
            parts = each if is_understood else [None] if touched else []
            if any(_suspends_on(effect, effects, day, key) for key in parts):
                found.add("suspended")
        elif kind == "prorogues":
            has_begun = effect.known_from is not None and effect.known_from <= day
            if has_begun and any(
                _of_provision(key, effects, day).reason == "expired" for key in each
            ):
                found.add("expired")
        elif effect.takes_a_part and effect.holds_on(day):
            words = (_of_provision(key, effects, day).word for key in each)
            is_over = any(word not in ("in-force", "unknown") for word in words)
            if is_over or not is_understood:
                found.add(REASONS[kind])
    return found


def _in_one(reasons: Set[str]) -> str:
    """One word for what became of several parts: the gravest."""
    is_repealed = bool(reasons & {"repealed", "removed"})
    if "annulled" in reasons:
        return "annulled-and-repealed" if is_repealed else "annulled"
    return "repealed" if is_repealed else "expired" if "expired" in reasons else "suspended"


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
        if effect.relation.type not in ("suspends", "lifts")
        and (effect.known_from or _amended_from(effect))
    ]
    state = State("in-force")
    if changes and changes[0].relation.type == "adds":
        begins = changes[0].begins
        state = State("not-yet-in-force", until=begins - DAY if begins else None)
    for effect in changes:
        state = _after(state, effect, day)
    if state.word == "in-force":
        suspended = (
            effect
            for effect in done
            if effect.relation.type == "suspends" and _suspends_on(effect, effects, day, key)
        )
        state = next(map(_taken, suspended), state)
    return state


def _amended_from(effect: Effect) -> Date | None:
    """The day from which a provision is known to be amended."""
    if effect.relation.type != "amends":
        return None
    is_done = effect.acting is None or effect.relation.from_ == UNKNOWN
    return effect.begins or (effect.made if is_done else None)


def _after(state: State, effect: Effect, day: Date) -> State:
    """The state of a provision on a day after one more thing was done to it."""
    kind, is_past = effect.relation.type, bool(effect.ends and effect.ends < day)
    if kind == "amends":
        since = _amended_from(effect)
        is_amended = since is not None and since <= day and not is_past
        return State("unknown") if is_amended and state.reason in ENDED_BY_NORMS else state
    if kind == "prorogues":
        if is_past and effect.ends and state.word == "in-force":
            return State("no-longer-in-force", effect.ends + DAY, None, "expired", None)
        is_again = effect.holds_on(day) and state.reason == "expired"
        return State("in-force") if is_again else state
    if kind == "adds" and is_past and state.word == "not-yet-in-force":
        return State("no-longer-in-force", reason="expired", by=effect.by)
    if effect.holds_on(day):
        return State("in-force") if kind == "adds" else _taken(effect)
    return state


def _taken(effect: Effect) -> State:
    word = "suspended" if effect.relation.type == "suspends" else "no-longer-in-force"
    reason = REASONS[effect.relation.type]
    return State(word, effect.begins, effect.ends, reason, effect.by)


def _touches(effect: Effect, key: Provision) -> bool:
    """Whether it may change the force of a provision: adds it, takes it out, prolongs it."""
    if effect.relation.type == "amends":  # that of a whole article does not say what is left of it
        return any(key in keys(provision) for provision in effect.relation.provisions)
    is_part = effect.takes_a_part or effect.relation.type in ("adds", "lifts", "prorogues")
    return is_part and _names(effect, key)


def _names(effect: Effect, key: Provision) -> bool:
    return any(
        is_within(key, other)
        for provision in effect.relation.provisions
        for other in keys(provision)
    )
