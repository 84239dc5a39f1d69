"""The shape of every document (contract §4). The published JSON Schemas are made from these types.

A document is plain data: dates are ISO, addresses absolute, texts in the document's language. What
may be in another, as it is not translated, has its language beside it: ``label_lang`` of ``label``.
Where a fact is as an editor wrote it, the type is the very model that checked the note.
"""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, TypeAdapter, with_config
from typing_extensions import TypedDict

from ..notes import fields, models, norm_fields
from ..notes.models import (
    ActType,
    Address,
    Change,
    Checked,
    Closure,
    Publication,
    RelationType,
    Urgency,
)

Uri = Annotated[str, Field(json_schema_extra={"format": "uri"})]
IsoDay = Annotated[str, Field(json_schema_extra={"format": "date"})]
NoteState = Literal["upcoming", "current", "expired", "superseded"]
Force = Literal[
    "not-yet-in-force",
    "in-force",
    "partly-in-force",
    "suspended",
    "no-longer-in-force",
    "unknown",
]

closed = with_config(ConfigDict(extra="forbid"))


@closed
class Holds(TypedDict):
    """Since when what is said here holds, and the last day on which it will, as far as is known."""

    from_: Annotated[IsoDay | None, Field(alias="from")]
    until: IsoDay | None


@closed
class Crumb(TypedDict):
    """``lang``: of the page there."""

    title: str
    title_lang: str
    lang: str
    url: Uri


@closed
class Topic(TypedDict):
    id: str
    title: str
    title_lang: str
    url: Uri


@closed
class Ref(TypedDict):
    """A note as others name it. ``lang`` is the language of its words and of its page.
    ``state_said``: a norm's state in a word or two. ``replaced_by``: those that stand for it today,
    if others took its place, and since when."""

    kind: str
    id: str
    lang: str
    url: Uri
    title: str
    short_title: str
    summary: str
    date: IsoDay | None
    state: NoteState | Force
    state_said: str | None
    replaced_by: list[Crumb]
    replaced_on: IsoDay | None


@closed
class OfNorm(TypedDict):
    """What happened to a norm: which, and the id and the text of that among its own events."""

    norm: Ref
    id: str
    text: str


@closed
class Event(TypedDict):
    """What happened to a note by itself: it is over, or a norm that it relies on was repealed or
    amended. ``kind``: that a note is ``over``, that a norm came into another ``state``, or that
    another norm did something to it by a ``relation``. ``of``: if it happened to a norm that the
    note relies on."""

    id: str
    kind: Literal["over", "state", "relation"]
    date: IsoDay
    text: str
    of: OfNorm | None


@closed
class Mention(Ref):
    """``is_shown``: whether the page names it above its list of mentions."""

    is_shown: bool


@closed
class Happened(TypedDict):
    """``id``: of the element of the page that tells it."""

    id: str
    date: IsoDay
    text: str


class OpeningHours(models.OpeningHours):
    """``counts_from``, ``counts_until``: the days on which they count, as the note may hold for less."""

    counts_from: fields.CivilDate | None = None
    counts_until: fields.CivilDate | None = None


class Hours(models.Hours):
    """``counts_from``, ``counts_until``: the days on which they count, those of channel and note."""

    counts_from: fields.CivilDate | None = None
    counts_until: fields.CivilDate | None = None


class ServiceChannel(models.ServiceChannel):
    opening_hours: list[Hours] = Field(  # type: ignore[assignment]
        [], description="when this channel can be used"
    )


@closed
class More(TypedDict):
    """A list of a note's document that is not whole, by its key: how many notes there are, and where
    the whole of it begins."""

    list: str
    count: int
    url: Uri


