"""The forms of days that the sentences of a language need, as its own catalogue defines them.

A message has a day or a weekday as ``%(date)s``. Its translation may ask for a form of that,
``%(date.from)s``, which is a line of the table of forms in the same catalogue:

    numbers: *1 *5 *10 *30; *11 *31
    from: y{eko|ko|ko} MMMM'ren' d{etik|tik|tik}

``from`` is a pattern of a date in CLDR's letters. What stands in braces beside the number of a day
or a year goes with that number: the first choice with the first group of ``numbers``, and the last
one with all others. ``*1`` is any number that ends in 1; the longest ending that fits decides. The
table of weekdays has the seven words of each form, Monday's first. docs/translating.md has
examples.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from markupsafe import Markup, escape

from .regexes import regex

DATES = "forms of a date"
WEEKDAYS = "forms of a weekday"
"""The contexts of the two tables; their message is ``NONE``, which is also what a table says that
has no forms."""

NONE = "none"
NUMBERS = "numbers"

_LINE = regex(r"(?P<name>[a-z_]+)\s*:\s*(?P<value>\S.*)")
_CHOICE = regex(r"\{([^{}]*)\}")
_NUMBER = regex(r"\*?\d{1,4}")
_FIELD_BEFORE, _FIELD_AFTER = regex(r"([dy])\1*$"), regex(r"^([dy])")
_LETTERS = regex(r"'(?:[^']|'')*'|(?P<letters>[A-Za-z]+)|(?P<open>')")
_KNOWN = regex(r"d{1,2}|M{1,4}|L{1,4}|y+|E{1,4}|c{1,4}|EEEEE|G")


@dataclass(frozen=True)
class Forms:
    """``groups``: numbers that go together; ``patterns``: by the name of the form."""

    groups: tuple[tuple[str, ...], ...]
    patterns: Mapping[str, str]


class Inflected:
    """A day or a weekday within a message: as it stands alone, and in any form of its language."""

    def __init__(self, alone: str, form: Callable[[str], str]) -> None:
        self.alone, self.form = alone, form

    def __str__(self) -> str:
        return self.alone

    def __html__(self) -> Markup:
        return escape(self.alone)


class Values(dict[str, object]):
    """What fills a message, ``%(date.from)s`` too. A form that the language lacks is the day as it
    stands alone."""

    def __missing__(self, key: str) -> object:
        name, dot, form = key.partition(".")
        value = self[name] if dot else super().__getitem__(key)
        return value.form(form) if isinstance(value, Inflected) else value


@cache
def date_forms(text: str) -> Forms:
    """A table of forms of a date. Raises ``ValueError`` with the line that is wrong."""
    groups: tuple[tuple[str, ...], ...] = ()
    patterns = {}
    for name, value, line in _lines(text):
        if name == NUMBERS:
            groups = tuple(tuple(group.split()) for group in value.split(";"))
            if not all(group and all(map(_NUMBER.fullmatch, group)) for group in groups):
                raise ValueError(line)
        else:
            patterns[name] = value
    for name, pattern in patterns.items():
        if not _is_pattern(pattern, len(groups) + 1):
            raise ValueError(f"{name}: {pattern}")
    return Forms(groups, patterns)


@cache
def weekday_forms(text: str) -> Mapping[str, Sequence[str]]:
    """A table of forms of weekdays: seven words each. Raises ``ValueError`` as ``date_forms``."""
    found = {}
    for name, value, line in _lines(text):
        found[name] = [word.strip() for word in re.split("[,،、]", value)]
        if len(found[name]) != 7 or not all(found[name]):
            raise ValueError(line)
    return found


def written(
    pattern: str, groups: Sequence[Sequence[str]], day: datetime.date, write: Callable[[str], str]
) -> str:
    """A day in a form. ``write``: a pattern without choices as CLDR writes it for that day."""
    said = []
    pieces = _CHOICE.split(pattern)
    for index, piece in enumerate(pieces):
        if index % 2 == 0:
            said.append(write(piece) if piece else "")
            continue
        field = _FIELD_BEFORE.search(pieces[index - 1]) or _FIELD_AFTER.match(pieces[index + 1])
        number = day.year if field and field[1] == "y" else day.day
        said.append(piece.split("|")[_group(str(number), groups)])
    return "".join(said)


def _group(number: str, groups: Sequence[Sequence[str]]) -> int:
    """Which group a number is of: the one with the number itself, or with its longest ending."""
    fitting = [
        (ending == number, len(ending), index)
        for index, group in enumerate(groups)
        for ending in group
        if ending == number or (ending[0] == "*" and number.endswith(ending[1:]))
    ]
    return max(fitting)[2] if fitting else len(groups)


def _lines(text: str) -> list[tuple[str, str, str]]:
    """Name and value of each line, and the line."""
    found = []
    for line in filter(None, map(str.strip, text.splitlines())):
        if line == NONE:
            continue
        parts = _LINE.fullmatch(line)
        if not parts:
            raise ValueError(line)
        found.append((parts["name"], parts["value"], line))
    return found


def _is_pattern(pattern: str, choices: int) -> bool:
    pieces = _CHOICE.split(pattern)
    for index, piece in enumerate(pieces):
        if index % 2:
            has_number = _FIELD_BEFORE.search(pieces[index - 1]) or _FIELD_AFTER.match(
                pieces[index + 1]
            )
            if not has_number or piece.count("|") + 1 != choices:
                return False
        elif "{" in piece or "}" in piece:
            return False
        for found in _LETTERS.finditer("" if index % 2 else piece):
            letters = found["letters"]
            if found["open"] or (letters and not _are_fields(letters)):
                return False
    return True


def _are_fields(letters: str) -> bool:
    runs = (run[0] for run in re.finditer(r"(.)\1*", letters))
    return all(map(_KNOWN.fullmatch, runs))
