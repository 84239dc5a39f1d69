"""Who stands for whom, of all notes whose places are taken; for tests of ``catalogue.succession``."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from saig.catalogue.succession import heirs as heirs_of
from saig.catalogue.succession import waits


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