@closed
class Told(TypedDict):
    """What is told of every note. ``search_words``: by which people look for it. ``held_until``: its
    last day, of one that is over. ``history``: the changes and events that its page tells at its end.
    ``more``: the lists of which only the first notes stand here."""

    search_words: list[str]
    more: list[More]
    held_until: IsoDay | None
    supersedes: list[Ref]
    superseded_by: list[Ref]
    topics: list[Topic]
    changes: list[Change]
    events: list[Event]
    history: list[Happened]


@closed
class ServiceItem(Ref):
    """A service with the ways to it: a row of the channel matrix. ``upcoming_channels``: those that
    are not open yet. ``online_only_norm``: that which obliges everyone to use it online."""

    valid_from: IsoDay | None
    valid_until: IsoDay | None
    channels: list[ServiceChannel]
    upcoming_channels: list[ServiceChannel]
    no_channel: str | None
    no_channel_lang: str | None
    is_online_only: bool
    online_only_norm: Ref | None
    departments: list[Ref]


@closed
class TelephoneSaid(TypedDict):
    """``number``: what is dialled, in international form, or a short one of the country. ``shown``:
    the same in groups of digits. ``extensions``: what is dialled after it is answered."""

    number: str
    shown: str
    extensions: list[str]
    label: str | None
    label_lang: str | None


@closed
class ContactPart(Told):
    """``parents``: what it belongs to, the nearest last. ``upcoming_hours``: those of seasons to
    come. ``closures``: from today on, holidays too. ``holidays_known_until``: the last day up to
    which they have every holiday; null where no calendar of holidays covers this year, so that hours
    are the usual ones. ``sheet_until``: the last day on which the counter sheet is right."""

    state: NoteState
    state_until: IsoDay | None
    valid_from: IsoDay | None
    valid_until: IsoDay | None
    parents: list[Ref]
    parent: Ref | None
    children: list[Ref]
    address: Address | None
    accessibility: str | None
    accessibility_lang: str | None
    telephones: list[TelephoneSaid]
    emails: list[str]
    website: Uri | None
    opening_hours: list[OpeningHours]
    upcoming_hours: list[OpeningHours]
    closures: list[Closure]
    holidays_known_until: IsoDay | None
    sheet_until: IsoDay | None
    dir3: str | None
    verified_on: IsoDay | None
    services: list[ServiceItem]
    notices: list[Ref]
    norms: list[Ref]


@closed
class ServicePart(Told):
    """``closures``: from today on, those of its first department and the holidays.
    ``holidays_known_until``: as in contacts."""

    state: NoteState
    state_until: IsoDay | None
    valid_from: IsoDay | None
    valid_until: IsoDay | None
    departments: list[Ref]
    channels: list[ServiceChannel]
    upcoming_channels: list[ServiceChannel]
    closures: list[Closure]
    holidays_known_until: IsoDay | None
    no_channel: str | None
    no_channel_lang: str | None
    is_online_only: bool
    online_only_norm: Ref | None
    bring: str | None
    bring_lang: str | None
    audience: str | None
    audience_lang: str | None
    cost: str | None
    cost_lang: str | None
    deadline: str | None
    deadline_lang: str | None
    procedure_code: str | None
    norms: list[Ref]
    notices: list[Ref]


@closed
class Act(TypedDict):
    """What acts on a norm without having a note here: a resolution, a correction, a judgment."""

    title: str
    title_lang: str
    date: IsoDay | None
    url: Uri | None
    published_in: list[Publication]


@closed
class NormRelation(TypedDict):
    """``direction``: what this norm does (``active``), or what is done to it (``passive``).
    ``act``: what did it, where that has no note. ``from_unknown``: it has begun, on a day that is not
    known."""

    type: ActType
    direction: Literal["active", "passive"]
    norm: Ref | None
    act: Act | None
    eli: Uri | None
    provisions: list[str]
    from_: Annotated[IsoDay | None, Field(alias="from")]
    from_unknown: bool
    until: IsoDay | None
    text: str | None
    text_lang: str | None


