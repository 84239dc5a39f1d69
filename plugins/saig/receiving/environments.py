"""Which Python runs what was pushed: one with the libraries that its requirements.txt names."""

from __future__ import annotations

import platform
import shutil
import sys
from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path

from ..progress import Progress
from ..publishing.lock import locked
from ..publishing.refusal import Refused
from ..words import N_
from .run import run

REQUIREMENTS = "requirements.txt"
INSTALLED = Path(__file__).parents[3]
"""The checkout that this program runs from; its environment has what it asks for."""

READY = "ready"


def python_for(
    worktree: Path,
    folder: Path,
    trees: Iterable[Path],
    progress: Progress,
    tell: Callable[[str], None],
) -> Path:
    """This one, if the tree asks for the same; else one of its own, made once and kept in
    ``folder`` while one of ``trees`` asks for it."""
    wanted = _digest(worktree)
    if wanted is None:
        raise Refused(
            N_("there is no %(file)s: what was pushed is no Saig project"), file=REQUIREMENTS
        )
    if wanted == _digest(INSTALLED):
        return Path(sys.executable)
    folder.mkdir(parents=True, exist_ok=True)
    waiting = N_("Another push sets up the same; waiting for it")
    with locked(folder / ".lock", lambda: progress.step(waiting)):
        environment = folder / wanted
        python = environment / "bin/python"
        if not (environment / READY).is_file():
            progress.step(N_("Setting up what requirements.txt asks for; this takes a minute"))
            _make(environment, python, worktree, tell)
        asked = {wanted, *map(_digest, trees)}
        for other in folder.iterdir():
            if other.is_dir() and other.name not in asked:
                shutil.rmtree(other, ignore_errors=True)
    return python


def _digest(worktree: Path) -> str | None:
    try:
        asked = (worktree / REQUIREMENTS).read_bytes()
    except OSError:
        return None
    return sha256(platform.python_version().encode() + b"\0" + asked).hexdigest()[:16]


def _make(environment: Path, python: Path, worktree: Path, tell: Callable[[str], None]) -> None:
    shutil.rmtree(environment, ignore_errors=True)
    pip = (sys.executable, "-m", "pip", "--python", python, "--disable-pip-version-check")
    asked = ("install", "--quiet", "--require-hashes", "-r", worktree / REQUIREMENTS)
    for command in ((sys.executable, "-m", "venv", "--without-pip", environment), (*pip, *asked)):
        if run(command, worktree, tell) != 0:
            shutil.rmtree(environment, ignore_errors=True)
            raise Refused(N_("what requirements.txt asks for could not be set up"))
    (environment / READY).touch()
