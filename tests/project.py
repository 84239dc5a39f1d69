"""A project in a temporary folder, and the commands run on it as a user runs them."""

from __future__ import annotations

import filecmp
import json
import os
import shutil
import subprocess
import sys
import threading
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import warm
from saig.cms.package import ARCHIVE

HERE = Path(__file__).parent
REPOSITORY = HERE.parent
SETTINGS = ("pelicanconf.py", "publishconf.py")
SAIG = Path(sys.executable).with_name("saig")
SVELTIA = Path(os.environ.get("SAIG_SVELTIA") or REPOSITORY / ARCHIVE)
"""npm's archive of the editor in the browser, where this computer has it."""

DAY = "2020-12-10"
"""The day on which tests build, unless they say another."""

OF_A_TOWN = ("build", "check", "fmt", "norms", "report")
"""Commands that are run so often that a process for each would cost more than they do."""

SECONDS = 20
"""Of a processor: nothing that an editor can write may take longer on a small site."""


@dataclass(frozen=True)
class Project:
    root: Path

    @property
    def content(self) -> Path:
        return self.root / "content"

    @property
    def output(self) -> Path:
        return self.root / "output"

    @property
    def has_shipped_settings(self) -> bool:
        return all(
            (self.root / name).is_file() and filecmp.cmp(self.root / name, REPOSITORY / name, False)
            for name in SETTINGS
        )

    def needs_no_process(self, arguments: tuple[str, ...]) -> bool:
        """Whether the tests' own process can run this, for a fifth less than a fork of another, to
        which each page of memory is new. Settings of its own may do anything to that; `saig verify`
        reads none."""
        command = "".join(arguments[:1])
        return (
            (command == "verify" or (command in OF_A_TOWN and self.has_shipped_settings))
            and warm.processors(list(arguments)) == 1
            and threading.current_thread() is threading.main_thread()
        )

    def write(self, path: str, text: str | bytes) -> Path:
        """A file of ``content/``, byte for byte."""
        file = self.content / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return file

    def change(self, path: str, old: str, new: str) -> None:
        """Put ``new`` where ``old`` stands in a file of ``content/``."""
        text = (self.content / path).read_text("utf-8")
        assert old in text, f"{old!r} is not in {path}"
        self.write(path, text.replace(old, new))

    def saig(
        self, *arguments: str, cwd: Path | None = None, timeout: int = SECONDS, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """Run the command; whatever it was given, it must not answer with a traceback."""
        if environment or not self.needs_no_process(arguments):
            return self.apart(*arguments, cwd=cwd, timeout=timeout, **environment)
        from in_process import command  # where no command is run, Saig need not be imported

        return _sound(command(*arguments, cwd=cwd or self.root, seconds=timeout))

    def apart(
        self, *arguments: str, cwd: Path | None = None, timeout: int = SECONDS, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """The same in a process of its own, which nothing is known to but what is on the disk."""
        whole = warm.surroundings(environment)
        if not warm.can_run(whole):
            return self.run(SAIG, *arguments, cwd=cwd, timeout=timeout, **environment)
        where = cwd or self.root
        done = warm.run(list(arguments), cwd=where, environment=whole, timeout=timeout)
        return _sound(done)

    def pelican(self) -> subprocess.CompletedProcess[str]:
        """Pelican's own command, on the same notes."""
        return self.run(warm.programs() / "pelican", "content")

    def run(
        self,
        program: Path,
        *arguments: str,
        cwd: Path | None = None,
        timeout: int = SECONDS,
        **environment: str,
    ) -> subprocess.CompletedProcess[str]:
        """Start a program, which may be ``SAIG`` where its own start is what is tested. ``timeout``: as
        in a fork, but for the clock's own sake."""
        done = subprocess.run(
            [str(program), *arguments],
            cwd=cwd or self.root,
            env=warm.surroundings(environment),
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            stdin=subprocess.DEVNULL,
            timeout=warm.PATIENCE * timeout,
        )
        return _sound(done)

    def check(self, *arguments: str, timeout: int = SECONDS) -> list[dict[str, Any]]:
        """All problems, as ``saig check --format json`` gives them."""
        done = self.saig("check", "--format", "json", "--today", DAY, *arguments, timeout=timeout)
        assert done.returncode in (0, 1), done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]

    def errors(self, *arguments: str) -> list[dict[str, Any]]:
        return [problem for problem in self.check(*arguments) if problem["severity"] == "error"]

    def build(
        self, *arguments: str, today: str = DAY, timeout: int = SECONDS, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """Build in one process, as other tests have the other processors, and expect it to be done.
        ``--jobs`` says otherwise."""
        build = ("build", "--today", today, "--jobs", "1", *arguments)
        done = self.saig(*build, timeout=timeout, **environment)
        assert done.returncode == 0, done.stderr
        return done

    def page(self, address: str) -> str:
        """The HTML at an address of the built site."""
        return (self.output / address.lstrip("/") / "index.html").read_text("utf-8")

    def document(self, address: str) -> dict[str, Any]:
        """The document at an address of the built site."""
        found: dict[str, Any] = self.data(f"{address.lstrip('/')}/index.json".lstrip("/"))
        return found

    def data(self, path: str) -> Any:
        return json.loads((self.output / path).read_text("utf-8"))


def _sound(done: subprocess.CompletedProcess[str]) -> subprocess.CompletedProcess[str]:
    """What was done without a traceback."""
    assert "Traceback" not in done.stderr, done.stderr[-3000:]
    return done


def new_project(root: Path, content: Path | None = HERE / "town") -> Project:
    """The real settings, theme and plugin with notes of their own (none if ``content`` is None)."""
    root.mkdir(parents=True)
    for name in SETTINGS:
        shutil.copy(REPOSITORY / name, root)
    (root / "plugins").symlink_to(REPOSITORY / "plugins")
    shutil.copytree(REPOSITORY / "theme", root / "theme")
    if content:
        shutil.copytree(content, root / "content")
    return Project(root)


LAPTOP = "from saig.settings import *\n"
PUBLIC = """\
import os, sys
sys.path.insert(0, os.path.dirname(__file__))
from pelicanconf import *
SITEURL = "https://example.org"
PRODUCTION = True
"""


def adopted_town(root: Path, content: Path = HERE / "town") -> Project:
    """As a town's own repository is that has Saig installed: notes and two files of settings."""
    root.mkdir(parents=True)
    (root / "pelicanconf.py").write_text(LAPTOP)
    (root / "publishconf.py").write_text(PUBLIC)
    shutil.copytree(content, root / "content")
    return Project(root)


def forget_settings(path: list[str]) -> None:
    """What a project's settings leave in the process that reads them; ``path``: what ``sys.path`` was
    before. Pelican adds to dictionaries of a town's, which are Saig's own."""
    sys.path[:] = path
    for name in ("pelicanconf", "publishconf", "saig.settings"):
        sys.modules.pop(name, None)


def tree(folder: Path) -> dict[str, str]:
    """Path and digest of every file: equal trees hold the same bytes."""
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def files_with(folder: Path, words: str) -> list[str]:
    """The files with these words in their path or their bytes, in small letters or capitals."""
    return [
        path.relative_to(folder).as_posix()
        for path in sorted(folder.rglob("*"))
        if words.lower() in path.relative_to(folder).as_posix().lower()
        or (path.is_file() and words.lower().encode() in path.read_bytes().lower())
    ]
