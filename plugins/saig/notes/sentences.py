"""Which text a translation was made of: a digest of each sentence of the original.

A translation has them in ``translated``. They show which sentences of the original are new since
then, without Git's history. Digests are of words only, so wrapping, quotes and markup do not change
them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from hashlib import blake2b
from typing import NamedTuple

from ..regexes import regex

BYTES = 2
"""Characters of a digest: few, as editors see them. A change goes unnoticed only if both the old
and the new sentence have the digest of another one in the same note."""

DIGESTS = regex(r"[0-9a-f]{4}(?: [0-9a-f]{4})*")

_WORD = regex(r"[^\s\\*_`#>|\[\]()<>{}«»“”„‘’'\"~=]+")
"""What stands between spaces and marks."""

# It begins with a line end, which is found much faster than the edges of a table's cells.
_BLOCK = regex(r"\n(?:\s*\n|(?=\s*(?:[-*+•]|\d{1,9}[.)]|#{1,6}|\|)\s))")
_BLOCK_OR_CELL = regex(rf"{_BLOCK.pattern}|\s\|\s")
_END = regex(r"(?<=[.!?…:;])\s+")
_EDGES = ".,;:!?…-–—·•+ \t\n"


class Sentence(NamedTuple):
    digest: str
    text: str


def sentences(title: str, summary: str, markdown: str) -> Iterator[Sentence]:
    """Those of a note, in their order. ``markdown``: its text."""
    block_end = _BLOCK_OR_CELL if "|" in markdown else _BLOCK
    for block in (title, summary, *block_end.split(markdown)):
        for sentence in _END.split(block):
            words = " ".join(filter(None, [w.strip(_EDGES) for w in _WORD.findall(sentence)]))
            if words:
                plain = unicodedata.normalize("NFC", words)
                yield Sentence(blake2b(plain.encode(), digest_size=BYTES).hexdigest(), sentence)


def digests(title: str, summary: str, markdown: str) -> str:
    """The value of ``translated`` in a translation that is up to date."""
    return " ".join(sentence.digest for sentence in sentences(title, summary, markdown))


class Difference(NamedTuple):
    """``new``: digests of sentences that the original did not have when it was translated;
    ``gone``: of those that it no longer has."""

    new: list[str]
    gone: list[str]


def difference(translated: str, now: str) -> Difference:
    """``translated``: as a translation says it; ``now``: the original's digests."""
    before, after = translated.split(), now.split()
    return Difference(
        [one for one in after if one not in before], [one for one in before if one not in after]
    )
