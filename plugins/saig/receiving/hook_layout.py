"""The paths in the repository that is pushed to, and in the folder into which is published.

::

    REPOSITORY/saig/check/            the work tree of pushes that are being checked
    REPOSITORY/saig/public/           that of the public branch, with the cache of its builds
    REPOSITORY/saig/previews/<name>/  that of each other branch
    REPOSITORY/saig/…/<name>.lock     held by whoever works in <name>/
    REPOSITORY/saig/…/<name>.json     what was ever public, for the check of <name>/
    REPOSITORY/saig/pushes.log        who pushed what
    DIR/                              the public site, as ``saig publish`` has it
    DIR/previews/<name>/              the preview of each other branch, likewise
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from ..notes.forbidden_files import CACHE
from ..publishing.layout import Layout
from ..refusal import Refused
from ..words import N_
from .limits import Limits, Quota, limits, quota
from .preview_names import preview_name
from .repository import Repository
from .sandbox import WANTED, WHERE_THERE_IS_ONE


@dataclass(frozen=True)
class Settings:
    """How a repository publishes. ``branch``: the public one; ``folder``: into which it is
    published, and below which previews are; ``program``: the ``saig`` that publishes;
    ``publisher``: the account that runs this; None: this account. ``lang``: of messages;
    ``limits``: what a build may use; ``sandbox``: a word of ``WANTED``; ``quota``: of all previews
    together."""

    branch: str
    folder: Path
    program: str
    publisher: str | None = None
    lang: str | None = None
    limits: Limits = field(default_factory=Limits)
    sandbox: str = WHERE_THERE_IS_ONE
    quota: Quota = field(default_factory=Quota)

    @property
    def publish(self) -> list[str]:
        """The command that takes a finished site and publishes it."""
        return [*as_account(self.publisher), *publish_command(self.program, self.folder)]


def settings(repository: Repository) -> Settings:
    """The settings of a repository. Raises ``Refused`` if branch, folder or program is not set, or
    a value is wrong."""
    said = repository.settings()
    branch, folder, program = (said.get(name) for name in ("branch", "folder", "program"))
    if not branch or not folder or not program:
        raise Refused(
            N_("%(repository)s does not know where to publish: run saig hook install"),
            repository=repository.folder,
        )
    sandbox = said.get("sandbox") or WHERE_THERE_IS_ONE
    if sandbox not in WANTED:
        raise Refused(
            N_("saig.sandbox is “%(text)s”, and must be one of: %(allowed)s"),
            text=sandbox,
            allowed=", ".join(WANTED),
        )
    return Settings(
        branch,
        Path(folder),
        program,
        said.get("publisher"),
        said.get("lang"),
        limits(said.get),
        sandbox,
        quota(said.get),
    )


def as_account(publisher: str | None) -> list[str]:
    """The beginning of a command that runs the rest as an account; empty for None."""
    return ["sudo", "-n", "-u", publisher, "--"] if publisher else []


def publish_command(program: str | Path, folder: Path) -> list[str]:
    """The only command that the account that receives may run as the other."""
    return [str(program), "hook", "take", str(folder)]


@dataclass(frozen=True)
class Worktree:
    """A folder with the files of a commit, and the paths in it and beside it."""

    folder: Path

    @property
    def remembered(self) -> Path:
        """The folder of the cache of builds."""
        return self.folder / ".git" / CACHE

    @property
    def site(self) -> Path:
        """The site that the last build made."""
        return self.remembered / "site"

    @property
    def lock(self) -> Path:
        return self.folder.with_name(f"{self.folder.name}.lock")

    @property
    def index(self) -> Path:
        return self.folder.with_name(f"{self.folder.name}.json")


@dataclass(frozen=True)
class Destination:
    """Where a branch is published. The lock of its work tree is held from the moment when the
    branch's head is read until the end of the publication. So an older commit is never published
    after a newer one."""

    branch: str
    worktree: Worktree
    layout: Layout
    is_public: bool

    @property
    def preview(self) -> str | None:
        """The name of its preview, if it is one."""
        return None if self.is_public else self.layout.root.name

    @property
    def shown(self) -> str:
        """The branch's name for messages: bytes that are not UTF-8 are replaced."""
        return os.fsencode(self.branch).decode("utf-8", "replace")


@dataclass(frozen=True)
class HookLayout:
    """The paths of a repository. ``root``: the folder in it for Saig's own files."""

    root: Path
    settings: Settings

    @property
    def check(self) -> Worktree:
        return Worktree(self.root / "check")

    @property
    def public(self) -> Destination:
        layout = Layout(self.settings.folder)
        return Destination(self.settings.branch, Worktree(self.root / "public"), layout, True)

    def destination(self, branch: str) -> Destination:
        if branch == self.settings.branch:
            return self.public
        return Destination(branch, *self.preview_of(preview_name(branch)), is_public=False)

    def preview_of(self, name: str) -> tuple[Worktree, Layout]:
        """The work tree and the published folder of a preview."""
        layout = Layout(self.settings.folder / "previews" / name)
        return Worktree(self.root / "previews" / name), layout

    def previews(self) -> list[Path]:
        """The folders of all previews: work trees and published ones, also those that are being
        removed."""
        parents = (self.root / "previews", self.settings.folder / "previews")
        there = [path for parent in parents if parent.is_dir() for path in parent.iterdir()]
        return [path for path in there if path.is_dir()]
