"""By what others name the thing that a document is about, in whatever language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

CATALOGUE = "api/v1/catalogue.ttl"
"""The site's linked data (``outputs/linked``), which tells of what these addresses name."""


def uri(site_url: str, kind: str, identifier: str, eli: str | None = None) -> str:
    """The address that names a thing: a norm's ELI, else a part of the catalogue. It has no
    language, and stays when the page moves. ``site_url`` has no slash at its end."""
    return eli or f"{site_url}/{CATALOGUE}#{kind}/{quote(identifier, safe='')}"


def uri_of(site_url: str, document: Mapping[str, Any]) -> str:
    """The same of what a document is about; also of a reference, but for norms, whose ELI that does
    not say."""
    part = document.get(document["kind"])
    eli = part.get("eli") if isinstance(part, Mapping) else None
    return uri(site_url, document["kind"], document["id"], eli)


def norms_named(document: Mapping[str, Any]) -> Iterator[str]:
    """The ids of the norms that a service's document names, which does not say their ELI."""
    service = document.get("service")
    if isinstance(service, Mapping):
        only = service["online_only_norm"]
        for norm in (*service["norms"], *([only] if only else ())):
            yield norm["id"]
