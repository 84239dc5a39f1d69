"""A norm's document: what it is, whether it holds, what it does and what is done to it."""

from __future__ import annotations

from typing import Any

from ..catalogue.catalogue import is_listed
from ..catalogue.entry import Entry
from ..catalogue.force import Effect
from ..notes.models import Norm, Relation, identity
from .common import Document, Speaker, iso, newest_first


def norm_document(speaker: Speaker, entry: Entry) -> Document:
    catalogue, facts = speaker.catalogue, entry.facts
    state = catalogue.state(entry)
    by = catalogue.entries[state.by] if state.by else None
    active = [(relation, catalogue.norm_named(relation.norm)) for relation in facts.relations]
    effects = catalogue.effects.get(entry.key, [])
    passive = [effect for effect in effects if is_listed(catalogue.entries[effect.by])]
    departments = catalogue.named("contact", facts.departments)
    part = {
        **identity(facts),
        "eli": facts.eli,
        "aliases": facts.aliases,
        "published_in": speaker.plains(facts.published_in),
        "first_date_entry_in_force": iso(facts.first_date_entry_in_force),
        "date_no_longer_in_force": iso(facts.date_no_longer_in_force),
        "state": state.word,
        "state_since": iso(state.since),
        "state_until": iso(state.until),
        "state_reason": state.reason,
        "state_by": speaker.ref(by) if by and is_listed(by) else None,
        "relations": [_active(speaker, facts, relation, other) for relation, other in active]
        + [_passive(speaker, effect) for effect in passive],
        "checked": speaker.plain(facts.checked),
        "departments": speaker.refs(departments),
    }
    crumbs = [speaker.crumb(speaker.section_name("norms"), speaker.section_url("norms"))]
    others = [other for _, other in active if other] + [
        catalogue.entries[effect.by] for effect in passive
    ]
    return speaker.note_document(entry, part, crumbs, [*departments, *newest_first(others)])


def _active(
    speaker: Speaker, norm: Norm, relation: Relation, other: Entry | None
) -> dict[str, Any]:
    begins = relation.from_ or norm.first_date_entry_in_force
    return _relation(speaker, relation, "active", other, iso(begins))


def _passive(speaker: Speaker, effect: Effect) -> dict[str, Any]:
    acting = speaker.catalogue.entries[effect.by]
    return _relation(speaker, effect.relation, "passive", acting, iso(effect.begins))


def _relation(
    speaker: Speaker, relation: Relation, direction: str, other: Entry | None, begins: str | None
) -> dict[str, Any]:
    address = relation.norm if relation.norm.startswith("https://") else other and other.facts.eli
    return {
        "type": relation.type,
        "direction": direction,
        "norm": speaker.ref(other) if other else None,
        "eli": (other.facts.eli if direction == "passive" and other else address) or None,
        "provisions": relation.provisions,
        "from": begins,
        "until": iso(relation.until),
        "text": relation.text.text(speaker.lang) if relation.text else None,
    }
