"""Reads and checks the notes of a project as its settings say, for builds and for other
commands."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from .builder.checking import CheckResult, Options, read_and_check
from .builder.database import Database, open_database
from .builder.processes import in_background, processors
from .builder.up_to_date import BuildInputs, forget_report, git_state
from .notes.problem import Problem, in_order
from .progress import Progress
from .project_settings import (
    day,
    published_before,
    refusal,
    refuses_placeholders,
    settings_problems,
    site_url,
    theme_of,
)
from .words import N_, editor_language


def check_project(
    settings: Mapping[str, Any], database: Database, build_inputs: BuildInputs | None = None
) -> CheckResult:
    """The notes of a project as its settings say, and all problems in them. ``build_inputs``: of
    the build that they are read for."""
    content = Path(settings["PATH"])
    git = build_inputs.git if build_inputs else in_background(partial(git_state, content))
    is_public = bool(settings.get("PRODUCTION"))
    options = Options(
        content,
        day(settings),
        theme_of(settings),
        site_url(settings),
        tracked=[*git().problems, *settings_problems(settings)],
        is_public=is_public,
        drafts=bool(settings.get("DRAFTS")),
        refuse_placeholders=refuses_placeholders(settings),
        previous=published_before(settings),
        files=build_inputs.content() if build_inputs else None,
        jobs=int(settings.get("JOBS") or processors()),
        progress=Progress(editor_language(settings.get("LANGUAGE"))),
    )
    return read_and_check(options, database)


def checked_project(settings: Mapping[str, Any]) -> CheckResult:
    """As ``check_project``, for commands that do not build; saves the cache."""
    site_url(settings)  # before anything is written
    database = open_database(settings)
    checked = check_project(settings, database)
    close(checked, database, settings)
    return checked


MOST_AHEAD = datetime.timedelta(days=3660)


def problems_until(settings: Mapping[str, Any], until: datetime.date) -> list[Problem]:
    """The problems that there are not yet and will be by that day if nobody changes anything, each
    with the first day on which it is one. Each day on which any may begin is looked at. Raises
    ``BuildError`` for a day that is too far away for that."""
    today = day(settings)
    if until > (last := today + MOST_AHEAD):
        raise refusal(settings, N_("nobody can look further ahead than until %(day)s"), day=last)
    checked = checked_project({**settings, "TODAY": today})
    known = {_same(problem) for problem in checked.problems}
    found = []
    at = today
    while checked.work and (following := checked.work.cells.next_day("check ", at)):
        if following > until:
            break
        at = following
        checked = checked_project({**settings, "TODAY": at})
        new = [problem for problem in checked.problems if _same(problem) not in known]
        known.update(map(_same, new))
        found += [replace(problem, begins=at) for problem in in_order(new)]
    return found


def _same(problem: Problem) -> tuple[object, ...]:
    return problem.path, problem.line, problem.column, problem.code


def close(checked: CheckResult, database: Database, settings: Mapping[str, Any]) -> None:
    """Save the cache after a check, when no pages are made."""
    if checked.work:
        if checked.work.cells.done:  # what they came to, perhaps on another day, is to be told
            forget_report(database)
        checked.work.save(pages_are_made=False)
    database.save()
    tell_notice(database, Progress(editor_language(settings.get("LANGUAGE"))))


def tell_notice(database: Database, progress: Progress) -> None:
    if database.notice:
        progress.step(database.notice)
