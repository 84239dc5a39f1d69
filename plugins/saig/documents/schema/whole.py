"""What the site says of itself as a whole: the index, what is live, and when it changes by itself."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypedDict

from .common import IsoDay, Uri, closed

Digest = Annotated[str, Field(pattern="^sha256:[0-9a-f]{64}$")]
PageKind = Literal[
    "contact",
    "service",
    "norm",
    "notice",
    "page",
    "home",
    "section",
    "list",
    "relations",
    "topic",
    "booking",
    "search",
]


@closed
class Listing(TypedDict):
    """A document of the site."""

    kind: PageKind
    """What it is: its schema is the one of that name."""
    id: str
    """Its id, unique within its kind and the same in every language."""
    lang: str
    """Its language."""
    url: Uri
    """Its page."""
    title: str
    """Its title."""
    document: Uri
    """The document itself."""
    modified: IsoDay | None
    """The same as updated, which replaces it."""
    updated: IsoDay | None
    """When something of it was last new; null where that is not known."""
    digest: Digest
    """Of the document's bytes: another one, if anything in it changed."""


@closed
class GoneListing(TypedDict):
    """A page that was withdrawn."""

    url: Uri
    """Its address, which still answers."""
    title: str
    """What stood there."""
    date: IsoDay
    """The day on which it was withdrawn."""


@closed
class FileListing(TypedDict):
    """A file that pages link to."""

    url: Uri
    """Its address."""
    title: str
    """Its name."""


@closed
class SharedListing(TypedDict):
    """A document that belongs to no page: pages are made with it."""

    kind: Literal["site", "codes"]
    """What it is: the site's own document, or the words for every code."""
    lang: str
    """Its language."""
    document: Uri
    """The document itself."""
    digest: Digest
    """Of its bytes."""


@closed
class IndexDocument(TypedDict):
    """Everything that the site has. It is at api/v1/index.json."""

    schema: Annotated[Uri, Field(alias="$schema")]
    """The schema of this document."""
    schema_version: str
    """The version of all schemas: whoever keeps them gets them again when it is another."""
    site: Uri
    """Where the site begins: every address of it begins so."""
    documents: list[Listing]
    """Every document, in a fixed order."""
    gone: list[GoneListing]
    """What was withdrawn."""
    files: list[FileListing]
    """The files that pages link to."""
    shared: list[SharedListing]
    """Documents that belong to no page."""


@closed
class VersionDocument(TypedDict):
    """What is live. It is at version.json, and the one place that tells of the build."""

    schema: Annotated[Uri, Field(alias="$schema")]
    """The schema of this document."""
    schema_version: str
    """The version of all schemas."""
    generator: Literal["Saig"]
    """What made the site."""
    date: IsoDay
    """The day that the site is of."""
    commit: str | None
    """The commit of its content; null where it is in no Git repository."""
    differs: bool | None
    """Whether the files differed from that commit; null where there is none."""


@closed
class NextChangeDocument(TypedDict):
    """When the site must be built again though nobody changes it. It is at next-change.json."""

    schema: Annotated[Uri, Field(alias="$schema")]
    """The schema of this document."""
    date: IsoDay | None
    """The next day on which a page changes by itself; null where none does."""
