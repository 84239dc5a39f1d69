"""The bytes of a file → its text, or why it is not text."""

from __future__ import annotations

import re

from ..words import N_
from .control_characters import control_character, control_problem
from .files import MAX_BYTES
from .problem import FieldProblem

_CONFLICT_SIGNS = ("<<<<<<<", ">>>>>>>", "|||||||")
_CONFLICT = re.compile(r"^(<{7}|>{7}|\|{7})( |$)", re.MULTILINE)


def decode(raw: bytes, limit: int = MAX_BYTES) -> str | FieldProblem:
    """UTF-8 with or without a byte order mark, with any line ends → text with ``\\n`` only."""
    if len(raw) > limit:
        return FieldProblem(
            (1, 1),
            "too-large",
            N_("the file has %(size)d bytes; a note may have %(limit)d"),
            N_("split the note, or put the long document in content/files/ and link to it"),
            {"size": len(raw), "limit": limit},
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return FieldProblem(
            place_in(raw[: error.start].decode("utf-8", "replace")),
            "not-utf8",
            N_("the character here is not UTF-8"),
            N_("save the file again with the encoding UTF-8"),
        )
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if found := control_character(text, raw):
        return control_problem(place_in(text[: found.start()]), found[0])
    if any(sign in text for sign in _CONFLICT_SIGNS) and (found := _CONFLICT.search(text)):
        return FieldProblem(
            place_in(text[: found.start()]),
            "conflict-marker",
            N_("two versions of this file were not merged"),
            N_(
                "keep the right lines and delete those that begin with <<<<<<<, ======= and >>>>>>>"
            ),
        )
    return text


def place_in(before: str) -> tuple[int, int]:
    """Line and column of what follows this text."""
    before = before.replace("\r\n", "\n").replace("\r", "\n")
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
