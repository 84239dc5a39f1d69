"""The descriptions of types and keys in JSON Schemas: the strings below them in the source."""

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
    """The descriptions of a type: ``text``: its own, '' if it has none; ``keys``: those of its keys,
    also inherited ones."""

    text: str
    keys: Mapping[str, str]


def describe(schema: dict[str, Any]) -> dict[str, Any]:
    """Add descriptions to a schema: to its types, and to keys that have none yet. Types of modules
    that are neither here nor in ``MODELS`` get none; a test finds these."""
    known = _described()
    for part in (schema, *schema.get("$defs", {}).values()):
        found = known.get(part.get("title", ""))
        if not found:
            part.pop("description", None)  # Python has it only without PYTHONOPTIMIZE=2
            continue
        if found.text:
            items = {**part, "description": found.text}
            part.clear()
            part.update(sorted(items.items()))
        for name, said in part.get("properties", {}).items():
            said.pop("title", None)  # which pydantic makes from the key
            if text := found.keys.get(name) or _usual(name, said, part):
                said.setdefault("description", text)
    return schema


def _usual(name: str, said: Mapping[str, Any], of: Mapping[str, Any]) -> str | None:
    """The description of keys that mean the same everywhere: the language of a text, the kind, and the
    key named after the kind."""
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
    """Every type, by name. The source is parsed, as Python does not keep the strings below keys, and
    under ``PYTHONOPTIMIZE=2`` no docstrings."""
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
    """The descriptions of a type's keys, inherited ones first."""
    for base in of.bases:
        if isinstance(base, ast.Name) and base.id in types:
            yield from _keys(types[base.id], types)
    yield from _texts_below(of.body)


def _texts_below(body: Iterable[ast.stmt]) -> Iterator[tuple[str, str]]:
    """The keys that have a description below them, by the names that they have in documents, with
    that."""
    key = ""
    for statement in body:
        match statement:
            case ast.AnnAssign(target=ast.Name(id=name)):
                key = _alias(statement.annotation) or name
            case ast.Expr(value=ast.Constant(value=str(text))) if key:
                yield key, _in_a_line(text)
                key = ""


def _alias(annotation: ast.expr) -> str | None:
    """The name of a key in documents, if that is not a name in Python: ``from``."""
    for node in ast.walk(annotation):
        match node:
            case ast.keyword(arg="alias", value=ast.Constant(value=str(name))):
                return name
    return None


def _in_a_line(text: str | None) -> str:
    return " ".join((text or "").split())
