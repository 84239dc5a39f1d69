"""JSON-LD in pages, as search engines read it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from project import REPOSITORY, Project
from rdflib import RDFS, Graph, URIRef
from saig.outputs.linked.jsonld import MANY, SCHEMA, data_block
from saig.words import Translator
from vocabulary import CATALOGUE, graph, vocabulary

ELI = "https://www.boe.es/eli/es-ib/dl/2020"
WORDS = Translator.of(REPOSITORY / "theme/translations", "ca")


class Blocks(HTMLParser):
    """What stands in the data blocks of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._is_open = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._is_open = tag == "script" and dict(attrs).get("type") == "application/ld+json"
        if self._is_open:
            self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        self._is_open = False

    def handle_data(self, data: str) -> None:
        if self._is_open:
            self.texts[-1] += data


def block(html: str) -> dict[str, Any]:
    [text] = Blocks(html).texts
    found: dict[str, Any] = json.loads(text)
    return found


def things(town: Project, address: str) -> dict[str, dict[str, Any]]:
    """What a page tells of, by its type."""
    html = (town.output / address.strip("/") / "index.html").read_text("utf-8")
    return {thing["@type"]: thing for thing in block(html)["@graph"]}


def test_an_office_says_when_it_opens_and_when_it_does_not(linked_town: Project) -> None:
    office = things(linked_town, "/contactes/obres/")["GovernmentOffice"]
    assert office["@id"] == f"{CATALOGUE}#contact/obres"
    assert office["address"] == {
        "@type": "PostalAddress",
        "streetAddress": "Carrer Major, 1, 2a planta",
        "postalCode": "07006",
        "addressLocality": "Vila",
        "addressCountry": "ES",
    }
    now, later = office["openingHoursSpecification"]
    assert (now["opens"], now["closes"], now["validThrough"]) == ("09:00", "14:00", "2020-12-10")
    assert later["dayOfWeek"] == [f"{SCHEMA}/Monday", f"{SCHEMA}/Wednesday"]
    closed = {one["validFrom"] for one in office["specialOpeningHoursSpecification"]}
    assert closed == {"2020-12-24", "2020-12-25"}
    assert office["parentOrganization"]["@id"] == f"{CATALOGUE}#contact/ajuntament"


def test_hours_of_unknown_days_are_not_told_as_those_of_every_day(linked_town: Project) -> None:
    office = things(linked_town, "/contactes/area-d-aigues/")["GovernmentOffice"]
    assert "openingHoursSpecification" not in office
    assert office["identifier"]["value"] == "L01999999"


def test_a_service_says_how_to_get_it(linked_town: Project) -> None:
    service = things(linked_town, "/serveis/llicencia-d-obres/")["GovernmentService"]
    assert service["potentialAction"] == {
        "@type": "ReserveAction",
        "name": "Demanau cita presencial",
        "target": "https://cita.vila.test/obres",
    }
    desk, office = service["availableChannel"]
    assert desk["@id"] == f"{CATALOGUE}#service/llicencia/channel/in-person"
    assert (office["serviceUrl"], office["processingTime"]) == (
        "https://seu.vila.test/obres",
        "P3M",
    )
    assert service["serviceOutput"]["name"] == "La llicència"
    assert [one["audienceType"] for one in service["audience"]] == ["Ciutadania", "Empreses"]


def test_a_norm_says_whether_it_is_in_force(linked_town: Project) -> None:
    """Of the norm that the page is about, not of the page."""
    page = things(linked_town, "/normativa/decret-llei-8-2020/")["WebPage"]
    norm = page["about"]
    assert (norm["@type"], norm["@id"]) == ("Legislation", f"{ELI}/05/13/8")
    assert norm["legislationLegalForce"] == {"@id": f"{SCHEMA}/InForce"}
    assert norm["temporalCoverage"].endswith("/2020-12-10")
    other = things(linked_town, "/normativa/decret-llei-14-2020/")["WebPage"]["about"]
    assert other["legislationRepeals"] == {"@type": "Legislation", "@id": norm["@id"]}
    assert other["legislationPassedBy"]["name"] == "Govern de les Illes"


def test_a_notice_says_when_it_ends(linked_town: Project) -> None:
    found = [
        (things(linked_town, document["url"].removeprefix("https://example.org")), document)
        for document in notices(linked_town)
    ]
    assert found
    for said, document in found:
        end = document["notice"]["valid_until"]
        assert said["SpecialAnnouncement"].get("expires") == end
    assert any(document["notice"]["valid_until"] for _, document in found)


