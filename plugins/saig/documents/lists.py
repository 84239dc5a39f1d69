"""The documents that are not of notes: home, notices and their years, gone and old addresses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any

from ..catalogue import addresses, front, lists, lost
from ..catalogue.catalogue import Catalogue
from ..catalogue.entry import Entry
from ..catalogue.filled import is_filled
from ..catalogue.old import old_variants
from ..catalogue.validity import Date
from ..catalogue.visits import walk_in_now
from ..notes.address import as_url, before_query, decoded, place, typed
from ..notes.address_lists import Gone
from ..notes.localized_text import LocalizedText
from .common import Document, DocumentBuilder, iso
from .paged import contents, grouped, list_page_document, paging, section_part, section_summary
from .tasks import tasks
from .today import walk_in

LATEST = 3
"""Notices and norms on the home page."""

LATEST_PAST = 10
"""Past notices on the section's page."""


def home_document(builder: DocumentBuilder) -> Document:
    catalogue, site = builder.catalogue, builder.catalogue.site
    day = catalogue.day
    urgent = front.urgent(catalogue)
    notices = [notice for notice, date in islice(_notices(catalogue), LATEST)]
    norms = [norm for norm, date in catalogue.newest_of("norm").items() if date <= day][:LATEST]
    contacts = catalogue.entries_of(front.first_departments(catalogue, builder.lang))
    services = catalogue.entries_of(front.first_services(catalogue, builder.lang))
    first, behind = tasks(builder)
    open_to_all = catalogue.entries_of(walk_in_now(catalogue, builder.lang))
    part = {
        "tasks": first,
        "urgent": builder.refs(urgent),
        **builder.link("booking", site.booking),
        "departments": builder.refs(contacts),
        "services": builder.refs(services),
        "notices": builder.refs(notices),
        "norms": builder.refs(norms),
        "topics": builder.topics(site.topics),
        "walk_in": walk_in(builder, open_to_all),
    }
    return builder.document(
        "home",
        "home",
        addresses.home(site, builder.lang),
        part,
        title=site.name,
        summary=builder.words.gettext(
            "Whom to contact, what you can get done and how to book it, and which rules changed."
        ),
        translations={lang: addresses.home(site, lang) for lang in site.languages},
        transition_dates={
            *_transition_dates(
                catalogue,
                [
                    *catalogue.urgent(),
                    *behind,
                    *contacts,
                    *services,
                    *notices,
                    *norms,
                    *open_to_all,
                ],
            ),
            *lists.changes_on(catalogue, "contacts"),
            *lists.changes_on(catalogue, "services"),
            *front.coming(front.notices_change_on(catalogue), front.next_date_now(catalogue)),
        },
    )


def _notices(catalogue: Catalogue) -> Iterator[tuple[Entry, Date]]:
    """The current notices that are published already: important ones, then the others."""
    important = front.important(catalogue)
    others = (one for one in front.notices(catalogue) if one not in important)
    return ((entry, day) for entry, day in chain(important, others) if day <= catalogue.day)


def notices_document(builder: DocumentBuilder) -> Document:
    """The section of notices: current ones (urgent first), the latest past ones, and the years."""
    catalogue = builder.catalogue
    urgent = front.urgent(catalogue)
    newest = (entry for entry, _ in front.notices(catalogue) if entry not in urgent)
    items = [*urgent, *islice(newest, max(0, lists.MOST - len(urgent)))]
    past = [entry for entry, _ in islice(front.notices(catalogue, past=True), LATEST_PAST)]
    part = {
        **section_part("notices", is_empty=not is_filled(catalogue, "notices")),
        "items": builder.refs(items),
        "past": builder.refs(past),
        "years": [
            {"year": year, "url": builder.url(_of_year(builder, year)), "count": count}
            for year, count in (
                (y, len(catalogue.under("year", str(y)))) for y in lists.years(catalogue)
            )
        ],
    }
    return builder.document(
        "section",
        "notices",
        addresses.section(catalogue.site, "notices", builder.lang),
        part,
        title=builder.section_name("notices"),
        summary=section_summary(builder, "notices"),
        breadcrumbs=[builder.home_crumb()],
        translations={
            lang: addresses.section(catalogue.site, "notices", lang)
            for lang in catalogue.site.languages
        },
        transition_dates={
            *_transition_dates(catalogue, [*catalogue.urgent(), *items, *past]),
            *front.coming(front.notices_change_on(catalogue)),
        },
    )


