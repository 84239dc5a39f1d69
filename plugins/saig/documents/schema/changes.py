"""What publications changed (docs/data.md)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypedDict

from .common import IsoDay, Uri, closed
from .whole import Digest


@closed
class Changes(TypedDict):
    """Where to go on from: the publications of which it is told what they changed."""

    schema: Annotated[Uri, Field(alias="$schema")]
    """The JSON Schema of this document."""
    latest: int | None
    """The number of the last publication: the cursor of who has read everything. Null where nothing
    is published yet."""
    oldest: int | None
    """The number of the first publication of which it is still told what it changed. Whoever has
    only read what came before begins anew with the index."""
    page: str
    """The address of what a publication changed, with {number} in place of its number."""
    documents: int
    """How many documents the index lists."""
    index: Uri
    """The address of the index of all documents."""


@closed
class PublicationChange(TypedDict):
    """What a publication did at an address."""

    op: Literal["added", "changed", "moved", "withdrawn", "removed"]
    """added: something is there now. changed: what is there is another. moved: it is at
    the address to now. withdrawn: it is gone, and the page there says why. removed: it is
    not listed any more, without anything being said of it, as the last page of a list that became
    shorter."""
    kind: str | None
    """The kind of the document; file for a file of the editors; site or codes for a document that
    belongs to no page. Null where that is not known any more."""
    id: str | None
    """The id of the document within its kind. Null for what is no page, and where it is not known
    any more."""
    lang: str | None
    """The language of the document. Null for files, and where it is not known any more."""
    url: Uri
    """The address of the page, or of what is none. The document of a page is index.json below
    it."""
    digest: Digest | None
    """SHA-256 of the document, or of the file, as it is now; with moved, of the one at to.
    Null where there is none now."""
    to: Uri | None
    """With moved: where it is now. Else null."""
    date: IsoDay | None
    """With withdrawn: the day. Else null."""
    reason: str | None
    """With withdrawn: why. Else null."""
    reason_lang: str | None
    """The language of the reason. Null where there is none."""
    see: Uri | None
    """With withdrawn: where to look instead. Null where that is not said."""


@closed
class PublicationPage(TypedDict):
    """What one publication changed. It never changes itself."""

    schema: Annotated[Uri, Field(alias="$schema")]
    """The JSON Schema of this document."""
    number: int
    """The number of the publication, as in the publication record. Some numbers have no page."""
    kind: Literal["publish", "rollback"]
    """rollback: what was public before is public again."""
    published: Annotated[str, Field(json_schema_extra={"format": "date-time"})]
    """When, in UTC, as the record says it."""
    day: IsoDay | None
    """The civil date for which the site was built."""
    commit: str | None
    """The commit that it was built from. Null where the notes are in no repository."""
    previous: int | None
    """The number of the publication before, of those that have a page. Null in the first."""
    documents: int
    """How many documents the index lists after it."""
    changes: list[PublicationChange]
    """What changed, each address once. First drop what moved, was withdrawn or removed; then take
    what was added, changed, or is at to."""
