"""The Markdown below the front matter → a body, its HTML, and its problems.

pyromark (pulldown-cmark) parses it and gives the position of each piece in the source; the writers
make HTML of its events, with a marker for each link and citation. The whole HTML is cleaned and
then divided at these markers into the pieces of a ``BodyMarkup``.
"""

from __future__ import annotations

import re

import pyromark

from ..citations.grammar import NO_GRAMMAR, Grammar
from .block_writer import BlockWriter
from .body import CALLOUTS, AfterLink, Body, BodyMarkup, Callout, Link, Slot
from .link_slots import SLOT_SIGN
from .literal_problems import report_literal
from .markdown_source import MarkdownSource
from .problem import FieldProblem
from .safe_html import clean

_OPTIONS = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_FOOTNOTES
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_DEFINITION_LIST
    | pyromark.Options.ENABLE_GFM  # callouts, and nothing else
    | pyromark.Options.ENABLE_HEADING_ATTRIBUTES  # of these, an address: ## Words {#address}
)

_SLOT = re.compile(f'{SLOT_SIGN}(?:(\\d+)"|([acn])(\\d+){SLOT_SIGN})')
"""Markers for a link's address, for the place after a link, for a citation, and for the name of a
callout. The first is followed by the rest of its attribute: ``_ATTRIBUTES``."""

_ATTRIBUTES = (' href="saig:', ' src="saig:')

_ID = re.compile(r' id="([^"]*)"')


def convert(
    markdown: str, first_line: int = 1, grammar: Grammar = NO_GRAMMAR
) -> tuple[Body, BodyMarkup, list[FieldProblem]]:
    """What others need to know of a text, its HTML, and its problems. ``first_line``: the number of
    its first line in the file; ``grammar``: how norms are cited here."""
    source = MarkdownSource(markdown, first_line)
    writer = BlockWriter(source, grammar)
    events = pyromark.events_with_range(markdown, options=_OPTIONS, merge_text=True)
    if writer.write(events):
        report_literal(source, writer.parsed, writer.footnotes)
    body, markup = _finished(writer)
    return body, markup, source.problems


def _finished(writer: BlockWriter) -> tuple[Body, BodyMarkup]:
    markup = _with_slots(writer, clean(writer.finished()))
    body = Body(
        links=tuple(slot for slot in markup.slots if isinstance(slot, Link)),
        citations=tuple(writer.cited),
        headings=tuple(writer.headings.found),
        anchors=frozenset(_ID.findall("".join(markup.pieces))),
    )
    return body, markup


def _with_slots(writer: BlockWriter, html: str) -> BodyMarkup:
    parts = _SLOT.split(html)
    pieces = parts[::4]
    slots: list[Slot] = []
    for link, sign, number in zip(parts[1::4], parts[2::4], parts[3::4], strict=True):
        if link:
            piece = pieces[len(slots)]
            attribute = next(filter(piece.endswith, _ATTRIBUTES))
            pieces[len(slots)] = piece.removesuffix(attribute)
            slots.append(writer.links.found[int(link)])
        elif sign == "a":
            slots.append(AfterLink(writer.links.found[int(number)]))
        elif sign == "n":
            slots.append(Callout(CALLOUTS[int(number)]))
        else:
            slots.append(writer.cited[int(number)])
    return BodyMarkup(tuple(pieces), tuple(slots))
