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
    """What is there."""
    media_type: str
    """The media type of what is there."""
    schemas: list[SchemaLink]
    """The schemas that the documents there may have."""
    example: Uri | None
    """An address that exists; null where none is known."""


@closed
class EndpointGroup(TypedDict):
    """Addresses that belong together."""

    id: Literal["whole", "pages", "follow"]
    """Its id."""
    title: str
    """Its name."""
    endpoints: list[Endpoint]
    """Its addresses."""


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
