"""Addresses of the site itself in fields: they are checked like links in texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..notes.placeholders import is_placeholder
from ..notes.problem import Problem
from ..notes.urls import within
from ..words import N_
from .catalogue import Catalogue
from .entry import Entry
from .fragments import link_status
from .uses import UrlOccurrence, of_facts


def check_own_addresses(catalogue: Catalogue, entry: Entry) -> Iterator[Problem]:
    """Problems of the site's own addresses in a note's front matter."""
    return check_uses(catalogue, of_facts(entry.original))


def check_uses(catalogue: Catalogue, uses: Iterable[UrlOccurrence]) -> Iterator[Problem]:
    for use in uses:
        own = use.address if use.address.startswith("/") else within(catalogue.url, use.address)
        if own is None:
            continue
        found = link_status(catalogue, own)
        if found == "to no fragment":
            hint = N_("no heading there has the address #%(fragment)s")
        elif found == "nowhere" and not is_placeholder(use.address):
            hint = N_("write the address of a page that is there, as in /avisos/")
        else:
            continue
        yield Problem(
            use.path,
            *use.place,
            "broken-link",
            N_("%(address)s leads nowhere"),
            hint,
            {"address": use.address[:120], "fragment": own.partition("#")[2][:60]},
        )
