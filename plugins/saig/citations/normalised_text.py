"""Text as it is typed -> text to match, with the way back to the original offsets."""

from __future__ import annotations

import unicodedata
from array import array
from bisect import bisect_left, bisect_right

from ..regexes import regex

_SPACES = "\u00a0\u202f\u2009\t\r\f\v"
_HYPHENS = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_APOSTROPHES = "\u2019\u02bc\u00b4\u2018"
_DOT = regex("[\u2219\u2022\u2027\u22c5\u30fb](?<=[lL].)(?=[lL])")
_LINE_END = regex(r"\n(?<![ \n]\n)(?![ \n])")
_CHANGED = "[ \n\u00ad]{2,}|\u00ad|[\u0140\u013f]"
_MARKS = regex("[\u0300-\u036f]*")
_HAS_MARKS = regex("[\u0300-\u036f]")
_WITHOUT_MARKS = regex(_CHANGED)
# A base with more marks than three is nobody's letter: the others stay as they are.
_WITH_MARKS = regex(_CHANGED + "|\\w[\u0300-\u036f]{1,3}")


class NormalisedText:
    """A text in the form that patterns match, and where each place of it stands in the source.

    ``cased``: the text with plain spaces, hyphens and apostrophes, in composed letters.
    ``lowered``: the same in small letters, with the same offsets. ``source``: as it was given.
    """

    def __init__(self, text: str) -> None:
        self.source = text
        self._new, self._old = array("Q", [0]), array("Q", [0])
        self.cased = self._changed(_one_for_one(text))
        self.lowered = lower(self.cased)
        self.same = len(self._new) == 1

    def start(self, position: int) -> int:
        """Where what begins at ``position`` of ``cased`` begins in the text."""
        if self.same:
            return position
        piece = bisect_right(self._new, position) - 1
        return self._old[piece] + position - self._new[piece]

    def end(self, position: int) -> int:
        """Where what ends at ``position`` of ``cased`` ends in the text."""
        if self.same or position == 0:
            return position
        piece = bisect_left(self._new, position) - 1
        end = self._old[piece] + position - self._new[piece]
        # A letter may have been composed of several characters.
        marks = _MARKS.match(self.source, end)
        return marks.end() if marks else end

    def original(self, start: int, end: int) -> str:
        """The words as they were typed, on one line."""
        return " ".join(self.source[self.start(start) : self.end(end)].split())

    def _changed(self, text: str) -> str:
        """The text with what changes its length, keeping where each plain stretch began."""
        pieces: list[str] = []
        copied = length = 0
        changed = _WITH_MARKS if _HAS_MARKS.search(text) else _WITHOUT_MARKS
        for found in changed.finditer(text):
            start, end = found.span()
            was = found[0]
            new = _replacement(was)
            if len(new) == end - start:
                continue
            pieces += (text[copied:start], new)
            length += start - copied + len(new)
            copied = end
            self._new.append(length)
            self._old.append(end)
        if not pieces:
            return text
        pieces.append(text[copied:])
        return "".join(pieces)


def _one_for_one(text: str) -> str:
    """What can be replaced character by character, so that no offset changes."""
    for characters, plain in ((_SPACES, " "), (_HYPHENS, "-"), (_APOSTROPHES, "'")):
        for character in characters:
            text = text.replace(character, plain)
    return _LINE_END.sub(" ", _DOT.sub("·", text))


def _replacement(was: str) -> str:
    """One space for several, but a line end for an empty line: no citation goes beyond it."""
    first = was[0]
    if first in " \n\u00ad":
        return "\n" if was.count("\n") > 1 else " " if was.strip("\u00ad") else ""
    if len(was) > 1:
        return unicodedata.normalize("NFC", was)
    return "l·" if was == "ŀ" else "L·"


def lower(text: str) -> str:
    """Small letters, and never one more or less of them: only ``İ`` would become two."""
    return text.replace("İ", "I").lower()
