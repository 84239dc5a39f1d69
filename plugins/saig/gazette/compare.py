"""Compares the notes of norms with the gazette's records: every difference is a problem."""

from __future__ import annotations

from collections.abc import Mapping

from ..catalogue.catalogue import Catalogue
from ..notes.norm_fields import Norm
from ..notes.problem import Problem
from .acts import acts_of
from .differences import Explained
from .facts import facts_of
from .records import IDENTIFIER, GazetteRecord
from .relations import relations_of


def identifier_of(facts: Norm) -> str | None:
    """The State gazette's reference of a norm, or else that of another gazette."""
    found = [one.id for one in facts.published_in if one.id and IDENTIFIER.fullmatch(one.id)] + [
        match[0] for one in facts.published_in if (match := IDENTIFIER.search(one.url or ""))
    ]
    return next((one for one in found if one.startswith("BOE-")), next(iter(found), None))


def compared(catalogue: Catalogue, records: Mapping[str, GazetteRecord]) -> list[Problem]:
    """All differences. ``records``: by the names of the norms' notes (``norm/llei-1-2020``)."""
    entries = [entry for entry in catalogue.every("norm")]
    known = {identifier: entry for entry in entries if (identifier := identifier_of(entry.facts))}
    known |= {records[entry.name].identifier: entry for entry in entries if entry.name in records}
    explained = {entry.name: Explained(entry) for entry in entries}
    found: list[Problem] = []
    for entry in entries:
        if record := records.get(entry.name):
            found += facts_of(catalogue, entry, record, explained[entry.name])
            found += acts_of(entry, record, known, explained[entry.name])
    found += relations_of(entries, records, known, explained)
    for entry in entries:
        if entry.name in records:
            found += explained[entry.name].vain()
    return found
