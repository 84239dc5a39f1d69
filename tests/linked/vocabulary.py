"""Vocabularies of others, where this machine has them, and the tests' own shapes.

They are large, and not ours to publish. A folder of them is named by ``SAIG_VOCABULARIES``, or lies
beside the repository, in ``shared/vocabularies``.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import pytest
from project import REPOSITORY, Project
from pyshacl import validate
from rdflib import Graph, URIRef

SITE = "https://example.org"
CATALOGUE = f"{SITE}/api/v1/catalogue.ttl"
OWN_SHAPES = Path(__file__).with_name("shapes.ttl")


def named(path: str) -> URIRef:
    return URIRef(f"{CATALOGUE}#{path}")


def catalogue_of(project: Project) -> Graph:
    return Graph().parse(project.output / "api/v1/catalogue.ttl", format="turtle")


def vocabulary(name: str) -> Path:
    """A file of others; the test is left out where this machine does not have it."""
    given = os.environ.get("SAIG_VOCABULARIES")
    folder = Path(given) if given else REPOSITORY.parent / "shared" / "vocabularies"
    if not (folder / name).exists():
        pytest.skip(f"{name} is not on this machine (SAIG_VOCABULARIES)")
    return folder / name


@cache
def graph(path: Path) -> Graph:
    return Graph().parse(path)


def violations(data: Graph, shapes: Graph, *, allow_warnings: bool = False) -> str:
    """What SHACL finds, in words; nothing where there is nothing."""
    conforms, _, text = validate(
        data, shacl_graph=shapes, advanced=True, allow_warnings=allow_warnings
    )
    return "" if conforms else str(text)
