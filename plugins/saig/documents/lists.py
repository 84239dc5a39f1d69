"""The documents that no note is: home, notices and their years, topics, gone addresses and old ones."""

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
from ..notes.address import as_url, before_query, decoded, place, typed
from ..notes.fields import LocalizedText
from ..notes.site import Gone
from .common import Document, Speaker, iso
from .paged import contents, grouped, list_page_document, paging, section_part

LATEST = 5
"""Notices and norms on the home page."""

LATEST_PAST = 10
"""Notices that are over, on the section's page."""


def home_document(speaker: Speaker) -> Document:
    catalogue, site = speaker.catalogue, speaker.catalogue.site
    day = catalogue.day
    urgent = front.urgent(catalogue)
    notices = [notice for notice, date in islice(_notices(catalogue), LATEST)]
    norms = [norm for norm, date in catalogue.newest_of("norm").items() if date <= day][:LATEST]
    contacts = catalogue.entries_of(front.first_departments(catalogue, speaker.lang))
    services = catalogue.entries_of(front.first_services(catalogue, speaker.lang))
    part = {
        "urgent": speaker.refs(urgent),
        **speaker.link("booking", site.booking),
        "departments": speaker.refs(contacts),
        "services": speaker.refs(services),
        "notices": speaker.refs(notices),
        "norms": speaker.refs(norms),
        "topics": speaker.topics(site.topics),
    }
    return speaker.document(
        "home",
        "home",
        addresses.home(site, speaker.lang),
        part,
        title=site.name,
        summary=speaker.words.gettext(
            "Whom to contact, what you can get done and how to book it, and which rules changed."
        ),
        translations={lang: addresses.home(site, lang) for lang in site.languages},
        edges={
            *_edges(catalogue, [*catalogue.urgent(), *contacts, *services, *notices, *norms]),
            *lists.changes_on(catalogue, "contacts", speaker.lang),
            *lists.changes_on(catalogue, "services", speaker.lang),
            *front.coming(front.notices_change_on(catalogue), front.next_date_now(catalogue)),
        },
    )


def _notices(catalogue: Catalogue) -> Iterator[tuple[Entry, Date]]:
    """Those that hold, or will, and have come: the important ones, then the others."""
    important = front.important(catalogue)
    others = (one for one in front.notices(catalogue) if one not in important)
    return ((entry, day) for entry, day in chain(important, others) if day <= catalogue.day)


def notices_document(speaker: Speaker) -> Document:
    """The section of notices: those that hold, or will, the urgent ones first; the latest of those
    that are over; and the years."""
    catalogue = speaker.catalogue
    urgent = front.urgent(catalogue)
    newest = (entry for entry, _ in front.notices(catalogue) if entry not in urgent)
    items = [*urgent, *islice(newest, max(0, lists.MOST - len(urgent)))]
    past = [entry for entry, _ in islice(front.notices(catalogue, past=True), LATEST_PAST)]
    part = {
        **section_part("notices", is_empty=not is_filled(catalogue, "notices")),
        "items": speaker.refs(items),
        "past": speaker.refs(past),
        "years": [
            {"year": year, "url": speaker.url(_of_year(speaker, year)), "count": count}
            for year, count in (
                (y, len(catalogue.under("year", str(y)))) for y in lists.years(catalogue)
            )
        ],
    }
    return speaker.document(
        "section",
        "notices",
        addresses.section(catalogue.site, "notices", speaker.lang),
        part,
        title=speaker.section_name("notices"),
        breadcrumbs=[speaker.home_crumb()],
        translations={
            lang: addresses.section(catalogue.site, "notices", lang)
            for lang in catalogue.site.languages
        },
        edges={
            *_edges(catalogue, [*catalogue.urgent(), *items, *past]),
            *front.coming(front.notices_change_on(catalogue)),
        },
    )


def _of_year(speaker: Speaker, year: int) -> str:
    return lists.address(speaker.catalogue, f"notices/{year}", speaker.lang)


