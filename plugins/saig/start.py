"""The command ``saig``, from its first moment to its last: of an installed Saig, and of
``scripts/saig``."""

from __future__ import annotations

import atexit
import os
import sys


def main() -> None:
    """Run the command that was asked for. Does not return."""
    # Names of files are UTF-8, whatever this computer's language is set to.
    if sys.getfilesystemencoding() != "utf-8":
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.argv])

    # Python has None for a stream that was closed before it started; printing to that would fail.
    sys.stdout = sys.stdout or open(os.devnull, "w")  # noqa: SIM115
    sys.stderr = sys.stderr or open(os.devnull, "w")  # noqa: SIM115

    # Without this pydantic looks through all installed packages for plugins of its own.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

    from .commands import main as run

    try:
        run()
    except SystemExit as ended:
        if isinstance(ended.code, int):
            _end(ended.code)
        raise


def _end(status: int) -> None:
    """End this process without taking all its objects apart first, which takes a twentieth of a
    small build. Returns where what was said cannot be written: Python then tells so."""
    atexit._run_exitfuncs()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        return
    os._exit(status)
