"""A note in all its languages: the original has the facts, a translation only words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from ..notes.models import identity
from ..notes.read import Note


class Key(NamedTuple):
    """How one note names another: ids are unique within their kind."""

    kind: str
    id: str


@dataclass(frozen=True, eq=False)
class Entry:
    original: Note
    translations: Mapping[str, Note] = field(default_factory=dict)

    @cached_property
    def key(self) -> Key:
        return Key(self.kind, self.id)

    @property
    def kind(self) -> str:
        return self.original.source.kind

    @property
    def id(self) -> str:
        return self.original.source.id

    @property
    def facts(self) -> Any:
        """The original's fields: a model of ``notes.models.KINDS``."""
        return self.original.fields

    @cached_property
    def identity(self) -> Mapping[str, Any]:
        """A norm's type, number, year, jurisdiction and date."""
        return identity(self.facts)

    @property
    def languages(self) -> list[str]:
        return [self.original.source.lang, *self.translations]

    def note(self, lang: str) -> Note:
        """The note in that language; the original where there is no translation."""
        return self.translations.get(lang, self.original)

    def has(self, lang: str) -> bool:
        return lang in self.languages


class Entries(Mapping[Key, Entry]):
    """Entries that are made when they are wanted. ``files``: of each its files by language, the
    original's first; ``read``: a file's note."""

    def __init__(self, files: Mapping[Key, Mapping[str, str]], read: Callable[[str], Note]) -> None:
        self.files = files
        self.read = read
        self._made: dict[Key, Entry] = {}

    def __getitem__(self, key: Key) -> Entry:
        if key not in self._made:
            original, *others = self.files[key].items()
            notes = {lang: self.read(path) for lang, path in others}
            self._made[key] = Entry(self.read(original[1]), notes)
        return self._made[key]

    def __contains__(self, key: object) -> bool:
        return key in self.files

    def __iter__(self) -> Iterator[Key]:
        return iter(self.files)

    def __len__(self) -> int:
        return len(self.files)
