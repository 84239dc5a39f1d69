"""All notes together, on one day: who is what, where, and what it has to do with the others."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from typing import Any, Protocol, TypeVar

from ..citations.recognise import Citation, citations
from ..notes.address import decoded, encoded, file_of, whole
from ..notes.body import BodyMarkup
from ..notes.models import Closure, OutsideAct
from ..notes.references import REFERENCES
from ..notes.site import Gone, Site
from ..notes.slug import slugify
from . import addresses
from .entry import Entry, Key
from .filled import filled
from .force import ALIVE, Effect, effects, force, force_edges, force_of_provisions, life
from .known import Known, is_of_known
from .links import Target, resolve
from .old import Variant, variants
from .opening import has_hours, holiday_edges, holidays, holidays_known_until
from .places import places_at
from .resolve import Resolution, resolve_citation
from .succession import ALWAYS, ONE_AT_A_TIME, Places, heirs, takes_place_on, waiting
from .trace import Question, around, asks, of_notes, of_state, of_text
from .validity import PAST, State, dated, edges, state_of

Date = datetime.date
T = TypeVar("T")


_IN_BRACKETS = re.compile(r"\(([^()]+)\)")


class relation(cached_property[T]):
    """What follows from all notes together, as plain data: it names notes by their keys.

    Where nothing that it follows from changed it is taken from ``remembered``, so that for one
    page not all notes need be looked at.
    """

    def __init__(self, work_out: Callable[[Any], T]) -> None:
        name = work_out.__name__

        def recall(catalogue: Catalogue) -> T:
            found = catalogue.remembered.get(name)
            return work_out(catalogue) if found is None else found

        super().__init__(recall)
        RELATIONS.append(name)


RELATIONS: list[str] = []
"""Names of what a catalogue works out of all notes."""


class Texts(Protocol):
    """The notes' texts by their files."""

    def __getitem__(self, path: str) -> BodyMarkup: ...

    def fetch(self, path: str) -> None:
        """Have it at hand, for processes of their own."""