def notices(town: Project) -> Iterator[dict[str, Any]]:
    for path in sorted(town.output.glob("avisos/*/index.json")):
        document = json.loads(path.read_text("utf-8"))
        if document["kind"] == "notice":
            yield document


def test_every_page_says_where_it_is(linked_town: Project) -> None:
    way = things(linked_town, "/es/servicios/licencia-de-obras/")["BreadcrumbList"]
    names = [item["name"] for item in way["itemListElement"]]
    assert names == ["Inicio", "Servicios", "Pedir una licencia de obras"]
    for path in linked_town.output.rglob("index.html"):
        html = path.read_text("utf-8")
        if "http-equiv" not in html:  # an old address, which leads on at once
            assert block(html)["@graph"], path


@pytest.fixture(scope="module")
def document(linked_town: Project) -> dict[str, Any]:
    return linked_town.document("/contactes/obres/")


SITE = {"root": "https://example.org/", "country": "ES", "territory": None, "organisation": None}


@given(st.text() | st.sampled_from(["</script>", "<!--<script>", "]]>&amp;", "\u2028"]))
@settings(max_examples=30)
def test_no_text_ends_the_block(document: dict[str, Any], text: str) -> None:
    html = f"<p>{data_block({**document, 'title': text}, SITE, WORDS)}</p>"
    assert html.count("</script>") == 1
    assert "<!--" not in html
    [office, way] = block(html)["@graph"]
    assert office.get("name", "") == text == way["itemListElement"][-1]["name"]


def test_blocks_are_small(linked_town: Project) -> None:
    """They are read by few; a page must stay light for all."""
    sizes = [
        len(text.encode())
        for path in linked_town.output.rglob("index.html")
        for text in Blocks(path.read_text("utf-8")).texts
    ]
    assert sum(sizes) / len(sizes) < 1200
    assert max(sizes) < 4000


def test_what_there_is_too_much_of_is_cut(document: dict[str, Any]) -> None:
    closures = [
        {"from": f"2021-{month:02}-01", "until": None, "label": None} for month in range(1, 13)
    ]
    many = {**document, "contact": {**document["contact"], "closures": closures}}
    office = block(data_block(many, SITE, WORDS))["@graph"][0]
    assert len(office["specialOpeningHoursSpecification"]) == MANY


# -- against schema.org's own files --------------------------------------------------------------


def triples(town: Project) -> Graph:
    """All blocks, as a processor of JSON-LD reads them with schema.org's own context."""
    context = json.loads(vocabulary("schemaorg-30-context.jsonld").read_text("utf-8"))["@context"]
    # Of the two forms of its addresses, that of its vocabulary.
    text = json.dumps(context).replace('"http://schema.org/', f'"{SCHEMA}/')
    found = Graph()
    every = [
        thing
        for path in sorted(town.output.rglob("index.html"))
        for text_of_page in Blocks(path.read_text("utf-8")).texts
        for thing in json.loads(text_of_page)["@graph"]
    ]
    found.parse(data=json.dumps({"@context": json.loads(text), "@graph": every}), format="json-ld")
    return found


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
def test_terms_and_domains_are_those_of_schema_org(linked_town: Project) -> None:
    known, said = graph(vocabulary("schemaorg-30.ttl")), triples(linked_town)
    domain, reach = URIRef(f"{SCHEMA}/domainIncludes"), URIRef(f"{SCHEMA}/rangeIncludes")
    kind = URIRef("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")

    def kinds(node: Any) -> set[Any]:
        of = set(said.objects(node, kind)) or set(known.objects(node, kind))
        return {above for one in of for above in known.transitive_objects(one, RDFS.subClassOf)}

    wrong = set()
    checked = 0
    for node, name, value in said:
        if name == kind:
            if (value, kind, RDFS.Class) not in known:
                wrong.add(f"no type: {value}")
            continue
        checked += 1
        if not kinds(node) & set(known.objects(name, domain)):
            wrong.add(f"{name} of {sorted(said.objects(node, kind))}")
        led = set(known.objects(name, reach))
        is_address = isinstance(value, URIRef) and URIRef(f"{SCHEMA}/URL") in led
        if (of := kinds(value)) and not is_address and not of & led:
            wrong.add(f"{name} to {sorted(of)}")
    assert not wrong, "\n".join(sorted(wrong))
    assert checked > 200
