"""How an output folder is looked at, in parts and without listing each folder of it, changes nothing in
what is found."""

from __future__ import annotations

import os
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


@given(PATHS.filter(bool), PATHS, PATHS)
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


def test_what_nobody_left_is_found_but_for_what_is_the_operators(tmp_path: Path) -> None:
    """New files, those of a build that was killed too, and folders that hold nothing; but nothing that is
    hidden, or lies behind a link."""
    _leave(tmp_path, ["a/b"])
    site, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    for path in ("a/new.html", "c/.index.html.1.part", ".well-known/new.txt", ".git/config"):
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_bytes(b"new")
    (site / "a" / "d" / "empty").mkdir(parents=True)
    elsewhere.mkdir()
    (elsewhere / "own.html").write_bytes(b"the operator's")
    (site / "a" / "behind").symlink_to(elsewhere)
    found = _look(tmp_path)
    assert found.new == {"a/new.html", "c/.index.html.1.part", ".well-known/new.txt"}
    assert found.empty == ("a/d/empty/",)
    assert not found.altered


def test_a_file_is_altered_that_has_its_old_length_and_time(tmp_path: Path) -> None:
    (path,) = _leave(tmp_path, ["a"])
    _wait_for_tick(tmp_path)
    file = tmp_path / "site" / path
    before = file.stat()
    file.write_bytes(b"as it WAS")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert file.stat().st_size == before.st_size
    assert _look(tmp_path).altered == {path}


def test_a_link_is_not_the_file_that_it_leads_to(tmp_path: Path) -> None:
    """Or what is in that could be another without the link's being touched."""
    (path,) = _leave(tmp_path, ["a"])
    file = tmp_path / "site" / path
    file.symlink_to(file.rename(tmp_path / "elsewhere"))
    database = Database(tmp_path / "cache" / "x.sqlite", "salt")
    folder = Folder(tmp_path / "site", database)
    assert not folder.put(path, b"as it was").was_there
    database.close()
    assert not file.is_symlink()


def test_a_file_that_was_only_touched_is_read_once(tmp_path: Path) -> None:
    """Then its new times are known."""
    (path,) = _leave(tmp_path, ["a"])
    (tmp_path / "site" / path).write_bytes(b"as it was")
    _wait_for_tick(tmp_path)
    assert [*_look(tmp_path).touched] == [path]
    _save(tmp_path)
    found = _look(tmp_path)
    assert not found.touched and not found.altered


def test_a_pipe_is_not_the_empty_file_in_whose_place_it_is(tmp_path: Path) -> None:
    database = Database(tmp_path / "cache" / "x.sqlite", "salt")
    folder = Folder(tmp_path / "site", database)
    folder.register(folder.put("empty.txt", b""))
    folder.save(folder.list_folders()())
    database.save()
    (tmp_path / "site" / "empty.txt").unlink()
    os.mkfifo(tmp_path / "site" / "empty.txt")
    assert _look(tmp_path).altered == {"empty.txt"}


def test_a_file_that_was_touched_just_before_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For it may change again within the same tick of the clock, and keep its times."""
    monkeypatch.setattr(output_look, "TICK", 3600 * 10**9)
    (path,) = _leave(tmp_path, ["a"])
    (tmp_path / "site" / path).write_bytes(b"as it was")
    _save(tmp_path)
    assert [*_look(tmp_path).touched] == [path]


@pytest.mark.parametrize("is_before", [True, False])
def test_what_another_build_puts_there_is_not_taken_for_what_was_changed(
    tmp_path: Path, is_before: bool
) -> None:
    """Be it before the file is opened to be changed where it stands, or while that is done."""
    (path,) = _leave(tmp_path, ["a"])
    file, others = tmp_path / "site" / path, tmp_path / "others"
    others.write_bytes(b"the other's")
    database = Database(tmp_path / "cache" / "x.sqlite", "salt")
    folder = Folder(tmp_path / "site", database)
    there = folder.standing(path)
    assert there
    if is_before:
        others.replace(file)
        finish = folder.change(there, lambda _: None)
    else:
        finish = folder.change(there, lambda _: others.replace(file) and None)
    changed = finish()
    database.close()
    assert file.read_bytes() == b"the other's"
    assert changed.stamp != output_look.stamp_of(str(file))


def test_a_folder_is_listed_again_that_changed_just_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For what comes into it within the same tick of the clock does not change its time."""
    monkeypatch.setattr(output_look, "TICK", 3600 * 10**9)
    _leave(tmp_path, ["a", "b"])
    assert _forget_folders(tmp_path) == 0


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
    assert folder.is_as_left(but_for="")
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
