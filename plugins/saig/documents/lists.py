"""The documents that no note is: home, sections, topics, the booking page, gone addresses and old ones."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..catalogue import addresses
from ..catalogue.addresses import SECTION_OF
from ..catalogue.entry import Entry
from ..catalogue.filled import is_filled, topic_list
from ..catalogue.old import old_variants
from ..catalogue.succession import ONE_AT_A_TIME
from ..catalogue.validity import Date
from ..languages import order
from ..notes.address import as_url, before_query, decoded, place, typed
from ..notes.site import Gone
from .common import Document, Speaker, iso, newest_first
from .norms import norms_by_state
from .service import service_item

LATEST = 5
"""Notices and norms on the home page."""

PLAIN: dict[str, Any] = {"view": None, "views": [], "groups": []}
"""A section that can be looked through in one way."""


def home_document(speaker: Speaker) -> Document:
    catalogue, site = speaker.catalogue, speaker.catalogue.site
    top = catalogue.organisation
    dated = {kind: catalogue.newest_of(kind) for kind in ("notice", "norm")}
    news = {
        kind: [entry for entry, day in found.items() if day <= catalogue.day]
        for kind, found in dated.items()
    }
    notices = [e for e in news["notice"] if catalogue.state(e).word in ("current", "upcoming")]
    important = catalogue.important()
    notices.sort(key=lambda entry: entry not in important)
    contacts = [
        entry
        for entry in _by_title(speaker, "contact")
        if entry is not top and catalogue.is_current(entry) and catalogue.has_its_place(entry)
    ]
    services = _current_services(speaker)
    urgent_ones = urgent(speaker)
    part = {
        "urgent": speaker.refs(urgent_ones),
        **speaker.link("booking", site.booking),
        "departments": speaker.refs(contacts),
        "services": speaker.refs(services),
        "notices": speaker.refs(notices[:LATEST]),
        "norms": speaker.refs(news["norm"][:LATEST]),
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
            *_edges(speaker, [*contacts, *catalogue.listed_of("service")]),
            *_edges(speaker, [*dated["notice"], *dated["norm"]]),
            *(day for found in dated.values() for day in found.values()),
        },
    )


def urgent(speaker: Speaker) -> list[Entry]:
    """The urgent notices that hold today: they stand at the top of every page."""
    catalogue = speaker.catalogue
    return newest_first(filter(catalogue.is_current, catalogue.urgent()))


def section_document(speaker: Speaker, name: str) -> Document:
    """The list of a section's notes; ``name`` as in site.yaml."""
    catalogue = speaker.catalogue
    kind = next(kind for kind, section in SECTION_OF.items() if section == name)
    if kind in ("notice", "norm"):
        entries = newest_first(catalogue.listed_of(kind))
    elif kind == "contact":
        entries = hierarchy(speaker)
    else:
        entries = _by_title(speaker, kind)
    past = [entry for entry in entries if catalogue.is_past(entry)]
    items = [entry for entry in entries if entry not in past]
    if kind in ONE_AT_A_TIME:
        items = list(filter(catalogue.has_its_place, items))
    part = {
        "section": name,
        "is_empty": not is_filled(catalogue, name),
        "items": speaker.refs(items),
        "tree": tree(speaker, items) if kind == "contact" else [],
        "past": speaker.refs(past),
        "topics": [],
        **(norms_by_state(speaker) if kind == "norm" else PLAIN),
    }
    return _listing(speaker, name, part, _edges(speaker, entries))


def topics_document(speaker: Speaker) -> Document:
    part = {
        "section": "topics",
        "is_empty": not is_filled(speaker.catalogue, "topics"),
        "items": [],
        "tree": [],
        "past": [],
        "topics": speaker.topics(speaker.catalogue.site.topics),
        **PLAIN,
    }
    return _listing(speaker, "topics", part, set())


def _listing(speaker: Speaker, name: str, part: dict[str, Any], edges: set[Date]) -> Document:
    site = speaker.catalogue.site
    return speaker.document(
        "section",
        name,
        addresses.section(site, name, speaker.lang),
        part,
        title=speaker.section_name(name),
        breadcrumbs=[speaker.home_crumb()],
        translations={lang: addresses.section(site, name, lang) for lang in site.languages},
        edges=edges,
    )


