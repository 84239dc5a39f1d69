"""A norm that a template found in a text, before it is a citation."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace

from .pattern_tables import Head


@dataclass(frozen=True, slots=True)
class FoundNorm:
    """A norm found: where, as offsets in the normalised text, and what is said of it."""

    start: int
    end: int
    head: Head
    number: str | None
    year: int | None
    date: datetime.date | None
    issuer: str | None
    name: str | None


def with_antecedents(norms: list[FoundNorm]) -> list[FoundNorm]:
    """What names a norm by its kind or year alone (*the Act*, *the Act of 2000*) has the number,
    year, day and name of the last one of that kind, and that year."""
    last: dict[tuple[str, int | None], FoundNorm] = {}
    whole = []
    for norm in norms:
        kind = norm.head.type
        if norm.number is None and norm.name is None and norm.date is None:
            if meant := last.get((kind, norm.year)):
                norm = replace(
                    norm, number=meant.number, year=meant.year, date=meant.date, name=meant.name
                )
        else:
            last[kind, None] = last[kind, norm.year] = norm
        whole.append(norm)
    return whole
