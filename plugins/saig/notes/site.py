"""``content/site.yaml``: what is true of the whole site."""

from __future__ import annotations

import re
import zoneinfo
from collections.abc import Iterator
from typing import Annotated, Literal, get_args

from pydantic import (
    AfterValidator,
    Field,
    PrivateAttr,
    RootModel,
    ValidationInfo,
    field_validator,
)

from ..citations.grammar import Grammar, grammar_of
from ..languages import canonical, country_of, is_known
from ..packs.law import Law
from ..packs.load import Own, law, usual_packs
from ..words import N_
from .base_model import Model
from .brand import Brand
from .holidays import FIRST_YEAR, LAST_YEAR, Holiday
from .localized_text import LocalizedText
from .pack_names import refuse_unknown_pack
from .standard_codes import Country, Uri
from .value_types import Code, Email, Reference, SecureUrl, Slug, field_error, secure_url

SectionName = Literal["contacts", "services", "norms", "notices", "topics", "booking", "search"]
SECTIONS: tuple[SectionName, ...] = get_args(SectionName)

TASK_KINDS = ("service", "contact", "norm", "notice", "page")
"""The kinds of notes that a task may name."""

RESERVED = ("_preview", "admin", "api", "files", "theme")
"""First parts of addresses that belong to no note, in any language."""

TAKEN = ("404", "index")
"""Names that web servers use themselves: the page of a folder, and the page for missing ones."""


class Slugs(RootModel[dict[str, Slug]]):
    """A part of an address in each language."""


class ByLanguage(RootModel[dict[str, str]]):
    """An address in each language; a language that the map lacks gets the first one."""

    def link(self, lang: str) -> str:
        return self.root[self.lang(lang)]

    def lang(self, lang: str) -> str:
        """The language of what the link leads to, for a reader of ``lang``."""
        return lang if lang in self.root else next(iter(self.root))


class Links(ByLanguage):
    """Those of other sites."""

    root: Annotated[dict[str, SecureUrl], Field(min_length=1)]


_ANY_HOST = "https://example.org"


def _see(value: str) -> str:
    """An address of this site, which begins with a slash, or a secure one elsewhere."""
    if value.startswith("/") and not value.startswith("//"):
        return secure_url(f"{_ANY_HOST}{value}").removeprefix(_ANY_HOST)
    if re.match(r"(?!https?:)[a-z][a-z0-9+.-]*:", value, re.IGNORECASE):
        raise field_error(
            "unsafe-html",
            N_("a link may not begin with %(scheme)s:"),
            N_("write an address of this site, such as /avisos/, or one that begins with https://"),
            scheme=value.partition(":")[0],
        )
    return secure_url(value)


See = Annotated[str, AfterValidator(_see)]


class Ways(ByLanguage):
    """Those of this site, or of others."""

    root: Annotated[dict[str, See], Field(min_length=1)]


class Section(Model):
    name: LocalizedText = Field(description=N_("its name in each language"))
    slug: Slugs = Field(description=N_("its part of the address in each language"))

    @field_validator("slug")
    @classmethod
    def _every_language(cls, value: Slugs, info: ValidationInfo) -> Slugs:
        missing = [
            lang for lang in (info.context or {}).get("languages", []) if lang not in value.root
        ]
        if missing:
            raise field_error(
                "missing-field",
                N_("the part of the address in “%(language)s” is missing"),
                N_("add %(language)s: …"),
                language=missing[0],
            )
        return value


class Sections(Model):
    contacts: Section
    services: Section
    norms: Section
    notices: Section
    topics: Section
    booking: Section
    search: Section | None = Field(
        None,
        description=N_(
            "the search; without it, its page has the usual name, and the address search"
        ),
    )

    def slugs(self) -> Iterator[tuple[str, str, str]]:
        """Section, language and slug of each."""
        for name in SECTIONS:
            for lang in self.contacts.slug.root:
                yield name, lang, self.slug_of(name, lang)

    def slug_of(self, name: str, lang: str) -> str:
        """Its part of an address: for a section that is left out, its own name."""
        section: Section | None = getattr(self, name)
        return section.slug.root[lang] if section else name

    def name_of(self, name: str) -> LocalizedText | None:
        """What it is called; None for one that is left out."""
        section: Section | None = getattr(self, name)
        return section.name if section else None


