"""A disk that is full, too small, or may not be written to costs nothing but the build."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import warm
from builds import clean_tree
from project import DAY, Project, tree


def test_a_full_disk_is_told_and_costs_nothing(town: Project) -> None:
    """No file may grow beyond a limit: each write then fails as on a full disk."""
    town.build()
    wanted = tree(town.output)
    town.change("contacts/obres.md", "000 001", "000 002")
    for blocks in (1, 10, 100, 1000):
        build = f"exec {warm.programs()}/saig build --today {DAY}"
        done = town.run(Path("/bin/sh"), "-c", f"ulimit -f {blocks}; {build}")
        assert done.returncode == 0 or "File too large" in done.stderr
    town.build()
    assert tree(town.output) == clean_tree(town) != wanted


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own, of half a megabyte."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", str(disk)]
    if os.geteuid() or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("only who administers a Linux can make a disk")
    try:
        yield disk
    finally:
        subprocess.run(["umount", "--lazy", str(disk)], check=True)


def test_a_disk_that_is_too_small_is_told_and_the_next_build_is_right(
    town: Project, small_disk: Path
) -> None:
    wanted = clean_tree(town)
    with (town.root / "pelicanconf.py").open("a") as settings:
        settings.write(f'\nCACHE_PATH = "{small_disk}/cache"\nOUTPUT_PATH = "{small_disk}/site"\n')
    for _ in range(2):
        done = town.saig("build", "--today", DAY)
        assert done.returncode == 1
        assert "No space left on device" in done.stderr
    subprocess.run(["mount", "-o", "remount,size=64m", str(small_disk)], check=True)
    town.build()
    assert tree(small_disk / "site") == wanted
    assert "0 pages made" in town.build().stderr


def test_a_full_disk_for_temporary_files_is_named(town: Project, small_disk: Path) -> None:
    """Whether there is room for none of a note's data, or only for some: each note has 100 KB."""
    for number in range(8):
        text = f"---\ntitle: T {number}\nsummary: S.\ndate: 2020-12-01\n---\n{'Text. ' * 17_000}\n"
        town.write(f"notices/llarg-{number}.md", text)
    done = town.saig("build", "--today", DAY, TMPDIR=str(small_disk))
    assert done.returncode == 1
    assert f"Error: No space left on device: {small_disk}\n" in done.stderr
    town.build()
    assert len(list(town.output.glob("avisos/t-*"))) == 8


def test_a_disk_that_became_read_only_is_told_as_such(town: Project, small_disk: Path) -> None:
    """Linux makes it so after an error of the disk: no other account may write to it."""
    subprocess.run(["mount", "-o", "remount,size=64m", str(small_disk)], check=True)
    assert town.saig("publish", str(small_disk), "--today", DAY).returncode == 0
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    done = town.saig("publish", str(small_disk), "--today", DAY)
    assert done.returncode == 1
    assert f"Error: Read-only file system: {small_disk}\n" in done.stderr
