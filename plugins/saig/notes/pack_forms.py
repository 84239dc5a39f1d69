"""What a pack may say under ``citations: <language>`` of languages that cite by the name of a type
and a number, as Spanish does (``Ley 5/2018, de 19 de junio``), or Basque (``5/2018 Legea``).

What each table is for, with examples: docs/packs.md. What they say is read by ``citations.grammar``
and ``citations.by_number``.
"""

from __future__ import annotations

from pydantic import Field, field_validator

from ..words import N_
from .base_model import Model
from .value_types import Code, Prose, field_error

Words = list[Prose]
Several = list[Prose | list[Prose]]
"""A word for each place, or several for one."""


class PackCitedType(Model):
    """What is known of the citations of a type."""

    jurisdiction: Code | None = Field(None, description="whose norm the type's words say it is")
    may_mean: list[Code] | None = Field(
        None, description="the types that its words are written for, where these are several"
    )
    towns_have_them: bool = Field(
        False, description="whether bodies of towns have acts of this name, which are no norms"
    )
    numbers_have_letters: bool = Field(
        False, description="whether a number may begin with letters, as in TED/1234/2023"
    )
    bodies_date_them: bool = Field(
        False, description="whether one may be cited by who made it, and its day"
    )
    anybody_has_them: bool = Field(
        False, description="whether one is no norm where who made it stands behind its number"
    )
    numbered_by_year: bool = Field(
        False, description="whether the year may go before the number, as the Union has it"
    )


class PackDates(Model):
    """How days are written in citations."""

    before: Words = Field([], description="words before a day: de, del, of")
    each: Words = Field([], description="words before those: both")
    of: Words = Field([], description="words between day and month, or endings of days and years")
    of_year: Words = Field([], description="words before the year")
    day_ends: Words = Field([], description="what may stand behind the number of a day: r, st")


class PackUnion(Model):
    """How acts of the European Union are cited."""

    signs: Words = Field([], description="UE, CE and the like, in small letters")
    signs_before: Words = Field([], description="those that may stand before the type")
    words: Words = Field([], description="words instead of a sign: europeu")
    bodies: Words = Field([], description="who made the act, between number and day")


class PackProvisions(Model):
    """How provisions are named."""

    title: Words = Field([], description="words for titles")
    chapter: Words = Field([], description="words for chapters")
    section: Words = Field([], description="words for sections")
    article: Words = Field(
        [], description="words for articles, the short ones with their full stop too"
    )
    paragraph: Words = Field([], description="words for paragraphs of an article")
    letter: Words = Field([], description="words for a letter")
    letters: Words = Field([], description="words for several letters")
    provision: Words = Field(
        [], description="words for additional provisions and the like, before their kind"
    )
    named_provision: Words = Field([], description="the same, behind their kind")
    additional: Words = Field([], description="that they are additional")
    transitional: Words = Field([], description="that they are transitional")
    repealing: Words = Field([], description="that they repeal")
    final: Words = Field([], description="that they are final")
    annex: Words = Field([], description="words for annexes")
    short: dict[Code, Words] = Field({}, description="capitals for each kind: additional: [DA]")
    ordinals: Several = Field([], description="numbers in words, from the first on")
    ordinals_too: Words = Field([], description="further ones; -ena is whatever ends so")
    tens: Words = Field([], description="numbers in words that another may follow: vigésima")
    number_ends: Words = Field([], description="letters behind a number in figures: 9a")
    number_starts: Words = Field([], description="letters before a number in figures: L. 111-1")
    latin: Words = Field([], description="bis, ter and the like")
    through: Words = Field([], description="words between the ends of a range: 35 a 48")
    and_: Words = Field([], alias="and", description="words between two provisions")
    following: Words = Field([], description="and following ones")
    after: Words = Field([], description="words between a norm and its provisions: en su")


class PackForms(Model):
    """How norms are cited in a language, by the names of their types."""

    types: dict[Code, PackCitedType] = Field(
        {}, description="what is known of the citations of types, by code; under mul"
    )
    number_first: bool = Field(
        False, description="whether the number goes before the name of the type, as in Basque"
    )
    forms: dict[Code, Words] = Field(
        {},
        description="names of types by code, in small letters and in every number; stems, where number_first",
    )
    abbreviations: dict[Code, Words] = Field(
        {},
        description="short forms by code; the capitals that one begins with are capitals in texts",
    )
    everyday: Words = Field(
        [],
        description="forms that are everyday words: in small letters they need a date or a provision",
    )
    not_alone: Words = Field(
        [], description="forms that in small letters say too little with a date alone"
    )
    bills: Words = Field(
        [], description="words before the name of what is no norm yet: proyecto de"
    )
    no_norm_after: Words = Field(
        [], description="words behind a form that make it none: orden del día"
    )
    town_bodies: Words = Field([], description="bodies of towns, whose acts are no norms")
    courtesy: Words = Field([], description="words before a body: señor")
    bodies: Words = Field([], description="who makes what is cited by its day: consejero")
    months: Several = Field([], description="names of the months, from January on")
    number: Words = Field([], description="signs before a number: núm., n.º")
    before_number: Words = Field([], description="words that may stand before a number by mistake")
    articles: Words = Field([], description="definite articles")
    of: Words = Field([], description="of, without an article")
    of_the: Words = Field([], description="of, with one")
    and_: Words = Field([], alias="and", description="words between two numbers")
    dates: PackDates | None = Field(None, description="how days are written")
    title: Words = Field(
        [], description="words that a norm's title begins with; relativ- is whatever begins so"
    )
    before_letter: Words = Field([], description="words before a type of one letter")
    institutions: Words = Field(
        [], description="words between a type and whose norm it is: Gobierno"
    )
    issuers: dict[Code, Words] = Field(
        {}, description="words that say whose norm it is, by jurisdiction"
    )
    adjectives: dict[Code, Words] = Field({}, description="the same before a type: Catalan")
    aforesaid: Words = Field([], description="words between a provision and its norm: citada")
    past: Words = Field(
        [],
        description="words that say of a norm that it no longer holds; derogad- is whatever begins so",
    )
    endings: Several = Field([], description="endings of words, where number_first")
    behind_stem: Words = Field([], description="words before which a name has no ending")
    between: Words = Field([], description="words between a number and a name")
    union: PackUnion | None = Field(None, description="how the Union's acts are cited")
    provisions: PackProvisions | None = Field(None, description="how provisions are named")

    @field_validator("months")
    @classmethod
    def _twelve(cls, value: Several) -> Several:
        if value and len(value) != 12:
            raise field_error(
                "bad-value",
                N_("months has %(count)d names"),
                N_(
                    "write the names of all twelve, from January on; several of one month as a list"
                ),
                count=len(value),
            )
        return value
