"""What the report has: sections, and a row for each thing to look at."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field

from ..words import N_

Date = datetime.date

SECTIONS = {
    "changes": N_("What changes by itself"),
    "ends": N_("What ends, and what follows it"),
    "wrong": N_("What will be wrong"),
    "verify": N_("Facts to verify"),
    "translations": N_("Translations that are missing or outdated"),
    "norms": N_("Norms that changed since the notes that lean on them"),
    "drafts": N_("Drafts, the oldest first"),
    "addresses": N_("Addresses that are not recorded"),
    "links": N_("Links that were not found good lately"),
    "repeated": N_("Facts that stand in many notes"),
}
"""By the name that the JSON has, the heading."""


@dataclass(frozen=True)
class Row:
    """``path``: the note's file, from the project's folder; ``departments``: ids of contacts.
    ``deadline``: the day from which it matters, if there is one; ``count``: words, sentences or
    notes, where that is what it tells."""

    section: str
    text: str
    path: str | None = None
    title: str | None = None
    line: int | None = None
    departments: Sequence[str] = ()
    deadline: Date | None = None
    count: int | None = None


@dataclass(frozen=True)
class Report:
    """``day``: the day that it is of; ``until``: how far it looks ahead. ``departments``: names by
    id."""

    day: Date
    until: Date
    rows: Sequence[Row]
    departments: dict[str, str] = field(default_factory=dict)

    def section(self, name: str) -> list[Row]:
        """Its rows: those with a deadline first, by day."""
        found = [row for row in self.rows if row.section == name]
        return sorted(found, key=lambda row: (row.deadline is None, row.deadline or Date.max))

    def who(self, row: Row) -> str:
        """The names of those who look after it."""
        return ", ".join(self.departments.get(one, one) for one in row.departments)

    def of(self, department: str) -> Report:
        """The same for one department: its rows, and those of nobody."""
        rows = [row for row in self.rows if not row.departments or department in row.departments]
        return Report(self.day, self.until, rows, self.departments)
