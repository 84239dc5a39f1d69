"""What there is to be named in ``content/``: every note's file, broken ones included, and files."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import cached_property

from ..notes.address import composed
from ..notes.files import Content
from ..notes.models import KINDS
from .entry import Key
from .lookup import Lookup


@dataclass(frozen=True)
class ContentIndex:
    """Broken notes are not built, but who names one is not to blame. ``drafts``: those that are
    not shown. ``theme``: the theme's files, as they are published below ``theme/``."""

    content: Content
    drafts: frozenset[Key] = frozenset()
    theme: Sequence[str] = ()

    @cached_property
    def ids(self) -> dict[str, dict[str, None]]:
        ids: dict[str, dict[str, None]] = {kind: {} for kind in KINDS}
        for source in self.content.sources:
            if source.is_original:
                ids[source.kind][source.id] = None
        return ids

    @cached_property
    def translated(self) -> frozenset[tuple[Key, str]]:
        return frozenset(
            (Key(source.kind, source.id), source.lang) for source in self.content.sources
        )

    @cached_property
    def paths(self) -> frozenset[str]:
        return frozenset(_below(source.path) for source in self.content.sources)

    @cached_property
    def published(self) -> frozenset[str]:
        return frozenset(set(self.content.files) - self.content.left_out)


def _below(path: str) -> str:
    return composed(path.partition("/")[2])


@dataclass(frozen=True)
class Folder:
    """The same, looked up by who records it."""

    index: ContentIndex
    lookup: Lookup

    def has(self, kind: str, identifier: str) -> bool:
        self.lookup.looks_up(f"known {kind}/{identifier}")
        return identifier in self.index.ids[kind]

    def is_translated(self, key: Key, lang: str) -> bool:
        """Whether there is a file of that note in that language, with errors or without."""
        self.lookup.looks_up(f"translated {key} {lang}")
        return (key, lang) in self.index.translated

    def ids(self, kind: str) -> Sequence[str]:
        self.lookup.looks_up(f"ids {kind}")
        return list(self.index.ids[kind])

    def has_note(self, path: str) -> bool:
        self.lookup.looks_up(f"note-file {path}")
        return path in self.index.paths

    def notes(self) -> Set[str]:
        self.lookup.looks_up("note-files *")
        return self.index.paths

    def has_file(self, path: str) -> bool:
        self.lookup.looks_up(f"file {path}")
        return path in self.index.content.files

    def files(self) -> Set[str]:
        """Those that are published."""
        self.lookup.looks_up("files *")
        return self.index.published

    def is_draft(self, key: Key) -> bool:
        self.lookup.looks_up(f"is-draft {key}")
        return key in self.index.drafts
