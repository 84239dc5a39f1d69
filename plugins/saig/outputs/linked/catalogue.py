"""``api/v1/catalogue.ttl``: the contacts and services of a site in CPSV-AP 3.2, its norms in ELI
1.2.

Each document gives a block, and the file is a head and the blocks, so only the block of a changed
note is made again. docs/decisions/0047 maps keys of documents to properties.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from ...documents.uri import CATALOGUE
from .common import Context, Document, Site
from .contact import contact_nodes
from .names import language, of_code, territory
from .norm import norm_nodes
from .service import service_nodes
from .turtle import Fact, Node, block, head, plain, words

OF_KIND: dict[str, Callable[[Document, Context], Iterator[Node]]] = {
    "contact": contact_nodes,
    "service": service_nodes,
    "norm": norm_nodes,
}


def document_block(document: Document, site: Site, norms: Mapping[str, str]) -> str | None:
    """A document's part of the catalogue; None for kinds that are not in it. ``norms``: id -> ELI
    of the norms that it names. A translation only adds its texts."""
    nodes = OF_KIND.get(document["kind"])
    if nodes is None:
        return None
    is_translation = document["lang"] != site.language
    return block(nodes(document, Context(site, norms)), words_alone=is_translation)


_TABLES = {
    "channels": "skos:Concept",
    "states": "skos:Concept",
    "audiences": "skos:Concept",
    "life_events": "m8g:LifeEvent, m8g:Event",
}
"""The tables of codes that services use, and their types."""


def catalogue(
    site: Site,
    codes: Mapping[str, Mapping[str, Any]],
    topics: Mapping[str, Mapping[str, str]],
    blocks: Iterable[str],
) -> bytes:
    """The whole file. ``codes``: language -> tables of words by code (``documents/codes.py``);
    ``topics``: language -> names."""
    said = [
        head(f"{site.url}/{CATALOGUE}"),
        block([Node(territory(site.territory), [("a", "dct:Location")])]),
        block(Node(language(lang), [("a", "dct:LinguisticSystem")]) for lang in codes),
        block(_codes(codes)),
        block(_topic(name, titles) for name, titles in topics.items()),
    ]
    return "\n".join([*said, *blocks]).encode()


def _codes(codes: Mapping[str, Mapping[str, Any]]) -> Iterator[Node]:
    for table, kind in _TABLES.items():
        title = "dct:title" if "Event" in kind else "skos:prefLabel"
        for code in next(iter(codes.values()))[table]:
            facts: list[Fact | None] = [("a", kind), ("dct:identifier", plain(code))]
            facts += [(title, words(said[table][code], lang)) for lang, said in codes.items()]
            yield Node(of_code(table, code), facts)


def _topic(name: str, titles: Mapping[str, str]) -> Node:
    facts: list[Fact | None] = [("a", "skos:Concept"), ("dct:identifier", plain(name))]
    facts += [("skos:prefLabel", words(title, lang)) for lang, title in titles.items()]
    return Node(of_code("topic", name), facts)
