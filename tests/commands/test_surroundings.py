"""What lies around Saig: accounts, settings, languages, folders. What it cannot do it says in a line."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import warm
from project import SAIG, Project, new_project, tree
from saig.commands.project import settings
from saig.refusal import Refused

NOT_ROOT = ("setpriv", "--bounding-set", "-dac_override,-dac_read_search")
"""What lets root read anything is taken away."""


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The town: each test leaves it as it was."""
    project = new_project(tmp_path_factory.mktemp("town") / "project")
    project.write("files/a.txt", "x")
    return project


def as_another(town: Project, *arguments: str) -> subprocess.CompletedProcess[str]:
    if os.geteuid() != 0:
        return town.saig(*arguments)
    if not shutil.which(NOT_ROOT[0]):
        pytest.skip("there is no setpriv, and root reads everything")
    return town.run(Path(NOT_ROOT[0]), *NOT_ROOT[1:], str(warm.programs() / "saig"), *arguments)


@contextmanager
def locked(town: Project, *paths: str) -> Iterator[None]:
    """While nobody may read these."""
    modes = {town.root / path: (town.root / path).stat().st_mode for path in paths}
    for file in modes:
        file.chmod(0)
    try:
        yield
    finally:
        for file, mode in modes.items():
            file.chmod(mode)


def test_what_may_not_be_read_is_a_problem(shared: Project) -> None:
    """Of that file or folder; the rest is built, and it is found again once it may be read."""
    paths = ("content/gone.yaml", "content/norms", "content/files/a.txt", "content/pages/sobre.md")
    with locked(shared, *paths):
        told = as_another(shared, "check", "--lang", "en").stdout
        assert as_another(shared, "build").returncode == 0
    for path in paths:
        assert f"{path}:1:1: error[unreadable] this cannot be read: Permission denied" in told
    assert not (shared.output / "files/a.txt").exists()
    shared.build()
    assert (shared.output / "files/a.txt").is_file()
    assert (shared.output / "sobre-aquest-web").is_dir()


def test_what_may_not_be_read_keeps_no_other_note_from_its_form(shared: Project) -> None:
    shared.write("pages/z.md", "---\ntitle: Z\nsummary: S.\ndate: 15/01/2020\n---\nText.\n")
    try:
        with locked(shared, "content/contacts/obres.md"):
            done = as_another(shared, "fmt", "--lang", "en")
        assert (done.returncode, done.stdout) == (0, "content/pages/z.md\n")
        assert "content/contacts/obres.md has an error and stays as it is" in done.stderr
    finally:
        (shared.content / "pages/z.md").unlink()


@pytest.mark.parametrize("path", ["content/site.yaml", "content"])
def test_without_the_notes_there_is_nothing(path: str, shared: Project) -> None:
    with locked(shared, path):
        done = as_another(shared, "check", "--lang", "en")
    assert done.returncode == 1
    assert "content/site.yaml:1:1: error[unreadable] this cannot be read" in done.stdout


@pytest.mark.parametrize(
    "path", ["theme/templates/page.html", "theme/static", "theme/styles/hours.css", "output"]
)
def test_what_a_build_may_not_read_or_write_is_a_line(path: str, shared: Project) -> None:
    shared.output.mkdir(exist_ok=True)
    with locked(shared, path):
        done = as_another(shared, "build", "--clean")
    assert done.returncode == 1
    assert f"Error: Permission denied: {shared.root / path}" in done.stderr


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("JOBS = 'x'", "JOBS must be a number above 0, or None"),
        ("CACHE_PATH = None", "CACHE_PATH must be a text between quotation marks"),
        ("LANGUAGE = 5", "LANGUAGE must be a text between quotation marks, or None"),
        ("DRAFTS = 'no'", "DRAFTS must be True or False"),
        ("PLUGIN_PATHS = None", "PLUGIN_PATHS must be a list between square brackets"),
        ("JINJA_FILTERS = 5", "JINJA_FILTERS must be a dictionary between curly brackets"),
        ("JINJA_ENVIRONMENT = {'x': 1}", "pelicanconf.py cannot be read"),
        ("PLUGINS = []", "PLUGINS must have 'saig' in it"),
        ("PATH = 'nowhere'", "there is no folder nowhere, in which the notes would be"),
        ("OUTPUT_PATH = 'content/files'", "is the folder of the notes, of the theme or of Git"),
        (
            "OUTPUT_PATH = '.'",
            "is the folder of the notes, of the theme or of Git, in it or around it",
        ),
        ("OUTPUT_PATH = '.git/site'", "is the folder of the notes, of the theme or of Git"),
        ("THEME = 'content'", "which has no folder with templates"),
        ("exit()", "pelicanconf.py cannot be read: SystemExit"),
        ("raise ValueError('x')", "pelicanconf.py cannot be read: ValueError: x"),
        ("this is no Python", "pelicanconf.py cannot be read: SyntaxError"),
    ],
)
def test_settings_of_a_wrong_type_are_told(setting: str, said: str, shared: Project) -> None:
    """A settings file is Python: it may say anything, or fail."""
    file = shared.root / "pelicanconf.py"
    right = file.read_text("utf-8")
    file.write_text(f"{right}\n{setting}\n", "utf-8")
    try:
        with pytest.raises(Refused) as told:
            settings(shared.root, LANGUAGE="en")
    finally:
        file.write_text(right, "utf-8")
    assert said in told.value.said("en")


