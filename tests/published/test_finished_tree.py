"""A site that somebody else built, published by who has the key: none of its code is run."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from project import DAY, Project, tree
from published_site import ADDRESS, NOTE, Published, git, small_project


@pytest.fixture(scope="module")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """The small site in a repository, with what was built of it in ``output``: to be copied."""
    root = tmp_path_factory.mktemp("built")
    site = Published(small_project(root / "project"), root / "site")
    git(site.project.root, "init", "-q", "-b", "main")
    (site.project.root / ".gitignore").write_text("__pycache__/\n.saig/\noutput/\n")
    commit(site)
    build(site)
    return site


@pytest.fixture
def built(built_once: Published, tmp_path: Path) -> Published:
    """A copy of it to change at will."""
    shutil.copytree(built_once.project.root, tmp_path / "project", symlinks=True)
    return Published(Project(tmp_path / "project"), tmp_path / "site")


def commit(site: Published) -> str:
    git(site.project.root, "add", "-A")
    git(site.project.root, "commit", "-q", "-m", "x")
    return git(site.project.root, "rev-parse", "HEAD")


def build(site: Published, *options: str) -> None:
    site.project.build("--production", *options)


def publish(site: Published, *options: str) -> tuple[int, str]:
    """From a folder that is no project."""
    elsewhere = site.folder.parent / "elsewhere"
    elsewhere.mkdir(exist_ok=True)
    arguments = ("publish", str(site.folder), "--tree", str(site.project.output), *options)
    done = site.project.saig(*arguments, cwd=elsewhere)
    return done.returncode, done.stderr


def test_it_is_published_as_it_was_built(built: Published, key: Path) -> None:
    """Signed, compressed, checked and recorded as any other; the project's settings are not read, nor
    is there anything to be said again of an equal one."""
    before = tree(built.project.output)
    (built.project.root / "publishconf.py").write_text("raise SystemExit('zirconi')")
    for _ in range(2):
        code, said = publish(built, "--key", str(key))
        assert code == 0, said
    [line] = built.record
    assert line["commit"] == git(built.project.root, "rev-parse", "HEAD")
    assert line["differs"] is False and line["site"] == "https://example.org" and line["signer"]
    published = {name: value for name, value in tree(built.current).items() if name[-3:] != ".gz"}
    own = {name for name in published if not name.endswith(".br")}
    assert own == before.keys() - {".saig"} | {"api/v1/changes/1.json"}
    assert (built.current / "index.html.br").is_file()
    assert built.saig("releases").returncode == 0


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda site: (site / "clau.txt").symlink_to("/etc/passwd"), "clau.txt cannot be"),
        (lambda site: (site / "a").symlink_to("/etc"), "a cannot be a part of a site"),
        (lambda site: os.mkfifo(site / "files/tub"), "files/tub cannot be a part"),
        (lambda site: (site / ".htaccess").write_text("x"), ".htaccess cannot be a part"),
        (lambda site: (site / "files/.well-known").mkdir(), "files/.well-known cannot be"),
        (lambda site: (site / "x\ny.html").write_text("x"), "its name has signs"),
        (lambda site: (site / "version.json").write_text("{}"), "was built from ?, not from"),
        (lambda site: (site / "version.json").unlink(), "was built from ?, not from"),
        (
            lambda site: (site / "version.json").write_text('{"commit": "--output=x"}'),
            "was built from ?, not from",
        ),
        (lambda site: (site / "api/v1/index.json").write_text("[]"), "does not hold a site"),
        (lambda site: shutil.rmtree(site / "api"), "does not hold a site that Saig built"),
    ],
)
def test_a_spoilt_one_is_refused(
    spoil: Callable[[Path], object], words: str, built: Published
) -> None:
    """Nothing is followed, nothing is published, and all is told in a line."""
    spoil(built.project.output)
    code, said = publish(built, "--commit", git(built.project.root, "rev-parse", "HEAD"))
    assert code == 1 and words in said, said
    assert not built.current.exists() and built.releases == []


def test_only_the_expected_commit_is_published(built: Published) -> None:
    head = git(built.project.root, "rev-parse", "HEAD")
    other = "0" * 40
    code, said = publish(built, "--commit", other)
    assert code == 1 and f"was built from {head}, not from {other}" in said
    assert publish(built, "--commit", head)[0] == 0


def test_what_was_public_may_not_vanish_from_one(built: Published) -> None:
    """Who builds reads the record, and need not be able to write it."""
    assert publish(built)[0] == 0
    (built.project.content / NOTE).unlink()
    asked = ("--production", "--today", DAY, "--previous", str(built.folder))
    for command in ("build", "check"):
        done = built.project.saig(command, *asked)
        assert done.returncode == 1
        assert f"error[vanished-address] {ADDRESS} was published" in done.stderr + done.stdout
    empty = built.folder.parent / "empty"
    empty.mkdir()
    build(built, "--previous", str(empty))
    done = built.project.saig("build", "--previous", str(built.project.content))
    assert done.returncode == 1 and "nothing was ever published in" in done.stderr


def test_options_that_build_go_with_no_finished_one(built: Published) -> None:
    for option in (("--today", DAY),):
        code, said = publish(built, *option)
        assert code == 2 and "--tree is a finished site" in said
    done = built.saig("publish", "--commit", "0" * 40)
    assert done.returncode == 2 and "--commit is of use with --tree alone" in done.stderr


def test_old_styles_are_taken_over_by_one(built: Published) -> None:
    assert publish(built)[0] == 0
    [first] = [path.name for path in (built.current / "theme/css").glob("site.*.css")]
    part = built.project.root / "theme/styles/hours.css"
    part.write_text(f"{part.read_text('utf-8')}\n.new {{ color: red; }}\n", "utf-8")
    commit(built)
    build(built)
    assert publish(built)[0] == 0
    assert (built.current / "theme/css" / first).is_file()
    since = json.loads((built.current / "theme/kept.json").read_text("utf-8"))
    assert f"theme/css/{first}" in since
