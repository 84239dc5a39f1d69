"""What the tests of builds share."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from project import DAY, Project, tree


def clean_copy(project: Project, day: str = DAY) -> Project:
    """The same files in another folder, built there by a build that remembers nothing."""
    copy = Project(project.root.with_name(f"{project.root.name}-clean"))
    shutil.rmtree(copy.root, ignore_errors=True)
    left_out = shutil.ignore_patterns(".saig", "output")
    shutil.copytree(project.root, copy.root, symlinks=True, ignore=left_out)
    copy.build(today=day)
    return copy


def clean_tree(project: Project, day: str = DAY) -> dict[str, str]:
    return tree(clean_copy(project, day).output)


def made(project: Project, *arguments: str, day: str = DAY) -> dict[str, str]:
    """The addresses that a build makes again, and why."""
    done = project.build("--explain", *arguments, today=day)
    return dict(line.split(": ", 1) for line in done.stdout.splitlines())


def imported_in(told: str) -> set[str]:
    """The modules that a build says it imported, with ``PYTHONPROFILEIMPORTTIME``."""
    return {line.rpartition("|")[2].strip() for line in told.splitlines() if "|" in line}


def cache_of(project: Project) -> Path:
    """The file in which builds on this computer remember: the only SQLite one that there is."""
    places = [project.root / ".saig", project.root / ".git"]
    if "XDG_CACHE_HOME" in os.environ:
        places.append(Path(os.environ["XDG_CACHE_HOME"]))
    (found,) = (
        path
        for place in places
        for path in place.rglob("*.sqlite")
        if path.is_file() and path.read_bytes().startswith(b"SQLite format 3\0")
    )
    return found
