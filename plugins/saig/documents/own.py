"""A digest of a note's own content, whatever others say of it."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from ..catalogue.entry import Entry
from ..notes.body import AfterLink, BodyMarkup, Callout, Cited, Link, Slot
from .common import DocumentBuilder


def own_digest(builder: DocumentBuilder, entry: Entry) -> str:
    """SHA-256 of a note's facts, and of its words and text in the builder's language. It changes
    with these, and not with other notes or the day. Missing fields are left out, so a new field in
    Saig changes no digest."""
    said = {
        "facts": _said(builder.plain(entry.facts)),
        "words": _said(builder.plain(builder.fields(entry))),
        "text": _text(builder.catalogue.markup(entry, builder.lang)),
    }
    found = sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode())
    return f"sha256:{found.hexdigest()}"


def _said(fields: dict[str, Any]) -> Any:
    """A note's fields. A single address is not a list, as before there could be several, so that no
    contact seems edited after an upgrade."""
    said = _without_nothing(fields)
    match said:
        case {"address": [one]}:
            return {**said, "address": one}
    return said


def _without_nothing(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            name: _without_nothing(item)
            for name, item in value.items()
            if item is not False and item not in (None, [], {})
        }
    return list(map(_without_nothing, value)) if isinstance(value, list) else value


def _text(markup: BodyMarkup) -> list[str]:
    return [*markup.pieces, *map(_of_slot, markup.slots)]


def _of_slot(slot: Slot) -> str:
    match slot:
        case Link():
            return slot.address
        case Cited():
            return slot.html
        case Callout():
            return slot.kind
        case AfterLink():
            return ""
