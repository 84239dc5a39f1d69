"""The end of a note's page: what changed, and the related notes that the page does not show above.
Pure functions of the document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from .common import Facts

SHOWN = {
    "contact": ("services", "notices", "norms", "children", "supersedes", "superseded_by"),
    "service": ("departments", "norms", "notices", "supersedes"),
    "norm": ("departments", "explained_in", "cited_in"),
    "notice": ("departments", "services", "norms", "supersedes"),
    "page": (),
}
"""Kind -> the lists of notes in its part that its page shows."""


def history(kind: str, changes: Sequence[Facts], events: Sequence[Facts]) -> list[dict[str, Any]]:
    """What changed on the page, the newest first: changes by editors, and events of the note,
    except those shown above (what other norms did to it, and a norm's states). The ids are for
    links from feeds: changes are numbered from the oldest on."""
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
    part: Facts,
    related: Iterable[Facts],
    mentions: Sequence[Facts],
    mentioned_in: Sequence[Facts],
) -> dict[str, list[dict[str, Any]]]:
    """Both lists, each note with ``is_shown``: whether the page names it above."""
    above = {ref["url"] for name in SHOWN[kind] for ref in part[name]}
    above |= {relation["norm"]["url"] for relation in part.get("relations", ()) if relation["norm"]}
    above |= {ref["url"] for ref in related}
    return {
        "mentions": _marked(mentions, above),
        "mentioned_in": _marked(mentioned_in, above | {ref["url"] for ref in mentions}),
    }


def _marked(refs: Iterable[Facts], above: set[str]) -> list[dict[str, Any]]:
    return [{**ref, "is_shown": ref["url"] in above} for ref in refs]
