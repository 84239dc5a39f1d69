"""What a note's page ends with: what changed on it, and the notes that it has to do with beside
those that it shows anyway. Pure functions of what the document says above."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Part = Mapping[str, Any]
"""What belongs to the kind of a document; or a note as others name it."""

SHOWN = {
    "contact": ("services", "notices", "norms", "children", "supersedes", "superseded_by"),
    "service": ("departments", "norms", "notices", "supersedes"),
    "norm": ("departments", "explained_in", "cited_in"),
    "notice": ("departments", "services", "norms", "supersedes"),
    "page": (),
}
"""The lists of notes in the part of each kind that its page shows."""


def history(kind: str, changes: Sequence[Part], events: Sequence[Part]) -> list[dict[str, Any]]:
    """What changed on the page, the newest first: what an editor says, and what happened to the
    note by itself, but for what stands above: what other norms did to it, and the states of a norm.
    The ids are for feeds to link to: of changes by their number from the oldest on."""
    found = [
        {name: event[name] for name in ("id", "date", "text")}
        for event in events
        if event["kind"] != "relation" and kind != "norm"
    ]
    found += [
        {"id": f"change_{len(changes) - index}", **change} for index, change in enumerate(changes)
    ]
    return sorted(found, key=lambda item: str(item["date"]), reverse=True)


def mentions(
    kind: str,
    part: Part,
    related: Iterable[Part],
    mentions: Sequence[Part],
    mentioned_in: Sequence[Part],
) -> dict[str, list[dict[str, Any]]]:
    """Both lists, each note with ``is_shown``: whether the page names it above it."""
    above = {ref["url"] for name in SHOWN[kind] for ref in part[name]}
    above |= {relation["norm"]["url"] for relation in part.get("relations", ()) if relation["norm"]}
    above |= {ref["url"] for ref in related}
    return {
        "mentions": _marked(mentions, above),
        "mentioned_in": _marked(mentioned_in, above | {ref["url"] for ref in mentions}),
    }


def _marked(refs: Iterable[Part], above: set[str]) -> list[dict[str, Any]]:
    return [{**ref, "is_shown": ref["url"] in above} for ref in refs]
