"""A note's text, read once: HTML with a slot for each link, to be filled for each page.

Where a link leads depends on the other notes and on the reader's language, so the HTML is kept in
pieces with a slot between them for each address.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from .front_matter import Place

SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)


@dataclass(frozen=True)
class Link:
    """A link or image of the text, and where its address stands in the file."""

    address: str
    place: Place
    is_image: bool = False

    @property
    def leads(self) -> Literal["out", "here", "in"]:
        """Out of the site, to a heading of the same page, or to something in ``content/``."""
        if SCHEME.match(self.address):
            return "out"
        return "here" if self.address.startswith("#") else "in"


@dataclass(frozen=True)
class Heading:
    level: int
    id: str
    text: str


@dataclass(frozen=True)
class Body:
    """``pieces`` of HTML; between piece n and n+1 stands the address attribute of link n."""

    pieces: tuple[str, ...] = ("",)
    links: tuple[Link, ...] = ()
    slots: tuple[int, ...] = ()
    headings: tuple[Heading, ...] = ()
    footnotes: int = 0
    text: str = ""

    @cached_property
    def anchors(self) -> frozenset[str]:
        """What a fragment may name: the headings, and the footnotes with their references."""
        numbers = range(1, self.footnotes + 1)
        return frozenset(
            {heading.id for heading in self.headings}
            | {f"footnote-{number}" for number in numbers}
            | {f"footnote-reference-{number}" for number in numbers}
        )

    def html(self, attributes: Callable[[Link], str]) -> str:
        """The HTML, with ``attributes(link)`` (such as ``href="…"``) in each link's slot."""
        parts = [self.pieces[0]]
        for slot, piece in zip(self.slots, self.pieces[1:], strict=True):
            attribute = attributes(self.links[slot])
            parts += [" " * bool(attribute), attribute, piece]
        return "".join(parts)
