"""A bare repository that publishes what it is pushed, and an editor's clone of it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from project import DAY, REPOSITORY, Project
from published_site import Published, git, small_project

URL = "https://poble.cat/web"
MAINTAINER = "marta"

SETTINGS = f"""
SITEURL = "{URL}"
TODAY = os.environ.get("TEST_TODAY", "{DAY}")
PLUGIN_PATHS = [*PLUGIN_PATHS, os.path.dirname(__file__)]
PLUGINS = [*PLUGINS, "gate"]
"""

GATE = """\
import os, socket
from pelican import signals

assert "GIT_DIR" not in os.environ, "the hook's repository is not that of the notes"

def wait(path, context):
    port = os.environ.pop("TEST_GATE", None)
    if port:
        with socket.create_connection(("127.0.0.1", int(port))) as test:
            test.sendall(b"%d %d" % (os.getppid(), os.getpid()))
            test.recv(1)

def register():
    signals.content_written.connect(wait)
"""
"""A build that stops in its middle until the test lets it go on."""


@dataclass(frozen=True)
class Pushed(Published):
    """``project`` is the editor's clone."""

    repository: Path

    def commit(self, message: str = "x") -> str:
        git(self.project.root, "add", "-A")
        git(self.project.root, "commit", "-q", "--allow-empty", "-m", message)
        return git(self.project.root, "rev-parse", "HEAD")

    def start(self, *refs: str, **environment: str) -> subprocess.Popen[str]:
        role = {"SAIG_ROLE": "maintainer", "SAIG_PERSON": MAINTAINER}
        return push(self.project.root, *(refs or ("main",)), **{**role, **environment})

    def push(self, *refs: str, **environment: str) -> tuple[int, str]:
        """What ``git push`` exits with, and what the pusher reads."""
        process = self.start(*refs, **environment)
        said = process.communicate(timeout=60)[0]
        assert "Traceback" not in said, said
        return process.returncode, said

    def pushed(self, *refs: str, **environment: str) -> str:
        """Push, and expect it to be accepted."""
        code, said = self.push(*refs, **environment)
        assert code == 0, said
        return said

    def head(self, branch: str = "main") -> str:
        return git(self.repository, "rev-parse", f"refs/heads/{branch}")

    def hook(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return self.project.saig("hook", *arguments, **environment)

    def previews(self) -> list[str]:
        folder = self.folder / "previews"
        return sorted(os.listdir(folder)) if folder.is_dir() else []


def push(clone: Path, *refs: str, **environment: str) -> subprocess.Popen[str]:
    left_out = ("GIT_", "LC_", "LANG")
    clean = {name: v for name, v in os.environ.items() if not name.startswith(left_out)}
    return subprocess.Popen(
        ["git", "push", "origin", *refs],
        cwd=clone,
        env={**clean, "GIT_CONFIG_GLOBAL": os.devnull, "LANG": "en_GB.UTF-8", **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )


def pushed_project(root: Path) -> Project:
    """The small project as a repository. Its plugin is a link to ours, which Git keeps as one: to
    compile a copy of it for each test would take longer than all the rest."""
    project = small_project(root)
    (root / "scripts").mkdir()
    for name in ("scripts/saig", "requirements.txt"):
        shutil.copy(REPOSITORY / name, root / name)
    (root / "gate.py").write_text(GATE)
    with (root / "publishconf.py").open("a") as file:
        file.write(SETTINGS)
    git(root, "init", "-q", "-b", "main")
    return project


def sign_with(project: Path, key: Path) -> None:
    """Have Git sign each commit of a clone."""
    for name, value in {
        "gpg.format": "ssh",
        "user.signingKey": str(key),
        "commit.gpgSign": "true",
    }.items():
        git(project, "config", name, value)


def let_in(site: Pushed, key: Path) -> None:
    """As a maintainer, who signs."""
    person = (str(site.repository), MAINTAINER, "maintainer", f"{key}.pub")
    assert site.project.saig("people", "add", *person).returncode == 0
    sign_with(site.project.root, key)


def install(repository: Path, folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return Project(repository.parent).saig(
        "hook", "install", str(repository), str(folder), *options
    )


@contextmanager
def gate() -> Iterator[tuple[str, socket.socket]]:
    """For ``TEST_GATE``, and where the build that meets it calls."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(60)
        yield str(server.getsockname()[1]), server


def building(server: socket.socket) -> tuple[socket.socket, int, int]:
    """Wait until a build has come to its middle. To be closed to let it go on; the hook's process
    and the build's."""
    connection, _ = server.accept()
    hook, build = connection.recv(100).split()
    return connection, int(hook), int(build)


def clone(site: Pushed, root: Path) -> Pushed:
    """The same person's on another computer."""
    git(root.parent, "clone", "-q", str(site.repository), str(root))
    sign_with(root, Path(git(site.project.root, "config", "user.signingKey")))
    return Pushed(Project(root), site.folder, site.repository)
