"""What norms do to each other, looked up from the norms that act on one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any, NamedTuple

from ..notes.local_name import LocalName, local_names, plain_names
from ..notes.norm_fields import OutsideAct, addresses_of
from ..notes.site import Site
from ..words import N_
from .effects import Effect, effects
from .entry import Entry, Key, key_of
from .force import effect_days, force, force_transition_dates, life
from .lookup import Lookup, day_of, derived
from .provision_states import force_of_provisions
from .provisions import ProvisionNames, parts_of, provision_names
from .reached import reached
from .validity import Date, State


class Act(NamedTuple):
    """What a norm does to another, from its row in ``relations``. ``norm``: id or ELI address of
    the other; ``begins``: as text."""

    type: str
    norm: str
    begins: str | None
    provisions: list[LocalName]


class Done(NamedTuple):
    """What was done to a norm: by a norm with a note, or by an act without note, whose name by
    language is ``act``. ``type``: of the relation."""

    by: Key | None
    begins: Date | None
    type: str
    provisions: list[LocalName]
    act: dict[str, str] | None


class Norms(Lookup):
    """The part of the catalogue about relations. Its first methods take entries; the others take
    names, as the arguments of derived values are texts."""

    site: Site

    # -- by entry ----------------------------------------------------------------------------------

    def effects(self, norm: Entry) -> list[Effect]:
        """What is done to a norm, in order of time; nothing is done to other notes."""
        return self.effects_on(norm.name) if norm.kind == "norm" else []

    def life(self, norm: Entry) -> list[State]:
        """A norm's states, one after the other, past and to come."""
        return [state_of(said) for said in self.life_said(norm.name)]

    def relations(self, norm: Entry) -> list[Act]:
        """What a norm does to others, in the order of its note."""
        return [
            Act(kind, other, begins, local_names(provisions))
            for kind, other, begins, provisions in self.row("relations", norm.name)
        ]

    def norm(self, key: Key) -> Entry:
        """A norm that must exist, such as the acting norm of an effect."""
        return self.entry(str(key))

    def norm_named(self, reference: str) -> Entry | None:
        """A norm by its id or by its ELI address."""
        note = self.norm_of(reference)
        return self.entry(note) if note else None

    # -- by name -----------------------------------------------------------------------------------

    def norm_of(self, reference: str) -> str | None:
        """The norm that an id or an ELI address names."""
        if self.is_there(Key("norm", reference)):
            return str(Key("norm", reference))
        key = self.site.law.eli_key(reference)
        return next(reversed(list(self.under("eli", key))), None)

    @derived(N_("what is done to %(note)s"))
    def effects_said(self, norm: str) -> Any:
        """What is done to a norm, in order of time: the acting norm, if it has a note; the index of
        the relation (or act) in its note; first and last day; type and provisions of the relation;
        the name of an act without note, by language."""
        norms = {key_of(note): self.facts(note) for note in self._involved(norm)}
        found = effects(norms, self._key, self.site.law).get(key_of(norm), [])
        return [
            [effect.by, _place(effect, norms, norm), *_days(effect), *_said(effect)]
            for effect in found
        ]

    def done_to(self, norm: str) -> list[Done]:
        """The same as ``effects_said``, without reading the norms' files."""
        return [
            Done(Key(*by) if by else None, day_of(begins), kind, local_names(provisions), act)
            for by, _, begins, _, kind, provisions, act in self.effects_said(norm)
        ]

    def effects_on(self, norm: str) -> list[Effect]:
        """What is done to a norm, in order of time."""
        return self.once(f"effects {norm}", lambda: self._effects_on(norm))

    def _effects_on(self, norm: str) -> list[Effect]:
        self.looks_up(f"facts {norm}")
        return [
            self._effect(norm, Key(*by) if by else None, place, day_of(begins), day_of(ends))
            for by, place, begins, ends, *_ in self.effects_said(norm)
        ]

    @cached_property
    def provision_names(self) -> ProvisionNames:
        """How the site's packs name provisions."""
        return provision_names(self.site.law)

    def _effect(
        self, norm: str, by: Key | None, place: int, begins: Date | None, ends: Date | None
    ) -> Effect:
        if by is None:
            act = self.facts(norm).done_by_others[place]
            named = self.provision_names.of(act.provisions)
            return Effect(act, None, None, begins, ends, named)
        acting = self.facts(str(by))
        relation = acting.relations[place]
        named = self.provision_names.of(relation.provisions)
        return Effect(relation, by, acting, begins, ends, named)

    @derived(N_("the states of %(note)s"))
    def life_said(self, norm: str) -> Any:
        """A norm's states, one after the other, past and to come, as ``plain_state`` has them."""
        return [plain_state(one) for one in life(self.facts(norm), self.effects_on(norm))]

    def force_of(self, norm: str) -> tuple[State, set[Date]]:
        """A norm's state today, and the days on which the state, or what is said of it, changes."""
        facts, done = self.facts(norm), self.effects_on(norm)
        days = force_transition_dates(facts, done) | {
            effect.begins for effect in done if effect.begins
        }
        return force(facts, done, self.day), days

    @derived(N_("the state of provisions of %(note)s"))
    def force_of_parts(self, norm: str, parts: str) -> Any:
        """The state of provisions of a norm, in the form of ``force_of_provisions`` and
        ``plain_state``. A derived value, so a page that cites them depends on this alone, not on
        everything that is done to the norm. ``parts``: as written by ``in_one_word``."""
        effects = self.effects_on(norm)
        self.changes_on(effect_days(effects))
        found = force_of_provisions(effects, parts_of(parts), self.day)
        return plain_state(found) if found else None

    def _involved(self, norm: str) -> list[str]:
        """A norm, those that act on it, and those on which it depends whether these still do: that
        may end or prolong them as a whole, or do so to such a norm in turn. Sorted."""
        return sorted({norm, *reached(norm, lambda one: self._acting(one, on_whole=one != norm))})

    def _acting(self, norm: str, *, on_whole: bool) -> list[str]:
        """The norms that act on a norm. ``on_whole``: only those of ``effects.acts_on_whole``."""
        addresses = addresses_of(self.facts(norm))
        references = [key_of(norm).id, *map(self.site.law.eli_key, addresses)]
        return [
            other
            for reference in dict.fromkeys(references)
            if self.norm_of(reference) == norm
            for other, is_on_whole in self.under("acting", reference).items()
            if is_on_whole or not on_whole
        ]

    def _key(self, reference: str) -> Key | None:
        found = self.norm_of(reference)
        return key_of(found) if found else None


def plain_state(state: State) -> list[Any]:
    """A state as plain data."""
    days = [day.isoformat() if day else None for day in (state.since, state.until)]
    return [state.word, *days, state.reason, state.by]


def state_of(said: Sequence[Any]) -> State:
    """The inverse of ``plain_state``."""
    word, since, until, reason, by = said
    return State(word, day_of(since), day_of(until), reason, Key(*by) if by else None)


def _said(effect: Effect) -> list[Any]:
    relation = effect.relation
    act = dict(relation.by.root) if isinstance(relation, OutsideAct) else None
    return [relation.type, plain_names(relation.provisions), act]


def _place(effect: Effect, norms: Any, norm: str) -> int:
    """The index of an effect's relation in the note that states it."""
    said = norms[effect.by].relations if effect.by else norms[key_of(norm)].done_by_others
    return next(index for index, one in enumerate(said) if one is effect.relation)


def _days(effect: Effect) -> list[str | None]:
    return [day.isoformat() if day else None for day in (effect.begins, effect.ends)]
