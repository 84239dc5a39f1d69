"""Reachability in a graph."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

T = TypeVar("T")


def reached(start: T, following: Callable[[T], Iterable[T]]) -> list[T]:
    """All that can be reached from ``start``, without duplicates, breadth first. ``start`` is among
    them if something leads back to it."""
    found: dict[T, None] = {}
    waiting = [start]
    for one in waiting:  # the list grows during the loop
        for other in following(one):
            if other not in found:
                found[other] = None
                waiting.append(other)
    return list(found)
