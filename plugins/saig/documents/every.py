"""Every document of a catalogue, with its address."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from ..catalogue import addresses
from ..catalogue.addresses import LISTED
from ..catalogue.entry import Entry
from ..catalogue.old import leads_to, old_addresses
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


@dataclass(frozen=True)
class Saying:
    """A document to be said: a name for it, how to say it, and the note whose page it is."""

    name: str
    say: Callable[[], Document]
    note: Entry | None = None


def documents(speaker: Speaker) -> Iterator[Saying]:
    """All documents in the speaker's language, in a fixed order."""
    catalogue = speaker.catalogue
    yield Saying("home", partial(home_document, speaker))
    for name in LISTED:
        yield Saying(f"section {name}", partial(section_document, speaker, name))
    for view in GROUPED:
        yield Saying(f"norms {view}", partial(norms_document, speaker, view))
    yield Saying("relations", partial(relations_document, speaker))
    yield Saying("topics", partial(topics_document, speaker))
    for topic in catalogue.site.topics:
        yield Saying(f"topic {topic}", partial(topic_document, speaker, topic))
    yield Saying("booking", partial(booking_document, speaker))
    yield from of_notes(speaker, catalogue.entries.values())
    yield Saying("not-found", partial(not_found, speaker))
    for gone in catalogue.gone:
        if addresses.language_of(catalogue.site, gone.address) == speaker.lang:
            yield Saying(f"gone {gone.address}", partial(gone_document, speaker, gone))
    choices = {t: old for t, old in catalogue.old_variants.items() if not leads_to(old)}
    for there in choices:
        if addresses.language_of(catalogue.site, there) == speaker.lang:
            yield Saying(f"choice {there}", partial(choice_document, speaker, there))
    for entry in catalogue.entries.values():
        own = old_addresses(entry)
        said = {place(address) for address in own}
        alone = [
            before_query(there)
            for there, old in catalogue.old_variants.items()
            if leads_to(old) == entry.key and there not in said
        ]
        for address in (*own, *alone):
            if (
                place(address) not in choices
                and addresses.language_of(catalogue.site, address) == speaker.lang
            ):
                say = partial(moved_document, speaker, address, entry)
                yield Saying(f"moved {address}", say)


def of_notes(speaker: Speaker, entries: Iterable[Entry]) -> Iterator[Saying]:
    """The documents of these notes: nothing else is made of their texts."""
    for entry in entries:
        if entry.has(speaker.lang):
            yield Saying(f"{entry.kind} {entry.id}", partial(_of_note, speaker, entry), entry)


def _of_note(speaker: Speaker, entry: Entry) -> Document:
    return OF_KIND[entry.kind](speaker, speaker.catalogue.own(entry))


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
