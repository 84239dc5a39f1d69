"""Addresses that only stand for one that is not known yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlsplit

from ..notes.problem import Problem
from ..notes.read import Note
from ..notes.site import Site
from ..words import N_

HOSTS = ("example.org", "example.com", "example.net")
"""Hosts reserved by RFC 2606: an address there stands for one that is not known yet."""


def placeholders(
    site: Site, site_places: Mapping[tuple[str | int, ...], tuple[int, int]], notes: Sequence[Note]
) -> list[Problem]:
    """Every address that only stands for one that is not known yet."""
    found = [
        _placeholder("content/site.yaml", site_places.get((name, lang), (1, 1)), link)
        for name, links in (("booking", site.booking), ("register", site.register_))
        for lang, link in links.root.items()
        if is_placeholder(link)
    ]
    for note in notes:
        found += [
            _placeholder(note.source.path, link.place, link.address)
            for link in note.body.links
            if is_placeholder(link.address)
        ]
        found += [
            _placeholder(note.source.path, note.place(*path), value)
            for path, value in _strings(
                note.fields.model_dump(
                    mode="json", by_alias=True, context={"lang": note.source.lang}
                )
            )
            if is_placeholder(value)
        ]
    return found


def is_placeholder(address: str) -> bool:
    if "example." not in address:
        return False
    host = urlsplit(address).hostname or address.partition("@")[2]
    return any(host == name or host.endswith("." + name) for name in HOSTS)


def _strings(
    value: object, path: tuple[str | int, ...] = ()
) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _strings(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _strings(item, (*path, index))


def _placeholder(path: str, place: tuple[int, int], address: str) -> Problem:
    return Problem(
        path,
        *place,
        "placeholder",
        N_("%(address)s only stands for an address that is not known yet"),
        N_("write the real address; a demonstration is published with ALLOW_PLACEHOLDERS = True"),
        {"address": address[:120]},
    )
