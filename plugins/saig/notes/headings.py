"""The headings of a note's text: their addresses, their order, and those that were not meant as
headings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..regexes import regex
from ..words import N_
from .body import Heading
from .markdown_source import MarkdownSource
from .problem import FieldProblem
from .slug import slugify
from .value_types import ID_PATTERN

_ATTRIBUTES = regex(rb"\{[^{}\n]*\}(?=[ \t]*#*[ \t]*(\n|\Z))")
"""What stands between braces at the end of a heading."""

LONG = 100
"""A longer heading is more likely a paragraph."""


@dataclass
class OpenHeading:
    """A heading that is being read. ``output``: where its tag goes; ``id``: the address that its
    editor gave it; ``braces``: what she wrote between braces that is none; ``braces_start``: where
    they stand; ``end``: where what was read of it ends."""

    level: int
    start: int
    output: int
    id: str | None = None
    braces_start: int = 0
    braces: str = ""
    end: int = 0
    text: list[str] = field(default_factory=list)

    @property
    def has_lost_braces(self) -> bool:
        """Whether the parser left the braces out, though nothing is made of them."""
        return bool(self.braces) and self.end <= self.braces_start


class Headings:
    """Takes the headings of a text in their order."""

    def __init__(self, source: MarkdownSource) -> None:
        self.source = source
        self.found: list[Heading] = []
        self._ids: dict[str, int] = {}

    def begin(self, tag: Mapping[str, Any], start: int, end: int, output: int) -> OpenHeading:
        """``tag``: what the parser says of it. Of what may stand between braces at its end, an
        address alone is used."""
        heading = OpenHeading(int(tag["level"][1]), start, output)
        for found in list(_ATTRIBUTES.finditer(self.source.encoded, start, end))[-1:]:
            heading.braces_start = found.start()
            if tag["id"] and found[0] == f"{{#{tag['id']}}}".encode():
                heading.id = tag["id"]
            else:
                heading.braces = found[0].decode()
        return heading

    def end(self, heading: OpenHeading, end: int) -> tuple[str, str]:
        """The HTML before and after its words."""
        words = " ".join("".join(heading.text).split())
        if not words:
            self.source.report(
                heading.start,
                "heading-order",
                N_("this heading has no words"),
                N_("write them behind the signs, or remove the line"),
            )
        self._check_underline(heading.start, end, words)
        self._check_level(heading)
        identifier = self._own_id(heading) or slugify(words) or "section"
        if identifier.startswith("footnote-"):  # which footnotes have
            identifier = f"section-{identifier}"
        identifier = self._unique(identifier)
        self.found.append(Heading(heading.level, identifier, words))
        level = max(heading.level, 2)
        return f'<h{level} id="{identifier}">', f"</h{level}>\n"

    def _check_underline(self, start: int, end: int, words: str) -> None:
        """A paragraph above --- is a heading, although a thematic break was meant."""
        if not (words.endswith((".", ",", ";", ":")) or len(words) > LONG):
            return
        typed = self.source.encoded[start:end].decode().rstrip()
        if typed.startswith("#"):
            return
        text, _, line = typed.rpartition("\n")
        line = line.strip()
        place = self.source.place(start + len(f"{text}\n".encode()))
        self.source.problems.append(
            FieldProblem(
                place,
                "text-as-heading",
                N_("the line %(typed)s makes a heading of the text above it"),
                N_("leave an empty line between the two; a heading is written ## Heading"),
                {"typed": line[:20]},
                (line, f"\n{line}"),
            )
        )

    def _check_level(self, heading: OpenHeading) -> None:
        above = self.found[-1].level if self.found else 1
        if heading.level == 1:
            self.source.report(
                heading.start,
                "heading-order",
                N_("the note's title is the page's only heading of the first level"),
                N_("begin the headings of the text with ## and the ones below them with ###"),
            )
        elif heading.level > above + 1:
            self.source.report(
                heading.start,
                "heading-order",
                N_("a heading of level %(level)d stands below one of level %(above)d"),
                N_("write it with %(signs)s, or add the heading that is missing between the two"),
                level=heading.level,
                above=above,
                signs="#" * (above + 1),
            )

    def _own_id(self, heading: OpenHeading) -> str | None:
        """The address that an editor gave a heading, if it can be one."""
        if heading.id is None:
            return None
        if not re.fullmatch(ID_PATTERN, heading.id) or heading.id.startswith("footnote-"):
            self.source.report(
                heading.braces_start,
                "bad-value",
                N_("“%(value)s” cannot be the address of a heading"),
                N_("use small letters without accents, digits and hyphens, as in {#how-to-pay}"),
                value=heading.id[:60],
            )
        elif heading.id in self._ids:
            self.source.report(
                heading.braces_start,
                "bad-value",
                N_("another heading above has the address #%(value)s"),
                N_("give each heading an address of its own"),
                value=heading.id[:60],
            )
        else:
            return heading.id
        return None

    def _unique(self, identifier: str) -> str:
        """The id itself the first time, then with -2, -3 …"""
        count = self._ids.get(identifier, 0) + 1
        self._ids[identifier] = count
        if count == 1:
            return identifier
        return self._unique(f"{identifier}-{count}")
