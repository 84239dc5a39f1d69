"""A note in all its languages. The original has the facts, translations have only texts."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, NamedTuple, Protocol

from ..notes.models import KINDS
from ..notes.norm_fields import identity
from ..notes.read import Note
from ..notes.references import with_ids

Date = datetime.date


class Key(NamedTuple):
    """How one note names another: ids are unique within their kind."""

    kind: str
    id: str

    def __str__(self) -> str:
        return f"{self.kind}/{self.id}"


def key_of(text: str) -> Key:
    """The inverse of ``str(key)``."""
    kind, _, identifier = text.partition("/")
    return Key(kind, identifier)


KIND_ORDER = {kind: index for index, kind in enumerate(KINDS)}


def order(key: Key) -> tuple[int, str]:
    """The sort key of notes: kind, then id."""
    return KIND_ORDER[key.kind], key.id


def order_of_name(note: str) -> tuple[int, str]:
    """The same for a note's name."""
    kind, _, identifier = note.partition("/")
    return KIND_ORDER[kind], identifier


@dataclass(frozen=True)
class Files:
    """A note as read from its files. Names in its fields are replaced by ids: ``ids`` has them, by
    ``notes.references.name_of``."""

    original: Note
    translations: Mapping[str, Note] = field(default_factory=dict)
    ids: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> Key:
        return Key(self.original.source.kind, self.original.source.id)

    @property
    def facts(self) -> Any:
        """The original's fields: a model of ``notes.models.KINDS``."""
        return self.original.fields

    @property
    def notes(self) -> list[Note]:
        return [self.original, *self.translations.values()]

    def note(self, lang: str) -> Note:
        """The note in that language, or the original."""
        return self.translations.get(lang, self.original)

    def with_ids(self, ids: Mapping[str, str]) -> Files:
        """The same note with names replaced by these ids."""
        if not ids:
            return self
        original = self.original
        fields = with_ids(self.facts, original.source.kind, ids)
        return replace(self, original=replace(original, fields=fields), ids=ids)


class Words(NamedTuple):
    """A note's words in one language, as lists and links show them."""

    lang: str
    title: str
    short_title: str | None
    summary: str
    address: str
    path: str


class Reader(Protocol):
    """Where entries read their rows and files from."""

    def listed(self, note: str) -> Listed: ...

    def files(self, note: str) -> Files: ...

    def facts(self, note: str) -> Any: ...


class Entry:
    """A note as pages of other notes see it. What lists and links show comes from a row; for
    anything else its files are read. The ``reader`` records each lookup. A catalogue has one entry
    per note, so entries are compared by identity."""

    __slots__ = ("_reader", "key", "name")

    def __init__(self, reader: Reader, key: Key) -> None:
        self._reader = reader
        self.key = key
        self.name = str(key)

    def __repr__(self) -> str:
        return f"<{self.name}>"

    @property
    def kind(self) -> str:
        return self.key.kind

    @property
    def id(self) -> str:
        return self.key.id

    # -- what its row says -------------------------------------------------------------------------

    @property
    def listed(self) -> Listed:
        """What lists and links show of the note."""
        return self._reader.listed(self.name)

    @property
    def languages(self) -> list[str]:
        return list(self.listed.words)

    def has(self, lang: str) -> bool:
        return lang in self.listed.words

    def words(self, lang: str) -> Words:
        """The note's words in that language, or in the original's."""
        words = self.listed.words
        return words.get(lang) or next(iter(words.values()))

    @property
    def date(self) -> Date | None:
        return self.listed.date

    @property
    def status(self) -> str:
        return self.listed.status

    @property
    def is_listed(self) -> bool:
        """Whether pages of other notes may list and name it: not if it is hidden."""
        return self.status != "hidden"

    @property
    def identity(self) -> Mapping[str, Any]:
        """A norm's type, number, year, jurisdiction, date and ELI."""
        return self.listed.identity

    # -- what its files say ------------------------------------------------------------------------

    def note(self, lang: str) -> Note:
        """The note in that language, or the original if there is no translation."""
        return self._reader.files(self.name).note(lang)

    @property
    def all_notes(self) -> list[Note]:
        return self._reader.files(self.name).notes

    @property
    def original(self) -> Note:
        return self._reader.files(self.name).original

    @property
    def translations(self) -> Mapping[str, Note]:
        return self._reader.files(self.name).translations

    @property
    def facts(self) -> Any:
        """The original's fields: a model of ``notes.models.KINDS``."""
        return self._reader.facts(self.name)


@dataclass(frozen=True)
class Listed:
    """The row ``listed`` of a note: what lists and links show. ``words``: by language, the
    original's first; ``identity``: of a norm; ``age``: see ``rows.age_of``."""

    words: Mapping[str, Words]
    date: Date | None
    status: str
    identity: Mapping[str, Any]
    age: tuple[str, int, str]

    @cached_property
    def path(self) -> str:
        """The original's file."""
        return self.paths[0]

    @property
    def paths(self) -> list[str]:
        """All of its files, the original's first."""
        return [one.path for one in self.words.values()]


def identity_of(facts: Any) -> Mapping[str, Any]:
    """As ``notes.norm_fields.identity``; empty for other kinds."""
    return identity(facts) if hasattr(facts, "relations") else {}
