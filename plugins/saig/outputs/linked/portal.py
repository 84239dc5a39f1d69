"""``api/v1/dcat.ttl``: the site's data for open data portals, in DCAT-AP-ES 1.0.0, the profile that
datos.gob.es harvests.

It is made from the published files and the record of publications.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from .names import language
from .turtle import Fact, Node, block, head, iri, plain, typed, words

PATH = "api/v1/dcat.ttl"

_AUTHORITY = "http://publications.europa.eu/resource/authority/"
_SECTORS = "http://datos.gob.es/kos/sector-publico/sector"
_OPEN_DATA = "http://data.europa.eu/eli/dir/2019/1024/oj"
_SPATIAL = re.compile(
    r"http://datos\.gob\.es/recurso/sector-publico/territorio/.+"
    rf"|{re.escape(_AUTHORITY)}(country|place|atu)/.+|https?://sws\.geonames\.org/\d+/"
)
"""The names of territories that the profile accepts."""

SPANISH = "es"
"""The language in which the profile requires titles and descriptions."""

TITLES = {
    "ca": "%(name)s: serveis, oficines, normativa i avisos",
    "es": "%(name)s: servicios, oficinas, normativa y avisos",
    "en": "%(name)s: services, offices, norms and notices",
}
DESCRIPTIONS = {
    "ca": "Què s'hi pot fer i per quin canal, qui ho atén i quan, quines normes hi ha i si són vigents, "
    "i els avisos, com a dades que es poden reutilitzar.",
    "es": "Qué se puede hacer y por qué canal, quién lo atiende y cuándo, qué normas hay y si están "
    "vigentes, y los avisos, como datos que se pueden reutilizar.",
    "en": "What can be done and through which channel, who attends to it and when, which norms there "
    "are and whether they are in force, and notices, as data that may be used again.",
}
KEYWORDS = {
    "ca": ("serveis públics", "cita prèvia", "normativa"),
    "es": ("servicios públicos", "cita previa", "normativa"),
    "en": ("public services", "appointments", "legislation"),
}
"""For portals, which require them in Spanish even if the site has no Spanish."""


class Form(NamedTuple):
    """A file with the data: its path, name and type. ``lang``: for files in one language."""

    path: str
    name: Mapping[str, str]
    media_type: str
    file_type: str | None = None
    lang: str | None = None


def forms(homes: Mapping[str, str], calendar: str) -> Iterator[Form]:
    """All files that may be offered. ``homes``: language -> folder, from the site's root;
    ``calendar``: the name of the calendar there."""
    linked = {
        "ca": "Dades enllaçades (CPSV-AP i ELI)",
        "es": "Datos enlazados (CPSV-AP y ELI)",
        "en": "Linked data (CPSV-AP and ELI)",
    }
    index = {
        "ca": "Índex de tots els documents",
        "es": "Índice de todos los documentos",
        "en": "Index of all documents",
    }
    whole = {
        "ca": "Tots els documents en un fitxer",
        "es": "Todos los documentos en un fichero",
        "en": "All documents in one file",
    }
    feed = {"ca": "Novetats (%s)", "es": "Novedades (%s)", "en": "News (%s)"}
    calendars = {"ca": "Calendari (%s)", "es": "Calendario (%s)", "en": "Calendar (%s)"}
    yield Form("api/v1/catalogue.ttl", linked, "text/turtle", "RDF_TURTLE")
    yield Form("api/v1/index.json", index, "application/json", "JSON")
    yield Form("api/v1/all.ndjson", whole, "application/x-ndjson")
    for lang, home in homes.items():
        for path, name, media_type, file_type in (
            ("feed.atom", feed, "application/atom+xml", "ATOM"),
            ("feed.json", feed, "application/feed+json", "JSON"),
            (calendar, calendars, "text/calendar", None),
        ):
            titled = {code: title % f"{lang}, {path}" for code, title in name.items()}
            yield Form(f"{home}{path}", titled, media_type, file_type, lang)


@dataclass(frozen=True)
class Portal:
    """The input of the description. ``url`` has no slash at its end. ``names``: of the site by
    language, the default one first; ``organisations``: the organisation's names; ``homes``,
    ``calendar``: see ``forms``. ``organism``: the organisation in the State's directory;
    ``emails``, ``telephones``: the organisation's; ``issued``, ``modified``: the times of the first
    and the last publication; ``number``: of the last."""

    url: str
    names: Mapping[str, str]
    homes: Mapping[str, str]
    calendar: str
    organisations: Mapping[str, str]
    organism: str
    licence: str
    territory: str | None
    emails: Sequence[str]
    telephones: Sequence[str]
    issued: str
    modified: str
    number: int


COUNTRY = "ES"
"""The country of the portal with this profile."""


def can_be_listed(country: str | None, organism: str | None, licence: str | None) -> bool:
    """Whether the portal's requirements are met: an organisation in the State's directory, and a
    licence."""
    return country == COUNTRY and bool(licence) and bool(organism)


def description(portal: Portal, paths: Collection[str]) -> bytes:
    """The whole file. ``paths``: of the site's files."""
    offered = [form for form in forms(portal.homes, portal.calendar) if form.path in paths]
    nodes = [
        Node("<#catalogue>", _catalogue(portal)),
        Node("<#dataset>", _dataset(portal, offered)),
        Node("<#contact>", _contact(portal)),
        *(Node(_part(form), _distribution(portal, form)) for form in offered),
    ]
    return (head(f"{portal.url}/{PATH}") + block(nodes)).encode()


def _part(form: Form) -> str:
    return iri(f"#{form.path}")


