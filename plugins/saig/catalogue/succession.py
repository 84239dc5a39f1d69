"""Who takes whose place, from which day (docs/notes.md, ``supersedes``; docs/decisions/0027)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from .entry import key_of
from .lookup import Lookup, day_of
from .reached import reached
from .validity import DAY, Date, Validity

ALWAYS = Date.min
"""The day from which a note takes another's place, where neither says one."""

ONE_AT_A_TIME = ("contact", "service")
"""Kinds of which lists show either a note or the one that takes its place, by the day."""

Taking = Sequence[tuple[Date, str]]
"""Those that supersede a note, each with the first day on which it does."""


def takes_place_on(new: Validity, old: Validity) -> Date:
    """The first day on which a note stands for one that it supersedes: its own first day; where it
    has none, the day after the last one of the other."""
    own = new.valid_from or new.date
    return own or (old.valid_until + DAY if old.valid_until else ALWAYS)


def waits(takes: Collection[Date], day: Date) -> bool:
    """Whether a note is to take another's place on a later day, and has taken none yet. ``takes``:
    the days on which it does."""
    return bool(takes) and min(takes) > day


def heirs(taking: Callable[[str], Taking], note: str, day: Date) -> list[str]:
    """Those that stand for a note on a day in the end: who took its place, or whoever took theirs;
    the note itself where nobody did. Notes that lead in a circle end where it closes."""
    return _heirs(taking, note, day, frozenset((note,)))


def _heirs(
    taking: Callable[[str], Taking], note: str, day: Date, seen: frozenset[str]
) -> list[str]:
    following = [other for since, other in taking(note) if since <= day and other not in seen]
    if not following:
        return [note]
    ends = (end for other in following for end in _heirs(taking, other, day, seen | {other}))
    return list(dict.fromkeys(ends))


class Succession(Lookup):
    """The part of a catalogue that follows ``supersedes``. Notes are called by their names. Of a
    norm its relations say what becomes of it, so it has no place to be taken."""

    def taking(self, note: str) -> Taking:
        """Those that may be shown, and supersede a note, with the first day on which they do."""
        if key_of(note).kind == "norm" or not self.is_there(key_of(note)):
            return []
        old = self.validity(note)
        found = [
            (takes_place_on(self.validity(other), old), other)
            for other in self.under("superseding", note)
            if self.entry(other).status != "hidden"
        ]
        self.changes_on(since for since, _ in found)
        return found

    def validity(self, note: str) -> Validity:
        """When a note holds."""
        said = self.row("dates", note)
        return Validity(*(day_of(said[name]) for name in ("valid_from", "valid_until", "date")))

    def superseded_on(self, note: str) -> Date | None:
        return min((since for since, _ in self.taking(note)), default=None)

    def heirs_of(self, note: str) -> list[str] | None:
        """Who stands for a note today; None where it does so itself."""
        found = heirs(self.taking, note, self.day)
        return found if found != [note] else None

    def stands_for_of(self, note: str) -> list[str]:
        """The notes whose place it has today."""
        before = [other for other in reached(note, self._supersedes) if other != note]
        return [other for other in before if note in heirs(self.taking, other, self.day)]

    def is_waiting(self, note: str) -> bool:
        """Whether it is to take another's place on a later day, and has taken none yet."""
        return waits(self._takes_places_on(note), self.day)

    def places_change_on(self, note: str) -> set[Date]:
        """The days on which a note takes a place, or its own is taken."""
        days = {since for since, _ in self.taking(note)} | self._takes_places_on(note)
        return days - {ALWAYS}

    def _takes_places_on(self, note: str) -> set[Date]:
        if self.entry(note).status == "hidden":
            return set()
        return {
            since
            for other in self._supersedes(note)
            for since, by in self.taking(other)
            if by == note
        }

    def _supersedes(self, note: str) -> list[str]:
        """The notes that it says it supersedes, as far as they are there."""
        kind = key_of(note).kind
        names = self.row("references", note)["supersedes"] if kind != "norm" else ()
        found = (f"{kind}/{identifier}" for identifier in names)
        return [other for other in found if self.is_there(key_of(other))]
