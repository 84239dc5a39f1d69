"""Which norm of the catalogue a citation means.

In this order: whose norm the words say it is; the date, among norms of one type, number and year;
the site's default for the type, unless the date contradicts it. Otherwise nothing is guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from ..citations.forms import MAY_MEAN
from ..citations.recognise import Citation
from .entry import Entry

if TYPE_CHECKING:
    from .catalogue import Catalogue

Reason = Literal["issuer", "date", "default", "ambiguous", "contradiction", "unknown"]


@dataclass(frozen=True)
class Resolution:
    norm: Entry | None
    reason: Reason
    candidates: list[Entry]


def resolve_citation(catalogue: Catalogue, citation: Citation) -> Resolution:
    if citation.number is None:
        named = catalogue.of_day(citation.date) if citation.date else []
    else:
        named = catalogue.numbered(citation.number, citation.year)
    types = MAY_MEAN.get(citation.type, {citation.type})
    candidates = [entry for entry in named if entry.identity["type"] in types]
    issuer = citation.issuer or citation.jurisdiction
    if issuer:
        candidates = [e for e in candidates if e.identity["jurisdiction"] == issuer]
    day = citation.date.isoformat() if citation.date else None
    dated = [e for e in candidates if day and e.identity["date_document"] == day]
    if not candidates:
        return Resolution(None, "unknown", [])
    if day and not dated:
        return Resolution(None, "contradiction", candidates)
    if len(found := dated or candidates) == 1 and (issuer or dated):
        return Resolution(found[0], "issuer" if issuer else "date", candidates)
    default = catalogue.site.default_jurisdictions.get(citation.type)
    own = [e for e in found if default and e.identity["jurisdiction"] == default]
    if len(own) == 1:
        return Resolution(own[0], "default", candidates)
    return Resolution(None, "ambiguous" if candidates else "unknown", candidates)
