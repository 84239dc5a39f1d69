"""The citations of norms in running text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from .by_forms import citations_by_forms
from .by_number import citations_by_number
from .citation import Citation
from .grammar import Grammar
from .normalised_text import NormalisedText
from .patterns import pattern_citations

_FULL_YEAR = re.compile(r"(?:1[89]|20)\d\d")


def may_cite(text: str, grammar: Grammar) -> bool:
    """Whether a text can have a citation at all, told at the price of a few searches."""
    if grammar.is_empty:
        return False
    return _has_number(text) or bool(grammar.patterns and grammar.patterns.may_cite(text))


def _has_number(text: str) -> bool:
    """What is cited by forms has a number with a slash (``8/2020``) or a date with its year (``3 de
    juny de 2020``). A soft hyphen may stand within either."""
    if "/" in text or "\u00ad" in text:
        return True
    may_have_year = "20" in text or "19" in text or "18" in text
    return may_have_year and bool(_FULL_YEAR.search(text))


def citations(text: str, grammar: Grammar) -> Iterator[Citation]:
    """The citations of norms in a text, in order and without overlap; those in code and web
    addresses are left out.

    Types, jurisdictions and numbers are those of ELI (or as a pack has them),
    or those of the packs.
    """
    has_number = _has_number(text)
    patterns = grammar.patterns
    if patterns and not patterns.may_cite(text):
        patterns = None
    if grammar.is_empty or not (has_number or patterns):
        return iter(())
    normal = NormalisedText(text)
    ways: list[Iterator[Citation]] = []
    if has_number:
        ways += [citations_by_forms(normal, grammar)] if grammar.forms else []
        ways += [citations_by_number(normal, language) for language in grammar.number_first]
    if patterns:
        ways.append(pattern_citations(normal, patterns))
    return ways[0] if len(ways) == 1 else merged(chain.from_iterable(ways))


def merged(found: Iterable[Citation]) -> Iterator[Citation]:
    """Those that several ways of reading found, in order. Of two that share words the one that
    begins first stays, and of two that begin together the longer."""
    done = 0
    for one in sorted(found, key=lambda one: (one.start, -one.end, -one.link_end)):
        if one.start < done:
            continue
        one.link_start = max(one.link_start, done)
        done = one.link_end
        yield one
