"""Killed at any moment, a build leaves what the next one makes right (decision 33)."""

from __future__ import annotations

import random
from pathlib import Path

import warm
from edits import append
from project import DAY
from site_edits import only_catalan, say
from town import OnDisk, Town, whole_tree

KILLS = 100
SEED = 1

NOTES = ("ajuntament", "obres", "llicencia", "decret-llei-8-2020", "aigua")
"""So few, and in one language, that two hundred builds take no longer than they must; and in templates
that show two names alone."""


def towns(first: Town) -> list[Town]:
    """Four; from one to another a text changes, or the telephone and the name of the site."""
    for path in first.notes():
        if path.rpartition("/")[2].removesuffix(".md") not in NOTES:
            del first.files[path]
    only_catalan(first)
    for path in first.below("theme/templates/", ".html"):
        first.put(path, "{{ site.name }} {{ document.title }}\n")
    found = []
    for text in ("", "Més text."):
        for name in ("Vila", "Una altra vila"):
            town = first.copy()
            append(town, "content/contacts/obres.md", text)
            say(town, "name", f'{{ca: "{name}"}}')
            town.sub("content/contacts/obres.md", "000 001", f"000 00{len(found)}")
            found.append(town)
    return found


def test_killed_at_any_moment_the_next_build_is_right(tmp_path: Path) -> None:
    """Looked at after each kill, for the one after the next might mend what was wrong."""
    chance = random.Random(SEED)
    disk = OnDisk(tmp_path / "project")
    states = towns(disk.first())
    wanted = []
    for town in states:
        disk.forget()
        disk.become(town)
        disk.project.build("--jobs", "1")
        wanted.append(whole_tree(disk.project.output))
    killed = 0
    takes = {True: 1.0, False: 1.0}  # seconds of processor time, found out on the way
    for number in range(KILLS):
        here = chance.randrange(len(states))
        disk.become(states[here])
        is_clean = number % 5 == 0
        if is_clean:
            disk.forget()
        moment = 0.005 + chance.random() * takes[is_clean]
        done = warm.run(
            ["build", "--today", DAY, "--jobs", "1"],
            cwd=disk.project.root,
            environment=warm.surroundings({}),
            timeout=60,
            killed_after=moment,
        )
        if done.returncode < 0:
            killed += 1
            takes[is_clean] *= 1.1
        else:
            takes[is_clean] = min(takes[is_clean], moment)
        disk.project.build("--jobs", "1")
        assert whole_tree(disk.project.output) == wanted[here], (number, moment)
    assert killed > KILLS / 3, "most were done before they were killed"
