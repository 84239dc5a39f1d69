"""The fields that notes of every kind have."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from ..words import N_
from .as_written import STATUSES, read_as
from .base_model import Model, not_before
from .day_types import CivilDate
from .localized_text import SearchWords
from .value_types import OldAddress, Prose, Reference, Slug, Summary, Translated

Status = Annotated[Literal["published", "draft", "hidden"], read_as(STATUSES)]


class Change(Model):
    """What changed in a note, and when."""

    date: CivilDate = Field(description=N_("the day of the change"))
    text: Prose = Field(description=N_("what changed, for readers"))


class TranslatableFields(Model):
    """The fields of a translation: language only, and nothing that could contradict the
    original."""

    title: Prose = Field(description=N_("as readers see it"))
    short_title: Prose | None = Field(None, description=N_("for lists and cross-references"))
    summary: Summary = Field(description=N_("one or two plain sentences, at most 300 characters"))
    slug: Slug | None = Field(
        None, description=N_("last part of the address; by default made from short_title or title")
    )
    changes: list[Change] = Field([], description=N_("what changed and when, shown to readers"))


class TranslationFields(TranslatableFields):
    """The fields of a translation."""

    translated: Translated | None = Field(
        None,
        description=N_(
            "which text of the original was translated; saig check --translated writes it"
        ),
    )
    status: Annotated[Literal["draft"], read_as(STATUSES)] | None = Field(
        None,
        description=N_("draft: not on the public site yet; saig check --translated takes it away"),
    )


class NoteFields(TranslatableFields):
    """The fields of every kind."""

    date: CivilDate | None = Field(None, description=N_("when the note was published here"))
    modified: CivilDate | None = Field(None, description=N_("last change that matters to readers"))
    status: Status = Field(
        "published",
        description=N_(
            "published, draft (not on the public site) or hidden (has a page, is in no list)"
        ),
    )
    old_addresses: list[OldAddress] = Field([], description=N_("where this note used to be"))
    topics: list[Reference] = Field(
        [], description=N_("topics of site.yaml that this note is about")
    )
    search_words: SearchWords | None = Field(
        None,
        description=N_("words by which people look for it that are not in its title or summary"),
    )
    departments: list[Reference] = Field([], description=N_("contacts that this note is about"))
    services: list[Reference] = Field([], description=N_("services that this note is about"))
    norms: list[Reference] = Field([], description=N_("norms that this note is about"))
    valid_from: CivilDate | None = Field(None, description=N_("first day on which it holds"))
    valid_until: CivilDate | None = Field(None, description=N_("last day on which it holds"))
    supersedes: list[Reference] = Field(
        [], description=N_("notes of this kind that this one replaces")
    )

    _validity = not_before("valid_from", "valid_until")
    _modified = not_before("date", "modified")
    _published = not_before(
        "date",
        "valid_until",
        N_("correct the wrong one: date is the day on which the note was published here"),
    )
