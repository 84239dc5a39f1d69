"""States on many days, held against another account of the same that lives them one by one."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from saig.catalogue.effects import effects
from saig.catalogue.entry import Key, key_of
from saig.catalogue.force import force, life
from saig.catalogue.lookup import RowSource
from saig.catalogue.norms import Norms
from saig.catalogue.provision_states import force_of_provisions
from saig.catalogue.provisions import provision_names
from saig.catalogue.rows import rows_of_norm
from saig.catalogue.validity import DAY
from saig.notes.norm_fields import Norm
from saig.packs.law import Rules
from saig.packs.load import law as load_law

LAW = load_law(("es",))

Date = datetime.date
ZERO = Date(2020, 1, 1)
LAST = 12
ARTICLES = ("art. 1", "art. 2")
ENDS = ("repeals", "annuls")
KINDS = (*ENDS, "repeals-part", "removes", "adds", "suspends", "lifts", "prorogues", "amends")


def on(number: int) -> Date:
    return ZERO + number * DAY


@st.composite
def few_norms(draw: st.DrawFn, most: int = 4) -> dict[Key, Norm]:
    """Norms made one after the other; each acts on earlier ones only."""
    found = {}
    for index in range(draw(st.integers(2, most))):
        entry = draw(st.none() | st.integers(index, LAST))
        facts: dict[str, object] = {
            "title": f"n{index}",
            "summary": "S.",
            "date": ZERO,
            "jurisdiction": "es-ib",
            "type": "l",
            "number": str(index),
            "date_document": on(index - 2),
        }
        if entry is not None:
            facts["first_date_entry_in_force"] = on(entry)
            if draw(st.integers(0, 3)) == 0:
                facts["date_no_longer_in_force"] = on(draw(st.integers(entry, LAST)))
                facts["end_reason"] = draw(st.sampled_from(["expired", "not-validated"]))
        count = draw(st.integers(0, 4)) if index else 0
        facts["relations"] = [_relation(draw, index, entry) for _ in range(count)]
        key = Key("norm", f"n{index}")
        found[key] = Norm.model_validate(facts, context={"languages": ["ca"]})
    return found


def _relation(draw: st.DrawFn, index: int, entry: int | None) -> dict[str, object]:
    relation: dict[str, object] = {
        "type": draw(st.sampled_from(KINDS)),
        "norm": f"n{draw(st.integers(0, index - 1))}",
    }
    if relation["type"] in ("removes", "adds") or draw(st.booleans()):
        relation["provisions"] = draw(st.sampled_from([[a] for a in ARTICLES] + [[*ARTICLES]]))
    begins = draw(st.none() | st.just("unknown") | st.integers(0, LAST))
    if begins is not None:
        relation["from"] = on(begins) if isinstance(begins, int) else begins
    first = begins if isinstance(begins, int) else entry
    if first is not None and draw(st.integers(0, 3)) == 0:
        relation["until"] = on(draw(st.integers(first, LAST)))
    return relation


def first_day(norm: Norm, relation: object) -> Date | None:
    """From when it is told: from the day of the act, where its own is not known."""
    if relation.from_ == "unknown":
        changes = relation.type in KINDS
        return norm.date_document if changes else None
    return relation.from_ or norm.first_date_entry_in_force


def is_whole_end(relation: object) -> bool:
    return relation.type in ENDS and not relation.provisions


class Oracle:
    """Lives the days one by one, and writes down what happens on each."""

    def __init__(self, norms: dict[Key, Norm]) -> None:
        self.norms = norms
        self.gone: dict[Key, Date] = {}
        self.begun: list[tuple[Key, Key, object, Date]] = []  # who, whom, relation, first day
        for number in range(-5, LAST + 3):
            self._live(on(number))

    def _own_end(self, key: Key) -> Date | None:
        """Its own last day, or that of the longest prolongation."""
        ends = [self.norms[key].date_no_longer_in_force]
        for norm in self.norms.values():
            for relation in norm.relations:
                if (
                    relation.type == "prorogues"
                    and not relation.provisions
                    and relation.norm == key.id
                ):
                    undone = norm.end_reason == "not-validated"
                    own = norm.date_no_longer_in_force if undone else None
                    last = min(filter(None, [relation.until, own]), default=None)
                    if last is None:
                        return None
                    ends.append(last)
        return max(filter(None, ends), default=None)

    def _live(self, day: Date) -> None:
        for key in self.norms:
            if self._own_end(key) == day - DAY:
                self.gone.setdefault(key, day)
        for whole in (True, False):
            for key, norm in reversed(self.norms.items()):
                for relation in norm.relations:
                    if first_day(norm, relation) == day and is_whole_end(relation) == whole:
                        self._begin(key, norm, relation, day)

    def _begin(self, key: Key, norm: Norm, relation: object, day: Date) -> None:
        is_over = key in self.gone and self.gone[key] <= day
        is_dated = relation.from_ != "unknown"
        if is_dated and is_over and day != norm.first_date_entry_in_force:
            return
        target = Key("norm", relation.norm)
        self.begun.append((key, target, relation, day))
        lasts = not relation.until and norm.end_reason != "not-validated"
        if is_whole_end(relation) and is_dated and lasts:
            self.gone.setdefault(target, day)

    def _spans(self, target: Key) -> list[tuple[object, Date, Date | None, Norm]]:
        """What was done to it, with first and last day, in the order in which it was done."""
        found = []
        for key, whom, relation, first in self.begun:
            norm, last = self.norms[key], relation.until
            if key in self.gone:
                over = self.gone[key] - DAY
                if norm.end_reason == "not-validated":
                    last = min(last or over, over)
                elif last is None and relation.type == "suspends":
                    last = over
            if whom == target:
                found.append((relation, first, last, norm))
        return sorted(found, key=lambda item: (item[1], item[3].date_document))

    def _holding(self, target: Key, day: Date) -> list[tuple[object, Date]]:
        return [
            (relation, first)
            for relation, first, last, _ in self._spans(target)
            if first <= day and not (last and last < day)
        ]

    def _is_lifted(self, target: Key, first: Date, day: Date, article: str | None) -> bool:
        return any(
            relation.type == "lifts"
            and since >= first
            and (not relation.provisions or article in relation.provisions)
            for relation, since in self._holding(target, day)
        )

    def article(self, target: Key, article: str, day: Date) -> str:
        """What became of it: as the last thing says that was done to it."""
        spans = [
            span
            for span in self._spans(target)
            if article in span[0].provisions and span[0].type not in ("suspends", "lifts")
        ]
        word = "there"
        if spans and spans[0][0].type == "adds":
            word = "not yet"
        for relation, first, last, _ in spans:
            is_past, holds = bool(last and last < day), first <= day
            if relation.type == "prorogues":
                if is_past and word == "there":
                    word = "expired"
                elif holds and not is_past and word == "expired":
                    word = "there"
            elif relation.type == "amends":
                if holds and not is_past and word == "repealed":
                    word = "unsure"
            elif relation.type == "adds" and is_past and word == "not yet":
                word = "expired"
            elif holds and not is_past:
                repealed = "annulled" if relation.type == "annuls" else "repealed"
                word = "there" if relation.type == "adds" else repealed
        return word

    def is_suspended(self, target: Key, article: str, day: Date) -> bool:
        return any(
            relation.type == "suspends"
            and article in relation.provisions
            and not self._is_lifted(target, first, day, article)
            for relation, first in self._holding(target, day)
        )

    def word(self, key: Key, day: Date) -> str:
        norm, holding = self.norms[key], self._holding(key, day)
        if self._has_expired(key, day) or any(is_whole_end(r) for r, _ in holding):
            return "no-longer-in-force"
        entry = norm.first_date_entry_in_force
        if entry and day < entry:
            return "not-yet-in-force"
        may_have_ended = any(
            is_whole_end(relation)
            and relation.norm == key.id
            and other.date_document <= day
            and not first_day(other, relation)
            for other in self.norms.values()
            for relation in other.relations
        )
        if not entry or may_have_ended:
            return "unknown"
        for relation, first in holding:
            is_whole = relation.type == "suspends" and not relation.provisions
            if is_whole and not self._is_lifted(key, first, day, None):
                return "suspended"
        for relation, _ in holding:
            if relation.type in ("repeals-part", "removes") and not relation.provisions:
                return "partly-in-force"
        for article in ARTICLES:
            if self.is_suspended(key, article, day):
                return "partly-in-force"
            word = self.article(key, article, day)
            if word == "expired" and any(
                r.type == "prorogues" and article in r.provisions and first <= day
                for r, first, _, _ in self._spans(key)
            ):
                return "partly-in-force"
            is_named = any(
                article in r.provisions and r.type in (*ENDS, "repeals-part", "removes")
                for r, _ in holding
            )
            if is_named and word not in ("there", "unsure"):
                return "partly-in-force"
        return "in-force"

    def _has_expired(self, key: Key, day: Date) -> bool:
        own = self.norms[key].date_no_longer_in_force
        longer = [
            (first, last)
            for relation, first, last, _ in self._spans(key)
            if relation.type == "prorogues" and not relation.provisions
        ]
        if (own and day <= own) or any(f <= day and not (e and e < day) for f, e in longer):
            return False
        return any(end and end < day for end in (own, *(last for _, last in longer)))


@given(few_norms())
def test_each_day_is_as_if_it_had_been_lived(norms: dict[Key, Norm]) -> None:
    oracle = Oracle(norms)
    done = effects(norms, {key.id: key for key in norms}.get, LAW)
    for key, facts in norms.items():
        said = done.get(key, [])
        for number in range(-3, LAST + 3):
            day = on(number)
            assert force(facts, said, day).word == oracle.word(key, day), (key, day)
            for article in ARTICLES:
                state = force_of_provisions(said, provision_names(LAW).keys(article), day)
                is_there = oracle.article(key, article, day) == "there"
                assert is_there == (state is None or state.word == "suspended"), (key, article, day)
                if oracle.article(key, article, day) == "unsure":
                    assert state and state.word == "unknown"
                if is_there:
                    assert bool(state) == oracle.is_suspended(key, article, day)


@given(few_norms())
def test_a_life_has_no_gap_and_no_day_that_nobody_knows(norms: dict[Key, Norm]) -> None:
    done = effects(norms, {key.id: key for key in norms}.get, LAW)
    for key, facts in norms.items():
        said = done.get(key, [])
        states = life(facts, said)
        assert states[0].since is None
        assert states[-1].until is None
        for one, next_ in pairwise(states):
            assert one.until == (next_.since - DAY if next_.since else None)
        known = {facts.first_date_entry_in_force}
        known |= {effect.begins for effect in said}
        known |= {end + DAY for end in _ends(facts, said)}
        for state in states:
            assert state.since is None or state.since in known


def _ends(facts: Norm, said: list) -> list[Date]:
    return [end for end in (facts.date_no_longer_in_force, *(e.ends for e in said)) if end]


class _Rows:
    """The rows of norms, as far as what is done to one follows from them."""

    def __init__(self, norms: Mapping[Key, Norm]) -> None:
        self.norms = norms
        self.said = [(t, k, note, v) for note in norms for t, k, v in self._of(note)]

    def _of(self, note: Key) -> list[tuple[str, str, Any]]:
        return [("there", str(note), 1), *rows_of_norm(LAW, self.norms[note])]

    def rows(self, _: str, table: str, key: str) -> list[tuple[str, str]]:
        return [(str(note), json.dumps(v)) for t, k, note, v in self.said if (t, k) == (table, key)]

    def derived(self, *_: str) -> None:
        return None

    def facts(self, note: str) -> Norm:
        return self.norms[key_of(note)]


@pytest.mark.parametrize("rules", [Rules(), Rules(revival=True), Rules(not_converted="beginning")])
@given(norms=few_norms(8))
def test_what_is_done_to_a_norm_follows_from_few_others(
    rules: Rules, norms: dict[Key, Norm]
) -> None:
    """The catalogue reads only norms on which it may depend; all norms together say the same."""
    law = replace(LAW, rules=dict.fromkeys(LAW.rules, rules))
    catalogue = Norms(cast(RowSource, _Rows(norms)), "shown", ZERO)
    catalogue.site = cast(Any, SimpleNamespace(law=law))
    of_all = effects(norms, {key.id: key for key in norms}.get, law)
    for key in norms:
        assert catalogue.effects_on(str(key)) == of_all.get(key, [])
