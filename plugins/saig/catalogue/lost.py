"""Published pages of lists that no longer exist, because their lists became shorter (decision
40)."""

from __future__ import annotations

from collections.abc import Mapping

from ..notes.address import place
from ..notes.address_lists import Recorded
from ..words import N_
from . import addresses
from .catalogue import Catalogue
from .lookup import derived
from .pages import page_at

KINDS = ("section", "topic", "relations", "booking", "search", "list")
"""Kinds of documents that are pages of lists."""


def list_pages_in(recorded: Mapping[str, Recorded]) -> list[str]:
    """The published addresses of years and of further pages of lists."""
    return sorted(
        place(address)
        for address, found in recorded.items()
        if found.kind in KINDS and addresses.of_further(place(address))[1] is not None
    )


@derived(N_("which pages of lists are no more"))
def lost(catalogue: Catalogue, lang: str) -> list[str]:
    """The addresses where a page of a list was, and now nothing is."""
    catalogue.looks_up("recorded *")
    return [
        there
        for there in catalogue.recorded
        if addresses.language_of(catalogue.site, there) == lang
        and page_at(catalogue, there) is None
        and not _is_told(catalogue, there)
        and redirect_target(catalogue, there) != there
    ]


def redirect_target(catalogue: Catalogue, there: str) -> str:
    """The address to which that of a removed page of a list is redirected: the first page of the
    list, or where that moved. The same address if there is neither."""
    above, number = addresses.of_further(there)
    while number is not None:
        if page_at(catalogue, above) is not None:
            return above
        if moved := catalogue.led_at(above):
            return catalogue.address(moved[0], addresses.language_of(catalogue.site, above))
        if _is_told(catalogue, above):
            return above
        above, number = addresses.of_further(above)
    return there


def _is_told(catalogue: Catalogue, there: str) -> bool:
    """Whether a note or gone.yaml says what became of an address: then it has its own page."""
    gone = any(place(one.address) == there for one in catalogue.gone)
    return gone or bool(catalogue.led_at(there))
