"""Each way in which Git runs a program that a repository names: none of them is one into Saig."""

from __future__ import annotations

import os
import pty
import shutil
import subprocess
from pathlib import Path

import pytest
from git_commands import git
from git_ways import NOTE, WAYS, Way, begin, plant
from planted import program
from saig.builder.up_to_date import git_state
from saig.git import Checkout
from saig.git import git as saigs_git
from saig.notes.forbidden_files import pushed_problems
from saig.receiving.repository import Repository
from saig.receiving.worktrees import check_out, set_head


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("begun")
    begin(folder)
    return folder


@pytest.fixture
def folder(begun: Path, tmp_path: Path) -> Path:
    shutil.copytree(begun, tmp_path, dirs_exist_ok=True)
    return tmp_path


@pytest.mark.parametrize("way", WAYS, ids=[way.name for way in WAYS])
def test_no_way_leads_into_saig(way: Way, folder: Path) -> None:
    """Neither from among the notes, nor from a push, where it is refused, and would not run if it
    were not."""
    ran = plant(folder, way)
    project = folder / "project"
    head = git(project, "rev-parse", "HEAD")
    (project / "content" / NOTE).touch()
    state = git_state(project / "content")
    assert dict(state.version) == {"commit": head, "differs": True}
    assert not ran.exists()

    git(project, "add", "-f", "content")
    git(project, "commit", "-q", "-m", "x")
    ran.unlink(missing_ok=True)
    git(folder, "clone", "-q", "--bare", "project", "town.git")
    take(Repository(folder / "town.git"), folder / "town.git/saig/public")
    assert not ran.exists()

    run(project / "content", way)
    assert ran.exists(), "it does not run for who asks Git from there either"


def take(repository: Repository, tree: Path) -> None:
    """All that a push has Git do."""
    new = repository.head("main")
    assert new
    refused = {problem.path for problem in pushed_problems(repository.tracked(new), "content")}
    assert {"content/HEAD", "content/config", "content/.gitmodules"} <= refused
    old = repository.git("rev-parse", f"{new}~1")
    for one in (old, new):
        check_out(repository, tree, one)
        set_head(tree, one)
        (tree / "content" / NOTE).touch()
        assert git_state(tree / "content").version == {"commit": one, "differs": False}
    assert "content/config" in repository.changed(old, new)
    assert repository.branches() == ["main"] and not repository.same_tree(old, new)


def run(content: Path, way: Way) -> None:
    """As who works there and knows nothing."""
    ours, theirs = pty.openpty() if way.on_terminal else (None, subprocess.PIPE)
    with subprocess.Popen(
        ["git", *way.command.split()],
        cwd=content,
        env={
            **{name: v for name, v in os.environ.items() if not name.startswith("GIT_")},
            **{f"GIT_{who}_{what}": "a" for who in ("AUTHOR", "COMMITTER") for what in TOLD},
            "GIT_CONFIG_GLOBAL": os.devnull,
            "TERM": "vt100",
        },
        stdin=subprocess.PIPE,
        stdout=theirs,
        stderr=subprocess.STDOUT,
    ) as process:
        process.communicate(way.given.encode(), timeout=20)
    for terminal in (ours, theirs) if ours else ():
        os.close(terminal)


TOLD = ("NAME", "EMAIL")


def test_what_the_computer_is_set_to_runs_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Filters that the user has, or the repository, are not asked; what they ignore, and how they end
    lines, is as for themselves."""
    evil, ran = program(folder)
    project = folder / "project"
    home = folder / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    for name in ("GIT_CONFIG_GLOBAL", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    filters = "".join(f"{name} = {evil}\n" for name in ("clean", "smudge", "process"))
    of_user = f'[filter "a=b"]\n{filters}required\n[core]\nfsmonitor = {evil}\nautocrlf = true\n'
    (home / ".gitconfig").write_text(f"{of_user}excludesFile = ~/ignored\n")
    (home / "ignored").write_text("*.own\n")
    (project / "content" / NOTE).unlink()
    git(project, "-c", "core.autocrlf=true", "checkout", "-q", "--", "content")
    (project / ".git/info/attributes").write_text(f"{NOTE} filter=a=b\n* filter=evil\n")
    git(project, "config", "filter.evil.clean", evil)
    git(project, "config", "filter.evil.required", "true")
    checkout = Checkout.of(project)
    assert checkout
    (project / "notes.own").write_text("x")
    assert (project / "content" / NOTE).read_bytes() == b"x\r\n"
    os.utime(project / "content" / NOTE, (1, 1))
    assert not checkout.state()[1]
    (project / "content" / NOTE).write_bytes(b"y\r\n")
    assert checkout.state()[1]
    assert not ran.exists()
    git(project, "status")
    assert ran.exists()


def test_git_is_never_left_to_look_for_a_repository(folder: Path) -> None:
    """It would find the one among the notes."""
    plant(folder, WAYS[0])
    with pytest.raises(ValueError, match="look for a repository"):
        saigs_git("status", folder=folder / "project/content")
