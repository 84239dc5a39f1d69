"""Looks rows up, and records the lookups as dependencies (docs/decisions/0033).

Whatever depends on other notes goes through ``row``, ``under``, ``every_row`` or a ``derived``
value. Each lookup has a *name*: ``listed notice/x``, ``referencing notice departments obres``,
``standing norm/y``. While a piece of work is ``recording``, the names that it looks up are
collected. It is done again when something under one of them changes, or on a day that it depends
on.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, lru_cache, wraps
from typing import Any, NamedTuple, Protocol, TypeVar

from ..notes.body import BodyMarkup
from ..notes.plain_data import as_json
from .entry import Entry, Files, Key, Listed, Words, key_of, order_of_name

Date = datetime.date
T = TypeVar("T")

EVERY = "*"
"""In place of a key in a name: all rows of a table."""


class RowSource(Protocol):
    """Where rows come from. ``world``: see ``Lookup``."""

    def rows(self, world: str, table: str, key: str) -> Iterable[tuple[str, str]]:
        """The rows under a key, in any order: note, value."""

    def table(self, world: str, table: str) -> Iterable[tuple[str, str, str]]:
        """All rows of a table, in any order: key, note, value."""

    def derived(self, world: str, name: str) -> str | None:
        """A ``derived`` value from the cache, as JSON; None if it is not there or stale."""

    def files(self, world: str, note: str) -> Files:
        """A note's files, read."""

    def facts(self, note: str) -> Any:
        """The fields of a note's original: less to read than all its files."""

    def markup(self, path: str) -> BodyMarkup:
        """The text of a note's file."""


@dataclass
class LookedUp:
    """What a piece of work looked up: names; and the days on which its result may change."""

    names: dict[str, None] = field(default_factory=dict)
    days: set[Date] = field(default_factory=set)


@dataclass(frozen=True)
class Derived:
    """A derived value that was worked out, as JSON, and what it looked up."""

    name: str
    value: str
    record: LookedUp


class DerivedFunction(NamedTuple):
    """``words``: what it gives, as a message for editors, of ``%(note)s`` or of ``%(key)s``."""

    function: Callable[..., Any]
    words: str


DERIVED: dict[str, DerivedFunction] = {}
"""The functions of derived values by their names."""

HELD = 1_000
"""The results of lookups that a catalogue caches: enough for pages that are made in sequence."""

VALUES_HELD = 4_000
"""The same for derived values, which take longer to get again."""

_decode = json.JSONDecoder().decode


def derived(words: str) -> Callable[[Callable[..., T]], Callable[..., T]]:
    """Mark a function of a ``Lookup`` and of texts, or a method, that returns plain data.

    Its value is cached like a row. Work that uses it is done again only if the value changes, not
    whenever something changes from which it was worked out. ``words``: see ``DerivedFunction``.
    """

    def mark(function: Callable[..., T]) -> Callable[..., T]:
        table = function.__name__
        assert table not in DERIVED, table
        DERIVED[table] = DerivedFunction(function, words)

        @wraps(function)
        def ask(self: Lookup, *of: str) -> Any:
            return self.value_of(" ".join((table, *of)))

        return ask

    return mark


