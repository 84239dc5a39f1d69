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
class HeadingOfText(TypedDict):
    """A main heading of the note's text, and its place on the page."""

    id: Annotated[str, Field(description="The fragment that leads to it.")]
    title: Annotated[str, Field(description="Its words.")]


@closed
class HoldsNow(Ref):
    """A norm that continues another and holds today."""

    named: Annotated[
        str, Field(description="Its short title with its article, as a sentence needs it.")
    ]


@closed
class Deed(TypedDict):
    """What a norm, or an act without a note here, does to a norm."""

    type: Annotated[ActType, Field(description="What it does.")]
    provisions: Annotated[
        list[str], Field(description="The provisions touched; none where it is the whole norm.")
    ]
    provisions_said: Annotated[
        str | None,
        Field(description="The same as one text, each kind said once: art. 120, 125, DA 17."),
    ]
    from_unknown: Annotated[
        bool, Field(description="Whether it has begun on a day that is not known.")
    ]
    until: Annotated[IsoDay | None, Field(description="Its last day, if it has one.")]
    text: Annotated[str | None, Field(description="A remark.")]
    text_lang: Annotated[str | None, Field(description="The language of the remark.")]


@closed
class DeedToAnother(Deed):
    """What a norm does to another."""

    from_: Annotated[
        IsoDay | None, Field(alias="from", description="Its first day, if it is known.")
    ]


@closed
class ActsOnNorm(TypedDict):
    """All that a norm does to one other."""

    norm: Annotated[Ref | None, Field(description="The other, if it has a note here.")]
    eli: Annotated[Uri | None, Field(description="Its ELI address, if it has none.")]
    done: Annotated[list[DeedToAnother], Field(description="What is done to it.")]


@closed
class HappenedToNorm(TypedDict):
    """What happened to a norm on a day: by itself, or by one norm or act."""

    date: Annotated[IsoDay | None, Field(description="The day, if one is known.")]
    is_day_of_act: Annotated[
        bool,
        Field(description="Whether that is the day of the act, as its first day is not known."),
    ]
    events: Annotated[
        list[
            Literal[
                "enacted",
                "published",
                "in-force",
                "suspension-ended",
                "expired",
                "not-validated",
            ]
        ],
        Field(description="What happened, where it is not something that another did to it."),
    ]
    norm: Annotated[Ref | None, Field(description="The norm that acted, if it has a note here.")]
    act: Annotated[Act | None, Field(description="The act that did, if it has none.")]
    done: Annotated[list[Deed], Field(description="What that did to the norm.")]


@closed
class ChronologyStretch(TypedDict):
    """A part of a norm's life in which its state was one, and what happened in it, the newest first."""

    from_: Annotated[
        IsoDay | None, Field(alias="from", description="Its first day, if it is known.")
    ]
    until: Annotated[IsoDay | None, Field(description="Its last day, if it is known.")]
    state: Annotated[Force, Field(description="The norm's state in it.")]
    said: Annotated[str, Field(description="The same in a word or two.")]
    is_now: Annotated[bool, Field(description="Whether today is in it.")]
    happened: Annotated[list[HappenedToNorm], Field(description="What happened in it.")]


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
    abbreviations: Annotated[
        list[str], Field(description="Those in the names of provisions here, to be explained.")
    ]
    headings: Annotated[
        list[HeadingOfText], Field(description="The main headings of the text, in their order.")
    ]
    holds_now: Annotated[
        list[HoldsNow], Field(description="The norms that continue it and hold today.")
    ]
    chronology: Annotated[
        list[ChronologyStretch],
        Field(description="Its life by its states, the newest first, with what happened to it."),
    ]
    undated: Annotated[
        list[HappenedToNorm],
        Field(description="What happened to it on a day of which nothing is known."),
    ]
    acts_on: Annotated[
        list[ActsOnNorm],
        Field(description="What it does to other norms, the newest of them first."),
    ]
    checked: Checked | None
    departments: list[Ref]
    explained_in: list[Ref]
    cited_in: list[Ref]


@closed
class NormDocument(Common):
    kind: Literal["norm"]
    norm: NormPart
