"""What is at an address: pages of notes and of lists, and the files beside them."""

from __future__ import annotations

from ..notes.address import decoded, encoded, file_of, whole
from . import addresses
from .catalogue import Catalogue
from .contacts import security_email
from .lists import list_at

LIST = "list"
"""A year of notices, or a page of a list after its first."""


def page_at(catalogue: Catalogue, there: str) -> str | None:
    """What page is at an address: the kind of its note, ``LIST``, or as ``Catalogue.pages`` says;
    None if there is none."""
    if found := catalogue.note_at(there):
        return found[0].kind
    return catalogue.pages.get(there) or (LIST if list_at(catalogue, there) else None)


def answers(catalogue: Catalogue, address: str) -> bool:
    """Whether there is a page or file at an address. ``address``: from the site's root, without
    query and fragment, in any spelling. Pages that only say that something moved or is gone do not
    count."""
    there = whole(address)
    folder, _, name = there.rpartition("/")
    page = page_at(catalogue, f"{folder}/")
    return (
        page_at(catalogue, there) is not None
        or (page is not None and name in addresses.beside(catalogue.site, page))
        or _is_of_whole(catalogue, there)
        or catalogue.known.has_file(decoded(address).strip("/"))
        or catalogue.known.has_file(file_of(there))
    )


def _is_of_whole(catalogue: Catalogue, there: str) -> bool:
    if there.startswith("/theme/"):
        catalogue.looks_up("theme *")
        return there in {encoded(f"/theme/{path}") for path in catalogue.known.index.theme}
    if there == "/.well-known/security.txt":
        return security_email(catalogue) is not None
    return there in catalogue.of_whole
