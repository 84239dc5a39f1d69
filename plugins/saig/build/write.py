"""Files into the output folder: only those that differ, each in one step; and no others stay."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

MARK = ".saig"
"""Marks a folder that was empty when Saig first wrote into it, so that what is old may be removed."""


class Folder:
    """An output folder during one build."""

    def __init__(self, root: Path) -> None:
        self.root = root
        if not root.exists() or not any(root.iterdir()):
            root.mkdir(parents=True, exist_ok=True)
            (root / MARK).touch()
        self.is_ours = (root / MARK).is_file()
        self.kept: set[str] = set()
        self.written = 0

    def write(self, path: str, data: bytes) -> None:
        """Write a file, unless it already says the same. ``path``: from the folder, with slashes."""
        self.kept.add(path)
        target = self.root / path
        try:
            if target.stat().st_size == len(data) and target.read_bytes() == data:
                return
        except OSError:
            pass
        if target.is_dir() and not target.is_symlink():
            raise IsADirectoryError(f"{target} is a folder")
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = target.with_name(f".{target.name}.{os.getpid()}.part")
        try:
            temporary.write_bytes(data)
            os.replace(temporary, target)
        finally:
            temporary.unlink(missing_ok=True)
        self.written += 1

    def sweep(self, keep: Iterable[str] = ()) -> int:
        """Remove every file that this build did not write, if the folder holds nothing else.

        ``keep``: further paths to leave. Names that begin with a dot, ``.well-known`` apart, stay:
        they are the operator's (``.git``).
        """
        if not self.is_ours:
            return 0
        kept = self.kept | set(keep)
        removed = 0
        for folder, _, files in os.walk(self.root, topdown=False):
            here = Path(folder)
            relative = here.relative_to(self.root)
            if any(part.startswith(".") and part != ".well-known" for part in relative.parts):
                continue
            for name in files:
                old_part = name.startswith(".") and name.endswith(".part")
                if old_part or (
                    not name.startswith(".") and (relative / name).as_posix() not in kept
                ):
                    (here / name).unlink()
                    removed += 1
            if here != self.root and not any(here.iterdir()):
                here.rmdir()
        return removed
