"""Placeholders for addresses that are not known yet."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from ..words import N_
from .body import Link
from .front_matter import Data, Place
from .plain_data import texts
from .problem import Problem

HOSTS = ("example.org", "example.com", "example.net")
"""Hosts reserved by RFC 2606: an address there stands for one that is not known yet."""


def placeholders(path: str, data: Data, links: Iterable[Link] = ()) -> list[Problem]:
    """Those of a file: in its data, and in the links of its text."""
    found = [(link.place, link.address) for link in links if is_placeholder(link.address)]
    found += [
        (data.place(where), text) for where, text in texts(data.value) if is_placeholder(text)
    ]
    return [placeholder(path, *one) for one in found]


def is_placeholder(address: str) -> bool:
    """Whether a web address or a mailbox is at one of ``HOSTS``. Any text may be asked about."""
    if "example." not in address:
        return False
    try:
        host = urlsplit(address).hostname or address.partition("@")[2]
    except ValueError:  # no address at all, as the text of a note may be
        return False
    return any(host == name or host.endswith("." + name) for name in HOSTS)


def placeholder(path: str, place: Place, address: str) -> Problem:
    """The problem that an address is a placeholder."""
    return Problem(
        path,
        *place,
        "placeholder",
        N_("%(address)s only stands for an address that is not known yet"),
        N_("write the real address; a demonstration is published with ALLOW_PLACEHOLDERS = True"),
        {"address": address[:120]},
    )
