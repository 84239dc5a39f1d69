"""The packs of a town's own: ``packs/<code>.yaml`` at the top of its repository (docs/packs.md).

The models say what a pack may have, and turn errors in one into problems at their place. Afterwards
``packs.load`` reads it like one of Saig's own packs, which fit these models too. The descriptions
of fields are only for docs/reference.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    Field,
    RootModel,
    ValidationInfo,
    field_validator,
    model_validator,
)

from ..citations.pattern_language import EVERY_LANGUAGE
from ..languages import canonical, is_known
from ..packs.eli import PARTS, names_in
from ..packs.load import CODE, law
from ..words import N_
from .base_model import Model
from .front_matter import load
from .pack_names import refuse_unknown_pack
from .pack_patterns import PackCitations, check_patterns
from .problem import FieldProblem
from .validation import validate
from .value_types import Code, Prose, SecureUrl, field_error
from .yaml_errors import plain_or_quoted


class ByLanguage(RootModel[dict[str, Prose]]):
    """A text in languages, whichever the pack has: ``{pt: Lei, en: Law}``."""

    @model_validator(mode="before")
    @classmethod
    def _is_map(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            said = plain_or_quoted(value) if isinstance(value, str) else "…"
            raise field_error(
                "wrong-type",
                N_("this must be a text for each language"),
                N_("write %(new)s"),
                new=f"{{en: {said}}}"[:400],
            )
        return value

    @model_validator(mode="after")
    def _knows_languages(self) -> ByLanguage:
        _refuse_unknown(self.root)
        if not self.root:
            raise field_error("missing-field", N_("the text is empty"), N_("write it as {en: …}"))
        return self


def _refuse_unknown(languages: Iterable[str]) -> None:
    for lang in languages:
        if not is_known(lang) or canonical(lang) != lang:
            raise field_error(
                "unknown-language",
                N_("“%(language)s” is not the code of a language with known dates and names"),
                N_("write a code that CLDR knows, such as ca, es, en, pt-BR or zh-Hant"),
                field=lang,
                language=lang[:40],
            )


def _jurisdiction(value: str) -> str:
    if not CODE.fullmatch(value):
        raise field_error(
            "bad-value",
            N_("“%(value)s” is not the code of a jurisdiction"),
            N_("write small letters, and a hyphen before a region, as in pt or pt-20"),
            value=value[:40],
        )
    return value


Jurisdiction = Annotated[Code, AfterValidator(_jurisdiction)]


class PackType(Model):
    """A type of norms."""

    name: ByLanguage = Field(description="its name in each language, as in {pt: Decreto-Lei}")
    plural: ByLanguage | None = Field(None, description="the same of several")
    gender: dict[str, Literal["m", "f", "n", "c"]] = Field(
        {}, description="the gender of its name by language: m, f, n or c (common)"
    )
    judgment: bool = Field(
        False, description="whether it is a court's decision, which has effects and is no norm"
    )

    @field_validator("gender")
    @classmethod
    def _languages(cls, value: dict[str, str]) -> dict[str, str]:
        _refuse_unknown(value)
        return value


class PackGazette(Model):
    """A gazette."""

    name: ByLanguage = Field(description="its name in each language")
    short: ByLanguage | None = Field(
        None, description="what it is called in short by language, where that is not its id"
    )
    official: list[Jurisdiction] = Field(
        [], description="the jurisdictions whose norms it makes known"
    )
    url: SecureUrl | None = Field(None, description="its address")


def _pattern(value: str) -> str:
    value = value.strip()
    unknown = [name for name in names_in(value) if name not in PARTS]
    if unknown or "/eli/" not in value or not value.startswith(("https://", "http://")):
        raise field_error(
            "bad-value",
            N_("“%(value)s” is not the pattern of an ELI address"),
            N_("write an address with /eli/, and for what differs: %(names)s, or * for anything"),
            value=value[:120],
            names=", ".join(f"{{{name}}}" for name in PARTS),
        )
    return value


def _consolidated(value: str) -> str:
    value = value.strip()
    if set(names_in(value)) - {*PARTS, "eli"} or not value.startswith(("https://", "{eli}")):
        raise field_error(
            "bad-value",
            N_("“%(value)s” is not the pattern of an address"),
            N_("write {eli} and what follows it, or an https address with the pattern's names"),
            value=value[:120],
        )
    return value


class PackEli(Model):
    """How a gazette writes ELI addresses."""

    address: Annotated[Code, AfterValidator(_pattern)] = Field(
        description="an address with {jurisdiction}, {type}, {year}, {month}, {day}, {number} for what it says, and * for anything"
    )
    jurisdiction: Jurisdiction | None = Field(
        None, description="whose norms they all are, where the address does not say it"
    )
    type: Code | None = Field(
        None, description="of which type they all are, where the address does not say it"
    )
    types: dict[str, Code] = Field(
        {}, description="the codes of types that it writes otherwise: its word, our code"
    )
    consolidated: Annotated[Code, AfterValidator(_consolidated)] | None = Field(
        None, description="the address of the text with all its changes, as in {eli}/con"
    )


def _with(place: str) -> AfterValidator:
    """An address with a place for a code."""

    def check(value: str) -> str:
        if place not in value or not re.match("https?://[^/]", value):
            raise field_error(
                "bad-value",
                N_("“%(value)s” is not an address with a place for the code"),
                N_("write a web address, and %(place)s where the code stands"),
                value=value[:120],
                place=place,
            )
        return value

    return AfterValidator(check)


class PackData(Model):
    """By what lists of others name jurisdictions and types, with {code} for the code."""

    jurisdiction: Annotated[Code, _with("{code}")] | None = Field(
        None, description="the address that names a jurisdiction in data"
    )
    type: Annotated[Code, _with("{code}")] | None = Field(
        None, description="the address that names a type of norms in data"
    )
    types: list[Code] = Field([], description="the types that the list has")


class PackRules(Model):
    """Defaults for what notes do not say."""

    revival: bool = Field(
        False,
        description="whether the repeal of a repealing norm brings back what that had repealed",
    )
    not_converted: Literal["end", "beginning"] | None = Field(
        None,
        description="from when a decree that was not validated, or converted, has no effects: its end or its beginning",
    )
    annulled_from: Literal["publication", "day-after-publication"] | None = Field(
        None, description="from when what a judgment annuls is null, if the law says it of all"
    )


class PackChoice(Model):
    """That nobody need use electronic means unless a norm says so."""

    text: ByLanguage = Field(description="what citizens are told")
    norm: ByLanguage = Field(description="the norm that says so, with its article")


class PackNotices(Model):
    """What pages say of their legal value, instead of Saig's own words."""

    legal_value: ByLanguage | None = Field(None, description="of the whole site")
    electronic_office: ByLanguage | None = Field(
        None, description="that this is not where applications are made"
    )
    norm: ByLanguage | None = Field(None, description="of the page of a norm")
    consolidated_text: ByLanguage | None = Field(None, description="of a text with all its changes")


