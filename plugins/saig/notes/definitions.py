"""What a text defines for use elsewhere in it, footnotes and addresses of links: those that are
defined twice, or never used."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..regexes import regex
from ..words import N_
from .literal_markup import BLANK, LiteralFinding

_LINK = regex(
    r"^ {0,3}\[([^\[\]\n^][^\[\]\n]{0,200})\]:[ \t]*(?!(?:#|<>)(?:[ \t]|$))\S", re.MULTILINE
)
"""Not ``[//]: # (…)``, by which people write comments."""


def footnote_findings(
    defined: Iterable[tuple[str, int]], used: Iterable[str]
) -> Iterator[LiteralFinding]:
    """``defined``: names, and where they stand; ``used``: the names that the text refers to."""
    named = list(defined)
    return _found(((normal_name(name), f"[^{name}]", at) for name, at in named), set(used))


def address_findings(
    source: str, text: str, used: Iterable[str], apart: Iterable[tuple[int, int]]
) -> Iterator[LiteralFinding]:
    """Definitions of links. ``text``: what of the source became text; ``apart``: where the source
    is code or HTML."""
    if "]:" not in source:
        return iter(())
    spans = list(apart)
    named = [
        (normal_name(found[1]), f"[{found[1]}]", found.start(1) - 1)
        for found in _LINK.finditer(source)
        if text[found.start(1)] == BLANK
        and not any(start <= found.start(1) < end for start, end in spans)
    ]
    return _found(named, {normal_name(name) for name in used})


def normal_name(name: str) -> str:
    """Names of definitions are the same in capitals and small letters, with any white space."""
    return " ".join(name.split()).casefold()


def _found(named: Iterable[tuple[str, str, int]], used: set[str]) -> Iterator[LiteralFinding]:
    seen: set[str] = set()
    for name, typed, at in named:
        values = {"typed": typed[:60]}
        if name in seen:
            yield LiteralFinding(
                at,
                at,
                N_("give one of the two another name, or remove it"),
                code="duplicate-definition",
                message=N_("%(typed)s is defined twice, and readers get the first alone"),
                values=values,
            )
        elif name not in used:
            yield LiteralFinding(
                at,
                at,
                N_("write %(typed)s where it belongs in the text, or remove this"),
                code="unused-definition",
                message=N_("%(typed)s is used nowhere, so readers never see this"),
                values=values,
            )
        seen.add(name)
