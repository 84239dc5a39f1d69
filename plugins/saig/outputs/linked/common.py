"""What the linked data of contacts, services and norms share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...documents.uri import CATALOGUE, uri
from ...packs.law import NO_LAW, Law
from .names import language
from .names import territory as territory_name
from .turtle import Fact, Node, day, iri, plain, typed, words

Document = Mapping[str, Any]


@dataclass(frozen=True)
class Site:
    """What linked data need of the site beside documents. ``url`` has no slash at its end.
    ``language``: the default one, in which each note exists. ``organisation``: the contact's id."""

    url: str
    language: str
    organisation: str
    country: str | None = None
    territory: str | None = None
    law: Law = NO_LAW

    @property
    def spatial(self) -> Fact:
        return "dct:spatial", territory_name(self.territory)


@dataclass(frozen=True)
class Context:
    """``norms``: id -> ELI of the norms that the document names without ELI."""

    site: Site
    norms: Mapping[str, str]

    def name(self, kind: str, identifier: str) -> str:
        """A note's name in Turtle: short if it is in the catalogue."""
        eli = self.norms.get(identifier) if kind == "norm" else None
        base = f"{self.site.url}/{CATALOGUE}"
        return iri(uri(self.site.url, kind, identifier, eli).removeprefix(base))


def part(document: Document, *names: str) -> str:
    """The name of a part of a document's subject."""
    return iri(f"#{'/'.join((document['kind'], document['id'], *names))}")


def text(name: str, of: Mapping[str, Any], key: str) -> Fact | None:
    """A text of a document, with the language that is beside it."""
    return (name, words(of[key], of[f"{key}_lang"])) if of[key] else None


def own(name: str, document: Document, said: str | None) -> Fact | None:
    """A text in a document's own language."""
    return (name, words(said, document["lang"])) if said else None


def value(name: str, said: str | None) -> Fact | None:
    return (name, plain(said)) if said else None


def date(name: str, said: str | None) -> Fact | None:
    return (name, day(said)) if said else None


def page(document: Document, subject: str) -> Node:
    """The page of a document, with its language."""
    there = iri(document["url"])
    facts = [("foaf:page", there), ("dct:language", language(document["lang"]))]
    return Node(subject, facts, is_of_language=True)


def opening(
    document: Document, name: str, windows: Sequence[Mapping[str, Any]], of: Sequence[str] = ()
) -> tuple[list[Fact], list[Node]]:
    """Opening hours as a property ``name`` of their subject, and the nodes that state them. ``of``:
    the part of the document's subject. Hours with unknown days are left out."""
    facts, nodes = [], []
    known = (window for window in windows if window["days"])
    for number, window in enumerate(known, start=1):
        there = part(document, *of, f"hours-{number}")
        facts.append((name, there))
        nodes.append(Node(there, _window(window)))
    return facts, nodes


def _window(window: Mapping[str, Any]) -> Iterator[Fact | None]:
    yield "a", "time:TemporalEntity, schema:OpeningHoursSpecification"
    for name in window["days"]:
        yield "schema:dayOfWeek", f"schema:{name.title()}"
    yield "schema:opens", typed(clock(window["opens"]), "xsd:time")
    yield "schema:closes", typed(clock(window["closes"]), "xsd:time")
    yield date("schema:validFrom", window["counts_from"])
    yield date("schema:validThrough", window["counts_until"])
    if window.get("label"):
        yield text("dct:description", window, "label")


def clock(time: str) -> str:
    """A time of day for schema.org, which has no 24:00."""
    return "23:59:59" if time == "24:00" else f"{time}:00"


def closures(document: Document, name: str) -> tuple[list[Fact], list[Node]]:
    """The days on which it is closed: hours from midnight to midnight, as schema.org has it."""
    facts: list[Fact] = []
    nodes = []
    for number, closure in enumerate(document[document["kind"]]["closures"], start=1):
        there = part(document, f"closure-{number}")
        facts.append((name, there))
        nodes.append(Node(there, _closure(closure)))
    return facts, nodes


def _closure(closure: Mapping[str, Any]) -> Iterator[Fact | None]:
    yield "a", "time:TemporalEntity, schema:OpeningHoursSpecification"
    yield "schema:opens", typed("00:00:00", "xsd:time")
    yield "schema:closes", typed("00:00:00", "xsd:time")
    yield date("schema:validFrom", closure["from"])
    yield date("schema:validThrough", closure["until"] or closure["from"])
    yield text("dct:description", closure, "label")
