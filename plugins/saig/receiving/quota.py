"""Whether there is room for one more preview."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable
from contextlib import suppress
from pathlib import Path

from ..words import N_
from .hook_layout import Destination, HookLayout
from .limits import MIB, Line, Quota
from .preview_names import preview_name
from .repository import Repository

OLDEST = 3
"""How many branches are named if there is no room."""


def no_room(layout: HookLayout, repository: Repository, destination: Destination) -> list[Line]:
    """Why there is no room for a branch's preview, and what to do, in words; empty if there is
    room."""
    if destination.is_public:
        return []
    own = preview_name(destination.branch)
    others = [path for path in layout.previews() if path.name != own]
    names = {path.name for path in others}
    full = _beyond(layout.settings.quota, len(names), bytes_of(others))
    if full is None:
        return []
    message = N_(
        "%(branch)s was accepted, but its preview is as it was. Delete branches that are done with "
        "(git push --delete origin BRANCH), then push again. Longest unchanged: %(oldest)s"
    )
    oldest = ", ".join(_longest_unchanged(layout, repository, names))
    return [full, (message, {"branch": destination.shown, "oldest": oldest})]


def _beyond(most: Quota, number: int, used: int) -> Line | None:
    """The limit that other previews reach, in words; None if none. ``number``: of these previews;
    ``used``: their bytes."""
    if number >= most.number:
        message = N_("Other previews: %(number)d, which is as many as may be")
        return message, {"number": number}
    if used >= most.disk:
        message = N_("The other previews fill %(used)d MiB, and may fill %(most)d")
        return message, {"used": used // MIB, "most": most.disk // MIB}
    return None


def _longest_unchanged(
    layout: HookLayout, repository: Repository, names: Collection[str]
) -> list[str]:
    """The branches of those of these previews that were published longest ago, for a message."""
    found = []
    for branch in repository.branches():
        destination = layout.destination(branch)
        with suppress(OSError):
            if preview_name(branch) in names and not destination.is_public:
                changed = os.lstat(destination.layout.current).st_mtime
                found.append((changed, destination.shown))
    return [shown for _, shown in sorted(found)[:OLDEST]]


def bytes_of(folders: Iterable[Path]) -> int:
    """The bytes that folders take on the disk. A file with several names counts once; files that
    are removed meanwhile do not count."""
    seen: set[tuple[int, int]] = set()
    found = 0
    waiting = [str(folder) for folder in folders]
    while waiting:
        with suppress(OSError), os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                with suppress(OSError):
                    about = entry.stat(follow_symlinks=False)
                    if (about.st_dev, about.st_ino) not in seen:
                        seen.add((about.st_dev, about.st_ino))
                        found += about.st_blocks * 512
    return found
