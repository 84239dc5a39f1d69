"""What a note of each kind may say: the one description of front matter (contract §1).

These models check notes, make the JSON Schemas, the templates of ``saig new`` and the editors'
reference page. Rules between two fields are field validators that look at the fields above, so
that one wrong field never hides another; the order of fields is therefore part of the rule.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from functools import cache
from typing import Any, Literal, NamedTuple, get_args

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    SerializationInfo,
    SerializerFunctionWrapHandler,
    ValidationInfo,
    field_validator,
    model_serializer,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

from ..words import N_
from .clock import MIDNIGHT
from .fields import (
    ELI,
    CivilDate,
    Clock,
    Code,
    Days,
    EliUrl,
    Email,
    Extension,
    LocalizedText,
    NormReference,
    OldAddress,
    Prose,
    Provisions,
    Reference,
    SecureUrl,
    Slug,
    Source,
    Summary,
    TelephoneNumber,
    field_error,
)
from .problem import Term
from .weekdays import DAYS

Channel = Literal["in-person", "video", "phone", "email", "online", "post"]
Appointment = Literal["required", "optional", "none"]
Status = Literal["published", "draft", "hidden"]
Urgency = Literal["routine", "important", "urgent"]
EndReason = Literal["expired", "not-validated"]
RelationType = Literal[
    "amends",
    "adds",
    "removes",
    "repeals",
    "repeals-part",
    "suspends",
    "develops",
    "validates",
    "corrects",
    "continues",
    "challenges",
]
ActType = Literal[RelationType, "annuls", "bill"]
"""What an act without a note here did to a norm: also a court's, and a parliament's."""


class Model(BaseModel):
    """Closed, strict, and never changed once read."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, defer_build=True)

    # Without a type of its own: the schema is that of the fields, and of what is added below.
    @model_serializer(mode="wrap")
    def _with_languages(self, fields: SerializerFunctionWrapHandler, info: SerializationInfo):  # type: ignore[no-untyped-def]
        """In a document each text by language has its language beside it."""
        said = fields(self)
        for name in _texts_of(type(self)):
            text = getattr(self, name)
            said[f"{name}_lang"] = text.lang((info.context or {})["lang"]) if text else None
        return said

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        found = handler.resolve_ref_schema(handler(schema))
        if handler.mode == "serialization":
            for name in _texts_of(cls):
                found["properties"][f"{name}_lang"] = {
                    "anyOf": [{"type": "string"}, {"type": "null"}],
                    "description": f"The language of {name}, by its code (BCP 47)",
                }
                found["required"] = [*found.get("required", []), f"{name}_lang"]
        return found


@cache
def _texts_of(model: type[BaseModel]) -> list[str]:
    """The fields of a model that are texts by language."""
    return [
        name
        for name, field in model.model_fields.items()
        if LocalizedText in (field.annotation, *get_args(field.annotation))
    ]


def not_before(
    first: str, second: str, hint: str = N_("swap the two dates, or correct the wrong one")
) -> Any:
    """A validator: the day in field ``second`` may not come before the one in field ``first``."""

    def check(cls: type, value: datetime.date | None, info: ValidationInfo) -> datetime.date | None:
        start = info.data.get(first)
        if value and start and value < start:
            raise field_error(
                "date-order",
                N_("%(second)s (%(value)s) is before %(first)s (%(start)s)"),
                hint,
                first=first.rstrip("_"),
                second=second,
                value=value.isoformat(),
                start=start.isoformat(),
            )
        return value

    return field_validator(second)(classmethod(check))


class Change(Model):
    date: CivilDate = Field(description=N_("the day of the change"))
    text: Prose = Field(description=N_("what changed, for readers"))


class TranslatableFields(Model):
    """What a translation carries: language, and nothing that could differ from the original."""

    title: Prose = Field(description=N_("as readers see it"))
    short_title: Prose | None = Field(None, description=N_("for lists and cross-references"))
    summary: Summary = Field(description=N_("one or two plain sentences, at most 300 characters"))
    slug: Slug | None = Field(
        None, description=N_("last part of the address; by default made from short_title or title")
    )
    changes: list[Change] = Field([], description=N_("what changed and when, shown to readers"))


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


