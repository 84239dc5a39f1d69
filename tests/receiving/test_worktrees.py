"""The files of a commit, laid out over whatever is there."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from git_commands import git
from saig.receiving.repository import Repository
from saig.receiving.worktrees import check_out, set_head


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """Two commits of some files."""
    clone = tmp_path / "clone"
    (clone / "content").mkdir(parents=True)
    git(clone, "init", "-q", "-b", "main")
    (clone / ".gitignore").write_text("*.tmp\n")
    for number in range(2):
        (clone / "content" / f"{number}.md").write_text("x")
        (clone / "content/plànol ·.md").write_text(str(number))
        (clone / "code.py").write_text("x = 1")
        git(clone, "add", "-A")
        git(clone, "commit", "-q", "-m", str(number))
    git(tmp_path, "clone", "-q", "--bare", "clone", "town.git")
    return Repository(tmp_path / "town.git")


def files(folder: Path) -> set[str]:
    found = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return {path.as_posix() for path in found if path.parts[0] != ".git"}


def ruin(folder: Path) -> None:
    shutil.rmtree(folder / ".git/objects")


HARM: list[Callable[[Path], object]] = [
    lambda folder: (folder / ".git/index.lock").touch(),
    lambda folder: (folder / ".git/HEAD.lock").touch(),
    lambda folder: shutil.rmtree(folder / "content"),
    lambda folder: (folder / "content/0.md").write_text("other"),
    lambda folder: (folder / "content/rest.md").write_text("x"),
    lambda folder: (folder / "content/rest.tmp").write_text("x"),
    lambda folder: (folder / ".git/index").write_bytes(b"DIRC"),
    lambda folder: (folder / ".git/HEAD").write_text(""),
    lambda folder: shutil.rmtree(folder / ".git"),
    lambda folder: shutil.rmtree(folder),
    ruin,
]
"""What a Git or a build that was killed may leave."""


@pytest.mark.parametrize("harm", HARM)
def test_whatever_was_left(harm: Callable[[Path], object], repository: Repository) -> None:
    """The commit's files, nothing else, and it is known which commit they are."""
    folder = repository.folder / "saig/public"
    head = repository.head("main")
    first = repository.git("rev-parse", "main~1")
    assert head
    check_out(repository, folder, first)
    set_head(folder, first)
    assert "content/1.md" not in files(folder)
    harm(folder)
    check_out(repository, folder, head)
    set_head(folder, head)
    wanted = {".gitignore", "code.py", "content/0.md", "content/1.md", "content/plànol ·.md"}
    assert files(folder) == wanted
    assert (folder / "content/0.md").read_text() == "x"
    assert git(folder, "rev-parse", "HEAD") == head
    assert git(folder, "status", "--porcelain") == ""


def test_what_builds_remember_stays(repository: Repository) -> None:
    """Compiled code only while the code is the same."""
    folder = repository.folder / "saig/public"
    head = repository.head("main")
    assert head
    check_out(repository, folder, repository.git("rev-parse", "main~1"))
    remembered = folder / ".git/.saig/public.sqlite"
    for file in (remembered, folder / "__pycache__/code.pyc"):
        file.parent.mkdir()
        file.write_text("x")
    check_out(repository, folder, head)
    set_head(folder, head)
    assert remembered.is_file() and "__pycache__/code.pyc" in files(folder)
    assert git(folder, "status", "--porcelain") == ""

    clone = repository.folder.parent / "clone"
    (clone / "code.py").write_text("x = 2")
    git(clone, "commit", "-q", "-a", "-m", "Code")
    git(clone, "push", "-q", str(repository.folder), "main")
    check_out(repository, folder, repository.git("rev-parse", "main"))
    assert remembered.is_file()
    assert "__pycache__/code.pyc" not in files(folder)
