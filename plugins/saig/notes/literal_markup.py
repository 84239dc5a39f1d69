"""What was meant as markup, but is shown to readers as it was typed.

The parser says which characters became text. Only those are searched, with all others blanked, so
that working links, code and emphasis are never reported: by ``literal_signs`` within lines, by
``literal_blocks`` for whole lines.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from ..words import N_

BLANK = "\0"
"""Replaces a byte that did not become text."""

MOST = 100
"""The most findings reported of one note. With so many, a text was pasted, and has to be written
again."""

HEADING = N_("a heading is ##, a space and its words")
TYPED = N_("readers will see these signs as they are typed: %(typed)s")


@dataclass(frozen=True)
class LiteralFinding:
    """What is at ``start`` to ``end`` of the text, what is wrong with it, and, if that is certain,
    what to write instead."""

    start: int
    end: int
    hint: str
    new: str | None = None
    code: str = "markup-as-text"
    message: str = TYPED
    values: dict[str, Any] = field(default_factory=dict)


def visible_text(source: bytes, spans: Iterable[tuple[int, int]]) -> str:
    """The source with every character outside these spans blanked, except line ends. Positions stay
    the same."""
    parts, done = [], 0
    for start, end in spans:
        if start >= done:
            parts += [source[done:start].translate(_BLANKS, _LATER_BYTES), source[start:end]]
            done = end
    parts.append(source[done:].translate(_BLANKS, _LATER_BYTES))
    return b"".join(parts).decode()


_LATER_BYTES = bytes(range(0x80, 0xC0))
"""The second and later bytes of characters in UTF-8."""

_BLANKS = bytes(byte if byte == 10 else 0 for byte in range(256))


def restored(found: LiteralFinding, text: str, source: str) -> str | None:
    """``found.new`` with what was blanked out put back, in its order."""
    if found.new is None or BLANK not in found.new:
        return found.new
    hidden = [
        was
        for was, shown in zip(
            source[found.start : found.end], text[found.start : found.end], strict=True
        )
        if shown == BLANK
    ]
    parts = found.new.split(BLANK)
    if len(parts) != len(hidden) + 1:
        return None
    return "".join(part + was for part, was in zip(parts, [*hidden, ""], strict=True))


def without_overlaps(found: Iterable[LiteralFinding]) -> list[LiteralFinding]:
    """The first of those that overlap, in the order of the text."""
    kept: list[LiteralFinding] = []
    for one in sorted(found, key=lambda found: (found.start, -found.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept[:MOST]
