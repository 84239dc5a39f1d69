"""The document of a department or an office."""

from __future__ import annotations

from typing import Literal

from typing_extensions import TypedDict

from ...notes import fields, models
from ...notes.models import Address, Closure
from .common import Common, IsoDay, NoteState, Ref, Told, Uri, closed
from .service import ServiceItem


@closed
class TelephoneSaid(TypedDict):
    """``number``: what is dialled, in international form, or a short one of the country. ``shown``:
    the same in groups of digits. ``extensions``: what is dialled after it is answered."""

    number: str
    shown: str
    extensions: list[str]
    label: str | None
    label_lang: str | None


class OpeningHours(models.OpeningHours):
    """``counts_from``, ``counts_until``: the days on which they count, as the note may hold for less."""

    counts_from: fields.CivilDate | None = None
    counts_until: fields.CivilDate | None = None


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
class ContactDocument(Common):
    kind: Literal["contact"]
    contact: ContactPart
