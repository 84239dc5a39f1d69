"""The document of a service, and its row wherever services are listed with their channels."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypedDict

from ...notes import opening_hours
from ...notes.day_types import CivilDate
from ...notes.models import Address, DatedAddress
from ...notes.opening_hours import Appointment, Closure
from ...notes.standard_codes import AudienceCode, LifeEvent
from .common import Common, IsoDay, NoteState, Ref, Told, closed

Length = Annotated[str, Field(json_schema_extra={"format": "duration"})]


@closed
class TelephoneSaid(TypedDict):
    """A telephone number, as it is dialled and as it is written."""

    number: str
    """What is dialled, in international form, or a short one of the country."""
    shown: str
    """The same in groups of digits."""
    extensions: list[str]
    """What is dialled after it is answered."""
    label: str | None
    """What it is for."""
    label_lang: str | None
    """The language of ``label``."""


class OpeningHours(opening_hours.OpeningHours):
    """Hours of an office on days of the week. One that goes past midnight is two, each on its
    day. No days are that they are not known."""

    counts_from: CivilDate | None = None
    """The first day on which they count: theirs, the contact's own, or that after others overrode
    them."""
    counts_until: CivilDate | None = None
    """The last day on which they count: theirs, the contact's own, or that before others override
    them."""


@closed
class ContactCard(TypedDict):
    """How a contact is reached: the same wherever it is said."""

    contact: Ref
    """Whom it is about."""
    telephones: list[TelephoneSaid]
    """Its telephones, or those of ``telephones_of``."""
    telephones_of: Ref | None
    """Whose the telephones are, where it has none of its own."""
    is_in_person: bool
    """Whether people are received there."""
    appointment: Appointment | None
    """Whether an appointment is needed to be received, where all that is known says the same."""
    opening_hours: list[OpeningHours]
    """Its hours today, in person and otherwise."""
    upcoming_hours: list[OpeningHours]
    """Those of days to come, as of a season."""
    closures: list[Closure]
    """When it is closed from today on, the holidays too; none where no hours are known."""
    holidays_known_until: IsoDay | None
    """The last day up to which ``closures`` has every holiday."""
    address: Address | None
    """Where it is."""
    address_until: IsoDay | None
    """The last day on which it is there, if it is known."""
    upcoming_addresses: list[DatedAddress]
    """Where it will be, and from when."""
    accessibility: str | None
    """How the building can be entered and used."""
    accessibility_lang: str | None
    """The language of ``accessibility``."""
    emails: list[str]
    """Its own mailboxes."""
    has_booking: bool
    """Whether an appointment can be booked for one of the channels that lead to it."""
    verified_on: IsoDay | None
    """The day on which its facts were last checked."""


class Hours(opening_hours.SeasonalHours):
    """Hours on days of the week."""

    counts_from: CivilDate | None = None
    """The first day on which they count: the channel's, or the service's own."""
    counts_until: CivilDate | None = None
    """The last day on which they count: the channel's, or the service's own."""


class ServiceChannel(opening_hours.ServiceChannel):
    """A way to a service, as it is today, or on its first day if that is to come."""

    id: str = Field(description="its name in the data, the same while the note says the same of it")
    opening_hours: list[Hours] = Field(  # type: ignore[assignment]
        [], description="when this channel can be used"
    )
    upcoming_hours: list[Hours] = Field([], description="its hours on days to come")
    contact: Ref | None = Field(  # type: ignore[assignment]
        None, description="the contact that it leads to, as it stands today"
    )
    telephones: list[TelephoneSaid] = Field([], description="by telephone: the numbers to call")
    emails: list[str] = Field([], description="by mail: the addresses to write to")
    address: Address | None = Field(None, description="by post: where to write to")
    address_until: IsoDay | None = Field(None, description="by post: the last day of that address")
    upcoming_addresses: list[DatedAddress] = Field(
        [], description="by post: where to write to later, and from when"
    )


@closed
class ServiceItem(Ref):
    """A service with the ways to it, as others list it."""

    valid_from: IsoDay | None
    """The first day on which it is given."""
    valid_until: IsoDay | None
    """The last day on which it is given."""
    channels: list[ServiceChannel]
    """The ways to it that are open on the day of the site; empty if there is none."""
    upcoming_channels: list[ServiceChannel]
    """Those that are not open yet."""
    no_channel: str | None
    """Why there is none."""
    no_channel_lang: str | None
    is_online_only: bool
    """Whether all ways that are open are electronic ones: e-mail and online."""
    online_only_norm: Ref | None
    """The norm that obliges everyone to use it online, if one does."""
    departments: list[Ref]
    """Who gives it; the first is responsible."""


@closed
class ServicePart(Told):
    """What belongs to a service: what a citizen can get done."""

    state: NoteState
    """Whether it is given on the day of the site."""
    state_until: IsoDay | None
    """The last day of that state, if it is known."""
    valid_from: IsoDay | None
    """The first day on which it is given."""
    valid_until: IsoDay | None
    """The last day on which it is given."""
    departments: list[Ref]
    """Who gives it; the first is responsible."""
    channels: list[ServiceChannel]
    """The ways to it that are open on the day of the site; empty if there is none."""
    upcoming_channels: list[ServiceChannel]
    """Those that are not open yet."""
    cards: list[ContactCard]
    """How its departments, and other contacts that its channels lead to, are reached."""
    closures: list[Closure]
    """When it is closed, from the day of the site on: closures of its first department, and
    holidays. None of a service without hours."""
    holidays_known_until: IsoDay | None
    """The last day up to which closures has every holiday; null where no calendar of holidays
    covers this year, so that hours are the usual ones."""
    no_channel: str | None
    """Why there is none."""
    no_channel_lang: str | None
    is_online_only: bool
    """Whether all ways that are open are electronic ones: e-mail and online."""
    online_only_norm: Ref | None
    """The norm that obliges everyone to use it online, if one does."""
    bring: str | None
    """What to have at hand."""
    bring_lang: str | None
    audience: str | None
    """Whom it is for."""
    audience_lang: str | None
    audience_codes: Annotated[list[AudienceCode], Field(description="who may ask for it")]
    life_events: Annotated[
        list[LifeEvent],
        Field(
            description="what happens in a life when it is needed: the headings of Annex II of "
            "Regulation (EU) 2018/1724, and building"
        ),
    ]
    gives: Annotated[str | None, Field(description="what one gets of it")]
    gives_lang: str | None
    processing_time: Length | None
    """The time to an answer, as ISO 8601 writes it."""
    processing_time_said: Annotated[
        str | None, Field(description="the same in words of the document's language")
    ]
    cost: str | None
    """What it costs."""
    cost_lang: str | None
    deadline: str | None
    """Until when, or within how long, it can be asked for."""
    deadline_lang: str | None
    procedure_code: str | None
    """The administration's own code of the procedure."""
    norms: list[Ref]
    """Norms that it rests on."""
    notices: list[Ref]
    """Notices about it, the newest first."""


@closed
class ServiceDocument(Common):
    """What a citizen can get done."""

    kind: Literal["service"]
    service: ServicePart
