"""Tables of words as patterns."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

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


NEVER = "(?!)"
"""The pattern of no text at all."""


def one_of(words: Iterable[str]) -> str:
    """The pattern of any of the words, and of nothing where there are none.

    A word that ends in a hyphen is the beginning of words, one that begins with a hyphen their end.
    """
    stems, ends, whole = [], [], []
    for word in words:
        if word.endswith("-"):
            stems.append(word[:-1])
        elif word.startswith("-"):
            ends.append(word[1:])
        else:
            whole.append(word)
    patterns = [any_of(whole)] if whole else []
    patterns += [rf"{any_of(stems)}\w{{1,12}}"] if stems else []
    patterns += [rf"\w{{2,12}}{any_of(ends)}"] if ends else []
    return f"(?:{'|'.join(patterns)})" if patterns else NEVER


def before_word(words: Iterable[str]) -> str:
    """The pattern of any of the words before another one: with a space, that may be missing behind
    an apostrophe."""
    elided = [word for word in words if word.endswith("'")]
    whole = [word for word in words if not word.endswith("'")]
    return f"(?:{one_of(elided)} ?|{one_of(whole)} )"


def with_plain(words: Iterable[str]) -> list[str]:
    """The words, and the same without accents."""
    return list(dict.fromkeys(form for word in words for form in (word, without_accents(word))))


CLOSE = 80
"""Characters before and after a citation in which words may say that its norm is past."""


class WordFinder:
    """Finds where words of a table begin in a part of a text. A word that ends in a hyphen is the
    beginning of words."""

    def __init__(self, table: Iterable[str]) -> None:
        self.words = sorted(set(table))
        whole = any_of(word for word in self.words if not word.endswith("-")) or NEVER
        parts = any_of(word[:-1] for word in self.words if word.endswith("-"))
        pattern = f"{whole}{WORD_AFTER}" + (f"|{parts}" if parts else "")
        self._plain = [word.removesuffix("-") for word in self.words]
        self._longest = max(map(len, self.words), default=0)
        # Matches are empty, so that words which share a part are all found.
        self._pattern = re.compile(rf"(?<![^\W_])(?=({pattern}))")

    def all(self, text: str, start: int, end: int) -> Iterator[re.Match[str]]:
        """Those that begin between two offsets, in order; group 1 is the word, the longest of
        several."""
        within = end + self._longest
        # Most texts have none, and plain searches tell that ten times faster than the pattern.
        part = text[start:within]
        if any([word in part for word in self._plain]):
            for found in self._pattern.finditer(text, start, within):
                if found.start() < end:
                    yield found


def stands_close(
    text: str, words: WordFinder, sentence_end: re.Pattern[str], start: int, end: int
) -> bool:
    """Whether one of these words stands close to a stretch of a text, in the same sentence."""
    for word in words.all(text, max(0, start - CLOSE), end + CLOSE):
        between = (end, word.start()) if word.start() >= end else (word.start(), start)
        if not sentence_end.search(text, *between):
            return True
    return False
