"""The files in ``content/`` that can be named: those of notes, also with errors, and others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from ..notes.address import composed
from ..notes.files import Source
from ..notes.models import KINDS
from .entry import Key
from .lookup import Lookup


class Sources(Protocol):
    """The files of notes."""

    @property
    def all(self) -> Sequence[Source]: ...

    def of(self, note: str) -> Sequence[Source]:
        """Those of a note."""
        ...

    def has_original(self, note: str) -> bool:
        """Whether there is one of the note itself, and not of translations alone."""
        ...


@dataclass(frozen=True)
class ContentIndex:
    """Names of notes and files. A note with errors is not built, but naming it is no error.
    ``files`` and ``left_out``: see ``notes.files.Content``. ``drafts``: those that are not shown.
    ``theme``: the theme's files, as published below ``theme/``."""

    sources: Sources
    files: Mapping[str, str]
    left_out: Set[str]
    drafts: frozenset[Key] = frozenset()
    theme: Sequence[str] = ()

    @cached_property
    def ids(self) -> dict[str, list[str]]:
        """The ids of notes that have an original, by kind, sorted."""
        ids: dict[str, list[str]] = {kind: [] for kind in KINDS}
        for source in self.sources.all:
            if source.is_original:
                ids[source.kind].append(source.id)
        return {kind: sorted(set(found)) for kind, found in ids.items()}

    @cached_property
    def paths(self) -> frozenset[str]:
        """The paths of all notes' files, below ``content/``."""
        return frozenset(below(source.path) for source in self.sources.all)

    @cached_property
    def published(self) -> frozenset[str]:
        """The paths of the other files that are published."""
        return frozenset(self.files.keys() - self.left_out)


def below(path: str) -> str:
    """The path of a note's file below ``content/``, as links have it."""
    return composed(path.partition("/")[2])


@dataclass(frozen=True)
class ContentLookup:
    """A ``ContentIndex`` that records each lookup."""

    index: ContentIndex
    lookup: Lookup

    def has(self, kind: str, identifier: str) -> bool:
        """Whether there is an original of that kind and id, even one with errors."""
        self.lookup.looks_up(f"known {kind}/{identifier}")
        return self.index.sources.has_original(f"{kind}/{identifier}")

    def is_translated(self, key: Key, lang: str) -> bool:
        """Whether that note has a file in that language, even one with errors."""
        self.lookup.looks_up(f"translated {key} {lang}")
        return any(source.lang == lang for source in self.index.sources.of(str(key)))

    def ids(self, kind: str) -> Sequence[str]:
        """The ids of notes of a kind, as ``ContentIndex.ids``."""
        self.lookup.looks_up(f"ids {kind}")
        return self.index.ids[kind]

    def has_note(self, key: Key, path: str) -> bool:
        """Whether a note has that file."""
        self.lookup.looks_up(f"note-file {path}")
        return any(below(source.path) == path for source in self.index.sources.of(str(key)))

    def notes(self) -> Set[str]:
        """The paths of all notes' files."""
        self.lookup.looks_up("note-files *")
        return self.index.paths

    def has_file(self, path: str) -> bool:
        """Whether there is a file at a path below ``content/`` that is not of a note."""
        self.lookup.looks_up(f"file {path}")
        return path in self.index.files

    def files(self) -> Set[str]:
        """The published files."""
        self.lookup.looks_up("files *")
        return self.index.published

    def is_draft(self, key: Key) -> bool:
        self.lookup.looks_up(f"is-draft {key}")
        return key in self.index.drafts
