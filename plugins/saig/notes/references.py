"""What a note's fields name: other notes, by their ids, and topics."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from .front_matter import Data, Place

REFERENCES = {"departments": "contact", "services": "service", "norms": "norm"}
"""Fields of every kind that name other notes, and the kind they name."""

SINGLE_REFERENCES = {"parent": "contact", "online_only_norm": "norm"}
"""Fields of some kinds that name one note, and its kind."""

NESTED_REFERENCES = (("relations", "norm", "norm"), ("channels", "contact", "contact"))
"""Lists whose items name one note each: the list, the field of an item, and the kind."""


class FoundReference(NamedTuple):
    """An id that a field has, and the line and column of it."""

    kind: str
    """A kind of note, or ``topic``."""
    id: str
    place: Place


def references_in(data: Data, kind: str) -> Iterator[FoundReference]:
    """What the data of a note of that kind names, as far as it can be told: some of it is wrong."""
    value = data.value if isinstance(data.value, dict) else {}
    for name, named in [*REFERENCES.items(), ("supersedes", kind), ("topics", "topic")]:
        listed = value.get(name)
        for index, one in enumerate(listed if isinstance(listed, list) else ()):
            if isinstance(one, str):
                yield FoundReference(named, one, data.place((name, index)))
    for name, named in SINGLE_REFERENCES.items():
        if isinstance(one := value.get(name), str):
            yield FoundReference(named, one, data.place((name,)))
    for name, part, named in NESTED_REFERENCES:
        listed = value.get(name)
        for index, item in enumerate(listed if isinstance(listed, list) else ()):
            if isinstance(item, dict) and isinstance(one := item.get(part), str):
                yield FoundReference(named, one, data.place((name, index, part)))
