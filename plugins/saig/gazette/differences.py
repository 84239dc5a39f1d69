"""What differs between a note and the gazette, as a problem at its line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..catalogue.entry import Entry
from ..notes.problem import Problem
from ..notes.read import Note
from ..words import N_


class Explained:
    """The differences that a note explains (``gazette_differs``), and which of them were found."""

    def __init__(self, entry: Entry) -> None:
        self.entry = entry
        self.about = [one.about for one in entry.facts.gazette_differs]
        self.met: set[str] = set()

    def covers(self, about: str) -> bool:
        self.met.add(about)
        return about in self.about

    def vain(self) -> list[Problem]:
        """Explanations of differences that there are not, or no longer."""
        return [
            self.entry.original.problem(
                "gazette-agrees",
                N_("the gazette does not differ in “%(about)s”, or no longer"),
                N_("remove this explanation, or correct what it is about"),
                *("gazette_differs", index, "about"),
                about=about,
            )
            for index, about in enumerate(self.about)
            if about not in self.met
        ]


def difference(
    explained: Explained,
    about: str,
    code: str,
    message: str,
    remedy: str,
    *path: str | int,
    note: Note | None = None,
    fix: tuple[str, str] | None = None,
    **values: Any,
) -> Iterable[Problem]:
    """The problem, unless the note explains it. ``remedy``: a message with what to write."""
    if explained.covers(about):
        return []
    at = note or explained.entry.original
    return [
        Problem(
            at.source.path,
            *at.place(*path),
            code,
            message,
            remedy,
            {**values, "about": about},
            fix,
        )
    ]


def insertion(note: Note, field: str, line: str) -> tuple[tuple[str, ...], tuple[str, str] | None]:
    """Where a line is added to a list of a note, and what replaces the text there: above the list's
    first item, or with the list itself above the note's date."""
    if not getattr(note.fields, field, None):
        return ("date",), ("date:", f"{field}:\n  {line}\ndate:")
    (_, column), (_, first) = note.place(field), note.place(field, 0)
    is_block = first == column + 2
    return (field,), ("- ", f"{line}\n{' ' * (column - 1)}- ") if is_block else None


def flow(fields: Mapping[str, Any]) -> str:
    """Fields as one line of YAML that can be pasted into a list."""
    return "- {" + ", ".join(f"{name}: {_value(value)}" for name, value in fields.items()) + "}"


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{name}: {_value(one)}" for name, one in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(quoted(str(one)) for one in value) + "]"
    text = str(value)
    return text if _is_plain(text) else quoted(text)


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _is_plain(text: str) -> bool:
    """Whether it needs no quotes in YAML: an id, a word, a date."""
    return text.isascii() and text.replace("-", "a").isalnum() and not text.isdigit()
