"""A tree on the disk, held against what the record says of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ..progress import Progress
from ..words import N_
from .compress import original
from .tree import address_of, digest, digest_of, path_of, paths, twin_of

What = Literal["differs", "missing", "extra"]

SAID: dict[What, str] = {
    "differs": N_("%(address)s differs from what was published"),
    "missing": N_("%(address)s is missing"),
    "extra": N_("%(address)s was never published"),
}


@dataclass(frozen=True)
class Difference:
    """``found``: the digest of what is there; None where nothing is, or nothing that can be read."""

    what: What
    address: str
    found: str | None = None


def differences(
    root: Path, wanted: Mapping[str, str], progress: Progress | None = None
) -> list[Difference]:
    """Every file that is not as published. Compressed twins count too: they are what most readers get."""
    names = sorted(paths(root))
    over: Iterable[str] = names
    if progress:
        over = progress.over(names, len(names), N_("Comparing files"))
    found = [item for name in over for item in _difference(root, name, wanted)]
    there = {address_of(name) for name in names}
    found.extend(Difference("missing", address) for address in wanted if address not in there)
    return sorted(found, key=lambda item: item.address)


def _difference(root: Path, name: str, wanted: Mapping[str, str]) -> Iterator[Difference]:
    address = address_of(name)
    value = digest_of(root / name)
    if address in wanted:
        if value != wanted[address]:
            yield Difference("differs", address, value)
        return
    twin = twin_of(name)
    # A name that is no UTF-8 can be shown, and written into the record, only like this.
    shown = f"/{name}".encode("utf-8", "replace").decode()
    if twin is None or address_of(twin[0]) not in wanted:
        yield Difference("extra", shown, value)
        return
    held = original(twin[1], (root / name).read_bytes()) if value else None
    if held is None or digest(held) != wanted[address_of(twin[0])]:
        yield Difference("differs", shown, value)


def path_in(difference: Difference) -> str:
    """The file that a difference is about; twins and what is extra are named by their path."""
    return path_of(difference.address)
