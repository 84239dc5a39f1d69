"""What is done to a norm, with its first and its last day.

Only the acting norm states a relation. ``from`` is the first day of an effect, ``until`` the last
(docs/notes.md). What becomes of an effect when the acting norm itself ends (docs/decisions/0009):

- A repeal lasts: who repeals the repealing norm does not bring the first one back, unless the
  rules of its jurisdiction say so (``packs.law.Rules``). What a decree did that was then not
  validated, or not converted, ends with it or counts as never done, as those rules say.
- A suspension without a last day of its own ends with the norm that suspends.
- An effect that was still to begin when its norm ended never begins.
- An effect may have begun on a day that nobody knows (docs/decisions/0039).
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from ..languages import value_of
from ..notes.day_types import UNKNOWN
from ..notes.norm_fields import (
    Norm,
    OutsideAct,
    Relation,
    day_of_act,
    first_day,
    first_day_of_act,
    identity,
)
from ..packs.law import Law, Rules
from .entry import Key
from .provision_keys import Key as ProvisionKey
from .provisions import provision_names
from .validity import DAY

Date = datetime.date

REASONS = {
    "repeals": "repealed",
    "repeals-part": "repealed",
    "removes": "removed",
    "annuls": "annulled",
    "suspends": "suspended",
}
"""Relations that end force -> the reason that they give a norm's state."""

IS_DONE = ("adds", "lifts", "prorogues")
"""Relations that count as done if an act without note states them without a day."""

OF_FORCE = (*REASONS, "adds", "lifts", "prorogues")
"""Relations that may change the state of a norm, or of a provision."""


ENDS = ("repeals", "annuls")
"""Relations that end a whole norm, if they name no provisions."""


def acts_on_whole(relation: Relation) -> bool:
    """Whether a relation may end or prolong a whole norm, and with it what that does itself."""
    return relation.type in (*ENDS, "prorogues") and not relation.provisions


@dataclass(frozen=True)
class Effect:
    """What is done to a norm, with its first and its last day.

    ``by`` and ``acting``: the acting norm; None for an act without note. ``begins``: None if the
    facts do not say. ``understood``: for each named provision its keys, empty if not understood.
    """

    relation: Relation | OutsideAct
    by: Key | None
    acting: Norm | None
    begins: Date | None
    ends: Date | None
    understood: tuple[tuple[ProvisionKey, ...], ...] = ()

    def holds_on(self, day: Date) -> bool:
        """Whether it is known to have begun by a day, and not to be over."""
        known = self.known_from
        return known is not None and known <= day and not (self.ends and day > self.ends)

    @property
    def known_from(self) -> Date | None:
        """The day from which it counts: its first day, or the day of the act if it began on an unknown
        day. None if the facts do not say whether it has begun."""
        return (self.made or Date.min) if self.is_without_a_day else self.begins

    @property
    def made(self) -> Date | None:
        """The day of the act."""
        if isinstance(self.relation, OutsideAct):
            return self.relation.date
        return day_of_act(self.acting) if self.acting else None

    @property
    def ends_all(self) -> bool:
        """Whether it takes the whole norm out of force, not just some provisions."""
        return self.relation.type in ENDS and not self.relation.provisions

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
        """Whether it has begun on an unknown day: the facts say so, or an act without note ended or
        added a part, lifted a suspension or prolonged something."""
        if self.begins or self.relation.type not in OF_FORCE:
            return False
        if self.relation.from_ == UNKNOWN:
            return True
        is_done = self.takes_a_part and self.relation.type != "suspends"
        return self.acting is None and (is_done or self.relation.type in IS_DONE)

    @property
    def order(self) -> tuple[Date, Date, tuple[int, str]]:
        """The sort key: first day, day of the act, number."""
        made = self.made or Date.max
        number = str(identity(self.acting)["number"] or "") if self.acting else ""
        return (self.begins or made, made, (value_of(number), number))


# -- what is done to whom ------------------------------------------------------------------------


