"""The documents of addresses at which there is no page any more."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypedDict

from .common import Common, IsoDay, Uri, closed


@closed
class GonePart(TypedDict):
    address: Uri
    withdrawn: IsoDay
    reason: str
    reason_lang: str
    see: Uri | None


@closed
class GoneDocument(Common):
    kind: Literal["gone"]
    gone: GonePart


@closed
class MovedPart(TypedDict):
    from_: Annotated[Uri, Field(alias="from")]
    to: Uri


@closed
class MovedDocument(Common):
    kind: Literal["moved"]
    moved: MovedPart


@closed
class Choice(TypedDict):
    """A page, and the old addresses that it answers for."""

    title: str
    title_lang: str
    lang: str
    url: Uri
    from_: Annotated[list[Uri], Field(alias="from")]


@closed
class ChoicePart(TypedDict):
    """``from``: the old address without a query, which alone told the pages apart."""

    from_: Annotated[Uri, Field(alias="from")]
    pages: list[Choice]


@closed
class ChoiceDocument(Common):
    kind: Literal["choice"]
    choice: ChoicePart
