"""A norm's document: what it is, whether it is in force, what it does and what is done to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..catalogue.effects import REASONS, Effect
from ..catalogue.entry import Entry
from ..catalogue.notes_lists import lists_of, newest_first, shown
from ..catalogue.validity import DAY, State
from ..notes.day_types import UNKNOWN
from ..notes.norm_fields import Norm, Relation, first_day, identity
from ..packs.eli import ELI
from ..packs.law import Law
from ..packs.law import said as in_language
from .acts import act_of, by_provision, deed, done_by, official_first
from .answer import answer_html
from .articles import with_article
from .chronology import chronology, stretch, undated
from .common import Document, DocumentBuilder, iso
from .note import note_document
from .provision_words import abbreviations_in, provision_words, provisions_lang

HOLDS = ("in-force", "partly-in-force", "suspended", "unknown")
"""The states in which a norm can replace, for readers, one that it continues."""

FIRST = ("", 0, "")
"""The sort key of norms without a note, as ``rows.age_of``: they come before the others."""

EVENTS = {
    "amends": "amended",
    "adds": "added",
    "removes": "removed",
    "repeals": "repealed",
    "repeals-part": "repealed-in-part",
    "suspends": "suspended",
    "lifts": "suspension-lifted",
    "prorogues": "prorogued",
    "validates": "validated",
    "corrects": "corrected",
    "continues": "continued",
    "challenges": "challenged",
    "annuls": "annulled",
    "bill": "bill",
}
"""Relation -> event of the norm that it acts on. ``develops`` is none: it changes nothing."""


def norm_document(builder: DocumentBuilder, entry: Entry) -> Document:
    catalogue, facts = builder.catalogue, entry.facts
    state = catalogue.state(entry)
    named = [(relation, catalogue.norm_named(relation.norm)) for relation in facts.relations]
    active = sorted(
        # Nothing is stated yet of a norm that is a draft.
        (pair for pair in named if pair[1] or ELI.fullmatch(pair[0].norm)),
        key=lambda pair: pair[1].listed.age if pair[1] else FIRST,
    )
    passive = [done for done in catalogue.effects(entry) if _is_told(builder, done)]
    departments = catalogue.referenced_now(entry, "departments")
    lists = lists_of(catalogue, entry.name)
    life = catalogue.life(entry)
    continuing = _continuing(builder, entry)
    said = identity(facts)
    places = official_first(builder.law, facts.published_in, said["jurisdiction"])
    part = {
        **said,
        "type_said": type_said(builder, said),
        **builder.said("passed_by", facts.passed_by),
        "official_text": official_text(builder.law, facts),
        "consolidated_text": catalogue.site.law.consolidated(facts.eli) if facts.eli else None,
        "aliases": facts.aliases,
        "published_in": builder.plains(places),
        "first_date_entry_in_force": iso(facts.first_date_entry_in_force),
        "date_no_longer_in_force": iso(facts.date_no_longer_in_force),
        **_state(builder, said, state, passive),
        "life": [stretch(builder, entry, state) for state in life],
        "timeline": list(_timeline(builder, facts, passive, life)),
        "relations": [_active(builder, facts, relation, other) for relation, other in active]
        + [_passive(builder, effect) for effect in passive],
        "provisions": by_provision(builder, passive),
        "abbreviations": abbreviations_in(
            text
            for relation in (*facts.relations, *(effect.relation for effect in passive))
            for text in relation.provisions
        ),
        "headings": _headings(builder, entry),
        "holds_now": [
            _named(builder, norm) for norm in continuing if catalogue.state(norm).word in HOLDS
        ],
        "chronology": chronology(builder, entry, passive, life),
        "undated": undated(builder, entry, passive),
        "acts_on": _acts_on(builder, facts, active),
        "checked": builder.plain(facts.checked),
        "departments": builder.refs(departments),
        "explained_in": builder.refs(shown("explained_in", lists)),
        "cited_in": builder.refs(shown("cited_in", lists)),
    }
    part["state_html"] = answer_html(builder, part)
    crumbs = builder.section_crumbs("norms")
    others = [other for _, other in active if other]
    others += [catalogue.norm(effect.by) for effect in passive if effect.by]
    shown_in_part = [*departments, *newest_first(others), *continuing]
    return note_document(builder, entry, part, crumbs, shown_in_part, lists)


def _is_told(builder: DocumentBuilder, effect: Effect) -> bool:
    return effect.by is None or builder.catalogue.norm(effect.by).is_listed


def type_said(builder: DocumentBuilder, norm: Mapping[str, Any]) -> str | None:
    """The name of a norm's type, or its code if no pack of its jurisdiction has one."""
    kind = builder.norm_type(norm)
    return in_language(kind.name, builder.lang) if kind else norm["type"]


def official_text(law: Law, norm: Norm) -> str | None:
    """The address of the text in the official gazette, or else in the first gazette that states
    one, or else the norm's ELI address, if any."""
    places = official_first(law, norm.published_in, identity(norm)["jurisdiction"])
    return next((place.url for place in places if place.url), norm.eli)


