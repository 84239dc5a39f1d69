"""What a link inside the site names, as its note's file says it (docs/notes.md, Text and links)."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from functools import lru_cache

from .address import composed, decoded
from .files import FILES, Source
from .models import FOLDERS

_FORMS = ("{filename}", "{static}", "{attach}", "|filename|", "|static|")


@dataclass(frozen=True)
class LinkTarget:
    """A note's kind and id, or a file; and a heading."""

    path: str
    key: tuple[str, str] | None
    lang: str | None
    fragment: str

    @property
    def is_of_files(self) -> bool:
        """Whether it is in the folder of the editors' files, or that folder."""
        return self.key is None and self.path.partition("/")[0] == FILES


def link_target(source: Source, address: str) -> LinkTarget | None:
    """Read a link relative to its note's file; None if it leads out of ``content/``. Pelican's
    ``{filename}`` and ``{static}`` forms are relative to the note's folder or, with a slash after
    the brace, to ``content/``."""
    return _target(source.path.rpartition("/")[0], address)


@lru_cache(maxsize=2000)  # many notes of a folder link to the same others
def _target(folder: str, address: str) -> LinkTarget | None:
    typed, _, fragment = address.partition("#")
    path, fragment = decoded(typed.partition("?")[0]), decoded(fragment)
    root = folder.partition("/")[0]
    form = next(filter(path.startswith, _FORMS), "")
    path = path[len(form) :]
    if form and path.startswith("/"):
        path = root + path
    is_from_root = path.startswith(f"{root}/") and address.startswith(("{", "|"))
    full = posixpath.normpath(path if is_from_root else posixpath.join(composed(folder), path))
    below = full.removeprefix(f"{root}/")
    if below == full or below.startswith(".."):
        return None
    kind_folder, _, _ = below.partition("/")
    if kind_folder in FOLDERS and below.endswith(".md"):
        stem, _, lang = posixpath.basename(below)[: -len(".md")].partition(".")
        return LinkTarget(below, (FOLDERS[kind_folder], stem), lang or None, fragment)
    return LinkTarget(below, None, None, fragment)
