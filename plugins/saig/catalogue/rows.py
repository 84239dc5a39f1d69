"""Makes the rows of a note: all that other notes need of it (docs/decisions/0033).

A row belongs to one note, and is stored in a table under a key. Its value is JSON. Pages and checks
look rows up by table and key, and these lookups are recorded. When a note changes, the keys under
which its rows differ lead to the pages and checks to be done again. So a value should contain what
other notes use, and no more.

Rows do not depend on the day. What recurs each year or begins on a day is worked out for the
catalogue's day, with ``changes_on``; see ``Catalogue.holidays``.

Before you add a table (docs/contributors.md), see whether one has it: ``referencing KIND FIELD ID``
tells which notes name a note.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ..citations.grammar import Grammar
from ..languages import sort_key, value_of
from ..notes.address import place
from ..notes.base_model import in_language
from ..notes.local_name import plain_names
from ..notes.norm_fields import addresses_of, first_day
from ..notes.opening_hours import channel_ids
from ..notes.plain_data import as_json
from ..notes.references import REFERENCES, FoundReference, called, name_of
from ..notes.site import Site
from ..notes.slug import plain_name
from ..packs.eli import ELI
from ..packs.law import Law
from ..words import N_
from . import addresses
from .effects import acts_on_whole
from .entry import Files, Key, identity_of
from .opening import has_hours, is_walk_in, stretches
from .resolve import Meaning, cited_norm, main_names, number_in_year
from .telephones import shown
from .validity import dated, transition_dates

TABLES = {
    "there": N_("whether %(note)s is there"),
    "listed": N_("how %(note)s is named in lists"),
    "facts": N_("the fields and headings of %(note)s"),
    "text": N_("the text of %(note)s"),
    "dates": N_("the days of %(note)s"),
    "references": N_("which notes %(note)s names"),
    "relations": N_("the relations of %(note)s"),
    "channels": N_("the channels of %(note)s"),
    "reach": N_("how %(note)s is reached"),
    "kind": N_("which notes of the kind %(key)s there are"),
    "titled": N_("the titles of the kind %(key)s"),
    "year": N_("which notices of the year %(key)s there are"),
    "called": N_("which note is called %(key)s"),
    "written": N_("which notes write %(key)s"),
    "meant": N_("whom %(note)s means by other names than ids"),
    "referencing": N_("which notes name %(key)s"),
    "superseding": N_("which notes take the place of %(key)s"),
    "acting": N_("which norms act on %(key)s"),
    "eli": N_("which norm has the address %(key)s"),
    "number": N_("which norms have the number %(key)s"),
    "day": N_("which norms are of the day %(key)s"),
    "refers": N_("what the text of %(note)s names"),
    "linking": N_("which texts link to %(key)s"),
    "citing": N_("which texts cite a norm of %(key)s"),
    "address": N_("which note stands at %(key)s"),
    "capitals": N_("which note stands at an address like %(key)s"),
    "old": N_("the old addresses of %(note)s"),
    "led": N_("which notes once stood at %(key)s"),
    "urgency": N_("which notices are no routine"),
    "hours": N_("which notes have hours"),
    "walk-in": N_("which notes have hours without an appointment"),
    "draft": N_("which notes are drafts"),
}
"""Every table, with the words by which ``--explain`` tells editors what changed. Most rows have
their own note as key, ``kind/id``. Other keys serve to look from the other side: ``superseding
notice/x`` has the notes that name the notice x in ``supersedes``. Rows that are always looked up
all together have the key ''."""

_REFERENCING = (*REFERENCES, "topics", "supersedes", "online_only_norm")

Rows = dict[tuple[str, str], str]
"""The rows of one note: their tables and keys, and their values."""


def rows_of(site: Site, note: Files) -> Rows:
    """The rows of a note. If it gives several under one key, the first counts."""
    found: Rows = {}
    for table, key, value in rows(site, note):
        found.setdefault((table, key), as_json(value))
    return found


def rows(site: Site, note: Files) -> Iterator[tuple[str, str, Any]]:
    """The rows of a note: table, key, value. Several may have one key."""
    own, facts, kind = str(note.key), note.facts, note.key.kind
    yield "there", own, 1
    yield "listed", own, _listed(site, note)
    digests = [[one.source.path, one.public_digest] for one in note.notes]
    yield "facts", own, [*digests, note.ids] if note.ids else digests
    yield "text", own, [one.digest for one in note.notes]
    yield "dates", own, _dates(note)
    yield "references", own, {name: getattr(facts, name, None) for name in _REFERENCING}
    languages = [one.source.lang for one in note.notes]
    yield "kind", kind, [facts.status, _iso(facts.date), age_of(facts), languages]
    yield from _called(note, site.grammar)
    yield from written(note.original.references, site.grammar)
    if note.ids:
        yield "meant", "", dict(note.ids)
    for identifier in facts.supersedes:
        yield "superseding", str(Key(kind, identifier)), facts.status
    yield from _places(site, note)
    if drafts := _drafts(note):
        yield "draft", "", drafts
    if has_hours(facts):
        yield "hours", "", 1
    if is_walk_in(facts):
        yield "walk-in", "", 1
    if getattr(facts, "urgency", "routine") != "routine":
        yield "urgency", "", facts.urgency
    if kind == "norm":
        yield "relations", own, _relations(facts)
        yield from rows_of_norm(site.law, facts)
    if kind == "contact":
        yield "reach", own, {lang: _reach(facts, lang, site) for lang in site.languages}
    if kind == "service":
        yield "channels", own, {lang: _channels(facts, lang) for lang in site.languages}
    refers = list(_refers(note))
    yield "refers", own, refers
    if facts.status != "hidden":
        for lang in site.languages:
            yield "titled", f"{kind} {lang}", _titled(note, lang)
        if kind == "notice":
            yield "year", str(facts.date.year), facts.date.isoformat()
        yield from _of_others(note, refers)


def _drafts(note: Files) -> list[str]:
    """The languages in which it is a draft: all of them, if its original is."""
    if note.facts.status == "draft":
        return [one.source.lang for one in note.notes]
    return [
        lang
        for lang, one in note.translations.items()
        if getattr(one.fields, "status", None) == "draft"
    ]


def _of_others(note: Files, refers: list[Any]) -> Iterator[tuple[str, str, Any]]:
    """Rows for pages of other notes, which do not mention hidden notes."""
    facts, kind, age = note.facts, note.key.kind, age_of(note.facts)
    for name in (*REFERENCES, "topics"):
        for identifier in getattr(facts, name):
            yield "referencing", f"{kind} {name} {identifier}", age
    if parent := getattr(facts, "parent", None):
        yield "referencing", f"{kind} parent {parent}", age
    for way in getattr(facts, "channels", ()):
        if way.contact:
            yield "referencing", f"{kind} channels {way.contact}", age
    cited: dict[str, list[Any]] = {}
    for what, said in refers:
        if what == "link":
            yield "linking", said, 1
        else:
            meaning = Meaning(*said)
            for key in meaning.keys:
                cited.setdefault(key, []).append(said)
    for key, meanings in cited.items():
        yield "citing", key, meanings


def _called(note: Files, grammar: Grammar) -> Iterator[tuple[str, str, Any]]:
    """The names by which a note is found, in each of its languages."""
    kind = note.key.kind
    for one in note.notes:
        fields = one.fields
        names = [fields.title, fields.short_title or "", *getattr(fields, "aliases", ())]
        yield from ((table, key, 1) for table, key in called_rows(kind, names))
        if kind == "norm":
            yield from (("called", f"norm {name}", 1) for name in main_names(names, grammar))


def _places(site: Site, note: Files) -> Iterator[tuple[str, str, Any]]:
    """The addresses of a note, and its old ones."""
    for one in note.notes:
        there = addresses.of_note(site, one)
        yield "address", there, [one.source.lang, one.source.path]
        if (small := there.casefold()) != there:
            yield "capitals", small, there
    if old := note.facts.old_addresses:
        yield "old", str(note.key), list(old)
        yield from _led(old)


def _led(old: Iterable[str]) -> Iterator[tuple[str, str, list[str]]]:
    """The old addresses by their places; those that differ only in capitals together."""
    alike: dict[str, list[str]] = {}
    for there in map(place, old):
        alike.setdefault(there.casefold(), []).append(there)
    for key, places in alike.items():
        yield "led", key, places


def _listed(site: Site, note: Files) -> dict[str, Any]:
    facts = note.facts
    words = {
        one.source.lang: (
            one.source.lang,
            one.fields.title,
            one.fields.short_title,
            one.fields.summary,
            addresses.of_note(site, one),
            one.source.path,
        )
        for one in note.notes
    }
    return {
        "words": words,
        "date": _iso(facts.date),
        "status": facts.status,
        "identity": identity_of(facts),
        "age": age_of(facts),
    }


def _titled(note: Files, lang: str) -> list[str]:
    """The sort key of a note's title in a language, and the title that its readers see."""
    said = {one.source.lang: one.fields.short_title or one.fields.title for one in note.notes}
    words = said.get(lang) or next(iter(said.values()))
    return [sort_key(words, lang), words]


