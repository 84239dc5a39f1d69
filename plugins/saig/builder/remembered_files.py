"""Files of the whole site that take long to make, and are made again only if they may be others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any

from .database import Database
from .output import Folder, Written


def remembered_files(
    database: Database,
    folder: Folder,
    name: str,
    key: Any,
    make: Callable[[], Mapping[str, bytes]],
    *,
    is_due: bool,
) -> list[Written]:
    """The files that ``make`` gives, as they stand in the folder: those of the last build, unless
    ``is_due``, the ``key`` of plain data is another, or one of them is not as it was written. ``name``: by
    which they are remembered."""
    before, found = database.value(name) or (None, {})
    there = [folder.standing(path, digest) for path, digest in found.items()]
    if is_due or key != before or not all(there):
        there = [
            folder.put(path, content, sha256(content).hexdigest())
            for path, content in make().items()
        ]
    written = [one for one in there if one]
    database.keep({name: [key, {one.path: one.digest for one in written}]})
    return written
