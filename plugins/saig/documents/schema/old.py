"""The documents of addresses at which there is no page any more."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypedDict

from .common import Common, IsoDay, Uri, closed


@closed
class GonePart(TypedDict):
    """What stands at the address of a page that was withdrawn."""

    address: Uri
    """The address of the page."""
    withdrawn: IsoDay
    """The day on which it was withdrawn."""
    reason: str
    """Why."""
    reason_lang: str
    see: Uri | None
    """Where to look instead."""


@closed
class GoneDocument(Common):
    """What stands at the address of a page that was withdrawn."""

    kind: Literal["gone"]
    gone: GonePart


@closed
class MovedPart(TypedDict):
    """What stands at an address from which a page moved."""

    from_: Annotated[Uri, Field(alias="from")]
    """The old address."""
    to: Uri
    """The page."""


@closed
class MovedDocument(Common):
    """What stands at an address from which a page moved."""

    kind: Literal["moved"]
    moved: MovedPart


@closed
class Choice(TypedDict):
    """A page, and the old addresses that it answers for."""

    title: str
    """Its title."""
    title_lang: str
    """The language of the title."""
    lang: str
    """The language of the page."""
    url: Uri
    """The page."""
    from_: Annotated[list[Uri], Field(alias="from")]
    """The old addresses."""


@closed
class ChoicePart(TypedDict):
    """What stands where several pages used to be that only a query told apart."""

    from_: Annotated[Uri, Field(alias="from")]
    """The old address without a query."""
    pages: list[Choice]
    """The pages that they are now."""


@closed
class ChoiceDocument(Common):
    """What stands where several pages used to be that only a query told apart."""

    kind: Literal["choice"]
    choice: ChoicePart
