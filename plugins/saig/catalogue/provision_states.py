"""The states of single provisions of a norm: articles, additional provisions, annexes.

- An added provision stays, whatever becomes of the norm that added it. If it is added again after a
  repeal or removal, it exists again. If after that it is only amended, its state is unknown.
- A suspension is over from the day on which it is lifted.
- A prorogued provision is in force until the last day of the prorogation, and not after.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain

from ..notes.day_types import UNKNOWN
from .effects import REASONS, Effect
from .provision_keys import Key, articles, is_within, named
from .validity import DAY, State

Date = datetime.date

ENDED_BY_NORMS = ("repealed", "removed")

PARTIAL = ("adds", "amends", "lifts", "prorogues")
"""Relations that may change a provision's state, beside those that end its force."""


class Provisions:
    """The provisions of one norm. ``effects``: what is done to it, in order of time."""

    def __init__(self, effects: Sequence[Effect]) -> None:
        self.effects = [e for e in effects if e.takes_a_part or e.relation.type in PARTIAL]
        self.lifting = [effect for effect in effects if effect.relation.type == "lifts"]
        self._at: dict[tuple[str, int | None], list[tuple[Effect, list[Key]]]] = defaultdict(list)
        for effect in self.effects:
            at: dict[tuple[str, int | None], list[Key]] = defaultdict(list)
            for key in _keys(effect):
                for place in articles(key):
                    at[place].append(key)
            for place, those in at.items():
                self._at[place].append((effect, those))

    def of(self, key: Key, day: Date) -> State:
        """The state of a provision on a day. One that was added did not exist before that."""
        [place] = articles(key)
        done = [effect for effect, those in self._at[place] if _touches(effect, those, key)]
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
                if effect.relation.type == "suspends" and self.suspends(effect, day, key)
            )
            state = next(map(_taken, suspended), state)
        return state

    def suspends(self, effect: Effect, day: Date, key: Key | None = None) -> bool:
        """Whether a suspension, of a provision or of the whole norm, holds on a day and was not
        lifted."""
        return effect.holds_on(day) and not any(
            other.holds_on(day)
            and (other.known_from or day) >= (effect.known_from or day)
            and (not other.relation.provisions or (key is not None and _names(other, key)))
            for other in self.lifting
        )

    def over(self, day: Date) -> set[str]:
        """The reasons for which parts are out of force on a day. An effect whose parts are all in
        force again gives none."""
        return {reason for effect in self.effects if (reason := self._over_by(effect, day))}

    def _over_by(self, effect: Effect, day: Date) -> str | None:
        kind, provisions = effect.relation.type, effect.relation.provisions
        each = named(_keys(effect))
        is_understood = bool(provisions) and all(effect.understood)
        if kind == "suspends":
            # A provision that is not understood is only lifted together with all others.
            parts: list[Key | None] = [*each] if is_understood else [None]
            return "suspended" if any(self.suspends(effect, day, key) for key in parts) else None
        if kind == "prorogues":
            has_begun = effect.known_from is not None and effect.known_from <= day
            is_over = has_begun and any(self.of(key, day).reason == "expired" for key in each)
            return "expired" if is_over else None
        if effect.takes_a_part and effect.holds_on(day):
            words = (self.of(key, day).word for key in each)
            is_over = any(word not in ("in-force", "unknown") for word in words)
            return REASONS[kind] if is_over or not is_understood else None
        return None


def force_of_provisions(
    effects: Sequence[Effect], provisions: Iterable[Key], day: Date
) -> State | None:
    """The common state of some provisions of a norm; None if they differ, are simply in force, or
    are none."""
    of = Provisions(effects).of
    states = [of(key, day) for key in named(provisions)]
    if states and all((s.word, s.by) == (states[0].word, states[0].by) for s in states):
        return states[0] if states[0].word != "in-force" else None
    return None


def _keys(effect: Effect) -> Iterable[Key]:
    return chain.from_iterable(effect.understood)


def _touches(effect: Effect, those: Iterable[Key], key: Key) -> bool:
    """Whether an effect on ``those`` provisions may change the state of one."""
    # That a whole article is amended does not say which of its parts are there.
    if effect.relation.type == "amends":
        return key in those
    return any(is_within(key, other) for other in those)


def _names(effect: Effect, key: Key) -> bool:
    return any(is_within(key, other) for other in _keys(effect))


def _amended_from(effect: Effect) -> Date | None:
    """The day from which a provision is known to be amended."""
    if effect.relation.type != "amends":
        return None
    is_done = effect.acting is None or effect.relation.from_ == UNKNOWN
    return effect.begins or (effect.made if is_done else None)


def _after(state: State, effect: Effect, day: Date) -> State:
    """The state of a provision on a day, after one more effect."""
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
