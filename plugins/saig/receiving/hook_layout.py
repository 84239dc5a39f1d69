"""What stands where, in the repository that is pushed to and in the folder that is published into.

::

    REPOSITORY/saig/check/            what is being checked
    REPOSITORY/saig/public/           what is public, and what its builds remember
    REPOSITORY/saig/previews/<name>/  the same of each other branch
    REPOSITORY/saig/…/<name>.lock     held by whoever works in <name>/
    REPOSITORY/saig/…/<name>.json     what was ever public, for whoever checks <name>/
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
    """``branch`` is the public one; it is published into ``folder``, the others below it, by
    ``program``, run as the account ``publisher`` or, where there is none, as this one. ``limits``:
    what a build may use; ``sandbox``: whether it runs in one, a word of ``WANTED``; ``quota``: of
    all previews together."""

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
        """The command that publishes what it is handed."""
        return [*as_account(self.publisher), *publish_command(self.program, self.folder)]


def settings(repository: Repository) -> Settings:
    """Where the repository publishes and with what program. Raises ``Refused`` where that is not
    set."""
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
    return ["sudo", "-n", "-u", publisher, "--"] if publisher else []


def publish_command(program: str | Path, folder: Path) -> list[str]:
    """All that the account that receives may have the other one run."""
    return [str(program), "hook", "take", str(folder)]


@dataclass(frozen=True)
class Worktree:
    """A folder with the files of a commit, and what stands beside and in it."""

    folder: Path

    @property
    def remembered(self) -> Path:
        """What builds remember."""
        return self.folder / ".git" / CACHE

    @property
    def site(self) -> Path:
        """What the last one built."""
        return self.remembered / "site"

    @property
    def lock(self) -> Path:
        return self.folder.with_name(f"{self.folder.name}.lock")

    @property
    def index(self) -> Path:
        return self.folder.with_name(f"{self.folder.name}.json")


@dataclass(frozen=True)
class Destination:
    """Where one branch is published. The lock of its tree is held from the reading of the branch's
    head to the end of the publication, so that a slow one never overtakes a newer one."""

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
        """The branch's name, where it has bytes that are no text too."""
        return os.fsencode(self.branch).decode("utf-8", "replace")


@dataclass(frozen=True)
class HookLayout:
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
        layout = Layout(self.settings.folder / "previews" / name)
        return Worktree(self.root / "previews" / name), layout

    def previews(self) -> list[Path]:
        """The folders of all previews, here and where they are public; also of those that are being
        removed."""
        parents = (self.root / "previews", self.settings.folder / "previews")
        there = [path for parent in parents if parent.is_dir() for path in parent.iterdir()]
        return [path for path in there if path.is_dir()]
