"""The sandbox in which a program of a push runs: it sees its own files and what it needs to run,
and has no network.

bubblewrap (bwrap(1)) makes a root folder that contains only what it is given. Without it, code that
somebody pushed could read and write everything that this account can. If the system has no
bubblewrap, or does not let it work, the pusher is told so.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ..words import N_
from .limits import Line

SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")
"""The folders of programs and libraries; some may be links to others."""

OF_ETC = ("alternatives", "ld.so.cache", "ld.so.conf", "ld.so.conf.d", "localtime")
"""What programs need of ``/etc``. Accounts, names of computers and certificates are not among it, as
nothing in the sandbox needs them."""

TEMPORARY = 256 << 20
"""The most bytes in ``/tmp``, which is in memory."""

ENVIRONMENT = {
    "HOME": "/tmp",
    "LANG": "C.UTF-8",
    "PATH": "/usr/local/bin:/usr/bin:/bin",
    "PYTHONUNBUFFERED": "1",
    "PYTHONUTF8": "1",
}
"""The environment of a program in the sandbox."""

SECONDS = 10
"""The most that the trial of bubblewrap may take."""


@dataclass(frozen=True)
class Place:
    """What a program sees: the folder in which it starts, and the files and folders that it may
    read, or read and write. For what is in two of them the inner one counts. Readable ones need not
    exist."""

    folder: Path
    readable: tuple[Path, ...] = ()
    writable: tuple[Path, ...] = ()


WHERE_THERE_IS_ONE, ALWAYS, NEVER = WANTED = ("auto", "required", "off")
"""The values of the setting ``saig.sandbox``."""


@dataclass(frozen=True)
class Sandbox:
    """``program``: the path of bubblewrap; None if there is no sandbox: ``lacking`` then says why."""

    program: str | None
    lacking: Line = ("", {})


def sandbox(wanted: str) -> Sandbox:
    """The sandbox of this system, unless it is switched off. ``wanted``: a word of ``WANTED``."""
    if wanted == NEVER:
        return Sandbox(None, (N_("The sandbox is switched off (saig.sandbox)"), {}))
    return _of_system()


@cache
def _of_system() -> Sandbox:
    program = shutil.which("bwrap")
    if program is None:
        return Sandbox(None, (N_("bubblewrap is not installed on this server"), {}))
    if reason := _tried(program):
        message = N_("bubblewrap does not work on this server: %(reason)s")
        return Sandbox(None, (message, {"reason": reason}))
    return Sandbox(program)


def _tried(program: str) -> str:
    """Try bubblewrap. Returns why it does not work; '' if it works."""
    try:
        done = subprocess.run(
            [*around(program, Place(Path("/usr"))), "true"],
            env=ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    return (done.stderr.strip()[:200] or str(done.returncode)) if done.returncode else ""


def python() -> tuple[Path, ...]:
    """The folders of this Python and of the libraries that are installed for it."""
    return Path(sys.prefix), Path(sys.base_prefix)


def around(program: str, place: Place) -> list[str]:
    """The beginning of a command that runs the rest in a sandbox. ``program``: bubblewrap."""
    return list(_around(program, place))


def _around(program: str, place: Place) -> Iterator[str]:
    yield program
    # When bubblewrap ends, or the process that started it, all processes in the sandbox are killed.
    yield from ("--unshare-all", "--unshare-user", "--disable-userns", "--die-with-parent")
    yield from ("--new-session", "--cap-drop", "ALL")
    yield from ("--size", str(TEMPORARY), "--tmpfs", "/tmp")
    for folder in SYSTEM:
        if os.path.islink(folder):
            yield from ("--symlink", os.readlink(folder), folder)
        elif os.path.isdir(folder):
            yield from ("--ro-bind", folder, folder)
    for name in OF_ETC:
        yield from ("--ro-bind-try", f"/etc/{name}", f"/etc/{name}")
    yield from ("--proc", "/proc", "--dev", "/dev")
    for path, how in sorted(_given(place)):
        yield from (how, path, path)
    # The root and /dev are file systems in memory without a limit of size: no program may write there.
    yield from ("--remount-ro", "/dev", "--remount-ro", "/")
    yield from ("--chdir", str(place.folder), "--")


def _given(place: Place) -> Iterator[tuple[str, str]]:
    """The paths of a place, each with the option of bubblewrap that shows it. If they are sorted,
    outer folders come before inner ones."""
    for path in place.readable:
        yield os.path.abspath(path), "--ro-bind-try"
    for path in place.writable:
        yield os.path.abspath(path), "--bind"
