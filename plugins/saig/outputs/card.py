"""A contact's document -> its card for address books: vCard 4.0 (RFC 6350)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from ..documents import plain
from ..documents.days import revised
from ..words import Translator
from .content_lines import content_lines, text

CONTROLS = {code: None for code in (*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029)}
"""Characters that a line cannot have (§3.3): a bare line end would begin another one."""


def card(document: Mapping[str, Any], root: str, words: Translator) -> bytes:
    """``root``: the site's address, which with the contact's id makes a permanent name."""
    return content_lines(line.translate(CONTROLS) for line in _lines(document, root, words))


def _lines(document: Mapping[str, Any], root: str, words: Translator) -> Iterator[str]:
    contact, url = document["contact"], document["url"]
    name = text(document["title"])
    yield "BEGIN:VCARD"
    yield "VERSION:4.0"
    yield "PRODID:-//Saig//EN"
    yield "KIND:org"
    yield f"UID:urn:uuid:{uuid5(NAMESPACE_URL, root + 'contact/' + document['id'])}"
    yield f"FN:{name}"
    yield f"N:{name};;;;"  # without it telephones list all cards by ORG, which is the same in all
    yield "ORG:" + ";".join([*(text(above["title"]) for above in contact["parents"]), name])
    if address := contact["address"]:
        said = (address[f"{name}_lang"] for name in ("extra", "street_address", "locality"))
        lang = next(filter(None, said), None)
        yield f"ADR;TYPE=work{_language(document, lang)}:{_address(address)}"
        if None not in (address["latitude"], address["longitude"]):
            yield f"GEO:geo:{address['latitude']},{address['longitude']}"
    yield from _telephones(document, words)
    for email in contact["emails"]:
        yield f"EMAIL;TYPE=work:{text(email)}"
    yield f"URL:{url}"
    if contact["website"]:
        yield f"URL;TYPE=work:{contact['website']}"
    yield f"SOURCE:{url}contact.vcf"
    yield f"LANG:{document['lang']}"
    if note := "\n".join(_note(contact, words)):
        yield f"NOTE;LANGUAGE={document['lang']}:{text(note)}"
    if day := revised(document):
        yield f"REV:{day.replace('-', '')}T000000Z"
    yield "END:VCARD"


def _language(document: Mapping[str, Any], lang: str | None) -> str:
    """§5.1: the language of a value that is not in the card's own."""
    return f";LANGUAGE={lang}" if lang not in (None, document["lang"]) else ""


def _address(address: Mapping[str, Any]) -> str:
    """§6.3.1: the first two parts, post box and extended address, stay empty; the floor is in the
    street."""
    street = ", ".join(filter(None, [address["street_address"], address["extra"]]))
    parts = ["", "", street, address["locality"], "", address["postal_code"] or "", ""]
    return ";".join(map(text, parts))


def _telephones(document: Mapping[str, Any], words: Translator) -> Iterator[str]:
    """One TEL per number, with only the number in it: address books dial every digit (decision 30).
    Label and extensions are in the group's X-ABLabel."""
    numbers: dict[str, list[Mapping[str, Any]]] = {}
    for phone in document["contact"]["telephones"]:
        numbers.setdefault(phone["number"], []).append(phone)
    for place, (number, phones) in enumerate(numbers.items(), start=1):
        label = "; ".join(filter(None, (plain.telephone(words, phone) for phone in phones)))
        group = f"item{place}." if label else ""
        yield f"{group}TEL;TYPE=work:{number}"
        if label:
            lang = _language(document, phones[0]["label_lang"])
            yield f"{group}X-ABLabel{lang}:{text(label)}"


def _note(contact: Mapping[str, Any], words: Translator) -> Iterator[str]:
    """Its successors, the extensions of its numbers, its hours, and its services with their
    channels."""
    if contact.get("held_until") and contact["superseded_by"]:
        heirs = words.list([heir["title"] for heir in contact["superseded_by"]])
        yield f"{words.gettext('Its work goes on in')}: {heirs}"
    for later in contact.get("upcoming_addresses", ()):
        yield plain.move(words, later)
    for phone in contact["telephones"]:
        if phone["extensions"]:
            yield f"{phone['shown']}: {plain.telephone(words, phone)}"
    for window in (*contact["opening_hours"], *plain.seasons(contact["upcoming_hours"])):
        yield plain.opening(words, window)
    for service in contact["services"]:
        ways = [f"- {plain.way(words, way)}" for way in service["channels"]]
        yield from [f"{service['title']}:", *ways] if ways else []
