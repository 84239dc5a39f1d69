"""Runs a program in a sandbox, within limits, and passes its lines on as they come."""

from __future__ import annotations

import ctypes
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ..git import inherited
from .limits import Limits, Line, exceeded, restrict
from .sandbox import ENVIRONMENT, Place, Sandbox, around
from .usage import Process, below, processes, threads_of_account, usage

_PR_SET_PDEATHSIG, _PR_SET_CHILD_SUBREAPER = 1, 36

INTERVAL = 0.2
"""Seconds between two looks at what the program uses."""

PIECE = 1 << 16
PIECES_IN_PIPE = 16
"""How often ``PIECE`` bytes are read from a pipe to empty it: it holds at most 1 MiB (pipe(7))."""

LONGEST = 10_000
"""The most bytes of a line that are passed on."""

UNTIL_ENDED = 10
"""Seconds after which processes that do not end are left alone."""


@dataclass(frozen=True)
class Ended:
    """How a program ended. ``code``: its exit code, or the negative number of the signal that ended
    it; ``beyond``: the limit for which it was ended, in words, if any."""

    code: int
    beyond: Line | None = None


def run(
    program: Sequence[str | Path],
    place: Place,
    limits: Limits,
    sandbox: Sandbox,
    tell: Callable[[str], None],
) -> Ended:
    """Run a program. ``tell`` gets each line that it prints. Without a sandbox the program sees all
    that this account sees, and of ``place`` only the folder counts, in which it starts. Raises
    ``OSError`` if it cannot be started.

    When it ends, all processes that it started are ended too, even those that left its group. If
    this process is killed, so is the program (PR_SET_PDEATHSIG, prctl(2)): else it would go on
    building, and the next push would have to wait for it."""
    command = [str(part) for part in program]
    surroundings = {**inherited(), "PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1"}
    if sandbox.program:
        command, surroundings = around(sandbox.program, place) + command, ENVIRONMENT
    parent, running = os.getpid(), threads_of_account()
    prctl = ctypes.CDLL(None).prctl if sys.platform == "linux" else None

    def prepare() -> None:
        restrict(limits, running)
        if prctl:
            with suppress(OSError), open("/proc/self/oom_score_adj", "w") as file:
                file.write("1000")  # when memory runs out, the kernel ends this process first
            prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
            if os.getppid() != parent:
                os._exit(1)

    if prctl:
        prctl(_PR_SET_CHILD_SUBREAPER, 1)  # orphans among its descendants become our children
    others = _children(parent)
    with subprocess.Popen(
        command,
        cwd=place.folder,
        env=surroundings,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        preexec_fn=prepare,
    ) as process:
        try:
            beyond = _watch(process, others, limits, _Lines(tell, limits.said))
        finally:
            _end(process, others)
    return Ended(process.returncode, beyond)


def _children(pid: int) -> frozenset[int]:
    return frozenset(process.pid for process in processes().values() if process.parent == pid)


def _started(others: frozenset[int]) -> list[Process]:
    """The processes below this one, without ``others``, which it had started before, and those
    below them."""
    seen = processes()
    own = os.getpid()
    found = below([own], seen) - {own} - below(others, seen)
    return [seen[pid] for pid in found]


def _watch(
    process: subprocess.Popen[bytes], others: frozenset[int], limits: Limits, lines: _Lines
) -> Line | None:
    """Pass the lines of a program on until it ends. Returns the limit that it exceeded, in words;
    None if it ended by itself."""
    assert process.stdout
    pipe = process.stdout.fileno()
    os.set_blocking(pipe, False)
    begun = looked = time.monotonic()
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, selectors.EVENT_READ)
        while True:
            if not selector.get_map():  # it closed its output, but may still run
                with suppress(subprocess.TimeoutExpired):
                    process.wait(INTERVAL)
            elif selector.select(INTERVAL) and not lines.take(pipe):
                selector.unregister(pipe)
            if process.poll() is not None:
                # Read what is in the pipe, but not until its end, as a child may still write there.
                for _ in range(PIECES_IN_PIPE):
                    lines.take(pipe)
                lines.end()
                return None
            now = time.monotonic()
            if now - looked >= INTERVAL:
                looked = now
                used = usage(_started(others), now - begun, limits.memory)
                if beyond := exceeded(used, limits):
                    lines.end()
                    return beyond


class _Lines:
    """Makes lines of what a program prints, and passes them on until they are too many. ``most``:
    bytes."""

    def __init__(self, tell: Callable[[str], None], most: int) -> None:
        self._tell = tell
        self._left = most
        self._rest = b""

    def take(self, pipe: int) -> bool:
        """Read what is in the pipe. Returns False if there was nothing."""
        try:
            data = os.read(pipe, PIECE)
        except BlockingIOError:
            return False
        *whole, self._rest = (self._rest + data).split(b"\n")
        for line in whole:
            self._say(line)
        if len(self._rest) > LONGEST:
            self._rest = self._rest[:LONGEST]
        return bool(data)

    def end(self) -> None:
        if self._rest:
            self._say(self._rest)
        self._rest = b""

    def _say(self, line: bytes) -> None:
        if self._left > 0:
            self._left -= len(line) + 1
            shown = line[:LONGEST].decode("utf-8", "replace").rstrip("\r")
            self._tell(shown if self._left > 0 else "…")


def _end(process: subprocess.Popen[bytes], others: frozenset[int]) -> None:
    """End a program and all processes that it started. These are all stopped first, as they could
    start others faster than they are ended."""
    with suppress(ProcessLookupError):
        if process.returncode is None:
            os.killpg(process.pid, signal.SIGKILL)
    last = time.monotonic() + UNTIL_ENDED
    known: set[int] = set()
    while time.monotonic() < last:
        found = {one.pid for one in _started(others) if not one.is_over}
        _reap(process, others)
        if not found:
            return
        for pid in found:
            _send(pid, signal.SIGSTOP if found - known else signal.SIGKILL)
        if found <= known:
            time.sleep(0.005)
        known |= found


def _reap(process: subprocess.Popen[bytes], others: frozenset[int]) -> None:
    """Collect the exit codes of ended processes that have become children of this one."""
    for pid in _children(os.getpid()) - others - {process.pid}:
        with suppress(ChildProcessError):
            os.waitpid(pid, os.WNOHANG)


def _send(pid: int, what: signal.Signals) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.kill(pid, what)
