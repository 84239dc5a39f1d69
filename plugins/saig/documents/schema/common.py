"""What the documents of all kinds have in common: their keys, and notes as others name them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field, with_config
from typing_extensions import TypedDict

from ...notes.models import Change

Uri = Annotated[str, Field(json_schema_extra={"format": "uri"})]
IsoDay = Annotated[str, Field(json_schema_extra={"format": "date"})]
Kind = Literal["contact", "service", "norm", "notice", "page"]
NoteState = Literal["upcoming", "current", "expired", "superseded"]
Force = Literal[
    "not-yet-in-force",
    "in-force",
    "partly-in-force",
    "suspended",
    "no-longer-in-force",
    "unknown",
]

closed = with_config(ConfigDict(extra="forbid"))


@closed
class Holds(TypedDict):
    """Since when what is said here holds, and the last day on which it will, as far as is known."""

    from_: Annotated[IsoDay | None, Field(alias="from")]
    until: IsoDay | None


@closed
class Crumb(TypedDict):
    """``lang``: of the page there."""

    title: str
    title_lang: str
    lang: str
    url: Uri


@closed
class Topic(TypedDict):
    id: str
    title: str
    title_lang: str
    url: Uri


@closed
class Ref(TypedDict):
    """A note as others name it. ``lang`` is the language of its words and of its page.
    ``state_said``: a norm's state in a word or two. ``replaced_by``: those that stand for it today,
    if others took its place, and since when."""

    kind: str
    id: str
    lang: str
    url: Uri
    title: str
    short_title: str
    summary: str
    date: IsoDay | None
    state: NoteState | Force
    state_said: str | None
    replaced_by: list[Crumb]
    replaced_on: IsoDay | None


@closed
class OfNorm(TypedDict):
    """What happened to a norm: which, and the id and the text of that among its own events."""

    norm: Ref
    id: str
    text: str


@closed
class Event(TypedDict):
    """What happened to a note by itself: it is over, or a norm that it relies on was repealed or
    amended. ``kind``: that a note is ``over``, that a norm came into another ``state``, or that
    another norm did something to it by a ``relation``. ``of``: if it happened to a norm that the
    note relies on."""

    id: str
    kind: Literal["over", "state", "relation"]
    date: IsoDay
    text: str
    of: OfNorm | None


@closed
class Mention(Ref):
    """``is_shown``: whether the page names it above its list of mentions."""

    is_shown: bool


@closed
class Happened(TypedDict):
    """``id``: of the element of the page that tells it."""

    id: str
    date: IsoDay
    text: str


@closed
class More(TypedDict):
    """A list of a note's document that is not whole, by its key: how many notes there are, and where
    the whole of it begins."""

    list: str
    count: int
    url: Uri


@closed
class Told(TypedDict):
    """What is told of every note. ``search_words``: by which people look for it. ``held_until``: its
    last day, of one that is over. ``history``: the changes and events that its page tells at its end.
    ``more``: the lists of which only the first notes stand here."""

    search_words: list[str]
    more: list[More]
    held_until: IsoDay | None
    supersedes: list[Ref]
    superseded_by: list[Ref]
    topics: list[Topic]
    changes: list[Change]
    events: list[Event]
    history: list[Happened]


class Common(TypedDict):
    schema: Annotated[Uri, Field(alias="$schema")]
    id: str
    lang: str
    url: Uri
    uri: Uri | None
    """The name of what the document is about, the same in every language: a norm's ELI, else a part of
    api/v1/catalogue.ttl. It stays when the page moves. Null where only an old address is told of."""
    title: str
    title_lang: str
    short_title: Annotated[
        str, Field(description="The title as lists and cross-references have it; often the title.")
    ]
    summary: str | None
    body_html: str | None
    date: IsoDay | None
    modified: IsoDay | None
    updated: Annotated[
        IsoDay | None,
        Field(
            description="When something of it was last new: the latest of date, modified, changes "
            "and events, until the day of the build. Null where none is known."
        ),
    ]
    own_digest: str | None
    """Of the note's own facts, words and text in this language, as sha256:…; it stays when only other
    notes change, or the day. Null where the document is not of a note."""
    holds: Holds
    translations: dict[str, Uri]
    breadcrumbs: list[Crumb]
    related: list[Ref]
    mentions: list[Mention]
    mentioned_in: list[Mention]