class Hours(Model):
    """A weekly window. One that goes past midnight is two, each on its day: they are told as one
    where nothing lies between them."""

    days: Days = Field(description=N_("days of the week: [monday, wednesday] or monday-friday"))
    opens: Clock = Field(description=N_("time of opening, as in 09:00"))
    closes: Clock = Field(description=N_("time of closing, as in 14:00; 24:00 is midnight"))

    @field_validator("opens")
    @classmethod
    def _on_its_day(cls, value: str) -> str:
        if value == MIDNIGHT:
            raise field_error(
                "bad-value",
                N_("nothing opens at 24:00: that is the end of the day"),
                N_("write opens: 00:00, on the day after"),
            )
        return value

    @field_validator("closes")
    @classmethod
    def _after_opening(cls, value: str, info: ValidationInfo) -> str:
        value = MIDNIGHT if value == "00:00" else value
        opens = info.data.get("opens", "")
        if value <= opens:
            days = info.data.get("days", [])
            raise field_error(
                "bad-value",
                N_("closes (%(closes)s) is not after opens (%(opens)s)"),
                N_(
                    "correct one of the two; hours past midnight are two windows:"
                    " {days: [%(days)s], opens: %(opens)s, closes: 24:00}"
                    " and {days: [%(following)s], opens: 00:00, closes: %(closes)s}"
                ),
                closes=value,
                opens=opens,
                days=", ".join(days).lower(),
                following=", ".join(map(day_after, days)).lower(),
            )
        return value


def day_after(day: str) -> str:
    return DAYS[(DAYS.index(day) + 1) % len(DAYS)]


class Window(NamedTuple):
    """Hours in their season. ``way``: windows of another one may be open at the same time. ``at``:
    where it stands below the field that is checked."""

    way: Any
    first: datetime.date
    last: datetime.date
    hours: Hours
    at: tuple[str | int, ...]


def window(
    way: Any, season: OpeningHours | ServiceChannel | None, hours: Hours, *at: str | int
) -> Window:
    first = season and season.valid_from
    last = season and season.valid_until
    return Window(way, first or datetime.date.min, last or datetime.date.max, hours, at)


def refuse_overlaps(windows: Iterable[Window]) -> None:
    """Raise where two windows of a way are open at the same time of a day that both have.

    In the order of their first days, each is held against those that are not over by then: a note
    with thousands of seasons takes no longer for it.
    """
    going: dict[tuple[Any, str], list[Window]] = {}
    for new in sorted(windows, key=lambda window: window.first):
        for day in new.hours.days:
            others = going.setdefault((new.way, day), [])
            others[:] = [other for other in others if other.last >= new.first]
            for other in others:
                at_once = (
                    new.hours.opens < other.hours.closes and other.hours.opens < new.hours.closes
                )
                if at_once and _has(day, new.first, min(new.last, other.last)):
                    one, second = sorted((other, new), key=lambda window: window.at)
                    raise _overlap(one, second, day)
            others.append(new)


def _said(label: LocalizedText | None) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(label.root.items())) if label else ()


def _has(weekday: str, first: datetime.date, last: datetime.date) -> bool:
    """Whether a weekday is among these days, both ends counted."""
    return (DAYS.index(weekday) - first.weekday()) % 7 <= (last - first).days


def _overlap(one: Window, other: Window, day: str) -> PydanticCustomError:
    return field_error(
        "bad-value",
        N_("these hours, %(hours)s, overlap others: %(others)s, both on %(day)s"),
        N_("make one window of the two, or give each season its valid_from and valid_until"),
        at=other.at,
        hours=f"{other.hours.opens}-{other.hours.closes}",
        others=f"{one.hours.opens}-{one.hours.closes}",
        day=Term(_DAY_WORDS[day]),
    )


_DAY_WORDS = dict(
    zip(
        DAYS,
        (
            N_("Monday"),
            N_("Tuesday"),
            N_("Wednesday"),
            N_("Thursday"),
            N_("Friday"),
            N_("Saturday"),
            N_("Sunday"),
        ),
        strict=True,
    )
)


class OpeningHours(Hours):
    channel: Channel | None = Field(None, description=N_("the channel that these hours are for"))
    appointment: Appointment | None = Field(
        None, description=N_("whether an appointment is needed")
    )
    valid_from: CivilDate | None = Field(None, description=N_("first day of these hours"))
    valid_until: CivilDate | None = Field(None, description=N_("last day of these hours"))
    label: LocalizedText | None = Field(None, description=N_("what these hours are for"))

    _validity = not_before("valid_from", "valid_until")


class Closure(Model):
    # ``from`` is a word of Python, hence the alias.
    from_: CivilDate = Field(alias="from", description=N_("first day closed"))
    until: CivilDate | None = Field(None, description=N_("last day closed; by default the first"))
    label: LocalizedText | None = Field(None, description=N_("why"))

    _order = not_before("from_", "until")

    @property
    def last(self) -> datetime.date:
        return self.until or self.from_


