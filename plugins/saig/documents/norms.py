"""The norms together: by state, type, year and topic, and how they hang together."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from ..catalogue import addresses
from ..catalogue.entry import Entry, Key
from ..catalogue.filled import is_filled
from ..catalogue.norms import Act
from .common import Document, Speaker, age, newest_first
from .provision_words import provision_words

STATES = (
    "in-force",
    "partly-in-force",
    "suspended",
    "not-yet-in-force",
    "unknown",
    "no-longer-in-force",
)
"""In the order in which a reader wants them."""

GROUPED = ("type", "year", "topic")
"""Lists of their own; by state they stand on their section's page."""

VIEWS = ("state", *GROUPED, "relations")


def norms_by_state(speaker: Speaker) -> dict[str, Any]:
    """What the section of norms adds to its list: the same in groups, and the other views."""
    return {
        "view": "state",
        "views": views(speaker),
        "groups": _groups(
            speaker, lambda entry: [speaker.catalogue.state(entry).word], list(STATES)
        ),
    }


def views(speaker: Speaker) -> list[dict[str, str]]:
    if not is_filled(speaker.catalogue, "norms"):
        return []
    return [{"id": view, "url": speaker.url(_address(speaker, view))} for view in VIEWS]


def norms_document(speaker: Speaker, view: str) -> Document:
    """The norms by type, by year or by topic."""
    norms = speaker.catalogue.listed_of("norm")
    match view:
        case "type":
            types = [_type(entry)[0] for entry in norms]
            order = sorted(set(types), key=lambda name: (-types.count(name), name))
            return _view(speaker, view, _type, order)
        case "year":
            order = sorted({_year(entry) for entry in norms}, reverse=True)
            return _view(speaker, view, lambda entry: [_year(entry)], order)
        case _:
            order = [*speaker.catalogue.site.topics, ""]
            return _view(
                speaker, view, lambda entry: speaker.catalogue.topics_of(entry) or [""], order
            )


def _type(entry: Entry) -> list[str]:
    return [entry.identity["type"] or ""]


def _year(entry: Entry) -> str:
    return str(entry.identity["year"] or "")


def _view(
    speaker: Speaker, view: str, of: Callable[[Entry], Iterable[str]], order: list[str]
) -> Document:
    part = {
        "section": "norms",
        "is_empty": not is_filled(speaker.catalogue, "norms"),
        "items": [],
        "tree": [],
        "past": [],
        "topics": [],
        "view": view,
        "views": views(speaker),
        "groups": _groups(speaker, of, order),
    }
    return _document(speaker, "section", view, part)


def _groups(
    speaker: Speaker, of: Callable[[Entry], Iterable[str]], order: list[str]
) -> list[dict[str, Any]]:
    """The norms by what ``of`` says, the newest first; only what has any. A topic has its title."""
    found: dict[str, list[Entry]] = {name: [] for name in order}
    for entry in newest_first(speaker.catalogue.listed_of("norm")):
        for name in of(entry):
            if name in found:
                found[name].append(entry)
    titles = speaker.catalogue.site.topics
    return [
        {
            "id": name,
            **(
                speaker.said("title", titles[name])
                if name in titles
                else {"title": name, "title_lang": speaker.lang}
            ),
            "items": speaker.refs(entries),
        }
        for name, entries in found.items()
        if entries
    ]


def relations_document(speaker: Speaker) -> Document:
    """Which norm does what to which: the norms that hang together, in groups."""
    catalogue = speaker.catalogue
    norms = newest_first(catalogue.listed_of("norm"))
    listed = {entry.key for entry in norms}
    acts = {
        entry.key: sorted(
            (
                (relation, other)
                for relation in catalogue.relations(entry)
                if (other := catalogue.norm_named(relation.norm)) and other.key in listed
            ),
            key=lambda pair: age(pair[1]),
        )
        for entry in norms
    }
    pairs = [(key, other.key) for key, done in acts.items() for _, other in done]
    groups = [
        [_acting(speaker, entry, acts[entry.key]) for entry in norms if entry.key in together]
        for together in _together([entry.key for entry in norms], pairs)
    ]
    part = {
        "is_empty": not is_filled(catalogue, "norms"),
        "views": views(speaker),
        "groups": [group for group in groups if len(group) > 1],
        "alone": [group[0]["norm"] for group in groups if len(group) == 1],
    }
    return _document(speaker, "relations", "relations", part)


def _acting(speaker: Speaker, entry: Entry, done: list[tuple[Act, Entry]]) -> dict[str, Any]:
    return {
        "norm": speaker.ref(entry),
        "relations": [
            {
                "type": relation.type,
                "norm": speaker.ref(other),
                "from": relation.begins,
                "provisions": provision_words(relation.provisions, speaker.lang),
            }
            for relation, other in done
        ],
    }


def _together(keys: list[Key], pairs: Iterable[tuple[Key, Key]]) -> list[list[Key]]:
    """Those that are linked, however far, are one group; the largest first."""
    group = {key: [key] for key in keys}
    for one, other in pairs:
        if group[one] is not group[other]:
            small, large = sorted((group[one], group[other]), key=len)
            large += small
            for key in small:
                group[key] = large
    distinct = {id(members): members for members in group.values()}
    return sorted(distinct.values(), key=len, reverse=True)


def _document(speaker: Speaker, kind: str, view: str, part: dict[str, Any]) -> Document:
    catalogue, site = speaker.catalogue, speaker.catalogue.site
    titles = {
        "type": speaker.words.gettext("Norms by type"),
        "year": speaker.words.gettext("Norms by year"),
        "topic": speaker.words.gettext("Norms by topic"),
        "relations": speaker.words.gettext("How the norms hang together"),
    }
    return speaker.document(
        kind,
        f"norms-{view}" if kind == "section" else view,
        _address(speaker, view),
        part,
        title=titles[view],
        breadcrumbs=[speaker.home_crumb(), *speaker.section_crumbs("norms")],
        translations={lang: addresses.norm_view(site, view, lang) for lang in site.languages},
        edges={edge for entry in catalogue.listed_of("norm") for edge in catalogue.edges(entry)},
    )


def _address(speaker: Speaker, view: str) -> str:
    site = speaker.catalogue.site
    if view == "state":
        return addresses.section(site, "norms", speaker.lang)
    return addresses.norm_view(site, view, speaker.lang)
