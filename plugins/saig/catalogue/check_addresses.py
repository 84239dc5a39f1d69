"""Addresses that clash, or that are called gone but exist (docs/notes.md, Addresses)."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from ..notes.address import decoded, file_of, place, readable
from ..notes.problem import Problem
from ..notes.read import Note, Places
from ..words import N_
from . import addresses
from .catalogue import Catalogue
from .check_own import check_uses
from .entry import Entry
from .old import in_the_way, is_taken
from .pages import page_at
from .reached import reached
from .uses import UrlOccurrence


def check_addresses(catalogue: Catalogue, entry: Entry) -> Iterator[Problem]:
    """Clashes of a note's addresses, also old ones, with other pages. Of several notes at one
    address the first of ``_standing_at`` stays, and the others get a problem."""
    for note in entry.all_notes:
        address = addresses.of_note(catalogue.site, note)
        there = _standing_at(catalogue, address)
        if there[:1] != [(entry, note.source.path)]:
            if (entry, note.source.path) in there:
                whose = _whose_page(catalogue, address)
                yield _taken(catalogue, entry, note, address, IS_OF, whose)
        elif address in catalogue.reserved.values():
            yield _taken(catalogue, entry, note, address, IS_OF, SITE_FILE)
        elif addresses.is_of_list(entry.kind, address):
            yield note.problem(
                "duplicate-address",
                N_(
                    "the address %(address)s is kept for a list: of a year, or the next page of one"
                ),
                N_("write a slug with words: …"),
                slug_field(note),
                address=address,
            )
        elif entry.status == "draft" and (other := _led_by(catalogue, address)):
            yield _taken(catalogue, entry, note, address, LEADS_TO, other.listed.path)
    yield from _check_old(catalogue, entry)


def _standing_at(catalogue: Catalogue, address: str) -> list[tuple[Entry, str]]:
    """The notes at an address, each with its path there: first the one that stays. Drafts come
    last; the others by the number of notes that they supersede, the fewest first, then by path."""
    found = [
        (catalogue.entry(name), path)
        for name, (_, path) in catalogue.under("address", address).items()
    ]
    if len(found) == 1:
        return found
    return sorted(
        found, key=lambda of: (of[0].status == "draft", len(whose_place(catalogue, of[0])), of[1])
    )


def _led_by(catalogue: Catalogue, address: str) -> Entry | None:
    """The first published note with this old address. Asked only for the address of a draft: a clash
    with a published note is reported at the old address."""
    return next((one for one in catalogue.led_at(address) if one.status != "draft"), None)


def _whose_page(catalogue: Catalogue, address: str) -> str:
    """The file of the page at an address, for a message; '' if there is none."""
    if address in catalogue.reserved.values():
        return SITE_FILE
    return next((path for _, path in _standing_at(catalogue, address)), "")


def _check_old(catalogue: Catalogue, entry: Entry) -> Iterator[Problem]:
    said = entry.facts.old_addresses
    own = {catalogue.address(entry, lang) for lang in entry.languages} if said else set()
    for index, address in enumerate(said):
        there = place(address)
        path = ("old_addresses", index)
        first = min(catalogue.led_at(there), key=lambda other: other.status == "draft")
        other = _alike(catalogue, there)
        if there in own:
            yield _redirect(entry, path, address, N_("%(address)s leads to itself"), LIVES_AGAIN)
        elif (whose := _whose_page(catalogue, there)) or is_taken(catalogue, address):
            file = "" if whose else _file_at(catalogue, address)
            told = (FILE_IS_THERE, ITS_FILE) if file else (IS_THERE, CHAIN)
            yield _redirect(entry, path, address, *told, other=whose or file or SITE_FILE)
        elif first is not entry or address in said[:index]:
            yield _redirect(entry, path, address, LEADS_TO, ONE_OF_TWO, other=first.listed.path)
        elif other != there and other not in own and catalogue.led_at(other)[:1] != [entry]:
            yield _redirect(entry, path, address, CAPITALS, REMOVE, other=readable(other))


def _alike(catalogue: Catalogue, there: str) -> str:
    """Of the addresses that differ from this one only in capitals, and itself, the one that counts:
    one of the site itself, else a note's, else the first old one. On some file systems they are
    the same."""
    small = there.casefold()
    if found := catalogue.reserved.get(small):
        return found
    if catalogue.under("address", small):
        return small
    for address in catalogue.under("capitals", small).values():
        return str(address)
    return next(str(old) for old in itertools.chain(*catalogue.under("led", small).values()))


SITE_FILE = "content/site.yaml"


def _file_at(catalogue: Catalogue, address: str) -> str:
    """The file of the editors that answers at an old or a gone address, or is in its way; '' if
    there is none."""
    in_way = decoded(in_the_way(catalogue, address)).lstrip("/")
    found = filter(catalogue.known.has_file, (in_way, file_of(address)))
    return next((f"content/{path}" for path in found), "")


IS_THERE = N_("%(address)s is that of a page that is there, %(other)s")
FILE_IS_THERE = N_("%(address)s leads to no note: the file %(other)s is there")
ITS_FILE = N_("remove it from old_addresses, or remove the file")
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


def slug_field(note: Note) -> str:
    """The field that determines the note's address."""
    fields = note.fields
    return "slug" if fields.slug else "short_title" if fields.short_title else "title"


