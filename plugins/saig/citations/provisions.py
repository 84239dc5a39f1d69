"""The provisions (articles, annexes …) that a text names beside a citation: ``article 5.2``,
``disposició addicional novena``.

A phrase is a unit (``lletra a)``) or several, each of the next (``lletra a) de l'article 9``).
Phrases joined by ``i`` or a comma are a chain, and what joins a chain to a norm makes it the
norm's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .normalised_text import NormalisedText
from .provision_patterns import ProvisionPatterns

MOST = 60
"""Phrases and parts in a chain; what follows them is another chain."""


@dataclass(slots=True)
class ProvisionChain:
    """Phrases beside a norm, as offsets in the normalised text, and where the chain ends.
    ``is_joined``: whether words join it to what follows, not only a space."""

    phrases: list[tuple[int, int]]
    end: int
    is_joined: bool = False


def provisions_before(
    normal: NormalisedText, head: re.Pattern[str], patterns: ProvisionPatterns
) -> dict[int, ProvisionChain]:
    """The chains that something joins to a norm's head, by where that begins."""
    joined: dict[int, ProvisionChain] = {}
    done = 0
    for start in _starts(normal, patterns):
        if start < done:
            continue
        chain = _chain(normal, start, patterns)
        if chain is None:
            continue
        done = chain.end
        to_norm = patterns.to_norm.match(normal.lowered, chain.end)
        if to_norm and head.match(normal.lowered, to_norm.end()):
            joined[to_norm.end()] = chain
    return joined


def provisions_after(
    normal: NormalisedText, position: int, taken: set[int], patterns: ProvisionPatterns
) -> ProvisionChain | None:
    """The chain right after a citation, unless it is the next norm's: then its start is taken."""
    opened = patterns.after_norm.match(normal.lowered, position)
    if opened is None or opened.end() in taken:
        return None
    chain = _chain(normal, opened.end(), patterns)
    if chain is None:
        return None
    if opened["open"].endswith("("):
        close = normal.lowered.startswith(")", chain.end)
        return ProvisionChain(chain.phrases, chain.end + close)
    return chain


def _starts(normal: NormalisedText, patterns: ProvisionPatterns) -> Iterator[int]:
    """Where units may begin, in order."""
    short = [found.start() for found in patterns.short_starts.finditer(normal.cased)]
    long = [found.start() for found in patterns.starts.finditer(normal.lowered)]
    return iter(sorted(short + long) if short else long)


def _chain(
    normal: NormalisedText, start: int, patterns: ProvisionPatterns
) -> ProvisionChain | None:
    end = _unit(normal, start, patterns)
    if end is None:
        return None
    lowered = normal.lowered
    phrases = [(start, end)]
    for _ in range(MOST):
        if (of := patterns.of.match(lowered, end)) and (
            further := _unit(normal, of.end(), patterns)
        ):
            phrases[-1] = (phrases[-1][0], further)
        elif (and_ := patterns.and_.match(lowered, end)) and (
            further := _unit(normal, and_.end(), patterns)
        ):
            phrases.append((and_.end(), further))
        else:
            break
        end = further
    return ProvisionChain(phrases, end)


def _unit(normal: NormalisedText, start: int, patterns: ProvisionPatterns) -> int | None:
    """Where the unit that begins here ends."""
    found = patterns.unit(normal.lowered, start)
    if found is None:
        return None
    for name, text in found.groupdict().items():
        if text and not normal.cased[found.start(name) : found.end(name)].isupper():
            # ``l'annex i la llei``: a word, not a number.
            return found.start("roman") - 1 if name == "roman" else None
    return found.end()
