"""The document of a norm."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypedDict

from ...notes.models import ActType, Checked, Publication, RelationType
from .common import Common, Force, IsoDay, Ref, Told, Uri, closed

Happening = Literal[
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
    event: Happening
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
    passed_by: Annotated[str | None, Field(description="the body that made it")]
    passed_by_lang: str | None
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
class NormDocument(Common):
    kind: Literal["norm"]
    norm: NormPart