def effects(
    norms: Mapping[Key, Norm], named: Callable[[str], Key | None], law: Law
) -> dict[Key, list[Effect]]:
    """What is done to each norm, in order of time. ``named``: the norm of an id or ELI address in a
    relation. ``law``: whose rules decide on effects, and whose words name provisions."""
    names = provision_names(law)
    rules = {key: law.rules_of(identity(norm)["jurisdiction"]) for key, norm in norms.items()}
    stated = [
        (target, Effect(relation, key, norm, begins, relation.until, names.of(relation.provisions)))
        for key, norm in norms.items()
        if not _has_no_effects(norm, rules[key])
        for relation in norm.relations
        if (target := named(relation.norm))
        for begins in [first_day(norm, relation)]
    ]
    stated += [
        (key, Effect(act, None, None, begins, act.until, names.of(act.provisions)))
        for key, norm in norms.items()
        for act in norm.done_by_others
        for begins in [first_day_of_act(act, rules[key])]
    ]
    over, repealed = _ends(norms, stated, rules)
    found: dict[Key, list[Effect]] = defaultdict(list)
    for target, effect in stated:
        ended = over.get(effect.by) if effect.by else None
        if _takes_place(effect, ended):
            is_revived = effect.by in repealed and _revives(effect, rules)
            found[target].append(replace(effect, ends=_last_day(effect, ended, is_revived)))
    for done in found.values():
        done.sort(key=lambda effect: effect.order)
    return found


def _has_no_effects(norm: Norm, rules: Rules) -> bool:
    """Whether all effects of a norm count as never done: a decree that was not converted."""
    return norm.end_reason == "not-validated" and rules.not_converted == "beginning"


def _revives(effect: Effect, rules: Mapping[Key, Rules]) -> bool:
    """Whether a repealed norm comes back when the repealing norm is itself repealed."""
    is_repeal = effect.relation.type in ("repeals", "repeals-part", "removes")
    return is_repeal and effect.by is not None and rules[effect.by].revival


def _ends(
    norms: Mapping[Key, Norm],
    stated: Iterable[tuple[Key, Effect]],
    rules: Mapping[Key, Rules],
) -> tuple[dict[Key, Date], set[Key]]:
    """The first day on which each norm is out of force for good, and which of them others repealed.

    Repeals are taken in order of their days, and on one day the most recent norm's first (a norm
    acts on earlier ones), so that whether a repealed norm still acts is known in time.
    """
    over = {
        key: norm.date_no_longer_in_force + DAY
        for key, norm in norms.items()
        if norm.date_no_longer_in_force
    }
    longer = [(target, _longer_until(effect)) for target, effect in stated if effect.prorogues_all]
    for target, last in longer:
        if last:
            over[target] = max(over.get(target, Date.min), last + DAY)
    for target in [target for target, last in longer if not last]:
        over.pop(target, None)  # its last day is not stated
    own = dict(over)
    repeals = [(target, e) for target, e in stated if e.ends_all and e.begins]
    repealed: set[Key] = set()
    repeals.sort(key=lambda pair: pair[1].made or _entry(pair[1]) or Date.min, reverse=True)
    for target, effect in sorted(repeals, key=lambda pair: pair[1].begins or Date.max):
        ended = over.get(effect.by) if effect.by else None
        if effect.begins and _takes_place(effect, ended) and not _passes(effect):
            over[target] = min(effect.begins, over.get(target, effect.begins))
            repealed.add(target)
            for other, undone in repeals:
                if undone.by == target and _revives(undone, rules) and other in repealed:
                    over.pop(other, None)
                    over |= {other: own[other]} if other in own else {}
                    repealed.discard(other)
    return over, repealed


def _longer_until(effect: Effect) -> Date | None:
    """The last day of a prolongation, if stated; one that was not validated is over."""
    ends = [effect.relation.until]
    if effect.acting and _is_provisional(effect):
        ends.append(effect.acting.date_no_longer_in_force)
    return min(filter(None, ends), default=None)


def _entry(effect: Effect) -> Date | None:
    return effect.acting.first_date_entry_in_force if effect.acting else None


def _takes_place(effect: Effect, over: Date | None) -> bool:
    """Whether an effect takes place: not if the acting norm was over when the effect began, unless
    it began with that norm. ``over``: the first day on which the norm is out of force."""
    return not (
        over and effect.begins and effect.begins >= over and effect.begins != _entry(effect)
    )


def _passes(effect: Effect) -> bool:
    """Whether a repeal is undone: by its own last day, or because its norm was not validated."""
    return bool(effect.ends) or _is_provisional(effect)


def _is_provisional(effect: Effect) -> bool:
    return effect.acting is not None and effect.acting.end_reason == "not-validated"


def _last_day(effect: Effect, over: Date | None, is_revived: bool) -> Date | None:
    """The last day of an effect, if any. ``over``: the first day on which its norm is out of force;
    ``is_revived``: whether what it repealed comes back then."""
    if over is None:
        return effect.ends
    is_undone = _is_provisional(effect) and effect.relation.type in (*OF_FORCE, "amends")
    if is_revived or is_undone:
        return min(effect.ends or over - DAY, over - DAY)
    return effect.ends or (over - DAY if effect.relation.type == "suspends" else None)
