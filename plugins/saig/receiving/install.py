"""The hooks put into a bare repository, and what they need to know."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from ..publishing.layout import Layout
from ..publishing.refusal import Refused
from ..words import N_
from .repository import GitFailed, Repository, git

INSTALLED = Path(__file__).parents[3]
"""The checkout that this program runs from; its environment has what its requirements.txt asks for."""

HOOKS = ("pre-receive", "post-receive")
DEFAULT_BRANCH = "main"
RECEIVE = {"receive.fsckObjects": "true", "receive.maxInputSize": "512m"}
"""What Git looks at by itself in what is pushed, unless the repository says otherwise: objects that
are damaged, or made to mislead; how large a push may be (git-config(1))."""

MARK = b"saig.program"
"""In every hook of ours."""


def install(
    folder: Path, site: Path, branch: str | None, key: Path | None, lang: str | None
) -> Repository:
    """Make the repository if there is none, and let it publish into ``site``. What is None stays as
    it was."""
    program = Path(sys.prefix) / "bin/saig"
    if not program.is_file():
        raise Refused(N_("%(path)s is missing: run make html first"), path=program)
    if site == folder or site.is_relative_to(folder) or folder.is_relative_to(site):
        raise Refused(
            N_("%(folder)s: publish neither into the repository nor around it"), folder=site
        )
    repository = _bare(folder, branch or DEFAULT_BRANCH)
    hooks = repository.folder / "hooks"
    for hook in (hooks / name for name in HOOKS):
        if os.path.lexists(hook) and not _is_ours(hook):
            raise Refused(
                N_("%(hook)s is there already, and is not Saig's: move it away first"), hook=hook
            )
    Layout(site).make()
    values = {"program": program, "folder": site, "key": key, "lang": lang, "branch": branch}
    for name, value in values.items():
        if value is not None:
            repository.configure(f"saig.{name}", str(value))
    for name, value in RECEIVE.items():
        if repository.configured(name) is None:
            repository.configure(name, value)
    if not repository.setting("branch"):
        repository.configure("saig.branch", repository.default_branch())
    hooks.mkdir(exist_ok=True)
    for name in HOOKS:
        # A link would lead nowhere once the checkout is moved; Git would then take every push as if
        # there were no hook. A copy refuses it.
        shutil.copy(INSTALLED / "deploy/hooks" / name, hooks / name)
    return repository


def _bare(folder: Path, branch: str) -> Repository:
    if not folder.exists() or not any(folder.iterdir()):
        git("init", "--quiet", "--bare", f"--initial-branch={branch}", str(folder))
    repository = Repository(folder)
    try:
        is_bare = repository.git("rev-parse", "--is-bare-repository") == "true"
    except GitFailed:
        is_bare = False
    if not is_bare:
        raise Refused(N_("%(folder)s is no bare Git repository"), folder=folder)
    return repository


def _is_ours(hook: Path) -> bool:
    """Be it an older one."""
    return hook.is_file() and not hook.is_symlink() and MARK in hook.read_bytes()
