"""What is written for good: on the disk before anyone relies on it, whole or not at all."""

from __future__ import annotations

import errno
import os
import resource
from collections.abc import Callable
from pathlib import Path

import pytest
from saig.publishing import durable


@pytest.fixture
def on_disk(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """The files and folders that are sent to the disk, each as it then is: its inode, and its size."""
    sent: list[tuple[int, int]] = []
    fsync = os.fsync

    def sending(descriptor: int) -> None:
        found = os.fstat(descriptor)
        sent.append((found.st_ino, found.st_size))
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", sending)
    return sent


@pytest.mark.parametrize(
    "write",
    [
        lambda path: durable.write(path, b"new"),
        lambda path: durable.append(path, b"new"),
        lambda path: durable.truncate(path, 2),
    ],
    ids=["write", "append", "truncate"],
)
@pytest.mark.parametrize("before", [b"", b"before"])
def test_a_file_and_its_name_survive_a_power_cut(
    write: Callable[[Path], None], before: bytes, tmp_path: Path, on_disk: list[tuple[int, int]]
) -> None:
    path = tmp_path / "it"
    path.write_bytes(before)
    was = path.stat().st_ino
    write(path)
    now = path.stat()
    assert (now.st_ino, now.st_size) in on_disk
    if now.st_ino != was:  # the bytes first, then the name that leads to them
        assert on_disk[-1][0] == tmp_path.stat().st_ino
    assert [path.name for path in tmp_path.iterdir()] == ["it"]


def test_a_link_survives_a_power_cut(tmp_path: Path, on_disk: list[tuple[int, int]]) -> None:
    for target in ("one", "two"):
        durable.replace_link(tmp_path / "current", target)
        assert on_disk.pop()[0] == tmp_path.stat().st_ino
        assert os.readlink(tmp_path / "current") == target


def test_what_has_no_room_is_not_added_in_part(tmp_path: Path) -> None:
    """A line of the record is there or not."""
    path = tmp_path / "record"
    durable.append(path, b"a line\n")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, hard))
    try:
        with pytest.raises(OSError) as raised:
            durable.append(path, b"another\n")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert raised.value.errno == errno.EFBIG
    assert path.read_bytes() == b"a line\n"
