"""Cleaned HTML → Markdown as an editor would write it."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

from bs4.element import NavigableString, PageElement, Tag
from markdownify import MarkdownConverter

from .escaping import escaped, escaped_start

_INLINE = {
    *("a", "abbr", "b", "cite", "code", "del", "em", "font", "i", "ins", "kbd", "mark", "q", "s"),
    *("small", "span", "strong", "sub", "sup", "time", "u"),
}
_BLANK_LINES = re.compile(r"\n{3,}")
_BLOCK = re.compile(r"#{1,6} |[-+>|]|\d+\. ")
_CELL_BREAKS = re.compile(r"(?:\s*<br>\s*){2,}")
_SPACES = re.compile(r"(?<=\S)[ \t\xa0]{2,}(?=\S)")


def markdown_of(tag: Tag) -> str:
    """Raises ``RecursionError`` where elements are nested hundreds of levels deep."""
    text = _Converter(
        heading_style="atx",
        bullets="-",
        newline_style="backslash",
        strong_em_symbol="*",
        sub_symbol="<sub>",
        sup_symbol="<sup>",
        table_infer_header=True,
    ).convert_soup(tag)
    lines = _without_idle_breaks([_SPACES.sub(" ", line.rstrip()) for line in text.split("\n")])
    return _BLANK_LINES.sub("\n\n", _CELL_BREAKS.sub("<br>", "\n".join(lines))).strip()


def _without_idle_breaks(lines: list[str]) -> list[str]:
    """Line breaks as backslashes, if there is a line after them in the paragraph: two in a row
    begin a new paragraph, one before another block is dropped."""
    kept: list[str] = []
    for line in lines:
        bare = line.strip()
        if bare == "\\":
            if kept and kept[-1] and _breaks(kept[-1]):
                kept[-1] = kept[-1][:-1].rstrip()
                kept.append("")  # the second in a row
            elif kept and kept[-1]:
                kept[-1] += "\\"
            continue
        if kept and _breaks(kept[-1]) and (not bare or _BLOCK.match(bare)):
            kept[-1] = kept[-1][:-1].rstrip()
        elif kept and _breaks(kept[-1]):
            line = bare
        kept.append(line)
    if kept and _breaks(kept[-1]):
        kept[-1] = kept[-1][:-1].rstrip()
    return kept


def _breaks(line: str) -> bool:
    """Whether it ends with a backslash that is not itself escaped."""
    return (len(line) - len(line.rstrip("\\"))) % 2 == 1


class _Converter(MarkdownConverter):
    """Undo some of markdownify's backslashes, and line breaks inside the cells of tables."""

    @property
    def _as_usual(self) -> Any:
        """markdownify's own ways, of which its type stubs name few."""
        return super()

    def process_text(self, el: NavigableString, parent_tags: set[str] | None = None) -> str:
        text: str = self._as_usual.process_text(el, parent_tags)
        if "pre" in (parent_tags or ()) or not text.strip() or not _begins_a_line(el):
            return text
        bare = text.lstrip()
        return text[: len(text) - len(bare)] + escaped_start(bare)

    def escape(self, text: str, parent_tags: set[str]) -> str:
        text = escaped(text)
        return text.replace("|", "\\|") if {"td", "th"} & parent_tags else text

    def convert_br(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if {"td", "th"} & parent_tags:
            return "<br>"
        if "_inline" in parent_tags:
            return " "
        return "\\\n"

    def convert_a(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        address = str(el.get("href") or "").strip()
        if not address or not text.strip():
            return text
        el.attrs = {"href": quote(address, safe="%/:=&?~#+!$,;'@*[]").replace("[", "%5B")}
        written: str = self._as_usual.convert_a(el, text, parent_tags)
        return written

    def convert_footnote(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """An element of ``word_file``: the reference to a footnote."""
        return f"[^{el['number']}]"

    def convert_footnotetext(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Another: the footnote's text."""
        return f"\n\n[^{el['number']}]: {' '.join(text.split())}\n\n"


def _begins_a_line(el: PageElement) -> bool:
    """Whether it is the first thing in its paragraph."""
    at: PageElement = el
    while True:
        before = at.previous_sibling
        while before is not None:
            if isinstance(before, Tag) and before.name == "br":
                return True
            if before.get_text().strip():
                return isinstance(before, Tag) and before.name not in _INLINE
            before = before.previous_sibling
        if at.parent is None or at.parent.name not in _INLINE:
            return True
        at = at.parent
