"""What pages need of the theme's files, as plain data that a build may cache."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..notes.files import theme_files
from ..themes import Theme
from .stylesheet import Colours, band, fingerprinted, theme_file


@dataclass(frozen=True)
class Look:
    """``names``: path of a file of the theme -> its name with digest. ``band``: the colour of the
    band at the top of pages, by scheme."""

    names: Mapping[str, str]
    band: Mapping[str, str]


def look_of(theme: Theme, colours: Colours) -> Look:
    """``colours``: the town's own. Raises ``OSError`` if a file cannot be read."""
    names = {
        path: fingerprinted(path, theme_file(theme, path, colours)) for path in theme_files(theme)
    }
    return Look(names, band(theme, colours))
