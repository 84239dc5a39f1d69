"""Addresses that clash, that live though they are called gone, or that vanished (contract §3)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from ..notes.problem import Problem
from ..notes.read import Note
from ..notes.site import Gone
from ..words import N_
from . import addresses
from .catalogue import Catalogue


def check_addresses(catalogue: Catalogue) -> Iterator[Problem]:
    """Two things at one address: the first by path stays, the others are told."""
    site = catalogue.site
    taken: dict[str, str] = dict.fromkeys(sorted(addresses.reserved(site)), "content/site.yaml")
    notes = [entry.note(lang) for entry in catalogue.entries.values() for lang in entry.languages]
    notes.sort(key=lambda note: note.source.path)
    for note in notes:
        address = addresses.of_note(site, note)
        if address in taken:
            yield _same_address(note, _slug_path(note), address, taken[address])
        taken.setdefault(address, note.source.path)
    for entry in catalogue.entries.values():
        for index, address in enumerate(entry.facts.old_addresses):
            there = addresses.whole(address)
            if addresses.is_made(address):
                taken.setdefault(there, "content/site.yaml")
            if there in taken:
                yield _same_address(entry.original, ("old_addresses", index), address, taken[there])
            taken.setdefault(there, entry.original.source.path)


def _slug_path(note: Note) -> tuple[str]:
    fields = note.fields
    return ("slug" if fields.slug else "short_title" if fields.short_title else "title",)


def _same_address(note: Note, path: tuple[str | int, ...], address: str, other: str) -> Problem:
    return note.problem(
        "duplicate-address",
        N_("the address %(address)s is already that of %(other)s"),
        N_("write another slug: …, or another old address"),
        *path,
        address=address,
        other=other,
    )


def check_gone(
    catalogue: Catalogue,
    gone: Sequence[Gone],
    places: Mapping[tuple[str | int, ...], tuple[int, int]],
) -> Iterator[Problem]:
    """Entries of gone.yaml whose address lives."""
    for index, item in enumerate(gone):
        if addresses.whole(item.address) in catalogue.addresses or addresses.is_made(item.address):
            yield Problem(
                "content/gone.yaml",
                *places.get((index, "address"), (1, 1)),
                "duplicate-address",
                N_("the address %(address)s is that of a page that is there"),
                N_("remove this entry, or give the page another slug"),
                {"address": item.address},
            )
        if item.see and item.see.startswith("/") and not _answers(catalogue, item.see):
            yield Problem(
                "content/gone.yaml",
                *places.get((index, "see"), (1, 1)),
                "broken-link",
                N_("%(address)s leads nowhere"),
                N_("write the address of a page that is there, as in /avisos/"),
                {"address": item.see},
            )


def _answers(catalogue: Catalogue, address: str) -> bool:
    path = address.partition("#")[0].partition("?")[0]
    return addresses.whole(path) in catalogue.addresses or catalogue.known.has_file(
        path.lstrip("/")
    )


def check_vanished(catalogue: Catalogue, previous: Mapping[str, str]) -> Iterator[Problem]:
    """Addresses published earlier, with their titles, that this site neither has, nor redirects,
    nor declares gone. The hint is the very line to add."""
    explained = {*catalogue.addresses, *(gone.address for gone in catalogue.gone)}
    for entry in catalogue.entries.values():
        explained.update(map(addresses.whole, entry.facts.old_addresses))
    lang = catalogue.site.default_language
    for address, title in previous.items():
        if address not in explained:
            yield Problem(
                "content/gone.yaml",
                1,
                1,
                "vanished-address",
                N_("%(address)s was published, and is no more"),
                N_(
                    "add it to old_addresses of the note that replaces it, or here: "
                    "- {address: %(address)s, title: {%(language)s: %(title)s}, date: %(date)s, "
                    "reason: {%(language)s: …}}"
                ),
                {
                    "address": address,
                    "title": json.dumps(title, ensure_ascii=False),
                    "date": catalogue.day.isoformat(),
                    "language": lang,
                },
            )
