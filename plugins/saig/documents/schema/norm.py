"""The document of a norm."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypedDict

from ...notes.norm_fields import ActType, Checked, Publication, RelationType
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
    """What it is called."""
    title_lang: str
    """The language of the title."""
    date: IsoDay | None
    """Its day."""
    url: Uri | None
    """Its text."""
    published_in: list[Publication]
    """Where it is in gazettes."""


@closed
class NormRelation(TypedDict):
    """What a norm does to another, or what is done to it."""

    type: ActType
    """What is done."""
    direction: Literal["active", "passive"]
    """active: this norm does it; passive: it is done to this norm."""
    norm: Ref | None
    """The other norm; null if it has no note here."""
    act: Act | None
    """What did it to this norm, where that has no note here."""
    eli: Uri | None
    """The European Legislation Identifier of the other norm."""
    provisions: list[str]
    """The provisions that it is done to, by name; empty for the whole norm."""
    provisions_lang: str | None
    """The language of the provisions; null where their note has one name for all languages."""
    from_: Annotated[IsoDay | None, Field(alias="from")]
    """The first day of the effect; null where it is not known, or nothing says that it has
    begun."""
    from_unknown: bool
    """Whether it has begun, on a day that is not known."""
    until: IsoDay | None
    """The last day of the effect, if it has one."""
    text: str | None
    """What else is to be said of it."""
    text_lang: str | None


@closed
class Stretch(TypedDict):
    """A part of a norm's life."""

    from_: Annotated[IsoDay | None, Field(alias="from")]
    """Its first day; null where that is not known."""
    until: IsoDay | None
    """Its last day; null where no end is known."""
    state: Force
    """The state of the norm on these days."""
    said: str
    """The same in a word or two."""


@closed
class NormEvent(TypedDict):
    """What happened to a norm on a day, or is to happen."""

    date: IsoDay
    """The day."""
    event: Happening
    """What happened."""
    norm: Ref | None
    """The norm that did it; null where none did, or it has no note here."""
    act: Act | None
    """What did it, where that has no note here."""
    provisions: list[str]
    """The provisions that it happened to, by name; empty for the whole norm."""
    provisions_lang: str | None
    """The language of the provisions; null where their note has one name for all languages."""


@closed
class Done(TypedDict):
    """What a norm did to a provision."""

    type: RelationType
    """What was done."""
    norm: Ref
    """The norm that did it."""
    known_from: IsoDay | None
    """The first day of the effect, or that of the act if that is all that is known."""
    from_: Annotated[IsoDay | None, Field(alias="from")]
    """The first day of the effect."""
    from_unknown: bool
    """Whether it has begun, on a day that is not known."""
    until: IsoDay | None
    """The last day of the effect, if it has one."""


@closed
class DoneByAct(TypedDict):
    """What an act without a note here did to a provision."""

    type: ActType
    """What was done."""
    act: Act
    """What did it."""
    known_from: IsoDay | None
    """The first day of the effect, or that of the act if that is all that is known."""
    from_: Annotated[IsoDay | None, Field(alias="from")]
    """The first day of the effect."""
    from_unknown: bool
    """Whether it has begun, on a day that is not known."""
    until: IsoDay | None
    """The last day of the effect, if it has one."""


@closed
class Provision(TypedDict):
    """A part of a norm, and what others did to it."""

    provision: str
    """Its name: an article, an annex, a part of one."""
    provision_lang: str | None
    done: list[Done]
    """What norms with a note here did to it, in the order of time."""
    acts: list[DoneByAct]
    """What acts without a note here did to it, in the order of time."""


@closed
class HeadingOfText(TypedDict):
    """A main heading of the note's text, and its place on the page."""

    id: str
    """The fragment that leads to it."""
    title: str
    """Its words."""


@closed
class HoldsNow(Ref):
    """A norm that continues another and holds today."""

    named: str
    """Its short title with its article, as a sentence needs it."""


@closed
class Deed(TypedDict):
    """What a norm, or an act without a note here, does to a norm."""

    type: ActType
    """What it does."""
    provisions: list[str]
    """The provisions touched; none where it is the whole norm."""
    provisions_lang: str | None
    """The language of the provisions; null where their note has one name for all languages."""
    provisions_said: str | None
    """The same as one text, each kind said once: art. 120, 125, DA 17."""
    from_unknown: bool
    """Whether it has begun on a day that is not known."""
    until: IsoDay | None
    """Its last day, if it has one."""
    text: str | None
    """A remark."""
    text_lang: str | None
    """The language of the remark."""


