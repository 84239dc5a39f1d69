"""Of which notes a page's feed and calendar tell."""

from __future__ import annotations

from ..catalogue.addresses import LISTED, SECTION_OF
from ..catalogue.catalogue import Catalogue
from ..catalogue.filled import topic_list
from ..catalogue.lists import list_pages
from ..catalogue.notes_lists import lists_now
from ..notes.models import FOLDERS

LISTS = {"contact": ("services", "notices", "norms"), "norm": ("explained_in", "cited_in")}
"""The lists of a note of which the feed beside its page tells too."""


def news_about(catalogue: Catalogue, name: str) -> str | list[str] | None:
    """Of which notes the feed beside a page tells (docs/notes.md, Addresses): of all, of those of a
    kind, or of those named; None if there is none. ``name``: of the page's document, as
    ``every.document_names`` has it."""
    what, _, of = name.partition(" ")
    if what == "home":
        return "all"
    if what == "notices":
        return "notice"
    if what == "section" and of in LISTED:
        return FOLDERS[of]
    if what == "topic" and " " not in of:
        rows = [
            row
            for page in list_pages(catalogue, topic_list(of), catalogue.site.default_language)
            for row in page
        ]
        return [note for group in SECTION_OF.values() for found, note in rows if found == group]
    if what == "note" and (kind := of.partition("/")[0]) in LISTS:
        lists = lists_now(catalogue, of)
        return [of, *(note for found in LISTS[kind] for note in lists[found])]
    return None