def whose_place(catalogue: Catalogue, entry: Entry) -> list[Entry]:
    """The notes that a note supersedes, transitively."""
    return reached(
        entry, lambda one: catalogue.named(one.kind, catalogue.references(one)["supersedes"])
    )


IS_OF = N_("the address %(address)s is already that of %(other)s")
LEADS_TO = N_("%(address)s leads to %(other)s already")


def _taken(
    catalogue: Catalogue, entry: Entry, note: Note, address: str, message: str, other: str
) -> Problem:
    return note.problem(
        "duplicate-address",
        message,
        N_("write another slug in this note, as in slug: %(slug)s"),
        slug_field(note),
        address=address,
        other=other,
        slug=_free_slug(catalogue, entry, note),
    )


def _free_slug(catalogue: Catalogue, entry: Entry, note: Note) -> str:
    """A slug that is not taken: the note's own with a number, or with the note's first year if it
    supersedes another."""
    folder = addresses.of_note(catalogue.site, note).removesuffix(f"{note.slug}/")
    first = entry.facts.valid_from or entry.facts.date
    years = [first.year] if first and entry.facts.supersedes else []
    slugs = (f"{note.slug}-{mark}" for mark in itertools.chain(years, itertools.count(2)))
    return next(
        slug
        for slug in slugs
        if f"{folder}{slug}/" not in catalogue.reserved.values()
        and page_at(catalogue, f"{folder}{slug}/") is None
    )


def check_gone(catalogue: Catalogue, places: Places) -> Iterator[Problem]:
    """Entries of gone.yaml whose address exists, redirects, or is in another entry too, and whose
    ``see`` leads nowhere."""
    seen: set[str] = set()
    for index, item in enumerate(catalogue.gone):
        address = place(item.address)
        led = catalogue.led_at(address)
        values = {"address": item.address, "other": led[-1].listed.path if led else None}
        found = ("", "")
        if page_at(catalogue, address) is not None:
            found = (
                N_("the address %(address)s is that of a page that is there"),
                N_("remove this entry, or give the page another slug"),
            )
        elif is_taken(catalogue, item.address):
            values["other"] = file = _file_at(catalogue, item.address)
            found = (
                N_("the file %(other)s is there, so its address is not gone")
                if file
                else N_("the address %(address)s is one that the site itself answers"),
                N_("remove this entry, or the file") if file else N_("remove this entry"),
            )
        elif led:
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
