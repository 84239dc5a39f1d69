"""Styles that mirror: nothing in them stands to the left or the right, but at the start or the end."""

from __future__ import annotations

import re

import pytest
from project import REPOSITORY

STYLES = sorted(
    path
    for folder in ("styles", "static/css")
    for path in (REPOSITORY / "theme" / folder).glob("*.css")
)
FOUR = re.compile(r"(?:padding|margin|border-width|border-radius|inset):([^;{}]+);")


def uneven(value: str) -> bool:
    """Whether the second and the fourth of four lengths, its right and its left, differ."""
    parts = re.findall(r"[^\s(]+(?:\([^)]*\))?", value)
    return len(parts) == 4 and parts[1] != parts[3]


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_styles_know_no_left_and_right(path: object) -> None:
    text = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)  # type: ignore[attr-defined]
    assert [value for value in FOUR.findall(text) if uneven(value)] == []
    assert re.findall(r"[-:\s](?:left|right)\b[^;{}]*;", text) == []
    assert re.findall(r":lang\([^)]*\)|\[lang", text) == []
