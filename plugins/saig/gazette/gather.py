"""Which norms the gazette is asked about, and where the answers come from: a folder, the cache, or
the gazette itself."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from ..catalogue.catalogue import Catalogue
from ..catalogue.entry import Entry
from ..notes.problem import Problem
from ..packs.law import Law
from ..progress import Progress
from ..words import N_, for_editors
from . import memory as memories
from .ask import GazetteClient, NotThere, Silence
from .compare import identifier_of
from .memory import Memory
from .offline import records_in
from .records import GazetteRecord, Unusable, record_of
from .spanish import Date

Wanted = Mapping[str, tuple[str | None, str | None]]
"""Identifier and ELI address of norms, by their notes."""


@dataclass
class Gathered:
    """``records`` by notes. ``unknown``: notes of which the gazette has nothing. ``silent``: those
    of which it said nothing, by the reason; ``remembered``: the day on which it did before."""

    records: dict[str, GazetteRecord] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    silent: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    remembered: dict[str, str] = field(default_factory=dict)


def wanted_in(entries: Iterable[Entry], law: Law) -> Wanted:
    """Those of some norms that the gazette may know: with a reference of its own, or an ELI
    address. Judgments are not among its consolidated norms."""
    return {
        entry.name: (identifier, entry.facts.eli)
        for entry in entries
        if not law.is_judgment(entry.facts.type, entry.facts.jurisdiction)
        if (identifier := identifier_of(entry.facts)) or entry.facts.eli
    }


def from_folder(wanted: Wanted, folder: Path, progress: Progress) -> Gathered:
    """The answers that lie in a folder."""
    records, lacking, wrong = records_in(folder, wanted)
    if lacking:
        names = ", ".join(name.partition("/")[2] for name in lacking)
        progress.step(N_("%(folder)s has nothing of: %(norms)s"), folder=folder, norms=names)
    found = Gathered(records)
    for note, name in wrong:
        reason = for_editors(N_("%(file)s is no record of a norm"), progress.lang, file=name)
        found.silent[reason].append(note)
    return found


def from_gazette(
    wanted: Wanted,
    day: Date,
    base: str,
    pause: float,
    seconds: float,
    path: Path,
    progress: Progress,
) -> Gathered:
    """The gazette's answers, and what it said before where it does not answer. ``path``: the file
    of what is remembered, which is brought up to date."""
    try:
        memory = memories.read(path)
    except (OSError, ValueError):
        progress.step(N_("%(file)s cannot be read; it is begun again"), file=path)
        memory = Memory()
    run = _Run(memory, day, progress)
    asyncio.run(run.ask_all(wanted, base, seconds, pause))
    try:
        memories.write(path, memory)
    except OSError as error:
        message = N_("%(file)s cannot be written: %(reason)s")
        progress.step(message, file=path, reason=error.strerror)
    return run.found


class _Run:
    """One run: what is asked, and what it came to."""

    def __init__(self, memory: Memory, day: Date, progress: Progress) -> None:
        self.memory, self.day, self.progress = memory, day, progress
        self.found = Gathered()
        self.changed: set[str] | None = None

    async def ask_all(self, wanted: Wanted, base: str, seconds: float, pause: float) -> None:
        async with GazetteClient(base, seconds, pause) as gazette:
            await self._ask_for_changes(wanted, gazette)
            work = [self._ask(gazette, note, *which) for note, which in sorted(wanted.items())]
            asked = asyncio.as_completed(work)
            for one in self.progress.over(asked, len(work), N_("Asking the gazette")):
                await one

    async def _ask_for_changes(self, wanted: Wanted, gazette: GazetteClient) -> None:
        """One request instead of one for each norm, if something is cached."""
        named = (one or self.memory.elis.get(eli or "", "") for one, eli in wanted.values())
        norms = self.memory.norms
        known = [norms[identifier]["asked"] for identifier in named if identifier in norms]
        if not known:
            return
        since = min(self.day, Date.fromisoformat(min(known))) - timedelta(days=1)
        try:
            self.changed = await gazette.changed_since(since)
        except Silence:
            self.changed = None

    async def _ask(
        self, gazette: GazetteClient, note: str, identifier: str | None, eli: str | None
    ) -> None:
        try:
            identifier = identifier or await self._identifier(gazette, eli or "")
            self.found.records[note] = await self._record(gazette, identifier)
        except NotThere:
            self.found.unknown.append(note)
        except Unusable:
            reason = N_("its answer is not of the shape that is known")
            self._silent(note, identifier, Silence(reason))
        except Silence as silence:
            self._silent(note, identifier, silence)

    async def _identifier(self, gazette: GazetteClient, eli: str) -> str:
        if eli not in self.memory.elis:
            self.memory.elis[eli] = await gazette.identifier_of(eli)
        return self.memory.elis[eli]

    async def _record(self, gazette: GazetteClient, identifier: str) -> GazetteRecord:
        before = self._remembered(identifier)
        is_listed = before is not None and before.is_followed and self.changed is not None
        if before and is_listed and identifier not in (self.changed or ()):
            self.memory.norms[identifier]["asked"] = self.day.isoformat()
            return before
        metadata = await gazette.metadata(identifier)
        known = self.memory.norms.get(identifier, {})
        if before and metadata == known["metadatos"]:  # with the day of the last change
            analysis = known["analisis"]
        else:
            analysis = await gazette.analysis(identifier)
        record = record_of(metadata, analysis)
        self.memory.norms[identifier] = {
            "metadatos": metadata,
            "analisis": analysis,
            "asked": self.day.isoformat(),
        }
        return record

    def _remembered(self, identifier: str) -> GazetteRecord | None:
        said = self.memory.norms.get(identifier)
        try:
            return record_of(said["metadatos"], said["analisis"]) if said else None
        except (Unusable, KeyError):
            return None

    def _silent(self, note: str, identifier: str | None, silence: Silence) -> None:
        reason = silence.said(self.progress.lang)
        self.found.silent[reason].append(note)
        if identifier and (before := self._remembered(identifier)):
            self.found.records[note] = before
            self.found.remembered[note] = self.memory.norms[identifier]["asked"]


ALONE = N_("the gazette was not heard about this norm: %(reason)s")
ALONE_BEFORE = N_(
    "the gazette was not heard about this norm: %(reason)s; it is held against what was said on %(day)s"
)
SEVERAL = N_(
    "the gazette was not heard about %(count)d norms, of which this is the first: %(reason)s"
)
SEVERAL_BEFORE = N_(
    "the gazette was not heard about %(count)d norms, of which this is the first: %(reason)s; "
    "%(known)d are held against what it said on %(day)s or later"
)


def problems_of(catalogue: Catalogue, found: Gathered) -> list[Problem]:
    """What the gazette did not answer: once for each reason, and at each norm that it does not
    know."""
    entries = {entry.name: entry for entry in catalogue.every("norm")}
    told = [
        _unknown(entries[note])
        for note in found.unknown
        if all(one.about != "record" for one in entries[note].facts.gazette_differs)
    ]
    for reason, notes in found.silent.items():
        first = min(notes, key=lambda note: entries[note].original.source.path)
        known = sorted(day for note in notes if (day := found.remembered.get(note)))
        message = ALONE if len(notes) == 1 else SEVERAL
        if known:
            message = ALONE_BEFORE if len(notes) == 1 else SEVERAL_BEFORE
        told.append(
            entries[first].original.problem(
                "gazette-silent",
                message,
                N_("try again later: nothing is wrong in the note"),
                *_place(entries[first]),
                count=len(notes),
                reason=reason,
                known=len(known),
                day=known[0] if known else "",
            )
        )
    return told


def _unknown(entry: Entry) -> Problem:
    identifier = identifier_of(entry.facts)
    return entry.original.problem(
        "gazette-unknown",
        N_("the gazette has no data of %(name)s"),
        N_(
            "correct the identifier or the ELI address; or explain below gazette_differs: "
            '- {about: record, reason: "…"}'
        ),
        *_place(entry),
        name=identifier or entry.facts.eli,
    )


def _place(entry: Entry) -> tuple[str | int, ...]:
    """Where a note has the gazette's reference of the norm."""
    for index, one in enumerate(entry.facts.published_in):
        if one.id:
            return "published_in", index, "id"
    return ("eli",)
