"""Files of Git or of a cache, which are allowed neither among the notes nor in a commit.

A cache that comes with a commit would be taken for what a build here found, and compiled code for
that of the file beside it. A repository inside the notes names programs that Git would run, and the
files of a submodule are in no commit of the notes.
"""

from __future__ import annotations

import shlex
from collections.abc import Collection, Iterable, Iterator, Set

from ..git import Tracked
from ..regexes import regex
from ..words import N_
from . import file_names
from .problem import Problem, file_problem

CACHE = ".saig"
COMPILED = "__pycache__"

_OF_GIT = {".git", ".gitattributes", ".gitmodules"}
_SURE = {"commondir", "config.worktree", "head", "packed-refs"}
"""Files that only a repository has."""

_MAYBE = {"config", "objects", "refs"}
"""Other names in a repository. At the top of the notes nothing else may have such a name."""

_UNSEEN = regex("[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]")
"""Signs that macOS does not see in a name."""

_SHORT = {"git~1": ".git"}
"""The short name that Windows makes of it."""


def plain_name(name: str) -> str:
    """A name as Windows and macOS compare it, in small letters: for them ``.GIT.`` is ``.git``."""
    seen = name if name.isascii() else _UNSEEN.sub("", name)
    found = seen.casefold().partition(":")[0].rstrip(". ")
    return _SHORT.get(found, found)


def of_git(files: Collection[str], *, at_top: bool) -> Set[str]:
    """The names that are Git's in a folder of ``content/`` with these files, as ``plain_name`` has
    them."""
    small = {plain_name(name) for name in files}
    sure = _SURE & small
    return _OF_GIT | sure | (_MAYBE if sure or at_top else set())


def of_git_problem(path: str) -> Problem:
    """``path``: from the project's folder."""
    return file_problem(
        file_names.shown(path),
        "git-in-content",
        N_("this is a file of Git's, and no note"),
        N_("remove it: Git would take this folder for a repository, or for its own settings"),
    )


def link_problem(path: str) -> Problem:
    """``path``: from the project's folder."""
    return file_problem(
        file_names.shown(path),
        "symbolic-link",
        N_("this is a symbolic link, and no file of its own"),
        N_("copy the file itself to this place"),
    )


def tracked_problems(tracked: Iterable[Tracked], content: str) -> list[Problem]:
    """Problems of caches and submodules among the files that Git has, and of notes that lie
    elsewhere. ``content``: the name of the notes' folder."""
    found: dict[str, Problem] = {}
    for file in tracked:
        if file.is_submodule and _is_in(file.path, content):
            found[file.path] = _submodule(file.path)
        elif file.is_link and file.path == content:
            found[file.path] = link_problem(file.path)
        elif cache := _cache_in(file.path):
            found[cache] = _cache(cache)
    return list(found.values())


def pushed_problems(tracked: Collection[Tracked], content: str) -> list[Problem]:
    """The same, and what ``saig check`` finds by looking into the folder: files of Git, and
    symbolic links. So a push is refused before any of it is checked out."""
    found = {problem.path: problem for problem in tracked_problems(tracked, content)}
    for path in _of_git_below([file.path for file in tracked], content):
        found.setdefault(path, of_git_problem(path))
    for file in tracked:
        if file.is_link and _is_in(file.path, content):
            found.setdefault(file.path, link_problem(file.path))
    return [found[path] for path in sorted(found)]


def _is_in(path: str, content: str) -> bool:
    return path == content or path.startswith(f"{content}/")


def _of_git_below(paths: Iterable[str], content: str) -> Iterator[str]:
    """The files and folders below the notes' that are Git's, the outermost of each."""
    files: dict[str, set[str]] = {}
    folders: dict[str, set[str]] = {}
    for path in paths:
        into = files
        while path.startswith(f"{content}/"):
            folder, _, name = path.rpartition("/")
            into.setdefault(folder, set()).add(name)
            path, into = folder, folders
    waiting = [content]
    while waiting:
        folder = waiting.pop()
        gits = of_git(files.get(folder, ()), at_top=folder == content)
        below = folders.get(folder, set())
        for name in files.get(folder, set()) | below:
            if plain_name(name) in gits:
                yield f"{folder}/{name}"
            elif name in below:
                waiting.append(f"{folder}/{name}")


def _cache_in(path: str) -> str | None:
    """The outermost part of a path that is a cache, if any."""
    parts = path.split("/")
    for number, name in enumerate(map(plain_name, parts), 1):
        if name in (CACHE, COMPILED) or (name.endswith(".pyc") and number == len(parts)):
            return "/".join(parts[:number])
    return None


def _cache(path: str) -> Problem:
    return file_problem(
        file_names.shown(path),
        "tracked-cache",
        N_("this is a cache, and Git has it: who gets the commit would believe it"),
        N_("write git rm -r --cached %(path)s, and commit"),
        path=shlex.quote(path),
    )


def _submodule(path: str) -> Problem:
    return file_problem(
        file_names.shown(path),
        "git-in-content",
        N_("this is a submodule: its files belong to another repository"),
        N_("write git rm --cached %(path)s, copy the files themselves here, and commit"),
        path=shlex.quote(path),
    )
