"""Run a command, a whole process from a cold start, and say what it took."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

MIB = 1024 * 1024
SAMPLE_SECONDS = 0.05


class Failed(Exception):
    """The command did not do what it should; in one line, and the end of what it said."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run: wall and processor seconds of the process and its children, and memory.

    ``largest``: peak bytes of the largest single process, which the kernel tells for nothing.
    ``tree``: peak bytes of all its processes together, shared ones counted once; only where they
    were sampled, for that takes time from what is measured.
    """

    wall: float
    cpu: float
    largest: int
    tree: int | None = None


def run(
    command: Sequence[str | Path],
    folder: Path,
    timeout: float,
    *,
    sample: bool = False,
) -> Run:
    """Run a command in a folder. What it says goes to a file, as in CI: no terminal slows it down.

    It finds nothing in its user's cache or among temporary files, and leaves nothing there.
    """
    said, cache = folder / "benchmark.log", folder.resolve() / ".cache"
    cache.mkdir(exist_ok=True)  # where there is none, Hugo makes one elsewhere
    with said.open("wb") as log:
        started = time.perf_counter()
        process = subprocess.Popen(
            [str(part) for part in command],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            env={**os.environ, "XDG_CACHE_HOME": str(cache), "TMPDIR": str(cache)},
            start_new_session=True,
        )
        timer = threading.Timer(timeout, os.killpg, (process.pid, signal.SIGKILL))
        timer.start()
        sampler = Sampler(process.pid) if sample else None
        try:
            _, status, used = os.wait4(process.pid, 0)
            wall = time.perf_counter() - started
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            raise
        finally:
            timer.cancel()
            tree = sampler.stop() if sampler else None
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        why = f"stopped after {timeout:g} s" if wall >= timeout else f"exit {process.returncode}"
        end = said.read_text("utf-8", "replace")[-2000:]
        raise Failed(f"{why}: {' '.join(map(str, command))}\n{end}")
    unit = 1 if sys.platform == "darwin" else 1024
    return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss * unit, tree)


class Sampler:
    """The peak of the memory of a session's processes together: their proportional set sizes."""

    def __init__(self, session: int) -> None:
        self.session = session
        self.peak = 0
        self.done = threading.Event()
        self.thread = threading.Thread(target=self._watch, daemon=True)
        self.thread.start()

    def stop(self) -> int | None:
        """The peak, or None where the system does not tell."""
        self.done.set()
        self.thread.join()
        return self.peak or None

    def _watch(self) -> None:
        while not self.done.wait(SAMPLE_SECONDS):
            self.peak = max(self.peak, sum(map(proportional, members(self.session))))


def members(session: int) -> list[int]:
    """The processes of a session."""
    found = []
    for name in os.listdir("/proc") if sys.platform == "linux" else ():
        if name.isdigit():
            try:
                stat = Path("/proc", name, "stat").read_text()
            except OSError:  # it has ended
                continue
            # The name in brackets may hold spaces; behind it: state, parent, group, session.
            if int(stat.rpartition(")")[2].split()[3]) == session:
                found.append(int(name))
    return found


def proportional(process: int) -> int:
    """Bytes of a process; what it shares with others is shared out among them."""
    try:
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except OSError:  # it has ended
        pass
    return 0
