"""Code and web addresses, in which nothing is cited."""

from __future__ import annotations

import re

_SKIP = re.compile(r"```[^`]*```|`+[^`\n]*`+|https?://[^\s)>\]]+")


class Skipped:
    """The stretches of a text in which nothing is cited, asked in order."""

    def __init__(self, text: str) -> None:
        self._found = _SKIP.finditer(text)
        self._start = self._end = 0
        self._length = len(text)

    def covers(self, position: int) -> bool:
        """Whether an offset is in one. Offsets are asked from the first to the last."""
        while self._end <= position:
            found = next(self._found, None)
            self._start, self._end = found.span() if found else (self._length + 1, self._length + 2)
        return position >= self._start
