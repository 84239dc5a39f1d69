"""The parser's events -> HTML: paragraphs, headings, lists, quotations, code, tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from ..citations.grammar import Grammar
from ..words import N_
from .body import CALLOUTS
from .headings import Headings
from .inline_writer import InlineWriter
from .link_slots import SLOT_SIGN
from .markdown_source import MarkdownSource
from .tables import Table

MAX_DEPTH = 60
"""The most levels of nested lists and quotations. Browsers allow 512."""

_OPENING = {
    "Paragraph": "<p>",
    "Item": "<li>",
    "Emphasis": "<em>",
    "Strong": "<strong>",
    "Strikethrough": "<del>",
    "DefinitionList": "<dl>",
    "DefinitionListTitle": "<dt>",
    "DefinitionListDefinition": "<dd>",
}
_CLOSING = {
    "Paragraph": "</p>\n",
    "Item": "</li>\n",
    "Emphasis": "</em>",
    "Strong": "</strong>",
    "Strikethrough": "</del>",
    "DefinitionList": "</dl>\n",
    "DefinitionListTitle": "</dt>\n",
    "DefinitionListDefinition": "</dd>\n",
    "Table": "</tbody>\n</table>\n</div>\n",
}

_FENCE = re.compile(rb"`{3,}|~{3,}")

_WITHIN_WORDS = {"Emphasis", "Strong", "Strikethrough", "Link", "Image"}
"""Elements that do not end a run of words."""

Handler = Callable[["BlockWriter", Any, int, int], None]


class BlockWriter(InlineWriter):
    """Takes all events of a text in their order."""

    def __init__(self, source: MarkdownSource, grammar: Grammar) -> None:
        super().__init__(source, grammar)
        self.headings = Headings(source)
        self.table = Table(source)
        self.html_block: list[str] | None = None
        self.html_start = 0

    def write(self, events: Iterable[tuple[Any, Any]]) -> bool:
        """Write all events; False if reading was given up.

        The parser yields ``"Rule"``, ``{"Text": …}``, ``{"Start": tag}`` or ``{"End": tag}``, each
        with its start and end in the source; a tag is ``"Item"`` or ``{"Heading": {…}}``.
        """
        depth = 0
        for event, span in events:
            start, end = span["start"], span["end"]
            value: Any = None
            if type(event) is str:
                name = event
            else:
                [(name, value)] = event.items()
            if self.heading is not None and name != "End":
                self.heading.end = end
            if name == "Text":
                self._text(value, start, end)
            elif name == "Start":
                depth += 1
                if depth > MAX_DEPTH:
                    self.source.report(
                        start,
                        "bad-value",
                        N_("lists or quotations are nested too deeply"),
                        N_("make them flat"),
                    )
                    return False
                self._tag(value, _OPENING, _STARTS, start, end)
            elif name == "End":
                depth -= 1
                self._tag(value, _CLOSING, _ENDS, start, end)
            elif handler := _OTHER_EVENTS.get(name):
                handler(self, value, start, end)
        return True

    def _tag(
        self, tag: Any, plain: dict[str, str], handlers: dict[str, Handler], start: int, end: int
    ) -> None:
        """Write the start or the end of something: ``plain`` HTML, or what its handler makes."""
        value: Any = None
        if type(tag) is not str:
            [(tag, value)] = tag.items()
        if (self.words or self.linked_here) and tag not in _WITHIN_WORDS:
            self._end_words()
        if html := plain.get(tag):
            self.out.append(html)
        elif handler := handlers.get(tag):
            handler(self, value, start, end)

    # -- blocks -------------------------------------------------------------------------------

    def _start_heading(self, tag: dict[str, Any], start: int, end: int) -> None:
        self.heading = self.headings.begin(tag, start, end, len(self.out))
        self.out.append("")

    def _end_heading(self, value: None, start: int, end: int) -> None:
        heading = self.heading
        assert heading
        if heading.has_lost_braces:
            self._say(f" {heading.braces}", heading.braces_start)
            self.parsed.words.append((heading.braces_start - 1, end))
        self.heading = None
        self.out[heading.output], closing = self.headings.end(heading, end)
        self.out.append(closing)

    def _start_list(self, first: int | None, start: int, end: int) -> None:
        if first is None:
            self.out.append("<ul>\n")
        else:
            self.out.append(f'<ol start="{first}">\n' if first != 1 else "<ol>\n")

    def _end_list(self, is_ordered: bool, start: int, end: int) -> None:
        self.out.append("</ol>\n" if is_ordered else "</ul>\n")

    def _start_quotation(self, callout: str | None, start: int, end: int) -> None:
        if not callout:
            self.out.append("<blockquote>")
            return
        kind = callout.lower()
        self.out.append(
            f'<div class="callout callout-{kind}">\n<p class="callout-name">'
            f"<strong>{SLOT_SIGN}n{CALLOUTS.index(kind)}{SLOT_SIGN}</strong></p>\n"
        )

    def _end_quotation(self, callout: str | None, start: int, end: int) -> None:
        self.out.append("</div>\n" if callout else "</blockquote>\n")

    def _start_code(self, value: Any, start: int, end: int) -> None:
        self.parsed.foreign.append((start, end))
        self.in_code += 1
        self.out.append("<pre><code>")

    def _end_code(self, value: Any, start: int, end: int) -> None:
        self.in_code -= 1
        self.out.append("</code></pre>\n")
        typed = self.source.encoded[start:end].rstrip()
        fence = _FENCE.match(typed)
        if fence and not re.search(rb"\n[ \t>]*" + fence[0] + rb"+[ \t]*$", typed):
            self.source.report(
                start,
                "markup-as-text",
                N_("the code that begins here has no end, so what follows is shown as code"),
                N_("write %(fence)s on a line of its own where it ends"),
                fence=fence[0].decode(),
            )

    def _start_footnote(self, name: str, start: int, end: int) -> None:
        self.footnotes.begin(name, start, self.out)
        self.out = []

    def _end_footnote(self, value: None, start: int, end: int) -> None:
        self.out = self.footnotes.end("".join(self.out))

    # -- tables -------------------------------------------------------------------------------

    def _start_table(self, columns: list[str], start: int, end: int) -> None:
        self.table = Table(self.source, columns)
        self.out.append('<div class="table-scroll" tabindex="0">\n<table>\n')

    def _start_table_head(self, value: None, start: int, end: int) -> None:
        self.table.begin_row(is_head=True)
        self.out.append("<thead>\n<tr>")

    def _end_table_head(self, value: None, start: int, end: int) -> None:
        self.table.is_head = False
        self.out.append("</tr>\n</thead>\n<tbody>\n")

    def _start_row(self, value: None, start: int, end: int) -> None:
        self.table.begin_row(is_head=False)
        self.out.append("<tr>")

    def _end_row(self, value: None, start: int, end: int) -> None:
        self.table.check_row(start, end)
        self.out.append("</tr>\n")

    def _start_cell(self, value: None, start: int, end: int) -> None:
        self.out.append(self.table.cell())

    def _end_cell(self, value: None, start: int, end: int) -> None:
        self.out.append("</th>" if self.table.is_head else "</td>")

    # -- raw HTML -----------------------------------------------------------------------------

    def _html(self, value: str, start: int, end: int) -> None:
        if self.html_block is not None:
            self.html_block.append(value)

    def _start_html(self, value: None, start: int, end: int) -> None:
        self.html_block, self.html_start = [], start
        self.parsed.foreign.append((start, end))

    def _end_html(self, value: None, start: int, end: int) -> None:
        html, self.html_block = "".join(self.html_block or ()), None
        self.out.append(self.raw_html.written(html, self.html_start) or "")

    # -- the whole ----------------------------------------------------------------------------

    def finished(self) -> str:
        """The HTML of the text, with its footnotes below it."""
        self._end_words()
        self.raw_html.report()
        written = "".join(self.footnotes.outermost(self.out))
        return self.footnotes.finished(written, lambda address: self.links.add(address, 0))


_OTHER_EVENTS: dict[str, Handler] = {
    "Code": BlockWriter._code,
    "SoftBreak": BlockWriter._soft_break,
    "HardBreak": BlockWriter._hard_break,
    "Rule": BlockWriter._rule,
    "InlineHtml": BlockWriter._inline_html,
    "Html": BlockWriter._html,
    "FootnoteReference": BlockWriter._footnote_reference,
}
_STARTS: dict[str, Handler] = {
    "Link": BlockWriter._start_link,
    "Image": BlockWriter._start_image,
    "Heading": BlockWriter._start_heading,
    "List": BlockWriter._start_list,
    "BlockQuote": BlockWriter._start_quotation,
    "CodeBlock": BlockWriter._start_code,
    "HtmlBlock": BlockWriter._start_html,
    "Table": BlockWriter._start_table,
    "TableHead": BlockWriter._start_table_head,
    "TableRow": BlockWriter._start_row,
    "TableCell": BlockWriter._start_cell,
    "FootnoteDefinition": BlockWriter._start_footnote,
}
_ENDS: dict[str, Handler] = {
    "Link": BlockWriter._end_link,
    "Image": BlockWriter._end_image,
    "Heading": BlockWriter._end_heading,
    "List": BlockWriter._end_list,
    "BlockQuote": BlockWriter._end_quotation,
    "CodeBlock": BlockWriter._end_code,
    "HtmlBlock": BlockWriter._end_html,
    "TableHead": BlockWriter._end_table_head,
    "TableRow": BlockWriter._end_row,
    "TableCell": BlockWriter._end_cell,
    "FootnoteDefinition": BlockWriter._end_footnote,
}
