"""What is true of the repository itself: its notes, its words, its papers."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from project import REPOSITORY
from saig.notes.problem import CODES


def tracked(*patterns: str) -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", *patterns], cwd=REPOSITORY, capture_output=True, text=True, check=True
    )
    return listed.stdout.split()


def run(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(REPOSITORY / "scripts" / script), *arguments],
        capture_output=True,
        text=True,
        cwd=REPOSITORY,
    )


def test_reference_is_what_the_models_say() -> None:
    assert run("reference", "--check").returncode == 0


def test_every_message_is_translated() -> None:
    done = run("messages", "--check")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_problem_is_explained(code: str) -> None:
    assert f"## `{code}`" in (REPOSITORY / "docs" / "problems.md").read_text("utf-8")


def test_no_file_names_a_package_host_or_a_machine() -> None:
    for path in tracked("requirements*", "pyproject.toml", "Makefile", "scripts", ".ci"):
        text = (REPOSITORY / path).read_text("utf-8")
        assert not re.search(r"index-url|find-links|file://|\"resolved\"|/home/|/root/", text), path
