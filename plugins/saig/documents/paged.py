"""Lists that go on over several pages: sections, years, topics, booking, and the lists of a
note."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from ..catalogue import addresses, lists
from ..catalogue.addresses import SECTION_OF
from ..catalogue.contacts import parents_of
from ..catalogue.entry import Entry
from ..catalogue.filled import is_filled, topic_list
from ..catalogue.lists import PAST
from ..catalogue.norm_lists import GROUPED
from ..catalogue.notes_lists import newest_first
from ..catalogue.visits import services_at
from ..notes.localized_text import LocalizedText
from .common import Date, Document, DocumentBuilder
from .service import service_item
from .today import receptions

NEAR = 1
"""The pages before and after to which a page links by number, beside the first and the last."""

_MONTH = re.compile(r"\d{4}-\d\d")

Rows = Sequence[tuple[str, Entry]]


def paging(builder: DocumentBuilder, name: str, number: int) -> dict[str, Any]:
    """Which page of a list it is, and the links to the others."""
    last = lists.count(builder.catalogue, name, builder.lang)

    def url(page: int) -> str:
        return builder.url(lists.address(builder.catalogue, name, builder.lang, page))

    near = range(max(1, number - NEAR), min(last, number + NEAR) + 1)
    return {
        "page": number,
        "pages": last,
        "previous": url(number - 1) if number > 1 else None,
        "next": url(number + 1) if number < last else None,
        "links": [{"page": page, "url": url(page)} for page in sorted({1, *near, last})]
        if last > 1
        else [],
    }


def contents(builder: DocumentBuilder, name: str, number: int) -> list[dict[str, Any]]:
    """For the first of several pages: the groups of a list, the number of notes in each, and the
    page on which it begins."""
    catalogue = builder.catalogue
    if number > 1 or lists.count(catalogue, name, builder.lang) == 1:
        return []
    return [
        {
            **titled(builder, group),
            "count": many,
            "url": builder.url(lists.address(catalogue, name, builder.lang, page)),
        }
        for group, many, page in lists.groups(catalogue, name, builder.lang)
    ]


def titled(builder: DocumentBuilder, group: str) -> dict[str, Any]:
    """A group's id and title: of a topic, a department or a month, else its name twice; None for
    notes in no group."""
    if not group:
        return {"id": None, "title": None, "title_lang": None}
    topics = builder.catalogue.site.topics
    if group in topics:
        return {"id": group, **builder.said("title", topics[group])}
    if group.startswith("contact/"):
        entry = builder.catalogue.entry(group)
        title, lang = builder.short_title(entry), builder.words_of(entry).lang
        return {"id": entry.id, "title": title, "title_lang": lang}
    title = builder.words.month(group) if _MONTH.fullmatch(group) else group
    return {"id": group, "title": title, "title_lang": builder.lang}


def grouped(builder: DocumentBuilder, rows: Rows) -> list[dict[str, Any]]:
    """The entries of a page, in groups."""
    return [
        {**titled(builder, group), "items": builder.refs(entry for _, entry in found)}
        for group, found in groupby(rows, key=lambda row: row[0])
    ]


def list_page_document(
    builder: DocumentBuilder,
    kind: str,
    identifier: str,
    name: str,
    number: int,
    part: Any,
    rows: Rows,
    *,
    title: str | LocalizedText,
    summary: str,
    above: Sequence[dict[str, str]] = (),
    more_transition_dates: Iterable[Date] = (),
) -> Document:
    """The document of a page of a list. ``identifier``: of its first page. ``above``: the path to
    that. ``more_transition_dates``: days on which it changes, beside those of its entries."""
    catalogue = builder.catalogue
    crumbs = [builder.home_crumb(), *above]
    if number > 1:
        first = lists.address(catalogue, name, builder.lang)
        text, lang = (
            (title.text(builder.lang), title.lang(builder.lang))
            if isinstance(title, LocalizedText)
            else (title, builder.lang)
        )
        crumbs.append(builder.crumb(text, builder.url(first), title_lang=lang))
        title = builder.words.gettext("%(title)s, page %(page)d") % {"title": text, "page": number}
    entries = [entry for _, entry in rows]
    return builder.document(
        kind,
        f"{identifier}/{number}" if number > 1 else identifier,
        lists.address(catalogue, name, builder.lang, number),
        part,
        title=title,
        summary=summary,
        breadcrumbs=crumbs,
        translations={
            lang: lists.address(catalogue, name, lang, number)
            for lang in lists.languages(catalogue, name)
            if number <= lists.count(catalogue, name, lang)
        },
        transition_dates={
            *(day for entry in entries for day in catalogue.transition_dates(entry)),
            *lists.changes_on(catalogue, name),
            *more_transition_dates,
        },
    )


def section_part(section: str, *, is_empty: bool) -> dict[str, Any]:
    """The part of the document of a section, with every key, and empty."""
    return {
        "section": section,
        "is_empty": is_empty,
        "items": [],
        "tree": [],
        "past": [],
        "topics": [],
        "view": None,
        "views": [],
        "groups": [],
        "year": None,
        "years": [],
        "contents": [],
        "paging": ONE_PAGE,
        "visits": None,
    }


ONE_PAGE: dict[str, Any] = {"page": 1, "pages": 1, "previous": None, "next": None, "links": []}


def section_document(builder: DocumentBuilder, section: str, number: int) -> Document:
    """A page of the list of contacts, services or norms; ``section`` as in site.yaml."""
    catalogue = builder.catalogue
    rows = lists.page(catalogue, section, builder.lang, number)
    past = [entry for group, entry in rows if group == PAST]
    items = [entry for group, entry in rows if group != PAST]
    part = {
        **section_part(section, is_empty=not is_filled(catalogue, section)),
        "contents": contents(builder, section, number) if section == "norms" else [],
        "paging": paging(builder, section, number),
    }
    if section == "norms":
        past = newest_first(filter(catalogue.is_past, items))
        items = newest_first(entry for entry in items if entry not in past)
        part |= {"view": "state", "views": views(builder), "groups": grouped(builder, rows)}
    part |= {
        "items": builder.refs(items),
        "past": builder.refs(past),
        "tree": tree(builder, items) if section == "contacts" else [],
        "visits": receptions(builder, items) if section == "contacts" else None,
    }
    return list_page_document(
        builder,
        "section",
        section,
        section,
        number,
        part,
        rows,
        title=builder.section_name(section),
        summary=section_summary(builder, section),
        more_transition_dates={
            day
            for contact in (items if section == "contacts" else ())
            for service in services_at(catalogue, contact)
            for day in catalogue.transition_dates(service)
        },
    )


def section_summary(builder: DocumentBuilder, section: str) -> str:
    """What a section lists, in a sentence for its page and search engines."""
    _ = builder.words.gettext
    return {
        "contacts": _("Departments and offices: where they are, how to reach them and when."),
        "services": _("What you can get done, in which ways, and where to book it."),
        "norms": _("Each norm with its state today, its place in the gazette and what changed it."),
        "notices": _("What is new, what changes for you and until when."),
        "topics": _("All that there is on a subject, on one page."),
    }[section]


def tree(builder: DocumentBuilder, contacts: list[Entry]) -> list[dict[str, Any]]:
    """The contacts in their order, each below its nearest ancestor among them."""
    branches: dict[str, dict[str, Any]] = {e.id: {"id": e.id, "below": []} for e in contacts}
    roots: list[dict[str, Any]] = []
    for entry in contacts:
        above = [
            parent.id for parent in parents_of(builder.catalogue, entry) if parent.id in branches
        ]
        below = branches[above[-1]]["below"] if above else roots
        below.append(branches[entry.id])
    return roots


VIEWS = ("state", *GROUPED, "relations")


def views(builder: DocumentBuilder) -> list[dict[str, str]]:
    """The views of the norms."""
    if not is_filled(builder.catalogue, "norms"):
        return []
    return [{"id": view, "url": builder.url(view_address(builder, view))} for view in VIEWS]


def view_address(builder: DocumentBuilder, view: str) -> str:
    """The address of a view of the norms, from the root of the site."""
    site = builder.catalogue.site
    if view == "state":
        return addresses.section(site, "norms", builder.lang)
    return addresses.norm_view(site, view, builder.lang)


def topic_document(builder: DocumentBuilder, topic: str, number: int) -> Document:
    """A page of all that is about a topic."""
    catalogue, site = builder.catalogue, builder.catalogue.site
    name = topic_list(topic)
    rows = lists.page(catalogue, name, builder.lang, number)
    part = {
        "is_empty": not is_filled(catalogue, name),
        **{
            group: builder.refs(entry for of, entry in rows if of == group)
            for group in SECTION_OF.values()
        },
        "contents": contents(builder, name, number),
        "paging": paging(builder, name, number),
    }
    return list_page_document(
        builder,
        "topic",
        topic,
        name,
        number,
        part,
        rows,
        title=site.topics[topic],
        summary=builder.words.gettext(
            "%(topic)s: what you can get done, notices, norms and whom to contact."
        )
        % {"topic": site.topics[topic].text(builder.lang)},
        above=builder.section_crumbs("topics"),
    )


def booking_document(builder: DocumentBuilder, number: int) -> Document:
    """Departments and their services with their channels: where to book, and where that is not
    needed."""
    catalogue, site = builder.catalogue, builder.catalogue.site
    rows = lists.page(catalogue, "booking", builder.lang, number)
    departments = [
        {
            "department": builder.ref(catalogue.entry(of)),
            "services": [service_item(builder, service) for _, service in found],
        }
        for of, found in groupby(rows, key=lambda row: row[0])
    ]
    part = {
        "is_empty": not is_filled(catalogue, "booking"),
        **builder.link("booking", site.booking),
        "departments": departments,
        "contents": contents(builder, "booking", number),
        "paging": paging(builder, "booking", number),
    }
    return list_page_document(
        builder,
        "booking",
        "booking",
        "booking",
        number,
        part,
        [*rows, *((of, catalogue.entry(of)) for of, _ in rows)],
        title=builder.section_name("booking"),
        summary=builder.words.gettext(
            "Every service, how it is given, and where to book it. Each link leads straight to the "
            "calendar of that service."
        ),
    )


def note_list_document(builder: DocumentBuilder, note: str, number: int) -> Document:
    """A page of the lists of a note: all that concerns a department, a service or a norm."""
    entry = builder.catalogue.entry(note)
    rows = lists.page(builder.catalogue, note, builder.lang, number)
    part = {
        "of": builder.ref(entry),
        "groups": grouped(builder, rows),
        "paging": paging(builder, note, number),
    }
    return list_page_document(
        builder,
        "list",
        note,
        note,
        number,
        part,
        rows,
        title=builder.short_title(entry),
        summary=builder.words_of(entry).summary,
        above=builder.section_crumbs(SECTION_OF[entry.kind]),
    )