class Lookup:
    """Rows of one ``world``: of all notes, of all but drafts, or of those that are shown (see
    ``builder.row_store``)."""

    def __init__(self, source: RowSource, world: str, day: Date) -> None:
        self.source = source
        self.world = world
        self.day = day
        self.worked_out: dict[str, Derived] = {}
        """The derived values that were worked out here."""
        self._records: list[LookedUp] = []
        self._tables = cache(self._read_table)
        self._rows = lru_cache(HELD)(self._read_rows)
        self._listed = lru_cache(HELD)(self._read_listed)
        self._value = lru_cache(VALUES_HELD)(self._read_value)
        self.entry = cache(self._new_entry)
        self._once: dict[Hashable, tuple[Any, LookedUp]] = {}

    # -- recording ---------------------------------------------------------------------------------

    @contextmanager
    def recording(self) -> Iterator[LookedUp]:
        """Record the lookups made within, but not those of derived values: these have their own."""
        record = LookedUp()
        self._records.append(record)
        try:
            yield record
        finally:
            self._records.pop()

    def looks_up(self, *names: str) -> None:
        """Record a dependency on these names."""
        if self._records:
            for name in names:
                self._records[-1].names[name] = None

    def changes_on(self, days: Iterable[Date]) -> None:
        """Record days on which the result changes by itself."""
        if self._records:
            self._records[-1].days.update(days)

    def next_of(self, days: Collection[Date]) -> str | None:
        """The first of these days after today (ISO 8601), or None. Records all of them, past ones
        too, for the next build may be of an earlier day."""
        self.changes_on(days)
        coming = min((day for day in days if day > self.day), default=None)
        return coming.isoformat() if coming else None

    def once(self, name: Hashable, make: Callable[[], T]) -> T:
        """The result of ``make``, called once per name. Every caller depends on what it looked up.
        For what many pages use, and a build need not cache."""
        found = self._once.get(name)
        if found is None:
            with self.recording() as record:
                found = self._once[name] = make(), record
        value, record = found
        if self._records:
            self._records[-1].names.update(record.names)
            self._records[-1].days.update(record.days)
        return value

    # -- rows --------------------------------------------------------------------------------------

    def under(self, table: str, key: str) -> Mapping[str, Any]:
        """The rows under a key: note to value, in the order of notes."""
        name = f"{table} {key}"
        if self._records:
            self._records[-1].names[name] = None
        return self._rows(name)

    def _read_rows(self, name: str) -> Mapping[str, Any]:
        table, _, key = name.partition(" ")
        rows = sorted(
            self.source.rows(self.world, table, key), key=lambda row: order_of_name(row[0])
        )
        values = decoded([value for _, value in rows])
        return dict(zip((note for note, _ in rows), values, strict=True))

    def row(self, table: str, note: str) -> Any:
        """The value of a note's row under its own key; None if there is no such note."""
        return self.under(table, note).get(note)

    def count_unrecorded(self, table: str, key: str) -> int:
        """The number of rows under a key. Nothing is recorded."""
        return sum(1 for _ in self.source.rows(self.world, table, key))

    def every_row(self, table: str) -> list[tuple[str, str, Any]]:
        """All rows of a table, in the order of notes: key, note, value."""
        self.looks_up(f"{table} {EVERY}")
        return self._tables(table)

    def _read_table(self, table: str) -> list[tuple[str, str, Any]]:
        rows = sorted(
            self.source.table(self.world, table), key=lambda row: (order_of_name(row[1]), row[0])
        )
        values = decoded([value for *_, value in rows])
        return [(key, note, value) for (key, note, _), value in zip(rows, values, strict=True)]

    # -- what follows from rows --------------------------------------------------------------------

    def value_of(self, name: str) -> Any:
        """A derived value by its name: that of its function, and the arguments."""
        self.looks_up(name)
        return self._value(name)

    def _read_value(self, name: str) -> Any:
        known = self.source.derived(self.world, name)
        return _decode(self._work_out(name) if known is None else known)

    def _work_out(self, name: str) -> str:
        table, *of = name.split(" ")
        with self.recording() as record:
            value = as_json(DERIVED[table].function(self, *of))
        self.worked_out[name] = Derived(name, value, record)
        return value

    # -- notes -------------------------------------------------------------------------------------

    def _new_entry(self, note: str) -> Entry:
        """The entry of a note, which must exist. Cached, so each note has one object."""
        return Entry(self, key_of(note))

    def entries_of(self, notes: Iterable[str]) -> list[Entry]:
        return [self.entry(note) for note in notes]

    def is_there(self, key: Key) -> bool:
        return bool(self.under("there", str(key)))

    def listed(self, note: str) -> Listed:
        """What lists show of a note."""
        self.looks_up(f"listed {note}")
        return self._listed(note)

    def _read_listed(self, note: str) -> Listed:
        said = self.row("listed", note)
        words = {lang: Words(*one) for lang, one in said["words"].items()}
        return Listed(
            words, day_of(said["date"]), said["status"], said["identity"], tuple(said["age"])
        )

    def files(self, note: str) -> Files:
        """A note's files. Pages of other notes may use only its public fields: they depend on
        ``public_digest``, not on all that the files hold."""
        self.looks_up(f"facts {note}")
        return self.source.files(self.world, note)

    def facts(self, note: str) -> Any:
        """The fields of a note's original: a model of ``notes.models.KINDS``."""
        self.looks_up(f"facts {note}")
        return self.source.facts(note)


def decoded(values: Iterable[str]) -> list[Any]:
    """JSON values, parsed together: for thousands that takes a fifth of the time."""
    found: list[Any] = _decode(f"[{','.join(values)}]")
    return found


def day_of(text: str | None) -> Date | None:
    """The date that a row has as ISO 8601, if any."""
    return Date.fromisoformat(text) if text else None
