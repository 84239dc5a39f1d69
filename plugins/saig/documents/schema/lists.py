"""The documents of lists: the home page, sections, topics, booking, search, and those of notes."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypedDict

from ...notes.norm_fields import RelationType
from .common import Common, Crumb, IsoDay, Ref, Topic, Uri, closed
from .service import ServiceItem
from .today import Receptions


@closed
class PageLink(TypedDict):
    """A page of a list."""

    page: int
    """Its number, from 1 on."""
    url: Uri
    """Its address."""


@closed
class Paging(TypedDict):
    """Which page of a list this is."""

    page: int
    """Its number, from 1 on."""
    pages: int
    """How many there are."""
    previous: Uri | None
    """The page before; null on the first."""
    next: Uri | None
    """The page after; null on the last."""
    links: list[PageLink]
    """The first, the last, and those near; none where there is one page."""


@closed
class Content(TypedDict):
    """A group of a list that has several pages. Said on the first page."""

    id: str | None
    """What the notes of the group have in common: a code, a topic, a year, a contact. Null for
    those without."""
    title: str | None
    """Its name; the id where it has none."""
    title_lang: str | None
    """The language of the name."""
    count: int
    """How many notes are in it."""
    url: Uri
    """The page on which it begins."""


@closed
class Group(TypedDict):
    """Notes that have something in common, as far as they stand on this page."""

    id: str | None
    """What they have in common: a state, a type, a year, a month (2024-05), a topic; in the lists
    of a note, the key of the list. Null for those without."""
    title: str | None
    """The name of it; the id where it has none but a code."""
    title_lang: str | None
    """The language of the name."""
    items: list[Ref]
    """The notes."""


@closed
class HomePart(TypedDict):
    """What belongs to the home page."""

    tasks: list[Crumb]
    """What people come for most, as the site chose, or else where to book and the first
    services."""
    urgent: list[Ref]
    """Urgent notices that hold."""
    booking: Uri
    """The general booking page."""
    booking_lang: str
    """The language of that page."""
    departments: list[Ref]
    """Departments."""
    services: list[Ref]
    """Services that are given today, by title."""
    notices: list[Ref]
    """The latest notices that hold, the important ones first."""
    norms: list[Ref]
    """The latest norms."""
    topics: list[Topic]
    """The topics that have a page."""
    walk_in: Receptions
    """Where one can go without an appointment, and when."""


@closed
class HomeDocument(Common):
    """The home page."""

    kind: Literal["home"]
    home: HomePart


@closed
class Year(TypedDict):
    """A year of notices."""

    year: int
    """Which."""
    url: Uri
    """The page on which its notices begin."""
    count: int
    """How many there are."""


@closed
class View(TypedDict):
    """A way to look through the norms."""

    id: str
    """By what: state, type, year, topic; or relations, as a map."""
    url: Uri
    """Its first page."""


@closed
class Branch(TypedDict):
    """A contact, and those that belong to it."""

    id: str
    """Its id: it is among items."""
    below: list[Branch]
    """Those that belong to it."""


@closed
class SectionPart(TypedDict):
    """What belongs to a list of a section."""

    section: str
    """Which: contacts, services, norms, notices or topics."""
    is_empty: bool
    """Whether there is nothing to list now, so that no other page links here."""
    items: list[Ref]
    """The notes on this page that are not over."""
    tree: list[Branch]
    """How contacts belong to each other; empty in other sections."""
    past: list[Ref]
    """The notes on this page that are over."""
    topics: list[Topic]
    """The topics, on the page of all of them."""
    view: str | None
    """By what groups are made: state, type, year, topic or month; null where there are none."""
    views: list[View]
    """The ways to look through the norms."""
    groups: list[Group]
    """The notes on this page in groups."""
    year: int | None
    """The year of which notices are listed; null on other lists."""
    years: list[Year]
    """All years of which there are notices."""
    contents: list[Content]
    """On the first of several pages: the groups of the whole list."""
    paging: Paging
    """Which page of the list this is."""
    visits: Receptions | None
    """Of contacts: when one is received there in person."""


@closed
class SectionDocument(Common):
    """A list: of a section of the site, of the norms in groups, of the notices of a year."""

    kind: Literal["section"]
    section: SectionPart


@closed
class ListPart(TypedDict):
    """What belongs to a page of the lists of a note that are too long for its own page."""

    of: Ref
    """The note."""
    groups: list[Group]
    """Its lists, as far as they stand on this page; each id is the key of a list of its
    document."""
    paging: Paging
    """Which page of the lists this is: the first is the page of the note."""


@closed
class ListDocument(Common):
    """A page of the lists of a note that are too long for its own page."""

    kind: Literal["list"]
    list: ListPart


@closed
class ActsOn(TypedDict):
    """What a norm does to another."""

    type: RelationType
    """What is done."""
    norm: Ref
    """To which norm."""
    from_: Annotated[IsoDay | None, Field(alias="from")]
    """The first day of the effect."""
    provisions: list[str]
    """To which provisions, by name; empty for the whole norm."""
    provisions_lang: str | None
    """The language of the provisions; null where their note has one name for all languages."""
    provisions_said: str | None
    """The same as one text, each kind said once: art. 120, 125, DA 17."""


@closed
class Acting(TypedDict):
    """A norm, and what it does to others."""

    norm: Ref
    """The norm."""
    relations: list[ActsOn]
    """What it does."""


@closed
class RelationsPart(TypedDict):
    """What belongs to the map of the norms."""

    is_empty: bool
    """Whether there is no norm."""
    views: list[View]
    """The ways to look through the norms."""
    groups: list[list[Acting]]
    """Norms that hang together, however far, are one group, as far as they stand on this page."""
    alone: list[Ref]
    """Norms without relations."""
    abbreviations: list[str]
    """Those in the names of provisions here, to be explained."""
    paging: Paging
    """Which page of the list this is."""


@closed
class RelationsDocument(Common):
    """The map of the norms: which does what to which."""

    kind: Literal["relations"]
    relations: RelationsPart


@closed
class TopicPart(TypedDict):
    """What belongs to a topic: all that is about it."""

    is_empty: bool
    """Whether there is nothing about it now."""
    contacts: list[Ref]
    """Contacts about it."""
    services: list[Ref]
    """Services about it."""
    notices: list[Ref]
    """Notices about it."""
    norms: list[Ref]
    """Norms about it."""
    pages: list[Ref]
    """Pages about it."""
    contents: list[Content]
    """On the first of several pages: how many there are of each kind."""
    paging: Paging
    """Which page of the list this is."""


@closed
class TopicDocument(Common):
    """All that there is on a topic."""

    kind: Literal["topic"]
    topic: TopicPart


@closed
class BookingDepartment(TypedDict):
    """A department, and what it gives."""

    department: Ref
    """The department."""
    services: list[ServiceItem]
    """Its services, as far as they stand on this page."""


@closed
class BookingPart(TypedDict):
    """What belongs to the page of all services with their ways: where to book, and where none is
    needed."""

    is_empty: bool
    """Whether there is no service."""
    booking: Uri
    """The general booking page."""
    booking_lang: str
    """The language of that page."""
    departments: list[BookingDepartment]
    """The departments on this page."""
    contents: list[Content]
    """On the first of several pages: all departments."""
    paging: Paging
    """Which page of the list this is."""


@closed
class BookingDocument(Common):
    """All services with the ways to them."""

    kind: Literal["booking"]
    booking: BookingPart


@closed
class SearchPart(TypedDict):
    """What belongs to the search page: all notes, by kind and title."""

    is_empty: bool
    """Whether there is no note."""
    index: Uri
    """What the script of the page asks; no part of this interface."""
    groups: list[Group]
    """The notes on this page, by kind; each id is the name of a section."""
    contents: list[Content]
    """On the first of several pages: how many there are of each kind."""
    paging: Paging
    """Which page of the list this is."""


@closed
class SearchDocument(Common):
    """All notes, by kind and title."""

    kind: Literal["search"]
    search: SearchPart
