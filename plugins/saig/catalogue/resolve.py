"""Which norm a citation means.

In this order: whose norm the words say it is; the date, among norms of one type, number and year;
the site's default for the type, unless the date contradicts it. Otherwise nothing is guessed.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from ..citations.citation import Citation
from .entry import Entry

Reason = Literal["issuer", "date", "default", "ambiguous", "contradiction", "unknown"]


class Meaning(NamedTuple):
    """What a citation says of the norm that it means."""

    type: str
    number: str | None
    year: int | None
    date: str | None
    issuer: str | None

    @classmethod
    def of(cls, citation: Citation) -> Meaning:
        day: datetime.date | None = citation.date
        return cls(
            citation.type,
            citation.number,
            citation.year,
            day.isoformat() if day else None,
            citation.issuer or citation.jurisdiction,
        )

    @property
    def keys(self) -> list[str]:
        """Under which number and year, or day, the norms are that it may mean."""
        if self.number is not None:
            return [f"{self.number} {self.year}"]
        return [self.date] if self.date else []


@dataclass(frozen=True)
class Resolution:
    norm: Entry | None
    reason: Reason
    candidates: list[Entry]


def resolve_citation(
    said: Meaning,
    named: Callable[[Meaning], list[Entry]],
    defaults: Mapping[str, str],
    may_mean: Mapping[str, frozenset[str]],
) -> Resolution:
    """``named``: the norms of the citation's number and year, or of its day; ``defaults``: whose norm
    a type is where nothing is said (``default_jurisdictions`` of site.yaml); ``may_mean``: the types that one is also written for."""
    types = may_mean.get(said.type, {said.type})
    candidates = [entry for entry in named(said) if entry.identity["type"] in types]
    if said.issuer:
        candidates = [e for e in candidates if e.identity["jurisdiction"] == said.issuer]
    dated = [e for e in candidates if said.date and e.identity["date_document"] == said.date]
    if not candidates:
        return Resolution(None, "unknown", [])
    if said.date and not dated:
        return Resolution(None, "contradiction", candidates)
    if len(found := dated or candidates) == 1 and (said.issuer or dated):
        return Resolution(found[0], "issuer" if said.issuer else "date", candidates)
    default = defaults.get(said.type)
    own = [e for e in found if default and e.identity["jurisdiction"] == default]
    if len(own) == 1:
        return Resolution(own[0], "default", candidates)
    return Resolution(None, "ambiguous" if candidates else "unknown", candidates)
