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
from .check_own import check_uses
from .uses import Use


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
    redirects: dict[str, str] = {}
    for entry in catalogue.entries.values():
        note = entry.original
        own = {catalogue.address(entry, lang) for lang in entry.languages}
        for index, address in enumerate(entry.facts.old_addresses):
            there = addresses.whole(address)
            path = ("old_addresses", index)
            if there in own:
                yield _redirect(note, path, address, N_("%(address)s leads to itself"), LIVES_AGAIN)
            elif there in taken or addresses.is_made(address):
                other = taken.get(there, "content/site.yaml")
                message = N_("%(address)s is that of a page that is there, %(other)s")
                yield _redirect(note, path, address, message, CHAIN, other=other)
            elif there in redirects:
                message = N_("%(address)s leads to %(other)s already")
                yield _redirect(note, path, address, message, ONE_OF_TWO, other=redirects[there])
            redirects.setdefault(there, note.source.path)


LIVES_AGAIN = N_("remove it from old_addresses: the note is back where it was")
CHAIN = N_("remove it from old_addresses, or give that page another slug")
ONE_OF_TWO = N_("an old address leads to one note: remove it from one of the two")


def _redirect(
    note: Note,
    path: tuple[str, int],
    address: str,
    message: str,
    hint: str,
    **values: object,
) -> Problem:
    return note.problem("duplicate-address", message, hint, *path, address=address, **values)


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
    """Entries of gone.yaml whose address lives, redirects, or is another entry's."""
    redirects = _redirects(catalogue)
    seen: set[str] = set()
    for index, item in enumerate(gone):
        address = addresses.whole(item.address)
        values = {"address": item.address, "other": redirects.get(address)}
        found = ("", "")
        if address in catalogue.addresses or addresses.is_made(item.address):
            found = (
                N_("the address %(address)s is that of a page that is there"),
                N_("remove this entry, or give the page another slug"),
            )
        elif address in redirects:
            found = (
                N_("%(address)s is not gone: it is one of the old_addresses of %(other)s"),
                N_("remove this entry, or that old address"),
            )
        elif address in seen:
            found = (N_("%(address)s stands here twice"), N_("keep one of the two"))
        seen.add(address)
        if found[0]:
            place = places.get((index, "address"), (1, 1))
            yield Problem("content/gone.yaml", *place, "duplicate-address", *found, values)
        if item.see:
            place = places.get((index, "see"), (1, 1))
            yield from check_uses(catalogue, [Use(item.see, "content/gone.yaml", place)])


def _redirects(catalogue: Catalogue) -> dict[str, str]:
    """Each old address, and the note that it leads to."""
    return {
        addresses.whole(address): entry.original.source.path
        for entry in catalogue.entries.values()
        for address in entry.facts.old_addresses
    }


def check_vanished(catalogue: Catalogue, previous: Mapping[str, str]) -> Iterator[Problem]:
    """Addresses published earlier, with their titles, that this site neither has, nor redirects,
    nor declares gone. The hint is the very line to add."""
    gone = {addresses.whole(item.address) for item in catalogue.gone}
    explained = {*catalogue.addresses, *gone, *_redirects(catalogue)}
    lang = catalogue.site.default_language
    for address, title in previous.items():
        if addresses.whole(address) not in explained and not addresses.is_made(address):
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
