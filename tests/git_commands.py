"""Git, as people run it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path


def git(folder: Path, *arguments: str) -> str:
    """Git as on a computer that was never set up, but that it does not look after each commit whether
    there is anything to tidy up."""
    who = ("-c", "user.name=A", "-c", "user.email=a@vila.test", "-c", "maintenance.auto=false")
    clean = {name: v for name, v in os.environ.items() if not name.startswith("GIT_")}
    done = subprocess.run(
        ["git", "-C", str(folder), *who, *arguments],
        env={**clean, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()
