"""Kinds of change to a town, each made a little differently every time that it is measured."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import corpus

DEPARTMENT = "contacts/departament-1.md"
"""Some hundred pages of a town of 10,000 notes show it."""

BROKEN = "notices/broken.md"
"""A note without any field, which is an error."""

NEW = "nota-nova-"
"""What the ids of added notes begin with."""


@dataclass(frozen=True)
class Change:
    """``make(content, n)`` changes the folder for the ``n``-th time. ``beside_error``: while another
    note has an error. ``next_day``: the day is the next one, on which nothing else changes.
    ``is_published``: not a build is measured, but a publication, the second one or a later one."""

    words: str
    make: Callable[[Path, int], None]
    beside_error: bool = False
    next_day: bool = False
    is_published: bool = False


def text(content: Path, n: int) -> None:
    corpus.change(content, f"Una frase més, la número {n}.")


def link(content: Path, n: int) -> None:
    corpus.change(content, f"Vegeu [el departament {n}](../../{DEPARTMENT}).")


def title(content: Path, n: int) -> None:
    _replace(corpus.middle(content), r'title: ".*"', f'title: "Un altre títol, {n}"')


def added(content: Path, n: int) -> None:
    note = corpus.middle(content).read_text("utf-8")
    new = re.sub(r'title: ".*"', f'title: "Una nota nova, {n}"', note, count=1)
    new = re.sub(r"(old_addresses|supersedes): .*\n", "", new)
    corpus.middle(content).with_name(f"{NEW}{n}.md").write_text(new, "utf-8")


def removed(content: Path, n: int) -> None:
    """One that was added: no other note names it."""
    next(content.glob(f"notices/*/{NEW}*.md")).unlink()


def field(content: Path, n: int) -> None:
    _replace(content / "services/servei-1.md", r'cost: \{ca: "[^"]*"', f'cost: {{ca: "{n} euros"')


def norm(content: Path, n: int) -> None:
    """When the oldest norm was checked, to which most others do something."""
    oldest = min(content.glob("norms/*-2005.md"))
    _replace(oldest, r"checked: \{on: \S+,", f"checked: {{on: 2026-05-{n % 28 + 1:02},")


def gone(content: Path, n: int) -> None:
    """As where a note that was published is removed."""
    with (content / "gone.yaml").open("a", encoding="utf-8") as file:
        file.write(
            f"- address: /avisos/tret-{n}/\n"
            '  title: {ca: "Un avís tret", es: "Un aviso retirado"}\n'
            "  date: 2026-06-01\n"
            '  reason: {ca: "Ja no cal", es: "Ya no hace falta"}\n'
        )


def department(content: Path, n: int) -> None:
    _replace(content / DEPARTMENT, r'summary: ".*"', f'summary: "Un altre resum, {n}."')


def telephone(content: Path, n: int) -> None:
    _replace(content / DEPARTMENT, r'number: "\+\d+"', f'number: "+34971{n:06}"')


def nothing(content: Path, n: int) -> None:
    """All stays."""


KINDS = {
    "link": Change("a link", link),
    "title": Change("a title", title),
    "added": Change("a note more", added),
    "removed": Change("a note less", removed),
    "field": Change("a field of a service", field),
    "norm": Change("a field of a norm to which many do something", norm),
    "gone": Change("a gone address", gone),
    "department": Change("a department's summary", department),
    "telephone": Change("a department's telephone", telephone),
    "published": Change("a text, published", text, is_published=True),
    "next-day": Change("the next day, on which no page changes", nothing, next_day=True),
    "next-day-beside-error": Change(
        "the next day, while a note has an error", nothing, beside_error=True, next_day=True
    ),
    "text-beside-error": Change("a text, while a note has an error", text, beside_error=True),
    "title-beside-error": Change("a title, while a note has an error", title, beside_error=True),
}
"""In the order in which they are measured: those beside an error last."""


def break_a_note(content: Path) -> bool:
    """Whether there was none broken before."""
    broken = content / BROKEN
    was_right = not broken.exists()
    broken.write_text("---\n---\n", "utf-8")
    return was_right


def mend(content: Path) -> None:
    (content / BROKEN).unlink(missing_ok=True)


def _replace(path: Path, pattern: str, new: str) -> None:
    before = path.read_text("utf-8")
    after = re.sub(pattern, new, before, count=1)
    assert after != before, f"{path} has no {pattern}"
    path.write_text(after, "utf-8")