@pytest.mark.parametrize(
    ("setting", "said", "column"),
    [
        ("LANGUAGE = ca", "name 'ca' is not defined", 12),
        ("JOBS = 2 +", "invalid syntax", 11),
        ("JOBS = int('x')", "invalid literal for int() with base 10: 'x'", 8),
        ("exit(0)", "SystemExit: 0", 1),
        ("PORT = '80'", "PORT must be a number above 0, or None", 1),
    ],
)
def test_the_place_of_what_is_wrong_in_the_settings_is_told(
    setting: str, said: str, column: int, shared: Project
) -> None:
    """In publishconf.py, which reads the other one, too."""
    for name in ("pelicanconf.py", "publishconf.py"):
        file = shared.root / name
        right = file.read_text("utf-8")
        wrong = f"{right}\n{setting}\n"
        file.write_text(wrong, "utf-8")
        try:
            with pytest.raises(Refused) as told:
                settings(shared.root, production=name == "publishconf.py", LANGUAGE="en")
        finally:
            file.write_text(right, "utf-8")
        assert f"{said} ({name}:{wrong.count(chr(10))}:{column})" in told.value.said("en")


def test_the_address_that_publishconf_comes_with_is_told_where_the_site_is_public(
    shared: Project,
) -> None:
    file = shared.root / "publishconf.py"
    right = file.read_text("utf-8")
    line = 1 + right[: right.index("SITEURL")].count("\n")
    told = f"publishconf.py:{line}:1: warning[placeholder] https://example.org only stands for"
    try:
        assert told in shared.saig("check", "--production", "--lang", "en").stdout
        assert "[placeholder]" not in shared.saig("check", "--lang", "en").stdout
        file.write_text(f"{right}\nALLOW_PLACEHOLDERS = True\n", "utf-8")
        assert "[placeholder]" not in shared.saig("check", "--production", "--lang", "en").stdout
        file.write_text(right.replace("https://example.org", "https://vila.test"), "utf-8")
        assert "[placeholder]" not in shared.saig("check", "--production", "--lang", "en").stdout
    finally:
        file.write_text(right, "utf-8")


def test_a_port_in_use_is_told(shared: Project) -> None:
    """Before anything is built, with one that may be free."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        done = shared.saig("serve", "--port", str(port))
    assert done.returncode == 1
    other = port + 1 if port < 65535 else 8000
    assert f"the port {port} is in use" in done.stderr and f"--port {other}" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_nothing_depends_on_how_python_is_started(town: Project, tmp_path: Path) -> None:
    """The same bytes without docstrings and assertions, without a home, in a language without
    accents, and from a folder whose name has spaces and accents."""
    town.write("files/plànol d'Inca.txt", "x")
    town.build("--output", str(tmp_path / "one"))
    other = Project(tmp_path / "Ajuntament d'Inca · òrgans/el web")
    shutil.copytree(town.root, other.root, symlinks=True, ignore=shutil.ignore_patterns(".saig"))
    plain = {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    compiled = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(tmp_path / "compiled")}
    odd = {**plain, **compiled, "PYTHONOPTIMIZE": "2", "HOME": "/nonexistent"}
    other.build("--output", str(tmp_path / "òne"), **odd)
    assert tree(tmp_path / "one") == tree(tmp_path / "òne")
    assert other.saig("check", **odd).returncode == 0


def test_nobody_reads_what_is_said(shared: Project) -> None:
    """A pipe that is closed, and no standard output at all."""
    for command in ("check | head -c 1", "check >&-", "check 2>&- >&-"):
        shell = ["bash", "-o", "pipefail", "-c", f"{SAIG} {command}"]
        done = subprocess.run(shell, cwd=shared.root, capture_output=True, text=True)
        assert "Traceback" not in done.stderr and "failed" not in done.stderr
