"""The difference of two states of a site."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Diff:
    """The addresses that differ, each list sorted."""

    added: Sequence[str]
    changed: Sequence[str]
    removed: Sequence[str]

    @property
    def addresses(self) -> list[str]:
        """All of them, sorted."""
        return sorted((*self.added, *self.changed, *self.removed))


def diff(before: Mapping[str, str | None], after: Mapping[str, str | None]) -> Diff:
    """The difference between two mappings of addresses to digests. The digest None, of what cannot
    be read, differs from every other."""
    both = before.keys() & after.keys()
    return Diff(
        sorted(after.keys() - both),
        sorted(address for address in both if before[address] != after[address]),
        sorted(before.keys() - both),
    )
