"""Norms whose facts contradict each other, or those of other norms."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import Any

from ..citations.grammar import Grammar
from ..citations.recognise import citations
from ..notes.day_types import known_day
from ..notes.local_name import every_name
from ..notes.norm_fields import Norm, OutsideAct, Relation, day_of_act, identity
from ..notes.problem import Problem
from ..notes.read import Note
from ..packs.law import Law
from ..words import N_
from .catalogue import Catalogue
from .check_references import circular_reference
from .effects import Effect
from .entry import Entry
from .provision_keys import is_within
from .reached import reached
from .resolve import number_in_year

Date = datetime.date

ACTS_ON_EARLIER = (
    "amends",
    "adds",
    "removes",
    "repeals",
    "repeals-part",
    "annuls",
    "suspends",
    "lifts",
    "prorogues",
    "validates",
    "corrects",
)
"""Relations that are only possible to a norm that exists already."""


def check_norm(catalogue: Catalogue, entry: Entry) -> Iterator[Problem]:
    yield from _unread(entry)
    yield from _same_eli(catalogue, entry)
    yield from _dates(catalogue.site.law, entry)
    for lang in entry.languages:
        yield from _title(entry, entry.note(lang), catalogue.grammar)
    yield from _ends_twice(catalogue, entry)
    yield from _acts_with_notes(catalogue, entry)
    for index, relation in enumerate(entry.facts.relations):
        if other := catalogue.norm_named(relation.norm):
            yield from _relation(catalogue, entry, index, relation, other)
            if other is not entry:
                yield from _lifts_nothing(catalogue, entry, other, relation, "relations", index)
    for index, act in enumerate(entry.facts.done_by_others):
        yield from _lifts_nothing(catalogue, entry, entry, act, "done_by_others", index)


def _unread(entry: Entry) -> Iterator[Problem]:
    """An ELI address that matches no pack's pattern: nothing can be read from it."""
    facts = identity(entry.facts)
    names = ("jurisdiction", "type", "number", "date_document")
    missing = [name for name in names if facts[name] is None]
    says_too_little = "type" in missing or {"number", "date_document"} <= {*missing}
    if entry.facts.eli and says_too_little:
        yield entry.original.problem(
            "eli-unread",
            N_("what this ELI address says of the norm cannot be read: no pack knows its pattern"),
            N_("correct the address, or state %(fields)s beside it"),
            "eli",
            fields=", ".join(missing),
        )


def _same_eli(catalogue: Catalogue, entry: Entry) -> Iterator[Problem]:
    """Two notes of one norm: links and relations by its ELI address lead to only one of them."""
    other = catalogue.norm_named(entry.facts.eli) if entry.facts.eli else None
    if other and other is not entry and "draft" not in (entry.status, other.status):
        yield entry.original.problem(
            "duplicate-eli",
            N_("%(other)s has the same ELI address, and whoever names that is led there"),
            N_("correct the address that is wrong, or make one note of the two"),
            "eli",
            other=other.listed.path,
        )


def _dates(law: Law, entry: Entry) -> Iterator[Problem]:
    """Nothing is published before it is enacted. Norms may be in force before they are published,
    but seldom are."""
    act = day_of_act(entry.facts)
    for index, published in enumerate(entry.facts.published_in):
        if act and published.date and published.date < act:
            yield entry.original.problem(
                "date-order",
                N_("%(name)s (%(day)s) is before the day of the act (%(act)s)"),
                N_("correct the date, or the ELI address that gives the day of the act"),
                *("published_in", index, "date"),
                name="published_in",
                day=published.date.isoformat(),
                act=act.isoformat(),
            )
    begins, known = entry.facts.first_date_entry_in_force, _known_since(law, entry.facts)
    if begins and known and begins < known:
        yield entry.original.problem(
            "retroactive",
            N_("first_date_entry_in_force (%(day)s) is before the norm was published (%(known)s)"),
            N_("leave it if the norm says so; otherwise correct the date"),
            "first_date_entry_in_force",
            day=begins.isoformat(),
            known=known.isoformat(),
        )