def _dates(note: Files) -> dict[str, Any]:
    """When a note holds, and the days on which its page changes by itself. ``said``: by language,
    the days of publication and of changes."""
    facts = note.facts
    return {
        "date": _iso(facts.date),
        "valid_from": _iso(facts.valid_from),
        "valid_until": _iso(facts.valid_until),
        "transition_dates": sorted(day.isoformat() for day in transition_dates(facts)),
        "said": {
            one.source.lang: sorted(day.isoformat() for day in dated(facts, one.fields))
            for one in note.notes
        },
        "has_hours": has_hours(facts),
        "parent": getattr(facts, "parent", None),
    }


def age_of(facts: Any) -> tuple[str, int, str]:
    """The key by which notes are sorted in time: norms by day and number, others by date."""
    said = identity_of(facts)
    if not said:
        return (_iso(facts.date) or "", 0, "")
    number = str(said["number"] or "")
    day = said["date_document"] or _iso(facts.date) or ""
    return (day, value_of(number), number)


def _relations(norm: Any) -> list[Any]:
    """What a norm does to others: type, the other norm as named, first day, provisions."""
    return [
        [
            relation.type,
            relation.norm,
            _iso(first_day(norm, relation)),
            plain_names(relation.provisions),
        ]
        for relation in norm.relations
    ]


