"""The norms together: by type, year and topic, and how they hang together."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from ..catalogue import lists
from ..catalogue.entry import Entry
from ..catalogue.filled import is_filled
from ..catalogue.norm_lists import ALONE, acts_of
from .common import Document, Speaker
from .paged import contents, grouped, list_page_document, paging, section_part, views
from .provision_words import provision_words


def norms_document(speaker: Speaker, view: str, number: int = 1) -> Document:
    """A page of the norms by type, by year or by topic."""
    name = f"norms/{view}"
    rows = lists.page(speaker.catalogue, name, speaker.lang, number)
    part = {
        **section_part("norms", is_empty=not is_filled(speaker.catalogue, "norms")),
        "view": view,
        "views": views(speaker),
        "groups": grouped(speaker, rows),
        "contents": contents(speaker, name, number),
        "paging": paging(speaker, name, number),
    }
    above = speaker.section_crumbs("norms")
    title = _title(speaker, view)
    return list_page_document(
        speaker, "section", f"norms-{view}", name, number, part, rows, title=title, above=above
    )


def _title(speaker: Speaker, view: str) -> str:
    return {
        "type": speaker.words.gettext("Norms by type"),
        "year": speaker.words.gettext("Norms by year"),
        "topic": speaker.words.gettext("Norms by topic"),
        "relations": speaker.words.gettext("How the norms hang together"),
    }[view]


def relations_document(speaker: Speaker, number: int = 1) -> Document:
    """A page of which norm does what to which: the norms that hang together, in groups."""
    catalogue, name = speaker.catalogue, "norms/relations"
    rows = lists.page(catalogue, name, speaker.lang, number)
    part = {
        "is_empty": not is_filled(catalogue, "norms"),
        "views": views(speaker),
        "groups": [
            [_acting(speaker, norm) for _, norm in found]
            for group, found in groupby(rows, key=lambda row: row[0])
            if group != ALONE
        ],
        "alone": speaker.refs(norm for group, norm in rows if group == ALONE),
        "paging": paging(speaker, name, number),
    }
    others = [(name, other) for _, norm in rows for _, other in acts_of(catalogue, norm)]
    above = speaker.section_crumbs("norms")
    title = _title(speaker, "relations")
    return list_page_document(
        speaker,
        "relations",
        "relations",
        name,
        number,
        part,
        [*rows, *others],
        title=title,
        above=above,
    )


def _acting(speaker: Speaker, norm: Entry) -> dict[str, Any]:
    return {
        "norm": speaker.ref(norm),
        "relations": [
            {
                "type": act.type,
                "norm": speaker.ref(other),
                "from": act.begins,
                "provisions": provision_words(act.provisions, speaker.lang),
            }
            for act, other in acts_of(speaker.catalogue, norm)
        ],
    }
