"""What a document does not know it says in one way (docs/decisions/0042)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from project import Project


def empty_texts(value: Any, at: str = "") -> Iterator[str]:
    if value == "":
        yield at
    if isinstance(value, dict):
        for name, item in value.items():
            yield from empty_texts(item, f"{at}.{name}")
    if isinstance(value, list):
        for item in value:
            yield from empty_texts(item, f"{at}[]")


def test_no_text_is_empty(village: Project) -> None:
    files = [*village.output.rglob("index.json"), *village.output.glob("api/**/*.json")]
    assert len(files) > 50
    for file in files:
        assert list(empty_texts(json.loads(file.read_bytes()))) == [], file


def test_every_norm_says_its_state_in_words(village: Project) -> None:
    village_norms = village.document("normativa")["section"]["items"]
    assert len(village_norms) > 4
    assert [norm["id"] for norm in village_norms if not norm["state_said"]] == []


def test_every_list_says_what_it_holds(village: Project) -> None:
    for there in ("contactes", "serveis", "normativa", "avisos", "temes", "cita-previa", "cerca"):
        assert village.document(there)["summary"]
        assert village.document(there)["body_html"] is None
