"""Which norm a citation means.

Decided in this order: the issuer that the words name; the date, among norms of one type, number and
year; the site's default for the type, unless the date contradicts it; the name, if one note has it.
Otherwise the citation is unresolved: nothing is guessed.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from ..citations.citation import Citation
from ..citations.grammar import Grammar
from ..citations.recognise import citations
from ..notes.slug import plain_name
from ..notes.value_types import ID_PATTERN
from .entry import Entry

ARTICLE = 4
"""Characters that may stand before a citation: *las*, and a space."""

Reason = Literal["issuer", "date", "default", "name", "ambiguous", "contradiction", "unknown"]


class Meaning(NamedTuple):
    """What a citation says about the norm that it means."""

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
        """The key of its number and year, if it has them."""
        return f"{self.number} {self.year}" if self.number is not None else None

    @property
    def dated(self) -> str | None:
        """The key of its day, if it has no number."""
        return self.date if self.number is None else None

    @property
    def keys(self) -> list[str]:
        """All keys under which the norms are that it may mean: these, and its name."""
        return [key for key in (self.numbered, self.dated, self.name) if key]


def cited_norm(written: str, grammar: Grammar) -> Meaning | None:
    """What a citation of a whole norm says of it, as in ``la Llei 3/2019 de Catalunya``; else
    None."""
    if re.fullmatch(ID_PATTERN, written):
        return None
    found = list(citations(written, grammar))
    if len(found) != 1 or found[0].provisions or found[0].start > ARTICLE:
        return None
    return Meaning.of(found[0])


@dataclass(frozen=True)
class Resolution:
    """What a citation means. ``norm``: None if that is not certain; ``reason``: why it is this one, or
    none; ``candidates``: all that it may mean."""

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
    """The norm that a citation means. ``found``: the norms of its number and year, or of its day;
    ``named``: those with its name, of any type; ``defaults``: type -> jurisdiction if none is named
    (``default_jurisdictions`` of site.yaml); ``may_mean``: type -> other types so called."""
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
    """The names that packs give a norm with these titles: ``baugesetzbuch`` for ``BauGB``."""
    cited = (next(citations(title, grammar), None) for title in titles)
    return [plain_name(one.name) for one in cited if one and one.name and one.start == 0]


def number_in_year(identity: Mapping[str, Any]) -> str | None:
    """A norm's number without a year that precedes it: ``1021`` of ``2018-1021``."""
    number, year = identity["number"], identity["year"]
    return number.removeprefix(f"{year}-") if number else None


def _is_of(norm: Entry, issuer: str, is_named: bool) -> bool:
    """Whether a norm is of the issuer that is named; a norm found by name need not state one."""
    whose = norm.identity["jurisdiction"]
    return bool(whose == issuer or (is_named and whose is None))
