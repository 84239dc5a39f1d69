"""Which notes a page's feed and calendar contain."""

from __future__ import annotations

from ..catalogue.addresses import LISTED, SECTION_OF
from ..catalogue.catalogue import Catalogue
from ..catalogue.filled import topic_list
from ..catalogue.lists import list_pages
from ..catalogue.notes_lists import lists_now
from ..notes.models import FOLDERS

LISTS = {"contact": ("services", "notices", "norms"), "norm": ("explained_in", "cited_in")}
"""Kind -> the note's lists whose notes its feed contains too."""


def news_about(catalogue: Catalogue, name: str) -> str | list[str] | None:
    """The notes in the feed beside a page (docs/notes.md, Addresses): all, those of a kind, or
    those listed; None if there is no feed. ``name``: of the document, from
    ``every.document_names``."""
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
