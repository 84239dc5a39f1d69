"""The document of a service, and its row wherever services are listed with their channels."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from ...notes import fields, models
from ...notes.models import Closure
from ...notes.standard_codes import AudienceCode, LifeEvent
from .common import Common, IsoDay, NoteState, Ref, Told, closed


class Hours(models.Hours):
    """``counts_from``, ``counts_until``: the days on which they count, those of channel and note."""

    counts_from: fields.CivilDate | None = None
    counts_until: fields.CivilDate | None = None


class ServiceChannel(models.ServiceChannel):
    id: str = Field(description="its name in the data, the same while the note says the same of it")
    opening_hours: list[Hours] = Field(  # type: ignore[assignment]
        [], description="when this channel can be used"
    )


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
    processing_time: Annotated[
        str | None,
        Field(
            description="the time to an answer, as ISO 8601 writes it",
            json_schema_extra={"format": "duration"},
        ),
    ]
    processing_time_said: Annotated[
        str | None, Field(description="the same in words of the document's language")
    ]
    cost: str | None
    cost_lang: str | None
    deadline: str | None
    deadline_lang: str | None
    procedure_code: str | None
    norms: list[Ref]
    notices: list[Ref]


@closed
class ServiceDocument(Common):
    kind: Literal["service"]
    service: ServicePart
