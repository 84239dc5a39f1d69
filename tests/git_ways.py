"""The ways in which Git runs a program that a repository names, each with a command that does so."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from git_commands import git
from planted import program

NOTE = "notices/avis.md"


@dataclass(frozen=True)
class Way:
    """``settings``: of the repository, with the program as ``EVIL``, and ``OTHER``, which is another
    repository; ``command``: what makes Git run
    it, for who works there; ``files``: beside the settings; ``given``: what the command reads;
    ``on_terminal``: whether it runs only there."""

    name: str
    settings: str
    command: str
    files: Mapping[str, str] = field(default_factory=dict)
    given: str = ""
    on_terminal: bool = False


ALL = {"info/attributes": "* filter=evil diff=evil merge=evil\n"}
MORE = {"more": "[core]\nfsmonitor = EVIL\n"}
ORIGIN = '[remote "origin"]\n'
CREDENTIALS = "protocol=https\nhost=a.test\n\n"

WAYS = [
    Way("fsmonitor", "[core]\nfsmonitor = EVIL", "status"),
    Way("hook", "", "read-tree HEAD", {"hooks/post-index-change": "EVIL"}),
    Way("hooks-path", "[core]\nhooksPath = more", "read-tree HEAD",
        {"more/post-index-change": "EVIL"}),
    Way("clean", '[filter "evil"]\nclean = EVIL', f"add {NOTE}", ALL),
    Way("smudge", '[filter "evil"]\nsmudge = EVIL', "checkout-index -f -a", ALL),
    Way("process", '[filter "evil"]\nprocess = EVIL', f"add {NOTE}", ALL),
    Way("external-diff", "[diff]\nexternal = EVIL", "diff HEAD~2"),
    Way("diff-command", '[diff "evil"]\ncommand = EVIL', "diff HEAD~2", ALL),
    Way("textconv", '[diff "evil"]\ntextconv = EVIL', "diff HEAD~2", ALL),
    Way("merge-driver", '[merge "evil"]\ndriver = EVIL', "merge other", ALL),
    Way("include", "[include]\npath = more", "status", MORE),
    Way("include-if", '[includeIf "gitdir:/"]\npath = more', "status", MORE),
    Way("worktree-config", "[extensions]\nworktreeConfig = true", "status",
        {"config.worktree": MORE["more"]}),
    Way("ssh-command", "[core]\nsshCommand = EVIL", "fetch ssh://a.test/x"),
    Way("git-proxy", "[core]\ngitProxy = EVIL", "fetch git://a.test/x"),
    Way("pager", "[core]\npager = EVIL", "log", on_terminal=True),
    Way("pager-of-command", "[pager]\nstatus = EVIL", "status", on_terminal=True),
    Way("credential-helper", "[credential]\nhelper = !EVIL", "credential fill", given=CREDENTIALS),
    Way("ask-pass", "[core]\naskPass = EVIL", "credential fill", given=CREDENTIALS),
    Way("ext", f'[protocol "ext"]\nallow = always\n{ORIGIN}url = ext::EVIL', "fetch origin"),
    Way("upload-pack", f"{ORIGIN}url = .\nuploadpack = EVIL", "fetch origin"),
    Way("receive-pack", f"{ORIGIN}url = .\nreceivepack = EVIL", "push origin HEAD:x"),
    Way("promisor", f"{ORIGIN}url = .\nuploadpack = EVIL\npromisor = true\n"
        "[extensions]\npartialClone = origin", f"cat-file -p {40 * '1'}"),
    Way("alternates", "[core]\nalternateRefsCommand = EVIL", "receive-pack .",
        {"objects/info/alternates": "OTHER/objects\n"}),
    Way("editor", "[core]\neditor = EVIL", "commit --allow-empty"),
    Way("sequence-editor", "[sequence]\neditor = EVIL", "rebase -i HEAD~1"),
    Way("gpg", "[gpg]\nprogram = EVIL", "commit -S --allow-empty -m x"),
    Way("gpg-ssh", '[gpg]\nformat = ssh\n[gpg "ssh"]\nprogram = EVIL\n[user]\nsigningKey = key::x',
        "commit -S --allow-empty -m x"),
    Way("submodule", '[submodule "sub"]\nurl = OTHER\nactive = true\nupdate = !EVIL',
        "-c protocol.file.allow=always submodule update"),
    Way("alias", "[alias]\nown = !EVIL", "own"),
    Way("archive", '[tar "own"]\ncommand = EVIL', "archive --format=own HEAD"),
    Way("difftool", '[difftool "own"]\ncmd = EVIL', "difftool -y -t own HEAD~1"),
    Way("trailer", '[trailer "own"]\ncmd = EVIL', "interpret-trailers --trailer own=1"),
]  # fmt: skip


def begin(folder: Path) -> None:
    """In a folder: ``project``, a tree with a note in a repository; ``inner.git``, to be planted among
    its notes, with a history of the same note; ``other.git``, which that one may lead to."""
    project, inner = folder / "project", folder / "inner"
    for root in (project / "content", inner):
        (root / NOTE).parent.mkdir(parents=True)
        (root / NOTE).write_text("x\n")
    for root in (project, inner):
        git(root, "init", "-q", "-b", "main")
        git(root, "add", "-A")
        git(root, "commit", "-q", "-m", "x")
    git(folder, "clone", "-q", "--bare", "inner", "other.git")
    git(inner, "checkout", "-q", "-b", "other")
    for branch, text in (("other", "z\n"), ("main", "x\ny\n")):
        git(inner, "checkout", "-q", branch)
        (inner / NOTE).write_text(text)
        git(inner, "commit", "-q", "-a", "-m", branch)
    sub = (
        "update-index",
        "--add",
        "--cacheinfo",
        f"160000,{git(inner, 'rev-parse', 'HEAD~1')},sub",
    )
    git(inner, *sub)
    git(inner, "commit", "-q", "-m", "sub")
    (inner / ".git").rename(folder / "inner.git")
    shutil.rmtree(inner)


def plant(folder: Path, way: Way) -> Path:
    """Put the repository among the notes, with what the way needs. The mark that its program
    leaves."""
    evil, ran = program(folder)
    Path(evil).write_text(f"#!/bin/sh\necho ran >> {ran}\n")  # and is over, whoever talks to it
    content = folder / "project/content"
    shutil.copytree(folder / "inner.git", content, dirs_exist_ok=True)
    shutil.rmtree(content / "hooks")
    (content / NOTE).write_text("x\ny\n")
    (content / "sub").mkdir()
    (content / ".gitmodules").write_text('[submodule "sub"]\npath = sub\nurl = x\n')
    settings = f"[core]\nrepositoryFormatVersion = 1\nbare = false\nworktree = .\n{way.settings}\n"
    for path, text in {**way.files, "config": settings}.items():
        file = content / path
        file.parent.mkdir(exist_ok=True)
        if text == "EVIL":
            shutil.copy(evil, file)
        else:
            other = str(folder / "other.git")
            file.write_text(text.replace("EVIL", evil).replace("OTHER", other))
    return ran
