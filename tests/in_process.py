"""Production builds in the tests' own process: as `saig publish` makes and looks at them, but for
what one process costs to start."""

from __future__ import annotations

import sys
from functools import cache
from typing import Any

import warm
from project import DAY, Project, forget_settings
from saig.builder.checking import CheckResult
from saig.builder.output import MARK
from saig.commands import project as settings_of
from saig.commands.build import run
from saig.project_settings import site_url
from saig.publishing.checks import Fault, check
from saig.publishing.tree import paths
from saig.site_build import checked_project


@cache
def prepare() -> None:
    """As the process is of which commands are forks, once for each of the tests' own."""
    warm.remember()
    warm.remember_templates()
    warm.find_processors(1)


def settings(project: Project, **given: Any) -> dict[str, Any]:
    """Those of the public site, with one process, on the day of the tests."""
    prepare()
    given = {"OUTPUT_PATH": str(project.output), "TODAY": DAY, "JOBS": 1, **given}
    path = list(sys.path)
    forget_settings(path)
    try:
        return settings_of.settings(project.root, production=True, **given)
    finally:
        forget_settings(path)


def checked(project: Project, **given: Any) -> CheckResult:
    """What ``saig check --production`` comes to."""
    return checked_project(settings(project, **given))


def built(project: Project, **given: Any) -> list[Fault]:
    """Build, and give what the look at the finished files finds."""
    said = settings(project, **given)
    run(said)
    names = sorted(path for path in paths(project.output) if path != MARK)
    return list(check(project.output, site_url(said), names))
