"""All notes together, on one day: who is what, where, and what it has to do with the others."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property

from ..notes.models import Closure
from ..notes.site import Gone, Site
from . import addresses
from .entry import Entry, Key
from .force import Effect, effects, force, force_edges, force_of_provisions, life
from .links import Target, resolve
from .opening import has_hours, holiday_edges, holidays
from .resolve import resolve_citation
from .validity import State, edges, state_of

Date = datetime.date

REFERENCES = {"departments": "contact", "services": "service", "norms": "norm"}
"""Fields of every kind that name other notes, and the kind they name."""


@dataclass(frozen=True)
class Catalogue:
    """``entries`` in the order of their files. Drafts are among them only in a preview."""

    site: Site
    day: Date
    entries: Mapping[Key, Entry]
    gone: Sequence[Gone] = ()
    files: frozenset[str] = frozenset()
    has_placeholders: bool = False

    def get(self, kind: str, identifier: str) -> Entry | None:
        return self.entries.get(Key(kind, identifier))

    def every(self, kind: str) -> list[Entry]:
        return [entry for entry in self.entries.values() if entry.kind == kind]

    def listed(self, kind: str) -> list[Entry]:
        """Those that may stand in a list: all but the hidden ones."""
        return [entry for entry in self.every(kind) if is_listed(entry)]

    def named(self, kind: str, identifiers: Iterable[str]) -> list[Entry]:
        """The entries with these ids that may be shown, in the order given."""
        found = (self.get(kind, identifier) for identifier in identifiers)
        return [entry for entry in found if entry and is_listed(entry)]

    def naming(self, identifier: str, kind: str, field_name: str) -> list[Entry]:
        """The listed notes of a kind that name this id in a field such as ``departments``."""
        return self._naming.get((kind, field_name, identifier), [])

    @cached_property
    def _naming(self) -> Mapping[tuple[str, str, str], list[Entry]]:
        found: dict[tuple[str, str, str], list[Entry]] = defaultdict(list)
        for entry in filter(is_listed, self.entries.values()):
            for name in (*REFERENCES, "topics"):
                for identifier in dict.fromkeys(getattr(entry.facts, name)):
                    found[entry.kind, name, identifier].append(entry)
        return found

    # -- time -----------------------------------------------------------------------------------

    def state(self, entry: Entry) -> State:
        return self._states[entry.key]

    @cached_property
    def _states(self) -> Mapping[Key, State]:
        return {key: self._state(entry) for key, entry in self.entries.items()}

    def _state(self, entry: Entry) -> State:
        if entry.kind == "norm":
            return force(entry.facts, self.effects.get(entry.key, ()), self.day)
        return state_of(entry.facts, self._superseded_on(entry), self.day)

    def life(self, norm: Entry) -> list[State]:
        """A norm's states, one after the other, past and to come."""
        return life(norm.facts, self.effects.get(norm.key, ()))

    def state_of_provisions(self, norm: Entry, provisions: Sequence[str]) -> State | None:
        """That these provisions of a norm are repealed or suspended, where the norm is not."""
        if not provisions or self.state(norm).word != "partly-in-force":
            return None
        return force_of_provisions(self.effects[norm.key], provisions, self.day)

    def leans_on(self, entry: Entry) -> list[Entry]:
        """The norms that a note is about by its fields, or names in its text."""
        named = self.named("norm", entry.facts.norms)
        mentioned = [other for other in self.mentions[entry.key] if other.kind == "norm"]
        return list({norm.key: norm for norm in (*named, *mentioned)}.values())

    def edges(self, entry: Entry) -> Set[Date]:
        """The days on which what is said of this note changes by itself."""
        return self._edges[entry.key]

    @cached_property
    def _edges(self) -> Mapping[Key, Set[Date]]:
        return {key: self._edges_of(entry) for key, entry in self.entries.items()}

    def _edges_of(self, entry: Entry) -> Set[Date]:
        days = edges(entry.facts)
        if entry.kind == "norm":
            days |= force_edges(entry.facts, self.effects.get(entry.key, ()))
        if superseded := self._superseded_on(entry):
            days.add(superseded)
        return days | self._holiday_edges if has_hours(entry.facts) else days

    @cached_property
    def holidays(self) -> list[Closure]:
        """The site's holidays as far as it says them: of this year and the next, in their order."""
        return holidays(self.site.holidays, self.day)

    @cached_property
    def _holiday_edges(self) -> set[Date]:
        return holiday_edges(self.site.holidays, self.day)

    def is_current(self, entry: Entry) -> bool:
        return self.state(entry).word == "current"

    def _superseded_on(self, entry: Entry) -> Date | None:
        days = [
            other.facts.valid_from or other.facts.date
            for other in self.successors.get(entry.key, ())
        ]
        return min((day for day in days if day), default=None)

    @cached_property
    def successors(self) -> Mapping[Key, list[Entry]]:
        """Which notes replace a note."""
        found: dict[Key, list[Entry]] = defaultdict(list)
        for entry in self.entries.values():
            for identifier in entry.facts.supersedes:
                found[Key(entry.kind, identifier)].append(entry)
        return found

    @cached_property
    def effects(self) -> Mapping[Key, list[Effect]]:
        """What is done to a norm, and by which: the relations, seen from the other side."""
        norms = {entry.key: entry.facts for entry in self.every("norm")}
        return effects(norms, self._norm_key)

    def _norm_key(self, reference: str) -> Key | None:
        entry = self.norm_named(reference)
        return entry.key if entry else None

    def norm_named(self, reference: str) -> Entry | None:
        """A norm by its id or by its ELI address."""
        return self.get("norm", reference) or self._by_eli.get(reference)

    @cached_property
    def _by_eli(self) -> Mapping[str, Entry]:
        return {entry.facts.eli: entry for entry in self.every("norm") if entry.facts.eli}

    @cached_property
    def norms_by_number(self) -> Mapping[tuple[str | None, int | None], list[Entry]]:
        """The norms of a number and year, of whatever type and whoever's."""
        found: dict[tuple[str | None, int | None], list[Entry]] = defaultdict(list)
        for entry in self.every("norm"):
            said = entry.identity
            found[said["number"], said["year"]].append(entry)
        return found

    # -- places ---------------------------------------------------------------------------------

    def address(self, entry: Entry, lang: str) -> str:
        """Where a reader of that language finds it: in another language if it is in no other."""
        return addresses.of_entry(self.site, entry, lang)

    @cached_property
    def addresses(self) -> frozenset[str]:
        """Every address that answers with a page."""
        notes = (entry.note(lang) for entry in self.entries.values() for lang in entry.languages)
        return frozenset(
            {*addresses.pages(self.site), *(addresses.of_note(self.site, note) for note in notes)}
        )

    def parents(self, contact: Entry) -> list[Entry]:
        """What a contact belongs to, the nearest last; what is hidden or wrong ends the line."""
        line: list[Entry] = []
        current = contact
        while current.facts.parent and (above := self.get("contact", current.facts.parent)):
            if above in line or not is_listed(above):
                break
            line.insert(0, above)
            current = above
        return line

    def children(self, contact: Entry) -> list[Entry]:
        return [entry for entry in self.listed("contact") if entry.facts.parent == contact.id]

    # -- words ----------------------------------------------------------------------------------

    def target(self, entry: Entry, lang: str, link_address: str) -> Target | None:
        """Where a link in the note's text leads, for readers of a language."""
        return resolve(self, entry.note(lang), link_address, lang)

    @cached_property
    def mentions(self) -> Mapping[Key, list[Entry]]:
        """The listed notes that a note's text links to or cites, in any of its languages, each once."""
        return {
            entry.key: list({other.key: other for other in self._named_by(entry)}.values())
            for entry in self.entries.values()
        }

    def _named_by(self, entry: Entry) -> Iterator[Entry]:
        for lang in entry.languages:
            note = entry.note(lang)
            linked = (resolve(self, note, link.address, lang) for link in note.body.links)
            cited = (resolve_citation(self, c.citation).norm for c in note.body.citations)
            for other in (*(target.entry for target in linked if target), *cited):
                if other and is_listed(other) and other is not entry:
                    yield other

    @cached_property
    def mentioned_in(self) -> Mapping[Key, list[Entry]]:
        found: dict[Key, list[Entry]] = defaultdict(list)
        for key, targets in self.mentions.items():
            if is_listed(self.entries[key]):
                for target in targets:
                    found[target.key].append(self.entries[key])
        return found

    def all_edges(self) -> Iterator[Date]:
        for entry in self.entries.values():
            yield from self.edges(entry)
        yield from self._holiday_edges

    def next_change(self) -> Date | None:
        """The next day on which a page changes without a commit."""
        return min((day for day in self.all_edges() if day > self.day), default=None)


def is_listed(entry: Entry) -> bool:
    return bool(entry.facts.status != "hidden")
