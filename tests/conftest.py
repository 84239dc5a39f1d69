"""What all tests share: the plugin on the path, and a small town to build."""

from __future__ import annotations

import atexit
import gc
import locale
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

WRITES_NO_BYTECODE, sys.dont_write_bytecode = sys.dont_write_bytecode, False
"""Until the tests are collected, what pytest compiles is kept, for the other workers and the next time,
where Python is told to write no bytecode too: to compile tests, and Hypothesis, in which pytest rewrites
assertions as in all its plugins, takes as long as to collect the tests twice."""

from hypothesis import settings  # noqa: E402
from playwright.sync_api import Browser, sync_playwright  # noqa: E402

# Without it jsonschema holds no text against the format of an IRI, which no schema of ours has (they
# have URIs: tests/documents/test_schemas.py). With it, it makes grammars for seconds in each worker.
sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]

HERE = Path(__file__).parent
MEMORY, ROOM = "/dev/shm", 4 << 30
"""Where Linux has files in memory, and how many bytes must be free there."""
sys.path[:0] = [str(HERE), str(HERE.parent / "plugins")]

import warm  # noqa: E402
from for_all import WORKER  # noqa: E402
from project import Project, forget_settings, new_project  # noqa: E402

# How long an example takes says how busy the machine is, not whether the code is right.
settings.register_profile("saig", deadline=None)
settings.load_profile("saig")


def keep_in_memory() -> None:
    """Have pytest, and all that is tested, make their temporary folders in memory where there is room
    for them: it takes a tenth of the time to make a file there, and the tests make a million."""
    with suppress(OSError):
        there = os.statvfs(MEMORY)
        if there.f_bavail * there.f_frsize > ROOM and not there.f_flag & os.ST_NOEXEC:
            for name in ("PYTEST_DEBUG_TEMPROOT", "TMPDIR"):
                os.environ.setdefault(name, MEMORY)
            tempfile.tempdir = None  # pytest has asked for it before


def find_python() -> None:
    """Have scripts that ask for ``python3`` find the Python of the tests: the shim that a version
    manager puts there takes ten times as long as Python's own start."""
    folder = Path(tempfile.mkdtemp(prefix="saig-python-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "python3").symlink_to(os.path.realpath(sys.executable))
    os.environ["PATH"] = f"{folder}{os.pathsep}{os.environ['PATH']}"


LONG = (
    *("tests/site/test_pages.py", "tests/site/test_live.py", "tests/site/test_desk.py"),
    *("tests/published/test_git_hooks.py", "tests/published/test_workflows_run.py"),
    *("tests/published/test_accounts.py", "tests/published/test_wheel.py"),
    *("tests/published/test_killed.py", "tests/published/test_hosted.py"),
    *("tests/build/", "tests/benchmarks/", "tests/village/"),
)
"""Files, or folders of them, that take a processor more than ten seconds, or a single test of which takes
five."""


def pytest_configure(config: pytest.Config) -> None:
    """One warm process for all workers."""
    keep_in_memory()
    if WORKER not in os.environ:
        find_python()
    if config.getoption("numprocesses", None):
        os.environ[warm.SHARED] = str(warm.start())


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long ones first, so that no worker is left with one when the others are done."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONG))


def pytest_collection_finish() -> None:
    """Look for garbage less often, and never among what was imported and collected: it takes a tenth
    of what the tests do in their own process."""
    sys.dont_write_bytecode = WRITES_NO_BYTECODE
    gc.freeze()
    gc.set_threshold(20_000, 10, 100)


CHROMIUM = (
    *("chromium-headless-shell", "chromium", "chromium-browser"),
    *("google-chrome", "google-chrome-stable"),
)
PLAIN = "--js-flags=--no-turbofan --no-maglev"
"""Pages are looked at for so short a time that it takes longer to compile their scripts well than is
gained: a seventh of all that the browser does."""

LOCALE = locale.setlocale(locale.LC_ALL)


@pytest.fixture(autouse=True)
def same_process() -> Iterator[None]:
    """What is done in the tests' own process leaves it as it was: Pelican sets the locale of its
    settings, and settings are modules, which would be imported for another project too."""
    path = list(sys.path)
    yield
    locale.setlocale(locale.LC_ALL, LOCALE)
    forget_settings(path)


@pytest.fixture
def town(tmp_path: Path) -> Project:
    """A project with the small town's notes, free of errors, to change at will."""
    return new_project(tmp_path / "project")


@pytest.fixture(scope="session")
def built_town(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The town built as on 10 December 2020: to be read, not changed."""
    project = new_project(tmp_path_factory.mktemp("town") / "project")
    project.build()
    return project


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One for all tests that a process runs: Playwright allows no second. Where there is the shell
    that has no window at all, that one: it is the same engine, and loads a page in half the time."""
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=[PLAIN])
        yield browser
        browser.close()