def topic_document(speaker: Speaker, topic: str) -> Document:
    catalogue, site = speaker.catalogue, speaker.catalogue.site
    kinds = {
        "contacts": "contact",
        "services": "service",
        "notices": "notice",
        "norms": "norm",
        "pages": "page",
    }
    found = {name: catalogue.naming(topic, kind, "topics") for name, kind in kinds.items()}
    for name in ("notices", "norms"):
        found[name] = newest_first(found[name])
    told = [entry for entries in found.values() for entry in entries]
    for name in ("contacts", "services"):
        found[name] = _in_their_place(speaker, found[name])
    told += [entry for entries in found.values() for entry in entries]
    return speaker.document(
        "topic",
        topic,
        addresses.topic(site, topic, speaker.lang),
        {
            "is_empty": not is_filled(catalogue, topic_list(topic)),
            **{name: speaker.refs(entries) for name, entries in found.items()},
        },
        title=site.topics[topic],
        breadcrumbs=[speaker.home_crumb(), *speaker.section_crumbs("topics")],
        translations={lang: addresses.topic(site, topic, lang) for lang in site.languages},
        edges=_edges(speaker, told),
    )


def _in_their_place(speaker: Speaker, entries: Iterable[Entry]) -> list[Entry]:
    """For each who stands for it today; who is to take another's place does not stand yet."""
    heirs = speaker.catalogue.heirs
    found = dict.fromkeys(heir for entry in entries for heir in heirs(entry))
    return list(filter(speaker.catalogue.has_its_place, found))


def booking_document(speaker: Speaker) -> Document:
    """Every department and service with its channels: where to book, where none is needed."""
    catalogue, site = speaker.catalogue, speaker.catalogue.site
    services = _current_services(speaker)
    groups = []
    for department in hierarchy(speaker):
        own = [service for service in services if _responsible(speaker, service) is department]
        if own:
            groups.append(
                {
                    "department": speaker.ref(department),
                    "services": [service_item(speaker, s) for s in own],
                }
            )
    return speaker.document(
        "booking",
        "booking",
        addresses.section(site, "booking", speaker.lang),
        {
            "is_empty": not is_filled(catalogue, "booking"),
            **speaker.link("booking", site.booking),
            "departments": groups,
        },
        title=speaker.section_name("booking"),
        breadcrumbs=[speaker.home_crumb()],
        translations={lang: addresses.section(site, "booking", lang) for lang in site.languages},
        edges=_edges(speaker, [*catalogue.listed_of("service"), *catalogue.listed_of("contact")]),
    )


def _responsible(speaker: Speaker, service: Entry) -> Entry | None:
    return next(iter(speaker.catalogue.named_now(service, "departments")), None)


def _current_services(speaker: Speaker) -> list[Entry]:
    catalogue = speaker.catalogue
    return [
        entry
        for entry in _by_title(speaker, "service")
        if catalogue.is_current(entry) and catalogue.has_its_place(entry)
    ]


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


def hierarchy(speaker: Speaker) -> list[Entry]:
    """The contacts, each after the one that it belongs to; those on a level by title."""
    contacts = _by_title(speaker, "contact")
    below: dict[Entry | None, list[Entry]] = {}
    for entry in contacts:
        above = speaker.catalogue.parents(entry)[-1:]
        below.setdefault(above[0] if above else None, []).append(entry)
    ordered: dict[Entry, None] = {}
    waiting = below.get(None, [])[::-1]
    while waiting:
        entry = waiting.pop()
        if entry not in ordered:
            ordered[entry] = None
            waiting += below.get(entry, [])[::-1]
    return list(dict.fromkeys((*ordered, *contacts)))


def tree(speaker: Speaker, contacts: list[Entry]) -> list[dict[str, Any]]:
    """These contacts in their order, each below the nearest of them that it belongs to."""
    branches: dict[str, dict[str, Any]] = {e.id: {"id": e.id, "below": []} for e in contacts}
    roots: list[dict[str, Any]] = []
    for entry in contacts:
        above = [parent.id for parent in speaker.catalogue.parents(entry) if parent.id in branches]
        below = branches[above[-1]]["below"] if above else roots
        below.append(branches[entry.id])
    return roots


def _by_title(speaker: Speaker, kind: str) -> list[Entry]:
    """By the words that a reader sees: a contact's short title, another note's title. In the order
    of words in the reader's language."""

    def words(entry: Entry) -> str:
        return speaker.short_title(entry) if kind == "contact" else speaker.words_of(entry).title

    entries = speaker.catalogue.listed_of(kind)
    speaker.catalogue.have_at_hand(entries)
    return sorted(
        entries,
        key=lambda entry: (order(words(entry), speaker.lang), words(entry), entry.id),
    )


def _edges(speaker: Speaker, entries: Iterable[Entry]) -> set[Date]:
    entries = list(entries)
    speaker.catalogue.have_at_hand(entries)
    return {edge for entry in entries for edge in speaker.catalogue.edges(entry)}
