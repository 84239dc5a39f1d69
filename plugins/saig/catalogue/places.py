"""What a fragment may name on the pages of the site, and whether an address of it leads anywhere."""

from __future__ import annotations

from typing import Literal
from urllib.parse import unquote

from ..notes.files import FILES
from . import addresses
from .catalogue import Catalogue
from .filled import responsible

ON_EVERY_PAGE = frozenset({"main_content", "top"})


def places_at(catalogue: Catalogue, address: str) -> frozenset[str] | None:
    """What can be named on the page at an address; None where no page of ours stands there, but a
    file. Headings of pages that no note has are left out where they come and go with the day."""
    there = addresses.whole(address)
    if found := catalogue.note_at(there):
        entry, lang = found
        note = entry.note(lang)
        changes = {f"change_{number + 1}" for number in range(len(note.fields.changes))}
        own = {"contact_reach_heading"} if entry.kind == "contact" else set()
        return ON_EVERY_PAGE | note.body.anchors | changes | own
    site = catalogue.site
    if there in {addresses.section(site, "booking", lang) for lang in site.languages}:
        return ON_EVERY_PAGE | {f"department_{contact.id}" for contact in responsible(catalogue)}
    if there in catalogue.pages:
        return ON_EVERY_PAGE
    is_page = there.endswith(".html") and not there.startswith(f"/{FILES}/")
    return frozenset({"top"}) if is_page else None


def leads(catalogue: Catalogue, address: str) -> Literal["there", "nowhere", "to no place"]:
    """Whether an address of the site, from its root, leads to something, and its fragment too."""
    path, _, fragment = address.partition("#")
    path, fragment = path.partition("?")[0], unquote(fragment)
    if not catalogue.answers(path):
        return "nowhere"
    places = places_at(catalogue, path)
    if not fragment or fragment.startswith(":~:") or places is None or fragment in places:
        return "there"
    return "to no place"
