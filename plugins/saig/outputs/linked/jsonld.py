"""A document -> its data for search engines and assistants: JSON-LD 1.1 in schema.org's vocabulary,
in a data block that browsers do not run (HTML, §4.12.1), so the site's policy allows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from ...documents.codes import service_codes
from ...documents.uri import uri
from ...notes.plain_data import as_json
from ...words import Translator
from .common import Document
from .norm import ACTS, last_day

Said = dict[str, Any]

SCHEMA = "https://schema.org"

MANY = 10
"""The most closures, and changed norms, in a page: all are in its document."""

_IN_SCRIPT = [(sign, f"\\u{ord(sign):04x}") for sign in "<>&\u2028\u2029"]
"""Characters that could end a script, begin a comment in one, or be read as a character
reference."""


def data_block(document: Document, site: Mapping[str, Any], words: Translator) -> str:
    """The element for a page; empty if there is nothing to say. ``site``: its document."""
    things = list(filter(None, _things(document, site, words)))
    if not things:
        return ""
    said = as_json({"@context": SCHEMA, "@graph": things})
    for sign, escaped in _IN_SCRIPT:
        said = said.replace(sign, escaped)
    return f'<script type="application/ld+json">{said}</script>\n'


def _things(
    document: Document, site: Mapping[str, Any], words: Translator
) -> Iterator[Said | None]:
    of_kind = OF_KIND.get(document["kind"])
    if of_kind:
        yield _without_nothing(of_kind(document, site, words))
    yield _breadcrumbs(document)


def _breadcrumbs(document: Document) -> Said | None:
    if not document["breadcrumbs"]:
        return None
    way = [*document["breadcrumbs"], document]
    items = [
        {"@type": "ListItem", "position": number, "name": one["title"], "item": one["url"]}
        for number, one in enumerate(way, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _without_nothing(said: Mapping[str, Any]) -> Said:
    """The known values; a list of one as a single value."""
    known = ((name, value) for name, value in said.items() if value not in (None, [], ""))
    return {
        name: value[0] if isinstance(value, list) and len(value) == 1 else value
        for name, value in known
    }


def _named(site: Mapping[str, Any], ref: Mapping[str, Any]) -> Said:
    """A reference to an office."""
    there = uri(site["root"].rstrip("/"), ref["kind"], ref["id"])
    return {"@type": "GovernmentOffice", "@id": there, "name": ref["title"], "url": ref["url"]}


def _about(document: Document, kind: str) -> Said:
    return {
        "@type": kind,
        "@id": document["uri"],
        "name": document["title"],
        "description": document["summary"],
        "url": document["url"],
    }


# -- hours ---------------------------------------------------------------------------------------


def _with_days(windows: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Hours with known days: schema.org would take others for daily hours."""
    return [window for window in windows if window["days"]]


def _hours(window: Mapping[str, Any], name: str | None = None) -> Said:
    days = [f"{SCHEMA}/{day.title()}" for day in window["days"]]
    return _without_nothing(
        {
            "@type": "OpeningHoursSpecification",
            "name": name,
            "dayOfWeek": days,
            "opens": window["opens"],
            "closes": "23:59" if window["closes"] == "24:00" else window["closes"],
            "validFrom": window["counts_from"],
            "validThrough": window["counts_until"],
        }
    )


def _closed(closure: Mapping[str, Any]) -> Said:
    """In schema.org, a closed day opens and closes at midnight."""
    return _without_nothing(
        {
            "@type": "OpeningHoursSpecification",
            "name": closure["label"],
            "opens": "00:00",
            "closes": "00:00",
            "validFrom": closure["from"],
            "validThrough": closure["until"] or closure["from"],
        }
    )


# -- kinds ---------------------------------------------------------------------------------------


def _contact(document: Document, site: Mapping[str, Any], words: Translator) -> Said:
    contact = document["contact"]
    windows = _with_days([*contact["opening_hours"], *contact["upcoming_hours"]])
    at_desk = [window for window in windows if window["channel"] in (None, "in-person")]
    other = [window for window in windows if window not in at_desk]
    address = contact["address"]
    return {
        **_about(document, "GovernmentOffice"),
        "parentOrganization": contact["parent"] and _named(site, contact["parent"]),
        "address": address and _address(address, site),
        "geo": address and _place(address),
        "telephone": [phone["number"] for phone in contact["telephones"]],
        "email": contact["emails"],
        "sameAs": contact["website"],
        "openingHoursSpecification": [_hours(window, window["label"]) for window in at_desk],
        "specialOpeningHoursSpecification": list(map(_closed, contact["closures"][:MANY])),
        "contactPoint": list(_points(other, words)),
        "identifier": [_identifier(one["scheme"], one["value"]) for one in contact["identifiers"]],
    }


def _points(windows: Sequence[Mapping[str, Any]], words: Translator) -> Iterator[Said]:
    """Contact points: the hours that are not those of the desk, by channel."""
    for channel in dict.fromkeys(window["channel"] for window in windows):
        yield {
            "@type": "ContactPoint",
            "contactType": service_codes(words)["channels"][channel],
            "hoursAvailable": [_hours(one) for one in windows if one["channel"] == channel],
        }


def _address(address: Mapping[str, Any], site: Mapping[str, Any]) -> Said:
    street = ", ".join(filter(None, (address["street_address"], address["extra"])))
    return _without_nothing(
        {
            "@type": "PostalAddress",
            "streetAddress": street,
            "postalCode": address["postal_code"],
            "addressLocality": address["locality"],
            "addressCountry": site["country"],
        }
    )


def _place(address: Mapping[str, Any]) -> Said | None:
    if None in (address["latitude"], address["longitude"]):
        return None
    names = ("latitude", "longitude")
    return {"@type": "GeoCoordinates", **{name: address[name] for name in names}}