def _channels(service: Any, lang: str) -> dict[str, Any]:
    """The channels of a service, past and future ones too, in a language; or why there is none."""
    said = service.no_channel
    return {
        "channels": [
            {
                **in_language(way, lang),
                "id": name,
                "opening_hours": _hours(way.opening_hours, lang, way, service),
            }
            for name, way in zip(channel_ids(service.channels), service.channels, strict=True)
        ],
        "no_channel": said.text(lang) if said else None,
        "no_channel_lang": said.lang(lang) if said else None,
    }


def _reach(contact: Any, lang: str, site: Site) -> dict[str, Any]:
    """How and when a contact is reached, past and future hours too, in a language."""
    said = contact.accessibility
    return {
        "telephones": [
            {**in_language(phone, lang), "shown": shown(phone.number, site.own_country)}
            for phone in contact.telephones
        ],
        "emails": contact.emails,
        "addresses": [in_language(address, lang) for address in contact.address],
        "accessibility": said.text(lang) if said else None,
        "accessibility_lang": said.lang(lang) if said else None,
        "opening_hours": _hours(contact.opening_hours, lang, contact),
        "closures": [in_language(closure, lang) for closure in contact.closures],
        "verified_on": _iso(contact.verified_on),
    }


def _hours(hours: Sequence[Any], lang: str, *within: Any) -> list[dict[str, Any]]:
    """Hours with the days on which they apply; hours that others override are cut in two."""
    return [{**in_language(one.hours, lang), **one.counts(within)} for one in stretches(hours)]


def called_rows(kind: str, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The table and keys under which a note of a kind is found by these names."""
    return (("called", f"{kind} {name}") for name in called(names))


def written(
    references: Iterable[FoundReference], grammar: Grammar
) -> Iterator[tuple[str, str, list[str]]]:
    """What a note names, by the keys on which ``Names.meant`` depends: the name; number and year,
    or the day, of a cited norm."""
    found: dict[str, list[str]] = {}
    for one in references:
        if not one.is_address:
            for key in _keys_of(one.kind, one.written, grammar):
                found.setdefault(key, []).append(one.written)
    yield from (("written", key, names) for key, names in found.items())


def _keys_of(kind: str, written: str, grammar: Grammar) -> Iterator[str]:
    yield name_of(kind, plain_name(written))
    if kind == "norm" and (said := cited_norm(written, grammar)):
        yield from (name_of(kind, key) for key in said.keys)


def rows_of_norm(law: Law, facts: Any) -> Iterator[tuple[str, str, Any]]:
    """The rows by which other norms and citations find a norm, and it finds those that act on
    it."""
    said = identity_of(facts)
    yield "number", f"{number_in_year(said)} {said['year']}", 1
    if said["date_document"]:
        yield "day", said["date_document"], 1
    for address in addresses_of(facts):
        yield "eli", law.eli_key(address), 1
    references = {reference_key(law, relation.norm): 0 for relation in facts.relations}
    whole = {reference_key(law, one.norm): 1 for one in facts.relations if acts_on_whole(one)}
    for reference, is_on_whole in {**references, **whole}.items():
        yield "acting", reference, is_on_whole


def reference_key(law: Law, reference: str) -> str:
    """The key of a reference to a norm, the same for its id and for each version of its address."""
    return law.eli_key(reference) if ELI.fullmatch(reference) else reference


def _refers(note: Files) -> Iterator[tuple[str, Any]]:
    """The notes that a note's text links to, and the norms that it cites, in their order."""
    seen: set[tuple[str, object]] = set()
    for one in note.notes:
        for link in one.body.links:
            found = one.link_targets.get(link.address)
            if found and found.key and ("link", found.key) not in seen:
                seen.add(("link", found.key))
                yield "link", str(Key(*found.key))
        for cited in one.body.citations:
            meaning = Meaning.of(cited.citation)
            if ("cite", meaning) not in seen:
                seen.add(("cite", meaning))
                yield "cite", list(meaning)


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None