@closed
class DeedToAnother(Deed):
    """What a norm does to another."""

    from_: Annotated[IsoDay | None, Field(alias="from")]
    """Its first day, if it is known."""


@closed
class ActsOnNorm(TypedDict):
    """All that a norm does to one other."""

    norm: Ref | None
    """The other, if it has a note here."""
    eli: Uri | None
    """Its ELI address, if it has none."""
    done: list[DeedToAnother]
    """What is done to it."""


@closed
class HappenedToNorm(TypedDict):
    """What happened to a norm on a day: by itself, or by one norm or act."""

    date: IsoDay | None
    """The day, if one is known."""
    is_day_of_act: bool
    """Whether that is the day of the act, as its first day is not known."""
    events: list[
        Literal["enacted", "published", "in-force", "suspension-ended", "expired", "not-validated"]
    ]
    """What happened, where it is not something that another did to it."""
    norm: Ref | None
    """The norm that acted, if it has a note here."""
    act: Act | None
    """The act that did, if it has none."""
    done: list[Deed]
    """What that did to the norm."""


@closed
class ChronologyStretch(TypedDict):
    """A part of a norm's life in which its state was one, and what happened in it, the newest
    first."""

    from_: Annotated[IsoDay | None, Field(alias="from")]
    """Its first day, if it is known."""
    until: IsoDay | None
    """Its last day, if it is known."""
    state: Force
    """The norm's state in it."""
    said: str
    """The same in a word or two."""
    is_now: bool
    """Whether today is in it."""
    happened: list[HappenedToNorm]
    """What happened in it."""


@closed
class NormPart(Told):
    """What belongs to a norm: a law, a decree, an ordinance, a plan, a judgment."""

    type: str | None
    """Its type, as ELI has it, or one of ours for judgments; null where it has none."""
    type_said: str | None
    """The name of its type in the document's language; its code where that has no name here."""
    number: str | None
    """Its number within its year."""
    year: int | None
    """Its year."""
    jurisdiction: str | None
    """Whose norm it is, as ELI has it, such as fr or pt-20."""
    date_document: IsoDay | None
    """The day of the act."""
    eli: Uri | None
    """Its European Legislation Identifier."""
    passed_by: str | None
    """The body that made it."""
    passed_by_lang: str | None
    official_text: Uri | None
    """The address of its text in the official gazette, or else in another one; else its ELI
    address."""
    consolidated_text: Uri | None
    """Where its text is with all changes made in it."""
    aliases: list[str]
    """Other names by which it is known."""
    published_in: list[Publication]
    """Where it is in gazettes, the official one first."""
    first_date_entry_in_force: IsoDay | None
    """The day on which it, or a first part of it, entered or enters into force."""
    date_no_longer_in_force: IsoDay | None
    """The last day on which it is in force, if it ends by itself; what others ended is in state."""
    state: Force
    """Whether it is in force on the day of the site."""
    state_said: str
    """The same in a word or two, in the gender of its name and with the reason."""
    state_html: str
    """Whether it is in force, since when, and what holds now, in sentences: HTML with links."""
    state_since: IsoDay | None
    """The first day of that state; null where it is not known."""
    state_until: IsoDay | None
    """The last day of that state, if it is known."""
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
    """Why it is no longer, or not wholly, in force."""
    state_by: Ref | None
    """The norm that ended or suspended it."""
    state_act: Act | None
    """What ended or suspended it, where that has no note here."""
    life: list[Stretch]
    """Its states, one after the other, also those to come."""
    timeline: list[NormEvent]
    """What happened to it and is to happen, in the order of time."""
    relations: list[NormRelation]
    """What it does to others, and what is done to it."""
    provisions: list[Provision]
    """What became of each of its provisions that others touched."""
    abbreviations: list[str]
    """Those in the names of provisions here, to be explained."""
    headings: list[HeadingOfText]
    """The main headings of the text, in their order."""
    holds_now: list[HoldsNow]
    """The norms that continue it and hold today."""
    chronology: list[ChronologyStretch]
    """Its life by its states, the newest first, with what happened to it."""
    undated: list[HappenedToNorm]
    """What happened to it on a day of which nothing is known."""
    acts_on: list[ActsOnNorm]
    """What it does to other norms, the newest of them first."""
    checked: Checked | None
    """When its facts were last held against a source, and which."""
    departments: list[Ref]
    """Departments that apply it."""
    explained_in: list[Ref]
    """Notes that explain it."""
    cited_in: list[Ref]
    """Notes that cite it."""


@closed
class NormDocument(Common):
    """A law, a decree, an ordinance, a plan, a judgment."""

    kind: Literal["norm"]
    norm: NormPart
