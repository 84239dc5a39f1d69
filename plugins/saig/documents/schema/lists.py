"""The documents of lists: the home page, sections, topics, booking, search, and those of notes."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypedDict

from ...notes.models import RelationType
from .common import Common, IsoDay, Ref, Topic, Uri, closed
from .service import ServiceItem


@closed
class PageLink(TypedDict):
    page: int
    url: Uri


@closed
class Paging(TypedDict):
    """Which page of a list this is, of how many, and where others are. ``links``: the first, the last,
    and those near; none where there is one page."""

    page: int
    pages: int
    previous: Uri | None
    next: Uri | None
    links: list[PageLink]


@closed
class Content(TypedDict):
    """A group of a list that has several pages: how many notes are in it, and the page on which it
    begins. Said on the first page."""

    id: str | None
    title: str | None
    title_lang: str | None
    count: int
    url: Uri


@closed
class Group(TypedDict):
    """Norms of a state, a type, a year or a topic, or notices of a month (``2024-05``), as far as they
    stand on this page; ``title``: that of a topic. In the lists of a note, those of one of them, by
    its key in the note's document."""

    id: str | None
    title: str | None
    title_lang: str | None
    items: list[Ref]


@closed
class HomePart(TypedDict):
    urgent: list[Ref]
    booking: Uri
    booking_lang: str
    departments: list[Ref]
    services: list[Ref]
    notices: list[Ref]
    norms: list[Ref]
    topics: list[Topic]


@closed
class HomeDocument(Common):
    kind: Literal["home"]
    home: HomePart


@closed
class Year(TypedDict):
    """A year, how many notices there are of it, and where they are."""

    year: int
    url: Uri
    count: int


@closed
class View(TypedDict):
    """A way to look through the norms: state, type, year, topic, relations."""

    id: str
    url: Uri


@closed
class Branch(TypedDict):
    """A contact, by its id, and those that belong to it."""

    id: str
    below: list[Branch]


@closed
class SectionPart(TypedDict):
    """``section`` is the contract's name: contacts, services, norms, notices, topics. ``view``: by
    what ``groups`` are made, where there are any. ``tree``: how contacts belong to each other.
    ``is_empty``: whether there is nothing to list now, so that no other page links here. ``year``: of
    which the notices are; ``years``: all of which there are any."""

    section: str
    is_empty: bool
    items: list[Ref]
    tree: list[Branch]
    past: list[Ref]
    topics: list[Topic]
    view: str | None
    views: list[View]
    groups: list[Group]
    year: int | None
    years: list[Year]
    contents: list[Content]
    paging: Paging


@closed
class SectionDocument(Common):
    kind: Literal["section"]
    section: SectionPart


@closed
class ListPart(TypedDict):
    """A page of the lists of a note, behind the page of the note itself (``of``)."""

    of: Ref
    groups: list[Group]
    paging: Paging


@closed
class ListDocument(Common):
    kind: Literal["list"]
    list: ListPart


@closed
class ActsOn(TypedDict):
    type: RelationType
    norm: Ref
    from_: Annotated[IsoDay | None, Field(alias="from")]
    provisions: list[str]


@closed
class Acting(TypedDict):
    """A norm and what it does to others."""

    norm: Ref
    relations: list[ActsOn]


@closed
class RelationsPart(TypedDict):
    """Norms that hang together, however far, are one group, as far as they stand on this page;
    ``alone``: those without relations."""

    is_empty: bool
    views: list[View]
    groups: list[list[Acting]]
    alone: list[Ref]
    paging: Paging


@closed
class RelationsDocument(Common):
    kind: Literal["relations"]
    relations: RelationsPart


@closed
class TopicPart(TypedDict):
    is_empty: bool
    contacts: list[Ref]
    services: list[Ref]
    notices: list[Ref]
    norms: list[Ref]
    pages: list[Ref]
    contents: list[Content]
    paging: Paging


@closed
class TopicDocument(Common):
    kind: Literal["topic"]
    topic: TopicPart


@closed
class BookingDepartment(TypedDict):
    department: Ref
    services: list[ServiceItem]


@closed
class BookingPart(TypedDict):
    is_empty: bool
    booking: Uri
    booking_lang: str
    departments: list[BookingDepartment]
    contents: list[Content]
    paging: Paging


@closed
class BookingDocument(Common):
    kind: Literal["booking"]
    booking: BookingPart


@closed
class SearchPart(TypedDict):
    """All notes, by kind and title. ``index``: what the script of the page asks; no part of this
    interface."""

    is_empty: bool
    index: Uri
    groups: list[Group]
    contents: list[Content]
    paging: Paging


@closed
class SearchDocument(Common):
    kind: Literal["search"]
    search: SearchPart