@closed
class Stretch(TypedDict):
    """A part of a norm's life. ``said``: its state in a word or two."""

    from_: Annotated[IsoDay | None, Field(alias="from")]
    until: IsoDay | None
    state: Force
    said: str


@closed
class NormEvent(TypedDict):
    """What happened to a norm on a day, and by which."""

    date: IsoDay
    event: Literal[
        "enacted",
        "published",
        "in-force",
        "amended",
        "added",
        "removed",
        "repealed",
        "repealed-in-part",
        "suspended",
        "suspension-ended",
        "suspension-lifted",
        "prorogued",
        "validated",
        "corrected",
        "continued",
        "challenged",
        "annulled",
        "bill",
        "expired",
        "not-validated",
    ]
    norm: Ref | None
    act: Act | None
    provisions: list[str]


@closed
class Done(TypedDict):
    """``known_from``: its first day, or that of the act, if that is all that is known."""

    type: RelationType
    norm: Ref
    known_from: IsoDay | None
    from_: Annotated[IsoDay | None, Field(alias="from")]
    from_unknown: bool
    until: IsoDay | None


@closed
class DoneByAct(TypedDict):
    type: ActType
    act: Act
    known_from: IsoDay | None
    from_: Annotated[IsoDay | None, Field(alias="from")]
    from_unknown: bool
    until: IsoDay | None


@closed
class Provision(TypedDict):
    """What other norms did to a provision; ``acts``: what acts did that have no note here."""

    provision: str
    done: list[Done]
    acts: list[DoneByAct]


@closed
class NormPart(Told):
    """``state_since``: None of what is no longer in force since a day that is not known.
    ``state_by``, ``state_act``: the norm, or the act without a note here, that ended or suspended it."""

    type: str | None
    number: str | None
    year: int | None
    jurisdiction: str | None
    date_document: IsoDay | None
    eli: Uri | None
    official_text: Uri | None
    consolidated_text: Uri | None
    aliases: list[str]
    published_in: list[Publication]
    first_date_entry_in_force: IsoDay | None
    date_no_longer_in_force: IsoDay | None
    state: Force
    state_said: str
    state_since: IsoDay | None
    state_until: IsoDay | None
    state_reason: (
        Literal[
            "repealed",
            "annulled",
            "annulled-and-repealed",
            "expired",
            "not-validated",
            "suspended",
        ]
        | None
    )
    state_by: Ref | None
    state_act: Act | None
    life: list[Stretch]
    timeline: list[NormEvent]
    relations: list[NormRelation]
    provisions: list[Provision]
    checked: Checked | None
    departments: list[Ref]
    explained_in: list[Ref]
    cited_in: list[Ref]


@closed
class NoticePart(Told):
    urgency: Urgency
    state: NoteState
    state_since: IsoDay | None
    state_until: IsoDay | None
    valid_from: IsoDay | None
    valid_until: IsoDay | None
    departments: list[Ref]
    services: list[Ref]
    norms: list[Ref]


@closed
class PagePart(Told):
    """Nothing of its own."""


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

    id: str
    title: str
    title_lang: str
    count: int
    url: Uri


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
class Group(TypedDict):
    """Norms of a state, a type, a year or a topic, or notices of a month (``2024-05``), as far as they
    stand on this page; ``title``: that of a topic. In the lists of a note, those of one of them, by
    its key in the note's document."""

    id: str
    title: str
    title_lang: str
    items: list[Ref]


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
class ListPart(TypedDict):
    """A page of the lists of a note, behind the page of the note itself (``of``)."""

    of: Ref
    groups: list[Group]
    paging: Paging


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
class SearchPart(TypedDict):
    """All notes, by kind and title. ``index``: what the script of the page asks; no part of this
    interface."""

    is_empty: bool
    index: Uri
    groups: list[Group]
    contents: list[Content]
    paging: Paging


@closed
class GonePart(TypedDict):
    address: Uri
    withdrawn: IsoDay
    reason: str
    reason_lang: str
    see: Uri | None


