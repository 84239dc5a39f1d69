"""The norms in groups: by state, type, year and topic, and by their relations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from ..packs.law import Law
from .catalogue import Catalogue
from .entry import Entry
from .norms import Act
from .notes_lists import newest_first

STATES = (
    "in-force",
    "partly-in-force",
    "suspended",
    "not-yet-in-force",
    "unknown",
    "no-longer-in-force",
)
"""The states, in the order in which readers want them."""

GROUPED = ("type", "year", "topic")
"""The views that are lists of their own; norms by state are on the section's page."""

ALONE = "alone"
"""The group of norms without relations."""


def norms_by(catalogue: Catalogue, view: str) -> dict[str, list[Entry]]:
    """The norms grouped by a view ('' for the state), in each group the newest first."""
    norms = newest_first(catalogue.listed_of("norm"))
    if view == "relations":
        return _together(catalogue, norms)
    of: Callable[[Entry], Sequence[str]]
    if view == "type":
        of = partial(_type, catalogue.site.law)
        types = [of(norm)[0] for norm in norms]
        names = sorted(set(types), key=lambda name: (-types.count(name), name))
    elif view == "year":
        of, names = _year, sorted({_year(norm)[0] for norm in norms}, reverse=True)
    elif view == "topic":
        names = [*catalogue.site.topics, ""]
        of = lambda norm: catalogue.references(norm)["topics"] or [""]  # noqa: E731
    else:
        names = list(STATES)
        of = lambda norm: [catalogue.state(norm).word]  # noqa: E731
    found: dict[str, list[Entry]] = {name: [] for name in names}
    for norm in norms:
        for name in of(norm):
            if name in found:
                found[name].append(norm)
    return found


def _type(law: Law, norm: Entry) -> list[str]:
    """Its type; '' if packs have that code for other jurisdictions only, as the group would get the
    name that it has there."""
    code, whose = norm.identity["type"] or "", norm.identity["jurisdiction"]
    is_of_others = code in law.types and law.type_of(code, whose) is None
    return ["" if is_of_others else code]


def _year(norm: Entry) -> list[str]:
    return [str(norm.identity["year"] or "")]


def acts_of(catalogue: Catalogue, norm: Entry) -> list[tuple[Act, Entry]]:
    """What a norm does to norms that may be listed, the oldest of these first."""
    named = ((act, catalogue.norm_named(act.norm)) for act in catalogue.relations(norm))
    found = [(act, other) for act, other in named if other and other.is_listed]
    return sorted(found, key=lambda pair: pair[1].listed.age)


def _together(catalogue: Catalogue, norms: Sequence[Entry]) -> dict[str, list[Entry]]:
    """Groups of norms that are related, also through others, named by their newest; the largest
    first."""
    group = {norm: [norm] for norm in norms}
    for one in norms:
        for _, other in acts_of(catalogue, one):
            if group[one] is not group[other]:
                small, large = sorted((group[one], group[other]), key=len)
                large += small
                for norm in small:
                    group[norm] = large
    distinct = sorted(
        {id(found): found for found in group.values()}.values(), key=len, reverse=True
    )
    groups = [[norm for norm in norms if norm in found] for found in map(set, distinct)]
    linked = {found[0].name: found for found in groups if len(found) > 1}
    return {**linked, ALONE: [found[0] for found in groups if len(found) == 1]}
