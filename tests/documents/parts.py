"""What a document says of its own kind."""

from __future__ import annotations

from typing import Any

from project import Project


def part(village: Project, address: str) -> dict[str, Any]:
    document = village.document(address)
    found: dict[str, Any] = document[document["kind"]]
    return found


def ids(refs: list[dict[str, Any]]) -> list[str]:
    return [ref["id"] for ref in refs]