@closed
class MovedPart(TypedDict):
    from_: Annotated[Uri, Field(alias="from")]
    to: Uri


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


class Common(TypedDict):
    schema: Annotated[Uri, Field(alias="$schema")]
    id: str
    lang: str
    url: Uri
    title: str
    title_lang: str
    summary: str
    body_html: str
    date: IsoDay | None
    modified: IsoDay | None
    updated: Annotated[
        IsoDay | None,
        Field(
            description="When something of it was last new: the latest of date, modified, changes "
            "and events, until the day of the build. Null where none is known."
        ),
    ]
    holds: Holds
    translations: dict[str, Uri]
    breadcrumbs: list[Crumb]
    related: list[Ref]
    mentions: list[Mention]
    mentioned_in: list[Mention]


@closed
class ContactDocument(Common):
    kind: Literal["contact"]
    contact: ContactPart


@closed
class ServiceDocument(Common):
    kind: Literal["service"]
    service: ServicePart


@closed
class NormDocument(Common):
    kind: Literal["norm"]
    norm: NormPart


@closed
class NoticeDocument(Common):
    kind: Literal["notice"]
    notice: NoticePart


@closed
class PageDocument(Common):
    kind: Literal["page"]
    page: PagePart


@closed
class HomeDocument(Common):
    kind: Literal["home"]
    home: HomePart


@closed
class SectionDocument(Common):
    kind: Literal["section"]
    section: SectionPart


@closed
class ListDocument(Common):
    kind: Literal["list"]
    list: ListPart


@closed
class RelationsDocument(Common):
    kind: Literal["relations"]
    relations: RelationsPart


@closed
class TopicDocument(Common):
    kind: Literal["topic"]
    topic: TopicPart


@closed
class BookingDocument(Common):
    kind: Literal["booking"]
    booking: BookingPart


@closed
class SearchDocument(Common):
    kind: Literal["search"]
    search: SearchPart


@closed
class GoneDocument(Common):
    kind: Literal["gone"]
    gone: GonePart


@closed
class MovedDocument(Common):
    kind: Literal["moved"]
    moved: MovedPart


@closed
class ChoiceDocument(Common):
    kind: Literal["choice"]
    choice: ChoicePart


DOCUMENTS: dict[str, Any] = {
    "contact": ContactDocument,
    "service": ServiceDocument,
    "norm": NormDocument,
    "notice": NoticeDocument,
    "page": PageDocument,
    "home": HomeDocument,
    "section": SectionDocument,
    "list": ListDocument,
    "relations": RelationsDocument,
    "topic": TopicDocument,
    "booking": BookingDocument,
    "search": SearchDocument,
    "gone": GoneDocument,
    "moved": MovedDocument,
    "choice": ChoiceDocument,
}


@cache
def _descriptions() -> dict[str, str]:
    """What each type is, as its source says: Python forgets that under ``PYTHONOPTIMIZE=2``."""
    trees = [
        ast.parse(Path(module.__file__ or "").read_bytes())
        for module in (fields, models, norm_fields)
    ]
    trees.append(ast.parse(Path(__file__).read_bytes()))
    classes = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
    return {node.name: said for node in classes if (said := ast.get_docstring(node))}


def json_schema(kind: str, address: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a kind's documents; ``address``: where it is published."""
    schema = "https://json-schema.org/draft/2020-12/schema"
    return {"$schema": schema, "$id": address, **_schema(kind)}


@cache
def _schema(kind: str) -> dict[str, Any]:
    """What is the same wherever the schema is published; to be read, not changed."""
    schema = TypeAdapter(DOCUMENTS[kind]).json_schema(mode="serialization", by_alias=True)
    said = _descriptions()
    for part in (schema, *schema.get("$defs", {}).values()):
        if part.get("title") in said:
            items = {**part, "description": said[part["title"]]}
            part.clear()
            part.update(sorted(items.items()))
    return schema
