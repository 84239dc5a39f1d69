"""What releases there are."""

from __future__ import annotations

from dataclasses import dataclass

from .place import Place
from .recovery import load


@dataclass(frozen=True)
class Release:
    release: str
    number: int
    time: str
    commit: str | None
    differs: bool | None
    pages: int
    current: bool


def releases(place: Place) -> list[Release]:
    """The releases that are there, the latest first. Without the lock: it may be read at any time."""
    chain = load(place)
    current = place.current_release()
    there = set(place.kept())
    found: list[Release] = []
    for publication in chain.publications:
        name = publication.release
        if publication.kind == "publish" and name and name in there:
            found.append(
                Release(
                    name,
                    publication.number,
                    publication.time,
                    publication.commit,
                    publication.differs,
                    chain.state_at(publication.number).pages,
                    name == current,
                )
            )
    return found[::-1]