class Address(Model):
    street_address: Prose = Field(description=N_("street and number"))
    extra: LocalizedText | None = Field(None, description=N_("floor, entrance"))
    postal_code: Code | None = Field(None, description=N_("postcode"))
    locality: Prose = Field(description=N_("town"))
    latitude: float | None = Field(None, ge=-90, le=90, description=N_("degrees north"))
    longitude: float | None = Field(None, ge=-180, le=180, description=N_("degrees east"))


class Telephone(Model):
    number: TelephoneNumber = Field(
        description=N_("in international form, as in +34971225900; or a short one, as in 010")
    )
    extensions: list[Extension] = Field([], description=N_("extensions behind that number"))
    label: LocalizedText | None = Field(None, description=N_("what this number is for"))


class Contact(NoteFields):
    """A department, an office, a body."""

    parent: Reference | None = Field(None, description=N_("the contact that this one belongs to"))
    address: Address | None = Field(None, description=N_("where it is"))
    accessibility: LocalizedText | None = Field(
        None, description=N_("how the building can be entered and used: steps, lift, hearing loop")
    )
    telephones: list[Telephone] = Field([], description=N_("telephone numbers"))
    emails: list[Email] = Field([], description=N_("mailboxes of the unit, never a person's"))
    website: SecureUrl | None = Field(None, description=N_("its own site"))
    opening_hours: list[OpeningHours] = Field([], description=N_("when it is open"))
    closures: list[Closure] = Field([], description=N_("when it is closed"))
    dir3: Code | None = Field(None, description=N_("its code in the common directory DIR3"))
    verified_on: CivilDate | None = Field(
        None, description=N_("the day these facts were last checked")
    )

    @field_validator("opening_hours")
    @classmethod
    def _apart(cls, value: list[OpeningHours]) -> list[OpeningHours]:
        """One desk may do several things at once, which differ in their label or appointment."""
        refuse_overlaps(
            window((hours.channel, hours.appointment, _said(hours.label)), hours, hours, index)
            for index, hours in enumerate(value)
        )
        return value


class ServiceChannel(Model):
    """One way to a service: Channel of CPSV-AP, ServiceChannel of schema.org."""

    channel: Channel = Field(description=N_("in-person, video, phone, email, online or post"))
    appointment: Appointment | None = Field(None, description=N_("required, optional or none"))
    url: SecureUrl | None = Field(None, description=N_("where to book or do it, straight there"))
    opening_hours: list[Hours] = Field([], description=N_("when this channel can be used"))
    label: LocalizedText | None = Field(None, description=N_("what this channel is for"))
    if_no_slot: LocalizedText | None = Field(
        None, description=N_("what to do when no appointment is free")
    )
    valid_from: CivilDate | None = Field(None, description=N_("first day of this channel"))
    valid_until: CivilDate | None = Field(None, description=N_("last day of this channel"))

    _validity = not_before("valid_from", "valid_until")

    @field_validator("opening_hours")
    @classmethod
    def _apart(cls, value: list[Hours]) -> list[Hours]:
        refuse_overlaps(window(None, None, hours, index) for index, hours in enumerate(value))
        return value


class Service(NoteFields):
    """What a citizen can get done, and through which channels."""

    departments: list[Reference] = Field(
        min_length=1, description=N_("contacts that give it; the first is responsible")
    )
    channels: list[ServiceChannel] = Field([], description=N_("the ways to it"))
    no_channel: LocalizedText | None = Field(
        None, validate_default=True, description=N_("why there is no channel, if there is none")
    )
    online_only_norm: Reference | None = Field(
        None, description=N_("norm that obliges everyone to use it online, if one does")
    )
    bring: LocalizedText | None = Field(None, description=N_("what to have at hand"))
    audience: LocalizedText | None = Field(None, description=N_("whom it is for"))
    cost: LocalizedText | None = Field(None, description=N_("what it costs"))
    deadline: LocalizedText | None = Field(None, description=N_("until when, or within how long"))
    procedure_code: Code | None = Field(
        None, description=N_("the municipality's code, as in Obres.03")
    )

    @field_validator("channels")
    @classmethod
    def _apart(cls, value: list[ServiceChannel]) -> list[ServiceChannel]:
        """A way said twice, as for two seasons. Two places of one channel differ in label or url."""
        refuse_overlaps(
            window(
                (way.channel, way.url, _said(way.label)),
                way,
                hours,
                index,
                "opening_hours",
                place,
            )
            for index, way in enumerate(value)
            for place, hours in enumerate(way.opening_hours)
        )
        return value

    @field_validator("no_channel")
    @classmethod
    def _some_way(cls, value: LocalizedText | None, info: ValidationInfo) -> LocalizedText | None:
        if value is None and info.data.get("channels") == []:
            raise field_error(
                "missing-field",
                N_("a service needs channels, or no_channel with the reason why there is none"),
                N_("add channels: with at least one - channel: …"),
                instead_of="channels",
            )
        return value


