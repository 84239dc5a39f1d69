"""Git, for all of Saig: how it is asked, so that no file of a tree decides what it runs.

Git takes any folder with the right files in it for a repository, and a repository's configuration
names programs to run. So a repository is always named, never looked for from within a tree; the
configuration of the computer and of its user is not read; and what of the repository's own would
run a program or lead elsewhere is off.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

OPTIONS = (
    "--no-pager",
    "--no-optional-locks",
    "--no-replace-objects",
    *("-c", "safe.bareRepository=explicit"),
    *("-c", "core.fsmonitor=false"),
    *("-c", f"core.hooksPath={os.devnull}"),
    *("-c", f"core.attributesFile={os.devnull}"),
    *("-c", "protocol.allow=never"),
)
"""Of every call. With no protocol allowed no remote is asked, whatever command or helper it
names."""

NAMED = "--git-dir="
MAKES_ONE = "init"
"""The one call that has no repository yet."""

ENVIRONMENT = {
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
}

OF_NOBODY = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
"""Without the configuration of the computer and of its user; these and ``GIT_CONFIG_SYSTEM`` may
lead to another."""

COMPARED = r"^(core\.(autocrlf|eol|excludesfile)|filter\..*)$"
_NO_FILTER = {"clean": "", "smudge": "", "process": "", "required": "false"}

SECONDS = 60

_OBJECT = re.compile(r"[0-9a-f]{40}([0-9a-f]{24})?")


class GitFailed(Exception):
    """What Git said, or why it could not be asked."""


class TooMuch(GitFailed):
    """It had more to say than anyone wants to hear."""


@dataclass(frozen=True)
class Tracked:
    """A file that Git knows. ``mode``: as Git writes it; ``path``: with slashes; ``content``: the
    name of the object that it is."""

    mode: str
    path: str
    content: str = ""

    @property
    def is_submodule(self) -> bool:
        return self.mode == "160000"

    @property
    def is_link(self) -> bool:
        return self.mode == "120000"


def inherited() -> dict[str, str]:
    """This process's environment without what is Git's: ``GIT_DIR``, which Git sets for a hook,
    would lead a program that the hook runs to the hook's repository; others set what none may
    set."""
    return {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}


def git(
    *arguments: str | Path,
    folder: Path | None = None,
    more: Mapping[str, str] | None = None,
    seconds: float | None = None,
    given: str = "",
    of_user: bool = False,
) -> str:
    """What Git answers of the repository that ``--git-dir`` among the arguments names. ``folder``:
    where it runs; ``more``: to its environment; ``seconds``: how long it may take; ``given``: what
    it reads; ``of_user``: with the configuration of the user. Bytes that are no UTF-8 come as
    ``os.fsdecode`` has them."""
    import subprocess  # imported here: a folder without a repository never gets so far

    try:
        done = subprocess.run(
            _command(arguments),
            cwd=folder,
            env={**inherited(), **ENVIRONMENT, **_configuration(of_user), **(more or {})},
            input=given,
            capture_output=True,
            encoding="utf-8",
            errors="surrogateescape",
            timeout=seconds,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise GitFailed(str(error)) from None
    if done.returncode:
        raise GitFailed(done.stderr.strip() or f"git: {done.returncode}")
    return done.stdout


def git_at_most(size: int, *arguments: str | Path, more: Mapping[str, str] | None = None) -> str:
    """The same for an answer that a stranger can make as long as he likes. Raises ``TooMuch``
    beyond ``size`` bytes."""
    import subprocess
    import tempfile

    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(
            _command(arguments),
            env={**inherited(), **ENVIRONMENT, **OF_NOBODY, **(more or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=said,
        ) as process,
    ):
        assert process.stdout
        answer = process.stdout.read(size + 1)
        if len(answer) > size:
            process.kill()
            raise TooMuch(f"git: {size}")
        if process.wait():
            said.seek(0)
            raise GitFailed(os.fsdecode(said.read(1000)).strip() or f"git: {process.returncode}")
    return os.fsdecode(answer)


def _command(arguments: Sequence[str | Path]) -> list[str]:
    asked = [str(argument) for argument in arguments]
    if asked[0] != MAKES_ONE and not any(one.startswith(NAMED) for one in asked):
        raise ValueError("Git would look for a repository by itself")
    return ["git", *OPTIONS, *asked]


def _configuration(of_user: bool) -> Mapping[str, str]:
    if not of_user:
        return OF_NOBODY
    names = (*OF_NOBODY, "GIT_CONFIG_SYSTEM")
    return {name: os.environ[name] for name in names if name in os.environ}


def is_object(name: str) -> bool:
    """Whether it is an object's full name, by SHA-1 or SHA-256."""
    return _OBJECT.fullmatch(name) is not None


