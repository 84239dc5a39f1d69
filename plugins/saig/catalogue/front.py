"""The parts of long lists that front pages show: the latest notices and norms, the first of others.

Notices are looked up year by year, the last year first, until there are enough.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..words import N_
from .catalogue import Catalogue
from .contacts import organisation, parents_of
from .entry import Entry
from .lists import by_title, current_services, years
from .lookup import derived
from .notes_lists import newest_first
from .validity import Date

FIRST = 20
"""Departments, and services, on the home page."""


@derived(N_("the notices of %(key)s"))
def of_year_now(catalogue: Catalogue, year: str) -> Any:
    """Of a year, the notices that hold or will, and those that are over, the newest first, with
    their days; and the next day on which that changes."""
    found = catalogue.under("year", year)
    notes = sorted(found)
    notes.sort(key=lambda note: str(found[note]), reverse=True)
    entries = catalogue.entries_of(notes)
    past = {entry.name for entry in entries if catalogue.is_past(entry)}
    days = {day for entry in entries for day in catalogue.transition_dates(entry)}
    return [
        [[note, found[note]] for note in notes if note not in past],
        [[note, found[note]] for note in notes if note in past],
        catalogue.next_of(days),
    ]


def notices(catalogue: Catalogue, *, past: bool = False) -> Iterator[tuple[Entry, Date]]:
    """The notices that hold or will, or if ``past`` those that are over; the newest first, with
    days."""
    for year in years(catalogue):
        for note, day in of_year_now(catalogue, str(year))[past]:
            yield catalogue.entry(note), Date.fromisoformat(day)


@derived(N_("the next day on which a notice changes"))
def notices_change_on(catalogue: Catalogue) -> Any:
    """The next day on which the state of a notice changes."""
    found = (of_year_now(catalogue, str(year))[2] for year in years(catalogue))
    return min(filter(None, found), default=None)


@derived(N_("which notices are no routine"))
def important_now(catalogue: Catalogue) -> Any:
    """The non-routine notices that hold or will, with their days, the newest first."""
    entries = [entry for entry in catalogue.important() if entry.is_listed]
    entries = [entry for entry in entries if not catalogue.is_past(entry)]
    return [[entry.name, entry.listed.age[0]] for entry in newest_first(entries)]


def important(catalogue: Catalogue) -> list[tuple[Entry, Date]]:
    """As ``notices``, of those that are not routine."""
    found = important_now(catalogue)
    return [(catalogue.entry(note), Date.fromisoformat(day)) for note, day in found]


def urgent(catalogue: Catalogue) -> list[Entry]:
    """The urgent notices that hold today, the newest first: shown at the top of every page."""
    return newest_first(filter(catalogue.is_current, catalogue.urgent()))


@derived(N_("the next day on which a note is to come"))
def next_date_now(catalogue: Catalogue) -> Any:
    """The next day on which another notice or norm becomes one of the latest."""
    first, following = (Date(catalogue.day.year + more, 1, 1) for more in (0, 1))
    days = [
        Date.fromisoformat(day)
        for year in years(catalogue)
        if year >= catalogue.day.year
        for day in catalogue.under("year", str(year)).values()
    ]
    days += catalogue.newest_of("norm").values()
    catalogue.changes_on([first, following])
    return catalogue.next_of(days)


def coming(*days: str | None) -> list[Date]:
    """The dates among these values, without None."""
    return [Date.fromisoformat(day) for day in days if day]


@derived(N_("the departments of the home page"))
def first_departments(catalogue: Catalogue, lang: str) -> Any:
    """The departments on the home page, by title; if there are many, the highest ones only."""
    top = organisation(catalogue)
    found = [
        entry
        for entry in by_title(catalogue, "contact", lang)
        if entry is not top and catalogue.is_current(entry) and catalogue.has_its_place(entry)
    ]
    highest = set(sorted(found, key=lambda entry: len(parents_of(catalogue, entry)))[:FIRST])
    return [entry.name for entry in found if entry in highest]


@derived(N_("the services of the home page"))
def first_services(catalogue: Catalogue, lang: str) -> Any:
    return [entry.name for entry in current_services(catalogue, lang)[:FIRST]]
