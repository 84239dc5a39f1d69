"""How an output folder is looked at, in parts and without listing each folder of it, changes nothing in
what is found."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from saig.builder import output_look
from saig.builder.database import TICK, Database
from saig.builder.output import Folder
from saig.builder.output_look import Found

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


@given(PATHS, PATHS, PATHS)
@settings(max_examples=30, deadline=None)
def test_folders_that_are_not_listed_hold_nothing_new(
    left: list[str], new: list[str], changed: list[str]
) -> None:
    """What is found where it is known how folders were left is what is found where all are listed."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        written = _leave(root, left)
        _wait_for_tick(root)
        _save(root)  # now it is known how each folder was left
        _wait_for_tick(root)
        _change(root / "site", written, new, changed)
        found = _look(root)
        assert _forget_folders(root) > len(left)
        listed = _look(root)
    assert found.altered == listed.altered
    assert found.new == listed.new
    assert sorted(found.empty) == sorted(listed.empty)


@given(PATHS, PATHS)
@settings(max_examples=10, deadline=None)
def test_a_folder_behind_a_link_is_not_as_it_was_left(left: list[str], changed: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        written = _leave(root, [*left, "behind/it"])
        _wait_for_tick(root)
        _save(root)
        (root / "site" / "behind").rename(root / "elsewhere")
        (root / "site" / "behind").symlink_to(root / "elsewhere")
        found = _look(root)
    assert found.altered == {path for path in written if path.startswith("behind/")}
    assert not found.new


def _found(root: Path, many: int, left: list[str], new: list[str], changed: list[str]) -> Found:
    """What a build finds in a folder in which an earlier one left files, when some are new and others
    have changed."""
    _change(root / "site", _leave(root, left), new, changed)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(output_look, "MANY", many)
        return _look(root)


def _leave(root: Path, left: list[str]) -> list[str]:
    """Have a build leave these files."""
    (root / "public").mkdir(parents=True)
    (root / "site").symlink_to("public")
    database = Database(root / "cache" / "x.sqlite", "salt")
    folder = Folder(root / "site", database)
    written = [folder.put(f"{path}/left.html", b"as it was") for path in left]
    for one in written:
        folder.register(one)
    folder.save(folder.list_folders()())
    database.save()
    return [one.path for one in written]


def _save(root: Path) -> None:
    """Have a build remember what it finds."""
    database = Database(root / "cache" / "x.sqlite", "salt")
    folder = Folder(root / "site", database)
    assert not folder.found
    folder.save(folder.list_folders()())
    database.save()


def _change(site: Path, written: list[str], new: list[str], changed: list[str]) -> None:
    for path in changed:
        if f"{path}/left.html" in written:
            (site / path / "left.html").write_bytes(b"as it was not")
        else:
            (site / path).mkdir(parents=True, exist_ok=True)
    for path in written[::3]:
        (site / path).unlink()
    for path in new:
        (site / path).mkdir(parents=True, exist_ok=True)
        (site / path / "new.html").write_bytes(b"new")


def _look(root: Path) -> Found:
    database = Database(root / "cache" / "x.sqlite", "salt")
    found = Folder(root / "site", database).found
    database.close()
    return found


def _forget_folders(root: Path) -> int:
    """Have all folders listed the next time. How many would not have been."""
    database = Database(root / "cache" / "x.sqlite", "salt")
    [(count,)] = database.select("SELECT count(modified) FROM folder")
    database.write("UPDATE folder SET modified = ?", [(None,)])
    database.save()
    return int(count)


def _wait_for_tick(root: Path) -> None:
    """Until a change now has another time than those before."""
    start = time.time_ns()
    probe = root / "probe"
    while not probe.exists() or probe.stat().st_ctime_ns < start + 2 * TICK:
        probe.write_bytes(b"")