def _identifier(scheme: str | None, value: str | None) -> Said | None:
    if value is None:
        return None
    return _without_nothing({"@type": "PropertyValue", "propertyID": scheme, "value": value})


def _service(document: Document, site: Mapping[str, Any], words: Translator) -> Said:
    service, said = document["service"], service_codes(words)
    ways = [*service["channels"], *service["upcoming_channels"]]
    audience = [said["audiences"][code] for code in service["audience_codes"]]
    return {
        **_about(document, "GovernmentService"),
        "serviceOperator": [_named(site, one) for one in service["departments"]],
        "areaServed": site["territory"] and {"@type": "Place", "@id": site["territory"]},
        "availableChannel": [_channel(document, way, said) for way in ways],
        "hoursAvailable": [
            _hours(window, said["channels"][way["channel"]])
            for way in ways
            for window in _with_days(way["opening_hours"])
        ],
        "potentialAction": [
            {
                "@type": "ReserveAction",
                "name": said["bookings"][way["channel"]],
                "target": way["url"],
            }
            for way in service["channels"]
            if way["url"] and way["appointment"] in ("required", "optional")
        ],
        "serviceOutput": service["gives"] and {"@type": "Thing", "name": service["gives"]},
        "audience": [
            {"@type": "Audience", "audienceType": one}
            for one in audience or filter(None, [service["audience"]])
        ],
        "offers": service["cost"] and {"@type": "Offer", "description": service["cost"]},
        "identifier": _identifier(None, service["procedure_code"]),
    }


def _channel(document: Document, way: Mapping[str, Any], said: Mapping[str, Any]) -> Said:
    return _without_nothing(
        {
            "@type": "ServiceChannel",
            "@id": f"{document['uri']}/channel/{way['id']}",
            "name": said["channels"][way["channel"]],
            "description": way["label"],
            "serviceUrl": way["url"],
            "processingTime": document["service"]["processing_time"],
        }
    )


_FORCE = {
    "in-force": "InForce",
    "partly-in-force": "PartiallyInForce",
    "not-yet-in-force": "NotInForce",
    "no-longer-in-force": "NotInForce",
}
"""schema.org has no term for suspended or unknown."""

_ACTS = ("amends", "repeals", "changes", "corrects")
"""The relations, of those that have ELI terms (``ACTS``), that schema.org has too; it has none for
their inverses."""


def _norm(document: Document, site: Mapping[str, Any], words: Translator) -> Said:
    """The page of a norm and the norm, which the page is about."""
    norm = document["norm"]
    force = _FORCE.get(norm["state"])
    first, last = norm["first_date_entry_in_force"], last_day(norm)
    legislation = {
        "@type": "Legislation",
        "@id": document["uri"],
        "name": document["title"],
        "alternateName": norm["aliases"],
        "legislationIdentifier": norm["eli"] or norm["number"],
        "legislationType": norm["type_said"],
        "legislationJurisdiction": norm["jurisdiction"],
        "legislationPassedBy": norm["passed_by"]
        and {"@type": "Organization", "name": norm["passed_by"]},
        "legislationDate": norm["date_document"],
        "datePublished": next(filter(None, (one["date"] for one in norm["published_in"])), None),
        "legislationDateOfApplicability": first,
        "temporalCoverage": f"{first or '..'}/{last or '..'}" if first or last else None,
        "legislationLegalForce": force and {"@id": f"{SCHEMA}/{force}"},
        **{f"legislation{name.capitalize()}": _acts(norm, name, site) for name in _ACTS},
        "url": norm["official_text"],
    }
    return {
        "@type": "WebPage",
        "@id": document["url"],
        "name": document["title"],
        "description": document["summary"],
        "url": document["url"],
        "inLanguage": document["lang"],
        "dateModified": document["updated"],
        "about": _without_nothing(legislation),
    }


def _acts(norm: Mapping[str, Any], name: str, site: Mapping[str, Any]) -> list[Said]:
    there = {
        relation["eli"] or uri(site["root"].rstrip("/"), "norm", relation["norm"]["id"])
        for relation in norm["relations"]
        if relation["direction"] == "active" and ACTS[relation["type"]][0] == name
    }
    return [{"@type": "Legislation", "@id": one} for one in sorted(there)[:MANY]]


def _notice(document: Document, site: Mapping[str, Any], words: Translator) -> Said:
    notice = document["notice"]
    return {
        "@type": "SpecialAnnouncement",
        "@id": document["uri"],
        "name": document["title"],
        "text": document["summary"],
        "url": document["url"],
        "inLanguage": document["lang"],
        "datePosted": document["date"],
        "dateModified": document["updated"],
        "expires": notice["valid_until"],
        "publisher": _publisher(site),
    }


def _home(document: Document, site: Mapping[str, Any], words: Translator) -> Said:
    return {
        "@type": "WebSite",
        "@id": document["url"],
        "name": site["name"],
        "url": document["url"],
        "inLanguage": document["lang"],
        "license": site["licence"],
        "publisher": _publisher(site),
    }


def _page(document: Document, site: Mapping[str, Any], words: Translator) -> Said:
    return {
        "@type": "WebPage",
        "@id": document["url"],
        "name": document["title"],
        "description": document["summary"],
        "url": document["url"],
        "inLanguage": document["lang"],
        "dateModified": document["updated"],
        "publisher": _publisher(site),
    }


def _publisher(site: Mapping[str, Any]) -> Said | None:
    return _named(site, site["organisation"]) if site["organisation"] else None


OF_KIND: dict[str, Callable[[Document, Mapping[str, Any], Translator], Said]] = {
    "contact": _contact,
    "service": _service,
    "norm": _norm,
    "notice": _notice,
    "page": _page,
    "home": _home,
}
