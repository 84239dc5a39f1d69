"""A service's document -> PublicService of CPSV-AP 3.2, with its channels, in Turtle. Its
JSON-LD is in ``jsonld``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .common import Context, Document, opening, own, page, part, text, value
from .names import of_code
from .turtle import Fact, Node, iri, typed, words


def service_nodes(document: Document, context: Context) -> Iterator[Node]:
    service = document["service"]
    subject = context.name("service", document["id"])
    yield Node(subject, _service(document, context))
    yield page(document, subject)
    for way in service["channels"]:
        yield from _channel(document, way)
    if service["bring"]:
        yield Node(part(document, "evidence"), _titled(document, "m8g:Evidence", "bring"))
    if service["gives"]:
        yield Node(part(document, "output"), _titled(document, "m8g:Output", "gives"))
    if service["cost"]:
        facts = [
            ("a", "m8g:Cost"),
            value("dct:identifier", f"{document['id']}/cost"),
            text("dct:description", service, "cost"),
        ]
        yield Node(part(document, "cost"), facts)
    if norm := service["online_only_norm"]:
        yield Node(part(document, "rule"), _rule(document, norm, context))
    for norm in service["norms"]:
        yield Node(context.name("norm", norm["id"]), [("a", "eli:LegalResource")])


def _service(document: Document, context: Context) -> Iterator[Fact | None]:
    service = document["service"]
    yield "a", "cpsv:PublicService"
    yield value("dct:identifier", document["id"])
    yield own("dct:title", document, document["title"])
    yield own("dct:description", document, document["summary"])
    yield context.site.spatial
    yield "adms:status", of_code("states", service["state"])
    yield value("skos:notation", service["procedure_code"])
    departments = [one["id"] for one in service["departments"]]
    for identifier in departments or [context.site.organisation]:
        yield "m8g:hasCompetentAuthority", context.name("contact", identifier)
    for way in service["channels"]:
        yield "m8g:hasChannel", part(document, "channel", way["id"])
    for norm in service["norms"]:
        yield "m8g:hasLegalResource", context.name("norm", norm["id"])
    if service["processing_time"]:
        yield "m8g:processingTime", typed(service["processing_time"], "xsd:duration")
    for code in service["audience_codes"]:
        yield "dct:audience", of_code("audiences", code)
    for code in service["life_events"]:
        yield "m8g:isGroupedBy", of_code("life_events", code)
    for topic in service["topics"]:
        yield "m8g:thematicArea", of_code("topic", topic["id"])
    for word in service["search_words"]:
        yield "dcat:keyword", words(word, document["lang"])
    if service["bring"]:
        yield "cpsv:hasInput", part(document, "evidence")
    if service["gives"]:
        yield "cpsv:produces", part(document, "output")
    if service["cost"]:
        yield "m8g:hasCost", part(document, "cost")
    if service["online_only_norm"]:
        yield "cpsv:follows", part(document, "rule")


def _channel(document: Document, way: Mapping[str, Any]) -> Iterator[Node]:
    of = ("channel", way["id"])
    hours, of_hours = opening(document, "m8g:openingHours", way["opening_hours"], of)
    facts = [
        ("a", "m8g:Channel"),
        value("dct:identifier", f"{document['id']}/{way['id']}"),
        ("dct:type", of_code("channels", way["channel"])),
        text("dct:description", way, "label"),
        ("foaf:page", iri(way["url"])) if way["url"] else None,
        *hours,
    ]
    yield Node(part(document, *of), facts)
    yield from of_hours


def _titled(document: Document, kind: str, key: str) -> Iterator[Fact | None]:
    yield "a", kind
    yield value("dct:identifier", f"{document['id']}/{key}")
    yield text("dct:title", document["service"], key)


def _rule(document: Document, norm: Mapping[str, Any], context: Context) -> Iterator[Fact | None]:
    yield "a", "cpsv:Rule"
    yield value("dct:identifier", f"{document['id']}/rule")
    yield "dct:title", words(norm["short_title"], norm["lang"])
    yield "dct:description", words(norm["summary"], norm["lang"])
    yield "cpsv:implements", context.name("norm", norm["id"])
