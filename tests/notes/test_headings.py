"""Addresses of headings: one each, whatever the words."""

from __future__ import annotations

import pytest
from saig.notes.files import Source
from saig.notes.read import read_note


def addresses(*lines: str) -> list[str]:
    text = "---\ntitle: T\nsummary: S.\n---\n" + "\n\n".join(f"## {line}" for line in lines)
    source = Source("content/pages/p.md", "page", "p", "ca", True)
    note = read_note(source, text.encode(), ["ca"]).note
    assert note
    return [heading.id for heading in note.body.headings]


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["Fase", "Fase", "Fase"], ["fase", "fase-2", "fase-3"]),
        (["Fase 2", "Fase", "Fase"], ["fase-2", "fase", "fase-2-2"]),
        (["Fase", "Fase", "Fase 2"], ["fase", "fase-2", "fase-2-2"]),
        (["Àmbit", "…", "«»"], ["ambit", "section", "section-2"]),
        (["Com {#que}", "Què"], ["que", "que-2"]),
    ],
)
def test_no_two_headings_have_one_address(lines: list[str], found: list[str]) -> None:
    assert addresses(*lines) == found


def test_a_long_heading_is_cut_between_words() -> None:
    """No address ends in a hyphen."""
    assert addresses("a" * 79 + " final") == ["a" * 79]
