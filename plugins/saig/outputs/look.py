"""What pages say of the theme's files: a theme -> plain data, which a build may keep."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..notes.files import theme_files
from ..themes import Theme
from .stylesheet import Colours, band, fingerprinted, theme_file


@dataclass(frozen=True)
class Look:
    """``names``: those by which pages ask for the theme's files, by their paths. ``band``: the
    colour of the band at the top of every page, by scheme."""

    names: Mapping[str, str]
    band: Mapping[str, str]


def look_of(theme: Theme, colours: Colours) -> Look:
    """``colours``: the town's own. Raises ``OSError`` where a file cannot be read."""
    names = {
        path: fingerprinted(path, theme_file(theme, path, colours)) for path in theme_files(theme)
    }
    return Look(names, band(theme, colours))
