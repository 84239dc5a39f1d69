"""Writes the files of a commit to a folder, which is kept from one push to the next.

So only files that differ are written, and the cache of builds is kept. The folder is a repository
of its own that uses the objects of the one that is pushed to, so that a build can tell its commit.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from .repository import GitRefused, Repository, git

ATTRIBUTES = ("filter", "ident", "text", "working-tree-encoding")
"""The attributes with which Git changes the content of files that it writes."""

COMPILED = "__pycache__"
"""The folders of compiled code, which are kept while the code is the same. If it changes they are
removed, as Python compares times in whole seconds only. The cache of builds is in ``.git``."""


def check_out(repository: Repository, folder: Path, commit: str, code: str | None = None) -> None:
    """Write the files of a commit to a folder, and remove all others. ``code``: a commit whose code
    is written instead, with the notes of the first. The caller holds the folder's lock. Raises
    ``GitRefused`` if Git fails even in an empty folder."""
    try:
        _lay_out(repository, folder, commit, code)
    except GitRefused:
        # The folder is incomplete or damaged, or the repository was elsewhere when it was made.
        shutil.rmtree(folder, ignore_errors=True)
        _lay_out(repository, folder, commit, code)


def set_head(folder: Path, commit: str) -> None:
    """Let the folder's HEAD name a commit."""
    git(*_of(folder), "update-ref", "--no-deref", "HEAD", commit)


def _of(folder: Path) -> tuple[str, ...]:
    """Git's options for the folder. All are named, as from a damaged folder Git would look upwards,
    and find the repository that is pushed to."""
    return ("-C", str(folder), f"--git-dir={folder}/.git", f"--work-tree={folder}")


def _lay_out(repository: Repository, folder: Path, commit: str, code: str | None) -> None:
    if not (folder / ".git").is_dir():
        _make(repository, folder)
    _shut(folder)
    for lock in (folder / ".git").glob("*.lock"):
        lock.unlink()  # left by a Git that was killed: no other is at work, as the caller has a lock

    def run(*arguments: str, given: str = "") -> str:
        return git(*_of(folder), *arguments, more=repository.quarantine, given=given)

    tree = commit
    if code:
        notes = repository.notes(commit)
        entries = sorted([*repository.code(code), *([notes] if notes else ())])
        tree = run("mktree", "-z", given="".join(f"{entry}\0" for entry in entries))
    same_code = not run("diff-index", "--cached", "--name-only", tree, "--", "*.py")
    run("read-tree", "--reset", "-u", tree)
    run("clean", "-ffdxq", *(("-e", COMPILED) if same_code else ()))


def _make(repository: Repository, folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    form = f"--object-format={repository.object_format}"
    git("init", "--quiet", "--template=", form, str(folder))
    _write(folder / ".git/objects/info/alternates", f"{repository.objects}\n")
    _write(folder / ".git/info/exclude", f"{COMPILED}\n")


def _shut(folder: Path) -> None:
    """Let nobody push to the folder or fetch from it, and let Git write files as the commit has
    them, byte for byte, even if attributes in the commit ask for a filter or other line ends."""
    attributes = folder / ".git/info/attributes"
    wanted = f"* {' '.join(f'-{name}' for name in ATTRIBUTES)}\n"
    if not attributes.is_file() or attributes.read_text("utf-8") != wanted:
        for name in ("receive", "uploadpack"):
            git(*_of(folder), "config", f"{name}.hideRefs", "refs/")
        _write(attributes, wanted)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
