"""What an import takes from a file (``Article``), and what it leaves out (``LeftOut``)."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

PICTURE_PLACE = "saig-picture-"
"""Stands for a picture's address until the note has a place."""


class LeftOut(NamedTuple):
    """A part of the file that is not in the note. ``what``: a message marked with ``N_``; ``text``:
    its words, as one line."""

    what: str
    text: str


@dataclass
class Article:
    """``body``: Markdown, headings from
    ``##``. ``published``: the day that the file itself says, beside its text. ``lang``: as the file
    says. ``pictures``: those of the text, by the name that the text links to them with."""

    title: str
    body: str
    published: datetime.date | None = None
    lang: str | None = None
    left_out: list[LeftOut] = field(default_factory=list)
    pictures: Mapping[str, bytes] = field(default_factory=dict)


def one_line(text: str) -> str:
    return " ".join(text.split())
