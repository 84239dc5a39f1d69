"""Names that were given up: each keeps working, with a warning, for one minor version.

A town that upgrades by one minor version at a time so never meets a name that is unknown, and
``saig check`` tells it which to write instead (docs/upgrading.md).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from . import settings as saigs

What = Literal["setting", "field", "template"]


@dataclass(frozen=True)
class Renamed:
    """``since``: the first version that has the new name; ``until``: the first that does not know
    the old one any more. ``of``, of a field: the model that has it, by the name of its class; a
    field further in is written with points, ``opening_hours.closed_on``, and keeps its place."""

    what: What
    old: str
    new: str
    since: str
    until: str
    of: str = ""


RENAMED: tuple[Renamed, ...] = ()
"""Every name that still works. One that goes is taken out in the version ``until``."""


def renamed(what: What, of: str = "") -> Iterator[Renamed]:
    """The names given up of settings, of templates, or of a model's fields."""
    return (one for one in RENAMED if one.what == what and one.of == of)


def with_new_names(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Settings in which what is said by an old name is said by the new one too, unless that says
    something of its own."""
    found = dict(settings)
    for one in renamed("setting"):
        if one.old in found and found.get(one.new) == getattr(saigs, one.new, None):
            found[one.new] = found[one.old]
    return found
