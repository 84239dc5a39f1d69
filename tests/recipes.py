"""The recipes of ``docs/editors*.md``, done one after the other in the small town of the tests.

A fenced block says in its first line what it is: ``markdown PATH`` and ``text PATH`` are whole files,
``yaml PATH`` has fields that a note gets in place of its own, ``yaml+ PATH`` lines at the end of a
file, ``console`` commands behind ``$`` and lines of what they answer.
"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml
from project import REPOSITORY, Project, new_project

DOCUMENTS = {"en": "editors.md", "ca": "editors.ca.md", "es": "editors.es.md"}
DAY = "2026-12-01"
_BLOCK = re.compile(r"^```([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_PROBLEM = re.compile(r"^\S+:\d+:\d+: (error|warning)\[")
_PROGRESS = re.compile(r"^\D+: \d+$")


@dataclass(frozen=True)
class Block:
    """``what``: its language; ``path``: the file that it is of; ``place``: where its text stands."""

    what: str
    path: str
    text: str
    place: slice


@dataclass(frozen=True)
class Command:
    line: str
    shown: list[str]


def document(lang: str) -> Path:
    return REPOSITORY / "docs" / DOCUMENTS[lang]


def blocks(text: str) -> list[Block]:
    found = []
    for one in _BLOCK.finditer(text):
        what, _, path = one[1].partition(" ")
        found.append(Block(what, path, one[2], slice(one.start(2), one.end(2))))
    return found


def commands(text: str) -> Iterator[Command]:
    line, shown = "", list[str]()
    for one in text.splitlines():
        if one.startswith("$ "):
            if line:
                yield Command(line, shown)
            line, shown = one[2:], []
        else:
            shown.append(one)
    if line:
        yield Command(line, shown)


def town(root: Path) -> Project:
    """The town in which they are done, in a repository of its own."""
    project = new_project(root)
    with (root / "pelicanconf.py").open("a") as file:
        file.write(f'TODAY = "{DAY}"\n')
    for line in ("init -q -b main", "add content", "commit -q -m town"):
        git(project, line.split())
    return project


def git(project: Project, arguments: list[str]) -> str:
    who = ("-c", "user.name=x", "-c", "user.email=x@example.org")
    done = subprocess.run(
        ["git", *who, *arguments], cwd=project.root, capture_output=True, text=True, check=True
    )
    return done.stdout


def do(project: Project, block: Block) -> None:
    """Write what a block says."""
    file = project.root / block.path
    file.parent.mkdir(parents=True, exist_ok=True)
    if block.what in ("markdown", "text"):
        file.write_text(block.text, "utf-8")
    elif block.what == "yaml+":
        with file.open("a", encoding="utf-8") as there:
            there.write(block.text)
    else:
        file.write_text(with_fields(file.read_text("utf-8"), block.text), "utf-8")


def with_fields(note: str, fields: str) -> str:
    """A note with these fields in the place of its own of the same names."""
    _, front, text = note.split("---\n", 2)
    for name in yaml.safe_load(fields):
        front = re.sub(rf"(?m)^{name}:.*\n(?:[ -].*\n)*", "", front)
    return f"---\n{front}{fields}---\n{text}"


def answer(project: Project, line: str, lang: str) -> list[str]:
    """What a command answers, without what it tells of its progress."""
    program, *arguments = shlex.split(line)
    if program == "git":
        return git(project, arguments).splitlines()
    assert program == "saig", line
    done = project.saig(*arguments, LANG=f"{lang}_XX.UTF-8", LANGUAGE="", LC_ALL="")
    lines = [*done.stdout.splitlines(), *done.stderr.splitlines()]
    return [one.rstrip() for one in lines if not _PROGRESS.match(one)]


def filled(text: str, project: Project, lang: str) -> str:
    """A document with what the commands answer now below each of them."""
    parts, end = [], 0
    for block in blocks(text):
        if block.what == "console":
            said = []
            for one in commands(block.text):
                said += [f"$ {one.line}", *shortened(answer(project, one.line, lang))]
            parts += [text[end : block.place.start], "".join(f"{one}\n" for one in said)]
            end = block.place.stop
        elif block.path:
            do(project, block)
    return "".join([*parts, text[end:]])


def shortened(answer: list[str]) -> list[str]:
    """As a recipe shows it: of several problems the first, but for one that all of them have."""
    starts = [number for number, one in enumerate(answer) if _PROBLEM.match(one)]
    if not starts:
        return answer
    ends = [*starts[1:], starts[-1] + 1]
    while ends[-1] < len(answer) and answer[ends[-1]].startswith(" "):
        ends[-1] += 1
    wanted = [n for n in range(len(starts)) if "translation-missing" not in answer[starts[n]]][:1]
    shown = [line for n in wanted for line in answer[starts[n] : ends[n]]]
    return [*shown, *(["…"] if len(starts) > len(wanted) else []), *answer[ends[-1] :]]


if __name__ == "__main__":  # to write what commands answer into the documents: recipes.py FOLDER
    for number, one in enumerate(DOCUMENTS):
        said = filled(document(one).read_text("utf-8"), town(Path(sys.argv[1], str(number))), one)
        document(one).write_text(said, "utf-8")
