"""Commands, and production builds as `saig publish` makes and looks at them, in the tests' own
process: for what is asked so often that a process for each would cost more than all else."""

from __future__ import annotations

import gc
import io
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from functools import cache
from pathlib import Path
from typing import Any

import warm
from project import DAY, Project, forget_settings
from saig.builder.checking import CheckResult
from saig.builder.output import MARK
from saig.commands import main
from saig.commands import project as settings_of
from saig.commands.build import run
from saig.project_settings import site_url
from saig.publishing.checks import Fault, check
from saig.publishing.tree import paths
from saig.site_check import checked_project


@cache
def prepare() -> None:
    """As the process is of which commands are forks, once for each of the tests' own."""
    warm.remember()
    warm.remember_templates()
    warm.find_processors(1)


@contextmanager
def surrounded() -> Iterator[None]:
    """With the environment that tests give to programs."""
    before = dict(os.environ)
    os.environ.clear()
    os.environ.update(warm.surroundings({}))
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


@contextmanager
def at_most(seconds: int) -> Iterator[None]:
    """Raise ``TimeoutError`` in what takes longer, as of this process's processor time."""

    def stop(*_: object) -> None:
        raise TimeoutError(f"more than {seconds} seconds of a processor")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def command(*arguments: str, cwd: Path, seconds: int) -> subprocess.CompletedProcess[str]:
    """What ``warm.run`` gives. ``seconds``: of a processor, that it may take."""
    prepare()
    said = [io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2)]
    path, thresholds = list(sys.path), gc.get_threshold()
    try:
        with (
            surrounded(),
            chdir(cwd),
            at_most(seconds),
            redirect_stdout(said[0]),
            redirect_stderr(said[1]),
        ):
            main(arguments, "saig")
    except SystemExit as ended:
        code = ended.code
    finally:
        forget_settings(path)
        gc.set_threshold(*thresholds)
        gc.enable()  # a command that has little to do leaves its garbage to the end of its process
    told = [stream.buffer.getvalue().decode("utf-8", "replace") for stream in said]
    assert isinstance(code, int)
    return subprocess.CompletedProcess(["saig", *arguments], code, *told)


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
