"""The URI of the thing that a document is about, the same in all languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

CATALOGUE = "api/v1/catalogue.ttl"
"""The site's linked data (``outputs/linked``), which describes these things."""


def uri(site_url: str, kind: str, identifier: str, eli: str | None = None) -> str:
    """The URI of a thing: a norm's ELI, or else a fragment of the catalogue. It does not change
    with language or address of the page. ``site_url`` has no slash at its end."""
    return eli or f"{site_url}/{CATALOGUE}#{kind}/{quote(identifier, safe='')}"


def uri_of(site_url: str, document: Mapping[str, Any]) -> str:
    """The URI of what a document is about; also for a reference, except to a norm, which lacks the
    ELI."""
    part = document.get(document["kind"])
    eli = part.get("eli") if isinstance(part, Mapping) else None
    return uri(site_url, document["kind"], document["id"], eli)


def norms_named(document: Mapping[str, Any]) -> Iterator[str]:
    """The ids of the norms that a service's document names without their ELI."""
    service = document.get("service")
    if isinstance(service, Mapping):
        only = service["online_only_norm"]
        for norm in (*service["norms"], *([only] if only else ())):
            yield norm["id"]
