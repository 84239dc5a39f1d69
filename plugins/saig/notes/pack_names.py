"""The names of packs, as site.yaml and packs name others."""

from __future__ import annotations

from collections.abc import Iterable

from ..packs.load import known_packs
from ..words import N_
from .validation import nearest
from .value_types import field_error


def refuse_unknown_pack(name: str, own: Iterable[str], at: tuple[int, ...]) -> None:
    """Raise for a name that no pack has."""
    there = sorted({*known_packs(), *own})
    if name in there:
        return
    guess = nearest(name.lower(), there)
    raise field_error(
        "unknown-reference",
        N_("there is no pack “%(name)s”"),
        N_("did you mean %(guess)s?")
        if guess
        else N_("the packs are: %(known)s; docs/packs.md says how to write another"),
        at=at,
        name=name[:40],
        guess=guess,
        known=", ".join(there),
    )
