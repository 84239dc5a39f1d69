"""What stands within a paragraph, a heading or a cell: words, links, images, footnote marks."""

from __future__ import annotations

import re
from html import escape

from ..citations.grammar import Grammar
from ..citations.recognise import may_cite
from ..words import N_
from .body import Cited
from .citation_slots import TextRun, cite
from .footnotes import Footnotes
from .headings import OpenHeading
from .link_slots import SLOT_SIGN, LinkSlots
from .literal_problems import Parsed
from .markdown_source import MarkdownSource
from .safe_html import without_controls
from .unsafe_html import RawHTML

_RAW_CODE = re.compile(r"<kbd\b", re.IGNORECASE)
_VISIBLE = re.compile(r"<img\b|(?:^|>)[^<]*[^\s<]")
"""The visible parts of HTML: an image, or words outside of tags."""

_RAW_CODE_END = re.compile(r"</kbd\b", re.IGNORECASE)


class InlineWriter:
    """Writes HTML to ``out``. Its methods take what the parser says of an event, and where that
    begins and ends in the source."""

    def __init__(self, source: MarkdownSource, grammar: Grammar) -> None:
        self.source = source
        self.grammar = grammar
        self.out: list[str] = []
        self.parsed = Parsed()
        self.links = LinkSlots(source)
        self.footnotes = Footnotes()
        self.raw_html = RawHTML(source)
        self.cited: list[Cited] = []
        # Of the paragraph, heading or cell that is being read:
        self.words: list[TextRun] = []
        self.linked_here: list[int] = []
        # What is open:
        self.heading: OpenHeading | None = None
        self.open_links: list[tuple[int, int]] = []
        """The number of each, and where in ``out`` its words begin."""
        self.in_code = 0
        self.image: list[str] | None = None
        self.image_address = ""

    # -- text ---------------------------------------------------------------------------------

    def _say(self, text: str, start: int = 0, *, cites: bool = False) -> None:
        """Write words. ``cites``: they may cite norms; ``start``: where they stand."""
        if not text.isprintable():
            text = without_controls(text)
        if self.heading is not None:
            self.heading.text.append(text)
        if self.image is not None:
            self.image.append(text)
            return
        cites = cites and not self.open_links and not self.in_code
        self.words.append(TextRun(text, len(self.out), start, cites))
        has_signs = "&" in text or "<" in text or ">" in text
        self.out.append(escape(text, quote=False) if has_signs else text)

    def _text(self, value: str, start: int, end: int) -> None:
        if not self.in_code:
            self.parsed.words.append((start, end))
        self._say(value, start, cites=True)

    def _code(self, value: str, start: int, end: int) -> None:
        if self.image is not None:
            self._say(value)
            return
        self.out.append("<code>")
        self._say(value)
        self.out.append("</code>")

    def _soft_break(self, value: None, start: int, end: int) -> None:
        self._say("\n", start, cites=True)

    def _hard_break(self, value: None, start: int, end: int) -> None:
        if self.image is None:
            self.out.append("<br>")
        self._say("\n")

    def _rule(self, value: None, start: int, end: int) -> None:
        self.out.append("<hr>\n")

    def _end_words(self) -> None:
        """At the end of a paragraph, a heading, a cell: make slots of the norms that it cites."""
        words, self.words = self.words, []
        linked, self.linked_here = self.linked_here, []
        text = words[0].text if len(words) == 1 else "".join([run.text for run in words])
        if linked and self.grammar.says_past(text):
            self.links.mark_past(linked)
        if not may_cite(text, self.grammar):
            return
        for cited in cite(words, self.out, len(self.cited), self.grammar):
            place = self.source.place(self._find_words(cited.citation.text, cited.start))
            self.cited.append(Cited(cited.citation, cited.html, place))

    def _find_words(self, text: str, start: int) -> int:
        """Where words of a text that begins at ``start`` stand in the source."""
        first = text.split("\n")[0].strip()
        found = self.source.encoded.find(first.encode(), start)
        return found if found >= 0 else start

    # -- links, images, footnotes -------------------------------------------------------------

    def _start_link(self, link: dict[str, str], start: int, end: int) -> None:
        if self.image is not None:  # a description is plain text
            return
        scheme = "mailto:" * (link["link_type"] == "Email")
        slot = self.links.add(scheme + link["dest_url"], start, end)
        number = len(self.links.found) - 1
        self.linked_here.append(number)
        self.parsed.links.append((start, end))
        self.parsed.labels.add(link["id"])
        title = without_controls(link["title"])
        self.out.append(f'<a href="{slot}"' + (f' title="{escape(title)}">' if title else ">"))
        self.open_links.append((number, len(self.out)))

    def _end_link(self, value: None, start: int, end: int) -> None:
        if self.image is not None:
            return
        number, begin = self.open_links.pop()
        if not _VISIBLE.search("".join(self.out[begin:])):
            self.source.report(
                start,
                "broken-link",
                N_("this link has no words, so readers cannot see it"),
                N_("write them between the square brackets: [words](%(address)s)"),
                address=self.links.found[number].address[:120],
            )
        self.out.append(f"</a>{SLOT_SIGN}a{number}{SLOT_SIGN}")

    def _start_image(self, image: dict[str, str], start: int, end: int) -> None:
        self.parsed.labels.add(image["id"])
        if self.image is None:
            self.image, self.image_address = [], image["dest_url"]

    def _end_image(self, value: None, start: int, end: int) -> None:
        if self.image is None:  # an image in another's description, which is plain text
            return
        alt, self.image = " ".join("".join(self.image).split()), None
        if not alt:
            self.source.report(
                start,
                "missing-alt",
                N_("the image has no description for those who cannot see it"),
                N_("write it between the square brackets: ![what the image shows](…)"),
            )
        slot = self.links.add(self.image_address, start, end, is_image=True)
        self.out.append(f'<img src="{slot}" alt="{escape(alt)}">')

    def _footnote_reference(self, name: str, start: int, end: int) -> None:
        self.out.append(self.footnotes.refer(name, lambda address: self.links.add(address, start)))

    # -- raw HTML -----------------------------------------------------------------------------

    def _inline_html(self, value: str, start: int, end: int) -> None:
        written = self.raw_html.written(value, start)
        if written is not None and self.image is None:
            self.out.append(written)
            self.in_code += bool(_RAW_CODE.match(value))
            self.in_code -= bool(self.in_code and _RAW_CODE_END.match(value))
