"""One build's work: what is cached, what changed since, and the cells to be done again."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from graphlib import TopologicalSorter
from typing import Any, TypeVar

from ..catalogue.catalogue import Catalogue
from ..catalogue.entry import Files
from ..catalogue.lookup import LookedUp
from ..catalogue.validity import holds
from ..notes.body import BodyMarkup
from ..notes.plain_data import as_json
from ..progress import Progress
from .cells import Cell, Cells
from .content_files import ContentFiles
from .database import Database, number_of, numbers_of
from .processes import parallel_map
from .reading import NoteReader
from .row_store import SHOWN, RowStore

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True)
class Remembered:
    """The rows, files and values of all notes for catalogues: a ``catalogue.lookup.RowSource``."""

    store: RowStore
    cells: Cells
    notes: NoteReader

    def rows(self, world: str, table: str, key: str) -> Iterable[tuple[str, str]]:
        return self.store.rows(world, table, key)

    def table(self, world: str, table: str) -> Iterable[tuple[str, str, str]]:
        return self.store.table(world, table)

    def derived(self, world: str, name: str) -> str | None:
        return self.cells.json(f"{world} {name}")

    def files(self, world: str, note: str) -> Files:
        return self.notes.files(note, is_shown=world == SHOWN)

    def facts(self, note: str) -> Any:
        return self.notes.facts(note)

    def markup(self, path: str) -> BodyMarkup:
        return self.notes.markup(path)


@dataclass
class Work:
    """``causes``: the names under which something changed since pages were last made, each with the
    notes that caused it. Names of a catalogue begin with the world, those of feeds do not."""

    database: Database
    rows: RowStore
    cells: Cells
    notes: NoteReader
    files: ContentFiles
    jobs: int
    progress: Progress
    causes: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def __post_init__(self) -> None:
        for name, notes in (self.database.value("pending") or {}).items():
            self.causes[name].update(notes)

    @property
    def source(self) -> Remembered:
        return Remembered(self.rows, self.cells, self.notes)

    def mark_changes(
        self,
        world: str,
        changed: Iterable[str],
        others: Mapping[str, set[str]],
        catalogue: Catalogue,
    ) -> None:
        """Mark the names that changed in a world. Derived values that may have changed are worked
        out again, each after those that it looks up; one that is unchanged marks nothing.
        ``changed``: the notes whose rows may have changed; ``others``: changes beside rows, as in
        ``causes``. Without a cache everything is due anyway, so nothing is marked."""
        if self.database.is_new:
            return
        causes = {**self.rows.changed_names(world, changed), **others}
        differing = {f"{world} {name}": due_to for name, due_to in causes.items()}
        due = self._derived(self.cells.that_may_differ_on(catalogue.day), world)
        due |= self._derived(self.cells.readers(differing), world)
        affected = self._with_readers(due, world)
        self.cells.drop(affected)
        looked_up = self._looked_up_among(affected)
        for name in TopologicalSorter(looked_up).static_order():
            if name not in due and differing.keys().isdisjoint(looked_up[name]):
                self.cells.keep(name)  # it looked up nothing that changed
            elif self._has_changed(name, catalogue):
                differing[name] = set()
        for name, due_to in differing.items():
            self.causes[name] |= due_to

    def _with_readers(self, cells: set[str], world: str) -> set[str]:
        """These derived values with those that depend on them, transitively."""
        found, more = set(cells), cells
        while more:
            more = self._derived(self.cells.readers(more), world) - found
            found |= more
        return found

    def _looked_up_among(self, cells: set[str]) -> dict[str, list[str]]:
        """Cell -> which of these cells it looked up in the last build."""
        by_number = {number_of(name): name for name in cells}
        return {
            name: [by_number[one] for one in by_number.keys() & self.cells.reads(name)]
            for name in cells
        }

    def _derived(self, cells: Iterable[str], world: str) -> set[str]:
        """The derived values of a world among these cells: only their names begin with it."""
        return {name for name in cells if name.startswith(f"{world} ")}

    def _has_changed(self, name: str, catalogue: Catalogue) -> bool:
        """Work a derived value out again. Returns whether it changed since the last build."""
        cells = derived_by(partial(catalogue.value_of, name.partition(" ")[2]), catalogue)
        if cells is None:
            return True
        self.keep_cells(cells)
        return self.cells.json(name) != self.cells.json_before(name)

    def keep_cells(self, cells: Iterable[Cell]) -> None:
        for cell in cells:
            self.cells.put(cell)

    def take_due(
        self, names: Iterable[str], last_build: set[str], catalogue: Catalogue
    ) -> list[str]:
        """The cells among ``names`` that are due: new ones, and those for which a looked-up name or
        the day changed. Drops their results, and the cells of ``last_build`` (all of their kind)
        that are not among ``names``."""
        wanted = dict.fromkeys(names)
        gone = last_build - wanted.keys()
        due = {name for name in self.cells.readers(self.causes) if name in wanted}
        due |= self.cells.that_may_differ_on(catalogue.day) & wanted.keys()
        self.cells.drop(gone | due)
        return [name for name in wanted if name in due or name not in last_build]

    def plain_of_cell(
        self, name: str, beginning: str, make: Callable[[], Any], catalogue: Catalogue
    ) -> Any:
        """The result of a cell of plain data, from the cache or made again. Drops other cells whose
        names have this beginning."""
        remembered = self.cells.json(name)  # before it may be dropped
        if self.take_due([name], self.cells.names(beginning), catalogue) or remembered is None:
            with catalogue.recording() as record:
                remembered = as_json(make())
            cell = cell_of(name, remembered, (catalogue, record))
            self.keep_cells([*derived_cells(catalogue), cell])
        return json.loads(remembered)

    def do(
        self, items: Sequence[T], work: Callable[[T], tuple[R, list[Cell]]], message: str = ""
    ) -> Iterator[R]:
        """Do pieces of work in parallel. Yields their results, and keeps the cells of each."""
        came = parallel_map(work, items, self.jobs)
        if message:
            came = self.progress.over(came, len(items), message)
        for result, cells in came:
            self.keep_cells(cells)
            yield result

    def save(self, *, pages_are_made: bool) -> None:
        """Write everything to the database. If no pages were made (after a check), the names that
        changed are kept for the next build."""
        pending = {} if pages_are_made else {n: sorted(notes) for n, notes in self.causes.items()}
        self.database.keep({"pending": pending})
        self.rows.save()
        self.cells.save()
        self.notes.records.save()
        self.files.save(self.database)


def cell_of(name: str, json: str | None, *looked_up: tuple[Catalogue, LookedUp]) -> Cell:
    """The cell of a piece of work. ``looked_up``: each catalogue with what was looked up in it."""
    reads = numbers_of(
        f"{catalogue.world} {one}" for catalogue, record in looked_up for one in record.names
    )
    days = (day for _, record in looked_up for day in record.days)
    return Cell(name, json, reads, *holds(days, looked_up[0][0].day))


def derived_by(work: Callable[[], object], catalogue: Catalogue) -> list[Cell] | None:
    """Do some work only to get the derived values that it needs. None if it raises: the page or
    check that needs the value will raise again and report it."""
    try:
        work()
    except (OSError, MemoryError):
        raise
    except Exception:
        catalogue.worked_out.clear()
        return None
    return derived_cells(catalogue)


def derived_cells(catalogue: Catalogue) -> list[Cell]:
    """The derived values that were worked out since the last call."""
    found = [
        cell_of(f"{catalogue.world} {one.name}", one.value, (catalogue, one.record))
        for one in catalogue.worked_out.values()
    ]
    catalogue.worked_out.clear()
    return found
