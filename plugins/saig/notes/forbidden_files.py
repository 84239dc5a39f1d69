"""What belongs to Git or to a cache, and so may not be among the notes or in a commit.

A cache that comes with a commit would be taken for what a build here found, and compiled code for
that of the file beside it. A repository inside the notes names programs that Git would run, and one
that is a submodule has files that no commit of the notes names.
"""

from __future__ import annotations

import shlex
from collections.abc import Collection, Iterable, Iterator, Set
from pathlib import PurePosixPath

from ..git import Tracked
from ..words import N_
from .problem import Problem, file_problem

CACHE = ".saig"
COMPILED = "__pycache__"

_OF_GIT = {".git", ".gitattributes", ".gitmodules"}
_SURE = {"commondir", "config.worktree", "head", "packed-refs"}
"""Files that only a repository has."""

_MAYBE = {"config", "objects", "refs"}
"""What a repository has beside those. At the top of the notes nothing else may have such a name."""


def of_git(files: Collection[str], *, at_top: bool) -> Set[str]:
    """The names that are Git's in a folder of ``content/`` with these files, in small letters."""
    small = {name.casefold() for name in files}
    sure = _SURE & small
    return _OF_GIT | sure | (_MAYBE if sure or at_top else set())


def of_git_problem(path: str) -> Problem:
    """``path``: from the project's folder."""
    return file_problem(
        path,
        "git-in-content",
        N_("this is a file of Git's, and no note"),
        N_("remove it: Git would take this folder for a repository, or for its own settings"),
    )


def tracked_problems(tracked: Iterable[Tracked], content: str) -> list[Problem]:
    """Problems of caches and submodules among the files that Git has. ``content``: the name of the
    notes' folder."""
    found: dict[str, Problem] = {}
    for file in tracked:
        if file.is_submodule and file.path.startswith(f"{content}/"):
            found[file.path] = _submodule(file.path)
        elif cache := next(_caches(file.path), None):
            found[cache] = _cache(cache)
    return list(found.values())


def _caches(path: str) -> Iterator[str]:
    """The outermost part of a path that is a cache, if any."""
    pure = PurePosixPath(path)
    for part in (*reversed(pure.parents), pure):
        name = part.name.casefold()
        if name in (CACHE, COMPILED) or (name.endswith(".pyc") and part == pure):
            yield part.as_posix()


def _cache(path: str) -> Problem:
    return file_problem(
        path,
        "tracked-cache",
        N_("this is a cache, and Git has it: who gets the commit would believe it"),
        N_("write git rm -r --cached %(path)s, and commit"),
        path=shlex.quote(path),
    )


def _submodule(path: str) -> Problem:
    return file_problem(
        path,
        "git-in-content",
        N_("this is a submodule: its files belong to another repository"),
        N_("write git rm --cached %(path)s, copy the files themselves here, and commit"),
        path=shlex.quote(path),
    )
