"""Puts the hooks into a bare repository, and the settings that they need."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from ..publishing.folder_settings import FolderSettings, changed, read_settings, write_settings
from ..publishing.layout import Layout
from ..refusal import Refused
from ..shipped import ROOT
from ..words import N_
from .accounts import Accounts, acting_as, let_publish, make, make_key, require_secret
from .hook_layout import publish_command
from .people import People
from .repository import GitRefused, Repository, git

HOOKS = ("pre-receive", "post-receive")
DEFAULT_BRANCH = "main"
RECEIVE = {"receive.fsckObjects": "true", "receive.maxInputSize": "512m"}
"""What Git itself checks of a push, unless the repository is configured otherwise: whether objects
are damaged or misleading, and the size of the push (git-config(1))."""

HIDDEN = ("refs/", "!refs/heads/", "!refs/tags/")
"""Refs other than branches and tags, which Git neither shows nor accepts: one below
``refs/replace/`` would replace a commit by another."""

MARK = b"saig.program"
"""What every hook of Saig contains."""


def install(
    folder: Path,
    site: Path,
    branch: str | None,
    given: FolderSettings,
    accounts: Accounts | None,
) -> Repository:
    """Make a repository if there is none in ``folder``, and let it publish into ``site``, with two
    accounts if these are given now or were before. ``given``: settings to change; the others remain
    as they were. Raises ``Refused`` if something prevents it, ``OSError`` if the system refuses."""
    program = Path(sys.prefix) / "bin/saig"
    if not program.is_file():
        raise Refused(N_("%(path)s is missing: run make html first"), path=program)
    if site == folder or site.is_relative_to(folder) or folder.is_relative_to(site):
        raise Refused(
            N_("%(folder)s: publish neither into the repository nor around it"), folder=site
        )
    people = People(folder, ROOT)
    if accounts is None and (known_as := Repository(folder).setting("publisher")):
        accounts = Accounts.known(folder, known_as)
    if accounts:
        make(accounts, people, site)
    receiver, publisher = (accounts.receiver, accounts.publisher) if accounts else (None, None)
    with acting_as(receiver):
        repository = _bare(folder, branch or DEFAULT_BRANCH)
        _require_room_for_hooks(repository)
        # Earlier versions had the key in the configuration, which the account that builds reads.
        old = FolderSettings(key=repository.setting("key"))
    if there := people.all():
        people.write(there)  # with the program of this checkout
    if accounts and given.key:
        make_key(Path(given.key), accounts.publisher)
    with acting_as(publisher):
        layout = Layout(site)
        layout.make()
        known = changed(changed(read_settings(layout), old), given)
        if publisher and known.key:
            require_secret(Path(known.key), publisher)
        elif given.key and not Path(given.key).is_file():
            raise Refused(N_("there is no signing key %(key)s"), key=given.key)
        write_settings(layout, known)
    with acting_as(receiver):
        _configure(repository, program, site, branch, given.lang, publisher)
        _copy_hooks(repository)
    if accounts:
        let_publish(accounts, publish_command(program, site))
    return repository


def _require_room_for_hooks(repository: Repository) -> None:
    """Raise ``Refused`` if the repository has hooks that are not Saig's."""
    for hook in (repository.folder / "hooks" / name for name in HOOKS):
        if os.path.lexists(hook) and not _is_ours(hook):
            raise Refused(
                N_("%(hook)s is there already, and is not Saig's: move it away first"), hook=hook
            )


def _configure(
    repository: Repository,
    program: Path,
    site: Path,
    branch: str | None,
    lang: str | None,
    publisher: str | None,
) -> None:
    values = {"program": program, "folder": site, "lang": lang, "branch": branch}
    for name, value in {**values, "publisher": publisher}.items():
        if value is not None:
            repository.configure(f"saig.{name}", str(value))
    for name, value in RECEIVE.items():
        if repository.configured(name) is None:
            repository.configure(name, value)
    if repository.configured("transfer.hideRefs") is None:
        for pattern in HIDDEN:
            repository.git("config", "--add", "transfer.hideRefs", pattern)
    if not repository.setting("branch"):
        repository.configure("saig.branch", repository.default_branch())
    if repository.setting("key"):
        repository.git("config", "--unset-all", "saig.key")


def _copy_hooks(repository: Repository) -> None:
    hooks = repository.folder / "hooks"
    hooks.mkdir(exist_ok=True)
    for name in HOOKS:
        # A link would lead nowhere after Saig is moved, and Git would accept every push, as if
        # there were no hook. A copy refuses them.
        shutil.copy(ROOT / "deploy/hooks" / name, hooks / name)


def _bare(folder: Path, branch: str) -> Repository:
    """The repository in a folder, made if the folder is empty. Raises ``Refused`` if it is not a
    bare one."""
    if not folder.exists() or not any(folder.iterdir()):
        git("init", "--quiet", "--bare", f"--initial-branch={branch}", str(folder))
    repository = Repository(folder)
    try:
        is_bare = repository.git("rev-parse", "--is-bare-repository") == "true"
    except GitRefused:
        is_bare = False
    if not is_bare:
        raise Refused(N_("%(folder)s is no bare Git repository"), folder=folder)
    return repository


def _is_ours(hook: Path) -> bool:
    """Whether a hook is Saig's, of this version or an older one."""
    return hook.is_file() and not hook.is_symlink() and MARK in hook.read_bytes()
