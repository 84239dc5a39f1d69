"""Writes the lines of a hook to the pusher, who may have disconnected, or not read them."""

from __future__ import annotations

import os
import select
import time
from collections.abc import Callable

PATIENCE = 20
"""Seconds for which all lines of a hook together may wait to be read, as other pushes wait
meanwhile."""

PIECE = select.PIPE_BUF
"""Bytes that a pipe takes at once, if it takes any (pipe(7))."""


class Listener:
    """Writes lines until one cannot be written in time; after that, none. ``file``: the descriptor
    to write to; ``patience``: seconds for which all lines together may wait; ``clock``: returns the
    time in seconds."""

    def __init__(
        self, file: int, patience: float = PATIENCE, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._file = file
        self._patience = patience
        self._clock = clock
        self._listens = True

    def tell(self, line: str) -> None:
        """Write a line, if the lines before it could be written in time."""
        data = f"{line}\n".encode("utf-8", "replace")
        for start in range(0, len(data), PIECE):
            self._listens = self._listens and self._write(data[start : start + PIECE])

    def _write(self, data: bytes) -> bool:
        """Write some bytes. Returns whether they were written."""
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
