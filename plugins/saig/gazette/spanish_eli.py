"""ELI addresses as Spain's gazettes write them (technical specification of 24 February 2022,
elidata.es)."""

from __future__ import annotations

import re

ELI = re.compile(
    r"https://[^/]+/(?:[a-z]+/)*eli/(?P<jurisdiction>[a-z]{2}(-[a-z]{2})?)/(?P<type>[a-z]+)"
    r"/\d{4}/\d{2}/\d{2}/[^/]+/?"
)


def eli_part(address: str, name: str) -> str:
    """The ``jurisdiction`` or the ``type`` that an address says; empty where it is none."""
    found = ELI.fullmatch(address)
    return found[name] if found else ""
