"""The fields of each kind of note: the only description of front matter (docs/notes.md).

These models check notes, and the JSON Schemas, the templates of ``saig new`` and the editors'
reference page are made from them. Rules between two fields are validators of the later field, so
that one wrong field never hides another; the order of fields is therefore part of the rule.
"""

from __future__ import annotations

import datetime
import itertools
import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator

from ..words import N_
from .as_written import URGENCIES, read_as
from .base_model import Model, not_before
from .day_types import CivilDate
from .local_name import LocalName
from .localized_text import LocalizedText
from .norm_fields import (
    Norm,
    law_of,
)
from .note_fields import NoteFields
from .opening_hours import (
    Closure,
    OpeningHours,
    ServiceChannel,
    label_key,
    refuse_idle,
    refuse_overlaps,
    window,
)
from .standard_codes import AudienceCode, Duration, LifeEvent
from .value_types import (
    Code,
    Email,
    Extension,
    Prose,
    Reference,
    SecureUrl,
    TelephoneNumber,
    field_error,
)

Urgency = Annotated[Literal["routine", "important", "urgent"], read_as(URGENCIES)]


class Address(Model):
    """Where something is."""

    street_address: LocalName = Field(description=N_("street and number"))
    extra: LocalName | None = Field(None, description=N_("floor, entrance"))
    postal_code: Code | None = Field(None, description=N_("postcode"))
    locality: LocalName = Field(description=N_("town"))
    latitude: float | None = Field(None, ge=-90, le=90, description=N_("degrees north"))
    longitude: float | None = Field(None, ge=-180, le=180, description=N_("degrees east"))


class DatedAddress(Address):
    """Where something is from one day to another."""

    valid_from: CivilDate | None = Field(None, description=N_("first day at this address"))
    valid_until: CivilDate | None = Field(None, description=N_("last day at this address"))

    _validity = not_before("valid_from", "valid_until")


def _listed(value: Any) -> Any:
    """A single address may be written instead of a list of one."""
    return value if isinstance(value, list) else [value]


class Telephone(Model):
    number: TelephoneNumber = Field(
        description=N_("in international form, as in +34971225900; or a short one, as in 010")
    )
    extensions: list[Extension] = Field([], description=N_("extensions behind that number"))
    label: LocalizedText | None = Field(None, description=N_("what this number is for"))


class Identifier(Model):
    """The code of a body in a directory."""

    scheme: Code = Field(description=N_("the directory, as a pack calls it: NIPC, SIRET, AGS"))
    value: Code = Field(description=N_("the code there"))

    @field_validator("value")
    @classmethod
    def _fits(cls, value: str, info: ValidationInfo) -> str:
        scheme = law_of(info).schemes.get(info.data.get("scheme", ""))
        if scheme and scheme.pattern and not re.fullmatch(scheme.pattern, value):
            raise field_error(
                "bad-value",
                N_("“%(value)s” is no code of %(scheme)s"),
                N_("copy it from there; codes look like %(pattern)s"),
                value=value[:60],
                scheme=scheme.id,
                pattern=scheme.pattern,
            )
        return value


