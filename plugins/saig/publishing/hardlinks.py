"""Hard links between releases for equal files, and a later time for each file that differs.

Whether a browser's copy is still good, a web server decides by a file's time (in seconds) and size
alone. So an equal file keeps its time, and a file that differs gets a later time than any file that
a kept release has at that address.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from .compress import TWINS


def link_equal(new: Path, old: Path | None, equal: Iterable[str], distrusted: set[str]) -> set[str]:
    """Replace files of the new release, and their twins, by hard links to those of the old one.
    Returns the paths of the links. Raises ``OSError``.

    ``equal``: paths of files with the same bytes in both. ``distrusted``: paths of files in the old
    release that are not as they were published: these are not linked, as they may be damaged.
    """
    shared: set[str] = set()
    if old is None:
        return shared
    for path in equal:
        for name in (path, *(path + ending for ending in TWINS)):
            if name in distrusted:
                continue
            try:
                _link(f"{old}/{name}", f"{new}/{name}")
            except FileNotFoundError:
                if name == path:
                    raise
                continue  # it has no such twin
            shared.add(name)
    return shared


def _link(old: str, new: str) -> None:
    """Make a file a hard link, even if it exists. Files of releases are never written to, as other
    releases may share them."""
    folder, _, name = new.rpartition("/")
    is_there = os.path.lexists(new)
    target = f"{folder}/.{name}.new" if is_there else new
    try:
        os.link(old, target)
    except FileNotFoundError:
        raise
    except OSError:  # a file system without links, or one with too many of this file
        shutil.copy2(old, target)
    if is_there:
        os.replace(target, new)


def set_times(root: Path, fresh: Iterable[str], kept: Sequence[Path]) -> None:
    """Give each new file of a release a later time, in whole seconds, than a kept release has for
    it. ``fresh``: the paths of the new files."""
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
