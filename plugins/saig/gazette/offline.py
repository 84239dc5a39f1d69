"""Answers of the gazette in a folder: ``BOE-A-2020-8011.json``, with ``metadatos`` and
``analisis``, each as the content of an answer or as the whole answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ..notes.plain_data import from_json
from .records import GazetteRecord, Unusable, record_of

LARGEST = 32 << 20
"""The most bytes of a file; the longest answers that were seen have some hundred thousand."""


def records_in(
    folder: Path, wanted: Mapping[str, tuple[str | None, str | None]]
) -> tuple[dict[str, GazetteRecord], list[str], list[tuple[str, str]]]:
    """The records of norms, by their notes. ``wanted``: identifier and ELI address of each. With
    them the notes of which there is no file, and those whose file is no record, with its name."""
    found: dict[str, GazetteRecord] = {}
    lacking: list[str] = []
    wrong: list[tuple[str, str]] = []
    by_eli: dict[str, Path] | None = None
    for note, (identifier, eli) in wanted.items():
        path = folder / f"{identifier}.json" if identifier else None
        if path is None or not path.is_file():
            if by_eli is None:
                by_eli = dict(_elis(folder))
            path = by_eli.get(eli or "")
        if path is None:
            lacking.append(note)
            continue
        try:
            found[note] = _record(path)
        except (Unusable, OSError, ValueError, RecursionError):
            wrong.append((note, path.name))
    return found, lacking, wrong


def record_in(folder: Path, identifier: str | None, eli: str | None) -> GazetteRecord | None:
    """One record, by its identifier or ELI address. Raises ``Unusable``, ``OSError``,
    ``ValueError``."""
    path = folder / f"{identifier}.json" if identifier else dict(_elis(folder)).get(eli or "")
    return _record(path) if path and path.is_file() else None


def _elis(folder: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(folder.glob("*.json")):
        try:
            record = _record(path)
        except (Unusable, OSError, ValueError, RecursionError):
            continue
        if record.eli:
            yield record.eli, path


def _record(path: Path) -> GazetteRecord:
    if path.stat().st_size > LARGEST:
        raise Unusable
    said: Any = from_json(path.read_bytes())
    if not isinstance(said, Mapping):
        raise Unusable
    source = said.get("source")
    own = source.get("boib_eli") if isinstance(source, Mapping) else None
    return record_of(
        said.get("metadatos"), said.get("analisis"), own if isinstance(own, str) else ""
    )
