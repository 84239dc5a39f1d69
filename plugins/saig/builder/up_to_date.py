"""Finds out whether a build has anything to do at all.

It imports nothing heavy and does not parse notes: a build in which nothing changed ends before
Pelican would even be imported. So does one on another day on which nothing changes by itself: it
only writes that day into ``version.json``.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property, partial
from pathlib import Path
from typing import Any

from ..cms.package import FOLDER
from ..git import Checkout, GitFailed
from ..notes.clock import YEARS
from ..notes.plain_data import as_json
from ..notes.problem import Problem
from ..outputs.published_json import encode
from ..themes import Theme
from .cells import Cells
from .content_files import ContentFiles, content_files, digests
from .database import Database
from .inputs import code_folders, digest, of_settings, plain
from .output import Folder
from .processes import in_background

PACKS = "packs"
"""The folder with packs of the town's own (``notes.own_packs``, which is heavier to import)."""

VERSION = "version.json"
"""The one file that says for which day the site was built."""

LISTED = 4
"""If more than one in so many folders had to be listed, saving what was found is worth a write."""


@dataclass(frozen=True)
class GitState:
    """What Git says of the work tree. ``version``: the commit, and whether files differ from it;
    None outside of a repository. ``problems``: files that should not be tracked."""

    version: Mapping[str, Any]
    problems: list[Problem]

    @property
    def plain(self) -> list[Any]:
        return [dict(self.version), [problem.plain for problem in self.problems]]


@dataclass(frozen=True)
class LastReport:
    """The result of the last build. ``inputs``: a digest of all that it was made of, but for the
    day and Git. ``version``: the contents of ``version.json``. ``git``: as ``GitState.plain``.
    ``problems``: as they were printed; ``done``: the line about written files, for none and for
    one; ``built``: the last line, to be filled in."""

    inputs: str
    version: Mapping[str, Any]
    time_zone: str
    git: list[Any]
    problems: str
    done: list[str]
    built: str


@dataclass(frozen=True)
class BuildInputs:
    """What a build starts from. ``content``: the files of ``content/``. ``settings_digest``: of
    what templates see of the settings. ``others``: a digest of all else that the site is made of,
    at the start; ``ask_others``: the same when it is called."""

    settings: Mapping[str, Any]
    database: Database
    folder: Folder
    content: Callable[[], ContentFiles]
    settings_digest: str
    others: str
    ask_others: Callable[[], str]
    git: Callable[[], GitState]

    @cached_property
    def digest(self) -> str:
        return digest(self.content().digest, self.others)

    def last_report(self) -> LastReport | None:
        """The report of the last build with the day of this one, if nothing else would change (see
        ``leave``); None if there is more to do."""
        said = self.database.value("report")
        if said is None or said["inputs"] != self.digest:
            return None
        if not self.content().are_as_left:  # one may have changed while the last build ran
            return None
        last = LastReport(**said)
        try:
            day = asked_day(self.settings) or civil_date(last.time_zone)
        except ValueError:
            return None  # who builds tells
        if Cells(self.database).that_may_differ_on(day):
            return None
        if as_json(last.git) != as_json(self.git().plain) or not self.folder.is_as_left(VERSION):
            return None
        return replace(last, version={**last.version, "date": str(day)})

    def leave(self, report: LastReport) -> None:
        """Bring ``version.json`` to the day of this report, and nothing else. The database is not
        written for this one file; the next build will read the file to compare it. It is written if
        many folders had to be listed, so that the next build need not list them again."""
        folder = self.folder
        folder.register(folder.put(VERSION, encode(report.version)))
        if len(folder.found.listed) * LISTED > folder.count_folders:
            folder.save(folder.found.listed)
            self.database.save()

    def keep(self, time_zone: str, problems: str, done: list[str], built: str) -> None:
        """Save the report of this build. If anything but ``content/`` changed while it ran, it may
        have used either state, so the next build starts from nothing. Changes in ``content/`` are
        found by the next build anyway."""
        git = self.git().plain
        version = json.loads((self.folder.root / VERSION).read_bytes())
        report = LastReport(self.digest, version, time_zone, git, problems, done, built)
        if self.ask_others() == self.others:
            self.database.keep({"report": vars(report)})
        else:
            self.database.keep({"report": None, "as written": None})


def forget_report(database: Database) -> None:
    """Have the next build not stop early."""
    database.keep({"report": None})


def build_inputs(settings: Mapping[str, Any], database: Database, lang: str) -> BuildInputs:
    """Look at the inputs of a build, partly in the background. ``lang``: of messages."""
    content, theme = Path(settings["PATH"]), Path(settings["THEME"])
    folder = Folder(Path(settings["OUTPUT_PATH"]), database)
    folder.kept = Path(settings["DESK"]) if settings.get("DESK") else None

    files = cache(partial(content_files, content, database))
    git = in_background(partial(git_state, content))

    modules = code_folders(settings, content.parent)  # now: a build imports more
    ask_settings = partial(of_settings, settings, content.parent, modules)

    def others(settings_digest: str) -> str:
        said = [(name, plain(it)) for name, it in sorted(settings.items()) if name != "TODAY"]
        editor = [content.parent / FOLDER] if settings.get("CMS") else []
        folders = [*Theme.of(theme, content.parent).folders, content.parent / PACKS, *editor]
        held = list(map(digests, folders))
        return digest(lang, said, settings_digest, held)

    first = ask_settings()
    return BuildInputs(
        settings, database, folder, files, first, others(first), lambda: others(ask_settings()), git
    )


def git_state(content: Path) -> GitState:
    """What Git says of the work tree with the notes."""
    from ..notes.forbidden_files import tracked_problems  # here, for who has no repository

    checkout = Checkout.of(content.parent)
    problems: list[Problem] = []
    try:
        if checkout:
            problems = tracked_problems(checkout.tracked(), content.name)
            commit, differs = checkout.state()
            return GitState({"commit": commit, "differs": differs}, problems)
    except GitFailed:
        pass  # no repository, or one without a commit
    return GitState({"commit": None, "differs": None}, problems)


def asked_day(settings: Mapping[str, Any]) -> datetime.date | None:
    """The setting ``TODAY``, if it is given. Raises ``ValueError`` for one that is no date, or
    before or after all others."""
    said = settings.get("TODAY")
    if not said:
        return None
    day = said if isinstance(said, datetime.date) else datetime.date.fromisoformat(str(said))
    if day.year not in YEARS:
        raise ValueError(day)
    return day


def civil_date(zone: str) -> datetime.date:
    """Today where the site is."""
    from zoneinfo import ZoneInfo  # here, for who says which day it is

    return datetime.datetime.now(ZoneInfo(zone)).date()
