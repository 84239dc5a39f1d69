"""Whether a build has anything to do at all.

It imports nothing heavy, and asks nothing of notes but their bytes: a build that finds all as the
last one left it is over before Pelican would have begun.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from hashlib import sha256
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from ..cms.package import FOLDER
from ..git import Checkout, GitFailed
from ..notes.forbidden_files import tracked_problems
from ..notes.problem import Problem
from ..themes import Theme
from .database import Database, encoded
from .inputs import digest, of_settings, plain, read
from .output import Folder
from .processes import in_background

PACKS = "packs"
"""The folder with packs of the town's own (``notes.pack``, which is heavier to import)."""

Files = Mapping[str, str]
"""Paths from the folder of the project, and the digests of what the files hold."""


@dataclass(frozen=True)
class GitState:
    """What Git says of the tree. ``version``: its commit, and whether it differs from it; None where
    it is in no repository. ``problems``: of what Git should not have."""

    version: Mapping[str, Any]
    problems: list[Problem]

    @property
    def plain(self) -> list[Any]:
        return [dict(self.version), [problem.plain for problem in self.problems]]


@dataclass(frozen=True)
class LastReport:
    """What the last build came to. ``inputs``: a digest of all that it was made of, but for the day
    and Git. ``git``: as ``GitState.plain``. ``text``: what it would have told if it had found nothing
    to do, and ``built``: its last line, to be filled in."""

    inputs: str
    day: str
    time_zone: str
    git: list[Any]
    text: str
    built: str


@dataclass(frozen=True)
class BuildInputs:
    """All that there is at the beginning of a build. ``notes``: the notes' files. ``others``: a digest
    of all else that a site is made of, as it was; ``ask_others``: as it is."""

    settings: Mapping[str, Any]
    database: Database
    folder: Folder
    notes: Files
    others: str
    ask_others: Callable[[], str]
    git: Callable[[], GitState]

    @cached_property
    def digest(self) -> str:
        return digest(sorted(self.notes.items()), self.others)

    def last_report(self) -> LastReport | None:
        """What is to be told again, if this build would come to the same; None if there is
        something to do."""
        said = self.database.value("report")
        if said is None or said["inputs"] != self.digest:
            return None
        last = LastReport(**said)
        day = self.settings.get("TODAY") or civil_date(last.time_zone)
        same = str(day) == last.day and encoded(last.git) == encoded(self.git().plain)
        return last if same and self.folder.is_as_left else None

    def forget(self) -> None:
        """Look at all of it the next time."""
        self.database.keep({"report": None})

    def keep(self, day: datetime.date, time_zone: str, text: str, built: str) -> None:
        """Remember what this build would tell. If anything changed meanwhile, the next build must
        look at all of it."""
        report = LastReport(self.digest, str(day), time_zone, self.git().plain, text, built)
        same = self.ask_others() == self.others
        self.database.keep({"report": vars(report) if same else None})


def build_inputs(settings: Mapping[str, Any], database: Database, lang: str) -> BuildInputs:
    """Look at all that there is. ``lang``: of what is told."""
    content, theme = Path(settings["PATH"]), Path(settings["THEME"])
    git = in_background(partial(git_state, content))
    folder = Folder(Path(settings["OUTPUT_PATH"]), database)
    folder.kept = Path(settings["DESK"]) if settings.get("DESK") else None

    def others(beside_notes: Files) -> str:
        said = [(name, plain(value)) for name, value in sorted(settings.items())]
        editor = [content.parent / FOLDER] if settings.get("CMS") else []
        folders = [*Theme.of(theme, content.parent).folders, content.parent / PACKS, *editor]
        files = [sorted(found.items()) for found in (beside_notes, *map(digests, folders))]
        return digest(lang, said, of_settings(settings, content.parent), files)

    def ask_others() -> str:
        return others(digests(content, lambda path: not _is_note(path)))

    notes, beside_notes = _apart(digests(content))
    return BuildInputs(settings, database, folder, notes, others(beside_notes), ask_others, git)


def note_digests(content: Path) -> Files:
    """The files of notes."""
    return digests(content, _is_note)


def digests(root: Path, is_wanted: Callable[[str], bool] = lambda path: True) -> Files:
    """The files below a folder that are wanted, by their paths from the folder above it."""
    return {path: digest_of(file) for path, file in _walk(root.name, str(root)) if is_wanted(path)}


def _is_note(path: str) -> bool:
    return path.endswith(".md") and not path.partition("/")[2].startswith("files/")


def _apart(files: Files) -> tuple[Files, Files]:
    """Notes, and all others."""
    notes = {path: found for path, found in files.items() if _is_note(path)}
    return notes, {path: found for path, found in files.items() if path not in notes}


UNREADABLE = ""
"""In place of a digest. Whoever reads the file in earnest will say why it cannot be read."""


def digest_of(file: str) -> str:
    try:
        return sha256(read(file)).hexdigest()
    except OSError:
        return UNREADABLE


def _walk(name: str, folder: str) -> Iterator[tuple[str, str]]:
    waiting = [(name, folder)]
    while waiting:
        name, folder = waiting.pop()
        try:
            entries = list(os.scandir(folder))
        except OSError:
            yield name, folder
            continue
        for entry in entries:
            path = f"{name}/{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                waiting.append((path, entry.path))
            elif entry.is_symlink() or entry.is_file():  # a link may lead nowhere, or in a circle
                yield path, entry.path


def git_state(content: Path) -> GitState:
    """What Git says of the tree that the notes are in."""
    checkout = Checkout.of(content.parent)
    problems: list[Problem] = []
    try:
        if checkout:
            problems = tracked_problems(checkout.tracked(), content.name)
            version = {"commit": checkout.commit(), "differs": checkout.differs()}
            return GitState(version, problems)
    except GitFailed:
        pass  # no repository, or one without a commit
    return GitState({"commit": None, "differs": None}, problems)


def commit(content: Path) -> str | None:
    """The Git commit of the tree that the notes are in."""
    checkout = Checkout.of(content.parent)
    try:
        return checkout.commit() if checkout else None
    except GitFailed:
        return None


def civil_date(zone: str, now: datetime.datetime | None = None) -> datetime.date:
    """Today where the site is."""
    return (now or datetime.datetime.now(datetime.UTC)).astimezone(ZoneInfo(zone)).date()
