"""A log of who pushed what: a line for each ref of each push."""

from __future__ import annotations

import os
from collections.abc import Iterable

from ..publishing import durable
from ..publishing.clock import timestamp
from ..publishing.record_io import now
from .pusher import Pusher
from .repository import Repository, Update

NONE = "-"


def log_push(
    repository: Repository, pusher: Pusher, updates: Iterable[Update], *, accepted: bool
) -> None:
    """Add the lines of a push. Raises ``OSError`` if they cannot be written."""
    word = "accepted" if accepted else "refused"
    start = f"{timestamp(now())} {pusher.name} {pusher.role} {word}"
    lines = [f"{start} {one.old or NONE} {one.new or NONE} {one.ref}" for one in updates]
    repository.layout.mkdir(exist_ok=True)
    durable.append(repository.layout / "pushes.log", os.fsencode("\n".join([*lines, ""])))
