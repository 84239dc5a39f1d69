"""The files of a commit, in a folder that is kept from one push to the next.

So only what differs is written, and what builds remember stays. The folder is a repository of its
own that borrows the objects of the one that is pushed to, so that its commit can be named.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from .repository import GitRefused, Repository, git

ATTRIBUTES = ("filter", "ident", "text", "working-tree-encoding")
"""Those by which Git changes what is in a file when it lays it out."""

COMPILED = "__pycache__"
"""What stays: the compiled code while the code is the same. Python knows its age in whole seconds
only. What builds remember is in ``.git``."""


def check_out(repository: Repository, folder: Path, commit: str, code: str | None = None) -> None:
    """Have the files of a commit in the folder, and nothing else; or its notes alone, with the code
    of another, ``code``. For whoever holds the folder's lock. Raises ``GitRefused`` if even an
    empty folder does not help."""
    try:
        _lay_out(repository, folder, commit, code)
    except GitRefused:
        # Half made, damaged, or from when the repository stood elsewhere.
        shutil.rmtree(folder, ignore_errors=True)
        _lay_out(repository, folder, commit, code)


def set_head(folder: Path, commit: str) -> None:
    """Let the folder's HEAD name the commit whose files it has."""
    git(*_of(folder), "update-ref", "--no-deref", "HEAD", commit)


def _of(folder: Path) -> tuple[str, ...]:
    """Named, for Git would go upwards from a damaged one, into the repository that is pushed to."""
    return ("-C", str(folder), f"--git-dir={folder}/.git", f"--work-tree={folder}")


def _lay_out(repository: Repository, folder: Path, commit: str, code: str | None) -> None:
    if not (folder / ".git").is_dir():
        _make(repository, folder)
    _shut(folder)
    for lock in (folder / ".git").glob("*.lock"):
        lock.unlink()  # left by a Git that was killed: our own lock keeps others out

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
    """Nobody pushes here but us, and files are laid out as the commit has them, byte for byte: no
    attribute of the tree asks for a filter, or for other line ends."""
    attributes = folder / ".git/info/attributes"
    wanted = f"* {' '.join(f'-{name}' for name in ATTRIBUTES)}\n"
    if not attributes.is_file() or attributes.read_text("utf-8") != wanted:
        for name in ("receive", "uploadpack"):
            git(*_of(folder), "config", f"{name}.hideRefs", "refs/")
        _write(attributes, wanted)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
