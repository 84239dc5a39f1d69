"""Every document of a catalogue, with its address."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..catalogue import addresses
from ..catalogue.addresses import LISTED
from ..catalogue.entry import Entry
from .common import Document, Speaker
from .contact import contact_document
from .lists import (
    booking_document,
    gone_document,
    home_document,
    moved_document,
    section_document,
    topic_document,
    topics_document,
)
from .norm import norm_document
from .norms import norms_documents, relations_document
from .notice import notice_document, page_document
from .service import service_document

OF_KIND: dict[str, Callable[[Speaker, Entry], Document]] = {
    "contact": contact_document,
    "service": service_document,
    "norm": norm_document,
    "notice": notice_document,
    "page": page_document,
}


def documents(speaker: Speaker) -> Iterator[Document]:
    """All documents in the speaker's language, in a fixed order."""
    catalogue = speaker.catalogue
    yield home_document(speaker)
    for name in LISTED:
        yield section_document(speaker, name)
    yield from norms_documents(speaker)
    yield relations_document(speaker)
    yield topics_document(speaker)
    for topic in catalogue.site.topics:
        yield topic_document(speaker, topic)
    yield booking_document(speaker)
    for entry in catalogue.entries.values():
        if entry.has(speaker.lang):
            yield OF_KIND[entry.kind](speaker, entry)
    for gone in catalogue.gone:
        if _language_of(speaker, gone.address) == speaker.lang:
            yield gone_document(speaker, gone)
    for entry in catalogue.entries.values():
        for address in entry.facts.old_addresses:
            if _language_of(speaker, address) == speaker.lang:
                yield moved_document(speaker, address, entry)


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


def _language_of(speaker: Speaker, address: str) -> str:
    first = address.strip("/").partition("/")[0]
    site = speaker.catalogue.site
    return first if first in site.languages[1:] else site.default_language
