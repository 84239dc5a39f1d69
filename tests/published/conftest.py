"""A town that is published, with a key, as an operator publishes it."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
import warm
from for_all import made_once
from project import Project
from published_site import Clock, Published, copy, git, make_key, small_project
from pushed_site import URL, Pushed, install, let_in, pushed_project
from saig.publishing import record_io, recovery


@pytest.fixture(scope="session")
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A signing key without a passphrase."""
    return made_once(tmp_path_factory, "key", make_key) / "key"


@pytest.fixture
def town_site(town: Project, tmp_path: Path) -> Published:
    """The town, not published yet."""
    return Published(town, tmp_path / "site")


@pytest.fixture
def small_site(tmp_path: Path) -> Published:
    """A site of two notes, for what is done many times."""
    return Published(small_project(tmp_path / "project"), tmp_path / "site")


@pytest.fixture(scope="session")
def history(tmp_path_factory: pytest.TempPathFactory, key: Path) -> Published:
    """The small site after three signed publications: to be read, or copied."""

    def make(root: Path) -> None:
        site = Published(small_project(root / "project"), root / "site")
        for number in range(3):
            site.say(f"Text {number}.")
            site.publish("--key", str(key))

    root = made_once(tmp_path_factory, "history", make)
    return Published(Project(root / "project"), root / "site")


@pytest.fixture
def three(history: Published, tmp_path: Path, key: Path) -> Published:
    """A copy of it to change at will, with the key in its settings."""
    project = Project(tmp_path / "project")
    copy(history.project.root, project.root)
    copy(history.folder, tmp_path / "site")
    with (project.root / "publishconf.py").open("a") as settings:
        settings.write(f'\nSIGNING_KEY = "{key}"\n')
    return Published(project, tmp_path / "site")


@pytest.fixture(scope="session")
def first_push(tmp_path_factory: pytest.TempPathFactory, key: Path) -> Pushed:
    """The first push to an empty server: to be copied."""

    def make(root: Path) -> None:
        pushed_project(root / "project")
        site = at(root)
        assert install(site.repository, site.folder).returncode == 0
        let_in(site, key)
        git(site.project.root, "remote", "add", "origin", str(site.repository))
        site.commit()
        said = site.pushed()
        assert f"remote: Published: {URL}/ " in said
        assert site.verify()[0] == 0
        git(site.repository, "config", "saig.sandbox", "off")  # a fork sees all
        git(site.repository, "config", "saig.program", str(warm.programs() / "saig"))

    def at(root: Path) -> Pushed:
        return Pushed(Project(root / "project"), root / "site", root / "town.git")

    return at(made_once(tmp_path_factory, "first-push", make))


@pytest.fixture
def site(first_push: Pushed, tmp_path: Path) -> Pushed:
    """A copy of it: a server where one commit is public. Its hooks run forks of a warm process."""
    for name in ("project", "site", "town.git", ".ssh"):
        copy(first_push.folder.parent / name, tmp_path / name)
    site = Pushed(Project(tmp_path / "project"), tmp_path / "site", tmp_path / "town.git")
    git(site.repository, "config", "saig.folder", str(site.folder))
    git(site.project.root, "remote", "set-url", "origin", str(site.repository))
    return site


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Sets this process's clock for the record."""

    def set_to(moment: str) -> None:
        def told() -> datetime.datetime:
            return datetime.datetime.fromisoformat(moment)

        for module in (record_io, recovery):
            monkeypatch.setattr(module, "now", told)

    return set_to