def _state(
    builder: DocumentBuilder, said: Mapping[str, Any], state: State, passive: Sequence[Effect]
) -> dict[str, Any]:
    """A norm's state, and who ended or suspended it."""
    by = builder.catalogue.get(*state.by) if state.by else None
    return {
        "state": state.word,
        "state_said": builder.norm_words(state, said),
        "state_since": iso(state.since),
        "state_until": iso(state.until),
        "state_reason": state.reason,
        "state_by": builder.ref(by) if by and by.is_listed else None,
        "state_act": _state_act(builder, state, passive),
    }


def _state_act(
    builder: DocumentBuilder, state: State, passive: Sequence[Effect]
) -> dict[str, Any] | None:
    """The act without note that ended or suspended it."""
    if state.by or state.word not in ("suspended", "no-longer-in-force"):
        return None
    acts = [
        effect
        for effect in passive
        if not effect.by
        and effect.begins == state.since
        and REASONS.get(effect.relation.type) == state.reason
        and not effect.relation.provisions
    ]
    return act_of(builder, acts[0].relation) if acts else None


def _headings(builder: DocumentBuilder, entry: Entry) -> list[dict[str, str]]:
    """The main headings of its text, for the page's table of contents."""
    headings = entry.note(builder.lang).body.headings
    return [{"id": one.id, "title": one.text} for one in headings if one.level <= 2]


def _continuing(builder: DocumentBuilder, entry: Entry) -> list[Entry]:
    """The norms that continue its content; for one that is over itself, those that continue
    that."""
    catalogue = builder.catalogue
    found: dict[Entry, None] = {}
    waiting = [entry]
    while waiting:
        for done in catalogue.done_to(waiting.pop().name):
            other = catalogue.norm(done.by) if done.type == "continues" and done.by else None
            if other and other.is_listed:
                if catalogue.is_past(other) and other not in found and other is not entry:
                    waiting.append(other)
                found[other] = None
    found.pop(entry, None)
    return list(found)


def _named(builder: DocumentBuilder, norm: Entry) -> dict[str, Any]:
    ref = builder.ref(norm)
    return {**ref, "named": with_article(ref["short_title"], ref["lang"])}


# -- its life ------------------------------------------------------------------------------------


def _timeline(
    builder: DocumentBuilder, norm: Norm, passive: Sequence[Effect], life: Sequence[State]
) -> Iterator[dict[str, Any]]:
    """What happened or will happen to a norm, by day."""
    said = identity(norm)
    found: list[tuple[str | None, str, Effect | None]] = [(said["date_document"], "enacted", None)]
    if not builder.is_judgment(said):  # judgments have effects from their gazette on
        found.append((iso(norm.first_date_entry_in_force), "in-force", None))
    for publication in official_first(builder.law, norm.published_in, said["jurisdiction"])[:1]:
        found.append((iso(publication.date), "published", None))
    for effect in passive:
        if event := EVENTS.get(effect.relation.type):
            found.append((iso(effect.begins), event, effect))
            if event == "suspended" and effect.ends:
                found.append((iso(effect.ends + DAY), "suspension-ended", effect))
    for state in life:
        if state.reason in ("expired", "not-validated"):
            found.append((iso(state.since), state.reason, None))
    order = ("enacted", "published", "in-force")
    found.sort(key=lambda item: order.index(item[1]) if item[1] in order else len(order))
    for day, event, source in sorted(found, key=lambda item: item[0] or ""):
        if day:
            yield {"date": day, "event": event, **done_by(builder, source)}


# -- relations -----------------------------------------------------------------------------------


def _active(
    builder: DocumentBuilder, norm: Norm, relation: Relation, other: Entry | None
) -> dict[str, Any]:
    address = relation.norm if ELI.fullmatch(relation.norm) else None
    return {
        "type": relation.type,
        "direction": "active",
        "norm": builder.ref(other) if other else None,
        "act": None,
        "eli": address or (other.facts.eli if other else None),
        "provisions": provision_words(relation.provisions, builder.lang),
        "provisions_lang": provisions_lang(relation.provisions, builder.lang),
        "from": iso(first_day(norm, relation)),
        "from_unknown": relation.from_ == UNKNOWN,
        "until": iso(relation.until),
        **builder.said("text", relation.text),
    }


def _acts_on(
    builder: DocumentBuilder, norm: Norm, active: Sequence[tuple[Relation, Entry | None]]
) -> list[dict[str, Any]]:
    """What it does to each other norm, the newest of these first."""
    groups: dict[Any, list[tuple[Relation, Entry | None]]] = {}
    for relation, other in active:
        groups.setdefault(other or relation.norm, []).append((relation, other))
    return [
        {
            "norm": builder.ref(other) if other else None,
            "eli": None if other else named[0][0].norm,
            "done": [{**deed(builder, one), "from": iso(first_day(norm, one))} for one, _ in named],
        }
        for named in reversed(groups.values())
        for other in [named[0][1]]
    ]


def _passive(builder: DocumentBuilder, effect: Effect) -> dict[str, Any]:
    return {
        "type": effect.relation.type,
        "direction": "passive",
        **done_by(builder, effect),
        "eli": effect.acting.eli if effect.acting else None,
        "from": iso(effect.begins),
        "from_unknown": effect.is_without_a_day,
        "until": iso(effect.ends),
        **builder.said("text", effect.relation.text),
    }
