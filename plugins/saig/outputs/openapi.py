"""The interface for programs as OpenAPI 3.1, from the same data as the page for people
(``documents/interface.py``)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from ..documents.interface import JSON, JSON_FEED, SLUG, Endpoint
from .published_json import encode

DESCRIPTION = (
    "Every page of the site as a document, and what lists and follows them. Everything is a file: "
    "there are no queries, no keys and no limits. Programs in pages of other sites may read it. "
    "Begin with the index; go on with what each publication changed."
)
TAGS = {
    "whole": "The site as a whole",
    "pages": "A document for each page, in each language",
    "follow": "Feeds, calendars and cards",
}


def openapi(
    site: Mapping[str, Any], version: str, endpoints: Iterable[Endpoint], page: str
) -> bytes:
    """``site``: the site's own document; ``version``: of the schemas; ``page``: the address of the
    page for people."""
    return encode(
        {
            "openapi": "3.1.1",
            "info": {
                "title": site["name"],
                "version": version,
                "description": DESCRIPTION,
                **_licence(site["licence"]),
            },
            "externalDocs": {"url": page, "description": "The same for people"},
            "servers": [{"url": site["root"].rstrip("/")}],
            "tags": [{"name": name, "description": text} for name, text in TAGS.items()],
            "paths": {one.path: {"get": _operation(one, site["root"])} for one in endpoints},
            "components": {"responses": RESPONSES},
        }
    )


def _licence(licence: str | None) -> dict[str, Any]:
    return {"license": {"name": licence, "url": licence}} if licence else {}


RESPONSES = {
    "absent": {
        "description": "There is nothing at this address: a page that says so",
        "content": {"text/html": {"schema": {"type": "string"}}},
    },
    "gone": {
        "description": "What was at this address is gone: why, since when, and where to look instead. "
        "Servers that cannot answer so answer 200",
        "content": {JSON: {"schema": {"$ref": "schemas/gone.json"}}},
    },
}


def _operation(one: Endpoint, root: str) -> dict[str, Any]:
    content: dict[str, Any] = {"schema": _schema(one)}
    if one.example:
        content["examples"] = {"there": {"externalValue": root.rstrip("/") + one.example}}
    answers: dict[str, Any] = {
        "200": {"description": one.text, "content": {one.media: content}},
        "404": {"$ref": "#/components/responses/absent"},
    }
    if "gone" in one.schemas:
        answers["410"] = {"$ref": "#/components/responses/gone"}
    return {
        "operationId": "-".join(re.findall(r"[A-Za-z0-9]+", one.path)),
        "tags": [one.group],
        "summary": one.text,
        **({"parameters": _parameters(one)} if one.parameters else {}),
        "responses": answers,
    }


def _schema(one: Endpoint) -> dict[str, Any]:
    if one.media == JSON_FEED:
        return {"type": "object"}
    if one.media != JSON:
        return {"type": "string"}
    references = [{"$ref": f"schemas/{name}.json"} for name in one.schemas]
    if not references:  # a schema, or this file
        return {"type": "object"}
    return references[0] if len(references) == 1 else {"anyOf": references}


def _parameters(one: Endpoint) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "path", "required": True, **_values(value)}
        for name, value in one.parameters.items()
    ]


def _values(value: str | int | list[str]) -> dict[str, Any]:
    if isinstance(value, list):
        return {"schema": {"type": "string", "enum": value}, "example": value[0]}
    if isinstance(value, int):
        return {"schema": {"type": "integer", "minimum": value}, "example": value}
    return {"schema": {"type": "string", "pattern": SLUG}, "example": value}
