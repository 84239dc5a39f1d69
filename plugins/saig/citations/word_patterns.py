"""Tables of words as patterns, and the places of words in a text."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping

WORD_AFTER = r"(?![^\W_])"
"""Where a word ends; Markdown's ``_`` is not of a word."""


def any_of(words: Iterable[str]) -> str:
    """The pattern of any of the words, the longest first.

    What several begin with is written once, so that a long table is not tried word by word.
    """
    endings: dict[str, list[str]] = {}
    for word in sorted(set(words)):
        endings.setdefault(word[:1], []).append(word[1:])
    may_end = endings.pop("", None) is not None
    pattern = "|".join(re.escape(first) + any_of(rest) for first, rest in endings.items())
    if not pattern:
        return ""
    return f"(?:{pattern})?" if may_end else f"(?:{pattern})" if len(endings) > 1 else pattern


def without_accents(word: str) -> str:
    """``resolució`` -> ``resolucio``; ``ñ`` and ``ç`` are letters of their own."""
    plain = (c if c in "ñç" else unicodedata.normalize("NFD", c)[0] for c in word)
    return "".join(plain)


class WordPositions:
    """Where the words of a table are in a text, and which entry of the table each belongs to."""

    def __init__(self, text: str, table: Mapping[str, str]) -> None:
        found = sorted(
            (place, meaning) for word, meaning in table.items() for place in _places(text, word)
        )
        self.starts = [place for place, _ in found]
        self.meanings = [meaning for _, meaning in found]

    def first(self, start: int, end: int) -> int | None:
        """The index of the first between two offsets."""
        index = bisect_left(self.starts, start)
        return index if index < len(self.starts) and self.starts[index] < end else None

    def last(self, start: int, end: int) -> int | None:
        """The index of the last between two offsets."""
        index = bisect_left(self.starts, end) - 1
        return index if index >= 0 and self.starts[index] >= start else None


def _places(text: str, word: str) -> Iterator[int]:
    """Where a word is; one that ends in a hyphen is the beginning of words."""
    begins = word.endswith("-")
    word = word.removesuffix("-")
    place = text.find(word)
    while place >= 0:
        end = place + len(word)
        if not text[max(0, place - 1) : place].isalnum() and (
            begins or not text[end : end + 1].isalnum()
        ):
            yield place
        place = text.find(word, end)
