"""Data of plain maps, lists and texts, as YAML and JSON have it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

Path = tuple[str | int, ...]
"""Where a value stands in data: the keys and indexes that lead to it."""


def texts(value: object, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """The texts in the data, and where each stands; in their order."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from texts(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from texts(item, (*path, index))


as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""Data as the shortest JSON; equal data in the same order give the same text."""


def from_json(text: str | bytes) -> Any:
    """Plain data of JSON from elsewhere. Raises ``ValueError`` if it cannot be read."""
    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
