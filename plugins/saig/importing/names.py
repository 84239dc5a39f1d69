"""Which contacts a text names: by title, short title or alias, in whatever language of the site."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from ..citations.word_patterns import without_accents

SHORT = 5
"""Letters of a name that is written in capitals wherever it stands, as acronyms are."""


def named_in(text: str, names: Mapping[str, Iterable[str]]) -> list[str]:
    """The ids of those named, in the order of the text. ``names``: by id. A longer name goes before one
    that is part of it; a name that two have names none."""
    owners: dict[str, set[str]] = {}
    for identifier, called in names.items():
        for name in called:
            if len(name.strip()) > 1:
                owners.setdefault(" ".join(name.split()), set()).add(identifier)
    found: list[tuple[int, str]] = []
    taken: list[tuple[int, int]] = []
    plain = without_accents(text.replace("’", "'"))
    if len(plain) != len(text):
        plain = text
    for name in sorted(owners, key=lambda one: (-len(one), one)):
        for start, end in _places(plain, name):
            if any(start < other and begin < end for begin, other in taken):
                continue
            taken.append((start, end))
            if len(owners[name]) == 1:
                found.append((start, next(iter(owners[name]))))
    return list(dict.fromkeys(identifier for _, identifier in sorted(found)))


def _places(text: str, name: str) -> Sequence[tuple[int, int]]:
    """Where a name stands as a whole. One word alone may be any word at a sentence's beginning."""
    pattern = re.compile(
        r"(?<!\w)" + r"\s+".join(map(re.escape, without_accents(name).split())) + r"(?!\w)"
    )
    several = " " in name or (len(name) <= SHORT and name.isupper())
    return [
        found.span()
        for found in pattern.finditer(text)
        if several or not _begins_a_sentence(text, found.start())
    ]


def _begins_a_sentence(text: str, at: int) -> bool:
    before = text[:at].rstrip(" \t*«\"'(-")
    return not before or before[-1] in ".!?:\n"
