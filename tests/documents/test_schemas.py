"""Schemas teach: what each key means, that it is always there, and what came in which version."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from project import REPOSITORY
from saig.catalogue.addresses import DOCUMENTS, WHOLE
from saig.documents import schema

BEFORE = Path(__file__).with_name("keys_of_1_0.txt")
KINDS = sorted(schema.ALL)
KEYWORDS = {
    *("$schema", "$id", "$defs", "$ref", "title", "description", "default", "type", "const"),
    *("properties", "required", "additionalProperties", "propertyNames", "items", "minItems"),
    *("anyOf", "enum", "format", "pattern", "minimum", "maximum", "minLength"),
}
"""All that schemas say: what is not in the draft would be refused by a strict validator."""


def types(kind: str) -> Iterator[dict[str, Any]]:
    found = schema.json_schema(kind, f"https://example.org/{kind}.json")
    yield from (part for part in (found, *found.get("$defs", {}).values()) if "properties" in part)


def parts(value: Any) -> Iterator[dict[str, Any]]:
    """Every schema within a schema."""
    yield value
    for name in ("$defs", "properties"):
        for part in value.get(name, {}).values():
            yield from parts(part)
    for name in ("items", "propertyNames", "additionalProperties"):
        if isinstance(part := value.get(name), dict):
            yield from parts(part)
    for part in value.get("anyOf", ()):
        yield from parts(part)


@pytest.mark.parametrize("kind", KINDS)
def test_every_type_and_key_is_described(kind: str) -> None:
    lacking = [part["title"] for part in types(kind) if not part.get("description")]
    lacking += [
        f"{part['title']}.{name}"
        for part in types(kind)
        for name, said in part["properties"].items()
        if not said.get("description", "").strip()
    ]
    assert lacking == [], "write what it means below the key, in documents/schema or its model"


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_is_always_there(kind: str) -> None:
    for part in types(kind):
        assert {*part["required"]} == {*part["properties"]}, part["title"]
        assert part["additionalProperties"] is False, part["title"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_strict_validator_takes_it(kind: str) -> None:
    """As ajv's strict mode wants it: known words alone, and a format beside the type that it is of, which
    tests of documents look at."""
    found = schema.json_schema(kind, f"https://example.org/{kind}.json")
    Draft202012Validator.check_schema(found)
    for part in parts(found):
        assert {*part} <= KEYWORDS, part
        if "format" in part or "pattern" in part:
            assert part["type"] == "string", part
        assert part.get("format") in (None, *Draft202012Validator.FORMAT_CHECKER.checkers), part
        if "properties" in part:
            assert part["type"] == "object", part


def keys() -> set[str]:
    """``NormPart state``: each key of each type."""
    found = ((part["title"], part["properties"]) for kind in KINDS for part in types(kind))
    return {f"{title} {name}" for title, properties in found for name in properties}


def test_no_key_of_the_first_version_was_lost() -> None:
    """Within v1 documents only grow."""
    assert {*BEFORE.read_text("utf-8").splitlines()} - keys() == set()


def test_what_came_since_is_told() -> None:
    """Of the types that there were, by name; a text's language comes with the text."""
    before = {*BEFORE.read_text("utf-8").splitlines()}
    had = {key.partition(" ")[0] for key in before}
    _, _, told = (REPOSITORY / "docs/data.md").read_text("utf-8").partition("## Versions")
    came = {key.partition(" ")[::2] for key in keys() - before}
    untold = {
        f"{of} {name}"
        for of, name in came
        if of in had and not name.endswith("_lang") and f"`{name}`" not in told
    }
    assert untold == set(), "say in docs/data.md, below Versions, what is new in documents"


def test_all_that_has_a_schema_has_an_address() -> None:
    assert {*schema.DOCUMENTS} == {*DOCUMENTS} and {*schema.WHOLE} == {*WHOLE}


def test_the_version_is_told_in_the_docs() -> None:
    assert schema.schema_version().startswith(f"{schema.NUMBER}+")
    assert f"### {schema.NUMBER}" in (REPOSITORY / "docs/data.md").read_text("utf-8")
