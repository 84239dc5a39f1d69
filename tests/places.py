"""Who stands for whom, of all notes whose places are taken; for tests of ``catalogue.succession``."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from typing import Any, cast

from saig.catalogue.lookup import RowSource
from saig.catalogue.succession import Succession, waits
from saig.catalogue.succession import heirs as heirs_of


def heirs(places: Mapping[Any, Any], on: datetime.date) -> dict[Any, Any]:
    """Of each note whose place is taken on a day, those that stand for it."""
    found = {note: heirs_of(lambda one: places.get(one, ()), note, on) for note in places}
    return {note: others for note, others in found.items() if others != [note]}


def waiting(places: Mapping[Any, Any], on: datetime.date) -> set[Any]:
    """The notes that are to take a place on a later day, and have taken none yet."""
    takes: dict[Any, list[datetime.date]] = {}
    for taking in places.values():
        for since, note in taking:
            takes.setdefault(note, []).append(since)
    return {note for note, days in takes.items() if waits(days, on)}


class _Rows:
    """The rows of contacts, as far as successions look them up. ``supersedes``: of each contact,
    those whose places it takes; ``since``: the day on which it does."""

    def __init__(
        self, supersedes: Mapping[str, list[str]], since: Mapping[str, datetime.date]
    ) -> None:
        self.supersedes = supersedes
        self.since = since

    def rows(self, _: str, table: str, key: str) -> list[tuple[str, str]]:
        if table == "superseding":
            by = [note for note, others in self.supersedes.items() if key in others]
            return [(note, '"published"') for note in by]
        named = [other.partition("/")[2] for other in self.supersedes[key]]
        dates = {"valid_from": str(self.since[key]), "valid_until": None, "date": None}
        values = {"there": 1, "dates": dates, "references": {"supersedes": named}}
        return [(key, json.dumps(values[table]))]


def succession(
    supersedes: Mapping[str, list[str]], since: Mapping[str, datetime.date], on: datetime.date
) -> Succession:
    """What the catalogue says of successions of contacts on a day."""
    return Succession(cast(RowSource, _Rows(supersedes, since)), "shown", on)
