"""The documents of notices, and of pages."""

from __future__ import annotations

from typing import Literal

from ...notes.models import Urgency
from .common import Common, IsoDay, NoteState, Ref, Told, closed


@closed
class NoticePart(Told):
    """What belongs to a notice: news, a change of service, a deadline."""

    urgency: Urgency
    """How much it presses: an urgent one stands on every page while it holds."""
    state: NoteState
    """Whether it holds on the day of the site."""
    state_since: IsoDay | None
    """The first day of that state."""
    state_until: IsoDay | None
    """The last day of that state, if it is known."""
    valid_from: IsoDay | None
    """The first day on which it holds."""
    valid_until: IsoDay | None
    """The last day on which it holds."""
    departments: list[Ref]
    """Departments that it is about."""
    services: list[Ref]
    """Services that it is about."""
    norms: list[Ref]
    """Norms that it is about."""


@closed
class NoticeDocument(Common):
    """News, a change of service, a deadline."""

    kind: Literal["notice"]
    notice: NoticePart


@closed
class PagePart(Told):
    """What belongs to a page: nothing of its own."""


@closed
class PageDocument(Common):
    """About the site, its legal notice and the like."""

    kind: Literal["page"]
    page: PagePart