class AddressWords(Model):
    """Words in addresses other than those of sections and notes, in the languages of the site."""

    by_type: Slugs | None = Field(None, description=N_("the norms by type, as in by-type"))
    by_year: Slugs | None = Field(None, description=N_("the norms by year, as in by-year"))
    by_topic: Slugs | None = Field(None, description=N_("the norms by topic, as in by-topic"))
    relations: Slugs | None = Field(
        None, description=N_("how the norms hang together, as in relations")
    )
    calendar: Slug | None = Field(
        None, description=N_("the name of calendars, in all languages, as in calendar")
    )

    @field_validator("relations")
    @classmethod
    def _apart(cls, value: Slugs | None, info: ValidationInfo) -> Slugs | None:
        """The last field, so that of two equal words the later one is reported. Wrong values are
        not in ``data``."""
        taken: set[tuple[str, str]] = set()
        for words in (*map(info.data.get, ("by_type", "by_year", "by_topic")), value):
            for lang, word in (words.root if words else {}).items():
                if (lang, word) in taken:
                    raise field_error(
                        "duplicate-address",
                        N_("two views of the norms have the address “%(slug)s”"),
                        N_("give each view a word of its own"),
                        slug=word,
                    )
                taken.add((lang, word))
        return value


class Responsible(Model):
    """Who answers for a site, which has to be easy to find (Directive 2000/31/EC, article 5)."""

    name: LocalizedText = Field(description=N_("its name"))
    address: LocalizedText | None = Field(None, description=N_("its postal address, on one line"))
    email: Email = Field(description=N_("its mailbox"))
    tax_number: Code | None = Field(None, description=N_("its tax number"))


class Task(Model):
    """A task on the home page: it leads to a note, or elsewhere, with its own words."""

    service: Reference | None = Field(None, description=N_("id of a service to lead to"))
    contact: Reference | None = Field(None, description=N_("or of a contact"))
    norm: Reference | None = Field(None, description=N_("or of a norm"))
    notice: Reference | None = Field(None, description=N_("or of a notice"))
    page: Reference | None = Field(None, description=N_("or of a page"))
    section: SectionName | None = Field(None, description=N_("or the name of a section"))
    address: Ways | None = Field(
        None,
        description=N_(
            "or an address in each language: of this site, such as /avisos/, or one that begins with https://"
        ),
    )
    text: LocalizedText | None = Field(
        None,
        validate_default=True,
        description=N_("the words of the link; without them, the short title of what it leads to"),
    )

    @field_validator("text")
    @classmethod
    def _one_way(cls, value: LocalizedText | None, info: ValidationInfo) -> LocalizedText | None:
        """A task has exactly one target. Wrong values are not in ``data``."""
        names = [*TASK_KINDS, "section", "address"]
        said = [info.data.get(name, "") for name in names]
        ways = len(said) - said.count(None)
        if ways == 0:
            raise field_error(
                "missing-field",
                N_("a task needs what it leads to"),
                N_("write one of %(names)s, as in service: llicencia-obres"),
                names=", ".join(names),
            )
        if ways > 1 and "" not in said:
            raise field_error(
                "bad-value",
                N_("a task leads to one thing alone"),
                N_("keep one of these: %(names)s"),
                names=", ".join(name for name, one in zip(names, said, strict=True) if one),
            )
        if value is None and info.data.get("address"):
            raise field_error(
                "missing-field",
                N_("nobody can tell the words for an address"),
                N_("add text: {…: …}, in each language of the site"),
            )
        return value

    @property
    def note(self) -> tuple[str, str] | None:
        """Kind and id of the note that it leads to, if any."""
        return next(((kind, one) for kind in TASK_KINDS if (one := getattr(self, kind))), None)


NO_DATES = N_("“%(language)s” is not the code of a language with known dates and names")


