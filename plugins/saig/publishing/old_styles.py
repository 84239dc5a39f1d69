"""Keeps files of the theme that older pages ask for.

The names of the theme's files contain a digest (``theme/css/site.0123456789abcdef.css``), so a
changed style has another name. Then an older page would be without its style: that of a reader who
got it just before the switch, of a host that caches pages for ten minutes, of a search engine or an
archive that renders a page days after it was fetched. So a release gets from the one before it the
files that its own pages no longer name, for ``DAYS``.
"""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Container, Iterator
from pathlib import Path

from ..outputs.hosts import LASTING
from ..outputs.published_json import encode
from .checks import read_json

DAYS = 30
"""Days for which a file is kept that no page names any more."""

KEPT = "theme/kept.json"
"""The file of a release that lists its kept files, and since when no page names each."""


def keep_old_styles(site: Path, old: Path, altered: Container[str], today: datetime.date) -> None:
    """Copy into a finished site the files of the release before it that are to be kept.

    ``altered``: the addresses of files that are not as they were published: these are not copied.
    Raises ``OSError`` if a file cannot be read or written."""
    known = {} if f"/{KEPT}" in altered else _known(old)
    kept: dict[str, str] = {}
    for path in _lasting(old):
        if f"/{path}" not in altered and not (site / path).exists():
            since = known.get(path, today)
            if (today - since).days <= DAYS:
                (site / path).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(old / path, site / path)
                kept[path] = since.isoformat()
    if kept:
        (site / KEPT).write_bytes(encode(kept))


def _lasting(release: Path) -> Iterator[str]:
    for file in sorted((release / "theme").rglob("*")):
        path = file.relative_to(release).as_posix()
        if LASTING.fullmatch(path) and file.is_file():
            yield path


def _known(release: Path) -> dict[str, datetime.date]:
    """The kept files of a release, and the first day on which no page named each."""
    try:
        said = read_json(release / KEPT)
        return {path: datetime.date.fromisoformat(day) for path, day in said.items()}
    except (FileNotFoundError, AttributeError, TypeError, ValueError):
        return {}  # there is none, or a theme has a file of its own there
