"""The lists of other notes that belong to a department, a service or a norm."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..notes.references import REFERENCES
from ..words import N_
from .catalogue import Catalogue
from .contacts import children_of, parents_of
from .entry import Entry
from .lookup import derived
from .mentions import mentioned_by, mentioning

SHOWN = {"notices": 8, "related": 5, "mentioned_in": 5}
OTHERS_SHOWN = 10
"""Entries of a list on the note's own page. The complete lists are on further pages."""

WITH_LISTS = ("contact", "service", "norm")
"""Kinds of notes that have such pages."""

Lists = dict[str, list[Entry]]


@derived(N_("the lists of %(note)s"))
def lists_now(catalogue: Catalogue, note: str) -> Any:
    """As ``lists_of``, with the names of notes."""
    entry = catalogue.entry(note)
    lists = {"contact": _of_contact, "service": _of_service, "norm": _of_norm}[entry.kind](
        catalogue, entry
    )
    told = {*_beside(catalogue, entry), *(other for found in lists.values() for other in found)}
    lists["related"] = norms_newest_first(related_notes(catalogue, entry, told))
    told |= {*lists["related"], *mentioned_by(catalogue, entry), *catalogue.supersedes(entry)}
    lists["mentioned_in"] = norms_newest_first(
        other for other in mentioning(catalogue, entry) if other not in told
    )
    return {name: [other.name for other in found] for name, found in lists.items()}


def lists_of(catalogue: Catalogue, note: str) -> Lists:
    """The lists of a note, complete, by their names in its document. ``mentioned_in``: those that
    are in no other list."""
    return {name: catalogue.entries_of(found) for name, found in lists_now(catalogue, note).items()}


def shown(name: str, found: Lists) -> list[Entry]:
    """The entries of a list that the note's own page shows."""
    return found[name][: SHOWN.get(name, OTHERS_SHOWN)]


def are_long(found: Lists) -> bool:
    """Whether the lists do not fit on the note's own page."""
    return any(len(shown(name, found)) < len(entries) for name, entries in found.items())


def _of_contact(catalogue: Catalogue, contact: Entry) -> Lists:
    services = catalogue.referencing_now(contact, "service", "departments")
    return {
        "services": list(filter(catalogue.is_current, services)),
        "notices": newest_first(catalogue.notices_about(contact, "departments")),
        "norms": newest_first(catalogue.referencing_now(contact, "norm", "departments")),
    }


def _of_service(catalogue: Catalogue, service: Entry) -> Lists:
    return {
        "norms": newest_first(catalogue.referenced("norm", catalogue.references(service)["norms"])),
        "notices": newest_first(catalogue.notices_about(service, "services")),
    }


def _of_norm(catalogue: Catalogue, norm: Entry) -> Lists:
    kinds = ("notice", "page", "service")
    explaining = [e for kind in kinds for e in catalogue.referencing(norm.id, kind, "norms")]
    cited = (other for other in mentioning(catalogue, norm) if other.kind != "norm")
    return {
        "explained_in": explaining,
        "cited_in": [other for other in cited if other not in explaining],
    }


def _beside(catalogue: Catalogue, entry: Entry) -> list[Entry]:
    """The other notes that the note's page names."""
    if entry.kind == "contact":
        return [*parents_of(catalogue, entry), *children_of(catalogue, entry)]
    departments = catalogue.referenced_now(entry, "departments")
    if entry.kind == "service":
        return [*departments, *obliging_norm(catalogue, entry)]
    acted_on = (catalogue.norm_named(act.norm) for act in catalogue.relations(entry))
    acting = (catalogue.norm(done.by) for done in catalogue.done_to(entry.name) if done.by)
    return [*departments, *filter(None, acted_on), *acting]


def obliging_norm(catalogue: Catalogue, service: Entry) -> list[Entry]:
    """The norm that obliges everyone to use the service online, if any, and if it may be shown."""
    return catalogue.referenced("norm", [catalogue.references(service)["online_only_norm"] or ""])


def related_notes(catalogue: Catalogue, entry: Entry, shown: set[Entry]) -> list[Entry]:
    """Notes that share departments, services or norms with this one in their fields, in either
    direction, without those that the page shows anyway."""
    found: dict[Entry, None] = {}
    for name, kind in REFERENCES.items():
        found |= dict.fromkeys(catalogue.referenced_now(entry, name))
        if entry.kind == kind:
            for other_kind in ("service", "notice", "page"):
                found |= dict.fromkeys(catalogue.referencing_now(entry, other_kind, name))
    return [other for other in found if other not in shown and other is not entry]


def newest_first(entries: Iterable[Entry]) -> list[Entry]:
    """The entries by age, the newest first, then by id, so that the order is the same
    everywhere."""
    return sorted(
        sorted(entries, key=lambda entry: entry.id),
        key=lambda entry: entry.listed.age,
        reverse=True,
    )


def norms_newest_first(entries: Iterable[Entry]) -> list[Entry]:
    """The same entries with the norms among them in order of time; the others keep their places."""
    entries = list(entries)
    norms = iter(newest_first(entry for entry in entries if entry.kind == "norm"))
    return [next(norms) if entry.kind == "norm" else entry for entry in entries]
