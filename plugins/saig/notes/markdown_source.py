"""A note's Markdown while it is read: the positions of its bytes in the file, and its problems."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from functools import cached_property
from io import BytesIO
from itertools import accumulate

from .front_matter import Place
from .literal_markup import MOST
from .problem import FieldProblem


class MarkdownSource:
    """``text``, the same ``encoded`` in UTF-8, and the problems found in it. The parser counts in
    bytes: an offset is one in ``encoded``, unless it is called one in characters. ``first_line``:
    the number of the text's first line in its file."""

    def __init__(self, text: str, first_line: int) -> None:
        self.text = text
        self.encoded = text.encode()
        self.first_line = first_line
        self.problems: list[FieldProblem] = []
        self._told: Counter[str] = Counter()

    @cached_property
    def _line_starts(self) -> list[int]:
        ends = accumulate(map(len, BytesIO(self.encoded)))  # lines as \n alone ends them
        return [0, *ends] if self.encoded.endswith(b"\n") else [0, *ends][:-1] or [0]

    def place(self, offset: int) -> Place:
        """Line and column, in characters from 1, of an offset."""
        line = bisect_right(self._line_starts, offset) - 1
        before = self.encoded[self._line_starts[line] : offset]
        return line + self.first_line, len(before.decode("utf-8", "ignore")) + 1

    def characters(self, offset: int) -> int:
        """The offset in characters."""
        if len(self.encoded) == len(self.text):
            return offset
        return len(self.encoded[:offset].decode("utf-8", "ignore"))

    def offset(self, characters: int) -> int:
        """The offset of one in characters."""
        if len(self.encoded) == len(self.text):
            return characters
        return len(self.text[:characters].encode())

    def report(self, offset: int, code: str, message: str, hint: str, **values: object) -> None:
        """Add a problem, unless the text has too many like it. ``message`` and ``hint``: gettext
        ids that ``values`` fill."""
        self._told[message] += 1
        if self._told[message] > MOST:
            return
        problem = FieldProblem(self.place(offset), code, message, hint, dict(values))
        self.problems.append(problem)
