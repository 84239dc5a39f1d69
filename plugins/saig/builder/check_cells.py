"""The checks between notes, each a cell: of a note, of a file that is no note, of the whole."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..catalogue.catalogue import Catalogue
from ..catalogue.check import check_entry, check_invalid, check_published, check_site
from ..catalogue.entry import Key
from ..notes.address_lists import Gone
from ..notes.files import GONE, LEDGER, SITE
from ..notes.problem import Problem, problem_of
from ..notes.read import Places, SiteReading
from ..notes.site import Site
from .cells import Cell
from .database import encoded
from .files_beside import SettingsFiles
from .reading import NoteReader
from .work import cell_of, derived_cells


@dataclass(frozen=True)
class CheckCells:
    """``all_notes``: the catalogue of them; ``hidden``: the drafts among them; ``said``, ``gone``:
    ``site.yaml`` and ``gone.yaml``, as they were read."""

    all_notes: Catalogue
    notes: NoteReader
    hidden: frozenset[Key]
    said: SiteReading
    gone: Sequence[Gone]
    gone_places: Places
    beside: SettingsFiles

    def names(self, site: Site, *, all_read: bool) -> Iterator[str]:
        """Of all that there are."""
        drafts_with_errors = {
            record.note
            for record in self.notes.records.values()
            if record.is_draft and record.came != "note" and record.lang == site.default_language
        }
        for path, record in self.notes.records.items():
            is_apart = record.came == "nothing" or record.note in drafts_with_errors
            if record.came != "note" and is_apart:
                yield f"check file {path}"
            is_original = record.lang == site.default_language
            if is_original and record.came != "nothing" and record.note not in drafts_with_errors:
                yield f"check note {record.note}"
        yield "check site"
        if all_read:
            yield "check published"

    def run(self, name: str) -> tuple[None, list[Cell]]:
        """Do one, in any process."""
        catalogue = self.all_notes
        with catalogue.recording() as record:
            found = [problem.plain for problem in self._problems(name)]
        cell = cell_of(catalogue, name, encoded(found) if found else None, record)
        return None, [*derived_cells(catalogue), cell]

    def _problems(self, name: str) -> Iterable[Problem]:
        _, what, of = f"{name} ".split(" ", 2)
        of = of.rstrip(" ")
        match what:
            case "note":
                return check_entry(self.all_notes, self.all_notes.entry(of))
            case "file":
                return self._of_file(of)
            case "site":
                self.all_notes.looks_up(f"beside {SITE}", f"beside {GONE}")
                return check_site(
                    self.all_notes, self._shown, self.gone, self.said.places, self.gone_places
                )
            case _:
                names = (f"beside {SITE}", f"beside {LEDGER}", "beside previous")
                self.all_notes.looks_up(*names)
                ledger, previous = self.beside.ledger()[0], self.beside.previous
                return check_published(
                    self.all_notes, self._shown, ledger, previous, self.said.places
                )

    @property
    def _shown(self) -> Catalogue:
        return self.all_notes.overlooking(self.hidden)

    def _of_file(self, path: str) -> list[Problem]:
        record = self.notes.records[path]
        invalid = self.notes.note_files(record.note).invalid.get(path)
        if invalid is None:
            self.all_notes.looks_up(f"text {record.note}")
            return []
        own = map(problem_of, json.loads(record.problems or "[]"))
        told = {(problem.line, problem.column) for problem in own}
        found = check_invalid(self.all_notes, invalid)
        return [problem for problem in found if (problem.line, problem.column) not in told]
