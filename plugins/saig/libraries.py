"""Installs what Saig needs, in the versions that it was tested with, each checked by its hash.

A town pins Saig alone: the hashes of all else come with it. After ``pip install --no-deps`` of
Saig: ``python -m saig.libraries``.
"""

from __future__ import annotations

import os
import sys

from .shipped import shipped


def main() -> None:
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", "install"]
    os.execv(sys.executable, [*pip, "--require-hashes", "-r", str(shipped("requirements.txt"))])


if __name__ == "__main__":
    main()
