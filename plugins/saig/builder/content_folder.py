"""The contents of ``content/``: which file belongs to which note, which files notes may link to,
and problems of file names. Cached while only notes are added, changed and removed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from ..catalogue.content_index import below
from ..catalogue.entry import Key
from ..notes.files import Source, scan, source_of
from ..notes.problem import Problem, problem_of
from .content_files import ContentFiles, is_file
from .database import Database
from .file_records import FileRecord, FileRecords


class NoteSources:
    """The files of notes, by note: those of the last build with the ``new`` ones, without those
    that are ``gone``. ``default``: the site's first language."""

    def __init__(
        self, records: FileRecords, default: str, new: Sequence[Source], gone: Set[str]
    ) -> None:
        self.records = records
        self.default = default
        self._new = new
        self._gone = gone
        self._new_of: dict[str, list[Source]] = {}
        for source in new:
            self._new_of.setdefault(source.note, []).append(source)
        self.of = cache(self._of)

    def _of(self, note: str) -> Sequence[Source]:
        """The files of a note."""
        before = self.records.of_notes_before([note]).get(note, ())
        return sorted([*self._staying(before), *self._new_of.get(note, ())])

    @cached_property
    def all(self) -> Sequence[Source]:
        """All files. Slow."""
        return [*self._staying(self.records.all_before()), *self._new]

    @cached_property
    def new_or_gone(self) -> Sequence[Source]:
        """The files that were added or removed since the last build."""
        return [*self._new, *map(self._source, self.records.before([*self._gone]))]

    def _staying(self, before: Iterable[FileRecord]) -> Iterator[Source]:
        return (self._source(record) for record in before if record.path not in self._gone)

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
    if said and (changed := _of_notes_alone(found, languages, records)):
        files, left_out, problems = said
        sources = NoteSources(records, languages[0], *changed)
        return ContentFolder(sources, files, frozenset(left_out), list(map(problem_of, problems)))
    content = scan(root, languages)
    before, now = records.paths_before(), {source.path for source in content.sources}
    new = [source for source in content.sources if source.path not in before]
    sources = NoteSources(records, languages[0], new, before - now)
    return ContentFolder(sources, content.files, content.left_out, content.problems)


def _of_notes_alone(
    found: ContentFiles, languages: Sequence[str], records: FileRecords
) -> tuple[list[Source], set[str]] | None:
    """The new and the removed files of notes. None if anything else was touched, of which more than
    the name is checked; a new file may be a note's where there are notes already."""
    touched = found.touched
    known = {record.path for record in records.before([*touched])}
    gone = {path for path, stamp in touched.items() if stamp is None}
    others = [path for path in touched if path not in known | gone]
    new = [one for path in others if (one := source_of(path, languages))]
    is_alone = (
        gone <= known
        and all(map(records.are_beside, others))
        and len(new) == len(others)
        and all(is_file(stamp) for stamp in touched.values() if stamp)
    )
    return (new, gone) if is_alone and not found.has_other_names else None


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
