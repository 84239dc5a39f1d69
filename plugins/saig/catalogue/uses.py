"""The absolute web addresses in ``content/``, and where each is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..notes.address_lists import Gone
from ..notes.base_model import in_language
from ..notes.placeholders import is_placeholder
from ..notes.plain_data import texts
from ..notes.read import Note, Places
from ..notes.site import Site

_OUTSIDE = re.compile(r"https://\S+", re.IGNORECASE)


@dataclass(frozen=True)
class UrlOccurrence:
    """One place that names an address. ``address``: as written there."""

    address: str
    path: str
    place: tuple[int, int]


def uses(
    site: Site,
    site_places: Places,
    gone: Sequence[Gone],
    gone_places: Places,
    notes: Iterable[Note],
) -> Iterator[UrlOccurrence]:
    """Every absolute web address in the facts and links of ``content/``, and every placeholder."""
    for name, links in (("booking", site.booking), ("register", site.register_)):
        for lang, address in links.root.items():
            yield UrlOccurrence(address, "content/site.yaml", site_places.get((name, lang), (1, 1)))
    for index, task in enumerate(site.tasks):
        for lang, address in task.address.root.items() if task.address else ():
            place = site_places.get(("tasks", index, "address", lang), (1, 1))
            yield UrlOccurrence(address, "content/site.yaml", place)
    for index, item in enumerate(gone):
        if item.see and _is_one(item.see):
            place = gone_places.get((index, "see"), (1, 1))
            yield UrlOccurrence(item.see, "content/gone.yaml", place)
    for note in notes:
        for link in note.body.links:
            if _is_one(link.address):
                yield UrlOccurrence(link.address, note.source.path, link.place)
        yield from of_facts(note)


def of_facts(note: Note) -> Iterator[UrlOccurrence]:
    """The addresses in a note's front matter, in all languages."""
    own = note.source.lang
    facts = in_language(note.fields, own)
    for path, value in texts(facts):
        if _is_one(value):
            yield UrlOccurrence(value, note.source.path, note.place(*path))
    for index, channel in enumerate(getattr(note.fields, "channels", ())):
        for lang, address in channel.url.names.items() if channel.url else ():
            if lang != own:
                place = note.place("channels", index, "url", lang)
                yield UrlOccurrence(address, note.source.path, place)


def _is_one(text: str) -> bool:
    return bool(_OUTSIDE.fullmatch(text)) or is_placeholder(text)


def outside(found: Iterable[UrlOccurrence]) -> Mapping[str, list[UrlOccurrence]]:
    """The addresses that a server can be asked for, without fragments, and where each is used.
    Placeholders are left out."""
    by_address: dict[str, list[UrlOccurrence]] = {}
    for use in found:
        if _OUTSIDE.fullmatch(use.address) and not is_placeholder(use.address):
            by_address.setdefault(use.address.partition("#")[0], []).append(use)
    return by_address
