"""The words for every code of documents."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypedDict

from ...notes.models import Urgency
from ...notes.norm_fields import ActType, RelationType
from ...notes.opening_hours import Appointment, Channel
from ...notes.standard_codes import AudienceCode, LifeEvent
from .common import Force, Kind, NoteState, Uri, closed
from .norm import Happening

Day = Literal["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


@closed
class Relations(TypedDict):
    """Words for what norms do to each other."""

    active: dict[RelationType, str]
    """Of the norm that acts, before the name of the other: “Repeals …”."""
    passive: dict[ActType, str]
    """Of the norm that it is done to, as a thing that happened: “Repeal”."""


@closed
class DeedWords(TypedDict):
    """Words for what is done to a norm."""

    of_provisions: str
    """Where provisions are named; %(provisions)s is to be filled in with provisions_said."""
    of_norm: str
    """Where none are."""


@closed
class GazetteWords(TypedDict):
    """What a gazette is called."""

    name: str
    """Its name."""
    short: str
    """In short."""


@closed
class Opening(TypedDict):
    """What to say of hours at a moment. {time}, {day}, {date} and {times} are to be filled in."""

    open: str
    """Open, and closes today at {time}."""
    open_until: str
    """Open, and closes on another {day} at {time}."""
    open_until_date: str
    """The same where that is not within a week, on a {date}."""
    always: str
    """Open, and does not close within a week."""
    today: str
    """Closed, and opens today at {time}."""
    next: str
    """Closed, and opens next on {day} at {time}."""
    next_date: str
    """The same where that is not within a week, on a {date}."""
    closed: str
    """Closed, and it is not known when it opens."""
    usual_today: str
    """The hours of a day of which it is not known whether it is a holiday: {times}."""
    usual_next: str
    """Closed, and by the usual hours opens next on {day} at {time}: it may be a holiday."""
    usual_next_date: str
    """The same where that is not within a week, on a {date}."""
    days: dict[Literal["open_until", "next", "usual_next"], dict[Day, str]]
    """What to fill {day} in with, where a language has a form of its own for it."""


@closed
class CodesDocument(TypedDict):
    """The words for every code of documents in one language. It is at api/v1/codes/<lang>.json. A
    code that a table lacks, as of a type of norm, is shown as it is."""

    schema: Annotated[Uri, Field(alias="$schema")]
    """The schema of this document."""
    lang: str
    """The language of the words."""
    channels: dict[Channel, str]
    """Of channel: the ways to a service."""
    appointments: dict[Appointment, str]
    """Of appointment: whether one is needed."""
    bookings: dict[Channel, str]
    """What the link to the url of a channel says, by channel."""
    booking_without_appointment: str
    """What it says where appointment is none, but for the channel online."""
    audiences: dict[AudienceCode, str]
    """Of audience_codes: who may ask for a service."""
    life_events: dict[LifeEvent, str]
    """Of life_events: what happens in a life when a service is needed."""
    kinds: dict[Kind, str]
    """Of kind: what a note is."""
    states: dict[NoteState | Force, str]
    """Of state. Norms have state_said too, in the gender of their name and with the reason."""
    urgencies: dict[Urgency, str]
    """Of a notice's urgency."""
    norm_types: dict[str, str]
    """Of a norm's type."""
    norms_of_type: dict[str, str]
    """The same in the plural, for lists."""
    judgments: list[str]
    """The types of norm that are decisions of courts: they have effects rather than being in
    force."""
    gazettes: dict[str, GazetteWords]
    """Of gazettes that packs know, by what notes call them."""
    relations: Relations
    """Of a relation's type and direction. Where provisions are named, repeals stands for
    repeals-part: it is the norm that is repealed in part."""
    deeds: dict[ActType, DeedWords]
    """Of what a norm or an act does to a norm, with its own name before it: “Law 4/2026: amends
    …”."""
    abbreviations: dict[str, str]
    """What the abbreviations in the names of provisions mean."""
    events: dict[Happening, str]
    """Of an event in a norm's timeline. Where provisions are named, repealed stands for
    repealed-in-part."""
    views: dict[Literal["state", "type", "year", "topic", "relations"], str]
    """Of the ways to look through the norms."""
    without_group: dict[Literal["type", "year", "topic"], str]
    """Of the group of a list whose id is null, by view."""
    lists: dict[str, str]
    """Of the lists of a note or a topic, by their key."""
    days: dict[Day, str]
    """Of the days of opening hours, in the order of the week."""
    opening: Opening
    """What to say of opening hours at a moment."""
