"""Hard links between releases for files that are equal, and a later time for each that differs.

A web server tells a browser that its copy is still good by a file's time (in seconds) and size
alone. So what is equal keeps its time, and what differs gets a later one than any file that a kept
release has at that address.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from .compress import TWINS


def link_equal(new: Path, old: Path | None, equal: Iterable[str], distrusted: set[str]) -> set[str]:
    """Replace files of the new release by hard links to the old one's, twins too. The paths of
    those.

    ``equal``: paths whose bytes are the same in both. ``distrusted``: paths of the old release
    that are not as they were published, so that damage is not handed on.
    """
    shared: set[str] = set()
    if old is None:
        return shared
    for path in equal:
        for name in (path, *(path + ending for ending in TWINS)):
            is_twin = name != path
            if name in distrusted or (is_twin and not (old / name).is_file()):
                continue
            _link(old / name, new / name)
            shared.add(name)
    return shared


def _link(old: Path, new: Path) -> None:
    """A file of a release is replaced, never written to: other releases have it too."""
    temporary = new.with_name(f".{new.name}.new")
    try:
        os.link(old, temporary)
    except OSError:  # a file system without links, or one with too many of this file
        shutil.copy2(old, temporary)
    os.replace(temporary, new)


def set_times(root: Path, fresh: Iterable[str], kept: Sequence[Path]) -> None:
    """Give what is new in a release a later time than any kept release has for it, in seconds."""
    now = int(time.time())
    for name in fresh:
        moment = max([now, *(seconds + 1 for seconds in _times(name, kept))])
        os.utime(root / name, (moment, moment))


def _times(name: str, releases: Iterable[Path]) -> Iterator[int]:
    for release in releases:
        try:
            yield int(os.lstat(release / name).st_mtime)
        except OSError:
            continue
