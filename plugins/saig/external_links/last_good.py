"""When each address was last found good: ``.saig/links.json``, address to date."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from pathlib import Path

from ..notes.plain_data import from_json
from ..publishing import durable


def read(path: Path) -> dict[str, str]:
    """Address to date; empty where there is no file. Raises ``ValueError`` for a file that is not
    as it was written, ``OSError`` for one that cannot be read."""
    try:
        found = from_json(path.read_bytes())
    except FileNotFoundError:
        return {}
    if not isinstance(found, dict):
        raise ValueError("no map")
    for day in found.values():
        if not isinstance(day, str):
            raise ValueError("no date")
        datetime.date.fromisoformat(day)
    return found


def write(path: Path, good: Mapping[str, str]) -> None:
    """Replace the file in one step. Raises ``OSError``."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(good, ensure_ascii=False, indent=0, sort_keys=True)
    durable.write(path, text.encode("utf-8", "replace") + b"\n")
