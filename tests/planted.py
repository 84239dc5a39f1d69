"""Repositories planted among the notes, with every way in which Git's settings run a program."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

HEAD = "ref: refs/heads/main\n"
ATTRIBUTES = "* filter=evil diff=evil merge=evil text ident export-subst\n"


def settings(program: str) -> str:
    """All of Git's settings that name a program, or a file of settings, or lead to one."""
    return f"""\
[core]
    repositoryFormatVersion = 1
    bare = false
    worktree = ..
    fsmonitor = {program}
    hooksPath = hooks
    sshCommand = {program}
    gitProxy = {program}
    askPass = {program}
    editor = {program}
    pager = {program}
    alternateRefsCommand = {program}
    attributesFile = files/g/attributes
[extensions]
    worktreeConfig = true
[pager]
    status = {program}
    diff = {program}
    ls-files = {program}
    log = {program}
[diff]
    external = {program}
[diff "evil"]
    command = {program}
    textconv = {program}
[merge "evil"]
    driver = {program}
[filter "evil"]
    clean = {program}
    smudge = {program}
    process = {program}
    required = true
[credential]
    helper = !{program}
[gpg]
    program = {program}
[log]
    showSignature = true
[sequence]
    editor = {program}
[uploadpack]
    packObjectsHook = {program}
[remote "origin"]
    url = ext::{program}
    uploadpack = {program}
    receivepack = {program}
    promisor = true
    partialCloneFilter = blob:none
[alias]
    status = !{program}
    rev-parse = !{program}
    ls-files = !{program}
[submodule "sub"]
    url = ext::{program}
    update = !{program}
[include]
    path = more
[includeIf "gitdir:/"]
    path = more
"""


def program(folder: Path) -> tuple[str, Path]:
    """A program, and the mark that it leaves when it runs."""
    ran, file = folder / "it-ran", folder / "evil"
    file.write_text(f'#!/bin/sh\necho "$0 $*" >> {ran}\ncat\n')
    file.chmod(0o755)
    return str(file), ran


def repository(folder: Path, program: str) -> None:
    """The files of a repository in a folder that may hold others too."""
    for path, text in {
        "HEAD": HEAD,
        "config": settings(program),
        "config.worktree": settings(program),
        "more": f"[core]\n    fsmonitor = {program}\n",
        "objects/info/alternates": "../../objects\n",
        "refs/heads/.keep": "",
        "attributes": ATTRIBUTES,
        "info/attributes": ATTRIBUTES,
    }.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    for hook in (
        "post-index-change",
        "reference-transaction",
        "post-checkout",
        "fsmonitor-watchman",
    ):
        (folder / "hooks").mkdir(exist_ok=True)
        shutil.copy(program, folder / "hooks" / hook)


def at_top(content: Path, program: str) -> None:
    """The notes' folder is one itself."""
    repository(content, program)


def led_to(content: Path, program: str) -> None:
    """The notes' folder leads to one among the files."""
    repository(content / "files/g", program)
    (content / "HEAD").write_text(HEAD)
    (content / "commondir").write_text("files/g\n")
    (content / "config.worktree").write_text(settings(program))


def usual(content: Path, program: str) -> None:
    repository(content / ".git", program)


def named(content: Path, program: str) -> None:
    """A file names it, as in a worktree or a submodule."""
    repository(content / "files/g", program)
    (content / ".git").write_text("gitdir: files/g\n")


def below(content: Path, program: str) -> None:
    """In folders of the notes, in each form."""
    repository(content / "notices/old", program)
    repository(content / "files/x/.git", program)
    (content / "notices/.git").write_text("gitdir: old\n")


PLANTED: list[Callable[[Path, str], None]] = [at_top, led_to, usual, named, below]