def tracked_in(listed: str) -> list[Tracked]:
    """What ``ls-files --stage -z`` and ``ls-tree -z`` list."""
    lines = (line.partition("\t") for line in listed.split("\0") if line)
    return [_tracked(about.split(" "), path) for about, _, path in lines]


def _tracked(about: Sequence[str], path: str) -> Tracked:
    """``about``: the mode, and among others the object."""
    return Tracked(about[0], path, next(filter(is_object, about), ""))


@dataclass(frozen=True)
class Checkout:
    """A project in a tree that Git checked out. ``root``: the tree, which has a ``.git``: a folder,
    or a file that leads to one, as ``git worktree`` makes it."""

    root: Path
    project: Path

    @classmethod
    def of(cls, project: Path) -> Checkout | None:
        """The tree that a project's folder is, or lies in; None if there is none.

        One above the project must be its owner's: anyone may put a ``.git`` into ``/tmp``.
        """
        project = Path(os.path.abspath(project))
        for root in (project, *project.parents):
            try:
                found = (root / ".git").stat()
                if root == project or found.st_uid == project.stat().st_uid:
                    return cls(root, project)
                return None
            except OSError:
                continue
        return None

    @property
    def git_folder(self) -> Path:
        """The folder in which Git keeps what it knows of the tree (gitrepository-layout(5))."""
        there = self.root / ".git"
        if there.is_file():
            named = there.read_text("utf-8", "replace").removeprefix("gitdir:").strip()
            return Path(os.path.abspath(self.root / named))
        return there

    def git(
        self, *arguments: str, more: Mapping[str, str] | None = None, of_user: bool = False
    ) -> str:
        of = (f"{NAMED}{self.root / '.git'}", f"--work-tree={self.root}")
        return git(
            *of, *arguments, folder=self.project, more=more, seconds=SECONDS, of_user=of_user
        )

    def state(self) -> tuple[str, bool]:
        """The commit that the tree was checked out from, and whether the tree differs from it.
        Raises ``GitFailed`` where there is none. A submodule is not looked into, for that is done
        as its own configuration says."""
        options = ("--untracked-files=normal", "--ignore-submodules=dirty", "--no-ahead-behind")
        asked = ("status", "--porcelain=v2", "--branch", "-z", *options)
        lines = self.git(*asked, more=self._to_compare()).split("\0")
        commit = lines[0].removeprefix("# branch.oid ")
        if not is_object(commit):
            raise GitFailed(f"not a commit: {commit[:100]}")
        return commit, any(line and not line.startswith("# ") for line in lines)

    def _to_compare(self) -> dict[str, str]:
        """The settings by which files are compared, for the environment: line ends and what is
        ignored as everybody here has them, for else all would differ; filters, which run programs,
        none."""
        try:
            listed = self.git("config", "-z", "--get-regexp", COMPARED, of_user=True)
        except GitFailed:  # there are none
            return {}
        settings = {}
        for name, is_set, value in (one.partition("\n") for one in listed.split("\0") if one):
            value = value if is_set else "true"
            settings[name] = _NO_FILTER.get(name.rpartition(".")[2], value)
        numbered = list(enumerate(settings.items()))
        return {
            "GIT_CONFIG_COUNT": str(len(numbered)),
            **{f"GIT_CONFIG_KEY_{number}": name for number, (name, _) in numbered},
            **{f"GIT_CONFIG_VALUE_{number}": value for number, (_, value) in numbered},
        }

    def tracked(self, *paths: str) -> list[Tracked]:
        """The project's tracked files, or those at ``paths``, in letters of any case."""
        asked = [f":(icase){path}" for path in paths]
        return tracked_in(self.git("ls-files", "--stage", "-z", "--", *asked))
