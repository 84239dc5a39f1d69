"""Control characters, none of which a file may have except tabs and line ends."""

from __future__ import annotations

import re

from ..regexes import regex
from ..words import N_
from .problem import FieldProblem

_CONTROL = regex(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_NO_CONTROL = bytes({*range(256)} - {*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F, 0xC2, 0xEF})
"""Bytes that do not begin such a character in UTF-8."""


def control_character(text: str, encoded: bytes = b"") -> re.Match[str] | None:
    """The first one in a text. ``encoded``: the same text in UTF-8, if available; searching that is
    faster."""
    if text.isprintable() or (encoded and not encoded.translate(None, _NO_CONTROL)):
        return None
    return _CONTROL.search(text)


def control_problem(place: tuple[int, int], character: str) -> FieldProblem:
    """The problem of such a character at a line and column."""
    return FieldProblem(
        place,
        "not-utf8",
        N_("there is a control character here (U+%(number)s), which no text has"),
        N_("delete it, or save the file again as plain text in UTF-8"),
        {"number": f"{ord(character):04X}"},
    )
