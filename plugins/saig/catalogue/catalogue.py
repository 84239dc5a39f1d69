"""All notes together, on one day: who is what, where, and what it has to do with the others."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ..notes.models import identity
from ..notes.site import Gone, Site
from . import addresses
from .entry import Entry, Key
from .force import Effect, force, force_edges
from .links import Target, resolve
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

    def edges(self, entry: Entry) -> set[Date]:
        """The days on which what is said of this note changes by itself."""
        days = edges(entry.facts)
        if entry.kind == "norm":
            days |= force_edges(entry.facts, self.effects.get(entry.key, ()))
        if superseded := self._superseded_on(entry):
            days.add(superseded)
        return days

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
        found: dict[Key, list[Effect]] = defaultdict(list)
        for entry in self.every("norm"):
            for relation in entry.facts.relations:
                if target := self.norm_named(relation.norm):
                    found[target.key].append(Effect(relation, entry.key, entry.facts))
        return found

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
            said = identity(entry.facts)
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
        """The listed notes that a note's text links to, in any of its languages, each once."""
        found: dict[Key, list[Entry]] = {}
        for entry in self.entries.values():
            targets: dict[Key, Entry] = {}
            for lang in entry.languages:
                for link in entry.note(lang).body.links:
                    target = resolve(self, entry.note(lang), link.address, lang)
                    if (
                        target
                        and target.entry
                        and is_listed(target.entry)
                        and target.entry is not entry
                    ):
                        targets.setdefault(target.entry.key, target.entry)
            found[entry.key] = list(targets.values())
        return found

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
        for holiday in self.site.holidays:
            yield holiday.date
            yield holiday.date + datetime.timedelta(days=1)

    def next_change(self) -> Date | None:
        """The next day on which a page changes without a commit."""
        return min((day for day in self.all_edges() if day > self.day), default=None)


def is_listed(entry: Entry) -> bool:
    return bool(entry.facts.status != "hidden")
