"""A published folder, and what tests do with it."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from git_commands import git as git
from project import DAY, Project, new_project

NOTE = "pages/sobre.md"
PAGE = "sobre-aquest-web/index.html"
ADDRESS = "/sobre-aquest-web/"
"""A note that nothing else says, where its page is, and its address."""


Clock = Callable[[str], None]
"""Sets the clock by which lines of a record are written in this process."""


@dataclass(frozen=True)
class Published:
    """A project and the folder that it is published into."""

    project: Project
    folder: Path

    @property
    def current(self) -> Path:
        return self.folder / "current"

    @property
    def release(self) -> str:
        """The name of the current release."""
        return Path(os.readlink(self.current)).name

    @property
    def releases(self) -> list[str]:
        """All that is in the folder of releases, what is unfinished too."""
        return sorted(os.listdir(self.folder / "releases"))

    @property
    def record(self) -> list[dict[str, Any]]:
        text = (self.folder / "publications.jsonl").read_text("utf-8")
        return [json.loads(line) for line in text.splitlines()]

    def saig(
        self, command: str, *arguments: str, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        return self.project.saig(command, str(self.folder), *arguments, **environment)

    def publish(
        self, *arguments: str, today: str = DAY, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """Publish, and expect it to be done."""
        done = self.saig("publish", "--today", today, *arguments, **environment)
        assert done.returncode == 0, done.stderr
        return done

    def say(self, words: str) -> None:
        """Change the note."""
        text = (self.project.content / NOTE).read_text("utf-8")
        self.project.write(NOTE, f"{text}\n{words}\n")

    def verify(self, *arguments: str) -> tuple[int, str]:
        done = self.saig("verify", *arguments)
        return done.returncode, done.stdout


def make_key(folder: Path) -> Path:
    key = folder / "key"
    subprocess.run(
        ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "town", "-f", str(key)], check=True
    )
    return key


def copy(source: Path, target: Path) -> None:
    """A folder with all that is in it, as it is: ``cp`` takes a third of what ``shutil`` does."""
    subprocess.run(["cp", "-a", str(source), str(target)], check=True)


SMALL = {
    "site.yaml": """\
name: {ca: Poble}
organisation: ajuntament
languages: [ca]
time_zone: Europe/Madrid
sections:
  contacts: {name: {ca: Contactes}, slug: {ca: contactes}}
  services: {name: {ca: Serveis}, slug: {ca: serveis}}
  norms: {name: {ca: Normativa}, slug: {ca: normativa}}
  notices: {name: {ca: Avisos}, slug: {ca: avisos}}
  topics: {name: {ca: Temes}, slug: {ca: temes}}
  booking: {name: {ca: Cita}, slug: {ca: cita}}
  search: {name: {ca: Cerca}, slug: {ca: cerca}}
booking: {ca: "https://cita.poble.cat/"}
register: {ca: "https://seu.poble.cat/"}
stale_after_months: 120
""",
    "contacts/ajuntament.md": "---\ntitle: Ajuntament\nsummary: L'ajuntament.\n---\n",
    "files/Plànol nou.txt": "Plànol",
    NOTE: """\
---
title: Sobre aquest web
summary: De què va.
---

El [web](<../files/Plànol nou.txt>) del poble.
""",
}
"""As few notes as a site can have, for what is done many times."""


TEMPLATE = """\
<!doctype html>
<html lang="{{ document.lang }}">
<head><meta charset="utf-8"><title>{{ document.title }}</title></head>
<body>{{ local_html(document.body_html or "") }}</body>
</html>
"""
"""Enough of a page: to compile the real templates takes as long as all the rest."""


def small_project(root: Path) -> Project:
    project = new_project(root, None)
    for path, text in SMALL.items():
        project.write(path, text)
    for path in (root / "theme/templates").glob("*.html"):
        path.write_text(TEMPLATE)
    return project
