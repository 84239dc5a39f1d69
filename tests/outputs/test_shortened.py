"""Descriptions of pages end where a sentence or a word does."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from saig.outputs.shortened import shortened

LONG = "Demanau la llicència per fer una obra a casa vostra o a un local."


@pytest.mark.parametrize(
    ("text", "most", "expected"),
    [
        ("Curt.", 155, "Curt."),
        (f"{LONG} A l'OAC o per internet.", 80, LONG),
        (f"{LONG} Segons l'art. 5 i el núm. 12 del pla.", 100, LONG),
        ("Vegeu l'art. 5 de la llei i el que diu el pla.", 20, "Vegeu l'art. 5 de…"),
        ("Sí. " + LONG, 40, "Sí. Demanau la llicència per fer una…"),
        ("a" * 200, 20, "a" * 19 + "…"),
        ("Amb  dos\nespais.", 155, "Amb dos espais."),
    ],
)
def test_a_text_ends_at_a_sentence_or_a_word(text: str, most: int, expected: str) -> None:
    assert shortened(text, most) == expected


@settings(max_examples=30)
@given(st.text(max_size=400), st.integers(10, 155))
def test_no_text_is_longer_than_it_may_be(text: str, most: int) -> None:
    found = shortened(text, most)
    assert len(found) <= most
    assert bool(found) == bool(text.split())
