"""A contact's document -> PublicOrganisation and point of contact of CPSV-AP 3.2, in Turtle. Its
JSON-LD is in ``jsonld``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .common import Context, Document, closures, opening, own, page, part, text, value
from .turtle import Fact, Node, iri, plain, typed, words


def contact_nodes(document: Document, context: Context) -> Iterator[Node]:
    contact = document["contact"]
    subject = context.name("contact", document["id"])
    yield Node(subject, _organisation(document, context))
    yield page(document, subject)
    if contact["address"]:
        yield Node(part(document, "address"), _address(document, contact["address"], context))
    for one in contact["identifiers"]:
        facts = [("a", "adms:Identifier"), ("skos:notation", plain(one["value"]))]
        yield Node(part(document, one["scheme"].lower()), facts)
    hours, of_hours = opening(document, "m8g:openingHours", contact["opening_hours"])
    closed, of_closures = closures(document, "m8g:specialOpeningHoursSpecification")
    yield Node(part(document, "contact-point"), [*_contact_point(contact), *hours, *closed])
    yield from of_hours
    yield from of_closures


def _organisation(document: Document, context: Context) -> Iterator[Fact | None]:
    contact = document["contact"]
    yield "a", "m8g:PublicOrganisation, org:Organization, foaf:Agent"
    yield value("dct:identifier", document["id"])
    yield own("skos:prefLabel", document, document["title"])
    yield own("dct:title", document, document["title"])
    yield own("dct:description", document, document["summary"])
    yield context.site.spatial
    if above := contact["parent"]:
        yield "org:subOrganizationOf", context.name("contact", above["id"])
    if contact["address"]:
        yield "locn:address", part(document, "address")
    for one in contact["identifiers"]:
        yield "adms:identifier", part(document, one["scheme"].lower())
    yield "m8g:contactPoint", part(document, "contact-point")
    if contact["website"]:
        yield "foaf:homepage", iri(contact["website"])


def _address(
    document: Document, address: Mapping[str, Any], context: Context
) -> Iterator[Fact | None]:
    lang = context.site.language
    yield "a", "locn:Address"
    for key, name in (("locn:thoroughfare", "street_address"), ("locn:postName", "locality")):
        said = address[f"{name}_lang"] or lang  # a name without language is written once
        if document["lang"] == said:
            yield key, words(address[name], said)
    yield text("locn:locatorName", address, "extra")
    yield value("locn:postCode", address["postal_code"])
    yield value("schema:addressCountry", context.site.country)
    if None not in (address["latitude"], address["longitude"]):
        yield "schema:latitude", typed(str(address["latitude"]), "xsd:decimal")
        yield "schema:longitude", typed(str(address["longitude"]), "xsd:decimal")


def _contact_point(contact: Mapping[str, Any]) -> Iterator[Fact | None]:
    yield "a", "m8g:ContactPoint"
    for phone in contact["telephones"]:
        yield value("m8g:telephone", phone["number"])
    for email in contact["emails"]:
        yield value("m8g:email", email)
