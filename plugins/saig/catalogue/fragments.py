"""The fragments of the site's pages, and whether something is at an address."""

from __future__ import annotations

from typing import Literal
from urllib.parse import unquote

from ..notes.files import FILES
from . import addresses
from .catalogue import Catalogue
from .entry import key_of
from .lists import list_at, page
from .pages import LIST, answers, page_at

ON_EVERY_PAGE = frozenset({"main_content", "top"})


def fragments_at(catalogue: Catalogue, address: str) -> frozenset[str] | None:
    """The fragments of the page at an address; None if there is no page, but perhaps a file.
    Headings that come and go with the day are left out on pages that are not of a note."""
    there = addresses.whole(address)
    if found := catalogue.note_at(there):
        entry, lang = found
        note = entry.note(lang)
        changes = {f"change_{number + 1}" for number in range(len(note.fields.changes))}
        own = {"contact_reach_heading"} if entry.kind == "contact" else set()
        return ON_EVERY_PAGE | note.body.anchors | changes | own
    stands = page_at(catalogue, there)
    if stands in ("booking", LIST):
        return ON_EVERY_PAGE | _departments_at(catalogue, there)
    if stands:
        return ON_EVERY_PAGE
    is_page = there.endswith(".html") and not there.startswith(f"/{FILES}/")
    return frozenset({"top"}) if is_page else None


def _departments_at(catalogue: Catalogue, there: str) -> set[str]:
    """The departments that a page of the booking list names."""
    lang = addresses.language_of(catalogue.site, there)
    name, lang, number = list_at(catalogue, there) or ("booking", lang, 1)
    if name != "booking":
        return set()
    return {f"department_{key_of(of).id}" for of, _ in page(catalogue, name, lang, number)}


def link_status(
    catalogue: Catalogue, address: str
) -> Literal["there", "nowhere", "to no fragment"]:
    """Whether something is at an address of the site (from its root), and at its fragment."""
    path, _, fragment = address.partition("#")
    path, fragment = path.partition("?")[0], unquote(fragment)
    if not answers(catalogue, path):
        return "nowhere"
    fragments = fragments_at(catalogue, path)
    if not fragment or fragment.startswith(":~:") or fragments is None or fragment in fragments:
        return "there"
    return "to no fragment"
