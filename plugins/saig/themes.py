"""The theme of a site: Saig's own, and what a town has beside its notes, which comes first."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from .shipped import shipped

OWN = "theme"
"""A town's folder, beside that of its notes."""


@dataclass(frozen=True)
class Theme:
    """``folders``: each has what those after it lack, or have otherwise."""

    folders: tuple[Path, ...]

    @classmethod
    def of(cls, theme: Path, project: Path) -> Theme:
        """The theme that a project's settings name. Where that is Saig's own, what the project has
        in its folder ``theme`` comes before it; a theme of the project's own is whole."""
        own = project / OWN
        is_saigs = os.path.realpath(theme) == os.path.realpath(shipped(OWN))
        if is_saigs and own.is_dir() and os.path.realpath(own) != os.path.realpath(theme):
            return cls((own, theme))
        return cls((theme,))

    @property
    def own(self) -> Path | None:
        """The folder that comes before Saig's."""
        return self.folders[0] if len(self.folders) > 1 else None

    @property
    def base(self) -> Path:
        """The folder that has what no other has."""
        return self.folders[-1]

    @cached_property
    def translations(self) -> tuple[Path, ...]:
        return tuple(folder / "translations" for folder in self.folders)

    def file(self, path: str) -> Path:
        """The file that counts; if there is none, where the theme would have it."""
        found = (folder / path for folder in self.folders)
        return next(filter(Path.is_file, found), self.base / path)

    def files(self, folder: str) -> list[str]:
        """The files below one of its folders, by their paths from there; hidden ones are no part of
        a theme. Raises ``OSError`` where it may not be read."""
        return sorted({path for one in self.folders for path in _below(one / folder)})

    def has(self, folder: str) -> bool:
        return any((one / folder).is_dir() for one in self.folders)


def _below(folder: Path) -> Iterable[str]:
    if not folder.is_dir():
        return
    os.listdir(folder)  # raises, if it may not be read
    for path in folder.rglob("*"):
        if path.is_file() and not path.name.startswith("."):
            yield path.relative_to(folder).as_posix()