def _known_since(law: Law, norm: Norm) -> Date | None:
    """The first day on which a gazette published a norm, or else the day of the act. Gazettes that
    are known to be of other jurisdictions do not count: they may republish a norm later."""
    jurisdiction = identity(norm)["jurisdiction"]
    days = [
        published.date
        for published in norm.published_in
        if published.date
        and any(
            law.is_official(name, jurisdiction) is not False
            for name in every_name(published.gazette)
        )
    ]
    return min(days, default=None) or day_of_act(norm)


def _title(entry: Entry, note: Note, grammar: Grammar) -> Iterator[Problem]:
    """A title that begins with type, number and date must agree with the ELI address."""
    cited = next(iter(citations(note.fields.title, grammar)), None)
    if cited is None or cited.start > 0 or cited.number is None or cited.name:
        return
    facts = identity(entry.facts)
    facts["number"] = number_in_year(facts)
    said = {"type": cited.type, "number": cited.number, "year": cited.year}
    if facts["type"] in grammar.may_mean.get(cited.type, ()):
        said["type"] = facts["type"]
    for name, value in said.items():
        if facts[name] is not None and str(facts[name]) != str(value):
            yield _differs(entry, note, "bad-value", name, value, facts[name])
            return
    if cited.date and facts["date_document"] not in (None, cited.date.isoformat()):
        yield _differs(
            entry,
            note,
            "title-differs",
            "date_document",
            cited.date.isoformat(),
            facts["date_document"],
        )


def _differs(entry: Entry, note: Note, code: str, name: str, said: Any, fact: Any) -> Problem:
    field = {"year": "date_document"}.get(name, name)
    if entry.facts.eli is None and (field,) in entry.original.places:
        problem = entry.original.problem(
            code,
            N_("%(name)s is %(fact)s here, and the title says %(said)s"),
            N_("write %(said)s, if the title is as in the gazette; or correct the title"),
            field,
            name=name,
            said=said,
            fact=fact,
        )
        return replace(problem, fix=(str(fact), str(said))) if field == name else problem
    return note.problem(
        code,
        N_("the title says %(said)s for %(name)s, and the facts (the ELI address) say %(fact)s"),
        N_("correct the one that is wrong, as the gazette has it"),
        "title",
        name=name,
        said=said,
        fact=fact,
    )


def _ends_twice(catalogue: Catalogue, entry: Entry) -> Iterator[Problem]:
    """A norm states its own end only if no other norm ends it (docs/notes.md)."""
    facts = entry.facts
    if not (facts.date_no_longer_in_force or facts.end_reason):
        return
    field = "date_no_longer_in_force" if facts.date_no_longer_in_force else "end_reason"
    for effect in catalogue.effects(entry):
        if effect.ends_all:
            yield entry.original.problem(
                "contradicting-relation",
                N_("%(other)s ends this norm, and so says when"),
                N_("remove date_no_longer_in_force and end_reason, or the relation in the other"),
                field,
                other=_name(entry, effect),
            )
        if effect.relation.type == "validates" and facts.end_reason == "not-validated":
            yield entry.original.problem(
                "contradicting-relation",
                N_("%(other)s validates this norm, which says that it was not validated"),
                N_("remove end_reason, or the relation in the other norm"),
                "end_reason",
                other=_name(entry, effect),
            )


def _name(entry: Entry, effect: Effect) -> str:
    """The id of the acting norm, or the name of an act without note."""
    if isinstance(effect.relation, OutsideAct):
        return effect.relation.by.text(entry.original.source.lang)
    return effect.by.id if effect.by else ""


def _acts_with_notes(catalogue: Catalogue, entry: Entry) -> Iterator[Problem]:
    """If an act in ``done_by_others`` has a note, that note must state it (docs/notes.md)."""
    for index, act in enumerate(entry.facts.done_by_others):
        other = catalogue.acting(entry, act)
        if other and other.status != "draft":  # until it is published, this is all that says it
            yield entry.original.problem(
                "contradicting-relation",
                N_("%(other)s has a note here, and says itself what it does"),
                N_("move this to relations: in %(path)s"),
                *("done_by_others", index, "by"),
                other=other.id,
                path=other.original.source.path,
            )


