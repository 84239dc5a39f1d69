"""Addresses of the European Legislation Identifier, and what packs know of how gazettes write them.

Every http(s) address with ``/eli/`` in its path is one (Council conclusions of 6 November 2019, OJ
C 360/1: each publisher chooses what follows). What it says of a norm is read by the patterns of
packs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

ELI = re.compile(r"https?://[^/?#\s]+/(?:[^?#\s]+/)*eli/[^?#\s]+")
"""What an ELI address looks like, whoever publishes it."""

PARTS = {
    "jurisdiction": "[a-z]{2}(?:-[a-z]{2,3})?",
    "type": "[A-Za-z][A-Za-z_-]*",
    "year": r"\d{4}",
    "month": r"\d{1,2}",
    "day": r"\d{1,2}",
    "number": "[^/]+",
}
"""What stands for each name in braces of a pattern."""

_PLACE = re.compile(r"\{(\w+)\}|(\*)")


@dataclass(frozen=True)
class EliPattern:
    """How a gazette writes its addresses. ``address``: as in a pack, with names in braces.
    ``known``: what all of them say without writing it, such as the jurisdiction. ``types``: the
    codes of types that it writes otherwise. ``consolidated``: the address of the text with all its
    changes, with the same names, and ``eli`` for the address itself."""

    address: str
    known: Mapping[str, str] = field(default_factory=dict)
    types: Mapping[str, str] = field(default_factory=dict)
    consolidated: str = ""

    def read(self, address: str) -> dict[str, str] | None:
        """What an address says; None where it is not of this pattern."""
        found = _compiled(self.address).fullmatch(address)
        if not found:
            return None
        said = {**self.known, **found.groupdict()}
        said["type"] = self.types.get(said.get("type", ""), said.get("type", ""))
        return {name: value for name, value in said.items() if value}


def names_in(pattern: str) -> list[str]:
    """The names in braces of a pattern."""
    return [found[1] for found in _PLACE.finditer(pattern) if found[1]]


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    """http and https are one; what follows, a version or a language, is of the same norm."""
    said: set[str] = set()
    parts, end = ["https?://"], 0
    text = re.sub("^https?://", "", pattern)
    for place in _PLACE.finditer(text):
        parts.append(re.escape(text[end : place.start()]))
        name, end = place[1], place.end()
        if not name:
            parts.append("[^?#\\s]*?")
        else:
            parts.append(f"(?P={name})" if name in said else f"(?P<{name}>{PARTS[name]})")
            said.add(name)
    parts.append(re.escape(text[end:]))
    return re.compile(f"(?P<work>{''.join(parts)})(?:/[^?#\\s]*)?")


def parts_of(patterns: Iterable[EliPattern], address: str) -> dict[str, str]:
    """What an ELI address says of its norm by the first pattern that fits: ``jurisdiction``,
    ``type``, ``number``, ``year`` and ``date_document`` (ISO), as far as it does."""
    for pattern in patterns:
        if (said := pattern.read(address)) is None:
            continue
        said.pop("work", None)
        month, day = said.pop("month", ""), said.pop("day", "")
        if month and day and "year" in said:
            said["date_document"] = f"{said['year']}-{month:0>2}-{day:0>2}"
        if "number" in said:
            said["number"] = re.sub(r"^\((.*)\)$", r"\1", said["number"])
        return said
    return {}


def consolidated(patterns: Sequence[EliPattern], address: str) -> str | None:
    """The address of the text with all its changes; None where no pack knows it."""
    for pattern in patterns:
        if (said := pattern.read(address)) is not None:
            said["eli"] = said.pop("work").rstrip("/")
            return _filled(pattern.consolidated, said) or None
    return None


def _filled(pattern: str, said: Mapping[str, str]) -> str:
    return _PLACE.sub(lambda place: said.get(place[1] or "", ""), pattern)


def key_of(patterns: Iterable[EliPattern], address: str) -> str:
    """By what two addresses of one norm are told to be the same: without scheme, version and
    language, as far as a pattern tells these."""
    for pattern in patterns:
        if said := pattern.read(address):
            address = said["work"]
            break
    return re.sub("^https?://", "", address).rstrip("/")
