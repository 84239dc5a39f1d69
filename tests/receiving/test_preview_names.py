"""The names of previews."""

from __future__ import annotations

import os
import re

from hypothesis import given
from hypothesis import strategies as st
from saig.receiving.preview_names import preview_name

ODD = ["estiu", "Estiu", "estiu/avisos", "estiu-avisos", "..", "../..", "a.b", "a..b", ".git", "-x"]
ODD += [
    "current",
    "ñandú",
    "nandu",
    "·",
    "",
    "x" * 200,
    "x" * 201,
    os.fsdecode(b"\xff"),
    "a\\b",
    "a b",
]
ODD += ["estiu--2", "estiu-2", preview_name("Estiu"), preview_name(preview_name("Estiu"))]


def test_no_two_branches_meet() -> None:
    """Nor does a branch that is called like another's preview."""
    names = [preview_name(branch) for branch in ODD]
    assert len(set(names)) == len(set(ODD))
    assert names[0] == "estiu"
    assert names[2].startswith("estiu-avisos-")


@given(st.text() | st.sampled_from(ODD))
def test_a_name_is_one_part_of_a_path(branch: str) -> None:
    """Whatever the branch is called: short, in small letters, and an address as it stands."""
    try:
        name = preview_name(branch)
    except UnicodeEncodeError:  # half a sign, which no bytes of a name decode to
        return
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)
    assert len(name) <= 51
