"""``api/v1/catalogue.ttl`` as a program of others reads it."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st
from in_process import built
from project import REPOSITORY, Project
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, RDF, SKOS, XSD
from saig.outputs.linked.turtle import Node, block, head, iri, plain, words
from vocabulary import OWN_SHAPES, catalogue_of, graph, named, violations, vocabulary

M8G = Namespace("http://data.europa.eu/m8g/")
CPSV = Namespace("http://purl.org/vocab/cpsv#")
ELI = Namespace("http://data.europa.eu/eli/ontology#")
ADMS = Namespace("http://www.w3.org/ns/adms#")
SCHEMA = Namespace("https://schema.org/")

DECREE = URIRef("https://www.boe.es/eli/es-ib/dl/2020/05/13/8")
LICENCE = named("service/llicencia")
LANGUAGES = "http://publications.europa.eu/resource/authority/language/"

ELI_TERMS = frozenset(
    [
        "Agent",
        "AdministrativeArea",
        "LegalExpression",
        "LegalResource",
        "ResourceType",
        "amended_by",
        "amends",
        "based_on",
        "basis_for",
        "changed_by",
        "changes",
        "corrected_by",
        "corrects",
        "date_document",
        "date_no_longer_in_force",
        "date_publication",
        "description",
        "first_date_entry_in_force",
        "id_local",
        "in_force",
        "is_about",
        "is_realized_by",
        "jurisdiction",
        "language",
        "number",
        "passed_by",
        "realizes",
        "related_to",
        "repealed_by",
        "repeals",
        "title",
        "title_alternative",
        "type_document",
        "InForce-inForce",
        "InForce-notInForce",
        "InForce-partiallyInForce",
    ]
)
"""Those of ELI 1.2 that Saig knows."""


def test_it_has_what_cpsv_ap_asks(catalogue: Graph) -> None:
    assert not violations(catalogue, graph(OWN_SHAPES))


def test_it_conforms_to_the_shapes_of_cpsv_ap(catalogue: Graph) -> None:
    assert not violations(catalogue, graph(vocabulary("cpsv-ap-3.2.0-shacl.ttl")))


def test_the_shapes_of_these_tests_find_what_lacks(catalogue: Graph) -> None:
    less = Graph() + catalogue
    less.remove((LICENCE, M8G.hasCompetentAuthority, None))
    less.remove((named("contact/obres"), DCTERMS.spatial, None))
    assert "hasCompetentAuthority" in (said := violations(less, graph(OWN_SHAPES)))
    assert "spatial" in said


def terms_of_eli(catalogue: Graph) -> set[str]:
    return {
        str(term).removeprefix(str(ELI))
        for triple in catalogue
        for term in triple
        if str(term).startswith(str(ELI))
    }


def test_no_term_of_eli_is_made_up(catalogue: Graph) -> None:
    assert terms_of_eli(catalogue) <= ELI_TERMS


def test_the_terms_of_eli_are_in_its_ontology() -> None:
    known = {str(one) for one in graph(vocabulary("eli-1.2.nt")).subjects()}
    assert {str(ELI) + term for term in ELI_TERMS} <= known


def test_a_service_is_told_in_each_language(catalogue: Graph) -> None:
    assert set(catalogue.objects(LICENCE, DCTERMS.title)) == {
        Literal("Demanar una llicència d'obres", "ca"),
        Literal("Pedir una licencia de obras", "es"),
    }
    assert set(catalogue.objects(LICENCE, DCTERMS.language)) == {
        URIRef(f"{LANGUAGES}CAT"),
        URIRef(f"{LANGUAGES}SPA"),
    }
    output = catalogue.value(LICENCE, CPSV.produces)
    assert set(catalogue.objects(output, DCTERMS.title)) == {
        Literal("La llicència", "ca"),
        Literal("La licencia", "es"),
    }


def test_a_service_says_to_whom_when_and_within_which_time(catalogue: Graph) -> None:
    time = catalogue.value(LICENCE, M8G.processingTime)
    assert (str(time), time.datatype) == ("P3M", XSD.duration)  # type: ignore[union-attr]
    who = {
        catalogue.value(one, DCTERMS.identifier)
        for one in catalogue.objects(LICENCE, DCTERMS.audience)
    }
    assert {str(one) for one in who} == {"citizens", "companies"}
    event = catalogue.value(LICENCE, M8G.isGroupedBy)
    assert Literal("Construir i reformar", "ca") in set(catalogue.objects(event, DCTERMS.title))
    assert catalogue.value(LICENCE, DCTERMS.spatial) == URIRef(
        "http://datos.vila.test/territori/vila"
    )


def test_norms_have_the_names_of_their_gazette(catalogue: Graph) -> None:
    """So that what others say of them, and what is said here, is of one thing."""
    assert set(catalogue.objects(LICENCE, M8G.hasLegalResource)) == {DECREE}
    service = named("service/alta")
    own = named("norm/ordenanca-aigua")
    assert set(catalogue.objects(service, M8G.hasLegalResource)) == {DECREE, own}
    rule = catalogue.value(service, CPSV.follows)
    assert catalogue.value(rule, CPSV.implements) == own


def test_force_is_told_as_eli_has_it(catalogue: Graph) -> None:
    assert catalogue.value(DECREE, ELI.in_force) == ELI["InForce-inForce"]
    # It is repealed from the day after the one on which the town was built.
    last = catalogue.value(DECREE, ELI.date_no_longer_in_force)
    assert last == Literal("2020-12-10", datatype=XSD.date)
    by = URIRef("https://www.boe.es/eli/es-ib/dl/2020/12/09/14")
    assert set(catalogue.objects(DECREE, ELI.repealed_by)) == {by}
    assert catalogue.value(by, ELI.in_force) == ELI["InForce-notInForce"]
    assert set(catalogue.objects(by, ELI.repeals)) == {DECREE}
    body = catalogue.value(by, ELI.passed_by)
    name = URIRef("http://xmlns.com/foaf/0.1/name")
    assert Literal("Govern de les Illes", "ca") in set(catalogue.objects(body, name))
    own = named("norm/ordenanca-aigua")
    assert str(catalogue.value(own, ELI.date_no_longer_in_force)) == "2025-12-31"
    assert catalogue.value(own, ELI.based_on) == DECREE


def test_hours_and_closures_are_told_with_their_days(catalogue: Graph) -> None:
    point = catalogue.value(named("contact/obres"), M8G.contactPoint)
    hours = catalogue.value(point, M8G.openingHours)
    assert str(catalogue.value(hours, SCHEMA.closes)) == "14:00:00"
    assert str(catalogue.value(hours, SCHEMA.validThrough)) == "2020-12-10"
    closed = list(catalogue.objects(point, M8G.specialOpeningHoursSpecification))
    firsts = {str(catalogue.value(one, SCHEMA.validFrom)) for one in closed}
    assert firsts == {"2020-12-24", "2020-12-25"}
    unknown = catalogue.value(named("contact/aigua"), M8G.contactPoint)
    assert catalogue.value(unknown, M8G.openingHours) is None
    night = named("service/alta/channel/phone-2/hours-1")
    assert str(catalogue.value(night, SCHEMA.closes)) == "23:59:59"


def test_what_is_hidden_is_nowhere(catalogue: Graph) -> None:
    assert not any("secret" in str(term) for triple in catalogue for term in triple)
    # A service needs someone who answers for it.
    above = catalogue.value(named("service/amagat"), M8G.hasCompetentAuthority)
    assert above == named("contact/ajuntament")


def test_states_and_codes_have_names(catalogue: Graph) -> None:
    state = catalogue.value(LICENCE, ADMS.status)
    assert Literal("Actual", "ca") in set(catalogue.objects(state, SKOS.prefLabel))
    topic = catalogue.value(LICENCE, M8G.thematicArea)
    assert (topic, RDF.type, SKOS.Concept) in catalogue
    assert Literal("Licencias", "es") in set(catalogue.objects(topic, SKOS.prefLabel))


def test_channels_keep_their_names_when_they_are_reordered(catalogue: Graph) -> None:
    """``ordre`` and ``desordre`` say the same in another order."""
    found = []
    for service in ("service/ordre", "service/desordre"):
        ways = list(catalogue.objects(named(service), M8G.hasChannel))
        assert len(ways) == 3
        found.append(
            {str(way).rpartition("/")[2]: catalogue.value(way, DCTERMS.type) for way in ways}
        )
    assert found[0] == found[1]
    assert set(found[0]) == {"seu", "phone", "video"}


def test_a_town_need_not_name_its_territory(town: Project) -> None:
    names = ("territory: ", "country: ", "licence: ")
    site = (town.content / "site.yaml").read_text("utf-8").splitlines(keepends=True)
    town.write("site.yaml", "".join(line for line in site if not line.startswith(names)))
    assert not built(town)
    assert not violations(catalogue_of(town), graph(OWN_SHAPES))


@given(st.text(), st.sampled_from(["ca", "pt-BR"]))
@settings(max_examples=30)
def test_any_text_is_read_as_it_was_written(text: str, lang: str) -> None:
    node = Node(iri("#x"), [("dct:title", words(text, lang)), ("dct:identifier", plain(text))])
    said = f"{head('https://example.org/c.ttl')}{block([node])}"
    found = Graph().parse(data=said.encode("utf-8", "surrogatepass"), format="turtle")
    [title] = found.objects(None, DCTERMS.title)
    assert str(title) == text
    assert str(next(found.objects(None, DCTERMS.identifier))) == text


def test_no_build_imports_what_checks_it() -> None:
    """RDFLib would cost each build two tenths of a second."""
    for path in (REPOSITORY / "plugins").rglob("*.py"):
        assert not re.search(r"^\s*(import|from) (rdflib|pyshacl)", path.read_text("utf-8"), re.M)
