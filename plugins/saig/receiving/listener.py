"""The lines that a hook writes to the pusher, who may have hung up, or not read them."""

from __future__ import annotations

import os
import select
import time
from collections.abc import Callable

PATIENCE = 20
"""Seconds for which all of a hook's lines together may wait to be read: others wait meanwhile."""

PIECE = select.PIPE_BUF
"""Bytes that a pipe takes at once, if it takes any (pipe(7))."""


class Listener:
    """After a line that cannot be written in time, nothing more is. ``file``: the descriptor that
    lines are written to; ``patience``: seconds that all of them together may wait; ``clock``:
    seconds."""

    def __init__(
        self, file: int, patience: float = PATIENCE, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._file = file
        self._patience = patience
        self._clock = clock
        self._listens = True

    def tell(self, line: str) -> None:
        data = f"{line}\n".encode("utf-8", "replace")
        for start in range(0, len(data), PIECE):
            self._listens = self._listens and self._write(data[start : start + PIECE])

    def _write(self, data: bytes) -> bool:
        """Whether it was written."""
        begun = self._clock()
        try:
            waiting = select.poll()
            waiting.register(self._file, select.POLLOUT)
            if not waiting.poll(max(0, self._patience) * 1000):
                return False
            self._patience -= self._clock() - begun
            os.write(self._file, data)
        except OSError:
            return False
        return True
