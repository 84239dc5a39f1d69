"""``api/v1/dcat.ttl``, as a national portal harvests it from a published site."""

from __future__ import annotations

import json
import os
import shutil
from functools import partial
from pathlib import Path

import pytest
from in_process import built
from project import Project, new_project
from rdflib import Graph, Namespace, URIRef
from rdflib.namespace import DCTERMS
from saig.outputs.linked.portal import DESCRIPTIONS, KEYWORDS, TITLES
from saig.progress import Progress
from saig.publishing.finished_tree import FinishedTree
from saig.publishing.layout import Layout
from saig.publishing.portal import describe
from saig.publishing.publish import publish
from saig.publishing.record_io import load
from saig.publishing.rollback import roll_back
from saig.publishing.tree import altered_files
from vocabulary import SITE, graph, violations, vocabulary

DCAT = Namespace("http://www.w3.org/ns/dcat#")
CATALOGUE = URIRef(f"{SITE}/api/v1/dcat.ttl#catalogue")
DATASET = URIRef(f"{SITE}/api/v1/dcat.ttl#dataset")
FIRST, LAST = "2020-12-10T10:00:00Z", "2020-12-24T10:00:00Z"
QUIET = Progress("en")


@pytest.fixture(scope="module")
def listed_town(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A town whose organisation Spain's directory has."""
    project = new_project(tmp_path_factory.mktemp("listed") / "project")
    project.change("contacts/ajuntament.md", "emails:", "dir3: L01999999\nemails:")
    assert not built(project)
    return project


class Published:
    def __init__(self, town: Project, folder: Path) -> None:
        self.site = folder / "site"
        shutil.copytree(town.output, self.site)
        self.layout = Layout(folder / "public")

    def publish(self) -> int | None:
        """The number of the publication; None if nothing was there to publish."""
        done = publish(self.layout, partial(FinishedTree, self.site), 3, QUIET)
        self.is_as_recorded()
        return done.publication.number if done.publication else None

    def is_as_recorded(self) -> None:
        release = self.layout.release(self.layout.current_release() or "")
        assert not altered_files(release, load(self.layout).state.digests)

    @property
    def file(self) -> Path:
        return self.layout.current / "api/v1/dcat.ttl"

    @property
    def graph(self) -> Graph:
        return Graph().parse(self.file, format="turtle")

    def change(self) -> None:
        page = self.site / "contactes/obres/index.html"
        page.write_text(page.read_text("utf-8").replace("Obres", "Feines"), "utf-8")


@pytest.fixture
def published(listed_town: Project, tmp_path: Path) -> Published:
    return Published(listed_town, tmp_path)


@pytest.fixture(scope="module")
def described(listed_town: Project, tmp_path_factory: pytest.TempPathFactory) -> Graph:
    folder = tmp_path_factory.mktemp("described") / "site"
    return description(shutil.copytree(listed_town.output, folder))


def description(site: Path) -> Graph:
    """What is written into a site when it is published."""
    assert describe(site, FIRST, LAST, 7, [])
    return Graph().parse(site / "api/v1/dcat.ttl", format="turtle")


def test_it_says_whose_the_data_are_and_where(listed_town: Project, described: Graph) -> None:
    said = described
    publisher = "http://datos.gob.es/recurso/sector-publico/org/Organismo/L01999999"
    assert said.value(CATALOGUE, DCTERMS.publisher) == URIRef(publisher)
    assert said.value(CATALOGUE, DCTERMS.license) == URIRef(
        "http://publications.europa.eu/resource/authority/licence/CC_BY_4_0"
    )
    forms = list(said.objects(DATASET, DCAT.distribution))
    files = {str(said.value(form, DCAT.downloadURL)) for form in forms}
    assert {f"{SITE}/api/v1/catalogue.ttl", f"{SITE}/es/feed.atom"} <= files
    assert all((listed_town.output / file.removeprefix(f"{SITE}/")).is_file() for file in files)


@pytest.mark.parametrize("languages", [("ca", "es"), ("ca",)])
def test_it_conforms_to_the_shapes_of_dcat_ap_es(
    languages: tuple[str, ...], listed_town: Project, tmp_path: Path
) -> None:
    """Of a town without Spanish too."""
    folder = vocabulary("dcat-ap-es-1.0.0")
    shapes = Graph()
    for path in sorted(folder.glob("shacl_*.ttl")):
        if "imports" not in path.name:
            shapes += graph(path)
    site = shutil.copytree(listed_town.output, tmp_path / "site")
    for path in (site / "api/v1/site").glob("*.json"):
        if path.stem not in languages:
            path.unlink()
    assert not violations(description(site), shapes, allow_warnings=True)


def test_it_has_what_dcat_ap_es_asks(described: Graph) -> None:
    """What is mandatory in its version 1.0.0, and in Spanish."""
    said = described
    must = ["title", "description", "publisher", "language", "issued", "modified", "license"]
    for name in must:
        assert said.value(CATALOGUE, DCTERMS[name], any=True), name
    for node in (CATALOGUE, DATASET, *said.objects(DATASET, DCAT.distribution)):
        for name in ("title", "description"):
            assert "es" in {one.language for one in said.objects(node, DCTERMS[name])}  # type: ignore[attr-defined]
    assert said.value(DATASET, DCAT.theme, any=True)
    taxonomies = set(said.objects(CATALOGUE, DCAT.themeTaxonomy))
    assert URIRef("http://datos.gob.es/kos/sector-publico/sector") in taxonomies


def dates(said: Graph) -> tuple[str, str, str]:
    of = (DCTERMS.issued, DCTERMS.modified, DCAT.version)
    issued, modified, number = (str(said.value(DATASET, name)) for name in of)
    return issued.replace("+00:00", "Z"), modified.replace("+00:00", "Z"), number


def test_each_publication_says_its_time_and_number(published: Published) -> None:
    published.publish()
    times = [one.time for one in load(published.layout).publications]
    assert dates(published.graph) == (times[0], times[0], "1")
    assert published.publish() is None, "nothing differs, not even this"
    published.change()
    assert published.publish() == 2
    first, second = (one.time for one in load(published.layout).publications)
    assert dates(published.graph) == (first, second, "2")
    assert roll_back(published.layout, None, lambda: None, QUIET)
    published.is_as_recorded()
    last = load(published.layout).publications[-1].time
    assert dates(published.graph) == (first, last, "3")


def test_what_was_altered_is_put_right_and_what_no_longer_holds_goes(published: Published) -> None:
    published.publish()
    os.chmod(published.file, 0o644)
    published.file.write_text("<a> <b> <c> .")
    assert published.publish() == 2
    assert dates(published.graph)[2] == "2"
    for path in (published.site / "api/v1/site").glob("*.json"):
        site = json.loads(path.read_text("utf-8"))
        path.write_text(json.dumps({**site, "licence": None}))
    assert published.publish() == 3
    assert not published.file.exists()
    assert not published.file.with_suffix(".ttl.gz").exists()


@pytest.mark.parametrize(
    "said",
    [
        {"licence": None},
        {"country": "PT"},
        {"organisation": ["x"]},
        {"organisation": {"url": "https://example.org/../../", "title": "x"}},
    ],
)
def test_what_a_portal_would_refuse_is_not_offered(
    said: dict[str, object], listed_town: Project, tmp_path: Path
) -> None:
    """Nor what whoever built the site wrote there in place of it."""
    for name in ("api/v1/site", "contactes"):
        shutil.copytree(listed_town.output / name, tmp_path / name)
    assert describe(tmp_path, FIRST, LAST, 7, [])
    for path in (tmp_path / "api/v1/site").glob("*.json"):
        path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), **said}))
    assert describe(tmp_path, FIRST, LAST, 7, []) == {}
    assert not list((tmp_path / "api/v1").glob("dcat.ttl*"))


def test_there_are_words_for_each_language_of_it() -> None:
    assert TITLES.keys() == DESCRIPTIONS.keys() == KEYWORDS.keys()
