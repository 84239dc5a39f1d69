"""Finds out whether a build has anything to do.

It imports little and does not parse notes: if nothing changed, the build ends before Pelican would
be imported. Neither does one on another day on which nothing changes by itself: it only writes that
day into ``version.json``.
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
"""The folder of a town's own packs (``notes.own_packs``, which is slower to import)."""

VERSION = "version.json"
"""The only file that states the day of the build."""

LISTED = 4
"""If more than one in so many folders had to be listed, the result is worth saving."""


@dataclass(frozen=True)
class GitState:
    """The state of the work tree. ``version``: the commit, and whether files differ from it; None
    outside of a repository. ``problems``: files that should not be tracked."""

    version: Mapping[str, Any]
    problems: list[Problem]

    @property
    def plain(self) -> list[Any]:
        return [dict(self.version), [problem.plain for problem in self.problems]]


@dataclass(frozen=True)
class LastReport:
    """The result of the last build. ``inputs``: a digest of everything that it was made from,
    without the day and Git. ``version``: the contents of ``version.json``. ``git``: as
    ``GitState.plain``. ``problems``: as printed; ``done``: the line about written files, for none
    and for one; ``built``: the last line, to be filled in."""

    inputs: str
    version: Mapping[str, Any]
    time_zone: str
    git: list[Any]
    problems: str
    done: list[str]
    built: str


@dataclass(frozen=True)
class BuildInputs:
    """The inputs of a build. ``content``: the files of ``content/``. ``settings_digest``: of the
    settings that templates see. ``others``: a digest of all other inputs at the start;
    ``ask_others``: the same at the time of the call."""

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
        ``write_day``); None if there is more to do."""
        said = self.database.value("report")
        if said is None or said["inputs"] != self.digest:
            return None
        if not self.content().are_as_left:  # one may have changed during the last build
            return None
        last = LastReport(**said)
        try:
            day = asked_day(self.settings) or civil_date(last.time_zone)
        except ValueError:
            return None  # reported by the build
        if Cells(self.database).that_may_differ_on(day):
            return None
        if as_json(last.git) != as_json(self.git().plain) or not self.folder.is_as_left(VERSION):
            return None
        return replace(last, version={**last.version, "date": str(day)})

    def write_day(self, report: LastReport) -> None:
        """Write the day of this report into ``version.json``, and nothing else. The database is not
        updated for this file: the next build will read it to compare. It is written only if many
        folders had to be listed, or files to be read, so that the next build need not do it again."""
        folder = self.folder
        folder.register(folder.put(VERSION, encode(report.version)))
        found = folder.found
        if found.touched or len(found.listed) * LISTED > folder.count_folders:
            folder.save(found.listed)
            self.database.save()

    def keep(self, time_zone: str, problems: str, done: list[str], built: str) -> None:
        """Save the report of this build. If anything outside ``content/`` changed meanwhile, the
        build may have used either state, so the next build ignores the cache. Changes in
        ``content/`` are found by the next build anyway."""
        git = self.git().plain
        version = json.loads((self.folder.root / VERSION).read_bytes())
        report = LastReport(self.digest, version, time_zone, git, problems, done, built)
        if self.ask_others() == self.others:
            self.database.keep({"report": vars(report)})
        else:
            self.database.keep({"report": None, "as written": None})


def forget_report(database: Database) -> None:
    """Prevent the next build from stopping early."""
    database.keep({"report": None})


def build_inputs(settings: Mapping[str, Any], database: Database, lang: str) -> BuildInputs:
    """Determine the inputs of a build, partly in the background. ``lang``: of messages."""
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
    """The state of the work tree with the notes."""
    from ..notes.forbidden_files import tracked_problems  # here, as many have no repository

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
    """The setting ``TODAY``, if given. Raises ``ValueError`` if it is not a date, or its year is
    not in ``YEARS``."""
    said = settings.get("TODAY")
    if not said:
        return None
    day = said if isinstance(said, datetime.date) else datetime.date.fromisoformat(str(said))
    if day.year not in YEARS:
        raise ValueError(day)
    return day


def civil_date(zone: str) -> datetime.date:
    """Today's date in the site's time zone."""
    from zoneinfo import ZoneInfo  # here, as the day may be set

    return datetime.datetime.now(ZoneInfo(zone)).date()
