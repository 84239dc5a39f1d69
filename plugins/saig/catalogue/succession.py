"""Which notes take others' places, and when (docs/notes.md, ``supersedes``; decision 27)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from .entry import key_of
from .lookup import Lookup, day_of
from .reached import reached
from .validity import DAY, Date, Validity

ALWAYS = Date.min
"""The day from which a note takes another's place if neither states a day."""

ONE_AT_A_TIME = ("contact", "service")
"""Kinds of which lists show either a note or the one that takes its place, depending on the day."""

Taking = Sequence[tuple[Date, str]]
"""The notes that supersede a note, each with the first day on which it does."""


def takes_place_on(new: Validity, old: Validity) -> Date:
    """The first day on which a note stands for one that it supersedes: its own first day; if it has
    none, the day after the other's last one."""
    own = new.valid_from or new.date
    return own or (old.valid_until + DAY if old.valid_until else ALWAYS)


def waits(takes: Collection[Date], day: Date) -> bool:
    """Whether a note will take another's place, and has taken none yet. ``takes``: the days on
    which it does."""
    return bool(takes) and min(takes) > day


def heirs(taking: Callable[[str], Taking], note: str, day: Date) -> list[str]:
    """The notes that stand for a note on a day: those that took its place, or took theirs in turn;
    the note itself if none did, or if following them only leads in circles."""
    found, seen, waiting = [], set(), [note]
    while waiting:
        one = waiting.pop()
        if one in seen:
            continue
        seen.add(one)
        following = [other for since, other in taking(one) if since <= day]
        if not following:
            found.append(one)
        waiting += reversed(following)  # so that heirs are found in the order of the fields
    return found or [note]


class Succession(Lookup):
    """The part of the catalogue that follows ``supersedes``. Notes are given by name. Norms are
    excluded: their relations say what becomes of them."""

    def taking(self, note: str) -> Taking:
        """The notes that may be shown and supersede a note, with the first day on which they do."""
        if key_of(note).kind == "norm" or not self.is_there(key_of(note)):
            return []
        old = self.validity(note)
        found = [
            (takes_place_on(self.validity(other), old), other)
            for other, status in self.under("superseding", note).items()
            if status != "hidden"
        ]
        self.changes_on(since for since, _ in found)
        return found

    def validity(self, note: str) -> Validity:
        """When a note holds."""
        said = self.row("dates", note)
        return Validity(*(day_of(said[name]) for name in ("valid_from", "valid_until", "date")))

    def superseded_on(self, note: str) -> Date | None:
        """The first day on which another note takes a note's place; None if none will."""
        return min((since for since, _ in self.taking(note)), default=None)

    def heirs_of(self, note: str) -> list[str] | None:
        """The notes that stand for a note today; None if it stands for itself."""
        if not self._is_taken(note):
            return None
        found = heirs(self._taking_once, note, self.day)
        return found if found != [note] else None

    def stands_for_of(self, note: str) -> list[str]:
        """The notes whose place a note has taken, as of today; none if others took its own."""
        return [] if self._is_taken(note) else reached(note, self._took_place_of)

    def _is_taken(self, note: str) -> bool:
        return any(since <= self.day for since, _ in self.taking(note))

    def _took_place_of(self, note: str) -> list[str]:
        """The notes whose place a note took itself, as of today."""
        return [
            other
            for other in self._supersedes(note)
            if any(by == note and since <= self.day for since, by in self._taking_once(other))
        ]

    def _taking_once(self, note: str) -> Taking:
        """As ``taking``, for those who ask for a whole line of notes."""
        return self.once(("taking", note), lambda: self.taking(note))

    def is_waiting(self, note: str) -> bool:
        """Whether a note will take another's place, and has taken none yet."""
        return waits(self._takes_places_on(note), self.day)

    def places_change_on(self, note: str) -> set[Date]:
        """The days on which a note takes a place, or its own is taken."""
        days = {since for since, _ in self.taking(note)} | self._takes_places_on(note)
        return days - {ALWAYS}

    def _takes_places_on(self, note: str) -> set[Date]:
        if not self.entry(note).is_listed:
            return set()
        return {
            since
            for other in self._supersedes(note)
            for since, by in self.taking(other)
            if by == note
        }

    def _supersedes(self, note: str) -> list[str]:
        """The existing notes that a note supersedes, by its own fields."""
        kind = key_of(note).kind
        names = self.row("references", note)["supersedes"] if kind != "norm" else ()
        found = (f"{kind}/{identifier}" for identifier in names)
        return [other for other in found if self.is_there(key_of(other))]
