"""A norm's document: what it is, whether it holds, what it does and what is done to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ..catalogue.catalogue import is_listed
from ..catalogue.entry import Entry
from ..catalogue.force import Effect
from ..catalogue.provisions import in_order
from ..catalogue.validity import DAY, State
from ..notes.models import Norm, Publication, Relation, identity
from .common import Document, Speaker, iso, newest_first
from .force_words import force_words, is_feminine

OFFICIAL = "BOIB"
"""The gazette whose text has legal value for the norms of the Balearic Islands: it comes first."""

BOE_ELI = "https://www.boe.es/eli/"

EVENTS = {
    "amends": "amended",
    "repeals": "repealed",
    "repeals-part": "repealed-in-part",
    "suspends": "suspended",
    "validates": "validated",
    "corrects": "corrected",
    "continues": "continued",
    "challenges": "challenged",
}
"""What a relation is in the life of the norm that it acts on. To be developed changes nothing."""


def norm_document(speaker: Speaker, entry: Entry) -> Document:
    catalogue, facts = speaker.catalogue, entry.facts
    state = catalogue.state(entry)
    by = catalogue.get(*state.by) if state.by else None
    active = [(relation, catalogue.norm_named(relation.norm)) for relation in facts.relations]
    passive = [done for done in catalogue.effects(entry) if is_listed(catalogue.norm(done.by))]
    departments = catalogue.named("contact", facts.departments)
    life = catalogue.life(entry)
    part = {
        **identity(facts),
        "eli": facts.eli,
        "official_text": official_text(facts),
        "consolidated_text": consolidated_text(facts),
        "aliases": facts.aliases,
        "published_in": speaker.plains(official_first(facts.published_in)),
        "first_date_entry_in_force": iso(facts.first_date_entry_in_force),
        "date_no_longer_in_force": iso(facts.date_no_longer_in_force),
        "state": state.word,
        "state_said": force_words(speaker.words, state, feminine=is_feminine(facts)),
        "state_since": iso(state.since),
        "state_until": iso(state.until),
        "state_reason": state.reason,
        "state_by": speaker.ref(by) if by and is_listed(by) else None,
        "life": [_stretch(speaker, facts, stretch) for stretch in life],
        "timeline": list(_timeline(speaker, facts, passive, life)),
        "relations": [_active(speaker, facts, relation, other) for relation, other in active]
        + [_passive(speaker, effect) for effect in passive],
        "provisions": _by_provision(speaker, passive),
        "checked": speaker.plain(facts.checked),
        "departments": speaker.refs(departments),
        "explained_in": speaker.refs(explaining := explained_in(speaker, entry)),
        "cited_in": speaker.refs(
            other
            for other in catalogue.mentioned_in(entry)
            if other not in explaining and other.kind != "norm"
        ),
    }
    crumbs = speaker.section_crumbs("norms")
    others = [other for _, other in active if other]
    others += [catalogue.norm(effect.by) for effect in passive]
    return speaker.note_document(entry, part, crumbs, [*departments, *newest_first(others)])


def explained_in(speaker: Speaker, entry: Entry) -> list[Entry]:
    """The notes that are about this norm by their field ``norms``."""
    kinds = ("notice", "page", "service")
    naming = speaker.catalogue.naming
    return [other for kind in kinds for other in naming(entry.id, kind, "norms")]


def official_first(published: Sequence[Publication]) -> list[Publication]:
    return sorted(published, key=lambda publication: publication.gazette != OFFICIAL)


def official_text(norm: Norm) -> str | None:
    """Where the official gazette has it; else the first gazette that says where."""
    places = (publication.url for publication in official_first(norm.published_in))
    return next((url for url in places if url), norm.eli)


def consolidated_text(norm: Norm) -> str | None:
    """The version with all its changes, as ELI's version ``con`` (elidata.es, technical
    specification of 24 February 2022). The BOE serves it for the norms that have its ELI."""
    if norm.eli and norm.eli.startswith(BOE_ELI):
        return f"{norm.eli.rstrip('/')}/con"
    return None


# -- its life ------------------------------------------------------------------------------------


def _stretch(speaker: Speaker, norm: Norm, state: State) -> dict[str, Any]:
    return {
        "from": iso(state.since),
        "until": iso(state.until),
        "state": state.word,
        "said": force_words(speaker.words, state, feminine=is_feminine(norm)),
    }


def _timeline(
    speaker: Speaker, norm: Norm, passive: Sequence[Effect], life: Sequence[State]
) -> Iterator[dict[str, Any]]:
    """What happened, or is to happen, to a norm, by its day."""
    found: list[tuple[str | None, str, Entry | None, list[str]]] = [
        (identity(norm)["date_document"], "enacted", None, []),
        (iso(norm.first_date_entry_in_force), "in-force", None, []),
    ]
    for publication in official_first(norm.published_in)[:1]:
        found.append((iso(publication.date), "published", None, []))
    for effect in passive:
        if event := EVENTS.get(effect.relation.type):
            entry, provisions = speaker.catalogue.norm(effect.by), effect.relation.provisions
            found.append((iso(effect.begins), event, entry, provisions))
            if event == "suspended" and effect.ends:
                found.append((iso(effect.ends + DAY), "suspension-ended", entry, provisions))
    for state in life:
        if state.reason in ("expired", "not-validated"):
            found.append((iso(state.since), state.reason, None, []))
    order = ("enacted", "published", "in-force")
    found.sort(key=lambda item: order.index(item[1]) if item[1] in order else len(order))
    for day, event, by, provisions in sorted(found, key=lambda item: item[0] or ""):
        if day:
            yield {
                "date": day,
                "event": event,
                "norm": speaker.ref(by) if by else None,
                "provisions": provisions,
            }


# -- relations -----------------------------------------------------------------------------------


def _active(
    speaker: Speaker, norm: Norm, relation: Relation, other: Entry | None
) -> dict[str, Any]:
    begins = relation.from_ or norm.first_date_entry_in_force
    return _relation(speaker, relation, "active", other, iso(begins), iso(relation.until))


def _passive(speaker: Speaker, effect: Effect) -> dict[str, Any]:
    acting = speaker.catalogue.norm(effect.by)
    return _relation(
        speaker, effect.relation, "passive", acting, iso(effect.begins), iso(effect.ends)
    )


def _relation(
    speaker: Speaker,
    relation: Relation,
    direction: str,
    other: Entry | None,
    begins: str | None,
    until: str | None,
) -> dict[str, Any]:
    address = relation.norm if relation.norm.startswith("https://") else other and other.facts.eli
    return {
        "type": relation.type,
        "direction": direction,
        "norm": speaker.ref(other) if other else None,
        "eli": (other.facts.eli if direction == "passive" and other else address) or None,
        "provisions": relation.provisions,
        "from": begins,
        "until": until,
        **speaker.said("text", relation.text),
    }


def _by_provision(speaker: Speaker, passive: Sequence[Effect]) -> list[dict[str, Any]]:
    """What other norms did to each provision, in the order of the provisions."""
    done: dict[str, list[Effect]] = {}
    for effect in passive:
        for provision in effect.relation.provisions:
            done.setdefault(provision, []).append(effect)
    return [
        {
            "provision": provision,
            "done": [
                {
                    "type": effect.relation.type,
                    "norm": speaker.ref(speaker.catalogue.norm(effect.by)),
                    "from": iso(effect.begins),
                    "until": iso(effect.ends),
                }
                for effect in sorted(done[provision], key=lambda e: (iso(e.begins) or "", e.by))
            ],
        }
        for provision in in_order(done)
    ]
