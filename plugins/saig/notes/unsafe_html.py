"""Raw HTML in a note, and what of it is refused: reported once for each pasted piece, not once for
each tag."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ..words import N_
from .markdown_source import MarkdownSource
from .safe_html import read_raw

MOST_OPEN = 60
"""The most raw tags of a note that may be left open: cleaning takes the square of their number."""

MAY_STAY_OPEN = frozenset({"dd", "dt", "p"})
"""Tags that HTML closes by itself (HTML §13.1.2.4, optional tags)."""

RefusedTag = tuple[int, int, str]
"""A line, an offset, and the tag or attribute there that is not allowed."""

GAP = 2
"""The most lines between two tags of one pasted piece: there may be an empty line."""

_KINDS = {
    "table": "table thead tbody tfoot tr td th col colgroup caption",
    "list": "ul ol li",
    "heading": "h1 h2 h3 h4 h5 h6",
    "link": "a",
    "image": "img figure figcaption picture source",
    "foreign": "iframe object embed video audio script style form input button select textarea svg "
    "link meta base math canvas noscript",
    "comment": "!--",
}
_KIND = {tag: kind for kind, tags in _KINDS.items() for tag in tags.split()}
_NAME = re.compile(r"</?([a-z0-9!-]+)")

_HINTS = {
    "table": N_(
        "write it in Markdown: a row with the names of the columns between |, below it |---|---|, "
        "then the other rows"
    ),
    "list": N_("write it in Markdown: “- ” before each item, or “1. ”"),
    "heading": N_("write it in Markdown: ## and a space before the heading"),
    "link": N_("write it in Markdown: [text](address)"),
    "image": N_("write it in Markdown: ![description](file)"),
    "foreign": N_("remove it; in Markdown, a link leads to what stands elsewhere: [text](address)"),
    "comment": N_(
        "end it with -->, or remove it; what is below it is not shown, whatever its Markdown"
    ),
    "": N_("remove the tags and keep the text; write in Markdown what is bold, **so**"),
}
SINGLE = N_("this HTML is not used in notes: %(what)s")
SEVERAL = N_("this HTML is not used in notes: %(what)s and what follows, down to line %(last)d")


@dataclass(frozen=True)
class Run:
    """A pasted piece: its first finding, and its last line."""

    offset: int
    line: int
    what: str
    kind: str
    last: int

    @property
    def message(self) -> str:
        return SINGLE if self.last == self.line else SEVERAL

    @property
    def hint(self) -> str:
        return _HINTS[self.kind]


class RawHTML:
    """Takes the raw HTML of a text in its order, and reports what is refused, and tags without
    their counterpart."""

    def __init__(self, source: MarkdownSource) -> None:
        self.source = source
        self._refused: list[RefusedTag] = []
        self._open: defaultdict[str, list[int]] = defaultdict(list)
        """By tag, where those that are open stand."""
        self._closing_nothing: list[tuple[str, int]] = []
        self._has_too_many = False

    def written(self, html: str, start: int) -> str | None:
        """A piece of it as it is written; None where it may not stay. ``start``: where it
        stands."""
        raw = read_raw(html)
        for place, what in _placed(raw.refused, html, start):
            self._refused.append((self.source.place(place)[0], place, what))
        for place, tag in _placed(raw.tags, html, start):
            self._match(tag, place)
        return raw.written if not raw.refused and self._may_open(start) else None

    def _match(self, tag: str, place: int) -> None:
        """Take a tag that opens, or one that closes the last of its name that is open."""
        if not tag.startswith("/"):
            self._open[tag].append(place)
        elif self._open[tag[1:]]:
            self._open[tag[1:]].pop()
        else:
            self._closing_nothing.append((tag, place))

    def _may_open(self, start: int) -> bool:
        """Whether the tags that are left open stay few."""
        if sum(map(len, self._open.values())) > MOST_OPEN and not self._has_too_many:
            self._has_too_many = True
            self.source.report(
                start,
                "unsafe-html",
                N_("too many HTML tags are open here"),
                N_("close each tag that you open"),
            )
        return not self._has_too_many

    def report(self) -> None:
        """Report everything, at the end of the text."""
        for run in runs(self._refused):
            values = {"what": run.what, "last": run.last}
            self.source.report(run.offset, "unsafe-html", run.message, run.hint, **values)
        if self._has_too_many:
            return
        for tag, places in self._open.items():
            for place in places if tag not in MAY_STAY_OPEN else ():
                self.source.report(
                    place,
                    "unmatched-tag",
                    N_("<%(tag)s> is closed nowhere, so that all that follows is in it"),
                    N_("write </%(tag)s> where it ends"),
                    tag=tag,
                )
        for tag, place in self._closing_nothing:
            self.source.report(
                place,
                "unmatched-tag",
                N_("<%(tag)s> closes nothing"),
                N_("remove it, or write <%(open)s> where it begins"),
                tag=tag,
                open=tag[1:],
            )


def _placed(found: Iterable[tuple[int, str]], html: str, start: int) -> Iterator[tuple[int, str]]:
    """What was found in a piece of HTML, in its order, with its offset in the source in place of
    that in the piece. ``start``: where the piece stands."""
    done, place = 0, start
    for at, what in found:
        place += len(html[done:at].encode())
        done = at
        yield place, what


def runs(refused: Iterable[RefusedTag]) -> list[Run]:
    """Tags of one kind on neighbouring lines are reported once, with those between them."""
    found: list[Run] = []
    for line, offset, what in sorted(refused):
        kind = _kind(what)
        last = range(max(0, len(found) - len(_HINTS)), len(found))
        near = next((at for at in last if _goes_on(found[at], line, kind)), None)
        if near is None:
            found.append(Run(offset, line, what, kind, line))
        else:
            found[near] = replace(found[near], last=line)
    return found


def _kind(what: str) -> str:
    name = _NAME.match(what)
    return _KIND.get(name[1], "") if name else ""


def _goes_on(run: Run, line: int, kind: str) -> bool:
    """A link inside a table is part of it; a script is always reported by itself."""
    is_near = run.last <= line <= run.last + GAP
    return is_near and (
        run.kind == kind or (run.kind == "table" and kind not in ("foreign", "comment"))
    )
