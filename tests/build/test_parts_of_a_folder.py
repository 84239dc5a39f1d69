"""A long output folder is looked at by two processes, each from one path to another: they find what one
would."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from saig.builder import output
from saig.builder.database import Database
from saig.builder.output import Folder, Found

NAME = st.sampled_from(["a", "a-b", "a.b", "a0", "b", "es", "ñ", "\U0001f600"])
PATHS = st.lists(st.lists(NAME, min_size=1, max_size=3).map("/".join), unique=True, max_size=8)


@given(PATHS, PATHS, PATHS)
@example(["a/index", "a-b", "a0"], [], ["a/index"])
@settings(max_examples=30, deadline=None)
def test_two_find_what_one_does(left: list[str], new: list[str], changed: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        found = [_found(Path(folder, str(many)), many, left, new, changed) for many in (10**6, 1)]
    alone, together = found
    assert together.altered == alone.altered
    assert together.new == alone.new
    assert sorted(together.empty) == sorted(alone.empty)


def _found(root: Path, many: int, left: list[str], new: list[str], changed: list[str]) -> Found:
    """What a build finds in a folder in which an earlier one left files, when some are new and others
    have changed."""
    site = root / "site"
    site.mkdir(parents=True)
    first = Database(root / "cache" / "x.sqlite", "salt")
    folder = Folder(site, first)
    written = [
        path for path in left if folder.register(folder.put(f"{path}/left.html", b"as it was"))
    ]
    folder.save()
    first.save()
    for path in changed:
        if path in written:
            (site / path / "left.html").write_bytes(b"as it was not")
        else:
            (site / path).mkdir(parents=True, exist_ok=True)
    for path in written[::3]:
        (site / path / "left.html").unlink()
    for path in new:
        (site / path).mkdir(parents=True, exist_ok=True)
        (site / path / "new.html").write_bytes(b"new")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(output, "MANY", many)
        return Folder(site, Database(root / "cache" / "x.sqlite", "salt")).found
