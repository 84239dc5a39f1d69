"""What comes with Saig beside its code: the theme, the hooks, the scripts for forges and servers.

An installed Saig has them in its own package; in Saig's own repository they stand at its top.
``python -m saig.shipped theme`` prints where one of them lies.
"""

from __future__ import annotations

import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
IS_INSTALLED = (PACKAGE / "theme").is_dir()
"""Whether this is an installed Saig; else it is a checkout of its repository."""

ROOT = PACKAGE if IS_INSTALLED else PACKAGE.parents[1]


def shipped(name: str) -> Path:
    """Where something lies that stands at the top of Saig's repository: ``theme``,
    ``deploy/hooks``."""
    return ROOT / name


if __name__ == "__main__":
    print(shipped(sys.argv[1]))
