"""Git is asked for the tree that it is asked for, and runs nothing that lies in it."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from git_commands import git
from planted import ATTRIBUTES, PLANTED, program
from project import Project, new_project
from saig.builder.up_to_date import git_state


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """The folder of a project in a repository with one commit."""
    project = tmp_path / "project"
    (project / "content/notices").mkdir(parents=True)
    (project / "content/notices/avis.md").write_text("x")
    git(project, "init", "-q", "-b", "main")
    git(project, "add", "-A")
    git(project, "commit", "-q", "-m", "x")
    return project


def said(project: Path) -> tuple[object, object]:
    version = git_state(project / "content").version
    return version["commit"], version["differs"]


def test_a_tree_is_known_by_its_commit(tree: Path) -> None:
    """And whether it differs from it, by files that are new too."""
    head = git(tree, "rev-parse", "HEAD")
    assert said(tree) == (head, False)
    (tree / "content/notices/nou.md").write_text("x")
    assert said(tree) == (head, True)


def test_a_worktree_and_a_folder_of_a_repository_are_trees(tree: Path) -> None:
    """``git worktree`` leaves a file that leads to the repository."""
    git(tree, "worktree", "add", "-q", "--detach", "../other")
    assert said(tree.parent / "other") == (git(tree, "rev-parse", "HEAD"), False)
    (tree / "towns/vila/content").mkdir(parents=True)
    assert said(tree / "towns/vila")[0] == git(tree, "rev-parse", "HEAD")


def test_hashes_of_sha256(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    git(tmp_path, "init", "-q", "--object-format=sha256")
    assert said(tmp_path) == (None, None)
    git(tmp_path, "commit", "-q", "--allow-empty", "-m", "x")
    head = git(tmp_path, "rev-parse", "HEAD")
    assert len(head) == 64 and said(tmp_path) == (head, False)


def test_another_object_is_not_taken_for_a_commit(tree: Path) -> None:
    """A replacement does not make a tree that differs the same; nor does the environment lead to
    another repository."""
    clean = git(tree, "rev-parse", "HEAD")
    (tree / "content/notices/avis.md").write_text("y")
    git(tree, "commit", "-q", "-a", "-m", "y")
    git(tree, "update-ref", f"refs/replace/{clean}", "HEAD")
    git(tree, "reset", "-q", "--soft", clean)
    assert said(tree) == (clean, True)
    git(tree.parent, "init", "-q", "elsewhere")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("GIT_DIR", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY"):
            patch.setenv(name, str(tree.parent / "elsewhere/.git"))
        patch.setenv("GIT_CONFIG_PARAMETERS", "'core.fsmonitor'='touch it-ran'")
        assert said(tree) == (clean, True)
    assert not list(tree.rglob("it-ran"))


def test_a_submodule_is_not_asked(tree: Path) -> None:
    """Its own settings say how, and it came with the notes."""
    evil, ran = program(tree.parent)
    sub = tree / "content/files/sub"
    sub.mkdir(parents=True)
    git(sub, "init", "-q")
    git(sub, "commit", "-q", "--allow-empty", "-m", "x")
    git(tree, "add", "content/files/sub")
    git(tree, "commit", "-q", "-m", "x")
    git(sub, "config", "core.fsmonitor", evil)
    assert said(tree)[1] is False
    assert [problem.path for problem in git_state(tree / "content").problems] == [
        "content/files/sub"
    ]
    assert not ran.exists()


@pytest.mark.parametrize("has_git", [True, False], ids=["git", "no-git"])
@pytest.mark.parametrize("plant", PLANTED, ids=lambda plant: plant.__name__)
def test_nothing_among_the_notes_runs(
    plant: Callable[[Path, str], None], has_git: bool, tree: Path
) -> None:
    """Whatever repository is planted there, and whether or not there is one around it."""
    evil, ran = program(tree.parent)
    if not has_git:
        (tree / ".git").rename(tree.parent / "gone")
    plant(tree / "content", evil)
    (tree / "content/.gitattributes").write_text(ATTRIBUTES)
    head, differs = said(tree)
    assert (head is not None, differs) == (has_git, True if has_git else None)
    assert not ran.exists()
    folder = tree / "content" / ("notices/old" if plant.__name__ == "below" else "")
    subprocess.run(["git", "-C", folder, "status"], capture_output=True)
    assert ran.exists(), "what is planted would not run for who asks Git from there"


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, Path]:
    """The town in a repository, with all of it planted at once."""
    root = tmp_path_factory.mktemp("planted")
    project = new_project(root / "project")
    git(project.root, "init", "-q", "-b", "main")
    git(project.root, "add", "-A")
    git(project.root, "commit", "-q", "-m", "x")
    evil, ran = program(root)
    for plant in PLANTED[1], PLANTED[4]:
        plant(project.content, evil)
    (project.content / "contacts/.gitattributes").write_text(ATTRIBUTES)
    (project.content / "files/.gitmodules").write_text('[submodule "x"]\n')
    return project, ran


def test_each_file_of_a_repository_is_told(planted: tuple[Project, Path]) -> None:
    """With a word of what to do, and nothing of it on the site."""
    project, ran = planted
    found = project.errors()
    assert {problem["code"] for problem in found} == {"git-in-content"}
    assert {problem["path"].removeprefix("content/") for problem in found} == {
        *("HEAD", "commondir", "config.worktree"),
        *("contacts/.gitattributes", "files/.gitmodules", "files/x/.git", "notices/.git"),
        *(f"{g}/{n}" for g in ("files/g", "notices/old") for n in ("HEAD", "config", "objects")),
        *(f"{g}/{n}" for g in ("files/g", "notices/old") for n in ("config.worktree", "refs")),
    }
    assert all(problem["hint"].startswith("remove it") for problem in found)
    project.build()
    assert not [path for path in (project.output / "files").rglob("*") if path.name == "HEAD"]
    assert not ran.exists()


def test_no_command_runs_what_is_planted(planted: tuple[Project, Path]) -> None:
    """From among the notes too."""
    project, ran = planted
    site = str(project.root.parent / "site")
    for command, folder in (
        (("check", "--production"), "notices/old"),
        (("build", "--production"), "."),
        (("publish", site), "files/g"),
    ):
        assert project.saig(*command, cwd=project.content / folder).returncode == 1
    assert not ran.exists()


def test_what_is_harmless_may_have_such_a_name(town: Project) -> None:
    """Files that a town could well have."""
    for path in ("files/config", "files/objects/a.txt", "files/Head.pdf", "files/refs/b.txt"):
        town.write(path, "x")
    assert town.errors() == []


def test_a_tracked_cache_is_told_and_not_believed(town: Project) -> None:
    """It would be taken for what a build here found: a page that no note says."""
    git(town.root, "init", "-q", "-b", "main")
    (town.root / ".gitignore").write_text("/.saig/\n*.pyc\n/output/\n")
    town.build()
    (town.root / ".git" / ".saig").rename(town.root / ".saig")
    compiled = town.write("../scripts/__pycache__/x.cpython-311.pyc", "x")
    town.write("../gate.pyc", "x")
    git(town.root, "add", "-f", ".saig", str(compiled), "gate.pyc")
    told = {problem["path"]: problem["hint"] for problem in town.errors()}
    assert told == {
        ".saig": "write git rm -r --cached .saig, and commit",
        "gate.pyc": "write git rm -r --cached gate.pyc, and commit",
        "scripts/__pycache__": "write git rm -r --cached scripts/__pycache__, and commit",
    }
    assert "/cita-previa/: " in town.build("--explain").stdout


def test_what_builds_remember_lies_where_no_commit_brings_it(town: Project, tmp_path: Path) -> None:
    """Below ``.git``, of a ``git worktree`` too."""
    git(town.root, "init", "-q", "-b", "main")
    town.build()
    assert (town.root / ".git/.saig/local.sqlite").is_file()
    assert not (town.root / ".saig").exists()
    git(town.root, "commit", "-q", "--allow-empty", "-m", "Begin")
    git(town.root, "worktree", "add", "-q", "--detach", tmp_path / "other")
    other = Project(tmp_path / "other")
    for name in ("pelicanconf.py", "content", "theme", "plugins"):
        (other.root / name).symlink_to(town.root / name)
    other.build()
    assert not (other.root / ".saig").exists()
    assert list((town.root / ".git/worktrees").rglob("local.sqlite"))


def test_links_among_the_notes_are_told(town: Project) -> None:
    """Wherever they lead."""
    town.write("files/a.txt", "x")
    (town.content / "files/b.txt").symlink_to("a.txt")
    (town.content / "files/c.txt").symlink_to("/etc/passwd")
    (town.content / "notices/folder").symlink_to("../norms")
    (town.content / "notices/altre.md").symlink_to("../pages/sobre.md")
    told = {problem["path"]: problem["code"] for problem in town.errors()}
    assert told == {
        "content/files/b.txt": "symbolic-link",
        "content/files/c.txt": "outside-content",
        "content/notices/altre.md": "symbolic-link",
        "content/notices/folder": "symbolic-link",
    }
