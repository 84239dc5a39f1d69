"""What can only be wrong between notes: names, addresses and links that lead nowhere or clash."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Set
from functools import partial

from ..notes.fields import ELI
from ..notes.internal_errors import guarded
from ..notes.models import TranslatableFields
from ..notes.problem import Problem
from ..notes.read import InvalidNote, Note
from ..notes.references import REFERENCES, SINGLE_REFERENCES, FoundReference
from ..notes.slug import slugify
from ..notes.validation import nearest
from ..words import N_
from .catalogue import Catalogue
from .check_addresses import check_addresses
from .check_citations import check_citations
from .check_days import check_days
from .check_links import check_links, links_of
from .check_norms import check_norm
from .check_own import check_facts
from .entry import Entry, Key
from .memory import Memory
from .opening import has_hours, known_to_end
from .validity import is_online_only

HOLIDAYS_DAYS = 56
"""Days before the end of the last year whose holidays are known: those of the next are official some
weeks before it begins."""


def check(
    catalogue: Catalogue, memory: Memory[list[Problem]], without: Set[Key] = frozenset()
) -> list[Problem]:
    """The problems of each note with the rest of the site. ``memory``: of an earlier check;
    ``without``: the notes that are not asked."""
    found: list[Problem] = []
    for key, entry in catalogue.entries.items():
        if key in without:
            continue
        found += memory.do(check_name(key), partial(check_entry, catalogue, entry))
    found += check_addresses(catalogue)
    return found


def check_name(key: Key) -> str:
    """What the check of a note is remembered by."""
    return " ".join(key)


def check_entry(catalogue: Catalogue, entry: Entry) -> list[Problem]:
    """The problems of one note with the rest of the site."""
    found = guarded(entry.original.source.path, partial(_check_entry, catalogue, entry))
    return [found] if isinstance(found, Problem) else found


def _check_entry(catalogue: Catalogue, entry: Entry) -> list[Problem]:
    catalogue.own(entry)
    found = [*_references(catalogue, entry), *check_links(catalogue, entry)]
    found += check_facts(catalogue, entry)
    found += _translations(catalogue, entry)
    found += _ageing(catalogue, entry)
    found += _online_only(catalogue, entry)
    found += _circles(catalogue, entry)
    found += check_days(catalogue, entry)
    found += check_citations(catalogue, entry)
    if entry.kind == "norm":
        found += check_norm(catalogue, entry)
    return found


def check_unread(catalogue: Catalogue, invalid: InvalidNote) -> Iterator[Problem]:
    """What a file with errors names and links to in vain."""
    for named in invalid.references:
        yield from _named(catalogue, invalid.source.path, named)
    yield from links_of(catalogue, invalid)


def _references(catalogue: Catalogue, entry: Entry) -> Iterator[Problem]:
    for named in _names(entry):
        yield from _named(catalogue, entry.original.source.path, named)


def _names(entry: Entry) -> Iterator[FoundReference]:
    facts, place = entry.facts, entry.original.place
    for name, kind in [*REFERENCES.items(), ("supersedes", entry.kind), ("topics", "topic")]:
        for index, identifier in enumerate(getattr(facts, name)):
            yield FoundReference(kind, identifier, place(name, index))
    for name, kind in SINGLE_REFERENCES.items():
        if (identifier := getattr(facts, name, None)) is not None:
            yield FoundReference(kind, identifier, place(name))
    for index, relation in enumerate(getattr(facts, "relations", ())):
        if relation.norm is not None:
            yield FoundReference("norm", relation.norm, place("relations", index, "norm"))


def _named(catalogue: Catalogue, path: str, named: FoundReference) -> Iterator[Problem]:
    kind, identifier = named.kind, named.id
    if kind == "topic":
        topics = catalogue.site.topics
        if identifier not in topics:
            meant = _topic_called(catalogue, identifier) or nearest(identifier, list(topics), LIKE)
            yield _no_such(path, named, meant, ", ".join(topics))
    elif not (catalogue.known.has(kind, identifier) or _is_act(kind, identifier)):
        ids = catalogue.known.ids(kind)
        meant = catalogue.called(kind, identifier) or nearest(identifier, ids, LIKE)
        yield _no_such(path, named, meant)


def _is_act(kind: str, identifier: str) -> bool:
    return kind == "norm" and bool(ELI.fullmatch(identifier))


LIKE = 0.7
"""How much ids must be alike for one to be offered for the other."""


def _topic_called(catalogue: Catalogue, name: str) -> str:
    wanted = slugify(name)
    for identifier, names in catalogue.site.topics.items():
        if wanted and wanted in map(slugify, names.root.values()):
            return identifier
    return ""


_NONE = {
    "contact": N_("there is no contact with the id “%(id)s”"),
    "service": N_("there is no service with the id “%(id)s”"),
    "norm": N_("there is no norm with the id “%(id)s”"),
    "notice": N_("there is no notice with the id “%(id)s”"),
    "page": N_("there is no page with the id “%(id)s”"),
    "topic": N_("there is no topic with the id “%(id)s”"),
}


def _no_such(path: str, named: FoundReference, meant: str, topics: str = "") -> Problem:
    kind, identifier, place = named
    if meant:
        hint = N_("did you mean %(guess)s?")
    elif kind == "topic" and topics:
        hint = N_("the topics are: %(topics)s")
    elif kind == "topic":
        hint = N_("site.yaml has no topics: add it there, or remove it here")
    else:
        hint = N_("write the name of its file, without .md")
    values = {"id": identifier[:60], "guess": meant, "topics": topics[:300]}
    fix = (identifier, meant) if meant else None
    return Problem(path, *place, "unknown-reference", _NONE[kind], hint, values, fix)


def _translations(catalogue: Catalogue, entry: Entry) -> Iterator[Problem]:
    missing = [
        lang
        for lang in catalogue.site.languages
        if not entry.has(lang) and not catalogue.known.is_translated(entry.key, lang)
    ]
    if missing and entry.facts.status == "published":
        yield entry.original.problem(
            "translation-missing",
            N_("this note is not translated into: %(languages)s"),
            N_("write %(file)s.md with its title, summary and text"),
            languages=", ".join(missing),
            file=f"{entry.id}.{missing[0]}",
        )
    own = {change.date for change in entry.facts.changes}
    for note in entry.translations.values():
        words = note.fields
        assert isinstance(words, TranslatableFields)
        behind = own - {change.date for change in words.changes}
        if behind:
            yield note.problem(
                "translation-outdated",
                N_("the original changed on %(date)s, and this translation does not say so"),
                N_("bring the text up to date and add that day to its changes"),
                "changes",
                date=max(behind).isoformat(),
            )


def _ageing(catalogue: Catalogue, entry: Entry) -> Iterator[Problem]:
    facts, day = entry.facts, catalogue.day
    verified = getattr(facts, "verified_on", None)
    if (
        verified
        and not catalogue.is_past(entry)
        and _months_between(verified, day) >= catalogue.site.stale_after_months
    ):
        yield entry.original.problem(
            "stale-contact",
            N_("these facts were last verified on %(date)s"),
            N_("check them again and write today's date"),
            "verified_on",
            date=verified.isoformat(),
        )


def _online_only(catalogue: Catalogue, entry: Entry) -> Iterator[Problem]:
    """Law 39/2015, article 14.1: natural persons choose whether to use electronic means, unless they
    are obliged to."""
    facts = entry.facts
    if (
        entry.kind == "service"
        and not facts.online_only_norm
        and is_online_only(facts.channels, catalogue.day)
    ):
        yield entry.original.problem(
            "online-only",
            N_("this service can be had online alone, and no norm is named that obliges to that"),
            N_("add a channel for who does it otherwise, or online_only_norm with the norm's id"),
            "channels",
        )


def _months_between(first: datetime.date, last: datetime.date) -> int:
    """Whole months."""
    return (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)


def _circles(catalogue: Catalogue, entry: Entry) -> Iterator[Problem]:
    """A contact above itself, a note that replaces itself."""
    if entry.kind == "contact" and _comes_back(catalogue, entry, "parent"):
        yield _circle(entry.original, "parent")
    if _comes_back(catalogue, entry, "supersedes"):
        yield _circle(entry.original, "supersedes")


def _comes_back(catalogue: Catalogue, entry: Entry, name: str) -> bool:
    seen: set[str] = set()
    waiting = [entry]
    while waiting:
        value = getattr(waiting.pop().facts, name)
        for identifier in [value] if isinstance(value, str) else value or ():
            if identifier == entry.id:
                return True
            if identifier not in seen:
                seen.add(identifier)
                if following := catalogue.get(entry.kind, identifier):
                    waiting.append(following)
    return False


def _circle(note: Note, *path: str | int) -> Problem:
    return note.problem(
        "contradicting-relation",
        N_("this leads back to the note itself"),
        N_("name another note, or remove the field"),
        *path,
    )


def check_organisation(
    catalogue: Catalogue, places: Mapping[tuple[str | int, ...], tuple[int, int]]
) -> Iterator[Problem]:
    """The contact whose site this is must be one."""
    organisation = catalogue.site.organisation
    if not catalogue.known.has("contact", organisation):
        place = places.get(("organisation",), (1, 1))
        yield from _named(
            catalogue, "content/site.yaml", FoundReference("contact", organisation, place)
        )


def check_holidays(
    catalogue: Catalogue, places: Mapping[tuple[str | int, ...], tuple[int, int]]
) -> Iterator[Problem]:
    """Pages say that they go by the usual hours once the holidays are known no longer."""
    ends = known_to_end(catalogue.site.holidays_known, catalogue.day)
    if ends is None or ends > catalogue.day + datetime.timedelta(days=HOLIDAYS_DAYS):
        return
    if ends < catalogue.day and not any(has_hours(e.facts) for e in catalogue.entries.values()):
        return
    following = max(ends.year + 1, catalogue.day.year)
    yield Problem(
        "content/site.yaml",
        *places.get(("holidays_known",), (1, 1)),
        "expiring-soon",
        N_("the holidays are known until %(date)s; after it pages speak of the usual hours"),
        N_("add the holidays of %(year)d, then write holidays_known: [%(years)s]"),
        {
            "date": ends.isoformat(),
            "year": following,
            "years": ", ".join(map(str, sorted({*catalogue.site.holidays_known, following}))),
        },
    )
