"""A service's document, and its row wherever services are listed with their channels."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..catalogue.catalogue import Catalogue
from ..catalogue.entry import Entry
from ..catalogue.notes_lists import lists_of, obliging_norm, shown
from ..catalogue.opening import closures_from, has_hours
from ..catalogue.validity import ELECTRONIC
from ..notes.models import Closure, Service
from .common import Document, DocumentBuilder, iso
from .durations import length_of_time
from .note import note_document


def service_document(builder: DocumentBuilder, entry: Entry) -> Document:
    catalogue, facts = builder.catalogue, entry.facts
    departments = catalogue.named_now(entry, "departments")
    lists = lists_of(catalogue, entry.name)
    norms, notices = shown("norms", lists), shown("notices", lists)
    state = catalogue.state(entry)
    part = {
        "state": state.word,
        "state_until": iso(state.until),
        "valid_from": iso(facts.valid_from),
        "valid_until": iso(facts.valid_until),
        "departments": builder.refs(departments),
        **channels(builder, entry),
        "closures": builder.plains(closures(catalogue, facts, departments)),
        "holidays_known_until": iso(catalogue.holidays_known_until) if has_hours(facts) else None,
        **builder.said("bring", facts.bring),
        **builder.said("audience", facts.audience),
        "audience_codes": facts.audience_codes,
        "life_events": facts.life_events,
        **builder.said("gives", facts.gives),
        "processing_time": facts.processing_time,
        "processing_time_said": length_of_time(builder.words, facts.processing_time),
        **builder.said("cost", facts.cost),
        **builder.said("deadline", facts.deadline),
        "procedure_code": facts.procedure_code,
        "norms": builder.refs(norms),
        "notices": builder.refs(notices),
    }
    crumbs = builder.section_crumbs("services")
    told = [*departments, *norms, *notices, *obliging_norm(catalogue, entry)]
    return note_document(builder, entry, part, crumbs, told, lists)


def closures(catalogue: Catalogue, service: Service, departments: list[Entry]) -> list[Closure]:
    """When it is closed from today on, if it has hours: holidays, and what its first department says."""
    if not has_hours(service):
        return []
    own = departments[0].facts.closures if departments else []
    return closures_from([*own, *catalogue.holidays], catalogue.day)


def channels(builder: DocumentBuilder, entry: Entry) -> dict[str, Any]:
    """The ways to a service on the catalogue's day and those to come, or why there is none."""
    catalogue, today = builder.catalogue, builder.catalogue.day.isoformat()
    said = catalogue.row("channels", entry.name)[builder.lang]
    ways = [way for way in said["channels"] if _is_open(way, today)]
    obliging = obliging_norm(catalogue, entry)
    return {
        "channels": ways,
        "upcoming_channels": [w for w in said["channels"] if (w["valid_from"] or today) > today],
        "no_channel": said["no_channel"],
        "no_channel_lang": said["no_channel_lang"],
        "is_online_only": bool(ways) and all(way["channel"] in ELECTRONIC for way in ways),
        "online_only_norm": builder.ref(obliging[0]) if obliging else None,
    }


def _is_open(way: Mapping[str, Any], today: str) -> bool:
    return (way["valid_from"] or today) <= today <= (way["valid_until"] or today)


def service_item(builder: DocumentBuilder, entry: Entry) -> dict[str, Any]:
    departments = builder.catalogue.named_now(entry, "departments")
    dates = builder.catalogue.row("dates", entry.name)
    return {
        **builder.ref(entry),
        "valid_from": dates["valid_from"],
        "valid_until": dates["valid_until"],
        **channels(builder, entry),
        "departments": builder.refs(departments),
    }
