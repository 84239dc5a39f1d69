"""Files of the theme that pages of yesterday ask for: they stay for a while.

Pages name the theme's files by what is in them (``theme/css/site.0123456789abcdef.css``), so
another style has another name. Who has an older page would then have it without one: a reader whose
page came just before the switch, a host that keeps pages for ten minutes, a search engine or an
archive that draws a page days after it was fetched. So a release takes over from the one before
those files that its own pages no longer name, for ``DAYS``.
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
"""How long a file stays that no page names any more."""

KEPT = "theme/kept.json"
"""Lists such files of a release, and since when each is one."""


def keep_old_styles(site: Path, old: Path, altered: Container[str], today: datetime.date) -> None:
    """Put into a finished site those files of the release before that are to stay.

    ``altered``: the addresses whose files are not as they were published; none of them is taken
    over. Raises ``OSError`` where one cannot be read or written."""
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
    """Since when each of a release's files is named by none of its pages."""
    try:
        said = read_json(release / KEPT)
        return {path: datetime.date.fromisoformat(day) for path, day in said.items()}
    except (FileNotFoundError, AttributeError, TypeError, ValueError):
        return {}  # there is none, or a theme has a file of its own there
