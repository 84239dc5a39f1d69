"""A service's document, and its row wherever services are listed with their channels."""

from __future__ import annotations

from typing import Any

from ..catalogue.entry import Entry
from ..catalogue.validity import current_channels
from .common import Document, Speaker, iso, newest_first


def service_document(speaker: Speaker, entry: Entry) -> Document:
    catalogue, facts = speaker.catalogue, entry.facts
    departments = catalogue.named("contact", facts.departments)
    norms = catalogue.named("norm", facts.norms)
    notices = newest_first(catalogue.naming(entry.id, "notice", "services"))
    part = {
        "state": catalogue.state(entry).word,
        "valid_from": iso(facts.valid_from),
        "valid_until": iso(facts.valid_until),
        "departments": speaker.refs(departments),
        **channels(speaker, entry),
        **{
            name: text.text(speaker.lang) if (text := getattr(facts, name)) else None
            for name in ("bring", "audience", "cost", "deadline")
        },
        "procedure_code": facts.procedure_code,
        "norms": speaker.refs(norms),
        "notices": speaker.refs(notices),
    }
    crumbs = [speaker.crumb(speaker.section_name("services"), speaker.section_url("services"))]
    return speaker.note_document(entry, part, crumbs, [*departments, *norms, *notices])


def channels(speaker: Speaker, entry: Entry) -> dict[str, Any]:
    """The ways to a service on the catalogue's day, or why there is none."""
    facts = entry.facts
    return {
        "channels": speaker.plains(current_channels(facts.channels, speaker.catalogue.day)),
        "no_channel": facts.no_channel.text(speaker.lang) if facts.no_channel else None,
    }


def service_item(speaker: Speaker, entry: Entry) -> dict[str, Any]:
    departments = speaker.catalogue.named("contact", entry.facts.departments)
    return {
        **speaker.ref(entry),
        **channels(speaker, entry),
        "departments": speaker.refs(departments),
    }
