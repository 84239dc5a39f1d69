"""Every document of a catalogue, by its name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ..catalogue import addresses, lists, lost
from ..catalogue.catalogue import Catalogue
from ..catalogue.entry import KIND_ORDER, Entry
from ..catalogue.lookup import derived
from ..catalogue.notes_lists import WITH_LISTS
from ..catalogue.old import common_note, distinct_addresses, is_taken, old_variants
from ..catalogue.pages import page_at
from ..notes.address import before_query, place
from ..words import N_
from .common import Document, DocumentBuilder
from .contact import contact_document
from .interface import interface_document
from .lists import (
    choice_document,
    gone_document,
    home_document,
    lost_document,
    moved_document,
    notices_document,
    topics_document,
    year_document,
)
from .norm import norm_document
from .norms import norms_document, relations_document
from .notice import notice_document, page_document
from .paged import booking_document, note_list_document, section_document, topic_document
from .search import search_document
from .service import service_document

OF_KIND: dict[str, Callable[[DocumentBuilder, Entry], Document]] = {
    "contact": contact_document,
    "service": service_document,
    "norm": norm_document,
    "notice": notice_document,
    "page": page_document,
}


OF_ALL = {"booking": booking_document, "search": search_document}
"""Sections with notes of several kinds."""

PAGED: dict[str, Callable[[DocumentBuilder, str, int], Document]] = {
    "section": lambda builder, name, number: (
        OF_ALL[name](builder, number) if name in OF_ALL else section_document(builder, name, number)
    ),
    "norms": lambda builder, view, number: (
        relations_document(builder, number)
        if view == "relations"
        else norms_document(builder, view, number)
    ),
    "year": year_document,
    "topic": topic_document,
    "list": note_list_document,
}
"""Documents with several pages: their names end in the number of the page, except the first."""


def note_of(name: str) -> str | None:
    """The note of a note's own document; None for other documents."""
    what, _, note = name.partition(" ")
    return note if what == "note" else None


def document(builder: DocumentBuilder, name: str) -> Document:
    """The document of that name, in the builder's language; see ``document_names``."""
    what, _, of = name.partition(" ")
    if what in PAGED:
        of, _, number = of.partition(" ")
        return PAGED[what](builder, of, int(number or 1))
    match what:
        case "note":
            entry = builder.catalogue.entry(of)
            return OF_KIND[entry.kind](builder, builder.catalogue.own(entry))
        case "home":
            return home_document(builder)
        case "notices":
            return notices_document(builder)
        case "api":
            return interface_document(builder)
        case "topics":
            return topics_document(builder)
        case "gone":
            return gone_document(builder, builder.catalogue.gone_at(of))
        case "choice":
            return choice_document(builder, of)
        case "moved":
            note, _, address = of.partition(" ")
            return moved_document(builder, address, builder.catalogue.entry(note))
        case "lost":
            return lost_document(builder, of)
    return not_found(builder)


@derived(N_("which pages there are"))
def document_names(catalogue: Catalogue, lang: str) -> Any:
    """The names of all documents in a language, in a fixed order."""
    return list(_names(catalogue, lang))


def _names(catalogue: Catalogue, lang: str) -> Iterator[str]:
    notes = {
        note: lang in languages
        for kind in KIND_ORDER
        for note, languages in catalogue.languages_of(kind).items()
    }
    yield from ("home", "notices", "topics")
    for name in lists.names(catalogue):
        if notes.get(name, True):
            yield from _of_list(catalogue, name, lang)
    yield from (f"note {note}" for note, is_there in notes.items() if is_there)
    yield "api"
    yield "not-found"
    for address in _gone(catalogue):
        if addresses.language_of(catalogue.site, address) == lang:
            yield f"gone {address}"
    yield from _old_names(catalogue, lang)
    yield from (f"lost {there}" for there in lost.lost(catalogue, lang))


def _of_list(catalogue: Catalogue, name: str, lang: str) -> Iterator[str]:
    """The names of the pages of a list; the first of a note's lists is its own page."""
    what, _, of = name.partition("/")
    is_of_note = what in WITH_LISTS
    called = {
        "norms": f"norms {of}" if of else "section norms",
        "notices": f"year {of}",
        "topic": f"topic {of}",
    }.get(what, f"list {name}" if is_of_note else f"section {name}")
    for number in range(1 + is_of_note, lists.count(catalogue, name, lang) + 1):
        yield f"{called} {number}" if number > 1 else called


def _gone(catalogue: Catalogue) -> Iterator[str]:
    """The addresses of gone.yaml where nothing else is. The others are reported as errors; two
    pages at one place would overwrite each other."""
    taken = {place(old) for said in catalogue.old_addresses().values() for old in said}
    for gone in catalogue.gone:
        there = place(gone.address)
        is_free = page_at(catalogue, there) is None and not is_taken(catalogue, gone.address)
        if there not in taken and is_free:
            yield gone.address
        taken.add(there)


def _old_names(catalogue: Catalogue, lang: str) -> Iterator[str]:
    variants = old_variants(catalogue)
    choices = {there for there, old in variants.items() if not common_note(old)}
    for there in variants:
        if there in choices and addresses.language_of(catalogue.site, there) == lang:
            yield f"choice {there}"
    alone: dict[object, list[str]] = {}
    for there, old in variants.items():
        alone.setdefault(common_note(old), []).append(there)
    of_notes = catalogue.old_addresses()
    for entry, said in of_notes.items():
        own = distinct_addresses(said)
        places = {place(address) for address in own}
        more = [before_query(there) for there in alone.get(entry.key, ()) if there not in places]
        for address in (*own, *more):
            there = place(address)
            if there not in choices and addresses.language_of(catalogue.site, address) == lang:
                yield f"moved {entry.name} {address}"


def not_found(builder: DocumentBuilder) -> Document:
    """The page for addresses that do not exist. It has no address of its own to list."""
    site = builder.catalogue.site
    home = addresses.home(site, builder.lang)
    return builder.document(
        "not-found",
        "not-found",
        f"{home}404.html",
        {},
        title=builder.words.gettext("Page not found"),
        breadcrumbs=[builder.home_crumb()],
        translations={lang: addresses.home(site, lang) for lang in site.languages},
    )
