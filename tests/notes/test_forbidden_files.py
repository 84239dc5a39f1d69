"""What is Git's, or a cache's, and comes with a commit: told from the list of its files alone."""

from __future__ import annotations

import pytest
from saig.git import Tracked
from saig.notes.forbidden_files import pushed_problems, tracked_problems

FILE, LINK, SUBMODULE = "100644", "120000", "160000"


def told(*files: tuple[str, str]) -> dict[str, str]:
    tracked = [Tracked(mode, path) for mode, path in files]
    return {problem.path: problem.code for problem in pushed_problems(tracked, "content")}


@pytest.mark.parametrize(
    "path",
    [
        *("content/.gitattributes", "content/notices/.GitAttributes", "content/files/.gitmodules"),
        *("content/HEAD", "content/config", "content/commondir", "content/Config.worktree"),
        *("content/files/x/HEAD", "content/files/.git", "content/files/.git ", "content/a/.git."),
        *("content/files/GIT~1", "content/.g\u200cit", "content/.git::$INDEX_ALLOCATION"),
    ],
)
def test_files_of_git(path: str) -> None:
    """By whatever name Windows or macOS take for it."""
    assert set(told((FILE, path)).values()) == {"git-in-content"}


def test_the_outermost_is_named() -> None:
    """Of all that belongs to a repository; what is beside it may stay."""
    below = ("HEAD", "config", "objects/pack/x.pack", "refs/heads/main", "plan.pdf", "hooks/x")
    found = told(*((FILE, f"content/files/old/{name}") for name in below))
    assert set(found) == {f"content/files/old/{n}" for n in ("HEAD", "config", "objects", "refs")}
    assert set(told((FILE, "content/files/.git/objects/x"))) == {"content/files/.git"}
    assert told((FILE, "content/files/config"), (FILE, "content/files/objects/a.txt")) == {}


def test_links_and_submodules() -> None:
    """The folder of the notes too; elsewhere they are code."""
    assert told((LINK, "content")) == {"content": "symbolic-link"}
    assert told((SUBMODULE, "content")) == {"content": "git-in-content"}
    assert told((LINK, "content/files/a"), (SUBMODULE, "content/files/b")) == {
        "content/files/a": "symbolic-link",
        "content/files/b": "git-in-content",
    }
    assert told((LINK, "plugins/a"), (SUBMODULE, "theme"), (FILE, ".gitattributes")) == {}
    assert [problem.path for problem in tracked_problems([Tracked(LINK, "content")], "content")]


@pytest.mark.parametrize(
    "path, cache",
    [
        (".saig/public.sqlite", ".saig"),
        (".SAIG", ".SAIG"),
        ("plugins/saig/__pycache__/x.pyc", "plugins/saig/__pycache__"),
        ("plugins/x.pyc", "plugins/x.pyc"),
        ("content/files/.saig./x", "content/files/.saig."),
        ("a\nb/__PyCache__/x", "a\ufffdb/__PyCache__"),
    ],
)
def test_caches(path: str, cache: str) -> None:
    assert told((FILE, path)) == {cache: "tracked-cache"}


def test_each_is_told_what_to_do() -> None:
    tracked = [Tracked(FILE, ".saig/x"), Tracked(LINK, "content/a"), Tracked(FILE, "content/HEAD")]
    hints = [problem.said("en")[1] for problem in pushed_problems(tracked, "content")]
    assert all(hints) and hints[0] == "write git rm -r --cached .saig, and commit"