def _of_year(builder: DocumentBuilder, year: int) -> str:
    return lists.address(builder.catalogue, f"notices/{year}", builder.lang)


def year_document(builder: DocumentBuilder, year: str, number: int) -> Document:
    """A page of the notices of a year, by month."""
    name = f"notices/{year}"
    rows = lists.page(builder.catalogue, name, builder.lang, number)
    part = {
        **section_part("notices", is_empty=False),
        "view": "month",
        "groups": grouped(builder, rows),
        "items": builder.refs(entry for _, entry in rows),
        "year": int(year),
        "contents": contents(builder, name, number),
        "paging": paging(builder, name, number),
    }
    section = builder.section_name("notices")
    title = LocalizedText.model_construct(
        root={lang: f"{text}, {year}" for lang, text in section.root.items()}
    )
    above = builder.section_crumbs("notices")
    return list_page_document(
        builder,
        "section",
        name,
        name,
        number,
        part,
        rows,
        title=title,
        summary=section_summary(builder, "notices"),
        above=above,
    )


def topics_document(builder: DocumentBuilder) -> Document:
    catalogue, site = builder.catalogue, builder.catalogue.site
    part = {
        **section_part("topics", is_empty=not is_filled(catalogue, "topics")),
        "topics": builder.topics(site.topics),
    }
    return builder.document(
        "section",
        "topics",
        addresses.section(site, "topics", builder.lang),
        part,
        title=builder.section_name("topics"),
        summary=section_summary(builder, "topics"),
        breadcrumbs=[builder.home_crumb()],
        translations={lang: addresses.section(site, "topics", lang) for lang in site.languages},
    )


def gone_document(builder: DocumentBuilder, gone: Gone) -> Document:
    there, see = place(gone.address), gone.see
    if see and see.startswith("/"):
        see = builder.url(typed(see))
    return builder.document(
        "gone",
        _id_of(there),
        there,
        {
            "address": builder.url(as_url(gone.address)),
            "withdrawn": iso(gone.date),
            **builder.said("reason", gone.reason),
            "see": see,
        },
        title=gone.title,
        breadcrumbs=[builder.home_crumb()],
        date=iso(gone.date),
        updated=iso(gone.date) if gone.date <= builder.catalogue.day else None,
        transition_dates=[gone.date],
    )


def moved_document(builder: DocumentBuilder, address: str, entry: Entry) -> Document:
    """The document at a former address of a note."""
    there = place(address)
    return builder.document(
        "moved",
        _id_of(there),
        there,
        {"from": builder.url(as_url(address)), "to": builder.entry_url(entry)},
        title=builder.words_of(entry).title,
        title_lang=builder.words_of(entry).lang,
    )


def choice_document(builder: DocumentBuilder, there: str) -> Document:
    """The document at a place where several old or gone addresses differ only in their query."""
    catalogue = builder.catalogue
    pages: dict[str, dict[str, Any]] = {}
    for address, key in old_variants(catalogue)[there]:
        entry = catalogue.get(*key) if key else None
        if entry:
            page = builder.crumb(
                builder.words_of(entry).title,
                builder.entry_url(entry),
                builder.words_of(entry).lang,
            )
        else:
            title, url = catalogue.gone_at(address).title, builder.url(place(address))
            page = builder.crumb(title.text(builder.lang), url, title_lang=title.lang(builder.lang))
        pages.setdefault(page["url"], {**page, "from": []})["from"].append(
            builder.url(as_url(address))
        )
    return builder.document(
        "choice",
        _id_of(there),
        there,
        {"from": builder.url(before_query(there)), "pages": list(pages.values())},
        title=builder.words.gettext("This page has moved"),
        breadcrumbs=[builder.home_crumb()],
    )


def _id_of(there: str) -> str:
    return decoded(there).strip("/").replace("/", "-")


def lost_document(builder: DocumentBuilder, address: str) -> Document:
    """The document at the address of a removed page of a list, with a link to the list."""
    to = lost.redirect_target(builder.catalogue, address)
    return builder.document(
        "moved",
        _id_of(address),
        address,
        {"from": builder.url(address), "to": builder.url(to)},
        title=builder.words.gettext("This page has moved"),
    )


def _transition_dates(catalogue: Catalogue, entries: Iterable[Entry]) -> set[Date]:
    return {day for entry in entries for day in catalogue.transition_dates(entry)}
