"""What the documents of all kinds have in common: their keys, and notes as others name them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field, with_config
from typing_extensions import TypedDict

from ...notes.note_fields import Change

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
    """The first day of this; null where it has always been so, or that is not known."""
    until: IsoDay | None
    """The last day of this, as far as is known; null where no end is known."""


@closed
class Crumb(TypedDict):
    """A link to a page."""

    title: str
    """What the link says."""
    title_lang: str
    """The language of its words."""
    lang: str
    """The language of the page there."""
    url: Uri
    """The address of the page."""


@closed
class Topic(TypedDict):
    """A topic of the site that has a page."""

    id: str
    """Its id in site.yaml, the same in every language."""
    title: str
    """Its name."""
    title_lang: str
    """The language of the name."""
    url: Uri
    """Its page."""


@closed
class Ref(TypedDict):
    """A note as others name it. The language is that of its words and of its page: another than the
    document's where there is no translation."""

    kind: str
    """What it is: contact, service, norm, notice or page."""
    id: str
    """Its id, unique within its kind and the same in every language."""
    lang: str
    """The language of its words, and of its page."""
    url: Uri
    """Its page."""
    title: str
    """Its title."""
    short_title: str
    """A shorter one for lists and links; the title where there is none."""
    summary: str
    """One or two plain sentences."""
    date: IsoDay | None
    """When it was published here."""
    state: NoteState | Force
    """Whether it holds on the day of the site, or is in force."""
    state_said: str | None
    """A norm's state in a word or two, in the gender of its name and with the reason; null of other
    notes."""
    replaced_by: list[Crumb]
    """Those that stand for it today, if others took its place."""
    replaced_on: IsoDay | None
    """The first day on which it is replaced, if it is over."""


@closed
class OfNorm(TypedDict):
    """What happened to a norm that a note relies on."""

    norm: Ref
    """Which norm."""
    id: str
    """The id of this among the norm's own events."""
    text: str
    """Its text there."""


@closed
class Event(TypedDict):
    """What happened to a note by itself: it is over, or a norm that it relies on was repealed or
    amended."""

    id: str
    """Unique within the document."""
    kind: Literal["over", "state", "relation"]
    """That a note is over, that a norm came into another state, or that another norm did something
    to it by a relation."""
    date: IsoDay
    """The day on which it happened."""
    text: str
    """What happened, in words."""
    of: OfNorm | None
    """What it is of a norm that the note relies on; null of what happened to the note itself."""


@closed
class Mention(Ref):
    """A note that this one mentions, or that mentions it."""

    is_shown: bool
    """Whether the page names it above its list of mentions."""


@closed
class Happened(TypedDict):
    """What a page tells at its end of how it changed."""

    id: str
    """Of the element of the page that tells it."""
    date: IsoDay
    """The day."""
    text: str
    """What changed, in words."""


@closed
class More(TypedDict):
    """A list of the document of which only the first notes stand here."""

    list: str
    """The key of the list."""
    count: int
    """How many notes the whole of it has."""
    url: Uri
    """The page on which the whole begins."""


@closed
class Told(TypedDict):
    """What is told of every note."""

    search_words: list[str]
    """Words by which people look for it that are not in its title or summary."""
    more: list[More]
    """The lists of which only the first notes stand here."""
    held_until: IsoDay | None
    """Its last day, of a note that is over; null of others, and where that is not known."""
    supersedes: list[Ref]
    """The notes whose place it took."""
    superseded_by: list[Ref]
    """The notes that took its place."""
    topics: list[Topic]
    """The topics that it is about."""
    changes: list[Change]
    """What its editors changed, and when: the newest first, until the day of the site."""
    events: list[Event]
    """What happened to it by itself, the newest first, until the day of the site."""
    history: list[Happened]
    """The changes and events that its page tells at its end, the newest first."""


class Common(TypedDict):
    schema: Annotated[Uri, Field(alias="$schema")]
    """The schema of this document."""
    id: str
    """Unique within its kind, and the same in every language."""
    lang: str
    """The language of the document."""
    url: Uri
    """Its page."""
    uri: Uri | None
    """The name of what the document is about, the same in every language: a norm's ELI, else a part
    of api/v1/catalogue.ttl. It stays when the page moves. Null where only an old address is told
    of."""
    title: str
    """What it is called."""
    title_lang: str
    """The language of the title, where that is not translated."""
    short_title: str
    """The title as lists and cross-references have it; often the title."""
    summary: str | None
    """What it is in one or two plain sentences; null where there is nothing to say."""
    body_html: str | None
    """The text below the facts, as HTML: headings from h2 on, links absolute. Null where there is
    none."""
    date: IsoDay | None
    """When it was published here."""
    modified: IsoDay | None
    """The last change that matters to readers, as its editors say."""
    updated: IsoDay | None
    """When something of it was last new: the latest of date, modified, changes and events, until
    the day of the site. Null where none is known."""
    own_digest: str | None
    """Of the note's own facts, words and text in this language, as sha256:…; it stays when only
    other notes change, or the day. Null where the document is not of a note."""
    holds: Holds
    """On which days all of the document is so, as far as is known: it changes by itself on the day
    after."""
    translation_state: Literal["up-to-date", "outdated"] | None
    """Whether a translation is of the original as it is now. Null of originals, and where the note
    does not say which text was translated."""
    original: Uri | None
    """The page in the language that the note was written in; null of originals."""
    translations: dict[str, Uri]
    """The page in each language that there is one in, by code of language."""
    breadcrumbs: list[Crumb]
    """The way to the page, from the home page on."""
    related: list[Ref]
    """Other notes on the same matters."""
    mentions: list[Mention]
    """Notes that its text links to or cites."""
    mentioned_in: list[Mention]
    """Notes whose texts link to it or cite it."""
