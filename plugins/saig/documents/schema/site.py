"""The site's own document: what every page of a language shows around its own."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypedDict

from ...notes.site import Responsible
from .common import Crumb, IsoDay, Ref, Uri, closed

Direction = Literal["ltr", "rtl"]
Section = Literal["contacts", "services", "norms", "notices", "topics", "booking", "search"]


@closed
class Language(TypedDict):
    """A language of the site."""

    lang: str
    """Its code (BCP 47)."""
    dir: Direction
    """From which side it is written."""
    name: str
    """Its name in itself, for a choice of languages."""
    title: str
    """Its name in the document's language, as within a sentence."""
    url: Uri
    """Its home page."""


@closed
class MenuItem(TypedDict):
    """A section of the site that has anything in it."""

    section: Section
    """Which."""
    title: str
    """Its name."""
    title_lang: str
    """The language of the name."""
    url: Uri
    """Its first page."""


@closed
class UrgentNotice(Ref):
    """An urgent notice that holds today."""

    until: IsoDay | None
    """The last day on which it holds; null where none is known."""


@closed
class LegalNotices(TypedDict):
    """What must be said wherever the site's content is shown, each in a sentence or two."""

    legal_value: str
    """Of the whole site."""
    electronic_office: str
    """Of the whole site, beside a link to its register."""
    norm: str
    """Of each norm."""
    consolidated_text: str
    """Beside the link to the consolidated text of a norm."""
    online_choice: str | None
    """Of a service with is_online_only and without an online_only_norm: the law by which nobody
    need do it online, if there is one here; else nothing is said."""


@closed
class Brand(TypedDict):
    """A town's own look."""

    logo: Uri | None
    """The picture beside the site's name, which says the same."""
    icon: Uri | None
    """The small picture in tabs and bookmarks."""
    picture: Uri | None
    """The picture that is shown where a page is shared."""
    colours: dict[str, dict[str, str]]
    """Of the light and of the dark scheme, by the names of the theme's custom properties."""
    footer: str | None
    """A line at the foot of every page."""
    footer_lang: str | None
    """The language of that line."""


@closed
class SiteDocument(TypedDict):
    """What a site says of itself in one language. It is at api/v1/site/<lang>.json."""

    schema: Annotated[Uri, Field(alias="$schema")]
    """The schema of this document."""
    url: Uri
    """The home page in this language."""
    root: Uri
    """Where the site begins: every address of it begins so."""
    lang: str
    """The language of this document."""
    dir: Direction
    """From which side it is written."""
    locale: str
    """The language whose dates it has: another one where CLDR lacks it."""
    default_language: str
    """The language that the site has everything in."""
    name: str
    """The site's name."""
    name_lang: str
    """The language of the name."""
    organisation: Ref | None
    """The administration whose site this is."""
    responsible: Responsible | None
    """Who answers for the site, where that is not the organisation."""
    feedback: str | None
    """The mailbox for what readers say of a page; null where the site has none."""
    languages: list[Language]
    """The languages of the site, the default one first."""
    menu: list[MenuItem]
    """The sections, in their order."""
    search: Crumb
    """The search page."""
    api: Uri
    """The page that tells what programs can ask of the site."""
    brand: Brand | None
    """The town's own look; null where it has that of Saig."""
    calendar: Uri
    """The site's calendar. Those of departments have the same name, beside their pages."""
    topics: Crumb | None
    """The page of all topics; null where there is none."""
    pages: list[Ref]
    """Pages such as the legal notice, which every page links to."""
    booking: Uri
    """The general booking page."""
    booking_lang: str
    """The language of that page."""
    register: Uri
    """The electronic office, where applications are made."""
    register_lang: str
    """The language of that page."""
    time_zone: str
    """Where days begin and hours are told (IANA's name)."""
    country: str | None
    """The country, by its two letters (ISO 3166-1)."""
    territory: Uri | None
    """By what data of others name the territory that the site is for."""
    licence: Uri | None
    """The licence under which the data may be used again."""
    urgent: list[UrgentNotice]
    """Urgent notices that hold today: every page shows them first."""
    legal_notices: LegalNotices
    """What must be said with the content."""
    codes: Uri
    """The words for every code in this language."""
    drafts: list[Uri]
    """Pages of drafts, which only their editor sees: none on the public site."""
    is_demonstration: bool
    """Whether it is a demonstration with invented addresses, and no official site."""
    preview: str | None
    """The branch that this is a preview of; null on the public site."""
