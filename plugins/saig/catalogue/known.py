"""What there is to be named in ``content/``: every note's file, broken ones included, and files."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ..notes.address import composed
from ..notes.files import Content
from ..notes.models import KINDS
from .entry import Key
from .trace import Question, asks


@dataclass(frozen=True)
class Known:
    """Broken notes are not built, but who names one is not to blame. ``drafts``: those that are
    not shown. ``theme``: the theme's files, as they are published below ``theme/``. Its methods are questions, as the catalogue's are (see ``trace``)."""

    content: Content
    drafts: frozenset[Key] = frozenset()
    theme: Sequence[str] = ()

    @asks(lambda kind, identifier: [("known", (kind, identifier))])
    def has(self, kind: str, identifier: str) -> bool:
        return identifier in self._ids[kind]

    @asks(lambda key, lang: [("translated", (key, lang))])
    def is_translated(self, key: Key, lang: str) -> bool:
        """Whether there is a file of that note in that language, with errors or without."""
        return (key, lang) in self._translated

    @asks(lambda kind: [("ids", kind)])
    def ids(self, kind: str) -> Sequence[str]:
        return list(self._ids[kind])

    @asks(lambda path: [("note file", path)])
    def has_note(self, path: str) -> bool:
        return path in self._paths

    @asks(lambda: [("note files", None)])
    def notes(self) -> Set[str]:
        return self._paths

    @asks(lambda path: [("file", path)])
    def has_file(self, path: str) -> bool:
        return path in self._files

    @asks(lambda: [("files", None)])
    def files(self) -> Set[str]:
        """Those that are published."""
        return self._published

    @asks(lambda key: [("draft", key)])
    def is_draft(self, key: Key) -> bool:
        return key in self.drafts

    def answer(self, what: str, of: Any) -> Any:
        """What a question is answered now."""
        match what:
            case "known":
                return self.has(*of)
            case "translated":
                return self.is_translated(*of)
            case "ids":
                return self.ids(of)
            case "note file":
                return self.has_note(of)
            case "note files":
                return sorted(self._paths)
            case "file":
                return self.has_file(of)
            case "files":
                return sorted(self._published)
            case "draft":
                return self.is_draft(of)
        raise ValueError(what)

    @cached_property
    def _ids(self) -> dict[str, dict[str, None]]:
        ids: dict[str, dict[str, None]] = {kind: {} for kind in KINDS}
        for source in self.content.sources:
            if source.is_original:
                ids[source.kind][source.id] = None
        return ids

    @cached_property
    def _translated(self) -> frozenset[tuple[Key, str]]:
        return frozenset(
            (Key(source.kind, source.id), source.lang) for source in self.content.sources
        )

    @cached_property
    def _paths(self) -> frozenset[str]:
        return frozenset(composed(s.path.partition("/")[2]) for s in self.content.sources)

    @cached_property
    def _published(self) -> frozenset[str]:
        return frozenset(self._files - self.content.left_out)

    @cached_property
    def _files(self) -> frozenset[str]:
        return frozenset(self.content.files)


QUESTIONS: Set[str] = {
    "known",
    "translated",
    "ids",
    "note file",
    "note files",
    "file",
    "files",
    "draft",
}


def is_of_known(question: Question) -> bool:
    return question[0] in QUESTIONS
