"""SITEURL, which is in all that is written: looked at before anything is."""

from __future__ import annotations

from pathlib import Path

import pytest
import warm
from project import Project, new_project
from published_site import small_project


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return small_project(tmp_path_factory.mktemp("address") / "project")


def set_address(project: Project, line: str) -> None:
    first, _, _ = (project.root / "publishconf.py").read_text("utf-8").partition("\n# test\n")
    (project.root / "publishconf.py").write_text(f"{first}\n# test\n{line}\n")


COMMANDS = {
    "build": ["saig", "build", "--production", "--lang", "en"],
    "check": ["saig", "check", "--production", "--lang", "en"],
    "publish": ["saig", "publish", "public", "--lang", "en"],
    "pelican": ["pelican", "-s", "publishconf.py", "content"],
}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_wrong_address_is_told_before_anything_is_written(command: str, project: Project) -> None:
    """In a line that says what to write, whoever builds."""
    set_address(project, 'SITEURL = "www.vila.cat"')
    before = sorted(project.root.rglob("*"))
    done = project.run(warm.programs() / COMMANDS[command][0], *COMMANDS[command][1:])
    assert done.returncode == 1
    assert "“www.vila.cat” is not a whole web address" in done.stderr
    assert "SITEURL = 'https://www.vila.cat'" in done.stderr
    after = {path for path in project.root.rglob("*") if "__pycache__" not in path.parts}
    assert after <= set(before)


def test_what_is_no_text_is_told_too(project: Project) -> None:
    """Pelican would end in a traceback."""
    set_address(project, "SITEURL = 8000")
    done = project.saig("build", "--production")
    assert done.returncode == 1
    assert "SITEURL must be a text between quotation marks" in done.stderr


def test_it_is_told_in_one_line(project: Project) -> None:
    set_address(project, 'SITEURL = "https://www.vila.cat\\n/a b"')
    done = project.saig("check", "--production", "--lang", "en")
    assert done.returncode == 1
    [line] = done.stderr.splitlines()
    assert line.endswith("Write SITEURL = 'https://www.vila.cat/a-b'")


def test_a_name_with_accents_is_published_in_its_own_letters(tmp_path: Path) -> None:
    project = small_project(tmp_path / "project")
    set_address(project, 'SITEURL = "https://www.peñíscola.cat/"')
    done = project.saig("publish", str(tmp_path / "public"))
    assert done.returncode == 0, done.stderr
    sitemap = (tmp_path / "public/current/sitemap.xml").read_text("utf-8")
    assert "<loc>https://www.xn--pescola-8ya9a.cat/</loc>" in sitemap


def test_a_laptop_may_leave_it_empty(tmp_path: Path) -> None:
    project = new_project(tmp_path / "project")
    with (project.root / "pelicanconf.py").open("a") as settings:
        settings.write('\nSITEURL = ""\n')
    project.build()
    assert project.document("/")["url"] == "http://localhost:8000/"
