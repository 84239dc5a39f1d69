"""The contents of ``content/``: which file belongs to which note, which files notes may link to,
and problems of file names. Cached while no name changes."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ..catalogue.content_index import below
from ..catalogue.entry import Key
from ..notes.files import Source, scan
from ..notes.problem import Problem, problem_of
from .content_files import ContentFiles
from .database import Database
from .file_records import FileRecord, FileRecords


class NoteSources:
    """The files of notes, by note. ``scanned``: all of them; None if they are as in the last build.
    ``default``: the site's first language."""

    def __init__(
        self, records: FileRecords, default: str, scanned: Sequence[Source] | None = None
    ) -> None:
        self.records = records
        self.default = default
        self.scanned = scanned
        self._of: dict[str, list[Source]] = {}
        for source in scanned or ():
            self._of.setdefault(source.note, []).append(source)

    def of(self, note: str) -> Sequence[Source]:
        """The files of a note."""
        if self.scanned is None and note not in self._of:
            found = self.records.of_notes_before([note]).get(note, [])
            self._of[note] = list(map(self._source, found))
        return self._of.get(note, ())

    @cached_property
    def all(self) -> Sequence[Source]:
        """All files. Slow if the folder was not scanned."""
        if self.scanned is not None:
            return self.scanned
        return list(map(self._source, self.records.all_before()))

    @cached_property
    def new_or_gone(self) -> Sequence[Source]:
        """The files that were added or removed since the last build."""
        if self.scanned is None:
            return []
        now = {source.path: source for source in self.scanned}
        before = self.records.paths_before()
        gone = self.records.before(sorted(before - now.keys()))
        return [*(now[path] for path in now.keys() - before), *map(self._source, gone)]

    def has_original(self, note: str) -> bool:
        """Whether a note has an original, not only translations."""
        return any(source.is_original for source in self.of(note))

    def _source(self, record: FileRecord) -> Source:
        kind, _, identifier = record.note.partition("/")
        return Source(record.path, kind, identifier, record.lang, record.lang == self.default)


@dataclass(frozen=True)
class ContentFolder:
    """``files`` and ``left_out``: as ``notes.files.Content`` has them."""

    sources: NoteSources
    files: Mapping[str, str]
    left_out: Set[str]
    problems: Sequence[Problem]


def content_folder(
    root: Path, languages: Sequence[str], found: ContentFiles, records: FileRecords
) -> ContentFolder:
    """``found``: the files of the folder; ``languages``: the site's, the default one first."""
    said = records.database.value("folder")
    if said and found.has_same_names and _are_notes([*found.touched], root.parent, records):
        files, left_out, problems = said
        sources = NoteSources(records, languages[0])
        return ContentFolder(sources, files, frozenset(left_out), list(map(problem_of, problems)))
    content = scan(root, languages)
    sources = NoteSources(records, languages[0], content.sources)
    return ContentFolder(sources, content.files, content.left_out, content.problems)


def _are_notes(paths: Sequence[str], project: Path, records: FileRecords) -> bool:
    """Whether all of these are files of notes. Of other files, more than the names is checked."""
    found = [record.path for record in records.before(paths)]
    return len(found) == len(paths) and not any(os.path.islink(project / path) for path in found)


def changed_names(
    folder: ContentFolder, hidden: Iterable[Key], theme: Sequence[str], database: Database
) -> set[str]:
    """The names, as ``catalogue.content_index.ContentLookup`` looks them up, under which something
    changed since the last build. ``hidden``: the drafts that are not shown; ``theme``: the theme's
    files. Saves what the next build compares with."""
    found: set[str] = set()
    for source in folder.sources.new_or_gone:
        found |= {f"known {source.note}", f"translated {source.note} {source.lang}"}
        found |= {f"ids {source.kind}", f"note-file {below(source.path)}", "note-files *"}
    files_before, left_out_before, _ = database.value("folder") or ({}, [], [])
    before = {path: path not in left_out_before for path in files_before}
    now = {path: path not in folder.left_out for path in folder.files}
    for path, _ in before.items() ^ now.items():
        found |= {f"file {path}", "files *"}
    drafts = sorted(map(str, hidden))
    for note in {*drafts} ^ {*(database.value("drafts") or ())}:
        found.add(f"is-draft {note}")
    if list(theme) != database.value("theme"):
        found.add("theme *")
    plain = [folder.files, sorted(folder.left_out), [one.plain for one in folder.problems]]
    database.keep({"folder": plain, "drafts": drafts, "theme": list(theme)})
    return found
