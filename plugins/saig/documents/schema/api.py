"""The page that tells what programs can ask of the site."""

from __future__ import annotations

from typing import Literal

from typing_extensions import TypedDict

from .common import Common, Uri, closed


@closed
class SchemaLink(TypedDict):
    """A schema."""

    id: str
    """Its name."""
    url: Uri
    """Where it is."""


@closed
class Endpoint(TypedDict):
    """Addresses of one kind."""

    path: str
    """The address from the site's root, with names in braces for what differs."""
    text: str
    """What answers there."""
    media_type: str
    """As what it comes."""
    schemas: list[SchemaLink]
    """The schemas of which it has one."""
    example: Uri | None
    """An address of which something is known to answer; null where none is."""


@closed
class EndpointGroup(TypedDict):
    """Addresses that belong together."""

    id: Literal["whole", "pages", "follow"]
    """Which."""
    title: str
    """Its name."""
    endpoints: list[Endpoint]
    """They."""


@closed
class ApiPart(TypedDict):
    """What programs can ask of the site."""

    index: Uri
    """Where to begin."""
    openapi: Uri
    """The same as OpenAPI 3.1."""
    groups: list[EndpointGroup]
    """All addresses."""


@closed
class ApiDocument(Common):
    """The page that tells what programs can ask of the site."""

    kind: Literal["api"]
    api: ApiPart
    """What it tells."""
