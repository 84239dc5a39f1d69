"""The same notes and day give the same bytes, wherever and with what they are built (decision 33)."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import warm
from project import DAY, REPOSITORY, Project, tree

PYTHONS = ("3.11", "3.12", "3.13")


def copied(project: Project, root: Path, *, cache: bool = False) -> Project:
    """Elsewhere, its files made in another order; with what its builds remember, or without."""
    other = Project(root)
    left_out = {"output", "plugins"} | (set() if cache else {".saig"})
    for path in sorted(project.root.rglob("*"), reverse=True):
        name = path.relative_to(project.root)
        if path.is_file() and name.parts[0] not in left_out:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, root / name)
    (root / "plugins").symlink_to(REPOSITORY / "plugins")
    return other


def test_processes_places_and_machines_make_no_difference(
    built_town: Project, tmp_path: Path
) -> None:
    """Four processes, another folder, files made in another order, another locale and umask."""
    other = copied(built_town, tmp_path / "a place with spaces")
    before = os.umask(0o077)
    try:
        other.build("--jobs", "4", PYTHONHASHSEED="7", LC_ALL="C", TZ="Pacific/Auckland")
    finally:
        os.umask(before)
    assert tree(other.output) == tree(built_town.output)


@pytest.mark.parametrize("jobs", ["1", "2", "3"])
def test_so_many_processes_make_no_difference(
    built_town: Project, tmp_path: Path, jobs: str
) -> None:
    other = copied(built_town, tmp_path / "project")
    for number in range(20):  # enough notes for each to get some
        text = f"---\ntitle: Avís {number}\nsummary: S.\ndate: 2020-12-0{1 + number % 9}\n---\nT.\n"
        other.write(f"notices/nou-{number}.md", text)
    other.build("--jobs", jobs)
    assert TREES.setdefault("jobs", tree(other.output)) == tree(other.output)


TREES: dict[str, dict[str, str]] = {}


@pytest.mark.parametrize("seed", ["0", "1", "4294967295"])
def test_what_was_remembered_under_another_hash_seed_elsewhere_makes_no_difference(
    built_town: Project, tmp_path: Path, seed: str
) -> None:
    """A clean build, and one after an edit with the cache of the first, in another place."""
    first = copied(built_town, tmp_path / "one")
    first.build(PYTHONHASHSEED=seed)
    assert tree(first.output) == tree(built_town.output)
    first.change("contacts/obres.md", "title: Secció d'Obres", "title: Obres")
    first.change("notices/2020/aigua.md", "urgency: urgent", "urgency: routine")
    second = copied(first, tmp_path / "two", cache=True)
    second.build(PYTHONHASHSEED="17", LC_ALL="tr_TR.UTF-8", LANG="ja_JP.UTF-8")
    clean = copied(first, tmp_path / "three")
    clean.build()
    assert tree(second.output) == tree(clean.output)


def python(version: str) -> Path | None:
    """The tests' own, or one that ``scripts/test-tools`` gave what Saig needs."""
    if version == f"{sys.version_info.major}.{sys.version_info.minor}":
        return Path(sys.executable)
    folder = REPOSITORY / f".venv-{version}"
    return folder / "bin" / "python" if (folder / "ready").exists() else None


@pytest.mark.parametrize("version", PYTHONS)
def test_pythons_make_no_difference(built_town: Project, tmp_path: Path, version: str) -> None:
    """A clean build, and one with what the tests' own Python remembers."""
    found = python(version)
    if found is None:
        pytest.skip(f"there is no Python {version} here: scripts/test-tools looks for it")
    environment = warm.surroundings({"PYTHONDONTWRITEBYTECODE": ""})  # or each would compile Saig
    for cache_too in (False, True):
        other = copied(built_town, tmp_path / f"{cache_too}", cache=cache_too)
        command = [str(found), str(REPOSITORY / "scripts" / "saig"), "build", "--today", DAY]
        done = subprocess.run(
            command, cwd=other.root, env=environment, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        assert tree(other.output) == tree(built_town.output)
