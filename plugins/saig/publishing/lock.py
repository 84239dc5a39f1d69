"""An exclusive or shared lock on a file (``flock``)."""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

from ..progress import Progress
from ..words import N_
from .layout import Layout

_held: set[int] = set()
"""The descriptors of the locks that this process holds. A module variable, as every fork of the
process copies them."""

INTERVAL = 0.1
"""Seconds between two tries, if the time of waiting is limited."""


def _close_held() -> None:
    """In a forked child, close the locked files: else a worker would keep the lock of a parent that
    was killed. Unlocking them would take the lock from the parent too. Started programs do not
    inherit the files, as Python opens them close-on-exec."""
    for descriptor in _held:
        os.close(descriptor)
    _held.clear()


os.register_at_fork(after_in_child=_close_held)


@contextlib.contextmanager
def locked(
    file: Path,
    waiting: Callable[[], None],
    *,
    shared: bool = False,
    at_most: float | None = None,
) -> Iterator[None]:
    """Hold the lock on a file, which is made if it does not exist. ``waiting`` is called once if
    another process holds the lock. Raises ``TimeoutError`` after ``at_most`` seconds of waiting.

    ``shared``: for readers. If they cannot open the file, as in a read-only copy, they read without
    a lock. For a writer ``OSError`` is raised.
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
            _wait(descriptor, mode, at_most)
        yield
    finally:
        _held.discard(descriptor)
        os.close(descriptor)


def locked_to_publish(layout: Layout, progress: Progress) -> AbstractContextManager[None]:
    """Hold the lock of a published folder, and say so if another publication holds it."""
    waiting = N_("Another publication is at work; waiting for it")
    return locked(layout.lock, partial(progress.step, waiting))


def _wait(descriptor: int, mode: int, at_most: float | None) -> None:
    if at_most is None:
        fcntl.flock(descriptor, mode)
        return
    last = time.monotonic() + at_most
    while True:
        try:
            return fcntl.flock(descriptor, mode | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= last:
                raise TimeoutError from None
            time.sleep(INTERVAL)
