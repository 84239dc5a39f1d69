"""What a translation was made of: a digest of each sentence of the original.

A translation says them in ``translated``. From them follows which sentences of the original are new
since then, without the history of the files. They are of the words alone: how a text is wrapped,
quoted and marked up changes none.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from hashlib import blake2b
from typing import NamedTuple

from ..regexes import regex

BYTES = 2
"""Of a digest: few, as editors see them. A change is noticed unless the old and the new sentence
both have the digest of another one of the same note."""

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
    """What ``translated`` says of a translation that is up to date."""
    return " ".join(sentence.digest for sentence in sentences(title, summary, markdown))


class Difference(NamedTuple):
    """``new``: digests of sentences that the original did not have when it was translated;
    ``gone``: of those that it has no more."""

    new: list[str]
    gone: list[str]


def difference(translated: str, now: str) -> Difference:
    """``translated``: as a translation says it; ``now``: the original's digests."""
    before, after = translated.split(), now.split()
    return Difference(
        [one for one in after if one not in before], [one for one in before if one not in after]
    )
