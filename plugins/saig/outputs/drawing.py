"""The lines of the map of norms. Templates draw them; lists say the same in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

ROW = 44
"""Height of a norm's row."""

ARC = 4
"""How much further out an arc goes for each row that it skips."""

NEAREST, WIDEST = 24, 150
STRONGEST = (
    "annuls",
    "repeals",
    "suspends",
    "lifts",
    "prorogues",
    "repeals-part",
    "removes",
    "adds",
    "amends",
    "continues",
    "validates",
    "corrects",
    "challenges",
    "develops",
)
"""Of several relations between two norms, the first of these determines the line."""


Group = Sequence[Mapping[str, Any]]
"""Related norms, one per row, with what they do."""


def relations(group: Group) -> dict[str, Any]:
    """The height of a group's rows, and an arc from each norm to those that it acts on."""
    place = {item["norm"]["id"]: ROW * row + ROW // 2 for row, item in enumerate(group)}
    arcs = [
        _arc(place[item["norm"]["id"]], place[id_], type_)
        for item in group
        for id_, type_ in _lines(item)
        if id_ in place  # others are on another page of the list
    ]
    return {"height": ROW * len(group), "arcs": arcs}


def types(groups: Sequence[Group]) -> list[str]:
    """The types of relation with a line, the strongest first."""
    found = {arc["type"] for group in groups for arc in relations(group)["arcs"]}
    return [type_ for type_ in STRONGEST if type_ in found]


def _lines(item: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The norms that this one acts on, each once, with the type of the line."""
    types: dict[str, list[str]] = {}
    for relation in item["relations"]:
        types.setdefault(relation["norm"]["id"], []).append(relation["type"])
    return [
        (norm, next(type_ for type_ in STRONGEST if type_ in said)) for norm, said in types.items()
    ]


def _arc(start: int, end: int, type_: str) -> dict[str, Any]:
    return {
        "from": start,
        "to": end,
        "type": type_,
        "out": min(ARC * abs(end - start) // ROW + NEAREST, WIDEST),
    }