@dataclass(frozen=True)
class Catalogue:
    """``entries`` in the order of their files. Drafts are among them only in a preview.
    ``remembered``: its relations by name, as far as they are known to be what they were. ``url``: of
    the site, without a slash at its end."""

    site: Site
    day: Date
    entries: Mapping[Key, Entry]
    known: Known
    gone: Sequence[Gone] = ()
    has_placeholders: bool = False
    texts: Texts = field(repr=False, kw_only=True)
    url: str = field(kw_only=True)
    remembered: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @asks(lambda kind, identifier: [("note", Key(kind, identifier))])
    def get(self, kind: str, identifier: str) -> Entry | None:
        return self.entries.get(Key(kind, identifier))

    @asks(lambda kind: [("listed", kind)])
    def every(self, kind: str) -> list[Entry]:
        return self._at(self._by_kind.get(kind, ()))

    def _at(self, keys: Iterable[Key]) -> list[Entry]:
        return [self.entries[key] for key in keys]

    @relation
    def _by_kind(self) -> Mapping[str, list[Key]]:
        found: dict[str, list[Key]] = defaultdict(list)
        for key in self.entries:
            found[key.kind].append(key)
        return found

    @asks(lambda kind: [("listed", kind)])
    def listed(self, kind: str) -> list[Entry]:
        """Those that may stand in a list: all but the hidden ones."""
        return [entry for entry in self.every(kind) if is_listed(entry)]

    @asks(lambda kind, identifiers: [("note", Key(kind, one)) for one in identifiers])
    def named(self, kind: str, identifiers: Sequence[str]) -> list[Entry]:
        """The entries with these ids that may be shown, in the order given."""
        found = (self.get(kind, identifier) for identifier in identifiers)
        return [entry for entry in found if entry and is_listed(entry)]

    @asks(lambda kind, name: [("called", (kind, name))])
    def called(self, kind: str, name: str) -> str:
        """The id of the note of a kind that has this name in some language: its title, its short
        title, an alias, or what stands in brackets in one of these; '' if there is none."""
        return self._called.get((kind, slugify(name)), "")

    @cached_property
    def _called(self) -> Mapping[tuple[str, str], str]:
        found: dict[tuple[str, str], str] = {}
        for entry in self.entries.values():
            for lang in entry.languages:
                fields = entry.note(lang).fields
                names = [fields.title, fields.short_title or "", *getattr(fields, "aliases", ())]
                names += [one for name in names for one in _IN_BRACKETS.findall(name)]
                for name in names:
                    found.setdefault((entry.kind, slugify(name)), entry.id)
        return {key: identifier for key, identifier in found.items() if key[1]}

    @asks(lambda identifier, *_: [("naming", identifier)])
    def naming(self, identifier: str, kind: str, field_name: str) -> list[Entry]:
        """The listed notes of a kind that name this id in a field such as ``departments``."""
        return self._at(self._naming.get((kind, field_name, identifier), ()))

    @relation
    def _naming(self) -> Mapping[tuple[str, str, str], list[Key]]:
        found: dict[tuple[str, str, str], list[Key]] = defaultdict(list)
        for entry in filter(is_listed, self.entries.values()):
            for name in (*REFERENCES, "topics"):
                for identifier in dict.fromkeys(getattr(entry.facts, name)):
                    found[entry.kind, name, identifier].append(entry.key)
        return found

    # -- time -----------------------------------------------------------------------------------

    @asks(of_state)
    def state(self, entry: Entry) -> State:
        return self._states[entry.key]

    @relation
    def _states(self) -> Mapping[Key, State]:
        return {key: self._state(entry) for key, entry in self.entries.items()}

    def _state(self, entry: Entry) -> State:
        if entry.kind == "norm":
            return force(entry.facts, self._effects.get(entry.key, ()), self.day)
        return state_of(entry.facts, self._superseded_on(entry), self.day)

    @asks(of_state)
    def life(self, norm: Entry) -> list[State]:
        """A norm's states, one after the other, past and to come."""
        if norm.key not in self._lives:
            self._lives[norm.key] = life(norm.facts, self._effects.get(norm.key, ()))
        return self._lives[norm.key]

    @cached_property
    def _lives(self) -> dict[Key, list[State]]:
        return {}

    @asks(of_state)
    def state_of_provisions(self, norm: Entry, provisions: Sequence[str]) -> State | None:
        """That these provisions of a norm are not in force, or not yet, where the norm is."""
        if not provisions or self.state(norm).word not in ALIVE:
            return None
        return force_of_provisions(self._effects.get(norm.key, ()), provisions, self.day)

    @asks(around)
    def leans_on(self, entry: Entry) -> list[Entry]:
        """The norms that a note is about by its fields, or names in its text."""
        named = self.named("norm", entry.facts.norms)
        mentioned = [key for key in self._mentions[entry.key] if key.kind == "norm"]
        return list({norm.key: norm for norm in (*named, *self._at(mentioned))}.values())

    @asks(of_state)
    def edges(self, entry: Entry) -> Set[Date]:
        """The days on which what is said of this note changes by itself."""
        return self._edges[entry.key]

    @relation
    def _edges(self) -> Mapping[Key, Set[Date]]:
        return {key: self._edges_of(entry) for key, entry in self.entries.items()}

    def _edges_of(self, entry: Entry) -> Set[Date]:
        days = edges(entry.facts)
        if entry.kind == "norm":
            effects = self._effects.get(entry.key, ())
            days |= force_edges(entry.facts, effects)
            days |= {effect.begins for effect in effects if effect.begins}
        days |= {since for since, _ in self._places.get(entry.key, ())}
        days |= self._takes_places_on.get(entry.key, set())
        days.discard(ALWAYS)
        return days | self._holiday_edges if has_hours(entry.facts) else days

    @cached_property
    def holidays(self) -> list[Closure]:
        """The site's holidays as far as it says them: of this year and the next, in their order."""
        return holidays(self.site.holidays, self.day)

    @property
    def holidays_known_until(self) -> Date | None:
        """The last day up to which ``holidays`` has every one."""
        return holidays_known_until(self.site.holidays_known, self.day)

    @cached_property
    def _holiday_edges(self) -> set[Date]:
        return holiday_edges(self.site.holidays, self.site.holidays_known, self.day)

    @asks(of_state)
    def is_current(self, entry: Entry) -> bool:
        return self.state(entry).word == "current"

    def _superseded_on(self, entry: Entry) -> Date | None:
        return min((since for since, _ in self._places.get(entry.key, ())), default=None)

    # -- who takes whose place ------------------------------------------------------------------

    @asks(around)
    def successors(self, entry: Entry) -> list[Entry]:
        """The notes that replace a note."""
        return self._at(self._successors.get(entry.key, ()))

    @relation
    def _successors(self) -> Mapping[Key, list[Key]]:
        found: dict[Key, list[Key]] = defaultdict(list)
        for entry in self.entries.values():
            for identifier in entry.facts.supersedes:
                found[Key(entry.kind, identifier)].append(entry.key)
        return found

    @cached_property
    def _places(self) -> Places:
        """By those that may be shown. Of a norm its relations say what becomes of it."""
        return {
            key: [
                (takes_place_on(new.facts, self.entries[key].facts), new.key)
                for new in filter(is_listed, self._at(others))
            ]
            for key, others in self._successors.items()
            if key in self.entries and key.kind != "norm"
        }

    @cached_property
    def _takes_places_on(self) -> Mapping[Key, set[Date]]:
        found: dict[Key, set[Date]] = defaultdict(set)
        for taking in self._places.values():
            for since, key in taking:
                found[key].add(since)
        return found

    @asks(of_state)
    def heirs(self, entry: Entry) -> list[Entry]:
        """Who stands for a note today: itself, or those that took its place."""
        return self._at(self._heirs.get(entry.key, (entry.key,)))

    @relation
    def _heirs(self) -> Mapping[Key, list[Key]]:
        return heirs(self._places, self.day)

    @asks(of_state)
    def stands_for(self, entry: Entry) -> list[Entry]:
        """The notes whose place it has today."""
        return self._at(self._stands_for.get(entry.key, ()))

    @relation
    def _stands_for(self) -> Mapping[Key, list[Key]]:
        found: dict[Key, list[Key]] = defaultdict(list)
        for key, others in self._heirs.items():
            for other in others:
                found[other].append(key)
        return found

    @asks(of_state)
    def has_its_place(self, entry: Entry) -> bool:
        """Whether lists of today show it, and neither who took its place nor whose it will take."""
        return entry.key not in self._heirs and entry.key not in self._waiting

    def is_shown(self, entry: Entry) -> bool:
        """Whether lists of today show it or who stands for it."""
        return entry.kind not in ONE_AT_A_TIME or entry.key not in self._waiting

    @relation
    def _waiting(self) -> Set[Key]:
        return waiting(self._places, self.day)

    def is_past(self, entry: Entry) -> bool:
        return self.state(entry).word in PAST

    def named_now(self, entry: Entry, name: str) -> list[Entry]:
        """The notes that a note names in one of ``REFERENCES``: for each who stands for it today. A
        note that is itself over names those of its time."""
        kind, identifiers = REFERENCES[name], getattr(entry.facts, name)
        if name == "norms" or self.is_past(entry):
            return self.named(kind, identifiers)
        found = filter(None, (self.get(kind, identifier) for identifier in identifiers))
        return _each(heir for other in found for heir in self.heirs(other) if is_listed(heir))

    def naming_now(self, entry: Entry, kind: str, name: str) -> list[Entry]:
        """The listed notes of a kind that ``named_now`` leads to this one."""
        found = self.naming(entry.id, kind, name)
        if entry not in self.heirs(entry):
            found = list(filter(self.is_past, found))
        for before in self.stands_for(entry):
            others = self.naming(before.id, kind, name)
            found += [other for other in others if not self.is_past(other)]
        return _each(found)

    def notices_about(self, entry: Entry, name: str) -> list[Entry]:
        """The notices that name a note. For one that was replaced, what replaced it."""
        found = self.naming_now(entry, "notice", name)
        if entry not in self.heirs(entry):
            return found
        return _each(heir for notice in found for heir in self.heirs(notice))

    @property
    def organisation(self) -> Entry | None:
        """The contact that stands for the whole administration today."""
        named = self.get("contact", self.site.organisation)
        return self.heirs(named)[0] if named else None

    @asks(of_state)
    def effects(self, norm: Entry) -> list[Effect]:
        """What is done to a norm, and by which: the relations, seen from the other side."""
        return self._effects.get(norm.key, [])

    @relation
    def _effects(self) -> Mapping[Key, list[Effect]]:
        norms = {entry.key: entry.facts for entry in self.every("norm")}
        return effects(norms, self._norm_key)

    def _norm_key(self, reference: str) -> Key | None:
        entry = self.norm_named(reference)
        return entry.key if entry else None

    @asks(of_notes)
    def norm(self, key: Key) -> Entry:
        """A norm that is known to be there, as the acting one of an effect is."""
        return self.entries[key]

    @asks(lambda reference: [("named", reference)])
    def norm_named(self, reference: str) -> Entry | None:
        """A norm by its id or by its ELI address."""
        by_eli = self._by_eli.get(reference)
        return self.get("norm", reference) or (self.entries[by_eli] if by_eli else None)

    @relation
    def _by_eli(self) -> Mapping[str, Key]:
        return {entry.facts.eli: entry.key for entry in self.every("norm") if entry.facts.eli}

    def numbered(self, number: str | None, year: int | None) -> list[Entry]:
        """The norms of a number and year, of whatever type and whoever's."""
        return self._at(self._norms_by_number.get((number, year), ()))

    @relation
    def _norms_by_number(self) -> Mapping[tuple[str | None, int | None], list[Key]]:
        found: dict[tuple[str | None, int | None], list[Key]] = defaultdict(list)
        for entry in self.every("norm"):
            said = entry.identity
            found[said["number"], said["year"]].append(entry.key)
        return found

    def of_day(self, day: Date) -> list[Entry]:
        """The norms whose own date that is."""
        return self._at(self._norms_by_day.get(day.isoformat(), ()))

    @relation
    def _norms_by_day(self) -> Mapping[str, list[Key]]:
        found: dict[str, list[Key]] = defaultdict(list)
        for entry in self.every("norm"):
            found[entry.identity["date_document"]].append(entry.key)
        return found

    # -- places ---------------------------------------------------------------------------------

    @asks(of_notes)
    def address(self, entry: Entry, lang: str) -> str:
        """Where a reader of that language finds it: in another language if it is in no other."""
        return addresses.of_entry(self.site, entry, lang)

    @relation
    def addresses(self) -> Mapping[str, str]:
        """Every address that answers with a page, and what stands there: see ``addresses.pages``."""
        notes = (entry.note(lang) for entry in self.entries.values() for lang in entry.languages)
        of_notes = {addresses.of_note(self.site, note): note.source.kind for note in notes}
        return {**of_notes, **addresses.pages(self.site)}

    @asks(lambda address: [("address", address)])
    def answers(self, address: str) -> bool:
        """Whether something of the site answers at an address, from its root and without a query or
        a fragment, however it is typed: a page, a file of the editors, or one that the site makes.
        What only says that something moved or is gone does not count."""
        there = whole(address)
        folder, _, name = there.rpartition("/")
        page = self.addresses.get(f"{folder}/")
        return (
            there in self.addresses
            or (page is not None and name in addresses.beside(page))
            or there in self._of_whole
            or self.known.has_file(decoded(address).strip("/"))
            or self.known.has_file(file_of(there))
        )

    @asks(lambda there: [("variants", there)])
    def variants(self, there: str) -> list[Variant]:
        """The old addresses that only their queries tell apart, by the place of what stands before."""
        return self.old_variants.get(there, [])

    @relation
    def old_variants(self) -> Mapping[str, list[Variant]]:
        return variants(self)

    @cached_property
    def _of_whole(self) -> frozenset[str]:
        found = {*addresses.of_whole(self.site)}
        found |= {encoded(f"/theme/{path}") for path in self.known.theme}
        top = self.entries.get(Key("contact", self.site.organisation))
        if top and top.facts.emails:
            found.add("/.well-known/security.txt")
        return frozenset(found)

    @asks(lambda name: [("filled", name)])
    def is_filled(self, name: str) -> bool:
        """Whether a section's or a topic's page lists anything; see ``filled``."""
        return name in self._filled

    @relation
    def _filled(self) -> frozenset[str]:
        return filled(self)

    @asks(lambda address: [("places", address)])
    def places(self, address: str) -> frozenset[str] | None:
        """What a fragment may name there; see ``places_at``."""
        return places_at(self, address)

    @relation
    def notes_at(self) -> Mapping[str, tuple[Key, str]]:
        """Which note stands at an address, and in which language."""
        return {
            addresses.of_note(self.site, entry.note(lang)): (entry.key, lang)
            for entry in self.entries.values()
            for lang in entry.languages
        }

    @asks(around)
    def parents(self, contact: Entry) -> list[Entry]:
        """What a contact belongs to today, the nearest last; what is hidden or wrong ends the line.
        Nothing, where that would lead back to it, as others took the place of what is above it."""
        line: list[Entry] = []
        current = contact
        while current.facts.parent and (named := self.get("contact", current.facts.parent)):
            above = self.heirs(named)[0]
            if above is contact:
                return []
            if above in line or not is_listed(above):
                break
            line.insert(0, above)
            current = above
        return line

    @asks(around)
    def children(self, contact: Entry) -> list[Entry]:
        return self._at(self._children.get(contact.id, ()))

    @relation
    def _children(self) -> Mapping[str, list[Key]]:
        found: dict[str, list[Key]] = defaultdict(list)
        for entry in filter(self.has_its_place, self.listed("contact")):
            for above in self.parents(entry)[-1:]:
                found[above.id].append(entry.key)
        return found

    # -- words ----------------------------------------------------------------------------------

    @asks(of_text)
    def target(self, entry: Entry, lang: str, link_address: str) -> Target | None:
        """Where a link in the note's text leads, for readers of a language."""
        return resolve(self, entry.note(lang), link_address, lang)

    @asks(of_text)
    def cited(self, entry: Entry, citation: Citation) -> Resolution:
        """Which norm a citation in the note's text means."""
        return resolve_citation(self, citation)

    @asks(of_text)
    def acting(self, entry: Entry, act: OutsideAct) -> Entry | None:
        """The norm with a note here that an act of the note's ``done_by_others`` is, if it is one."""
        cited = next(iter(citations(act.by.text(entry.original.source.lang))), None)
        return resolve_citation(self, cited).norm if cited and cited.start == 0 else None

    @asks(around)
    def mentions(self, entry: Entry) -> list[Entry]:
        """The listed notes that a note's text links to or cites, in any of its languages, each once."""
        return self._at(self._mentions[entry.key])

    @asks(around)
    def mentioned_in(self, entry: Entry) -> list[Entry]:
        """The listed notes whose text links to or cites a note."""
        return self._at(self._mentioned_in.get(entry.key, ()))

    def _leads(self, entry: Entry) -> list[tuple[Target | None, Resolution | None]]:
        """Where each link of a note's text leads, and which norm each citation means."""
        if entry.key not in self._led:
            self._led[entry.key] = list(self._leads_of(entry))
        return self._led[entry.key]

    @cached_property
    def _led(self) -> dict[Key, list[tuple[Target | None, Resolution | None]]]:
        return {}

    def _leads_of(self, entry: Entry) -> Iterator[tuple[Target | None, Resolution | None]]:
        for lang in entry.languages:
            note = entry.note(lang)
            for link in note.body.links:
                yield resolve(self, note, link.address, lang), None
            for cited in note.body.citations:
                yield None, resolve_citation(self, cited.citation)

    @relation
    def _mentions(self) -> Mapping[Key, list[Key]]:
        return {
            entry.key: list(dict.fromkeys(self._named_by(entry))) for entry in self.entries.values()
        }

    def _named_by(self, entry: Entry) -> Iterator[Key]:
        for target, cited in self._leads(entry):
            other = target.entry if target else cited and cited.norm
            if other and is_listed(other) and other is not entry:
                yield other.key

    @relation
    def _mentioned_in(self) -> Mapping[Key, list[Key]]:
        found: dict[Key, list[Key]] = defaultdict(list)
        for key, targets in self._mentions.items():
            if is_listed(self.entries[key]):
                for target in targets:
                    found[target].append(key)
        return found

    @asks(of_text)
    def markup(self, entry: Entry, lang: str) -> BodyMarkup:
        """The note's text in that language, or in its own."""
        return self.texts[entry.note(lang).source.path]

    @asks(of_text)
    def own(self, entry: Entry) -> Entry:
        """The note itself, for whoever reads all that is in it."""
        return entry

    def load(self) -> None:
        """Have all of it at hand."""
        for entry in self.entries.values():
            assert entry
        self.relations()

    def relations(self) -> dict[str, Any]:
        """All of them, to be remembered."""
        found = ((name, getattr(self, name)) for name in RELATIONS)
        return {name: dict(said) if isinstance(said, dict) else said for name, said in found}

    # -- what has changed -----------------------------------------------------------------------

    def answer(self, asked: Question) -> bytes:
        """What a question is answered now, as a digest; see ``trace``."""
        if asked not in self._answers:
            answer = self.known.answer if is_of_known(asked) else self._answer
            self._answers[asked] = digest_of(answer(*asked))
        return self._answers[asked]

    @cached_property
    def _answers(self) -> dict[Question, bytes]:
        return {}

    def _answer(self, what: str, of: Any) -> Any:
        match what:
            case "note" | "state" | "text" | "around" if of not in self.entries:
                return None
            case "note":
                entry = self.entries[of]
                return [
                    (note.source.path, note.public_digest)
                    for note in map(entry.note, entry.languages)
                ]
            case "state":
                return self._standing(self.entries[of])
            case "text":
                return self._text(self.entries[of])
            case "around":
                return self._around(self.entries[of])
            case "called":
                return self.called(*of)
            case "listed":
                return [key.id for key in self._by_kind.get(of, ())]
            case "naming":
                return self._names.get(of)
            case "named":
                return (norm := self.norm_named(of)) and norm.id
            case "address":
                return self.answers(of)
            case "places":
                places = self.places(of)
                return places and sorted(places)
            case "variants":
                return self.variants(of)
            case "filled":
                return self.is_filled(of)
        raise ValueError(what)

    def _standing(self, entry: Entry) -> Any:
        key = entry.key
        said: list[Any] = [
            self._states[key],
            sorted(self._edges[key]),
            list(self._heirs.get(key, ())),
            list(self._stands_for.get(key, ())),
            key in self._waiting,
        ]
        if entry.kind == "norm":
            done = self._effects.get(entry.key, ())
            said += [self.life(entry), [(e.by, e.begins, e.ends, e.relation) for e in done]]
        return said

    def _text(self, entry: Entry) -> Any:
        notes = [note.digest for note in map(entry.note, entry.languages)]
        acts = [self.acting(entry, act) for act in getattr(entry.facts, "done_by_others", ())]
        return (
            notes,
            [act and act.id for act in acts],
            [
                (
                    target and (target.address, target.lang),
                    cited and (cited.reason, _keys(cited.candidates)),
                )
                for target, cited in self._leads(entry)
            ],
        )

    def _around(self, entry: Entry) -> Any:
        found = (
            self._successors.get(entry.key, ()),
            self._mentions[entry.key],
            self._mentioned_in.get(entry.key, ()),
            *(
                (_keys(self.parents(entry)), self._children.get(entry.id, ()))
                if entry.kind == "contact"
                else ()
            ),
        )
        return list(map(list, found))

    @cached_property
    def _names(self) -> Mapping[str, list[Any]]:
        """Who names an id, by kind and field."""
        found: dict[str, list[Any]] = defaultdict(list)
        for (kind, name, identifier), keys in self._naming.items():
            found[identifier].append((kind, name, keys))
        return found

    def all_edges(self) -> Iterator[Date]:
        for days in self._edges.values():
            yield from days
        for entry in self.entries.values():
            for lang in entry.languages:
                yield from dated(entry.facts, entry.note(lang).fields)
        yield from (gone.date for gone in self.gone)
        yield from self._holiday_edges

    def next_change(self) -> Date | None:
        """The next day on which a page changes without a commit."""
        return min((day for day in self.all_edges() if day > self.day), default=None)


def digest_of(value: Any) -> bytes:
    """Of what is written the same way for equal values: texts, numbers, dates, lists, models."""
    return blake2b(repr(value).encode(), digest_size=16).digest()


def _each(entries: Iterable[Entry]) -> list[Entry]:
    """Each once, in the order in which they come."""
    return list({entry.key: entry for entry in entries}.values())


def _keys(entries: Iterable[Entry]) -> list[Key]:
    return [entry.key for entry in entries]


def is_listed(entry: Entry) -> bool:
    return bool(entry.facts.status != "hidden")
