"""The Markdown below the front matter -> a body, and what is wrong in it.

pyromark (pulldown-cmark) parses and says where each piece stands in the source; this writes the
HTML and holds each heading, image and link against the rules.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from html import escape
from typing import Any

import pyromark

from ..words import N_
from .body import CALLOUTS, SCHEME, AfterLink, Body, BodyMarkup, Callout, Cited, Heading, Link, Slot
from .citation_slots import TextRun, cite, says_past
from .definitions import addresses, footnotes, normal
from .fields import ID_PATTERN
from .front_matter import FieldProblem, Place
from .literal_blocks import blocks, cells
from .literal_markup import apart, filled, visible
from .literal_signs import signs
from .safe_html import clean, read_raw, without_controls
from .slug import slugify
from .unsafe_html import RefusedTag, runs
from .urls import NoAddress, web_address

MAX_DEPTH = 60
"""Levels of lists and quotations in each other. Browsers give up at 512."""

_OPTIONS = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_FOOTNOTES
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_DEFINITION_LIST
    | pyromark.Options.ENABLE_GFM  # callouts, and nothing else
    | pyromark.Options.ENABLE_HEADING_ATTRIBUTES  # of these, an address: ## Words {#address}
)

_SLOT = re.compile(' (?:href|src)="saig:\x1f(\\d+)"|\x1f([acn])(\\d+)\x1f')
"""With a sign that no text has once it is ``without_controls``. What stands for a link's address, for the place after a link, for a citation, and for the name of
a callout."""

_ATTRIBUTES = re.compile(rb"\{[^{}\n]*\}(?=[ \t]*#*[ \t]*(\n|\Z))")
"""What stands between braces at the end of a heading."""

_FOOTNOTE_REFERENCE = re.compile(' class="footnote-reference" href="(saig:\x1f\\d+)"')
_ID = re.compile(r' id="([^"]*)"')


def convert(markdown: str, first_line: int = 1) -> tuple[Body, BodyMarkup, list[FieldProblem]]:
    """Markdown -> what others need to know of it, its HTML, and its problems. ``first_line``: the number of its first line in the file."""
    writer = _Writer(markdown, first_line)
    for event, span in pyromark.events_with_range(markdown, options=_OPTIONS, merge_text=True):
        if not writer.take(event, span["start"], span["end"]):
            break
    else:
        writer.check_typed(markdown)
    return *writer.body(), writer.problems


@dataclass
class _Heading:
    level: int
    start: int
    output: int
    id: str | None = None
    id_start: int = 0
    unused: str = ""
    end: int = 0
    text: list[str] = field(default_factory=list)


class _Writer:
    """Takes the parser's events in order and writes HTML."""

    def __init__(self, markdown: str, first_line: int) -> None:
        self.source = markdown.encode()
        self.first_line = first_line
        self.line_starts = [0, *(found.end() for found in re.finditer(b"\n", self.source))]
        self.out: list[str] = []
        self.words: list[TextRun] = []
        self.links: list[Link] = []
        self.open_links: list[int] = []
        self.linked_here: list[int] = []
        self.in_code = 0
        self.seen: list[tuple[int, int]] = []
        self.spans: list[tuple[int, int]] = []
        self.foreign: list[tuple[int, int]] = []
        self.defined: list[tuple[str, int]] = []
        self.referred: set[str] = set()
        self.cited: list[Cited] = []
        self.headings: list[Heading] = []
        self.problems: list[FieldProblem] = []
        self.depth = 0
        self.ids: dict[str, int] = {}
        self.heading: _Heading | None = None
        self.image: list[str] | None = None
        self.image_address = ""
        self.raw: list[str] | None = None
        self.raw_start = 0
        self.unsafe: list[RefusedTag] = []
        self.left_open: Counter[str] = Counter()
        self.too_open = False
        self.columns: list[str] = []
        self.column = 0
        self.in_head = False
        self.footnotes: dict[str, int] = {}
        self.references: dict[str | None, list[tuple[str, str]]] = defaultdict(list)
        """By the footnote that they stand in, if any: the footnote meant, and the link's slot."""
        self.notes: list[tuple[str, str]] = []
        self.outer: list[tuple[str, list[str]]] = []

    def place(self, offset: int) -> Place:
        line = bisect_right(self.line_starts, offset) - 1
        before = self.source[self.line_starts[line] : offset]
        return line + self.first_line, len(before.decode("utf-8", "ignore")) + 1

    def problem(self, offset: int, code: str, message: str, hint: str, **values: object) -> None:
        self.problems.append(FieldProblem(self.place(offset), code, message, hint, dict(values)))

    def take(self, event: Any, start: int, end: int) -> bool:
        """Write one event; False when the rest is not worth reading."""
        name, value = next(iter(event.items())) if isinstance(event, dict) else (event, None)
        if self.heading is not None and name != "End":
            self.heading.end = end
        if name == "Start":
            self.depth += 1
            if self.depth > MAX_DEPTH:
                self.problem(
                    start,
                    "bad-value",
                    N_("lists or quotations are nested too deeply"),
                    N_("make them flat"),
                )
                return False
            self.open(*_tag(value), start, end)
        elif name == "End":
            self.depth -= 1
            self.close(*_tag(value), start, end)
        elif handler := getattr(self, f"on_{name.lower()}", None):
            handler(value, start, end)
        return True

    # -- text ---------------------------------------------------------------------------------

    def say(self, text: str, start: int = 0, *, cites: bool = False) -> None:
        """Write words. ``cites``: they may cite norms; ``start``: where they stand."""
        clean = without_controls(text)
        if self.heading is not None:
            self.heading.text.append(clean)
        if self.image is not None:
            self.image.append(clean)
        else:
            cites = cites and not self.open_links and not self.in_code
            self.words.append(TextRun(clean, len(self.out), start, cites))
            self.out.append(escape(clean))

    def on_text(self, value: str, start: int, end: int) -> None:
        if not self.in_code:
            self.seen.append((start, end))
        self.say(value, start, cites=True)

    def on_code(self, value: str, start: int, end: int) -> None:
        if self.image is not None:
            self.say(value)
            return
        self.out.append("<code>")
        self.say(value)
        self.out.append("</code>")

    def on_softbreak(self, value: None, start: int, end: int) -> None:
        self.say("\n", start, cites=True)

    def on_hardbreak(self, value: None, start: int, end: int) -> None:
        if self.image is None:
            self.out.append("<br>")
        self.say("\n")

    def on_rule(self, value: None, start: int, end: int) -> None:
        self.out.append("<hr>\n")

    def on_footnotereference(self, name: str, start: int, end: int) -> None:
        name = normal(name)
        number = self.footnotes.setdefault(name, len(self.footnotes) + 1)
        slot = self.slot(f"#footnote-{number}", start)
        self.references[self.outer[-1][0] if self.outer else None].append((name, slot))
        self.out.append(f'<sup><a class="footnote-reference" href="{slot}">{number}</a></sup>')

    # -- raw HTML -----------------------------------------------------------------------------

    def on_inlinehtml(self, value: str, start: int, end: int) -> None:
        written = self.safe(value, start)
        if written is not None and self.image is None:
            self.out.append(written)
            self.in_code += bool(_RAW_CODE.match(value))
            self.in_code -= bool(self.in_code and _RAW_CODE_END.match(value))

    def on_html(self, value: str, start: int, end: int) -> None:
        if self.raw is not None:
            self.raw.append(value)

    def safe(self, html: str, start: int) -> str | None:
        """Raw HTML as it is written; None, and a problem, where it may not stay."""
        raw = read_raw(html)
        offset, place = 0, start
        for found, what in raw.refused:
            place += len(html[offset:found].encode())
            offset = found
            self.unsafe.append((self.place(place)[0], place, what))
        return raw.written if not raw.refused and self.is_flat(raw.tags, start) else None

    def is_flat(self, tags: list[str], start: int) -> bool:
        """Whether raw tags left open stay few: cleaning takes the square of their number."""
        for tag in tags:
            if not tag.startswith("/"):
                self.left_open[tag] += 1
            elif self.left_open[tag[1:]]:
                self.left_open[tag[1:]] -= 1
        if self.left_open.total() > MAX_DEPTH and not self.too_open:
            self.too_open = True
            self.problem(
                start,
                "unsafe-html",
                N_("too many HTML tags are open here"),
                N_("close each tag that you open"),
            )
        return not self.too_open

    # -- blocks and spans ---------------------------------------------------------------------

    def open(self, tag: str, value: Any, start: int, end: int) -> None:
        if tag not in _WITHIN_WORDS:
            self.end_words()
        match tag:
            case "Heading":
                self.begin_heading(value, start, end)
            case "Link" if self.image is None:  # a description is plain text
                scheme = "mailto:" * (value["link_type"] == "Email")
                slot = self.slot(scheme + value["dest_url"], start, end)
                self.open_links.append(len(self.links) - 1)
                self.spans.append((start, end))
                self.referred.add(value["id"])
                self.linked_here.append(len(self.links) - 1)
                self.out.append(f'<a href="{slot}"{_title(value)}>')
            case "Image":
                self.referred.add(value["id"])
                if self.image is None:
                    self.image, self.image_address = [], value["dest_url"]
            case "HtmlBlock":
                self.raw, self.raw_start = [], start
                self.foreign.append((start, end))
            case "CodeBlock":
                self.foreign.append((start, end))
                self.in_code += 1
                self.out.append("<pre><code>")
            case "List":
                self.out.append(
                    "<ul>\n"
                    if value is None
                    else f'<ol start="{value}">\n'
                    if value != 1
                    else "<ol>\n"
                )
            case "Table":
                self.columns = list(value)
                self.out.append('<div class="table-scroll" tabindex="0">\n<table>\n')
            case "TableHead":
                self.in_head, self.column = True, 0
                self.out.append("<thead>\n<tr>")
            case "TableRow":
                self.column = 0
                self.out.append("<tr>")
            case "TableCell":
                self.out.append(self.cell())
            case "BlockQuote" if value:
                kind = value.lower()
                self.out.append(
                    f'<div class="callout callout-{kind}">\n<p class="callout-name">'
                    f"<strong>\x1fn{CALLOUTS.index(kind)}\x1f</strong></p>\n"
                )
            case "FootnoteDefinition":
                self.outer.append((normal(value), self.out))
                self.defined.append((value, start))
                self.out = []
            case _ if tag in _SIMPLE:
                self.out.append(f"<{_SIMPLE[tag]}>")

    def close(self, tag: str, value: Any, start: int, end: int) -> None:
        if tag not in _WITHIN_WORDS:
            self.end_words()
        match tag:
            case "Heading":
                self.end_heading(end)
            case "Link" if self.image is None:
                self.out.append(f"</a>\x1fa{self.open_links.pop()}\x1f")
            case "Image":
                self.end_image(start, end)
            case "HtmlBlock":
                html = "".join(self.raw or ())
                self.raw = None
                self.out.append(self.safe(html, self.raw_start) or "")
            case "CodeBlock":
                self.in_code -= 1
                self.out.append("</code></pre>\n")
            case "List":
                self.out.append("</ol>\n" if value else "</ul>\n")
            case "Table":
                self.out.append("</tbody>\n</table>\n</div>\n")
            case "TableHead":
                self.in_head = False
                self.out.append("</tr>\n</thead>\n<tbody>\n")
            case "TableRow":
                self.check_row(start, end)
                self.out.append("</tr>\n")
            case "TableCell":
                self.out.append("</th>" if self.in_head else "</td>")
                self.column += 1
            case "BlockQuote" if value:
                self.out.append("</div>\n")
            case "FootnoteDefinition":
                name, outer = self.outer.pop()
                self.notes.append((name, "".join(self.out)))
                self.out = outer
            case _ if tag in _SIMPLE:
                block = tag not in _INLINE
                self.out.append(f"</{_SIMPLE[tag]}>" + "\n" * block)

    def cell(self) -> str:
        alignment = self.columns[self.column] if self.column < len(self.columns) else "None"
        style = f' class="align-{alignment.lower()}"' if alignment in ("Right", "Center") else ""
        return f'<th scope="col"{style}>' if self.in_head else f"<td{style}>"

    def check_row(self, start: int, end: int) -> None:
        row = self.source[start:end].decode().rstrip()
        has, columns = len(cells(row)), len(self.columns)
        if has != columns and "\n" not in row:
            self.problem(
                start,
                "table-cells",
                N_("cells of this row: %(has)d; columns of its table: %(columns)d")
                if has < columns
                else N_(
                    "cells of this row: %(has)d; columns of its table: %(columns)d. "
                    "Readers do not see the last cells"
                ),
                N_("write a cell for each column; a | inside a cell is written \\|")
                if "|" in row
                else N_("leave an empty line above it, if it does not belong to the table"),
                has=has,
                columns=columns,
            )

    def check_setext(self, start: int, end: int, words: str) -> None:
        """A paragraph above --- is a heading, where a line across the page was meant."""
        typed = self.source[start:end].decode().rstrip()
        if typed.startswith("#") or not (words.endswith((".", ",", ";", ":")) or len(words) > 100):
            return
        text, _, line = typed.rpartition("\n")
        line = line.strip()
        place = self.place(start + len(f"{text}\n".encode()))
        self.problems.append(
            FieldProblem(
                place,
                "text-as-heading",
                N_("the line %(typed)s makes a heading of the text above it"),
                N_("leave an empty line between the two; a heading is written ## Heading"),
                {"typed": line[:20]},
                (line, f"\n{line}"),
            )
        )

    def begin_heading(self, value: Mapping[str, Any], start: int, end: int) -> None:
        """Of what may stand between braces at its end, an address alone is used."""
        heading = _Heading(int(value["level"][1]), start, len(self.out))
        self.heading = heading
        self.out.append("")
        for found in list(_ATTRIBUTES.finditer(self.source, start, end))[-1:]:
            heading.id_start = found.start()
            if value["id"] and found[0] == f"{{#{value['id']}}}".encode():
                heading.id = value["id"]
            else:
                heading.unused = found[0].decode()

    def end_heading(self, end: int) -> None:
        heading = self.heading
        assert heading
        if heading.unused and heading.end <= heading.id_start:  # the parser left it out
            self.say(f" {heading.unused}", heading.id_start)
            self.seen.append((heading.id_start - 1, end))
        self.heading = None
        words = " ".join("".join(heading.text).split())
        self.check_setext(heading.start, end, words)
        above = self.headings[-1].level if self.headings else 1
        if heading.level == 1:
            self.problem(
                heading.start,
                "heading-order",
                N_("the note's title is the page's only heading of the first level"),
                N_("begin the headings of the text with ## and the ones below them with ###"),
            )
        elif heading.level > above + 1:
            self.problem(
                heading.start,
                "heading-order",
                N_("a heading of level %(level)d stands below one of level %(above)d"),
                N_("write it with %(signs)s, or add the heading that is missing between the two"),
                level=heading.level,
                above=above,
                signs="#" * (above + 1),
            )
        level = max(heading.level, 2)
        identifier = self.own_id(heading) or slugify(words) or "section"
        if identifier.startswith("footnote-"):  # which footnotes have
            identifier = f"section-{identifier}"
        identifier = self.unique(identifier)
        self.headings.append(Heading(heading.level, identifier, words))
        self.out[heading.output] = f'<h{level} id="{identifier}">'
        self.out.append(f"</h{level}>\n")

    def own_id(self, heading: _Heading) -> str | None:
        """The address that an editor gave a heading, if it can be one."""
        if heading.id is None:
            return None
        if not re.fullmatch(ID_PATTERN, heading.id) or heading.id.startswith("footnote-"):
            self.problem(
                heading.id_start,
                "bad-value",
                N_("“%(value)s” cannot be the address of a heading"),
                N_("use small letters without accents, digits and hyphens, as in {#how-to-pay}"),
                value=heading.id[:60],
            )
        elif heading.id in self.ids:
            self.problem(
                heading.id_start,
                "bad-value",
                N_("another heading above has the address #%(value)s"),
                N_("give each heading an address of its own"),
                value=heading.id[:60],
            )
        else:
            return heading.id
        return None

    def end_image(self, start: int, end: int) -> None:
        if self.image is None:  # an image in another's description, which is plain text
            return
        alt, self.image = " ".join("".join(self.image).split()), None
        if not alt:
            self.problem(
                start,
                "missing-alt",
                N_("the image has no description for those who cannot see it"),
                N_("write it between the square brackets: ![what the image shows](…)"),
            )
        slot = self.slot(self.image_address, start, end, is_image=True)
        self.out.append(f'<img src="{slot}" alt="{escape(alt)}">')

    def unique(self, identifier: str) -> str:
        """The id itself the first time, then with -2, -3 …"""
        count = self.ids.get(identifier, 0) + 1
        self.ids[identifier] = count
        if count == 1:
            return identifier
        return self.unique(f"{identifier}-{count}")

    # -- citations ----------------------------------------------------------------------------

    def end_words(self) -> None:
        """At the end of a paragraph, a heading, a cell: make slots of the norms that it cites."""
        words, self.words = self.words, []
        linked, self.linked_here = self.linked_here, []
        if linked and says_past("".join(word.text for word in words)):
            for index in linked:
                self.links[index] = replace(self.links[index], is_past=True)
        for cited in cite(words, self.out, first=len(self.cited)):
            place = self.place(self.find_words(cited.citation.text, cited.start))
            self.cited.append(Cited(cited.citation, cited.html, place))

    def find_words(self, text: str, start: int) -> int:
        """Where words of a text that begins at ``start`` stand in the source."""
        first = text.split("\n")[0].strip()
        found = self.source.find(first.encode(), start)
        return found if found >= 0 else start

    # -- links --------------------------------------------------------------------------------

    def slot(self, address: str, start: int, end: int = 0, *, is_image: bool = False) -> str:
        """Note the link and give the sign that stands for its address until it is known."""
        address = without_controls(address).strip()
        place = self.place(self.find(address, start, end))
        address = self.checked(address, place)
        self.links.append(Link(address, place, is_image))
        return f"saig:\x1f{len(self.links) - 1}"

    def find(self, address: str, start: int, end: int) -> int:
        """The offset of an address inside its link; of the link, if it stands elsewhere."""
        opening = self.source.rfind(b"](", start, end)
        found = (
            self.source.find(address.encode(), max(opening, start), end) if address and end else -1
        )
        return found if found >= 0 else start

    def checked(self, address: str, place: Place) -> str:
        """The address in the form in which it is published; tells if it may not be."""
        scheme = SCHEME.match(re.sub(r"\s", "", address))
        kind = scheme[1].lower() if scheme else ""
        if kind == "http" or address.startswith(("//", "\\\\", "/\\", "\\/")):
            self.problems.append(
                FieldProblem(
                    place,
                    "insecure-url",
                    N_("%(address)s is not a secure address"),
                    N_("write it with https://, if that server has it"),
                    {"address": address[:200]},
                )
            )
        elif kind == "https":
            try:
                return web_address(address)
            except NoAddress as error:
                values = {"value": address[:200], "better": error.better[:200], **error.values}
                hint = (
                    N_("write %(better)s")
                    if error.better
                    else N_("write the whole address, beginning with https://")
                )
                self.problems.append(FieldProblem(place, "broken-link", error.reason, hint, values))
        elif kind not in ("", "mailto", "tel"):
            self.problems.append(
                FieldProblem(
                    place,
                    "unsafe-html",
                    N_("a link may not begin with %(scheme)s:"),
                    N_(
                        "link to a note, a file of content/files/, or an address that begins with https://"
                    ),
                    {"scheme": kind},
                )
            )
            return "#"  # an unfinished draft is shown all the same
        return address

    # -- markup that became none --------------------------------------------------------------

    def check_typed(self, markdown: str) -> None:
        """Tell what readers would see as it was typed."""
        text = visible(self.source, self.seen)
        chars = self.chars(markdown)
        found_all = [
            *signs(text),
            *blocks(text, markdown),
            *footnotes(((name, chars(at)) for name, at in self.defined), self.footnotes),
            *addresses(
                markdown, text, self.referred, ((chars(a), chars(b)) for a, b in self.foreign)
            ),
        ]
        for found in apart(found_all):
            start = len(markdown[: found.start].encode())
            if found.code == "bare-address" and any(a <= start < b for a, b in self.spans):
                continue
            old, new = markdown[found.start : found.end], filled(found, text, markdown)
            values = {"typed": " ".join(old.split())[:60], **found.values}
            fix = None if new is None else (old, new)
            place = self.place(start)
            self.problems.append(
                FieldProblem(place, found.code, found.message, found.hint, values, fix)
            )

    def chars(self, markdown: str) -> Callable[[int], int]:
        """Offsets in bytes -> offsets in characters."""
        if len(self.source) == len(markdown):
            return lambda offset: offset
        return lambda offset: len(self.source[:offset].decode("utf-8", "ignore"))

    # -- the whole ----------------------------------------------------------------------------

    def body(self) -> tuple[Body, BodyMarkup]:
        self.end_words()
        for run in runs(self.unsafe):
            values = {"what": run.what, "last": run.last}
            self.problem(run.offset, "unsafe-html", run.message, run.hint, **values)
        while self.outer:  # cut off in a footnote
            self.out = self.outer.pop()[1]
        reached = self.reached()
        html = "".join(self.out) + self.footnote_list(reached)
        numbers = {slot: self.footnotes[name] for name, slot in reached.items()}
        html = _FOOTNOTE_REFERENCE.sub(
            lambda found: (
                f'{found[0]} id="footnote-reference-{numbers[found[1]]}"'
                if found[1] in numbers
                else found[0]
            ),
            html,
        )
        markup = self.split(clean(html))
        body = Body(
            links=tuple(slot for slot in markup.slots if isinstance(slot, Link)),
            citations=tuple(self.cited),
            headings=tuple(self.headings),
            anchors=frozenset(_ID.findall("".join(markup.pieces))),
        )
        return body, markup

    def split(self, html: str) -> BodyMarkup:
        parts = _SLOT.split(html)
        slots: list[Slot] = []
        for address, sign, number in zip(parts[1::4], parts[2::4], parts[3::4], strict=True):
            if address:
                slots.append(self.links[int(address)])
            elif sign == "a":
                slots.append(AfterLink(self.links[int(number)]))
            elif sign == "n":
                slots.append(Callout(CALLOUTS[int(number)]))
            else:
                slots.append(self.cited[int(number)])
        return BodyMarkup(tuple(parts[::4]), tuple(slots))

    def reached(self) -> dict[str, str]:
        """The footnotes that the text refers to, or one of them does, and the slot of the first
        such link."""
        defined = {name for name, _ in self.notes}
        found: dict[str, str] = {}
        waiting: list[str | None] = [None]
        for place in waiting:  # which grows meanwhile
            for name, slot in self.references.get(place, ()):
                if name in defined and name not in found:
                    found[name] = slot
                    waiting.append(name)
        return found

    def footnote_list(self, names: Collection[str]) -> str:
        """These footnotes, by their numbers; of several of one name the first."""
        defined = dict(reversed(self.notes))
        items = []
        for name in sorted(names, key=self.footnotes.__getitem__):
            number, html = self.footnotes[name], defined[name]
            back = f' <a href="{self.slot(f"#footnote-reference-{number}", 0)}" class="footnote-back">↩︎ {number}</a>'
            text = re.sub(r"</p>\n?$", "", html)
            items.append(
                f'<li id="footnote-{number}">{text}{back}{"</p>" if text != html else ""}</li>\n'
            )
        if not items:
            return ""
        return f'<div class="footnotes">\n<hr>\n<ol>\n{"".join(items)}</ol>\n</div>\n'


_SIMPLE = {
    "Paragraph": "p",
    "BlockQuote": "blockquote",
    "Item": "li",
    "Emphasis": "em",
    "Strong": "strong",
    "Strikethrough": "del",
    "DefinitionList": "dl",
    "DefinitionListTitle": "dt",
    "DefinitionListDefinition": "dd",
}
_INLINE = {"Emphasis", "Strong", "Strikethrough"}
_WITHIN_WORDS = {*_INLINE, "Link", "Image"}
_RAW_CODE = re.compile(r"<kbd\b", re.IGNORECASE)
_RAW_CODE_END = re.compile(r"</kbd\b", re.IGNORECASE)


def _tag(value: Any) -> tuple[str, Any]:
    """The parser names a tag as ``"Item"`` or ``{"Heading": {…}}``."""
    return next(iter(value.items())) if isinstance(value, dict) else (value, None)


def _title(value: dict[str, str]) -> str:
    return f' title="{escape(without_controls(value["title"]))}"' if value["title"] else ""