class Site(Model):
    name: LocalizedText = Field(description=N_("the site's name"))
    organisation: Reference = Field(description=N_("id of the contact whose site this is"))
    responsible: Responsible | None = Field(
        None, description=N_("who answers for the site; without it, its organisation")
    )
    locale_like: dict[str, str] = Field(
        {},
        description=N_("languages that CLDR lacks, and the one whose dates each has: {mwl: pt}"),
    )
    languages: list[str] = Field(
        min_length=1, description=N_("languages; the first is the default")
    )
    time_zone: str = Field(description=N_("IANA name, as in Europe/Madrid"))
    sections: Sections = Field(description=N_("names and addresses of the sections"))
    address_words: AddressWords | None = Field(
        None,
        description=N_(
            "other words in addresses; without them, those of the language if known, or English"
        ),
    )
    topics: dict[Slug, LocalizedText] = Field(
        {}, description=N_("topics that notes may name: id, and name in each language")
    )
    booking: Links = Field(description=N_("general booking page"))
    # ``register`` is a method of pydantic's models, hence the alias.
    register_: Links = Field(alias="register", description=N_("the electronic office"))
    default_jurisdictions: dict[str, Code] = Field(
        {}, description=N_("whose norm a citation means that does not say so, by type of norm")
    )
    holidays: list[Holiday] = Field([], description=N_("days on which every office is closed"))
    holidays_known: list[int] = Field(
        [],
        description=N_(
            "the years of which holidays has every day; on others hours are the usual ones"
        ),
    )
    stale_after_months: int = Field(
        12, ge=1, le=120, description=N_("months after which a contact must be verified again")
    )
    tasks: list[Task] = Field(
        [],
        max_length=12,
        description=N_(
            "what the home page puts first; without it, where to book and the first services"
        ),
    )
    feedback: Email | None = Field(
        None,
        description=N_(
            "mailbox to which readers write that a page is not clear; without it, none is named"
        ),
    )
    country: Country | None = Field(
        None, description=N_("the country, by its two letters, as in ES")
    )
    brand: Brand | None = Field(None, description=N_("the town's own look"))
    territory: Uri | None = Field(
        None, description=N_("the address by which data of others name the town's territory")
    )
    licence: Uri | None = Field(
        None, description=N_("the address of the licence under which the data may be used again")
    )
    packs: list[Code] | None = Field(
        None,
        alias="law",
        description=N_(
            "the packs of the law that holds here, as in [fr]; without it, those of the country and of default_jurisdictions"
        ),
    )
    channel_choice: LocalizedText | None = Field(
        None,
        description=N_(
            "what a service says that is online only, by which law nobody need do it online; without it, what a pack says"
        ),
    )
    _own_packs: Own = PrivateAttr(())
    _law: Law | None = PrivateAttr(None)

    @field_validator("sections")
    @classmethod
    def _apart(cls, value: Sections, info: ValidationInfo) -> Sections:
        languages = [lang.lower() for lang in (info.data.get("languages") or ())]
        reserved = [*RESERVED[1:], *TAKEN, *languages]
        taken: set[tuple[str, str]] = set()
        for name, lang, slug in value.slugs():
            if slug in reserved:
                raise field_error(
                    "duplicate-address",
                    N_("the site has something else at the address “%(slug)s”"),
                    N_("write another word; these are taken: %(reserved)s"),
                    at=(name, "slug", lang),
                    slug=slug,
                    reserved=", ".join(reserved),
                )
            if (lang, slug) in taken:
                raise field_error(
                    "duplicate-address",
                    N_("another section has the address “%(slug)s” too"),
                    N_("give each section an address of its own"),
                    at=(name, "slug", lang),
                    slug=slug,
                )
            taken.add((lang, slug))
        return value

    @field_validator("holidays_known")
    @classmethod
    def _years(cls, value: list[int], info: ValidationInfo) -> list[int]:
        """In their order. A year without any holiday is not known: every country has some."""
        holidays = info.data.get("holidays")
        for index, year in enumerate(value):
            if not FIRST_YEAR <= year <= LAST_YEAR:
                raise field_error(
                    "bad-value",
                    N_("%(value)d is not a year that holidays can be known of"),
                    N_("write a year such as 2027"),
                    at=(index,),
                    value=year,
                )
            if year in value[:index]:
                raise field_error(
                    "bad-value",
                    N_("the year %(year)d stands here twice"),
                    N_("remove one of the two"),
                    at=(index,),
                    year=year,
                )
            if holidays is not None and not any(
                day.year == year for holiday in holidays for day in holiday.days([year])
            ):
                raise field_error(
                    "bad-value",
                    N_("holidays has no day of %(year)d"),
                    N_("add the holidays of %(year)d, or remove the year until they are known"),
                    at=(index,),
                    year=year,
                )
        return sorted(value)

    @field_validator("packs")
    @classmethod
    def _there(cls, value: list[str] | None, info: ValidationInfo) -> list[str] | None:
        for index, name in enumerate(value or ()):
            refuse_unknown_pack(name, (info.context or {}).get("packs", ()), (index,))
        return value

    @field_validator("locale_like")
    @classmethod
    def _like_another(cls, value: dict[str, str]) -> dict[str, str]:
        for lang, other in value.items():
            if canonical(lang) != lang or is_known(lang):
                raise field_error(
                    "unknown-language",
                    N_("“%(language)s” is not the code of a language that CLDR lacks"),
                    N_("remove it: it has dates of its own")
                    if is_known(lang)
                    else N_("correct it"),
                    field=lang,
                    language=lang[:40],
                )
            if not is_known(other):
                raise field_error(
                    "unknown-language",
                    NO_DATES,
                    N_("write a code that CLDR knows, such as ca, es, en, pt-BR or zh-Hant"),
                    at=(lang,),
                    language=other[:40],
                )
        return value

    @field_validator("languages")
    @classmethod
    def _known(cls, value: list[str], info: ValidationInfo) -> list[str]:
        for lang in value:
            code = canonical(lang)
            if not is_known(lang) and lang not in info.data.get("locale_like", value):
                raise field_error(
                    "unknown-language",
                    NO_DATES,
                    N_(
                        "write a code that CLDR knows, such as pt-BR or zh-Hant; or say whose dates"
                        " it has: locale_like: {%(language)s: …}"
                    ),
                    language=lang[:40],
                )
            if lang != code:
                raise field_error(
                    "unknown-language",
                    N_("“%(language)s” is not how this code of a language is written"),
                    N_("write %(right)s"),
                    language=lang[:40],
                    right=code,
                )
        return list(dict.fromkeys(value))

    @field_validator("time_zone")
    @classmethod
    def _zone(cls, value: str) -> str:
        try:
            zoneinfo.ZoneInfo(value)
        except (ValueError, zoneinfo.ZoneInfoNotFoundError, OSError):
            raise field_error(
                "bad-value",
                N_("“%(value)s” is not a time zone"),
                N_("write its IANA name, as in Europe/Madrid"),
                value=value[:60],
            ) from None
        return value

    @property
    def has_channel_choice(self) -> bool:
        """Whether a law is known by which nobody need use electronic means."""
        return bool(self.channel_choice or self.law.channel_choice)

    @property
    def own_country(self) -> str | None:
        """What it says, or else what its time zone does."""
        return self.country or country_of(self.time_zone)

    def locale_code(self, lang: str) -> str:
        """The language whose dates, days and lists one of the site's has in CLDR."""
        return self.locale_like.get(lang, lang)

    @property
    def locale_codes(self) -> tuple[str, ...]:
        """The same of all its languages, in their order."""
        return tuple(map(self.locale_code, self.languages))

    @property
    def default_language(self) -> str:
        return self.languages[0]

    @property
    def law(self) -> Law:
        """The law of the site's packs, cached, as it is needed for each link."""
        if self._law is None:
            self._law = law(self._pack_names(), self._own_packs, tuple(self.languages))
        return self._law

    def _pack_names(self) -> tuple[str, ...]:
        if self.packs is not None:
            return tuple(self.packs)
        own = [name for name, _ in self._own_packs]
        places = {*self.default_jurisdictions.values()}
        return usual_packs(places, self.country, self.time_zone, own)

    @property
    def grammar(self) -> Grammar:
        """How norms are cited by the site's packs."""
        return grammar_of(self.law)

    def with_own_packs(self, own: Own) -> Site:
        """The same in a town that has packs of its own."""
        self._own_packs, self._law = own, None
        return self