def _languages(portal: Portal) -> list[str]:
    """The languages of the description: those of the site for which there are texts, and
    Spanish."""
    return list(dict.fromkeys([*filter(TITLES.get, portal.names), SPANISH]))


def _said(names: Mapping[str, str], lang: str) -> str:
    """A name in a language, or else in the site's first one."""
    return names.get(lang) or next(iter(names.values()))


def _common(portal: Portal) -> Iterator[Fact]:
    """The facts that catalogue and dataset share."""
    for lang in _languages(portal):
        yield "dct:title", words(TITLES[lang] % {"name": _said(portal.names, lang)}, lang)
        yield "dct:description", words(DESCRIPTIONS[lang], lang)
    yield "dct:publisher", iri(portal.organism)
    yield from _dates(portal)
    for lang in dict.fromkeys([*portal.names, SPANISH]):
        if "authority/language" in (there := language(lang)):
            yield "dct:language", there
    if portal.territory and _SPATIAL.fullmatch(portal.territory):
        yield "dct:spatial", iri(portal.territory)
    yield "dcat:contactPoint", "<#contact>"


def _dates(portal: Portal) -> Iterator[Fact]:
    yield "dct:issued", typed(portal.issued, "xsd:dateTime")
    yield "dct:modified", typed(portal.modified, "xsd:dateTime")


def _catalogue(portal: Portal) -> Iterator[Fact | None]:
    yield "a", "dcat:Catalog"
    yield "dct:identifier", plain(f"{portal.url}/{PATH}#catalogue")
    yield from _common(portal)
    yield "dct:license", iri(portal.licence)
    yield "foaf:homepage", iri(f"{portal.url}/")
    yield "dcat:themeTaxonomy", f"{iri(_SECTORS)}, {iri(f'{_AUTHORITY}data-theme')}"
    yield "dcat:dataset", "<#dataset>"


def _dataset(portal: Portal, offered: Sequence[Form]) -> Iterator[Fact | None]:
    yield "a", "dcat:Dataset"
    yield "dct:identifier", plain(f"{portal.url}/{PATH}#dataset")
    yield from _common(portal)
    for lang in _languages(portal):
        for word in KEYWORDS[lang]:
            yield "dcat:keyword", words(word, lang)
    yield (
        "dcat:theme",
        f"{iri(f'{_SECTORS}/sector-publico')}, {iri(f'{_AUTHORITY}data-theme/GOVE')}",
    )
    yield "dcat:version", plain(str(portal.number))
    yield "dct:accessRights", iri(f"{_AUTHORITY}access-right/PUBLIC")
    yield "dct:accrualPeriodicity", iri(f"{_AUTHORITY}frequency/IRREG")
    yield "dcat:landingPage", iri(f"{portal.url}/")
    for form in offered:
        yield "dcat:distribution", _part(form)


def _distribution(portal: Portal, form: Form) -> Iterator[Fact | None]:
    yield "a", "dcat:Distribution"
    for lang in _languages(portal):
        yield "dct:title", words(form.name[lang], lang)
        yield "dct:description", words(f"{form.name[lang]} – {_said(portal.names, lang)}", lang)
    for name in ("dcat:accessURL", "dcat:downloadURL"):
        yield name, iri(f"{portal.url}/{form.path}")
    yield "dcat:mediaType", iri(f"https://www.iana.org/assignments/media-types/{form.media_type}")
    if form.file_type:
        yield "dct:format", iri(f"{_AUTHORITY}file-type/{form.file_type}")
    if form.lang and "authority/language" in (there := language(form.lang)):
        yield "dct:language", there
    yield from _dates(portal)
    yield "dct:license", iri(portal.licence)
    yield "dcatap:availability", iri(f"{_AUTHORITY}planned-availability/STABLE")
    yield "dcatap:applicableLegislation", iri(_OPEN_DATA)


def _contact(portal: Portal) -> Iterator[Fact | None]:
    yield "a", "vcard:Organization"
    for lang in _languages(portal):
        name = words(_said(portal.organisations, lang), lang)
        yield "vcard:fn", name
        yield "vcard:organization-name", name
    yield "vcard:hasUID", iri(portal.organism)
    yield "vcard:hasURL", iri(f"{portal.url}/")
    for email in portal.emails[:1]:
        yield "vcard:hasEmail", iri(f"mailto:{email}")
    for number in portal.telephones[:1]:
        yield "vcard:hasTelephone", iri(f"tel:{number}")


def portal_of(
    url: str,
    sites: Mapping[str, Mapping[str, Any]],
    organisation: Mapping[str, Any],
    issued: str,
    modified: str,
    number: int,
) -> Portal | None:
    """Read the input from the published documents: the site's by language, the default one first,
    and the organisation's. None if they lack what a portal requires."""
    site = next(iter(sites.values()))
    contact = organisation["contact"]
    organism = next((one["uri"] for one in contact["identifiers"] if one["uri"]), None)
    if not organism or not can_be_listed(site["country"], organism, site["licence"]):
        return None
    root = f"{url}/"
    return Portal(
        url=url,
        names={lang: said["name"] for lang, said in sites.items()},
        calendar=site["calendar"].removeprefix(site["url"]),
        homes={lang: said["url"].removeprefix(root) for lang, said in sites.items()},
        organisations={lang: said["organisation"]["title"] for lang, said in sites.items()},
        organism=organism,
        licence=site["licence"],
        territory=site["territory"],
        emails=contact["emails"],
        telephones=[phone["number"] for phone in contact["telephones"]],
        issued=issued,
        modified=modified,
        number=number,
    )
