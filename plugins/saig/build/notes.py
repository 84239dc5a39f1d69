"""Reading the notes: those whose bytes were read before are remembered, the others spread."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from ..catalogue.memory import shard_of
from ..notes.body import BodyMarkup
from ..notes.files import Source, unreadable
from ..notes.read import Reading, read_note
from ..progress import Progress
from ..words import N_
from .begin import UNREADABLE, read
from .pool import spread
from .store import Store, packed_value, unpacked_value

NO_MARKUP = BodyMarkup()


@dataclass(frozen=True)
class Remembered:
    """What came of a file with this digest. Its text is kept apart."""

    digest: str
    reading: Reading

    @property
    def ties(self) -> str:
        return self.reading.note.link_digest if self.reading.note else ""


class Texts:
    """The notes' texts by their files: those read now, and those kept, fetched when wanted. They are
    the bulk of all notes, and each is wanted once or twice; so they are held packed."""

    def __init__(self, store: Store, read_again: Callable[[str], Reading]) -> None:
        self.store = store
        self.read_again = read_again
        self.fresh: dict[str, bytes] = {}
        self._kept: dict[int, Mapping[str, bytes]] = {}

    def __getitem__(self, path: str) -> BodyMarkup:
        found = unpacked_value(self.packed(path))
        return found if isinstance(found, BodyMarkup) else self.read_again(path).markup

    def fetch(self, path: str) -> None:
        self.packed(path)

    def packed(self, path: str) -> bytes:
        """A text as it is kept."""
        if path not in self.fresh:
            found = self._shard(shard_of(path)).get(path)
            self.fresh[path] = (
                packed_value(self.read_again(path).markup) if found is None else found
            )
        return self.fresh[path]

    def _shard(self, n: int) -> Mapping[str, bytes]:
        if n not in self._kept:
            self._kept[n] = self.store.part(f"texts {n}") or {}
        return self._kept[n]


class Notes:
    """A ``Reader`` for ``assemble``. ``digests``: of the bytes of each file; ``changed``: the files
    that are not what they were when they were last read. ``known``: digests of files that were
    looked at a moment ago."""

    def __init__(
        self, store: Store, jobs: int, progress: Progress, known: Mapping[str, str] | None = None
    ) -> None:
        self.store = store
        self.known = known or {}
        self.jobs = jobs
        self.progress = progress
        self.texts = Texts(store, self._read)
        self.digests: dict[str, str] = {}
        self.changed: set[str] = set()
        self._root = Path()
        self._sources: dict[str, Source] = {}
        self._languages: tuple[str, ...] = ()
        self._before: Mapping[str, tuple[str, str]] = {}
        self._fresh: dict[str, Remembered] = {}
        self._kept: dict[int, Mapping[str, Remembered]] = {}

    def look(self, root: Path, sources: Sequence[Source], languages: Sequence[str]) -> None:
        self._root, self._languages = root, tuple(languages)
        self._sources = {source.path: source for source in sources}
        known, self._before = self.store.part("digests") or ((), {})
        if known != self._languages:
            self._before = {}
        waiting: dict[str, bytes | OSError] = {}
        for path in self._sources:
            before = self._before.get(path)
            if before and before[0] == self.known.get(path):
                self.digests[path] = before[0]
                continue
            raw = self._raw(path)
            digest = UNREADABLE if isinstance(raw, OSError) else sha256(raw).hexdigest()
            self.digests[path] = digest
            if not before or before[0] != digest:
                waiting[path] = raw
                self.changed.add(path)
        self.changed |= self._before.keys() - self.digests.keys()
        came = spread(lambda item: _packed(self._read(*item)), list(waiting.items()), self.jobs)
        came = self.progress.over(came, len(waiting), N_("Reading notes"))
        for path, (reading, text) in zip(waiting, came, strict=True):
            self._take(path, reading, text)

    def _raw(self, path: str) -> bytes | OSError:
        try:
            return read(f"{self._root.parent}/{path}")
        except OSError as error:
            return error

    def _read(self, path: str, raw: bytes | OSError | None = None) -> Reading:
        raw = self._raw(path) if raw is None else raw
        if isinstance(raw, OSError):
            return Reading(None, [unreadable(path, raw)])
        return read_note(self._sources[path], raw, self._languages)

    def _take(self, path: str, reading: Reading, text: bytes) -> Remembered:
        self.texts.fresh[path] = text
        found = self._fresh[path] = Remembered(self.digests[path], reading)
        return found

    def reading(self, path: str) -> Reading:
        """What came of a file, without its text."""
        return self._remembered(path).reading

    def _remembered(self, path: str) -> Remembered:
        found = self._fresh.get(path) or self._shard(shard_of(path)).get(path)
        if not found or found.digest != self.digests[path]:
            found = self._take(path, *_packed(self._read(path)))  # what was kept is lost
        return found

    def _shard(self, n: int) -> Mapping[str, Remembered]:
        if n not in self._kept:
            self._kept[n] = self.store.part(f"notes {n}") or {}
        return self._kept[n]

    def ties(self) -> Iterable[tuple[str, str]]:
        """Of each file, in their order, ``Note.link_digest``; nothing where there is no note."""
        for path in self._sources:
            fresh = self._fresh.get(path)
            yield path, fresh.ties if fresh else self._before[path][1]

    def to_keep(self) -> Iterator[tuple[str, object]]:
        """What differs from what was kept."""
        if not self.changed and not self._fresh:
            return
        yield "digests", (self._languages, {p: (self.digests[p], t) for p, t in self.ties()})
        shards: dict[int, list[str]] = {shard_of(p): [] for p in (*self.changed, *self._fresh)}
        for path in self._sources:
            if (n := shard_of(path)) in shards:
                shards[n].append(path)
        for n, paths in shards.items():
            yield f"notes {n}", {path: self._remembered(path) for path in paths}
            yield f"texts {n}", {path: self.texts.packed(path) for path in paths}


def _packed(reading: Reading) -> tuple[Reading, bytes]:
    """A reading, and its text apart."""
    return replace(reading, markup=NO_MARKUP), packed_value(reading.markup)
