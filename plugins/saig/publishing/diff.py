"""The difference of two sites."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Diff:
    """Addresses, each list sorted."""

    added: Sequence[str]
    changed: Sequence[str]
    removed: Sequence[str]

    @property
    def addresses(self) -> list[str]:
        """All of them, sorted."""
        return sorted((*self.added, *self.changed, *self.removed))


def diff(before: Mapping[str, str | None], after: Mapping[str, str | None]) -> Diff:
    """From one site to another. Both map addresses to digests of what stands there, whichever
    digests they are; None, for what has none, differs from every digest."""
    both = before.keys() & after.keys()
    return Diff(
        sorted(after.keys() - both),
        sorted(address for address in both if before[address] != after[address]),
        sorted(before.keys() - both),
    )