def year_document(speaker: Speaker, year: str, number: int = 1) -> Document:
    """A page of the notices of a year, by month."""
    name = f"notices/{year}"
    rows = lists.page(speaker.catalogue, name, speaker.lang, number)
    part = {
        **section_part("notices", is_empty=False),
        "view": "month",
        "groups": grouped(speaker, rows),
        "items": speaker.refs(entry for _, entry in rows),
        "year": int(year),
        "contents": contents(speaker, name, number),
        "paging": paging(speaker, name, number),
    }
    section = speaker.section_name("notices")
    title = LocalizedText.model_construct(
        root={lang: f"{text}, {year}" for lang, text in section.root.items()}
    )
    above = speaker.section_crumbs("notices")
    return list_page_document(
        speaker, "section", name, name, number, part, rows, title=title, above=above
    )


def topics_document(speaker: Speaker) -> Document:
    catalogue, site = speaker.catalogue, speaker.catalogue.site
    part = {
        **section_part("topics", is_empty=not is_filled(catalogue, "topics")),
        "topics": speaker.topics(site.topics),
    }
    return speaker.document(
        "section",
        "topics",
        addresses.section(site, "topics", speaker.lang),
        part,
        title=speaker.section_name("topics"),
        breadcrumbs=[speaker.home_crumb()],
        translations={lang: addresses.section(site, "topics", lang) for lang in site.languages},
    )


def gone_document(speaker: Speaker, gone: Gone) -> Document:
    there, see = place(gone.address), gone.see
    if see and see.startswith("/"):
        see = speaker.url(typed(see))
    return speaker.document(
        "gone",
        _id_of(there),
        there,
        {
            "address": speaker.url(as_url(gone.address)),
            "withdrawn": iso(gone.date),
            **speaker.said("reason", gone.reason),
            "see": see,
        },
        title=gone.title,
        breadcrumbs=[speaker.home_crumb()],
        date=iso(gone.date),
        updated=iso(gone.date) if gone.date <= speaker.catalogue.day else None,
        edges=[gone.date],
    )


def moved_document(speaker: Speaker, address: str, entry: Entry) -> Document:
    """What stands at an address where the note used to be."""
    there = place(address)
    return speaker.document(
        "moved",
        _id_of(there),
        there,
        {"from": speaker.url(as_url(address)), "to": speaker.entry_url(entry)},
        title=speaker.words_of(entry).title,
        title_lang=speaker.words_of(entry).lang,
    )


def choice_document(speaker: Speaker, there: str) -> Document:
    """What stands where several notes, or gone ones, used to be that only a query told apart."""
    catalogue = speaker.catalogue
    pages: dict[str, dict[str, Any]] = {}
    for address, key in old_variants(catalogue)[there]:
        entry = catalogue.get(*key) if key else None
        if entry:
            page = speaker.crumb(
                speaker.words_of(entry).title,
                speaker.entry_url(entry),
                speaker.words_of(entry).lang,
            )
        else:
            gone = next(one for one in catalogue.gone if one.address == address)
            title, url = gone.title, speaker.url(place(address))
            page = speaker.crumb(title.text(speaker.lang), url, title_lang=title.lang(speaker.lang))
        pages.setdefault(page["url"], {**page, "from": []})["from"].append(
            speaker.url(as_url(address))
        )
    return speaker.document(
        "choice",
        _id_of(there),
        there,
        {"from": speaker.url(before_query(there)), "pages": list(pages.values())},
        title=speaker.words.gettext("This page has moved"),
        breadcrumbs=[speaker.home_crumb()],
    )


def _id_of(there: str) -> str:
    return decoded(there).strip("/").replace("/", "-")


def lost_document(speaker: Speaker, address: str) -> Document:
    """What stands at the address of a page of a list that there is no longer: the way to the list."""
    to = lost.leads_to(speaker.catalogue, address)
    return speaker.document(
        "moved",
        _id_of(address),
        address,
        {"from": speaker.url(address), "to": speaker.url(to)},
        title=speaker.words.gettext("This page has moved"),
    )


def _edges(catalogue: Catalogue, entries: Iterable[Entry]) -> set[Date]:
    entries = list(entries)
    catalogue.have_at_hand(entries)
    return {edge for entry in entries for edge in catalogue.edges(entry)}
