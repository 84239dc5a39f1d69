"""A note's text, read once: HTML with slots that are filled for each page.

Where a link leads, and which norm a citation means, depends on other notes and on the reader's
language. So the HTML is kept in pieces, with a slot between each two.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from ..citations.citation import Citation
from ..regexes import regex
from .front_matter import Place

SCHEME = regex(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)


@dataclass(frozen=True)
class Link:
    """A link or image of the text, and where its address stands in the file. ``is_past``: whether
    its paragraph says of something that it is past."""

    address: str
    place: Place
    is_image: bool = False
    is_past: bool = False

    @property
    def leads(self) -> Literal["out", "here", "in"]:
        """Outside the site, to a heading of the same page, or to something in ``content/``."""
        if SCHEME.match(self.address):
            return "out"
        return "here" if self.address.startswith("#") else "in"


@dataclass(frozen=True)
class AfterLink:
    """The place behind a link, where the state of what it leads to may be said."""

    link: Link


@dataclass(frozen=True)
class Cited:
    """A citation of a norm in the text. ``html``: its words, with their provisions."""

    citation: Citation
    html: str
    place: Place


@dataclass(frozen=True)
class Callout:
    """The place where a callout is named in the page's language. ``kind``: one of ``CALLOUTS``."""

    kind: str


CALLOUTS = ("note", "tip", "important", "warning", "caution")
"""The kinds of callouts, written as GitHub writes them: ``> [!NOTE]`` on a line of its own."""

Slot = Link | AfterLink | Cited | Callout


@dataclass(frozen=True)
class Heading:
    """``level``: from 1 to 6, as it is typed; ``id``: its address on the page."""

    level: int
    id: str
    text: str


@dataclass(frozen=True)
class BodyMarkup:
    """HTML in pieces, with a slot after each but the last. Each page fills the slots."""

    pieces: tuple[str, ...] = ("",)
    slots: tuple[Slot, ...] = ()

    def html(self, fill: Callable[[Slot], str]) -> str:
        """``fill``: for a link its attribute with a space before it, for the place after a link and
        for a citation HTML."""
        parts = [self.pieces[0]]
        for slot, piece in zip(self.slots, self.pieces[1:], strict=True):
            parts += [fill(slot), piece]
        return "".join(parts)


@dataclass(frozen=True)
class Body:
    """What other notes, and checks, need to know of a note's text. Its HTML is a ``BodyMarkup``."""

    links: tuple[Link, ...] = ()
    citations: tuple[Cited, ...] = ()
    headings: tuple[Heading, ...] = ()
    anchors: frozenset[str] = frozenset()
    """What a fragment may name: the headings, and the footnotes with their references."""
