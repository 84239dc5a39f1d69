"""What the site says of itself as a whole: the index, what is live, and when it changes by
itself."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypedDict

from .common import Force, IsoDay, Kind, NoteState, Uri, closed

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
    "api",
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
    uri: Uri | None
    """What it is about, the same in every language."""
    title: str
    """Its title."""
    state: NoteState | Force | None
    """How a note stands, as its own document says; null for what is no note, and for pages."""
    document: Uri
    """The document itself."""
    modified: IsoDay | None
    """The same as updated, which replaces it."""
    updated: IsoDay | None
    """When something of it was last new; null where that is not known."""
    digest: Digest
    """Of the document's bytes: another one, if anything in it changed."""
    own_digest: str | None
    """Of what the note itself says: the same where only other notes or the day changed. Null for
    what is no note."""


@closed
class GoneListing(TypedDict):
    """A page that was withdrawn."""

    url: Uri
    """Its address, which still answers."""
    title: str
    """What stood there."""
    title_lang: str
    """The language of that title."""
    kind: str | None
    """The kind of what stood there, or file; null where that is not known."""
    id: str | None
    """The id of what stood there; null for a file, and where that is not known."""
    lang: str
    """The language of what stood there; of a file, that of its address."""
    date: IsoDay
    """The day on which it was withdrawn."""
    reason: str
    """Why."""
    reason_lang: str
    """The language of the reason."""
    see: Uri | None
    """Where to look instead; null where that is not said."""


@closed
class MovedListing(TypedDict):
    """An address at which a note used to be."""

    from_: Annotated[Uri, Field(alias="from")]
    """The address, which leads on."""
    to: Uri
    """Where the note is now."""
    kind: Kind
    """The kind of the note."""
    id: str
    """Its id."""
    lang: str
    """The language of the old address."""


@closed
class FileListing(TypedDict):
    """A file that pages link to."""

    url: Uri
    """Its address."""
    title: str
    """Its name."""
    digest: Digest
    """Of its bytes."""


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
    """Everything that the site has. It is at api/v1/index.json; where there are more than 5,000
    documents it goes on over pages."""

    schema: Annotated[Uri, Field(alias="$schema")]
    """The schema of this document."""
    schema_version: str
    """The version of all schemas: whoever keeps them gets them again when it is another."""
    site: Uri
    """Where the site begins: every address of it begins so."""
    total: int
    """How many documents there are on all pages of the index."""
    totals: dict[PageKind, dict[str, int]]
    """How many there are of each kind, by language."""
    page: int
    """The number of this page of the index, from 1."""
    pages: int
    """How many pages the index has."""
    next: Uri | None
    """The next page of the index; null on the last."""
    changes: Uri
    """What each publication changed."""
    all: Uri
    """All documents in one file, each on a line, in the order of the index."""
    documents: list[Listing]
    """Every document, in a fixed order, as far as they stand on this page."""
    moved: list[MovedListing]
    """The addresses at which notes used to be. On the first page alone."""
    gone: list[GoneListing]
    """What was withdrawn. On the first page alone."""
    files: list[FileListing]
    """The files that pages link to. On the first page alone."""
    shared: list[SharedListing]
    """Documents that belong to no page. On the first page alone."""


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
