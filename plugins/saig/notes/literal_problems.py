"""Problems of a text's literal markup, and of unused definitions."""

from __future__ import annotations

from dataclasses import dataclass, field

from .definitions import address_findings, footnote_findings
from .footnotes import Footnotes
from .literal_blocks import block_findings
from .literal_markup import restored, visible_text, without_overlaps
from .literal_signs import sign_findings
from .markdown_source import MarkdownSource
from .problem import FieldProblem


@dataclass
class Parsed:
    """What the parser made of the parts of a text, by their offsets: ``words`` that readers see,
    ``links``, and ``foreign`` parts, which are code and HTML. ``labels``: those by which links
    refer to a definition."""

    words: list[tuple[int, int]] = field(default_factory=list)
    links: list[tuple[int, int]] = field(default_factory=list)
    foreign: list[tuple[int, int]] = field(default_factory=list)
    labels: set[str] = field(default_factory=set)


def report_literal(source: MarkdownSource, parsed: Parsed, notes: Footnotes) -> None:
    """Report literal markup, and unused definitions."""
    text = visible_text(source.encoded, parsed.words)
    characters = source.characters
    found_all = [
        *sign_findings(text),
        *block_findings(text, source.text),
        *footnote_findings(((name, characters(at)) for name, at in notes.defined), notes.numbers),
        *address_findings(
            source.text,
            text,
            parsed.labels,
            ((characters(start), characters(end)) for start, end in parsed.foreign),
        ),
    ]
    for found in without_overlaps(found_all):
        start = source.offset(found.start)
        if found.code == "bare-address" and any(a <= start < b for a, b in parsed.links):
            continue
        old, new = source.text[found.start : found.end], restored(found, text, source.text)
        values = {"typed": " ".join(old.split())[:60], **found.values}
        fix = None if new is None else (old, new)
        source.problems.append(
            FieldProblem(source.place(start), found.code, found.message, found.hint, values, fix)
        )
