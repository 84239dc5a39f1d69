"""Who pushes, and in which role. The program that a key runs, ``deploy/saig-receive``, tells the
hooks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from ..refusal import Refused
from ..words import N_

Role = Literal["editor", "maintainer"]
"""An editor changes the notes; a maintainer changes the code too."""

ROLES: tuple[Role, ...] = get_args(Role)

ROLE, PERSON = "SAIG_ROLE", "SAIG_PERSON"
"""The environment variables of a hook with the role and the name."""


@dataclass(frozen=True)
class Pusher:
    """Who pushes."""

    name: str
    role: Role


def pusher(environment: Mapping[str, str]) -> Pusher:
    """The pusher, from a hook's environment. Raises ``Refused`` if that has no role, as with a key
    from before there were roles."""
    role = next((role for role in ROLES if role == environment.get(ROLE)), None)
    if role is None:
        raise Refused(
            N_(
                "this push has no role, so nothing of it is accepted. On the server each person's key "
                "is given one with “saig people add”; where keys were set up before there were roles, "
                "docs/operators.md says under “From before roles” what to do"
            )
        )
    return Pusher(environment.get(PERSON, "?"), role)
