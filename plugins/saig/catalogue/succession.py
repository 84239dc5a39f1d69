"""Who takes whose place, and from which day (contract §1, ``supersedes``; docs/decisions/0027)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..notes.models import NoteFields
from .entry import Key
from .validity import DAY, Date

ALWAYS = Date.min
"""The day from which a note takes another's place, where neither says one."""

ONE_AT_A_TIME = ("contact", "service")
"""Kinds of which lists show either a note or the one that takes its place, by the day."""

Places = Mapping[Key, Sequence[tuple[Date, Key]]]
"""Of each note those that supersede it, with the first day on which they do."""


def takes_place_on(new: NoteFields, old: NoteFields) -> Date:
    """The first day on which a note stands for one that it supersedes: its own first day; where it
    has none, the day after the last one of the other."""
    own = new.valid_from or new.date
    return own or (old.valid_until + DAY if old.valid_until else ALWAYS)


def heirs(places: Places, day: Date) -> dict[Key, list[Key]]:
    """Of each note whose place is taken on a day, those that stand for it in the end: those that
    took it, or whoever took theirs. Notes that lead in a circle end where it closes."""
    found = {key: _heirs(places, key, day, frozenset((key,))) for key in places}
    return {key: others for key, others in found.items() if others != [key]}


def _heirs(places: Places, key: Key, day: Date, seen: frozenset[Key]) -> list[Key]:
    taking = [other for since, other in places.get(key, ()) if since <= day and other not in seen]
    if not taking:
        return [key]
    ends = (end for other in taking for end in _heirs(places, other, day, seen | {other}))
    return list(dict.fromkeys(ends))


def waiting(places: Places, day: Date) -> set[Key]:
    """The notes that are to take another's place on a later day, and have taken none yet."""
    days: dict[Key, list[Date]] = {}
    for taking in places.values():
        for since, key in taking:
            days.setdefault(key, []).append(since)
    return {key for key, since in days.items() if min(since) > day}
