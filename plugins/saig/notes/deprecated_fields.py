"""Deprecated names of fields: read as the new ones, and reported."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..deprecated import Renamed, renamed
from ..words import N_
from .front_matter import Data
from .plain_data import Path
from .problem import FieldProblem

MESSAGE = N_(
    "“%(old)s” is called “%(new)s” since version %(since)s; from %(until)s on it is unknown"
)
HINT = N_("write %(new)s in its place")


def values_of(one: Renamed) -> dict[str, str]:
    """What messages say of a name."""
    return {"old": one.old, "new": one.new, "since": one.since, "until": one.until}


def read_old_names(data: Data, model: type) -> list[FieldProblem]:
    """Put the new names of a model's fields in place of the old ones; where both are there the old
    one stays, and is unknown."""
    return [problem for one in renamed("field", model.__name__) for problem in _read(data, one)]


def _read(data: Data, one: Renamed) -> Iterator[FieldProblem]:
    *around, old = one.old.split(".")
    new = one.new.rpartition(".")[2]
    for path, fields in list(_maps(data.value, around, ())):
        if old not in fields or new in fields:
            continue
        place = data.key_place((*path, old))
        items = [(new if key == old else key, value) for key, value in fields.items()]
        fields.clear()
        fields.update(items)
        _move(data, (*path, old), (*path, new))
        values = {**values_of(one), "old": old, "new": new}
        yield FieldProblem(place, "deprecated", MESSAGE, HINT, values, fix=(old, new))


def _maps(value: Any, names: list[str], path: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The maps below these names; those of a list one by one."""
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _maps(item, names, (*path, index))
    elif isinstance(value, dict):
        if not names:
            yield path, value
        elif names[0] in value:
            yield from _maps(value[names[0]], names[1:], (*path, names[0]))


def _move(data: Data, old: Path, new: Path) -> None:
    """What is known of places below one path, below another."""
    tables: tuple[dict[Path, Any], ...] = (data.values, data.keys, data.cut, data.spans)
    for table in tables:
        for path in [path for path in table if path[: len(old)] == old]:
            table[(*new, *path[len(old) :])] = table.pop(path)
    moved = {path for path in data.in_braces if path[: len(old)] == old}
    data.in_braces -= moved
    data.in_braces |= {(*new, *path[len(old) :]) for path in moved}
