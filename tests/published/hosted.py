"""A forge in a temporary folder: a bare repository, fresh clones of it, and the scripts that CI runs."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import warm
from project import DAY, REPOSITORY, Project
from published_site import Published, git, small_project

SCRIPTS = REPOSITORY / "deploy" / "ci"
IGNORED = "__pycache__/\n.saig/\noutput/\nreview/\npublic/\n"


@dataclass(frozen=True)
class Forge:
    root: Path

    @property
    def repository(self) -> Path:
        return self.root / "forge.git"

    @property
    def project(self) -> Project:
        """The checkout of someone who writes."""
        return Project(self.root / "editor")

    def push(self, message: str = "A change", branch: str = "main") -> str:
        """Commit all that was written, and push it. The commit."""
        git(self.project.root, "add", "-A")
        git(self.project.root, "commit", "-q", "-m", message)
        git(self.project.root, "push", "-q", "origin", f"HEAD:{branch}")
        return git(self.project.root, "rev-parse", "HEAD")

    def run(self, name: str, commit: str = "main") -> Run:
        """What a job begins with: a fresh clone, of which it remembers nothing."""
        folder = self.root / name
        git(self.root, "clone", "-q", str(self.repository), name)
        git(folder, "checkout", "-q", "--detach", commit if commit != "main" else "origin/main")
        return Run(folder)

    def record(self) -> Published:
        """What the branch ``published`` keeps, as anyone may look at it."""
        folder = self.root / "record"
        shutil.rmtree(folder, ignore_errors=True)
        git(self.root, "clone", "-q", "-b", "published", str(self.repository), "record")
        shutil.rmtree(folder / ".git")
        return Published(self.project, folder)

    def head(self, branch: str) -> str:
        return git(self.repository, "rev-parse", branch)


@dataclass(frozen=True)
class Run:
    """One run of CI."""

    folder: Path

    def __call__(
        self, script: str, *arguments: str, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("GIT_", "LC_"))}
        # A computer on which nobody ever said who they are.
        bare = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        done = subprocess.run(
            [self.folder / "deploy/ci" / script, *arguments],
            cwd=self.folder,
            env={
                **clean,
                **bare,
                "LANG": "en_GB.UTF-8",
                "SAIG_BIN": str(warm.programs()),
                **environment,
            },
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            timeout=60,
        )
        assert "Traceback" not in done.stderr, done.stderr[-3000:]
        return done

    @property
    def public(self) -> Path:
        return self.folder / "public"


def new_forge(root: Path) -> Forge:
    """A small site, pushed, and not published yet."""
    root.mkdir(parents=True, exist_ok=True)
    forge = Forge(root)
    project = small_project(forge.project.root)
    shutil.copytree(SCRIPTS, project.root / "deploy/ci")
    (project.root / ".gitignore").write_text(IGNORED)
    with (project.root / "publishconf.py").open("a") as settings:
        settings.write(f'\nSITEURL = "https://poble.test"\nTODAY = "{DAY}"\n')
    git(root, "init", "-q", "--bare", "-b", "main", "forge.git")
    git(forge.repository, "config", "receive.unpackLimit", "1")  # keep each push as it came
    git(project.root, "init", "-q", "-b", "main")
    git(project.root, "remote", "add", "origin", str(forge.repository))
    forge.push("One")
    return forge
