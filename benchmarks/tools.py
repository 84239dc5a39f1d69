"""What is measured: for each program, how its project is written, built and made as if never built."""

from __future__ import annotations

import datetime
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import corpus

REPOSITORY = Path(__file__).resolve().parents[1]

Command = list[str | Path]

PUBLIC = "public"
"""The folder below the project's into which it is published."""


@dataclass(frozen=True)
class Tool:
    """``write(root, notes, seed)`` gives how many notes it wrote. ``command``: what builds the site of
    a day. ``made``: what builds leave behind, below the project's folder; the first is the site.
    ``publish``: what publishes it, if that makes only what a change asks for, as builds do: then
    every kind of change is measured."""

    name: str
    version: str
    write: Callable[[Path, int, int], int]
    command: Callable[[datetime.date], Command]
    made: tuple[str, ...]
    publish: Callable[[datetime.date], Command] | None = None


def saig() -> Tool:
    """Saig as it stands in this repository, with its own theme: all pages, documents and feeds. Its
    Python is that of ``SAIG_BIN``, if that is said, as for the scripts in deploy/ci."""
    script = REPOSITORY / "scripts" / "saig"
    folder = os.environ.get("SAIG_BIN")
    python = Path(folder, "python") if folder else sys.executable

    def command(day: datetime.date) -> Command:
        return [python, script, "build", "--today", str(day)]

    def publish(day: datetime.date) -> Command:
        return [python, script, "publish", PUBLIC, "--today", str(day)]

    made = ("output", ".saig", ".cache", PUBLIC)
    return Tool("Saig", _commit(), write_saig, command, made, publish)


def _commit() -> str:
    command = ["git", "-C", str(REPOSITORY), "describe", "--always", "--dirty"]
    try:
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):  # no Git, or a copy without its history
        return "of this folder"
    return f"at {said.strip()}"


def write_saig(root: Path, notes: int, seed: int) -> int:
    root.mkdir(parents=True)
    for name in ("pelicanconf.py", "publishconf.py"):
        shutil.copy(REPOSITORY / name, root)
    (root / "plugins").symlink_to(REPOSITORY / "plugins")
    shutil.copytree(REPOSITORY / "theme", root / "theme")
    return corpus.write(root, notes, seed)


def said_version(command: Command) -> str:
    """The first number with dots in what a program says of itself."""
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = re.search(r"\d+(\.\d+)+", said)
    return found[0] if found else "?"
