"""A contact's document -> its card for address books: vCard 4.0 (RFC 6350).

icalendar folds the lines: both formats do it in the same way (RFC 6350, §3.2).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from ..documents import plain
from ..documents.days import revised
from ..words import Words

TEXT = str.maketrans({"\\": "\\\\", ",": "\\,", ";": "\\;", "\n": "\\n"})
"""What is escaped in a text, or in a part of one (§3.4)."""


def card(document: Mapping[str, Any], root: str, words: Words) -> bytes:
    """``root``: the site's address, which with the contact's id makes a name that never changes."""
    from icalendar.parser import Contentline  # here, as it takes long to import

    return b"".join(
        Contentline(line).to_ical() + b"\r\n"  # type: ignore[no-untyped-call]
        for line in _lines(document, root, words)
    )


def _lines(document: Mapping[str, Any], root: str, words: Words) -> Iterator[str]:
    contact, url = document["contact"], document["url"]
    name = _text(document["title"])
    yield "BEGIN:VCARD"
    yield "VERSION:4.0"
    yield "PRODID:-//Saig//EN"
    yield "KIND:org"
    yield f"UID:urn:uuid:{uuid5(NAMESPACE_URL, root + 'contact/' + document['id'])}"
    yield f"FN:{name}"
    yield f"N:{name};;;;"  # telephones list a card without it by its ORG: all by the same name
    yield "ORG:" + ";".join([*(_text(above["title"]) for above in contact["parents"]), name])
    if address := contact["address"]:
        yield f"ADR;TYPE=work{_language(document, address['extra_lang'])}:{_address(address)}"
        if None not in (address["latitude"], address["longitude"]):
            yield f"GEO:geo:{address['latitude']},{address['longitude']}"
    yield from _telephones(document)
    for email in contact["emails"]:
        yield f"EMAIL;TYPE=work:{_text(email)}"
    yield f"URL:{url}"
    if contact["website"]:
        yield f"URL;TYPE=work:{contact['website']}"
    yield f"SOURCE:{url}contact.vcf"
    yield f"LANG:{document['lang']}"
    if note := "\n".join(_note(contact, words)):
        yield f"NOTE;LANGUAGE={document['lang']}:{_text(note)}"
    if day := revised(document):
        yield f"REV:{day.replace('-', '')}T000000Z"
    yield "END:VCARD"


def _language(document: Mapping[str, Any], lang: str | None) -> str:
    """§5.1: the language of a value that is not in the card's own."""
    return f";LANGUAGE={lang}" if lang not in (None, document["lang"]) else ""


def _text(value: str) -> str:
    return value.translate(TEXT)


def _address(address: Mapping[str, Any]) -> str:
    """§6.3.1: the first two parts, post box and floor, stay empty; the floor stands with the street."""
    street = ", ".join(filter(None, [address["street_address"], address["extra"]]))
    parts = ["", "", street, address["locality"], "", address["postal_code"] or "", ""]
    return ";".join(map(_text, parts))


def _telephones(document: Mapping[str, Any]) -> Iterator[str]:
    """One for each extension (RFC 3966, §5.3). A label has no place in vCard but the one that
    address books have agreed on."""
    calls = [
        (phone, extension)
        for phone in document["contact"]["telephones"]
        for extension in phone["extensions"] or [None]
    ]
    for number, (phone, extension) in enumerate(calls, start=1):
        ext = f";ext={quote(extension, safe='')}" if extension else ""
        group = f"item{number}." if phone["label"] else ""
        yield f"{group}TEL;VALUE=uri;TYPE=work:tel:{phone['number']}{ext}"
        if phone["label"]:
            lang = _language(document, phone["label_lang"])
            yield f"{group}X-ABLabel{lang}:{_text(phone['label'])}"


def _note(contact: Mapping[str, Any], words: Words) -> Iterator[str]:
    """When it is open, and its services with the ways to each."""
    for window in contact["opening_hours"]:
        yield plain.opening(words, window)
    for service in contact["services"]:
        ways = [f"- {plain.way(words, way)}" for way in service["channels"]]
        yield from [f"{service['title']}:", *ways] if ways else []
