"""Contacts above and below each other, as of today."""

from __future__ import annotations

from .catalogue import Catalogue
from .entry import Entry


def organisation(catalogue: Catalogue) -> Entry | None:
    """The contact of the whole administration."""
    named = catalogue.get("contact", catalogue.site.organisation)
    return catalogue.heirs(named)[0] if named else None


def security_email(catalogue: Catalogue) -> str | None:
    """The address for reports of security problems, in ``security.txt``; None: no such file."""
    top = organisation(catalogue)
    reach = next(iter(catalogue.row("reach", top.name).values())) if top else {"emails": []}
    return next(iter(reach["emails"]), None)


def parents_of(catalogue: Catalogue, contact: Entry) -> list[Entry]:
    """The contacts above a contact, the nearest last, up to a hidden or missing one. Empty if
    successions make a circle back to the contact."""
    line: list[Entry] = []
    current = contact
    while parent := catalogue.row("dates", current.name)["parent"]:
        named = catalogue.get("contact", parent)
        if named is None:
            break
        above = catalogue.heirs(named)[0]
        if above is contact:
            return []
        if above in line or not above.is_listed:
            break
        line.insert(0, above)
        current = above
    return line


def children_of(catalogue: Catalogue, contact: Entry) -> list[Entry]:
    """The contacts whose nearest parent is this one."""
    named = [contact, *catalogue.stands_for(contact)]
    found = {child for one in named for child in catalogue.referencing(one.id, "contact", "parent")}
    return [
        child
        for child in sorted(found, key=lambda child: child.id)
        if catalogue.has_its_place(child) and parents_of(catalogue, child)[-1:] == [contact]
    ]
