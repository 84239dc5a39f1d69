"""The same town for plain Pelican and for Hugo: as many notes, the same texts, themes of equal size.

Their projects are in ``projects/``; ``requirements-bench.txt`` says which versions.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import corpus
from corpus import Note
from tools import REPOSITORY, Command, Tool, said_version

PROJECTS = Path(__file__).with_name("projects")
ENVIRONMENT = REPOSITORY / ".venv-bench"
"""Apart from Saig's: Pelican imports Markdown wherever it finds it, and Saig needs none."""

LINK = re.compile(r"\]\((?:\.\./)+(?P<note>[^)]+)\.md\)")
"""A link to another note, as Saig and Hugo understand it."""


def pelican() -> Tool | None:
    """Plain Pelican, with its own cache of what it has read."""
    program = ENVIRONMENT / "bin" / "pelican"
    if not program.exists():
        return None
    command: Command = [program, "content", "--settings", "pelicanconf.py"]
    version = said_version([program, "--version"])
    made = ("output", "cache")
    return Tool("Pelican", version, _writer("pelican", as_pelican), lambda day: command, made)


def hugo() -> Tool | None:
    """Hugo itself, not the Python command that starts it."""
    found = sorted(ENVIRONMENT.glob("lib/python*/site-packages/hugo/binaries/hugo*"))
    if not found:
        return None
    command: Command = [found[0]]
    version = said_version([found[0], "version"])
    made = ("public", "resources", "cache")
    return Tool("Hugo", version, _writer("hugo", as_hugo), lambda day: command, made)


def _writer(name: str, text: Callable[[Note], str]) -> Callable[[Path, int, int], int]:
    def write(root: Path, notes: int, seed: int) -> int:
        shutil.copytree(PROJECTS / name, root)
        return corpus.write_notes(root / "content", corpus.town(notes, seed), text)

    return write


def tags(note: Note) -> list[str]:
    return [*note.topics, note.department]


def as_pelican(note: Note) -> str:
    end = ".md" if note.lang == "ca" else f".{note.lang}.md"
    body = LINK.sub(rf"]({{filename}}/\g<note>{end})", note.body)
    return (
        f"Title: {note.title}\nDate: {note.date}\nCategory: {note.folder}\n"
        f"Tags: {', '.join(tags(note))}\nSlug: {note.id}\nLang: {note.lang}\n"
        f"Summary: {note.summary}\n\n{body}"
    )


def as_hugo(note: Note) -> str:
    return (
        f'---\ntitle: "{note.title}"\ndate: {note.date}\ntags: [{", ".join(tags(note))}]\n'
        f'summary: "{note.summary}"\n---\n{note.body}'
    )
