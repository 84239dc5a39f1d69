"""Killed at any moment, a build leaves what the next one makes right (contract §7)."""

from __future__ import annotations

import random
import time
from pathlib import Path

import warm
from edits import append
from project import DAY
from town import OnDisk, Town, whole_tree

KILLS = 100
SEED = 1

NOTES = ("ajuntament", "obres", "obres.es", "llicencia", "decret-llei-8-2020", "aigua")
"""So few, that a hundred builds take no longer than they must."""


def towns(first: Town) -> list[Town]:
    """Four, each two edits from the next but one."""
    for path in first.notes():
        if path.rpartition("/")[2].removesuffix(".md") not in NOTES:
            del first.files[path]
    found = []
    for text in ("", "Més text."):
        for name in ("Vila", "Una altra vila"):
            town = first.copy()
            append(town, "content/contacts/obres.md", text)
            town.sub("content/site.yaml", 'ca: Vila|ca: "Vila"', f'ca: "{name}"')
            town.sub("content/contacts/obres.md", "000 001", f"000 00{len(found)}")
            found.append(town)
    return found


def test_killed_at_any_moment_the_next_build_is_right(tmp_path: Path) -> None:
    """Looked at after each kill, for the one after the next might mend what was wrong."""
    chance = random.Random(SEED)
    disk = OnDisk(tmp_path / "project")
    states = towns(disk.first())
    wanted, took = [], 0.0
    for town in states:
        disk.forget()
        disk.become(town)
        started = time.monotonic()
        disk.project.build("--jobs", "1")
        took = max(took, time.monotonic() - started)
        wanted.append(whole_tree(disk.project.output))
    killed = 0
    for number in range(KILLS):
        here = chance.randrange(len(states))
        disk.become(states[here])
        whole = number % 5 == 0
        if whole:
            disk.forget()
        done = warm.run(
            ["build", "--today", DAY, "--jobs", "1"],
            cwd=disk.project.root,
            environment=warm.surroundings({}),
            timeout=60,
            # A random moment is what is wanted: no test depends on which.
            killed_after=chance.random() * (took if whole else took / 2),
        )
        killed += done.returncode < 0
        disk.project.build("--jobs", "1")
        assert whole_tree(disk.project.output) == wanted[here], (number, done.stderr)
    assert killed > KILLS / 3, "most were done before they were killed"
