"""The search page's document: all titles from A to Z, and where the index of the search is."""

from __future__ import annotations

from ..catalogue import addresses, lists
from .common import Document, Speaker
from .paged import contents, grouped, list_page_document, paging

INDEX = "search.json"


def search_document(speaker: Speaker, number: int = 1) -> Document:
    """A page of all notes that may be listed, by kind and title."""
    rows = lists.page(speaker.catalogue, "search", speaker.lang, number)
    address = addresses.section(speaker.catalogue.site, "search", speaker.lang)
    part = {
        "is_empty": not rows,
        "index": speaker.url(address + INDEX),
        "groups": grouped(speaker, rows),
        "contents": contents(speaker, "search", number),
        "paging": paging(speaker, "search", number),
    }
    return list_page_document(
        speaker,
        "search",
        "search",
        "search",
        number,
        part,
        rows,
        title=speaker.section_name("search"),
    )
