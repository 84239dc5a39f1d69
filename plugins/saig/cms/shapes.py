"""How a site's notes write what may be one text for all languages, or one in each.

A form shows either, and what has the other shape it would empty when it is opened. So the forms of
a site are made for the shape that its notes have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

from ..notes.decoding import decode
from ..notes.front_matter import load, split
from ..notes.problem import FieldProblem

Shape = Literal["text", "by language", "both"]

WHERE = {
    "street_address": "contacts",
    "extra": "contacts",
    "locality": "contacts",
    "url": "services",
    "gazette": "norms",
    "provisions": "norms",
}
"""The fields that may have either shape, and the folder of their notes."""

_KEY = re.compile(rb"\b(?:%s)[\"']? *:" % b"|".join(name.encode() for name in WHERE))
_TEXT = re.compile(rb"[ \t]*(?:\[[^{}\n]*\]|[^\s\[{][^\n]*)")
"""What follows a key and can be no map."""


def shapes(content: Path) -> dict[str, Shape]:
    """The shape of each field that any note has; of the others nothing is said."""
    found: dict[str, set[Shape]] = {}
    for folder in sorted(set(WHERE.values())):
        for path in sorted((content / folder).rglob("*.md")):
            raw = path.read_bytes()
            quick = _quick(raw)
            for name, shape in _whole(raw) if quick is None else quick:
                if WHERE[name] == folder:
                    found.setdefault(name, set()).add(shape)
    return {name: next(iter(said)) if len(said) == 1 else "both" for name, said in found.items()}


def _quick(raw: bytes) -> list[tuple[str, Shape]] | None:
    """The fields of a note where they are all texts; None where one may be a map."""
    keys = list(_KEY.finditer(raw))
    if not all(_TEXT.match(raw, key.end()) for key in keys):
        return None
    return [(key[0].strip(b"\"': ").decode(), "text") for key in keys]


def _whole(raw: bytes) -> Iterator[tuple[str, Shape]]:
    text = decode(raw)
    parts = text if isinstance(text, FieldProblem) else split(text)
    if not isinstance(parts, FieldProblem):
        yield from _below(load(parts[0]).value)


def _below(value: Any) -> Iterator[tuple[str, Shape]]:
    if isinstance(value, Mapping):
        for name, said in value.items():
            for one in said if isinstance(said, list) else [said]:
                if name in WHERE and one is not None:
                    yield str(name), "by language" if isinstance(one, Mapping) else "text"
            yield from _below(said)
    elif isinstance(value, list):
        for one in value:
            yield from _below(one)
