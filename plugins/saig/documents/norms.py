"""The lists of norms: by type, year and topic, and by their relations."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from ..catalogue import lists
from ..catalogue.entry import Entry
from ..catalogue.filled import is_filled
from ..catalogue.norm_lists import ALONE, acts_of
from .common import Document, DocumentBuilder
from .paged import (
    contents,
    grouped,
    list_page_document,
    paging,
    section_part,
    section_summary,
    views,
)
from .provision_words import abbreviations_in, in_a_row, provision_words, provisions_lang


def norms_document(builder: DocumentBuilder, view: str, number: int) -> Document:
    """A page of the norms by type, by year or by topic."""
    name = f"norms/{view}"
    rows = lists.page(builder.catalogue, name, builder.lang, number)
    part = {
        **section_part("norms", is_empty=not is_filled(builder.catalogue, "norms")),
        "view": view,
        "views": views(builder),
        "groups": grouped(builder, rows),
        "contents": contents(builder, name, number),
        "paging": paging(builder, name, number),
    }
    above = builder.section_crumbs("norms")
    title = _title(builder, view)
    return list_page_document(
        builder,
        "section",
        f"norms-{view}",
        name,
        number,
        part,
        rows,
        title=title,
        summary=section_summary(builder, "norms"),
        above=above,
    )


def _title(builder: DocumentBuilder, view: str) -> str:
    return {
        "type": builder.words.gettext("Norms by type"),
        "year": builder.words.gettext("Norms by year"),
        "topic": builder.words.gettext("Norms by topic"),
        "relations": builder.words.gettext("How the norms hang together"),
    }[view]


def relations_document(builder: DocumentBuilder, number: int) -> Document:
    """A page of the relations between norms, in groups of related norms."""
    catalogue, name = builder.catalogue, "norms/relations"
    rows = lists.page(catalogue, name, builder.lang, number)
    groups = [
        [_acting(builder, norm) for _, norm in found]
        for group, found in groupby(rows, key=lambda row: row[0])
        if group != ALONE
    ]
    part = {
        "is_empty": not is_filled(catalogue, "norms"),
        "views": views(builder),
        "groups": groups,
        "abbreviations": abbreviations_in(
            text
            for group in groups
            for item in group
            for act in item["relations"]
            for text in act["provisions"]
        ),
        "alone": builder.refs(norm for group, norm in rows if group == ALONE),
        "paging": paging(builder, name, number),
    }
    others = [(name, other) for _, norm in rows for _, other in acts_of(catalogue, norm)]
    above = builder.section_crumbs("norms")
    title = _title(builder, "relations")
    return list_page_document(
        builder,
        "relations",
        "relations",
        name,
        number,
        part,
        [*rows, *others],
        title=title,
        summary=builder.words.gettext(
            "Which norm changed, ended or continued which, as a map and as lists."
        ),
        above=above,
    )


def _acting(builder: DocumentBuilder, norm: Entry) -> dict[str, Any]:
    return {
        "norm": builder.ref(norm),
        "relations": [
            {
                "type": act.type,
                "norm": builder.ref(other),
                "from": act.begins,
                "provisions": (named := provision_words(act.provisions, builder.lang)),
                "provisions_lang": provisions_lang(act.provisions, builder.lang),
                "provisions_said": in_a_row(named) or None,
            }
            for act, other in acts_of(builder.catalogue, norm)
        ],
    }
