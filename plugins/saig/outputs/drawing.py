"""Where the lines of a picture go. The templates draw them; the words stand beside, as text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

TOP = 14
ROW = 30
ARC = 12
"""How much further out an arc goes for each row that it passes."""

WIDEST = 150
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
"""Of several relations between two norms, the one that the line shows."""


def relations(groups: Sequence[Sequence[Mapping[str, Any]]]) -> dict[str, Any]:
    """The norms as rows, newest first, and an arc from each to those that it acts on."""
    rows: list[dict[str, Any]] = []
    arcs: list[dict[str, Any]] = []
    height = TOP
    for group in groups:
        place = {item["norm"]["id"]: height + ROW * row for row, item in enumerate(group)}
        for item in group:
            norm = item["norm"]
            rows.append(
                {
                    "title": norm["short_title"],
                    "lang": norm["lang"],
                    "state": norm["state"],
                    "y": place[norm["id"]],
                }
            )
            arcs += [
                _arc(place[norm["id"]], place[id_], type_)
                for id_, type_ in _lines(item)
                if id_ in place  # others stand on another page of the list
            ]
        height += ROW * len(group) + ROW // 2
    return {"height": height, "rows": rows, "arcs": arcs}


def _lines(item: Mapping[str, Any]) -> list[tuple[str, str]]:
    """One line to each norm that this one acts on, and of which type."""
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
        "out": min(ARC * abs(end - start) // ROW + 24, WIDEST),
    }
