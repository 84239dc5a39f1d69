"""Where one is received in person, and when, as lists say it."""

from __future__ import annotations

from typing_extensions import TypedDict

from ...notes.opening_hours import Appointment, Closure
from .common import IsoDay, Ref, Uri, closed
from .service import OpeningHours, TelephoneSaid


@closed
class Reception(TypedDict):
    """A contact, or a service, and when one is received there in person."""

    place: Ref
    """The contact or the service."""
    appointment: Appointment | None
    """Whether an appointment is needed, where all that is known says the same."""
    opening_hours: list[OpeningHours]
    """The hours of today; those that a list is not about are not in it."""
    upcoming_hours: list[OpeningHours]
    """Those of days to come, as of a season."""
    closures: list[Closure]
    """When it is closed from today on, but for the holidays."""
    telephones: list[TelephoneSaid]
    """By which it is reached."""
    telephones_of: Ref | None
    """Whose the telephones are, where it has none of its own."""


@closed
class Receptions(TypedDict):
    """Where one is received in person, and when."""

    places: list[Reception]
    """By title; contacts before services, and what opens on days that are known before the
    others."""
    holidays: list[Closure]
    """When all of them are closed, from today on."""
    holidays_known_until: IsoDay | None
    """The last day up to which ``holidays`` has every one."""
    booking: Uri | None
    """Where an appointment is made for all else."""
