"""Old and gone addresses: what their pages are, and what is in their way."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from ..notes.address import place, whole
from ..notes.file_names import TWINS
from ..words import N_
from .addresses import is_kept
from .catalogue import Catalogue
from .entry import Key
from .lookup import derived
from .pages import answers, page_at


class Variant(NamedTuple):
    """An address with a query, or without: the note that it leads to, or None if it is gone."""

    address: str
    note: Key | None


@derived(N_("which old addresses only queries tell apart"))
def variants_now(catalogue: Catalogue) -> Any:
    return variants(catalogue)


def old_variants(catalogue: Catalogue) -> Mapping[str, list[Variant]]:
    """As ``variants``, from the cache."""
    return {
        there: [Variant(address, Key(*note) if note else None) for address, note in old]
        for there, old in variants_now(catalogue).items()
    }


def variants(catalogue: Catalogue) -> dict[str, list[Variant]]:
    """Old and gone addresses that differ only in their query, by the place before the query. Web
    servers of static files ignore queries and answer all of them with one page, so there is a page
    for them, unless something else is at the place, or the address without query is gone itself.
    """
    found: dict[str, list[Variant]] = defaultdict(list)
    for entry, said in catalogue.old_addresses().items():
        for address in distinct_addresses(said):
            found[_before_query(address)].append(Variant(address, entry.key))
    for gone in catalogue.gone:
        if not is_taken(catalogue, gone.address):
            found[_before_query(gone.address)].append(Variant(gone.address, None))
    return {
        there: sorted(old, key=lambda one: ("?" in one.address, one.address))
        for there, old in found.items()
        if any("?" in one.address for one in old)
        and page_at(catalogue, there) is None
        and not any(one.note is None and "?" not in one.address for one in old)
    }


def _before_query(address: str) -> str:
    return place(address.partition("?")[0])


def distinct_addresses(said: Iterable[str]) -> list[str]:
    """A note's old addresses without those that have the same page as an earlier one."""
    found: dict[str, str] = {}
    for address in said:
        found.setdefault(place(address), address)
    return list(found.values())


def common_note(old: Iterable[Variant]) -> Key | None:
    """The note, if all these addresses lead to the same one; None if they lead to several, or one is
    gone."""
    notes = {one.note for one in old}
    return notes.pop() if len(notes) == 1 else None


def in_the_way(catalogue: Catalogue, address: str) -> str:
    """The site's file that is in the place of a folder that an old address needs; '' if there is
    none. Compressed twins count, as publishing compresses every page."""
    path = place(address).strip("/")
    ends = [found.start() for found in re.finditer("/", path)]
    for end in (*ends, len(path)):
        folder = f"/{path[:end]}"
        for name in (folder, *(folder.removesuffix(twin) for twin in (*TWINS, ".gone", ".moved"))):
            if not whole(name).endswith("/") and answers(catalogue, name):
                return name
    return ""


def is_taken(catalogue: Catalogue, address: str) -> bool:
    """Whether an old or gone address is taken: the site answers there, reserves it, or has a file
    in the place of its page."""
    answered = "?" not in address and answers(catalogue, address)
    return answered or is_kept(address) or bool(in_the_way(catalogue, address))


def explaining_files(catalogue: Catalogue) -> Mapping[str, str]:
    """The places of pages that only say that something moved or is gone, and the file that states
    it."""
    found = {there: "" for there in variants(catalogue)}
    for entry, said in catalogue.old_addresses().items():
        for address in said:
            found[place(address)] = entry.listed.path
    for gone in catalogue.gone:
        found[place(gone.address)] = "content/gone.yaml"
    return found
