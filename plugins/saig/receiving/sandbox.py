"""What a program of a push sees of the server: its own tree, what it needs to run, and no network.

bubblewrap (bwrap(1)) makes a root that holds nothing but what it is given. There is no other way to
let code run that somebody pushed: as the same account it could else read and write all that is the
account's. Where the system has no bubblewrap, or does not let it work, that is told.
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
"""Where programs and libraries are; some of them lead to others."""

OF_ETC = ("alternatives", "ld.so.cache", "ld.so.conf", "ld.so.conf.d", "localtime")
"""What programs need of ``/etc``. There are no accounts, no names of other computers and no
certificates: nothing in there has a use for them."""

TEMPORARY = 256 << 20
"""Bytes of ``/tmp``, which is in memory."""

ENVIRONMENT = {
    "HOME": "/tmp",
    "LANG": "C.UTF-8",
    "PATH": "/usr/local/bin:/usr/bin:/bin",
    "PYTHONUNBUFFERED": "1",
    "PYTHONUTF8": "1",
}
"""All that a program finds there."""

SECONDS = 10


@dataclass(frozen=True)
class Place:
    """What a program sees: the folder in which it runs, and which files and folders it may read, or
    write. Of two that lie in each other the inner one counts. What may be read need not be
    there."""

    folder: Path
    readable: tuple[Path, ...] = ()
    writable: tuple[Path, ...] = ()


WHERE_THERE_IS_ONE, ALWAYS, NEVER = WANTED = ("auto", "required", "off")


@dataclass(frozen=True)
class Sandbox:
    """``program``: bubblewrap; None where there is none, and ``lacking`` says why."""

    program: str | None
    lacking: Line = ("", {})


def sandbox(wanted: str) -> Sandbox:
    """The one of this system, if it is wanted: a word of ``WANTED``."""
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
    """What it says where it does not work; '' where it does."""
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
    """What this Python, and what is installed for it, consists of."""
    return Path(sys.prefix), Path(sys.base_prefix)


def around(program: str, place: Place) -> list[str]:
    """The command that runs the one behind it in a place. ``program``: bubblewrap."""
    return list(_around(program, place))


def _around(program: str, place: Place) -> Iterator[str]:
    yield program
    # When this process ends, or the one that started it, all processes in the sandbox are killed.
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
    """Sorted by their names, outer ones come before inner ones."""
    for path in place.readable:
        yield os.path.abspath(path), "--ro-bind-try"
    for path in place.writable:
        yield os.path.abspath(path), "--bind"
