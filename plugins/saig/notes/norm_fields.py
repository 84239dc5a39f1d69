"""The fields of norms: ELI's terms, gazettes, and what one norm does to another."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import (
    BeforeValidator,
    Field,
    PrivateAttr,
    ValidationInfo,
    field_validator,
    model_validator,
)

from ..packs.eli import ELI
from ..packs.law import NO_LAW, Law, Rules
from ..words import N_
from .as_written import RELATIONS, read_as
from .base_model import Model, not_before
from .day_types import UNKNOWN, CivilDate, FirstDay, known_day
from .local_name import LocalName
from .localized_text import LocalizedText
from .note_fields import NoteFields
from .value_types import Code, EliUrl, NormReference, Prose, SecureUrl, Source, as_list, field_error

EndReason = Literal["expired", "not-validated"]
RelationType = Literal[
    "amends",
    "adds",
    "removes",
    "repeals",
    "repeals-part",
    "annuls",
    "suspends",
    "lifts",
    "prorogues",
    "develops",
    "validates",
    "corrects",
    "continues",
    "challenges",
]
ActType = Literal[RelationType, "bill"]
"""The kinds of acts without a note here, including those of a parliament."""

Provisions = Annotated[list[LocalName], BeforeValidator(as_list)]


class Publication(Model):
    """A norm's place in a gazette."""

    gazette: LocalName = Field(description=N_("what it is called in short, as its pack has it"))
    number: Code | None = Field(None, description=N_("the issue's number"))
    date: CivilDate | None = Field(None, description=N_("the issue's date"))
    id: Code | None = Field(None, description=N_("the gazette's own reference"))
    url: SecureUrl | None = Field(None, description=N_("the official text there"))


class Relation(Model):
    """What this norm does to another. Only the acting norm states it."""

    type: Annotated[RelationType, read_as(RELATIONS)] = Field(description=N_("what it does"))
    norm: NormReference = Field(description=N_("id of the other norm's note, or its ELI address"))
    provisions: Provisions = Field(
        [], description=N_("the articles touched; by default the whole norm")
    )
    from_: FirstDay | None = Field(
        None,
        alias="from",
        description=N_("first day of effect; by default this norm's entry into force"),
    )
    until: CivilDate | None = Field(None, description=N_("last day of effect"))
    text: LocalizedText | None = Field(None, description=N_("a remark"))

    _order = not_before("from_", "until")


class OutsideAct(Model):
    """What an act that has no note here did to this norm: a resolution of parliament, a correction,
    a judgment, a norm of no interest here."""

    type: ActType = Field(description=N_("what was done"))
    by: LocalizedText = Field(description=N_("the act, in words"))
    date: CivilDate | None = Field(None, description=N_("the day of the act"))
    provisions: Provisions = Field(
        [], description=N_("the articles touched; by default the whole norm")
    )
    published_in: list[Publication] = Field([], description=N_("the act's place in its gazette"))
    from_: FirstDay | None = Field(
        None, alias="from", description=N_("first day of effect, if it is known")
    )
    until: CivilDate | None = Field(None, description=N_("last day of effect"))
    url: SecureUrl | None = Field(None, description=N_("the act in its gazette"))
    text: LocalizedText | None = Field(None, description=N_("a remark"))

    _order = not_before("from_", "until")


class Checked(Model):
    """When facts were compared with a source."""

    on: CivilDate = Field(description=N_("the day on which these facts were checked"))
    source: Source = Field(description=N_("against what: an address, or words"))
    as_of: CivilDate | None = Field(
        None, description=N_("the day of what was read there, if that was older")
    )


class GazetteDifference(Model):
    """Where the note is right and the gazette's data are wrong or incomplete; such differences are
    no longer reported."""

    about: Prose = Field(description=N_("what differs, as saig norms check names it: “state”"))
    reason: Prose = Field(description=N_("why the note is right all the same; for editors"))


