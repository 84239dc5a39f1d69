"""When each note's file was last changed, according to Git."""

from __future__ import annotations

from pathlib import Path

from ..git import Checkout, GitFailed

_MARK = "\x01"


def last_changes(project: Path, content: str) -> dict[str, str]:
    """The day of the last commit of each file below a folder, by its path from the project's; empty
    if Git does not know."""
    checkout = Checkout.of(project)
    if checkout is None:
        return {}
    try:
        said = checkout.git(
            *("log", f"--format={_MARK}%cs", "--name-only", "-z", "--relative"),
            *("--no-renames", "--no-show-signature", "--no-ext-diff", "--no-textconv"),
            *("--", f"{content}/"),
        )
    except GitFailed:
        return {}
    found: dict[str, str] = {}
    day = ""
    for part in said.replace("\n", "\0").split("\0"):
        if part.startswith(_MARK):
            day = part[1:]
        elif part:
            found.setdefault(part, day)
    return found
