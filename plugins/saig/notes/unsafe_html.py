"""HTML that a note may not contain, told once where it was pasted, not once a tag."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from ..words import N_

RefusedTag = tuple[int, int, str]
"""A line, an offset, and the tag or attribute there that is not allowed."""

GAP = 2
"""Lines from one tag to the next within what was pasted at once: an empty one may stand between."""

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
    """What was pasted at once: the first of it, and its last line."""

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


def runs(refused: Iterable[RefusedTag]) -> list[Run]:
    """Tags of one kind on neighbouring lines are one, and so are those amid them."""
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
    """A link amid a table is part of it; a script is always told by itself."""
    is_near = run.last <= line <= run.last + GAP
    return is_near and (
        run.kind == kind or (run.kind == "table" and kind not in ("foreign", "comment"))
    )
