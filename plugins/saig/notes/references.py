"""What a note's fields name: other notes and topics, by their ids or other names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel

from ..packs.eli import ELI
from .front_matter import Data, Place
from .plain_data import Path
from .slug import plain_name

REFERENCES = {"departments": "contact", "services": "service", "norms": "norm"}
"""Fields of every kind that name other notes, and the kind they name."""

SINGLE_REFERENCES = {"parent": "contact", "online_only_norm": "norm"}
"""Fields of some kinds that name one note, and its kind."""

NESTED_REFERENCES = (("relations", "norm", "norm"), ("channels", "contact", "contact"))
"""Lists whose items name one note each: the list, the field of an item, and the kind."""

_TITLE = re.compile(r"""^(?:short_)?title:[ \t]*(["']?)(.+?)\1[ \t]*$""", re.MULTILINE)
_IN_BRACKETS = re.compile(r"\(([^()]+)\)")

T = TypeVar("T", bound=BaseModel)


class FoundReference(NamedTuple):
    """What a field has for a note or topic that it names, and the line and column of it."""

    kind: str
    """A kind of note, or ``topic``."""
    written: str
    """Its id or another name. Of a norm also its ELI address, or a citation."""
    place: Place

    @property
    def name(self) -> str:
        """The key by which ``with_ids`` looks it up."""
        return name_of(self.kind, self.written)

    @property
    def is_address(self) -> bool:
        """Whether it is a norm's address, which need not have a note here."""
        return self.kind == "norm" and bool(ELI.fullmatch(self.written))


def name_of(kind: str, written: str) -> str:
    """A kind and what is written for one of it, in one text."""
    return f"{kind} {written}"


def references_in(data: Data, kind: str) -> Iterator[FoundReference]:
    """What the data of such a note names, as far as it can be read: some of it may be wrong."""
    for path, named, written in written_in(data.value, kind):
        yield FoundReference(named, written, data.place(path))


def written_in(value: Any, kind: str) -> Iterator[tuple[Path, str, str]]:
    """The same with paths instead of positions: path, kind, and what is written."""
    for path, named in _places(value if isinstance(value, dict) else {}, kind):
        written: Any = value
        for step in path:
            written = written[step]
        text = getattr(written, "text", written)
        if isinstance(text, str):
            yield path, named, text.strip()


def _places(value: Mapping[str, Any], kind: str) -> Iterator[tuple[Path, str]]:
    for name, named in _lists(kind):
        yield from (((name, index), named) for index, _ in _items(value, name))
    for name, named in SINGLE_REFERENCES.items():
        if value.get(name) is not None:
            yield (name,), named
    for name, part, named in NESTED_REFERENCES:
        for index, item in _items(value, name):
            if isinstance(item, dict) and item.get(part) is not None:
                yield (name, index, part), named


def _items(value: Mapping[str, Any], name: str) -> Iterator[tuple[int, Any]]:
    listed = value.get(name)
    yield from enumerate(listed if isinstance(listed, list) else ())


def _lists(kind: str) -> list[tuple[str, str]]:
    return [*REFERENCES.items(), ("supersedes", kind), ("topics", "topic")]


def with_ids(fields: T, kind: str, ids: Mapping[str, str]) -> T:
    """The fields of such a note with ids instead of other names. ``ids``: by the result of
    ``name_of``; a name that is not in it stays."""

    def of(named: str, written: str) -> str:
        return ids.get(name_of(named, written), written)

    new: dict[str, Any] = {
        name: [of(named, one) for one in getattr(fields, name)] for name, named in _lists(kind)
    }
    for name, named in SINGLE_REFERENCES.items():
        if one := getattr(fields, name, None):
            new[name] = of(named, one)
    for name, part, named in NESTED_REFERENCES:
        if listed := getattr(fields, name, None):
            new[name] = [
                item.model_copy(update={part: of(named, one)})
                if (one := getattr(item, part))
                else item
                for item in listed
            ]
    return fields.model_copy(update=new)


def names_in(value: Any, front: str) -> Iterator[str]:
    """The names of a note with errors, as far as they can be told. ``value``: the data of its front
    matter ``front``, if YAML can read that."""
    if isinstance(value, dict):
        aliases = value.get("aliases")
        said = [value.get("title"), value.get("short_title")]
        said += aliases if isinstance(aliases, list) else []
        yield from (one for one in said if isinstance(one, str))
    else:
        yield from (found[2] for found in _TITLE.finditer(front))


def called(names: Iterable[str]) -> Iterator[str]:
    """What notes with these names are found by: the names, and what stands in brackets in one of
    them, as ``plain_name`` has them."""
    for name in names:
        yield from filter(None, map(plain_name, [name, *_IN_BRACKETS.findall(name)]))
