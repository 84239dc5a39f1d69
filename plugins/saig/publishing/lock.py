"""One at a time."""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Callable, Iterator
from pathlib import Path

_held: set[int] = set()


def _let_go() -> None:
    """In a forked child: worker processes must not keep a lock whose owner was killed.

    Programs that are started do not inherit it anyway: Python opens files close-on-exec. Closing
    is enough, and right: to unlock would take the lock from the parent too.
    """
    for descriptor in _held:
        os.close(descriptor)
    _held.clear()


os.register_at_fork(after_in_child=_let_go)


@contextlib.contextmanager
def locked(file: Path, waiting: Callable[[], None], *, shared: bool = False) -> Iterator[None]:
    """Hold the lock on a file; ``waiting`` is called once if another holds it.

    ``shared``: for those that only read. They do without a lock where they may not open it, as in
    a copy that is kept for reading.
    """
    flags = os.O_RDONLY if shared else os.O_RDWR | os.O_CREAT
    try:
        descriptor = os.open(file, flags | os.O_CLOEXEC, 0o644)
    except OSError:
        if not shared:
            raise
        yield
        return
    _held.add(descriptor)
    try:
        mode = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        try:
            fcntl.flock(descriptor, mode | fcntl.LOCK_NB)
        except BlockingIOError:
            waiting()
            fcntl.flock(descriptor, mode)
        yield
    finally:
        _held.discard(descriptor)
        os.close(descriptor)
