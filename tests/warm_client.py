"""Asks the warm process of `warm.py` for a fork, and takes its place: `python` and `saig` for the
programs that tests start and that start those. It imports little, so that it costs next to nothing.

Usage: warm_client.py FOLDER SCRIPT [ARGUMENT]...   FOLDER: `warm.programs()`
"""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
from collections.abc import Mapping, Sequence

SOCKET = "socket"
STARTED_WITH = "environment"
"""The files in the folder: where the warm process listens, and what it was started with."""

HARMLESS = ("PYTHONUTF8", "PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE")
"""The warm process writes UTF-8, and each line at once, as it is, and imports nothing any more."""


def of_start(environment: Mapping[str, str]) -> list[object]:
    """What Python reads before it runs a line: its own variables, and how texts are encoded."""
    own = {
        name: value
        for name, value in environment.items()
        if name.startswith("PYTHON") and name not in HARMLESS
    }
    locale = next(filter(None, map(environment.get, ("LC_ALL", "LC_CTYPE", "LANG"))), "")
    return [own, locale.partition(".")[2].partition("@")[0]]


def ask(
    address: str,
    script: str,
    arguments: Sequence[str],
    cwd: str,
    environment: Mapping[str, str],
    files: Sequence[int],
) -> socket.socket:
    """Let a fork run a script. ``files``: its input, its output, and what it says. Its status comes
    as a line; if the connection is closed before, it is killed, with all that it started."""
    os.umask(umask := os.umask(0))
    request = {
        "script": script,
        "arguments": list(arguments),
        "cwd": cwd,
        "environment": dict(environment),
        "umask": umask,
    }
    connection = socket.socket(socket.AF_UNIX)
    connection.connect(address)
    socket.send_fds(connection, [b"{"], files)
    connection.sendall(json.dumps(request).encode()[1:] + b"\n")
    return connection


def status(connection: socket.socket) -> int:
    """How it ended, as of ``os.waitstatus_to_exitcode``."""
    with connection, connection.makefile("r") as answer:
        return os.waitstatus_to_exitcode(int(answer.readline()))


def main(folder: str, *command: str) -> None:
    surroundings = dict(os.environ)
    with open(os.path.join(folder, STARTED_WITH), encoding="utf-8") as file:
        can_run = of_start(surroundings) == json.load(file)
    if not command or command[0].startswith("-") or not can_run:
        os.execv(sys.executable, [sys.executable, *command])
    script, *arguments = command
    address = os.path.join(folder, SOCKET)
    code = status(ask(address, script, arguments, os.getcwd(), surroundings, (0, 1, 2)))
    if code < 0:  # as who waits for this process expects to be told
        if -code != signal.SIGKILL:
            signal.signal(-code, signal.SIG_DFL)
        os.kill(os.getpid(), -code)
    os._exit(code)


if __name__ == "__main__":
    main(*sys.argv[1:])
