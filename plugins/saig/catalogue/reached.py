"""Reachability in a graph."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

T = TypeVar("T")


def reached(start: T, following: Callable[[T], Iterable[T]]) -> list[T]:
    """All that can be reached from ``start``, each once, the nearest first (breadth first). The
    start is among them if something leads back to it."""
    found: dict[T, None] = {}
    waiting = [start]
    for one in waiting:  # more is added meanwhile
        for other in following(one):
            if other not in found:
                found[other] = None
                waiting.append(other)
    return list(found)
