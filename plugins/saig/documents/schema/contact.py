"""The document of a department or an office."""

from __future__ import annotations

from typing import Literal

from typing_extensions import TypedDict

from ...notes.models import Address, DatedAddress
from ...notes.opening_hours import Closure
from .common import Common, IsoDay, NoteState, Ref, Told, Uri, closed
from .service import ContactCard, OpeningHours, ServiceItem, TelephoneSaid


@closed
class Identifier(TypedDict):
    """The code of a body in a directory."""

    scheme: str
    """The directory, in short."""
    name: str | None
    """Its name, in the document's language, if that is known."""
    value: str
    """The code."""
    uri: Uri | None
    """The address by which data name the body with that code, if the directory has such."""


@closed
class ContactPart(Told):
    """What belongs to a department, an office or a body."""

    state: NoteState
    """Whether it is there on the day of the site."""
    state_until: IsoDay | None
    """The last day of that state, if it is known."""
    valid_from: IsoDay | None
    """The first day on which it is there."""
    valid_until: IsoDay | None
    """The last day on which it is there."""
    parents: list[Ref]
    """What it belongs to, the nearest last."""
    parent: Ref | None
    """The nearest of them; null if it belongs to none."""
    children: list[Ref]
    """Those that belong to it."""
    card: ContactCard
    """How it is reached: what a page says of that, in its order."""
    address: Address | None
    """Where it is."""
    address_until: IsoDay | None
    """The last day on which it is there, if it is known."""
    upcoming_addresses: list[DatedAddress]
    """Where it will be, and from when."""
    accessibility: str | None
    """How the building can be entered and used."""
    accessibility_lang: str | None
    telephones: list[TelephoneSaid]
    """How to call it."""
    emails: list[str]
    """Its mailboxes."""
    website: Uri | None
    """Its own site."""
    opening_hours: list[OpeningHours]
    """When it is open, in the season that holds now. On days of closures it is not."""
    upcoming_hours: list[OpeningHours]
    """The hours of seasons to come."""
    closures: list[Closure]
    """When it is closed, from the day of the site on: holidays too."""
    holidays_known_until: IsoDay | None
    """The last day up to which closures has every holiday; null where no calendar of holidays
    covers this year, so that hours are the usual ones."""
    sheet_until: IsoDay | None
    """The last day on which the counter sheet is right, as far as is known."""
    aliases: list[str]
    """Other names by which texts call it."""
    dir3: str | None
    """Its code in the directory that is called so: identifiers has it too."""
    identifiers: list[Identifier]
    """Its codes in directories of public bodies."""
    verified_on: IsoDay | None
    """The day on which these facts were last checked."""
    services: list[ServiceItem]
    """What can be done there, with the ways to it."""
    notices: list[Ref]
    """Notices about it, the newest first."""
    norms: list[Ref]
    """Norms that concern it."""


@closed
class ContactDocument(Common):
    """A department, an office or a body."""

    kind: Literal["contact"]
    contact: ContactPart
