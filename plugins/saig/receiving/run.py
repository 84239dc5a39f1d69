"""Another program, whose lines are told as they come."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from ..git import inherited

_PR_SET_PDEATHSIG = 1


def run(program: Sequence[str | Path], folder: Path, tell: Callable[[str], None]) -> int:
    """Run a program in a folder and ``tell`` each of its lines; what it exits with. Raises ``OSError``
    where it cannot be started.

    If this process is killed, the program is too, by Linux's PR_SET_PDEATHSIG (prctl(2)): else it
    would go on building, and the next push would have to wait for it."""
    parent = os.getpid()
    prctl = ctypes.CDLL(None).prctl if sys.platform == "linux" else None

    def end_with_parent() -> None:
        if prctl:
            prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
            if os.getppid() != parent:
                os._exit(1)

    with subprocess.Popen(
        [str(part) for part in program],
        cwd=folder,
        env={**inherited(), "PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        preexec_fn=end_with_parent,
    ) as process:
        for line in process.stdout or ():
            tell(line.rstrip("\n"))
    return process.returncode
