"""An exclusive or shared lock on a file (``flock``)."""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Callable, Iterator
from pathlib import Path

_held: set[int] = set()


def _close_held() -> None:
    """In a forked child: close the locked files, or a worker would keep the lock of a parent that was
    killed. To unlock them would take the lock from the parent too. Programs that are started do not
    inherit them: Python opens files close-on-exec."""
    for descriptor in _held:
        os.close(descriptor)
    _held.clear()


os.register_at_fork(after_in_child=_close_held)


@contextlib.contextmanager
def locked(file: Path, waiting: Callable[[], None], *, shared: bool = False) -> Iterator[None]:
    """Hold the lock on a file, which is made if it is not there. ``waiting`` is called once if
    another holds it.

    ``shared``: for those that only read. They do without a lock where they may not open it, as in
    a copy that is kept for reading; where a writer may not, ``OSError`` is raised.
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
