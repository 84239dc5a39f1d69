"""The command ``saig``, from its first moment on: of an installed Saig, and of ``scripts/saig``."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run the command that was asked for. Does not return."""
    # Names of files are UTF-8, whatever this computer's language is set to.
    if sys.getfilesystemencoding() != "utf-8":
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.argv])

    # Who closed them does not want to read it.
    sys.stdout = sys.stdout or open(os.devnull, "w")  # noqa: SIM115
    sys.stderr = sys.stderr or open(os.devnull, "w")  # noqa: SIM115

    from .commands import main as run

    run()
