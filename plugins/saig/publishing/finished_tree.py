"""A site that somebody else built. Only its files are used; no code of it is run.

Whoever built it may mean harm. So links in it are never followed, for they could lead to the
key. All else is copied first and checked afterwards, so that it cannot change in between.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from ..builder.output import MARK
from ..builder.up_to_date import VERSION
from ..git import is_object
from ..outputs.data import INDEX
from ..refusal import Refused
from ..words import N_
from .authority import Authority
from .checks import read_json
from .signing import Signer

SHOWN = ".well-known"
"""The only name beginning with a dot that is published (RFC 8615)."""


@dataclass(frozen=True)
class FinishedTree:
    """A ``SiteSource`` of ``publishing.publish``. ``expected``: the commit from which it must have
    been built, if that is known from elsewhere."""

    folder: Path
    expected: str | None = None
    signer: Signer | None = None
    authority: Authority | None = None

    @cached_property
    def url(self) -> str:
        """The site's address, as its index says. Raises ``Refused`` if that does not say one."""
        site = self._said(INDEX, "site")
        if not isinstance(site, str) or not site.endswith("/"):
            raise Refused(N_("%(folder)s does not hold a site that Saig built"), folder=self.folder)
        return site.removesuffix("/")

    def commit(self) -> str | None:
        """The commit from which it was built, as ``version.json`` says; None if that says none.
        Raises ``Refused`` if it is not the expected one, or not a commit."""
        found = self._said(VERSION, "commit")
        commit = found if isinstance(found, str) and is_object(found) else None
        if commit != (self.expected or found):
            raise Refused(
                N_("%(folder)s was built from %(found)s, not from %(expected)s"),
                folder=self.folder,
                found=commit or "?",
                expected=self.expected or "?",
            )
        return commit

    def build(
        self, folder: Path, previous: Callable[[], Path | None], public: Path | None = None
    ) -> None:
        """Copy the site. Raises ``Refused`` if it contains a hidden file, or anything but files and
        folders."""
        for path, folders, files, opened in os.fwalk(self.folder):
            below = os.path.relpath(path, self.folder)
            target = folder / below
            target.mkdir(parents=True, exist_ok=True)
            for name in folders + [name for name in files if name != MARK]:
                mode = os.stat(name, dir_fd=opened, follow_symlinks=False).st_mode
                usual = stat.S_ISDIR(mode) if name in folders else stat.S_ISREG(mode)
                if not usual or (name.startswith(".") and (below, name) != (".", SHOWN)):
                    shown = os.path.normpath(os.path.join(below, name))
                    raise Refused(
                        N_("%(path)s cannot be a part of a site"),
                        path=shown.encode("utf-8", "replace").decode(),
                    )
                if name not in folders:
                    _copy(name, opened, target / name)

    def _said(self, path: str, key: str) -> Any:
        file = self.folder / path
        known = read_json(file) if file.is_file() and not file.is_symlink() else None
        return known.get(key) if isinstance(known, dict) else None


def _copy(name: str, folder: int, target: Path) -> None:
    descriptor = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=folder)
    with open(descriptor, "rb") as source, open(target, "xb") as copy:
        shutil.copyfileobj(source, copy)
