"""What is read of a norm that a text cites."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field


@dataclass(slots=True)
class Citation:
    """A norm cited: ``start`` and ``end``, from head to date, are offsets in the original text.

    ``link_start`` and ``link_end``: the same with the provisions. ``issuer``: whose norm the title
    says it is; ``jurisdiction``: what the words of the type say. ``is_past``: whether words close
    by say that the norm no longer holds. ``name``: of a norm that is cited by its name, the name
    without the endings of its case (``Baugesetzbuch``); None of all others.
    """

    text: str
    start: int
    end: int
    type: str
    number: str | None
    year: int | None
    date: datetime.date | None
    jurisdiction: str | None
    provisions: list[str] = field(default_factory=list)
    issuer: str | None = None
    link_start: int = 0
    link_end: int = 0
    is_past: bool = False
    name: str | None = None
