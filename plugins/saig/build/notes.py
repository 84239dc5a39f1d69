"""Reading the notes: those whose bytes were read before are remembered, the others spread."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from ..catalogue.memory import SHARDS, shard_of
from ..notes.body import Markup
from ..notes.files import Source
from ..notes.read import Reading, read_note
from ..progress import Progress
from ..words import N_
from .pool import spread
from .store import Store

NO_MARKUP = Markup()


@dataclass(frozen=True)
class Remembered:
    """What came of a file with this digest. Its text is kept apart."""

    digest: str
    languages: tuple[str, ...]
    reading: Reading


class Texts(Mapping[str, Markup]):
    """The notes' texts by their files: those read now, and those kept, fetched when wanted."""

    def __init__(self, store: Store, root: Path) -> None:
        self.store = store
        self.root = root
        self.fresh: dict[str, Markup] = {}
        self.sources: dict[str, tuple[Source, Sequence[str]]] = {}
        self._kept: dict[int, Mapping[str, Markup]] = {}

    def __getitem__(self, path: str) -> Markup:
        if path not in self.fresh:
            found = self._shard(shard_of(path)).get(path)
            self.fresh[path] = self._again(path) if found is None else found
        return self.fresh[path]

    def _shard(self, n: int) -> Mapping[str, Markup]:
        if n not in self._kept:
            self._kept[n] = self.store.part(f"texts {n}") or {}
        return self._kept[n]

    def _again(self, path: str) -> Markup:
        """What was kept is lost."""
        source, languages = self.sources[path]
        return read_note(source, (self.root.parent / path).read_bytes(), languages).markup

    def fetch(self, paths: Iterable[str]) -> None:
        """Have these at hand: a process of its own cannot fetch them."""
        for path in paths:
            self[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self.sources)

    def __len__(self) -> int:
        return len(self.sources)


class Notes:
    """A ``Reader`` for ``assemble``. ``changed``: what became of each file since the last build."""

    def __init__(self, store: Store, jobs: int, progress: Progress) -> None:
        self.store = store
        self.jobs = jobs
        self.progress = progress
        self.changed: dict[str, str] = {}
        self.found: dict[str, Remembered] = {}
        self.texts = Texts(store, Path())

    def __call__(
        self, root: Path, sources: Sequence[Source], languages: Sequence[str]
    ) -> tuple[Sequence[Reading], Mapping[str, Markup]]:
        kept = self._kept()
        raws = [_bytes(f"{root.parent}/{source.path}") for source in sources]
        digests = [sha256(raw).hexdigest() for raw in raws]
        known = tuple(languages)
        self.texts.root = root
        waiting = []
        for number, source in enumerate(sources):
            before = kept.get(source.path)
            self.texts.sources[source.path] = source, languages
            if before and before.digest == digests[number] and before.languages == known:
                self.found[source.path] = before
            else:
                waiting.append(number)
                self.changed[source.path] = "changed" if before else "new"
        results = spread(lambda n: read_note(sources[n], raws[n], languages), waiting, self.jobs)
        results = self.progress.over(results, len(waiting), N_("Reading notes"))
        for number, reading in zip(waiting, results, strict=True):
            path = sources[number].path
            self.texts.fresh[path] = reading.markup
            self.found[path] = Remembered(
                digests[number], known, replace(reading, markup=NO_MARKUP)
            )
        self.changed |= dict.fromkeys(sorted(kept.keys() - self.found.keys()), "removed")
        return [self.found[source.path].reading for source in sources], self.texts

    def _kept(self) -> dict[str, Remembered]:
        kept: dict[str, Remembered] = {}
        for n in range(SHARDS):
            kept |= self.store.part(f"notes {n}") or {}
        return kept

    def to_keep(self) -> Iterator[tuple[str, object]]:
        """What differs from what was kept."""
        shards: dict[int, list[str]] = {shard_of(path): [] for path in self.changed}
        for path in self.found:
            if (n := shard_of(path)) in shards:
                shards[n].append(path)
        for n, paths in shards.items():
            yield f"notes {n}", {path: self.found[path] for path in paths}
            yield f"texts {n}", {path: self.texts[path] for path in paths}


def _bytes(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()
