"""The search page's document: all titles from A to Z, and the address of the search index."""

from __future__ import annotations

from ..catalogue import addresses, lists
from .common import Document, DocumentBuilder
from .paged import contents, grouped, list_page_document, paging

INDEX = "search.json"


def search_document(builder: DocumentBuilder, number: int) -> Document:
    """A page of all notes that may be listed, by kind and title."""
    rows = lists.page(builder.catalogue, "search", builder.lang, number)
    address = addresses.section(builder.catalogue.site, "search", builder.lang)
    part = {
        "is_empty": not rows,
        "index": builder.url(address + INDEX),
        "groups": grouped(builder, rows),
        "contents": contents(builder, "search", number),
        "paging": paging(builder, "search", number),
    }
    return list_page_document(
        builder,
        "search",
        "search",
        "search",
        number,
        part,
        rows,
        title=builder.section_name("search"),
        summary=builder.words.gettext(
            "Search all pages, or look through their titles from A to Z."
        ),
    )
