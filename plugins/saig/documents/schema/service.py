"""The document of a service, and its row wherever services are listed with their channels."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from ...notes import fields, models
from ...notes.models import Closure
from ...notes.standard_codes import AudienceCode, LifeEvent
from .common import Common, IsoDay, NoteState, Ref, Told, closed

Length = Annotated[str, Field(json_schema_extra={"format": "duration"})]


class Hours(models.Hours):
    """Hours on days of the week."""

    counts_from: fields.CivilDate | None = None
    """The first day on which they count: the channel's, or the service's own."""
    counts_until: fields.CivilDate | None = None
    """The last day on which they count: the channel's, or the service's own."""


class ServiceChannel(models.ServiceChannel):
    """A way to a service."""

    id: str = Field(description="its name in the data, the same while the note says the same of it")
    opening_hours: list[Hours] = Field(  # type: ignore[assignment]
        [], description="when this channel can be used"
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
    """Notices about it, those that hold first."""


@closed
class ServiceDocument(Common):
    """What a citizen can get done."""

    kind: Literal["service"]
    service: ServicePart
