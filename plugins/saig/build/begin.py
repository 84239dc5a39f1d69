"""The beginning of a build: what there is, and whether there is anything to do at all.

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

from ..git import Checkout, GitFailed
from ..notes.forbidden_files import tracked_problems
from ..notes.problem import Problem
from .inputs import digest, of_settings, plain
from .pool import aside
from .store import Store
from .write import Folder

Files = Mapping[str, str]
"""Paths from the folder of the project, and the digests of what the files hold."""


@dataclass(frozen=True)
class Seen:
    """What Git says of the tree. ``version``: its commit, and whether it differs from it; None where
    it is in no repository. ``problems``: of what Git should not have."""

    version: Mapping[str, Any]
    problems: list[Problem]


@dataclass(frozen=True)
class Told:
    """What the last build came to. ``inputs``: a digest of all that it was made of, but for the day
    and what was ``seen``. ``text``: what it would have told if it had found nothing to do, and
    ``built``: its last line, to be filled in."""

    inputs: str
    day: datetime.date
    time_zone: str
    seen: Seen
    text: str
    built: str


@dataclass(frozen=True)
class Begun:
    """``notes``: the notes' files. ``beside``: a digest of all else that a site is made of, as it
    was; ``ask_beside``: as it is."""

    settings: Mapping[str, Any]
    store: Store
    folder: Folder
    notes: Files
    beside: str
    ask_beside: Callable[[], str]
    seen: Callable[[], Seen]

    @cached_property
    def inputs(self) -> str:
        return digest(sorted(self.notes.items()), self.beside)

    def told(self) -> Told | None:
        """What is to be told again, if this build would come to the same; None if there is
        something to do."""
        told: Told | None = self.store.part("told")
        if told is None or told.inputs != self.inputs:
            return None
        day = self.settings.get("TODAY") or civil_date(told.time_zone)
        same = str(day) == str(told.day) and told.seen == self.seen()
        return told if same and self.folder.is_as_left else None

    def forget(self) -> None:
        """Look at all of it the next time."""
        self.store.keep([("told", None)])

    def keep(
        self, built_of: Files, day: datetime.date, time_zone: str, text: str, built: str
    ) -> None:
        """Remember what this build would tell. ``built_of``: the notes as they were read; if they,
        or what else there is, changed meanwhile, the next build must look at all of it."""
        same = built_of.items() <= self.notes.items() and self.ask_beside() == self.beside
        told = Told(self.inputs, day, time_zone, self.seen(), text, built)
        self.store.keep([("told", told if same else None)])


def begin(settings: Mapping[str, Any], store: Store, lang: str) -> Begun:
    """Look at all that there is. ``lang``: of what is told."""
    content, theme = Path(settings["PATH"]), Path(settings["THEME"])
    seen = aside(partial(see, content))
    folder = open_folder(store, Path(settings["OUTPUT_PATH"]))

    def beside() -> str:
        said = [(name, plain(value)) for name, value in sorted(settings.items())]
        files = {**digests(content, is_note=False), **digests(theme, is_note=False)}
        return digest(lang, said, of_settings(settings, content.parent), sorted(files.items()))

    notes = digests(content, is_note=True)
    return Begun(settings, store, folder, notes, beside(), beside, seen)


def open_folder(store: Store, root: Path) -> Folder:
    """The output folder, with what is remembered of it if it was written last."""
    last, standing = store.part("output") or ("", {})
    return Folder(root, standing if last == str(root.resolve()) else {})


def digests(root: Path, *, is_note: bool) -> Files:
    """The files below a folder: notes, or all others."""
    found = {}
    for path, file in _walk(root.name, str(root)):
        if is_note == (path.endswith(".md") and not path.startswith(f"{root.name}/files/")):
            found[path] = digest_of(file)
    return found


UNREADABLE = ""
"""In place of a digest. Whoever reads the file in earnest will say why it cannot be read."""


def digest_of(file: str) -> str:
    try:
        return sha256(read(file)).hexdigest()
    except OSError:
        return UNREADABLE


def read(path: str) -> bytes:
    """What a file holds, with the fewest questions to the system: there may be many files."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        parts = []
        while part := os.read(descriptor, 1 << 20):
            parts.append(part)
        return b"".join(parts)
    finally:
        os.close(descriptor)


def _walk(name: str, folder: str) -> Iterator[tuple[str, str]]:
    try:
        entries = list(os.scandir(folder))
    except OSError:
        yield name, folder
        return
    for entry in entries:
        path = f"{name}/{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(path, entry.path)
        elif entry.is_symlink() or entry.is_file():  # a link may lead nowhere, or in a circle
            yield path, entry.path


def see(content: Path) -> Seen:
    """What Git says of the tree that the notes are in."""
    checkout = Checkout.of(content.parent)
    problems: list[Problem] = []
    try:
        if checkout:
            problems = tracked_problems(checkout.tracked(), content.name)
            version = {"commit": checkout.commit(), "differs": checkout.differs()}
            return Seen(version, problems)
    except GitFailed:
        pass  # no repository, or one without a commit
    return Seen({"commit": None, "differs": None}, problems)


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
