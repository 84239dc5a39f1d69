"""The result of a build, as plain data for the desk's server."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from ..builder.checking import CheckResult
from ..catalogue.translated import new_sentences
from ..excerpt import Excerpt
from ..notes.problem import Problem

OF_THE_SITE = ("site.yaml", "gone.yaml", "addresses.yaml")


@dataclass(frozen=True)
class NoteRow:
    """A note as the desk lists it. ``state``: a word of its day, or ``draft``, ``broken``.
    ``files``: by language. ``addresses``: of its pages, by language. ``missing``: languages.
    ``behind``: of each language whose translation is not of the original as it is, the sentences
    that are new there. ``begun``: languages whose translation is a draft."""

    name: str
    title: str
    lang: str
    state: str
    files: Mapping[str, str]
    addresses: Mapping[str, str]
    missing: Sequence[str]
    behind: Mapping[str, Sequence[str]] = field(default_factory=dict)
    begun: Sequence[str] = ()

    @property
    def path(self) -> str:
        """Its original's file, or that of a translation without an original."""
        return next(iter(self.files.values()))


@dataclass(frozen=True)
class DeskState:
    """``day``: of the preview, as ISO has it. ``failure``: why nothing could be built, in words.
    ``excerpts``: the line of each problem, as it was when that was found. ``pages``: the name and
    the language of the note at each address. ``homes``: by language. ``edit``: the setting
    ``EDIT_LINK``. ``modules``: the project's Python files that builds imported. ``is_done``:
    whether all pages are made, not only those of the notes that changed."""

    day: str = ""
    failure: str = ""
    problems: Sequence[Problem] = ()
    excerpts: Sequence[Excerpt | None] = ()
    notes: Sequence[NoteRow] = ()
    pages: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    homes: Mapping[str, str] = field(default_factory=dict)
    edit: str = ""
    modules: Sequence[str] = ()
    time_zone: str = "UTC"
    is_done: bool = True

    @cached_property
    def _lines(self) -> dict[tuple[object, ...], Excerpt | None]:
        found = zip(self.problems, self.excerpts, strict=True)
        return {_place(problem): excerpt for problem, excerpt in found}

    def excerpt(self, problem: Problem) -> Excerpt | None:
        return self._lines.get(_place(problem))

    @cached_property
    def by_name(self) -> dict[str, NoteRow]:
        return {note.name: note for note in self.notes}

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.is_error]

    @property
    def of_the_site(self) -> list[Problem]:
        """The errors in what every page depends on."""
        return [one for one in self.errors if one.path.rpartition("/")[2] in OF_THE_SITE]


def _place(problem: Problem) -> tuple[object, ...]:
    return problem.path, problem.line, problem.column, problem.code, problem.message


def state_of(
    checked: CheckResult,
    problems: Sequence[Problem],
    excerpts: Sequence[Excerpt | None],
    text_of: Callable[[str], str],
    last: DeskState,
) -> DeskState:
    """The state after a build. ``text_of``: the contents of a file. ``last``: the state before,
    whose notes stay if nothing could be read."""
    if checked.shown is None or checked.all_notes is None or checked.work is None:
        return replace(last, failure="", problems=problems, excerpts=excerpts)
    shown = checked.shown
    site = shown.site
    records: dict[str, dict[str, str]] = {}
    drafts: dict[str, set[str]] = defaultdict(set)
    for record in sorted(checked.work.notes.records.all()):
        records.setdefault(record.note, {})[record.lang] = record.path
        if record.is_draft:
            drafts[record.note].add(record.lang)
    listed = {note: row for _, note, row in shown.every_row("listed")}
    broken = {problem.path for problem in problems if problem.is_error}
    outdated = {problem.path for problem in problems if problem.code == "translation-outdated"}
    notes: list[NoteRow] = []
    pages: dict[str, tuple[str, str]] = {}
    for name, found in sorted(records.items()):
        files = {lang: found[lang] for lang in site.languages if lang in found}
        is_shown = name in listed
        said = listed[name] if is_shown else checked.all_notes.row("listed", name)
        words = said["words"] if said else {}
        addresses = {lang: one[4] for lang, one in words.items()} if is_shown else {}
        pages |= {address: (name, lang) for lang, address in addresses.items()}
        lang = next(iter(files))
        if broken & set(files.values()):
            state = "broken"
        elif site.default_language in drafts[name]:
            state = "draft"
        else:
            standing = shown.standing(name) if is_shown else None
            state = standing["state"][0] if standing else "current"
        title = words[lang][1] if lang in words else name.partition("/")[2]
        missing = [one for one in site.languages if one not in files]
        begun = [one for one in files if state != "draft" and one in drafts[name]]
        behind = {
            one: new_sentences(
                checked.all_notes.entry(name), one, text_of(next(iter(files.values())))
            )
            for one, path in files.items()
            if path in outdated
        }
        notes.append(NoteRow(name, title, lang, state, files, addresses, missing, behind, begun))
    homes = {one: "/" if one == site.default_language else f"/{one}/" for one in site.languages}
    day, zone = shown.day.isoformat(), site.time_zone
    return DeskState(day, "", problems, excerpts, notes, pages, homes, time_zone=zone)
