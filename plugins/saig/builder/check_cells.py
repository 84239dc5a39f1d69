"""The checks between notes, each a cell: of a note, of a file with errors, of the whole site."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass

from ..catalogue.catalogue import Catalogue
from ..catalogue.check import check_entry, check_invalid, check_published, check_site
from ..catalogue.meant import Names
from ..notes.files import GONE, LEDGER, SITE
from ..notes.plain_data import as_json
from ..notes.problem import Problem, problem_of
from ..notes.read import Places
from .cells import Cell
from .file_records import FileRecord
from .reading import NoteReader
from .settings_files import SettingsFiles
from .work import cell_of, derived_cells

_SITE = "check site"
_PUBLISHED = "check published"


@dataclass(frozen=True)
class CheckCells:
    """``all_notes``: the catalogue of all notes; ``published``: the same without drafts; ``shown``:
    the one of the two from which pages are made; ``drafts``: names of notes; ``site_places``,
    ``gone_places``: positions of the values in ``site.yaml`` and ``gone.yaml``."""

    all_notes: Catalogue
    published: Catalogue
    shown: Catalogue
    drafts: Set[str]
    notes: NoteReader
    site_places: Places
    gone_places: Places
    beside: SettingsFiles

    def names(self, last_build: Set[str], *, all_read: bool) -> Iterator[str]:
        """The names of all checks: those of the last build, replaced for notes that were read
        since. ``all_read``: whether all notes could be read; otherwise vanished addresses are not
        checked."""
        records, default = self.notes.records, self.all_notes.site.default_language
        before = records.of_notes_before(list(records.read)).values()
        gone = {name for files in before for name in _names(files, default)}
        yield from last_build - gone - {_SITE, _PUBLISHED}
        for files in records.read.values():
            yield from _names(files, default)
        yield _SITE
        if all_read:
            yield _PUBLISHED

    def run(self, name: str) -> tuple[None, list[Cell]]:
        """Do one check. Runs in any process."""
        every, published = self.all_notes, self.published
        with every.recording() as of_every, published.recording() as of_published:
            found = [problem.plain for problem in self._problems(name)]
        looked_up = (every, of_every), (published, of_published)
        cell = cell_of(name, as_json(found) if found else None, *looked_up)
        return None, [*derived_cells(every), *derived_cells(published), cell]

    def _problems(self, name: str) -> Iterable[Problem]:
        _, what, of = f"{name} ".split(" ", 2)
        of = of.rstrip(" ")
        match what:
            case "note":
                return check_entry(self._with(of), self._named_notes, of)
            case "file":
                return self._of_file(of)
            case "site":
                self.all_notes.looks_up(f"beside {SITE}", f"beside {GONE}")
                names = self._named_notes
                return check_site(self.shown, names, self.site_places, self.gone_places)
            case _:
                self.all_notes.looks_up(f"beside {SITE}", f"beside {LEDGER}", "beside previous")
                ledger, previous = self.beside.ledger, self.beside.previous
                return check_published(
                    self.all_notes, self.shown, ledger, previous, self.site_places
                )

    @property
    def _named_notes(self) -> Names:
        return Names(self.published, self.all_notes)

    def _with(self, note: str) -> Catalogue:
        """The catalogue in which a note is checked: drafts must not affect the problems of
        others."""
        return self.all_notes if note in self.drafts else self.published

    def _of_file(self, path: str) -> list[Problem]:
        record = self.notes.records.at(path)
        assert record
        invalid = self.notes.note_files(record.note).invalid.get(path)
        if invalid is None:
            self.all_notes.looks_up(f"text {record.note}")
            return []
        own = map(problem_of, json.loads(record.problems or "[]"))
        told = {(problem.line, problem.column) for problem in own}
        found = check_invalid(self._with(record.note), self._named_notes, invalid)
        return [problem for problem in found if (problem.line, problem.column) not in told]


def _names(records: Sequence[FileRecord], default: str) -> Iterator[str]:
    """The checks of one note's files. ``default``: the site's first language."""
    originals = [record for record in records if record.lang == default]
    is_broken_draft = any(one.is_draft and one.outcome != "note" for one in originals)
    if not is_broken_draft:
        yield from (f"check note {one.note}" for one in originals if one.outcome != "nothing")
    for record in records:
        if record.outcome == "nothing" or (record.outcome == "part" and is_broken_draft):
            yield f"check file {record.path}"
