"""Turtle (W3C Recommendation of 25 February 2014), written so that the same facts give the same
bytes.

All terms are strings in Turtle syntax, which are only joined.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

PREFIXES = {
    "adms": "http://www.w3.org/ns/adms#",
    "cpsv": "http://purl.org/vocab/cpsv#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dct": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "locn": "http://www.w3.org/ns/locn#",
    "m8g": "http://data.europa.eu/m8g/",
    "org": "http://www.w3.org/ns/org#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "time": "http://www.w3.org/2006/time#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

_ESCAPED = {
    "\\": "\\\\",
    '"': '\\"',
    "\n": "\\n",
    "\r": "\\r",
    **{
        chr(code): f"\\u{code:04X}" for code in (*range(0x0A), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F)
    },
}
_IN_TEXT = re.compile(r'[\x00-\x1f"\\\x7f]')
_NOT_IN_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')


class Words(str):
    """A text with its language; translations add these."""

    __slots__ = ()


Fact = tuple[str, str]
"""A property and its value."""


class Node(NamedTuple):
    """The facts of one thing. ``is_of_language``: all of it belongs to the document's language, not
    to the note in every language."""

    subject: str
    facts: Iterable[Fact | None]
    is_of_language: bool = False


def iri(address: str) -> str:
    """An address, absolute or a fragment ``#…``, in Turtle."""
    return f"<{_NOT_IN_IRI.sub(_percent, address)}>"


def _percent(found: re.Match[str]) -> str:
    return f"%{ord(found[0]):02X}"


def plain(text: str) -> str:
    """A text without language: a code, a number of a gazette."""
    return f'"{_IN_TEXT.sub(lambda found: _ESCAPED[found[0]], text)}"'


def words(text: str, lang: str) -> Words:
    """A text in a language."""
    return Words(f"{plain(text)}@{lang}")


def typed(value: str, datatype: str) -> str:
    return f"{plain(value)}^^{datatype}"


def day(value: str) -> str:
    return typed(value, "xsd:date")


def block(nodes: Iterable[Node], *, words_alone: bool = False) -> str:
    """The nodes in Turtle, a paragraph each. ``words_alone``: only what belongs to the document's
    language, as another document of the note has the rest."""
    return "".join(_paragraph(node, words_alone=words_alone) for node in nodes)


def _paragraph(node: Node, *, words_alone: bool) -> str:
    is_whole = node.is_of_language or not words_alone
    facts = [
        fact for fact in node.facts if fact is not None and (is_whole or isinstance(fact[1], Words))
    ]
    if not facts:
        return ""
    said: dict[str, dict[str, None]] = {}
    for name, value in facts:
        said.setdefault(name, {})[value] = None
    lines = " ;\n  ".join(f"{name} {', '.join(values)}" for name, values in said.items())
    return f"{node.subject} {lines} .\n"


def head(base: str) -> str:
    """The head of a Turtle file. ``base``: the address that ``#…`` belongs to."""
    lines = [f"@base {iri(base)} ."]
    lines += [f"@prefix {name}: <{there}> ." for name, there in PREFIXES.items()]
    return "\n".join(lines) + "\n"
