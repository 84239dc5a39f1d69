"""Asks the warm process of `warm.py` for a fork, and takes its place: `python` and `saig` for the
programs that tests start and that start those. It imports next to nothing: `socket`, `json` and
`signal` take twice as long as all the rest.

Usage: warm_client.py FOLDER SCRIPT [ARGUMENT]...   FOLDER: `warm.programs()`
       warm_client.py FOLDER -m pelican [ARGUMENT]...
"""

from __future__ import annotations

import os
import sys
from _socket import AF_UNIX, SCM_RIGHTS, SOL_SOCKET, socket

SOCKET = "socket"
STARTED_WITH = "environment"
"""The files in the folder: where the warm process listens, and what it was started with."""

HARMLESS = ("PYTHONUTF8", "PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE")
"""The warm process writes UTF-8, and each line at once, as it is, and imports nothing any more."""


def of_start(environment: dict[str, str]) -> str:
    """What Python reads before it runs a line: its own variables, and how texts are encoded."""
    own = sorted(
        (name, value)
        for name, value in environment.items()
        if name.startswith("PYTHON") and name not in HARMLESS
    )
    locale = next(filter(None, map(environment.get, ("LC_ALL", "LC_CTYPE", "LANG"))), "")
    return repr([own, locale.partition(".")[2].partition("@")[0]])


def bounds() -> dict[str, int]:
    """What this process may do, where Linux tells: how large a file may grow, as of ``ulimit -f``
    (getrlimit(2)), and its capabilities (proc_pid_status(5))."""
    from resource import RLIMIT_FSIZE, getrlimit

    found = {"largest": getrlimit(RLIMIT_FSIZE)[0]}
    try:
        with open("/proc/self/status", encoding="utf-8") as file:
            said = dict(line.split(":", 1) for line in file)
    except OSError:
        return found
    return {**found, "effective": int(said["CapEff"], 16), "bounding": int(said["CapBnd"], 16)}


def ask(
    address: str,
    script: str,
    arguments: list[str],
    cwd: str,
    environment: dict[str, str],
    files: list[int],
    path: str = "",
) -> socket:
    """Let a fork run a script. ``files``: its input, its output, and what it says; ``path``: where
    Python looks first for what is imported, if that is not the script's folder. Its status comes as
    a line; if the connection is closed before, it is killed, with all that it started."""
    os.umask(umask := os.umask(0))
    request = {
        "script": script,
        "path": path or os.path.dirname(script),
        "arguments": list(arguments),
        "cwd": cwd,
        "environment": dict(environment),
        "umask": umask,
        "bounds": bounds(),
    }
    connection = socket(AF_UNIX)
    connection.connect(address)
    fds = b"".join(fd.to_bytes(4, sys.byteorder) for fd in files)
    connection.sendmsg([b"{"], [(SOL_SOCKET, SCM_RIGHTS, fds)])
    connection.sendall(repr(request).encode()[1:] + b"\n")
    return connection


def status(connection: socket) -> int:
    """How it ended, as of ``os.waitstatus_to_exitcode``. Raises ``TimeoutError`` as the connection
    does."""
    answer = b""
    try:
        while not answer.endswith(b"\n"):
            answer += connection.recv(100) or b"\n"
    finally:
        connection.close()
    return os.waitstatus_to_exitcode(int(answer))


def main(folder: str, *command: str) -> None:
    surroundings = dict(os.environ)
    with open(os.path.join(folder, STARTED_WITH), encoding="utf-8") as file:
        can_run = of_start(surroundings) == file.read()
    script, *arguments = command or ("-",)
    path = ""
    if command[:2] == ("-m", "pelican"):
        script = os.path.join(os.path.dirname(sys.executable), "pelican")
        arguments, path = arguments[1:], os.getcwd()
    if script.startswith("-") or not can_run:
        os.execv(sys.executable, [sys.executable, *command])
    address = os.path.join(folder, SOCKET)
    code = status(ask(address, script, arguments, os.getcwd(), surroundings, [0, 1, 2], path))
    if code < 0:  # as who waits for this process expects to be told
        if code != -9:
            import signal

            signal.signal(-code, signal.SIG_DFL)
        os.kill(os.getpid(), -code)
    os._exit(code)


if __name__ == "__main__":
    main(*sys.argv[1:])
