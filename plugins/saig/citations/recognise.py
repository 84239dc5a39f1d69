"""The citations of norms in running text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .by_forms import Reader, is_word
from .citation import Citation
from .grammar import Grammar
from .normalised_text import NormalisedText
from .skipped import Skipped

_FULL_YEAR = re.compile(r"(?:1[89]|20)\d\d")


def may_cite(text: str, grammar: Grammar) -> bool:
    """Whether a text can have a citation at all, told at the price of a few searches.

    A citation has a number with a slash (``8/2020``) or a date with its year (``3 de juny de
    2020``). A soft hyphen may stand within either.
    """
    if not grammar.forms:
        return False
    if "/" in text or "\u00ad" in text:
        return True
    may_have_year = "20" in text or "19" in text or "18" in text
    return may_have_year and bool(_FULL_YEAR.search(text))


def citations(text: str, grammar: Grammar) -> Iterator[Citation]:
    """The citations of norms in a text, in order; those in code and web addresses are left out.

    Types, jurisdictions and numbers are those of ELI (Spanish technical specification, elidata.es).
    """
    if not may_cite(text, grammar):
        return
    normal = NormalisedText(text)
    reader = Reader(normal, grammar)
    skipped = Skipped(normal.lowered)
    lowered = normal.lowered
    heads = grammar.head.finditer(lowered)
    head = next(heads, None)
    while head is not None:
        following = next(heads, None)
        start = head.start()
        if start >= reader.done and not skipped.covers(start) and is_word(lowered, start):
            limit = following.start() if following else len(lowered)
            yield from reader.read(start, head.end(), grammar.form(head[0]), limit)
        head = following
