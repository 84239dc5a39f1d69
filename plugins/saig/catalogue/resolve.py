"""Which norm a citation means.

In this order: whose norm the words say it is; the date, among norms of one type, number and year;
the site's default for the type, unless the date contradicts it; its name, if one note has that.
Otherwise nothing is guessed.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from ..citations.citation import Citation
from ..citations.grammar import Grammar
from ..citations.recognise import citations
from ..notes.slug import plain_name
from .entry import Entry

Reason = Literal["issuer", "date", "default", "name", "ambiguous", "contradiction", "unknown"]


class Meaning(NamedTuple):
    """What a citation says of the norm that it means."""

    type: str
    number: str | None
    year: int | None
    date: str | None
    issuer: str | None
    name: str | None = None

    @classmethod
    def of(cls, citation: Citation) -> Meaning:
        day: datetime.date | None = citation.date
        return cls(
            citation.type,
            citation.number,
            citation.year,
            day.isoformat() if day else None,
            citation.issuer or citation.jurisdiction,
            plain_name(citation.name) if citation.name else None,
        )

    @property
    def numbered(self) -> str | None:
        """Under which number and year the norms are that it may mean."""
        return f"{self.number} {self.year}" if self.number is not None else None

    @property
    def dated(self) -> str | None:
        """Under which day they are, if no number is said."""
        return self.date if self.number is None else None

    @property
    def keys(self) -> list[str]:
        """All of these, and the name: under what the norms are that it may mean."""
        return [key for key in (self.numbered, self.dated, self.name) if key]


@dataclass(frozen=True)
class Resolution:
    norm: Entry | None
    reason: Reason
    candidates: list[Entry]


def resolve_citation(
    said: Meaning,
    found: Sequence[Entry],
    named: Sequence[Entry],
    defaults: Mapping[str, str],
    may_mean: Mapping[str, frozenset[str]],
) -> Resolution:
    """``found``: the norms of the citation's number and year, or of its day; ``named``: those that
    have its name, whatever their type; ``defaults``: whose norm a type is where nothing is said
    (``default_jurisdictions`` of site.yaml); ``may_mean``: for which types one is also written."""
    types = may_mean.get(said.type, {said.type})
    candidates = [entry for entry in found if entry.identity["type"] in types]
    candidates += [entry for entry in named if entry not in candidates]
    if said.issuer:
        candidates = [e for e in candidates if _is_of(e, said.issuer, e in named)]
    dated = [e for e in candidates if said.date and e.identity["date_document"] == said.date]
    if not candidates:
        return Resolution(None, "unknown", [])
    if said.date and not dated:
        return Resolution(None, "contradiction", candidates)
    if len(those := dated or candidates) == 1 and (said.issuer or dated):
        return Resolution(those[0], "issuer" if said.issuer else "date", candidates)
    if len(those) == 1 and those[0] in named:
        return Resolution(those[0], "name", candidates)
    default = defaults.get(said.type)
    own = [e for e in those if default and e.identity["jurisdiction"] == default]
    if len(own) == 1:
        return Resolution(own[0], "default", candidates)
    return Resolution(None, "ambiguous", candidates)


def main_names(titles: Iterable[str], grammar: Grammar) -> list[str]:
    """What a norm with these titles is called by its packs: ``baugesetzbuch`` of one that is called
    ``BauGB``."""
    cited = (next(citations(title, grammar), None) for title in titles)
    return [plain_name(one.name) for one in cited if one and one.name and one.start == 0]


def number_in_year(identity: Mapping[str, Any]) -> str | None:
    """A norm's number without its year, which some write before it: ``1021`` of ``2018-1021``."""
    number, year = identity["number"], identity["year"]
    return number.removeprefix(f"{year}-") if number else None


def _is_of(norm: Entry, issuer: str, is_named: bool) -> bool:
    """Whether a norm is whose the words say it is; one with the name need not say that."""
    whose = norm.identity["jurisdiction"]
    return bool(whose == issuer or (is_named and whose is None))