class Norm(NoteFields):
    """A law, decree-law, decree, ordinance or plan: LegalResource of ELI. Or a judgment."""

    date: CivilDate = Field(description=N_("when the note was published here"))
    eli: EliUrl | None = Field(
        None,
        description=N_("its ELI address; it gives what a pack can read of type, date and number"),
    )
    jurisdiction: Code | None = Field(
        None, description=N_("who made it, as in pt-20; if its ELI does not say so")
    )
    type: Code | None = Field(
        None, description=N_("ELI code of its type, as in dl; if its ELI does not say so")
    )
    number: Code | None = Field(None, description=N_("its number; if its ELI does not say so"))
    date_document: CivilDate | None = Field(
        None, description=N_("the day of the act; if its ELI does not say so")
    )
    passed_by: LocalizedText | None = Field(
        None, description=N_("the body that made it: a parliament, a government, a council")
    )
    aliases: list[Prose] = Field([], description=N_("other names, as in LUIB"))
    published_in: list[Publication] = Field([], description=N_("gazettes; the official one first"))
    first_date_entry_in_force: CivilDate | None = Field(None, description=N_("first day of force"))
    date_no_longer_in_force: CivilDate | None = Field(
        None, description=N_("last day of force, only where no other norm ends it")
    )
    end_reason: EndReason | None = Field(
        None, description=N_("why it ended, where no norm ended it")
    )
    relations: list[Relation] = Field([], description=N_("what it does to other norms"))
    done_by_others: list[OutsideAct] = Field(
        [], description=N_("what was done to it by acts that have no note here")
    )
    checked: Checked | None = Field(None, description=N_("when and against what this was checked"))
    gazette_differs: list[GazetteDifference] = Field(
        [], description=N_("where it is known, and right, that the gazette's data say otherwise")
    )
    _said_by_eli: Mapping[str, str] = PrivateAttr({})

    @model_validator(mode="after")
    def _read_eli(self, info: ValidationInfo) -> Norm:
        """The address is read once, by the packs of its site."""
        if self.eli:
            self._said_by_eli = law_of(info).eli_parts(self.eli)
        return self

    @property
    def said_by_eli(self) -> Mapping[str, str]:
        """What its ELI address says, as ``Law.eli_parts``."""
        return self._said_by_eli

    @field_validator("relations")
    @classmethod
    def _end_after_entry_into_force(
        cls, value: list[Relation], info: ValidationInfo
    ) -> list[Relation]:
        begins = info.data.get("first_date_entry_in_force")
        for index, relation in enumerate(value):
            if begins and relation.until and not relation.from_ and relation.until < begins:
                raise field_error(
                    "date-order",
                    N_("%(second)s (%(value)s) is before %(first)s (%(start)s)"),
                    N_("write from: with the first day of the effect, or correct until"),
                    at=(index, "until"),
                    first="first_date_entry_in_force",
                    second="until",
                    value=relation.until.isoformat(),
                    start=begins.isoformat(),
                )
        return value

    @field_validator("jurisdiction", "type", "number", "date_document")
    @classmethod
    def _agrees_with_eli(cls, value: Any, info: ValidationInfo) -> Any:
        address = info.data.get("eli")
        said = law_of(info).eli_parts(address).get(info.field_name or "") if address else None
        if value is not None and said is not None and str(value) != said:
            raise field_error(
                "bad-value",
                N_("%(field_name)s is %(value)s here, and %(said)s in the ELI address"),
                N_("remove it: the ELI address says it"),
                field_name=info.field_name,
                value=str(value),
                said=said,
            )
        return value

    _force = not_before(
        "first_date_entry_in_force",
        "date_no_longer_in_force",
        N_(
            "swap the two dates, or remove date_no_longer_in_force if another norm repeals this one"
        ),
    )


def law_of(info: ValidationInfo) -> Law:
    """The law of the site whose note is being checked."""
    found: Law = (info.context or {}).get("law", NO_LAW)
    return found


def addresses_of(norm: Norm) -> list[str]:
    """The addresses by which other notes may name a norm: its ELI, and those under which gazettes
    have it."""
    places = [place.url for place in norm.published_in if place.url and ELI.fullmatch(place.url)]
    return list(dict.fromkeys([*([norm.eli] if norm.eli else []), *places]))


def identity(norm: Norm) -> dict[str, Any]:
    """Type, number, year, jurisdiction and date: from the ELI address as far as a pack can read it;
    and that address."""
    said = norm.said_by_eli
    day = said.get("date_document") or (
        norm.date_document.isoformat() if norm.date_document else None
    )
    return {
        "type": said.get("type") or norm.type,
        "number": said.get("number") or norm.number,
        "year": int(year) if (year := said.get("year") or (day or "")[:4]) else None,
        "jurisdiction": said.get("jurisdiction") or norm.jurisdiction,
        "date_document": day,
        "eli": norm.eli,
    }


def day_of_act(norm: Norm) -> datetime.date | None:
    """When it was made: from the ELI address where there is one."""
    day = identity(norm)["date_document"]
    return datetime.date.fromisoformat(day) if day else None


def first_day(norm: Norm, relation: Relation) -> datetime.date | None:
    """Of what a norm does to another: its own, or else the norm's entry into force (docs/notes.md).
    None where the facts don't say."""
    if relation.from_ == UNKNOWN:
        return None
    return known_day(relation.from_) or norm.first_date_entry_in_force


def first_day_of_act(act: OutsideAct, rules: Rules) -> datetime.date | None:
    """Of what an act without a note did. ``rules``: those of the norm's jurisdiction, by which a
    judgment that annuls may count from its gazette."""
    if known := known_day(act.from_):
        return known
    if act.from_ == UNKNOWN:
        return None
    if act.type == "annuls":
        published = next((place.date for place in act.published_in if place.date), None)
        if rules.annulled_from == "day-after-publication" and published:
            return published + datetime.timedelta(days=1)
        return published if rules.annulled_from == "publication" else None
    return act.date if act.type in OF_A_DAY else None


OF_A_DAY = ("develops", "validates", "corrects", "continues", "challenges", "bill")
"""Acts whose effect does not begin later: they happened on their day."""
