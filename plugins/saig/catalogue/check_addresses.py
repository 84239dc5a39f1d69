"""Addresses that clash, or that live though they are called gone (contract §3)."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence

from ..notes.address import decoded, place, readable
from ..notes.problem import Problem
from ..notes.read import Note
from ..notes.site import Gone
from ..words import N_
from . import addresses
from .catalogue import Catalogue
from .check_own import check_uses
from .entry import Entry, Key
from .old import in_the_way
from .pages import answers, page_at
from .uses import UrlOccurrence


def check_addresses(catalogue: Catalogue) -> Iterator[Problem]:
    """Two things at one address: the one that was there first stays, the others are told. A note
    comes after those whose place it takes; else by path."""
    site = catalogue.site
    taken: dict[str, str] = dict.fromkeys(sorted(addresses.reserved(site)), "content/site.yaml")
    wanted: dict[str, list[tuple[Entry, str, str]]] = {}
    for address, name, (lang, path) in catalogue.every_row("address"):
        wanted.setdefault(address, []).append((catalogue.entry(name), lang, path))
    for address, notes in wanted.items():
        if len(notes) > 1:
            notes.sort(key=lambda of: (len(_before(catalogue, of[0])), of[2]))
        if addresses.is_of_list(notes[0][0].kind, address) and address not in taken:
            entry, lang, _ = notes[0]
            yield entry.note(lang).problem(
                "duplicate-address",
                N_(
                    "the address %(address)s is kept for a list: of a year, or the next page of one"
                ),
                N_("write a slug with words: …"),
                *_slug_path(entry.note(lang)),
                address=address,
            )
        for entry, lang, path in notes:
            if address in taken:
                yield _same_address(catalogue, entry, entry.note(lang), address, taken)
            taken.setdefault(address, path)
    yield from _check_old(catalogue, taken)


def _check_old(catalogue: Catalogue, taken: Mapping[str, str]) -> Iterator[Problem]:
    """``taken``: the addresses of pages, and whose each is."""
    small = {there.casefold(): there for there in taken}
    redirects: dict[str, str] = {}
    for entry, said in catalogue.old_addresses().items():
        note_path = entry.listed.path
        own = {catalogue.address(entry, lang) for lang in entry.languages}
        for index, address in enumerate(said):
            there = place(address)
            path = ("old_addresses", index)
            other = small.get(there.casefold(), there)
            if there in own:
                yield _redirect(
                    entry, path, address, N_("%(address)s leads to itself"), LIVES_AGAIN
                )
            elif there in taken or _is_taken(catalogue, address):
                other = taken.get(there) or _whose(catalogue, address)
                yield _redirect(entry, path, address, IS_THERE, CHAIN, other=other)
            elif redirects.get(there, note_path) != note_path or address in said[:index]:
                message = N_("%(address)s leads to %(other)s already")
                yield _redirect(entry, path, address, message, ONE_OF_TWO, other=redirects[there])
            elif other != there and other not in own and redirects.get(other) != note_path:
                yield _redirect(entry, path, address, CAPITALS, REMOVE, other=readable(other))
            redirects.setdefault(there, note_path)
            small.setdefault(there.casefold(), there)


def _is_taken(catalogue: Catalogue, address: str) -> bool:
    """Whether the site itself answers at an old or gone address, or keeps it, or has a file where
    its page would lie."""
    answered = "?" not in address and answers(catalogue, address)
    return answered or addresses.is_kept(address) or bool(in_the_way(catalogue, address))


def _whose(catalogue: Catalogue, address: str) -> str:
    """What stands in the way of an old address, for an editor."""
    path = decoded(in_the_way(catalogue, address))
    return f"content{path}" if path.startswith("/files/") else "content/site.yaml"


IS_THERE = N_("%(address)s is that of a page that is there, %(other)s")
CAPITALS = N_("only capitals tell %(address)s from %(other)s, and some computers take them for one")
REMOVE = N_("remove one of the two")
LIVES_AGAIN = N_("remove it from old_addresses: the note is back where it was")
CHAIN = N_("remove it from old_addresses, or give that page another slug")
ONE_OF_TWO = N_("an old address leads to one note: remove it from one of the two")


def _redirect(
    entry: Entry,
    path: tuple[str, int],
    address: str,
    message: str,
    hint: str,
    **values: object,
) -> Problem:
    return entry.original.problem(
        "duplicate-address", message, hint, *path, address=address, **values
    )


def _slug_path(note: Note) -> tuple[str]:
    fields = note.fields
    return ("slug" if fields.slug else "short_title" if fields.short_title else "title",)


def _before(catalogue: Catalogue, entry: Entry) -> set[Key]:
    """The notes whose place it takes, and theirs in turn."""
    found: set[Key] = set()
    waiting = [entry]
    while waiting:
        for identifier in catalogue.row("names", waiting.pop().name)["supersedes"]:
            other = catalogue.get(entry.kind, identifier)
            if other and other.key not in found:
                found.add(other.key)
                waiting.append(other)
    return found


def _same_address(
    catalogue: Catalogue, entry: Entry, note: Note, address: str, taken: Mapping[str, str]
) -> Problem:
    return note.problem(
        "duplicate-address",
        N_("the address %(address)s is already that of %(other)s"),
        N_("write another slug in this note, as in slug: %(slug)s"),
        *_slug_path(note),
        address=address,
        other=taken[address],
        slug=_free_slug(catalogue, entry, note, taken),
    )


def _free_slug(catalogue: Catalogue, entry: Entry, note: Note, taken: Mapping[str, str]) -> str:
    """The note's slug with the year from which it holds, or else a number, that no page has."""
    folder = addresses.of_note(catalogue.site, note).removesuffix(f"{note.slug}/")
    first = entry.facts.valid_from or entry.facts.date
    years = [first.year] if first and entry.facts.supersedes else []
    slugs = (f"{note.slug}-{mark}" for mark in itertools.chain(years, itertools.count(2)))
    return next(
        slug
        for slug in slugs
        if f"{folder}{slug}/" not in taken and page_at(catalogue, f"{folder}{slug}/") is None
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
        address = place(item.address)
        values = {"address": item.address, "other": redirects.get(address)}
        found = ("", "")
        if page_at(catalogue, address) is not None:
            found = (
                N_("the address %(address)s is that of a page that is there"),
                N_("remove this entry, or give the page another slug"),
            )
        elif _is_taken(catalogue, item.address):
            path = decoded(in_the_way(catalogue, item.address))
            is_file = path.startswith("/files/") and catalogue.known.has_file(path.lstrip("/"))
            values["other"] = f"content{path}"
            found = (
                N_("the file %(other)s is there, so its address is not gone")
                if is_file
                else N_("the address %(address)s is one that the site itself answers"),
                N_("remove this entry, or the file") if is_file else N_("remove this entry"),
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
            at = places.get((index, "address"), (1, 1))
            yield Problem("content/gone.yaml", *at, "duplicate-address", *found, values)
        if item.see:
            at = places.get((index, "see"), (1, 1))
            yield from check_uses(catalogue, [UrlOccurrence(item.see, "content/gone.yaml", at)])


def _redirects(catalogue: Catalogue) -> dict[str, str]:
    """Each old address, and the note that it leads to."""
    return {
        place(address): entry.listed.path
        for entry, said in catalogue.old_addresses().items()
        for address in said
    }