class PackTexts(Model):
    """Texts that pages have by the law of the country."""

    channel_choice: PackChoice | None = Field(
        None, description="that nobody need use a channel but who is obliged to"
    )
    legal_notices: PackNotices | None = Field(None, description="what has legal value")
    not_converted: ByLanguage | None = Field(
        None, description="what is said of a decree that was not validated, or converted"
    )
    accessibility_act: ByLanguage | None = Field(
        None,
        description="what asks public bodies for an accessibility statement; saig init writes it into one",
    )
    accessibility_complaints: ByLanguage | None = Field(
        None, description="in Markdown, to whom that statement sends those who get no good answer"
    )
    owner_act: ByLanguage | None = Field(
        None,
        description="what asks a website to say who answers for it; saig init writes it into a legal notice",
    )


def _expression(value: str) -> str:
    try:
        re.compile(value)
    except re.error as error:
        raise field_error(
            "bad-value",
            N_("“%(value)s” is not a regular expression: %(reason)s"),
            N_("write one as Python has them, as in [A-Z][0-9]{8}"),
            value=value[:120],
            reason=str(error),
        ) from None
    return value


class PackScheme(Model):
    """A directory in which public bodies have codes."""

    name: ByLanguage = Field(description="its name in each language")
    pattern: Annotated[Code, AfterValidator(_expression)] | None = Field(
        None, description="what its codes look like, as a regular expression"
    )
    uri: Annotated[Code, _with("{value}")] | None = Field(
        None, description="the address that names a body in data, with {value} for its code"
    )


class Pack(Model):
    """What is law, and how it is written and cited, in a country, a region or the Union."""

    name: ByLanguage = Field(description="of the country or region")
    includes: list[Code] = Field(
        [],
        description="the packs that hold here too, as in [es]: what this one says goes before",
    )
    sources: list[SecureUrl] = Field(
        [], description="the public sources of what the pack says, by address"
    )
    of_many_languages: bool = Field(
        False,
        description="whether citations are in more languages than a site has: they count in those of the site and of its other packs alone",
    )
    types: dict[Code, PackType] = Field({}, description="types of norms, by ELI's code")
    gazettes: dict[Code, PackGazette] = Field(
        {}, description="gazettes, by the id that notes write in published_in"
    )
    eli: list[PackEli] = Field([], description="the patterns of ELI addresses")
    linked_data: PackData | None = Field(
        None, description="by what lists of others name jurisdictions and types"
    )
    rules: PackRules | None = Field(None, description="what follows where notes don't say it")
    texts: PackTexts | None = Field(None, description="texts that the law asks for")
    identifiers: dict[Code, PackScheme] = Field(
        {}, description="directories of public bodies, by the scheme that contacts name"
    )
    citations: dict[str, PackCitations] = Field(
        {},
        description="by language, the words by which norms are cited; mul is what holds in every one",
    )

    @field_validator("includes")
    @classmethod
    def _there(cls, value: list[str], info: ValidationInfo) -> list[str]:
        for index, name in enumerate(value):
            refuse_unknown_pack(name, (info.context or {}).get("packs", ()), (index,))
        return value

    @field_validator("citations")
    @classmethod
    def _languages(
        cls, value: dict[str, PackCitations], info: ValidationInfo
    ) -> dict[str, PackCitations]:
        _refuse_unknown(lang for lang in value if lang != EVERY_LANGUAGE)
        included = law(tuple(info.data.get("includes") or ())).citations.values()
        tables = [one.get("patterns", {}) for tables in included for one in tables]
        there = {name for table in tables for name in table.get("lists", ())}
        there |= {name for one in value.values() if one.patterns for name in one.patterns.lists}
        for lang, one in value.items():
            if one.patterns:
                check_patterns(one.patterns, there, (lang, "patterns"))
        return value


def read_pack(text: str, own: Sequence[str]) -> list[FieldProblem]:
    """What is wrong in the text of a pack. ``own``: the codes of the town's own packs."""
    data = load(text)
    if data.problems or not isinstance(data.value, dict):
        return data.problems or [_no_fields()]
    _, wrong = validate(data, Pack, (), packs=own)
    return wrong


def _no_fields() -> FieldProblem:
    return FieldProblem(
        (1, 1),
        "yaml-syntax",
        N_("the pack has no fields"),
        N_("write one on each line, as in name: {pt: Portugal, en: Portugal}"),
    )
