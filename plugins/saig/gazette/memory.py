"""The cache of the gazette's answers, with the day of their last change. One JSON file beside the
cache of builds. It is checked when read; a damaged one is discarded."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..notes.plain_data import from_json
from ..publishing import durable
from .spanish import Date

VERSION = 1


@dataclass
class Memory:
    """``norms``: metadata and analysis, and the day on which they were last known to be current, by
    identifier. ``elis``: identifiers by ELI address."""

    norms: dict[str, dict[str, Any]] = field(default_factory=dict)
    elis: dict[str, str] = field(default_factory=dict)


def read(path: Path) -> Memory:
    """Empty if there is no file. Raises ``ValueError`` for a damaged one, ``OSError`` for one that
    cannot be read."""
    try:
        said = from_json(path.read_bytes())
    except FileNotFoundError:
        return Memory()
    if not isinstance(said, Mapping) or said.get("version") != VERSION:
        raise ValueError("another version")
    norms, elis = said.get("norms"), said.get("elis")
    if not isinstance(norms, dict) or not isinstance(elis, dict):
        raise ValueError("no map")
    if not all(
        isinstance(one, dict) and isinstance(one.get("asked"), str) for one in norms.values()
    ):
        raise ValueError("no norm")
    if not all(isinstance(one, str) for one in elis.values()):
        raise ValueError("no identifier")
    for one in norms.values():
        Date.fromisoformat(one["asked"])
    return Memory(norms, elis)


def write(path: Path, memory: Memory) -> None:
    """Replace the file in one step. Raises ``OSError``."""
    path.parent.mkdir(parents=True, exist_ok=True)
    said = {"version": VERSION, "norms": memory.norms, "elis": memory.elis}
    durable.write(path, (json.dumps(said, ensure_ascii=False, sort_keys=True) + "\n").encode())
