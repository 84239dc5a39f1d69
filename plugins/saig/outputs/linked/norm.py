"""A norm's document -> LegalResource of ELI 1.2, and a LegalExpression per language, in
Turtle. Its JSON-LD is in ``jsonld``."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

from ...packs.law import Law
from .common import Context, Document, date, own, part, text, value
from .names import jurisdiction, language, norm_type, of_code
from .turtle import Fact, Node, iri, plain, words

_FORCE = {
    "in-force": "InForce-inForce",
    "partly-in-force": "InForce-partiallyInForce",
    "not-yet-in-force": "InForce-notInForce",
    "no-longer-in-force": "InForce-notInForce",
}
"""ELI has no term for suspended or unknown."""

ACTS = {
    "amends": ("amends", "amended_by"),
    "adds": ("amends", "amended_by"),
    "removes": ("amends", "amended_by"),
    "repeals": ("repeals", "repealed_by"),
    "repeals-part": ("changes", "changed_by"),
    "annuls": ("changes", "changed_by"),
    "suspends": ("changes", "changed_by"),
    "lifts": ("changes", "changed_by"),
    "prorogues": ("changes", "changed_by"),
    "corrects": ("corrects", "corrected_by"),
    "develops": ("based_on", "basis_for"),
    "validates": ("related_to", "related_to"),
    "continues": ("related_to", "related_to"),
    "challenges": ("related_to", "related_to"),
}
"""What a norm does to another -> ELI's terms, and those of the inverse."""


def norm_nodes(document: Document, context: Context) -> Iterator[Node]:
    norm = document["norm"]
    subject = iri(norm["eli"]) if norm["eli"] else context.name("norm", document["id"])
    expression = part(document, document["lang"])
    yield Node(subject, _resource(document, context))
    facts = [("eli:is_realized_by", expression), ("foaf:page", iri(document["url"]))]
    yield Node(subject, facts, is_of_language=True)
    yield Node(expression, _expression(document, subject), is_of_language=True)
    yield from _codes(norm, context.site.law)
    if norm["passed_by"]:
        facts_of_body = [("a", "eli:Agent"), text("foaf:name", norm, "passed_by")]
        yield Node(part(document, "passed-by"), facts_of_body)


def _resource(document: Document, context: Context) -> Iterator[Fact | None]:
    norm, law = document["norm"], context.site.law
    yield "a", "eli:LegalResource"
    yield value("dct:identifier", document["id"])
    if norm["type"]:
        yield "eli:type_document", norm_type(law, norm["type"], norm["jurisdiction"])
    if norm["jurisdiction"]:
        yield "eli:jurisdiction", jurisdiction(law, norm["jurisdiction"])
    yield value("eli:number", norm["number"])
    yield date("eli:date_document", norm["date_document"])
    days = [place["date"] for place in norm["published_in"] if place["date"]]
    yield date("eli:date_publication", days[0] if days else None)  # the official gazette is first
    for place in norm["published_in"]:
        yield value("eli:id_local", place["id"])
    yield date("eli:first_date_entry_in_force", norm["first_date_entry_in_force"])
    yield date("eli:date_no_longer_in_force", last_day(norm))
    if force := _FORCE.get(norm["state"]):
        yield "eli:in_force", f"eli:{force}"
    if norm["passed_by"]:
        yield "eli:passed_by", part(document, "passed-by")
    for topic in norm["topics"]:
        yield "eli:is_about", of_code("topic", topic["id"])
    for relation in norm["relations"]:
        yield _relation(relation, context)


def last_day(norm: Mapping[str, Any]) -> str | None:
    """The last day of force: as stated by the note, or the day before the end in its history."""
    if norm["date_no_longer_in_force"]:
        return str(norm["date_no_longer_in_force"])
    last = norm["life"][-1] if norm["life"] else None
    if not last or last["state"] != "no-longer-in-force" or not last["from"]:
        return None
    first = datetime.date.fromisoformat(last["from"])
    return (first - datetime.timedelta(days=1)).isoformat()


def _relation(relation: Mapping[str, Any], context: Context) -> Fact | None:
    names = ACTS.get(relation["type"])
    other = relation["norm"]
    if not names or not (relation["eli"] or other):
        return None
    there = iri(relation["eli"]) if relation["eli"] else context.name("norm", other["id"])
    return f"eli:{names[relation['direction'] == 'passive']}", there


def _expression(document: Document, subject: str) -> Iterator[Fact | None]:
    yield "a", "eli:LegalExpression"
    yield "eli:realizes", subject
    yield "eli:language", language(document["lang"])
    yield own("eli:title", document, document["title"])
    yield own("eli:description", document, document["summary"])
    for name in document["norm"]["aliases"]:
        yield "eli:title_alternative", words(name, document["lang"])


def _codes(norm: Mapping[str, Any], law: Law) -> Iterator[Node]:
    """Its type and jurisdiction, with their names in other lists."""
    if norm["type"]:
        there = norm_type(law, norm["type"], norm["jurisdiction"])
        facts = [("a", "skos:Concept, eli:ResourceType"), ("skos:notation", plain(norm["type"]))]
        yield Node(there, facts)
    if norm["jurisdiction"]:
        there = jurisdiction(law, norm["jurisdiction"])
        kind = ("a", "skos:Concept, eli:AdministrativeArea")
        yield Node(there, [kind, ("skos:notation", plain(norm["jurisdiction"]))])
