"""The catalogue: answers questions about all notes together, for one day.

Every method looks rows up (see ``lookup``), so callers need not declare dependencies.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import chain
from types import MappingProxyType
from typing import Any

from ..citations.citation import Citation
from ..citations.grammar import Grammar
from ..citations.recognise import citations
from ..notes.address_lists import Gone, Recorded
from ..notes.body import BodyMarkup
from ..notes.norm_fields import OutsideAct
from ..notes.opening_hours import Closure
from ..notes.references import REFERENCES
from ..notes.site import Site
from ..words import N_
from . import addresses
from .content_index import ContentIndex, ContentLookup
from .entry import Entry, Key, key_of
from .force import ALIVE
from .links import Target, resolve
from .lookup import Lookup, RowSource, derived
from .norms import Norms, plain_state
from .norms import state_of as state_said
from .opening import holiday_transition_dates, holidays, holidays_known_until
from .provisions import in_one_word
from .resolve import Meaning, Resolution, resolve_citation
from .succession import ONE_AT_A_TIME, Succession
from .validity import PAST, State, state_of

Date = datetime.date


class Catalogue(Norms, Succession, Lookup):
    """All notes of one world, on one day. ``known``: the files in ``content/``. ``url``: of the
    site, without a slash at its end. ``has_placeholders``: whether the notes have placeholders for
    what is not known yet.
    ``recorded``: the published addresses of years and of further pages of lists. ``gone_were``:
    what is known of the pages at gone addresses."""

    def __init__(
        self,
        source: RowSource,
        world: str,
        day: Date,
        *,
        site: Site,
        gone: Sequence[Gone],
        known: ContentIndex,
        url: str,
        has_placeholders: bool = False,
        recorded: Sequence[str] = (),
        gone_were: Mapping[str, Recorded] = MappingProxyType({}),
    ) -> None:
        super().__init__(source, world, day)
        self.site = site
        self._gone = gone
        self.url = url
        self.has_placeholders = has_placeholders
        self.recorded = recorded
        self.gone_were = gone_were
        self.known = ContentLookup(known, self)

    def fresh_copy(self) -> Catalogue:
        """The same catalogue with empty caches."""
        return Catalogue(
            self.source,
            self.world,
            self.day,
            site=self.site,
            gone=self._gone,
            known=self.known.index,
            url=self.url,
            has_placeholders=self.has_placeholders,
            recorded=self.recorded,
            gone_were=self.gone_were,
        )

    # -- what is gone ------------------------------------------------------------------------------

    @property
    def gone(self) -> Sequence[Gone]:
        """The entries of ``gone.yaml``."""
        self.looks_up("gone-list *")
        return self._gone

    def gone_at(self, address: str) -> Gone:
        """The entry of ``gone.yaml`` for an address, as it is written there."""
        self.looks_up(f"gone {address}")
        return next(one for one in self._gone if one.address == address)

    # -- notes -------------------------------------------------------------------------------------

    def get(self, kind: str, identifier: str) -> Entry | None:
        key = Key(kind, identifier)
        return self.entry(str(key)) if self.is_there(key) else None

    def every(self, kind: str) -> list[Entry]:
        return self.entries_of(self.under("kind", kind))

    def languages_of(self, kind: str) -> dict[str, list[str]]:
        """The notes of a kind, by name, and the languages of each."""
        return {note: said[-1] for note, said in self.under("kind", kind).items()}

    def all_entries(self) -> list[Entry]:
        """Every note, in the order of their kinds and ids."""
        return self.entries_of(note for _, note, _ in self.every_row("kind"))

    def listed_of(self, kind: str) -> list[Entry]:
        """The notes of a kind that lists may show: all but hidden ones."""
        found = self.under("kind", kind).items()
        return [self.entry(note) for note, (status, *_) in found if status != "hidden"]

    def newest_of(self, kind: str) -> dict[Entry, Date]:
        """The listed notes of a kind that have a date, the newest first, with that date."""
        found = [
            (age, key_of(note).id, note, Date.fromisoformat(date))
            for note, (status, date, age, _) in self.under("kind", kind).items()
            if status != "hidden" and date
        ]
        found.sort(key=lambda one: one[1])
        found.sort(key=lambda one: one[0], reverse=True)
        return {self.entry(note): date for _, _, note, date in found}

    def named(self, kind: str, identifiers: Iterable[str]) -> list[Entry]:
        """The entries with these ids, in the order given, without ids that do not exist."""
        found = (self.get(kind, identifier) for identifier in identifiers)
        return [entry for entry in found if entry]

    def referenced(self, kind: str, identifiers: Iterable[str]) -> list[Entry]:
        """The same as ``named``, without hidden ones."""
        return [entry for entry in self.named(kind, identifiers) if entry.is_listed]

    def referencing(self, identifier: str, kind: str, field_name: str) -> list[Entry]:
        """The listed notes of a kind that have this id in a field such as ``departments``."""
        return self.entries_of(self.under("referencing", f"{kind} {field_name} {identifier}"))

    def drafts(self, lang: str | None = None) -> list[Entry]:
        """The notes that are drafts in a language, by default in the original's."""
        lang = lang or self.site.default_language
        found = self.under("draft", "").items()
        return self.entries_of(note for note, languages in found if lang in languages)

    def important(self) -> dict[Entry, str]:
        """The notices with an urgency other than routine, at any time, with that urgency."""
        found = self.under("urgency", "").items()
        return {self.entry(note): urgency for note, urgency in found}

    def urgent(self) -> list[Entry]:
        """The listed notices that are urgent, at any time."""
        found = self.important().items()
        return [entry for entry, urgency in found if urgency == "urgent" and entry.is_listed]

    def has_hours(self) -> bool:
        """Whether any note has opening hours."""
        return bool(self.under("hours", ""))

    # -- time --------------------------------------------------------------------------------------

    @derived(N_("the state of %(note)s"))
    def standing(self, note: str) -> Any:
        """What follows for a note from the day and from other notes: its state, the days on which
        this or its page changes, and what supersedes it. None if there is no such note."""
        if not self.is_there(key_of(note)):
            return None
        dates = self.row("dates", note)
        transition_dates = set(map(Date.fromisoformat, dates["transition_dates"]))
        if key_of(note).kind == "norm":
            state, more = self.force_of(note)
        else:
            since = self.superseded_on(note)
            state, more = (
                state_of(self.validity(note), since, self.day),
                self.places_change_on(note),
            )
        transition_dates |= more
        self.changes_on(transition_dates)
        return {
            "state": plain_state(state),
            "transition_dates": sorted(day.isoformat() for day in transition_dates),
            "has_hours": dates["has_hours"],
            "heirs": self.heirs_of(note),
            "stands_for": self.stands_for_of(note),
            "waits": self.is_waiting(note),
        }

    def state(self, entry: Entry) -> State:
        return state_said(self.standing(entry.name)["state"])

    def is_current(self, entry: Entry) -> bool:
        return self._word(entry) == "current"

    def is_past(self, entry: Entry) -> bool:
        return self._word(entry) in PAST

    def _word(self, entry: Entry) -> str:
        word: str = self.standing(entry.name)["state"][0]
        return word

    def state_of_provisions(self, norm: Entry, provisions: Sequence[str]) -> State | None:
        """The state of these provisions of a norm, if the norm is in force and they are not; else
        None."""
        if not provisions or self._word(norm) not in ALIVE:
            return None
        named = list(chain.from_iterable(self.provision_names.of(provisions)))
        said = self.force_of_parts(norm.name, in_one_word(named)) if named else None
        return state_said(said) if said else None

    def opens(self, entry: Entry) -> bool:
        """Whether a note has hours, its own or a channel's."""
        return bool(self.row("dates", entry.name)["has_hours"])

    def transition_dates(self, entry: Entry) -> set[Date]:
        """The days on which the page of this note changes by itself."""
        days = self.own_transition_dates(entry)
        has_hours = self.standing(entry.name)["has_hours"]
        return days | self.holiday_transition_dates if has_hours else days

    def own_transition_dates(self, entry: Entry) -> set[Date]:
        """The same without the site's holidays."""
        return set(map(Date.fromisoformat, self.standing(entry.name)["transition_dates"]))

    def dated(self, entry: Entry, lang: str) -> set[Date]:
        """The days on which a note was published and changed, as its text in a language says."""
        said = self.row("dates", entry.name)["said"]
        return set(map(Date.fromisoformat, said.get(lang) or next(iter(said.values()))))

    @property
    def holidays(self) -> list[Closure]:
        """The site's holidays of this year and the next, as far as known, in their order."""
        self._changes_with_holidays()
        return self._holidays

    @cached_property
    def _holidays(self) -> list[Closure]:
        return holidays(self.site.holidays, self.day)

    @property
    def holidays_known_until(self) -> Date | None:
        """The last day up to which ``holidays`` is complete; None if this year's are not known."""
        self._changes_with_holidays()
        return holidays_known_until(self.site.holidays_known, self.day)

    def _changes_with_holidays(self) -> None:
        self.changes_on(self.holiday_transition_dates)
        self.changes_on(Date(year, 1, 1) for year in (self.day.year, self.day.year + 1))

    @cached_property
    def holiday_transition_dates(self) -> set[Date]:
        return holiday_transition_dates(self.site.holidays, self.site.holidays_known, self.day)

    # -- who takes whose place ---------------------------------------------------------------------

    def successors(self, entry: Entry) -> list[Entry]:
        """The notes that replace a note."""
        return self.entries_of(self.under("superseding", entry.name))

    def taken_by(self, entry: Entry) -> list[tuple[Date, Entry]]:
        """The shown notes that take a note's place, each with the first day on which it does."""
        return [(since, self.entry(other)) for since, other in self.taking(entry.name)]

    def supersedes(self, entry: Entry) -> list[Entry]:
        """The notes that a note replaces."""
        return self.referenced(entry.kind, self.references(entry)["supersedes"])

    def heirs(self, entry: Entry) -> list[Entry]:
        """The notes that stand for a note today: itself, or the notes that took its place."""
        return self.entries_of(self.standing(entry.name)["heirs"] or [entry.name])

    def stands_for(self, entry: Entry) -> list[Entry]:
        """The notes whose place a note has taken, as of today."""
        return self.entries_of(self.standing(entry.name)["stands_for"])

    def has_its_place(self, entry: Entry) -> bool:
        """Whether lists show the note itself today: nobody took its place, and it does not wait to
        take another's."""
        standing = self.standing(entry.name)
        return not standing["heirs"] and not standing["waits"]

    def is_shown(self, entry: Entry) -> bool:
        """Whether lists show the note today, or the notes that stand for it."""
        return entry.kind not in ONE_AT_A_TIME or not self.standing(entry.name)["waits"]

    def references(self, entry: Entry) -> Any:
        """The ids that a note names, by field."""
        return self.row("references", entry.name)

    def referenced_now(self, entry: Entry, name: str) -> list[Entry]:
        """The notes that a note names in one of ``REFERENCES``, each replaced by those that stand
        for it today. For a past note they are not replaced."""
        kind, identifiers = REFERENCES[name], self.references(entry)[name]
        if name == "norms" or self.is_past(entry):
            return self.referenced(kind, identifiers)
        named = self.named(kind, identifiers)
        return _distinct(heir for other in named for heir in self.heirs(other) if heir.is_listed)

    def referencing_now(self, entry: Entry, kind: str, name: str) -> list[Entry]:
        """The listed notes of a kind for which ``referenced_now`` includes this note."""
        found = self.referencing(entry.id, kind, name)
        if entry not in self.heirs(entry):
            found = list(filter(self.is_past, found))
        for before in self.stands_for(entry):
            others = self.referencing(before.id, kind, name)
            found += [other for other in others if not self.is_past(other)]
        return _distinct(found)

    def notices_about(self, entry: Entry, name: str) -> list[Entry]:
        """The notices that name a note, or name the notes that it replaced."""
        found = self.referencing_now(entry, "notice", name)
        if entry not in self.heirs(entry):
            return found
        return _distinct(heir for notice in found for heir in self.heirs(notice))

    # -- places ------------------------------------------------------------------------------------

    def address(self, entry: Entry, lang: str) -> str:
        """The note's address for readers of a language: of its translation, or of the original."""
        return entry.words(lang).address

    @cached_property
    def pages(self) -> Mapping[str, str]:
        """The addresses of pages that do not depend on notes -> what each page is."""
        return addresses.pages(self.site)

    def note_at(self, there: str) -> tuple[Entry, str] | None:
        """The note at an address, and its language; None if there is none."""
        found = self.under("address", there)
        for note, (lang, _) in found.items():
            return self.entry(note), lang
        return None

    @cached_property
    def reserved(self) -> Mapping[str, str]:
        """The addresses that no note may have, by their lower-case form."""
        return {there.casefold(): there for there in sorted(addresses.reserved(self.site))}

    @cached_property
    def of_whole(self) -> frozenset[str]:
        """The addresses of files that are made of the whole site."""
        return frozenset(addresses.of_whole(self.site))

    def led_at(self, there: str) -> list[Entry]:
        """The notes with an old address whose page is at this place, in order."""
        found = self.under("led", there.casefold()).items()
        return [self.entry(note) for note, places in found if there in places]

    def old_addresses(self) -> Mapping[Entry, list[str]]:
        """The old addresses of each note that has any, in the order of the notes."""
        return {self.entry(note): said for _, note, said in self.every_row("old")}

    # -- words -------------------------------------------------------------------------------------

    def target(self, entry: Entry, lang: str, link_address: str) -> Target | None:
        """Where a link in the note's text leads for readers of a language."""
        return resolve(self.get, entry.note(lang), link_address, lang)

    @cached_property
    def grammar(self) -> Grammar:
        """The forms in which the site's packs cite norms."""
        return self.site.grammar

    def cited(self, citation: Citation) -> Resolution:
        """Which norm a citation in a text means."""
        return self.meant(Meaning.of(citation))

    def meant(self, said: Meaning) -> Resolution:
        """Which norm a citation with this meaning means."""
        return self.once(said, lambda: self._resolve(said))

    def _resolve(self, said: Meaning) -> Resolution:
        table, key = ("number", said.numbered) if said.numbered else ("day", said.dated)
        found = self.entries_of(self.under(table, key)) if key else []
        named = self.entries_of(self.under("called", f"norm {said.name}")) if said.name else []
        defaults, may_mean = self.site.default_jurisdictions, self.grammar.may_mean
        return resolve_citation(said, found, named, defaults, may_mean)

    def acting(self, entry: Entry, act: OutsideAct) -> Entry | None:
        """The norm that an act in ``done_by_others`` cites, if it has a note."""
        by = act.by.text(entry.original.source.lang)
        cited = next(iter(citations(by, self.grammar)), None)
        return self.cited(cited).norm if cited and cited.start == 0 else None

    def markup(self, entry: Entry, lang: str) -> BodyMarkup:
        """The note's text in that language, or in its own."""
        self.own(entry)
        return self.source.markup(entry.words(lang).path)

    def own(self, entry: Entry) -> Entry:
        """The note, recording a dependency on all that is in it."""
        self.looks_up(f"text {entry.name}")
        return entry


def _distinct(entries: Iterable[Entry]) -> list[Entry]:
    """The entries without duplicates, in order of first occurrence."""
    return list(dict.fromkeys(entries))
