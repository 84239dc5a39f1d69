"""The HTML that a note may contain, and that its text may become: two allow-lists."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

import nh3

RAW: dict[str, set[str]] = {
    **{
        tag: {"lang", "dir"}
        for tag in [
            "b",
            "br",
            "cite",
            "dd",
            "del",
            "dl",
            "dt",
            "em",
            "i",
            "ins",
            "kbd",
            "mark",
            "p",
            "q",
            "s",
            "small",
        ]
    },
    **{
        tag: {"lang", "dir"}
        for tag in ["span", "strong", "sub", "sup", "u", "wbr", "details", "summary"]
    },
    "abbr": {"lang", "dir", "title"},
    "time": {"lang", "dir", "datetime"},
}
"""HTML that a note may contain: elements that Markdown has no syntax for, and that neither run nor
load anything."""

OWN: dict[str, set[str]] = {
    "a": {"href", "title", "id", "class"},
    "img": {"src", "alt", "title"},
    "div": {"class", "tabindex"},
    "p": {"class"},
    "th": {"scope", "class"},
    "td": {"class"},
    "ol": {"start"},
    "li": {"id"},
    "code": {"class"},
    **{f"h{level}": {"id"} for level in range(2, 7)},
    **{tag: set() for tag in ["blockquote", "hr", "pre", "table", "tbody", "thead", "tr", "ul"]},
}
"""Elements that the writer makes of Markdown."""

_VOID = {"br", "wbr"}

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def without_controls(text: str) -> str:
    """A text without control characters, even if written as ``&#31;``. Saig's own markers are such
    characters, so no note can contain one."""
    return _CONTROL.sub("", text)


def clean(html: str) -> str:
    """Clean the writer's HTML, whatever an editor typed: only what the two lists allow is left."""
    return _CLEANER.clean(html)


_CLEANER = nh3.Cleaner(
    tags={*RAW, *OWN},
    attributes={tag: RAW.get(tag, set()) | OWN.get(tag, set()) for tag in {*RAW, *OWN}},
    url_schemes={"saig"},
    link_rel=None,
)


@dataclass
class Raw:
    """A piece of raw HTML. ``refused``: offset, and the tag or attribute that is not allowed;
    ``tags``: the same of those that open and, with a slash, those that close; ``written``: the
    piece again, as it was understood, so that no browser understands it otherwise."""

    refused: list[tuple[int, str]] = field(default_factory=list)
    tags: list[tuple[int, str]] = field(default_factory=list)
    written: str = ""


def read_raw(html: str) -> Raw:
    """A piece of raw HTML, compared with ``RAW``. One that ends within a tag or a comment is
    refused there."""
    parser = _RawHTML(html)
    if parser.rawdata.startswith("<"):
        parser.refuse("<!--" if parser.rawdata.startswith("<!--") else "<")
    else:
        parser.close()
    return parser.found


class _RawHTML(HTMLParser):
    """Finds the tags and attributes that a note may not contain."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found = Raw()
        self.line_starts = [0, *(found.end() for found in re.finditer("\n", html))]
        self.feed(html)

    def refuse(self, what: str) -> None:
        self.found.refused.append((self._place, what))

    @property
    def _place(self) -> int:
        line, column = self.getpos()
        return self.line_starts[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in RAW:
            self.refuse(f"<{tag[:20]}>")
            return
        if tag not in _VOID:
            self.found.tags.append((self._place, tag))
        for name, _ in attrs:
            if name not in RAW[tag]:
                self.refuse(f"{name[:20]}=")
        written = (f' {name}="{escape(without_controls(value or ""))}"' for name, value in attrs)
        self.found.written += f"<{tag}{''.join(written)}>"

    def handle_endtag(self, tag: str) -> None:
        if tag not in RAW:
            self.refuse(f"</{tag[:20]}>")
        elif tag not in _VOID:
            self.found.tags.append((self._place, f"/{tag}"))
            self.found.written += f"</{tag}>"

    def handle_data(self, data: str) -> None:
        self.found.written += escape(without_controls(data), quote=False)

    def parse_html_declaration(self, i: int) -> int:
        """The parser's own knows more of SGML than there is, and fails on some of it."""
        if self.rawdata.startswith("<!--", i):
            return self.parse_comment(i)
        self.refuse("<!")
        return self.rawdata.find(">", i) + 1 or -1

    def handle_pi(self, data: str) -> None:
        self.refuse("<?")
