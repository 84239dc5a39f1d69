"""The documents of notices, and of pages."""

from __future__ import annotations

from typing import Literal

from ...notes.models import Urgency
from .common import Common, IsoDay, NoteState, Ref, Told, closed


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
class NoticeDocument(Common):
    kind: Literal["notice"]
    notice: NoticePart


@closed
class PagePart(Told):
    """Nothing of its own."""


@closed
class PageDocument(Common):
    kind: Literal["page"]
    page: PagePart