def _lifts_nothing(
    catalogue: Catalogue,
    entry: Entry,
    target: Entry,
    relation: Relation | OutsideAct,
    *where: str | int,
) -> Iterator[Problem]:
    """A suspension must exist before it is lifted. ``where``: the relation's place in the note."""
    if relation.type != "lifts":
        return
    done = catalogue.effects(target)
    lifting = [effect for effect in done if effect.relation == relation]
    if lifting and not any(
        effect.relation.type == "suspends" and _may_lift(lift, effect)
        for lift in lifting
        for effect in done
    ):
        yield entry.original.problem(
            "contradicting-relation",
            N_("nothing of %(other)s was suspended before that this could lift"),
            N_("state the suspension too, or correct the provisions or the day"),
            *where,
            "type",
            other=target.id,
        )


def _may_lift(lift: Effect, suspension: Effect) -> bool:
    """Whether an effect may lift a suspension: it did not come before that, and concerns some of the
    same provisions. Unknown days and provisions may be right."""
    first, then = suspension.known_from, lift.known_from
    mine, theirs = (list(chain.from_iterable(one.understood)) for one in (lift, suspension))
    is_of_same = any(is_within(a, b) or is_within(b, a) for a in mine for b in theirs)
    return (not first or not then or first <= then) and (is_of_same or not mine or not theirs)


def _relation(
    catalogue: Catalogue, entry: Entry, index: int, relation: Relation, other: Entry
) -> Iterator[Problem]:
    where = ("relations", index)
    if other is entry:
        yield circular_reference(entry, *where, "norm")
        return
    if _is_whole_repeal(relation) and entry in reached(other, partial(_repealed, catalogue)):
        yield entry.original.problem(
            "contradicting-relation",
            N_("this norm and %(other)s repeal each other, or in a circle"),
            N_("keep the relation in the norm that came later"),
            *where,
            "norm",
            other=other.id,
        )
        return
    act, others = day_of_act(entry.facts), day_of_act(other.facts)
    begins = known_day(relation.from_)
    if act and others and act < others and relation.type in ACTS_ON_EARLIER:
        yield entry.original.problem(
            "date-order",
            N_("this norm, of %(act)s, cannot act on %(other)s, which is of %(others)s"),
            N_("state the relation in the later norm, or correct the ELI address"),
            *where,
            "norm",
            act=act.isoformat(),
            other=other.id,
            others=others.isoformat(),
        )
    elif others and begins and begins < others:
        yield entry.original.problem(
            "date-order",
            N_("from (%(from)s) is before %(other)s was made (%(others)s)"),
            N_("write the first day of the effect"),
            *where,
            "from",
            **{"from": begins.isoformat()},
            other=other.id,
            others=others.isoformat(),
        )
    known = _known_since(catalogue.site.law, entry.facts)
    if begins and known and begins < known and not relation.text:
        yield entry.original.problem(
            "retroactive",
            N_("from (%(from)s) is before this norm was published (%(known)s)"),
            N_("if its effect goes back, say so in text; otherwise correct the date"),
            *where,
            "from",
            **{"from": begins.isoformat()},
            known=known.isoformat(),
        )
    yield from _said_twice(catalogue, entry, index, relation, other)


def _said_twice(
    catalogue: Catalogue, entry: Entry, index: int, relation: Relation, other: Entry
) -> Iterator[Problem]:
    """A norm may repeal another as a whole only once, and may not keep in force what it repeals."""
    for earlier in entry.facts.relations[:index]:
        if catalogue.norm_named(earlier.norm) is not other:
            continue
        both = (earlier, relation)
        if any(map(_is_whole_repeal, both)) and (
            all(map(_is_whole_repeal, both)) or any(r.type == "validates" for r in both)
        ):
            yield entry.original.problem(
                "contradicting-relation",
                N_("another relation of this norm says otherwise of %(other)s"),
                N_("keep one of the two"),
                "relations",
                index,
                "norm",
                other=other.id,
            )
            return


def _is_whole_repeal(relation: Relation) -> bool:
    return relation.type == "repeals" and not relation.provisions


def _repealed(catalogue: Catalogue, norm: Entry) -> list[Entry]:
    """The norms that a norm repeals as a whole."""
    repeals = filter(_is_whole_repeal, norm.facts.relations)
    found = (catalogue.norm_named(relation.norm) for relation in repeals)
    return [target for target in found if target]
