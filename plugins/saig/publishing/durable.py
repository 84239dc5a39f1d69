"""Writes files so that they survive a power cut, whole or not at all (``fsync``, ``rename``).

All functions raise ``OSError`` if the system refuses."""

from __future__ import annotations

import os
from pathlib import Path


def sync_folder(folder: Path) -> None:
    """Write the names of a folder's files to the disk."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write(path: Path, data: bytes) -> None:
    """Write a file in one step: whoever reads it gets the old bytes or the new ones."""
    prepare(path, data)
    put_in_place(path)


def prepared(path: Path) -> Path:
    """The file that ``prepare`` writes, and that ``put_in_place`` moves to ``path``."""
    return path.with_name(f".{path.name}.new")


def prepare(path: Path, data: bytes) -> None:
    """Write a file under another name, for ``put_in_place``."""
    with prepared(path).open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    sync_folder(path.parent)


def put_in_place(path: Path) -> None:
    """Give a prepared file its name, in one step."""
    os.replace(prepared(path), path)
    sync_folder(path.parent)


def append(path: Path, data: bytes) -> None:
    """Write at the end of a file. If there is no room for all of it, nothing is added."""
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        before = os.fstat(descriptor).st_size
        try:
            left = memoryview(data)
            while left:
                left = left[os.write(descriptor, left) :]
            os.fsync(descriptor)
        except BaseException:
            os.ftruncate(descriptor, before)
            raise
    finally:
        os.close(descriptor)
    sync_folder(path.parent)


def truncate(path: Path, size: int) -> None:
    """Cut a file to ``size`` bytes."""
    with path.open("r+b") as file:
        file.truncate(size)
        os.fsync(file.fileno())


def replace_link(link: Path, target: str) -> None:
    """Change the target of a symbolic link in one step: whoever follows it gets the old target or
    the new one."""
    temporary = prepared(link)
    temporary.unlink(missing_ok=True)
    os.symlink(target, temporary)
    os.replace(temporary, link)
    sync_folder(link.parent)
