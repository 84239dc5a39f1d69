"""What people and CI do between two builds of a town: other commands, which share what builds remember
or the output folder, and older copies of either. None of it may be seen in what the next build makes."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable

import warm
from project import Project
from town import DAYS, Town

Command = Callable[[Project, Town, random.Random], object]

COMMANDS: dict[str, Command] = {}


def command(function: Command) -> Command:
    COMMANDS[function.__name__] = function
    return function


@command
def check(project: Project, town: Town, chance: random.Random) -> None:
    how = chance.choice([(), ("--production",), ("content/norms",), ("--until", DAYS[-1])])
    project.apart("check", "--today", _day(town, chance), *how)


@command
def report(project: Project, town: Town, chance: random.Random) -> None:
    project.apart("report", "--today", _day(town, chance))


@command
def build_otherwise(project: Project, town: Town, chance: random.Random) -> None:
    """Of another day, into another folder or the same, of the public site or a branch."""
    what = chance.choice([(), ("--production",), ("--preview", "estiu")])
    where = chance.choice([(), ("--output", "elsewhere")])
    project.apart("build", "--today", _day(town, chance), *what, *where)


@command
def killed(project: Project, town: Town, chance: random.Random) -> None:
    name = chance.choice(["check", "build", "build"])
    warm.run(
        [name, "--today", _day(town, chance)],
        cwd=project.root,
        environment=warm.surroundings({}),
        timeout=60,
        killed_after=0.005 + chance.random() / 2,
    )


@command
def build_beside_another(project: Project, town: Town, chance: random.Random) -> None:
    """Which has what builds remember."""
    for path in (project.root / ".saig").glob("*.sqlite"):
        connection = sqlite3.connect(path, isolation_level=None)
        connection.execute("BEGIN IMMEDIATE")
        project.apart("build", "--today", _day(town, chance))
        connection.close()


@command
def older_copy(project: Project, town: Town, chance: random.Random) -> None:
    """What CI kept of an earlier time, of what builds remember or of the output, is there again."""
    folder = project.root / chance.choice([".saig", "output"])
    kept = project.root / "kept" / folder.name
    copy = chance.choice([shutil.copy, shutil.copy2])
    if kept.exists():
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(kept, folder, copy_function=copy)
        shutil.rmtree(kept)
    elif folder.exists():
        shutil.copytree(folder, kept, copy_function=copy)


def _day(town: Town, chance: random.Random) -> str:
    return chance.choice([town.day, chance.choice(DAYS)])
