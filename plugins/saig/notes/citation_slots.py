"""Citations in the words of a paragraph → slots in its HTML.

Emphasis divides a paragraph's words into pieces. They are read as one text, so that an article and
its law are found together; but a slot must be within one piece.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import NamedTuple

from ..citations.citation import Citation
from ..citations.grammar import Grammar
from ..citations.recognise import citations

_NOTHING = "\ufffc"
"""Stands for words in which nothing is cited: code, links. No letter, no space, no digit."""


class TextRun(NamedTuple):
    """Words written at ``out[output]``, from ``start`` of the source on."""

    text: str
    output: int
    start: int
    cites: bool


@dataclass(frozen=True)
class FoundCitation:
    """A citation in a paragraph. ``html``: its words, with its provisions; ``start``: where the run
    of words that it stands in begins in the source."""

    citation: Citation
    html: str
    start: int


@dataclass
class _Piece:
    """Words that follow each other in the output without a tag between them."""

    begin: int
    text: str
    outputs: list[int]
    starts: list[tuple[int, int]]
    cites: bool

    @property
    def end(self) -> int:
        return self.begin + len(self.text)


def cite(
    words: Sequence[TextRun], out: list[str], first: int, grammar: Grammar
) -> list[FoundCitation]:
    """The citations of a paragraph. In ``out``, which is changed, their words become slots,
    numbered from ``first`` on. One that a tag divides is left as it is."""
    pieces = _pieces(words)
    text = "".join(p.text if p.cites else _NOTHING * len(p.text) for p in pieces)
    found: list[FoundCitation] = []
    here = iter(pieces)
    piece = next(here)
    cuts: list[tuple[int, int, int]] = []
    for citation in citations(text, grammar):
        while citation.start >= piece.end:
            _cut(piece, cuts, out)
            piece, cuts = next(here), []
        if citation.end > piece.end:  # a tag stands amid its words
            continue
        begin, end = _span(citation, piece, cuts)
        cuts.append((begin, end, first + len(found)))
        words_cited = piece.text[begin - piece.begin : end - piece.begin]
        found.append(FoundCitation(citation, escape(words_cited), _source(piece, begin)))
    _cut(piece, cuts, out)
    return found


def _pieces(words: Sequence[TextRun]) -> list[_Piece]:
    pieces: list[_Piece] = []
    begin = 0
    for word in words:
        last = pieces[-1] if pieces else None
        if last and last.cites == word.cites and last.outputs[-1] + 1 == word.output:
            last.starts.append((len(last.text), word.start))
            last.outputs.append(word.output)
            last.text += word.text
        else:
            pieces.append(_Piece(begin, word.text, [word.output], [(0, word.start)], word.cites))
        begin += len(word.text)
    return pieces


def _span(
    citation: Citation, piece: _Piece, cuts: Sequence[tuple[int, int, int]]
) -> tuple[int, int]:
    """The citation with its provisions, where these stand in the same piece."""
    done = cuts[-1][1] if cuts else piece.begin
    begin = citation.link_start if citation.link_start >= done else citation.start
    end = citation.link_end if citation.link_end <= piece.end else citation.end
    return begin, end


def _cut(piece: _Piece, cuts: Sequence[tuple[int, int, int]], out: list[str]) -> None:
    if not cuts:
        return
    parts: list[str] = []
    done = 0
    for begin, end, slot in cuts:
        parts += [escape(piece.text[done : begin - piece.begin]), f"\x1fc{slot}\x1f"]
        done = end - piece.begin
    out[piece.outputs[0]] = "".join([*parts, escape(piece.text[done:])])
    for output in piece.outputs[1:]:
        out[output] = ""


def _source(piece: _Piece, begin: int) -> int:
    """Where the run of words that has this place begins in the source."""
    return max(start for offset, start in piece.starts if offset <= begin - piece.begin)
