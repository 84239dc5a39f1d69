"""What a JSON Schema says of each type and key: the texts that stand below them in the source."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from ...notes import (
    day_types,
    localized_text,
    models,
    norm_fields,
    note_fields,
    opening_hours,
    site,
    value_types,
)

MODELS = (
    value_types,
    day_types,
    localized_text,
    models,
    norm_fields,
    note_fields,
    opening_hours,
    site,
)


class Described(NamedTuple):
    """``text``: of a type, if it has one. ``keys``: the texts of its keys, with those that it
    inherits."""

    text: str
    keys: Mapping[str, str]


def describe(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema, with the texts for its types, and for the keys that have none yet. A type of a
    module that is not in ``MODELS`` has none, which the test of schemas tells."""
    known = _described()
    for part in (schema, *schema.get("$defs", {}).values()):
        found = known.get(part.get("title", ""))
        if not found:
            part.pop("description", None)  # which is there only as Python is started
            continue
        if found.text:
            items = {**part, "description": found.text}
            part.clear()
            part.update(sorted(items.items()))
        for name, said in part.get("properties", {}).items():
            said.pop("title", None)  # made of the key
            if text := found.keys.get(name) or _usual(name, said, part):
                said.setdefault("description", text)
    return schema


def _usual(name: str, said: Mapping[str, Any], of: Mapping[str, Any]) -> str | None:
    """What is the same wherever it stands: the language of a text, and what tells kinds apart."""
    keys = of["properties"]
    if name.removesuffix("_lang") in keys and name.endswith("_lang"):
        return f"The language of {name[:-5]}, by its code (BCP 47); null where that is null."
    if name == "kind" and "const" in said:
        return "What kind of document it is: its schema has that name."
    if name == keys.get("kind", {}).get("const"):
        return "What only documents of this kind have."
    return None


@cache
def _described() -> dict[str, Described]:
    """Every type by its name. The source is read for it: Python keeps no texts of keys, and none at
    all under ``PYTHONOPTIMIZE=2``."""
    files = [Path(module.__file__ or "") for module in MODELS]
    files += sorted(Path(__file__).parent.glob("*.py"))
    types: dict[str, ast.ClassDef] = {}
    for file in files:
        for node in ast.walk(ast.parse(file.read_bytes())):
            if isinstance(node, ast.ClassDef):
                types[node.name] = node
    return {
        name: Described(_in_a_line(ast.get_docstring(node)), dict(_keys(node, types)))
        for name, node in types.items()
    }


def _keys(of: ast.ClassDef, types: Mapping[str, ast.ClassDef]) -> Iterator[tuple[str, str]]:
    for base in of.bases:
        if isinstance(base, ast.Name) and base.id in types:
            yield from _keys(types[base.id], types)
    yield from _texts_below(of.body)


def _texts_below(body: Iterable[ast.stmt]) -> Iterator[tuple[str, str]]:
    """The keys of a type below which a text stands, by the names that they have in a document."""
    key = ""
    for statement in body:
        match statement:
            case ast.AnnAssign(target=ast.Name(id=name)):
                key = _alias(statement.annotation) or name
            case ast.Expr(value=ast.Constant(value=str(text))) if key:
                yield key, _in_a_line(text)
                key = ""


def _alias(annotation: ast.expr) -> str | None:
    """The name that a key has in a document, where it cannot have that in Python: ``from``."""
    for node in ast.walk(annotation):
        match node:
            case ast.keyword(arg="alias", value=ast.Constant(value=str(name))):
                return name
    return None


def _in_a_line(text: str | None) -> str:
    return " ".join((text or "").split())