class Contact(NoteFields):
    """A department, an office, a body."""

    parent: Reference | None = Field(None, description=N_("the contact that this one belongs to"))
    aliases: list[Prose] = Field([], description=N_("names by which texts call it, as in IMI"))
    address: Annotated[list[DatedAddress], BeforeValidator(_listed)] = Field(
        [], description=N_("where it is; before a move also where it will be, as a list with days")
    )
    accessibility: LocalizedText | None = Field(
        None, description=N_("how the building can be entered and used: steps, lift, hearing loop")
    )
    telephones: list[Telephone] = Field([], description=N_("telephone numbers"))
    emails: list[Email] = Field([], description=N_("mailboxes of the unit, never a person's"))
    website: SecureUrl | None = Field(None, description=N_("its own site"))
    opening_hours: list[OpeningHours] = Field([], description=N_("when it is open"))
    closures: list[Closure] = Field([], description=N_("when it is closed"))
    dir3: Code | None = Field(None, description=N_("its code in the common directory DIR3"))
    identifiers: list[Identifier] = Field(
        [], description=N_("its codes in other directories of public bodies")
    )
    verified_on: CivilDate | None = Field(
        None, description=N_("the day these facts were last checked")
    )

    @field_validator("address")
    @classmethod
    def _one_at_a_time(cls, value: list[DatedAddress]) -> list[DatedAddress]:
        """A contact is in one place at a time. Of two addresses that hold on the same day the later
        one is reported."""
        ordered = sorted(enumerate(value), key=lambda one: one[1].valid_from or datetime.date.min)
        for (index, before), (other, after) in itertools.pairwise(ordered):
            begins, ends = after.valid_from, before.valid_until
            if begins and ends and ends < begins:
                continue
            if begins and begins != before.valid_from:
                raise field_error(
                    "bad-value",
                    N_("this address and the one from %(begins)s hold on the same days"),
                    N_("write valid_until: %(last)s here"),
                    at=(index, "valid_until") if ends else (index,),
                    begins=begins.isoformat(),
                    last=(begins - datetime.timedelta(days=1)).isoformat(),
                )
            raise field_error(
                "bad-value",
                N_("this address and another hold on the same days"),
                N_(
                    "write valid_from: with the first day at this one, and valid_until: in the other"
                ),
                at=(other,),
            )
        return value

    @field_validator("opening_hours")
    @classmethod
    def _apart(cls, value: list[OpeningHours]) -> list[OpeningHours]:
        """A desk may do several things at once, with different labels or appointments."""
        refuse_idle(value)
        refuse_overlaps(
            window((hours.channel, hours.appointment, label_key(hours.label)), None, hours, index)
            for index, hours in enumerate(value)
        )
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
    audience_codes: list[AudienceCode] = Field(
        [],
        description=N_(
            "the same in codes: citizens, companies, professionals, associations, administrations"
        ),
    )
    life_events: list[LifeEvent] = Field(
        [],
        description=N_(
            "when people need it: birth, residence, studying, working, moving, retiring, business, building"
        ),
    )
    gives: LocalizedText | None = Field(
        None, description=N_("what one gets of it: a licence, a certificate, an answer")
    )
    processing_time: Duration | None = Field(
        None, description=N_("the time to an answer: P20D is twenty days, P3M three months")
    )
    cost: LocalizedText | None = Field(None, description=N_("what it costs"))
    deadline: LocalizedText | None = Field(None, description=N_("until when, or within how long"))
    procedure_code: Code | None = Field(
        None, description=N_("the municipality's code, as in Obres.03")
    )

    @field_validator("channels")
    @classmethod
    def _own_ids(cls, value: list[ServiceChannel]) -> list[ServiceChannel]:
        ids = [way.id for way in value]
        for index, name in enumerate(ids):
            if name and name in ids[:index]:
                raise field_error(
                    "bad-value",
                    N_("another channel of this service has the id “%(id)s” too"),
                    N_("give each channel an id of its own, or none"),
                    at=(index, "id"),
                    id=name[:60],
                )
        return value

    @field_validator("channels")
    @classmethod
    def _apart(cls, value: list[ServiceChannel]) -> list[ServiceChannel]:
        """A channel may be given twice, for two seasons. Two places of one channel have different
        labels or addresses."""
        refuse_overlaps(
            window(
                (way.channel, way.url, label_key(way.label)),
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

    @field_validator("audience_codes", "life_events")
    @classmethod
    def _once(cls, value: list[str]) -> list[str]:
        return list(dict.fromkeys(value))

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

FOLDER_OF = {kind: f"{kind}s" for kind in KINDS}
"""Kind of note to its folder of ``content/``."""

FOLDERS = {folder: kind for kind, folder in FOLDER_OF.items()}
"""The same from the folder to the kind."""