class Publication(Model):
    """A norm's place in a gazette."""

    gazette: Code = Field(description=N_("BOIB, BOE, BOP…"))
    number: Code | None = Field(None, description=N_("the issue's number"))
    date: CivilDate | None = Field(None, description=N_("the issue's date"))
    id: Code | None = Field(
        None, description=N_("the gazette's own reference, as in BOE-A-2020-8011")
    )
    url: SecureUrl | None = Field(None, description=N_("the official text there"))


class Relation(Model):
    """What this norm does to another; only the acting norm says so."""

    type: RelationType = Field(description=N_("what it does"))
    norm: NormReference = Field(description=N_("id of the other norm's note, or its ELI address"))
    provisions: Provisions = Field(
        [], description=N_("the articles touched; by default the whole norm")
    )
    from_: CivilDate | None = Field(
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
    date: CivilDate | None = Field(None, description=N_("the day of the act, or of its gazette"))
    provisions: Provisions = Field(
        [], description=N_("the articles touched; by default the whole norm")
    )
    from_: CivilDate | None = Field(
        None, alias="from", description=N_("first day of effect, if it is known")
    )
    until: CivilDate | None = Field(None, description=N_("last day of effect"))
    url: SecureUrl | None = Field(None, description=N_("the act in its gazette"))

    _order = not_before("from_", "until")


class Checked(Model):
    on: CivilDate = Field(description=N_("the day on which these facts were checked"))
    source: Source = Field(description=N_("against what: an address, or words"))


class Norm(NoteFields):
    """A law, decree-law, decree, ordinance or plan: LegalResource of ELI."""

    date: CivilDate = Field(description=N_("when the note was published here"))
    eli: EliUrl | None = Field(
        None, description=N_("its ELI address; it gives type, date and number")
    )
    jurisdiction: Code | None = Field(
        None, description=N_("who made it, as in es-ib; if it has no ELI")
    )
    type: Code | None = Field(
        None, description=N_("ELI code of its type, as in dl; if it has no ELI")
    )
    number: Code | None = Field(None, description=N_("its number; if it has no ELI"))
    date_document: CivilDate | None = Field(
        None, description=N_("the day of the act; if it has no ELI")
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
        if (
            value is not None
            and address
            and str(value) != (said := eli_parts(address)[info.field_name or ""])
        ):
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


def eli_parts(address: str) -> dict[str, str]:
    """What an ELI address says: jurisdiction, type, number, date_document (ISO).

    Shape of the Spanish technical specification of 24 February 2022, elidata.es.
    """
    found = ELI.fullmatch(address)
    assert found, address
    parts = found.groupdict()
    return {
        "jurisdiction": parts["jurisdiction"],
        "type": parts["type"],
        "number": re.sub(r"^\((.*)\)$", r"\1", parts["number"]),
        "date_document": f"{parts['year']}-{parts['month']}-{parts['day']}",
    }


def identity(norm: Norm) -> dict[str, Any]:
    """Type, number, year, jurisdiction and date: from the ELI address where there is one."""
    said = eli_parts(norm.eli) if norm.eli else {}
    day = said.get("date_document") or (
        norm.date_document.isoformat() if norm.date_document else None
    )
    return {
        "type": said.get("type") or norm.type,
        "number": said.get("number") or norm.number,
        "year": int(day[:4]) if day else None,
        "jurisdiction": said.get("jurisdiction") or norm.jurisdiction,
        "date_document": day,
    }


def day_of_act(norm: Norm) -> datetime.date | None:
    """When it was made: from the ELI address where there is one."""
    day = identity(norm)["date_document"]
    return datetime.date.fromisoformat(day) if day else None


class Notice(NoteFields):
    """News, a change of service, a deadline."""

    date: CivilDate = Field(description=N_("when the note was published here"))
    urgency: Urgency = Field(
        "routine",
        description=N_("routine, important, or urgent: at the top of every page while it holds"),
    )


class Page(NoteFields):
    """The rest: about, accessibility statement, legal notice."""


KINDS: dict[str, type[NoteFields]] = {
    "contact": Contact,
    "service": Service,
    "norm": Norm,
    "notice": Notice,
    "page": Page,
}
"""The kinds of note, in the order in which a site shows them."""

FOLDERS = {
    "contacts": "contact",
    "services": "service",
    "norms": "norm",
    "notices": "notice",
    "pages": "page",
}
"""Folder of ``content/`` to kind of note."""
