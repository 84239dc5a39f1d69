"""Every document of a catalogue, by its name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ..catalogue import addresses
from ..catalogue.addresses import LISTED
from ..catalogue.catalogue import Catalogue
from ..catalogue.entry import KIND_ORDER, Entry
from ..catalogue.lookup import derived
from ..catalogue.old import leads_to, old_addresses, old_variants
from ..notes.address import before_query, place
from .common import Document, Speaker
from .contact import contact_document
from .lists import (
    booking_document,
    choice_document,
    gone_document,
    home_document,
    moved_document,
    section_document,
    topic_document,
    topics_document,
)
from .norm import norm_document
from .norms import GROUPED, norms_document, relations_document
from .notice import notice_document, page_document
from .service import service_document

OF_KIND: dict[str, Callable[[Speaker, Entry], Document]] = {
    "contact": contact_document,
    "service": service_document,
    "norm": norm_document,
    "notice": notice_document,
    "page": page_document,
}


def document(speaker: Speaker, name: str) -> Document:
    """The document of that name, in the speaker's language; see ``names``."""
    what, _, of = name.partition(" ")
    match what:
        case "note":
            entry = speaker.catalogue.entry(of)
            return OF_KIND[entry.kind](speaker, speaker.catalogue.own(entry))
        case "home":
            return home_document(speaker)
        case "section":
            return section_document(speaker, of)
        case "norms":
            return norms_document(speaker, of)
        case "relations":
            return relations_document(speaker)
        case "topics":
            return topics_document(speaker)
        case "topic":
            return topic_document(speaker, of)
        case "booking":
            return booking_document(speaker)
        case "gone":
            gone = next(one for one in speaker.catalogue.gone if one.address == of)
            return gone_document(speaker, gone)
        case "choice":
            return choice_document(speaker, of)
        case "moved":
            note, _, address = of.partition(" ")
            return moved_document(speaker, address, speaker.catalogue.entry(note))
    return not_found(speaker)


@derived
def names(catalogue: Catalogue, lang: str) -> Any:
    """The names of all documents in a language, in a fixed order."""
    return list(_names(catalogue, lang))


def _names(catalogue: Catalogue, lang: str) -> Iterator[str]:
    yield "home"
    yield from (f"section {name}" for name in LISTED)
    yield from (f"norms {view}" for view in GROUPED)
    yield from ("relations", "topics")
    yield from (f"topic {topic}" for topic in catalogue.site.topics)
    yield "booking"
    for kind in KIND_ORDER:
        for note, languages in catalogue.languages_of(kind).items():
            if lang in languages:
                yield f"note {note}"
    yield "not-found"
    for address in _gone(catalogue):
        if addresses.language_of(catalogue.site, address) == lang:
            yield f"gone {address}"
    yield from _old_names(catalogue, lang)


def _gone(catalogue: Catalogue) -> Iterator[str]:
    """The addresses of gone.yaml at which nothing else stands. The others are told as errors; two
    pages in one place would be there by turns."""
    taken = {place(old) for said in catalogue.old_addresses().values() for old in said}
    for gone in catalogue.gone:
        there = place(gone.address)
        if there not in taken and catalogue.page_at(there) is None:
            yield gone.address
        taken.add(there)


def _old_names(catalogue: Catalogue, lang: str) -> Iterator[str]:
    variants = old_variants(catalogue)
    choices = {there for there, old in variants.items() if not leads_to(old)}
    for there in variants:
        if there in choices and addresses.language_of(catalogue.site, there) == lang:
            yield f"choice {there}"
    alone: dict[object, list[str]] = {}
    for there, old in variants.items():
        alone.setdefault(leads_to(old), []).append(there)
    of_notes = catalogue.old_addresses()
    for entry, said in of_notes.items():
        own = old_addresses(said)
        places = {place(address) for address in own}
        more = [before_query(there) for there in alone.get(entry.key, ()) if there not in places]
        for address in (*own, *more):
            there = place(address)
            if there not in choices and addresses.language_of(catalogue.site, address) == lang:
                yield f"moved {entry.name} {address}"


def not_found(speaker: Speaker) -> Document:
    """What stands at an address that there is not. It has no address of its own to list."""
    site = speaker.catalogue.site
    home = addresses.home(site, speaker.lang)
    return speaker.document(
        "not-found",
        "not-found",
        f"{home}404.html",
        {},
        title=speaker.words.gettext("Page not found"),
        breadcrumbs=[speaker.home_crumb()],
        translations={lang: addresses.home(site, lang) for lang in site.languages},
    )
