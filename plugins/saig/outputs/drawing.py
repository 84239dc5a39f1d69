"""Where the lines of a picture go. The templates draw them; the words stand beside, as text.

A picture has no date of the build in it: it ends at the last day that the facts know.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

TOP = 14
LENGTH = 200
"""Height of a life from its first to its last event, if its dates leave each other room."""

LABEL = 22
"""Height that a label needs."""

LINE = 14
"""Height of a line of text."""

WIDTH = 30
"""Letters that fit beside a life, in a line."""

MOST_DAYS = 30
"""Days in a picture of a life: with more it is higher than screens are, and heavy."""

TAIL = 40
"""What stands below the last event: the state that lasts."""

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


def life(norm: Mapping[str, Any]) -> dict[str, Any] | None:
    """A norm's life from top to bottom: the stretches of its states, and a mark for each day on
    which something happened. None where no day is known, or more than a picture can show. What came
    on a day not known has no place."""
    days = sorted({event["date"] for event in norm["timeline"]})
    if not 0 < len(days) <= MOST_DAYS:
        return None
    first, last = _number(days[0]), _number(days[-1])
    scale = LENGTH / max(1, last - first)

    def place(day: str) -> float:
        return TOP + (_number(day) - first) * scale

    labels = _apart([place(day) for day in days])
    bottom = max(labels[-1], place(days[-1])) + TAIL
    known = [s for index, s in enumerate(norm["life"]) if s["from"] or not index]
    transition_dates = [place(s["from"]) for s in known[1:] if days[0] <= s["from"] <= days[-1]]
    shown = [
        s
        for s in known
        if (s["from"] or "") <= days[-1] and not (s["until"] and s["until"] < days[0])
    ]
    # What is said below the last event is said of today: not where another state came since, on a day
    # that nobody knows.
    said = [s["said"] if s is not known[-1] or s is norm["life"][-1] else "" for s in shown]
    return {
        "height": round(bottom + 4),
        "stretches": [
            {
                "state": s["state"],
                "y": round(y, 1),
                "height": round(end - y, 1),
                "lines": _lines_of(text, y, end, labels),
            }
            for s, text, (y, end) in zip(
                shown, said, pairwise([TOP, *transition_dates, bottom]), strict=False
            )
        ],
        "marks": [
            {"date": day, "y": round(place(day), 1), "label": round(label, 1)}
            for day, label in zip(days, labels, strict=True)
        ],
    }


def _apart(places: Sequence[float]) -> list[float]:
    """The same places, each far enough below the one before."""
    found: list[float] = []
    for place in places:
        found.append(max(place, found[-1] + LABEL) if found else place)
    return found


def _lines_of(
    said: str, top: float, bottom: float, labels: Sequence[float]
) -> list[dict[str, str | int]]:
    """What is said of a stretch, in one line or two, as low as it can stand without touching a date;
    nothing where there is no room."""
    spaces = [index for index, letter in enumerate(said) if letter == " "]
    middle = min(spaces, key=lambda index: abs(index - len(said) / 2), default=len(said))
    texts = [said] if len(said) <= WIDTH else [said[:middle], said[middle + 1 :]]
    height = LINE * (len(texts) - 1)
    if said:
        for last in range(round(bottom) - 5, round(top) + LINE + height, -1):
            lines = [last - height + LINE * row for row in range(len(texts))]
            if all(abs(y - (label + 5)) >= LINE for y in lines for label in labels):
                return [{"text": text, "y": y} for text, y in zip(texts, lines, strict=True)]
    return []


def _number(day: str) -> int:
    return datetime.date.fromisoformat(day).toordinal()


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
