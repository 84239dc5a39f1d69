"""The paths in the folder into which a site is published.

::

    DIR/current                    -> releases/<id>, what the web server serves
    DIR/releases/<id>/             a whole site
    DIR/releases/.tmp-<id>/        an unfinished release, or one that is being removed
    DIR/publications.jsonl         the record
    DIR/publications/<number>.sig  the signature of the line with that number
    DIR/publications/<number>.tsr  the time stamp of that line (RFC 3161)
    DIR/allowed_signers            the public keys of these signatures
    DIR/tsa_certificates.pem       the certificates of the authorities of these time stamps
    DIR/.lock                      held by whoever changes any of this
"""

from __future__ import annotations

import errno
import os
import pwd
import re
from dataclasses import dataclass
from pathlib import Path

from ..refusal import Refused
from ..words import N_
from . import durable

UNFINISHED = ".tmp-"
SIGNATURE, STAMP = ".sig", ".tsr"
_BESIDE = re.compile(r"([1-9][0-9]{0,8})\.(?:sig|tsr)")
READABLE = 0o022
"""The only bits that a umask may have: others must be able to read."""


def account() -> str:
    """The name of the account of this process; its number if it has none."""
    return account_of(os.geteuid())


def account_of(number: int) -> str:
    """The name of an account; its number if it has none."""
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return str(number)


def files_beside(folder: Path) -> dict[str, int]:
    """The signatures and time stamps in a folder, ``publications/`` or a copy of it: name of the
    file -> number of the line. Empty if there is no such folder."""
    if not folder.is_dir():
        return {}
    found = (_BESIDE.fullmatch(name) for name in os.listdir(folder))
    return {match[0]: int(match[1]) for match in found if match}


@dataclass(frozen=True)
class Layout:
    """The paths in a published folder, ``root``."""

    root: Path

    @property
    def current(self) -> Path:
        return self.root / "current"

    @property
    def releases(self) -> Path:
        return self.root / "releases"

    @property
    def record(self) -> Path:
        return self.root / "publications.jsonl"

    @property
    def signatures(self) -> Path:
        return self.root / "publications"

    @property
    def signers(self) -> Path:
        return self.root / "allowed_signers"

    @property
    def certificates(self) -> Path:
        return self.root / "tsa_certificates.pem"

    @property
    def lock(self) -> Path:
        return self.root / ".lock"

    def release(self, name: str) -> Path:
        return self.releases / name

    def unfinished(self, name: str) -> Path:
        return self.releases / f"{UNFINISHED}{name}"

    def signature(self, number: int) -> Path:
        return self.signatures / f"{number}{SIGNATURE}"

    def stamp(self, number: int) -> Path:
        return self.signatures / f"{number}{STAMP}"

    def make(self) -> None:
        """Make the missing folders. Raises ``Refused`` if this account may not write to them, and
        ``OSError`` if nobody may, before the record says that something was published there."""
        # The web server runs under another account: under a strict umask it could read nothing.
        os.umask(os.umask(0) & READABLE)
        try:
            self.releases.mkdir(parents=True, exist_ok=True)
        except PermissionError:
            raise self._not_writable(self.root) from None
        for path in (self.root, self.releases, self.signatures, self.record, self.lock):
            if path.exists() and not os.access(path, os.W_OK):
                if os.statvfs(path).f_flag & os.ST_RDONLY:  # as after an error of the disk
                    raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))
                raise self._not_writable(path)

    def _not_writable(self, path: Path) -> Refused:
        return Refused(
            N_(
                "the account %(account)s may not write to %(path)s: publish with the account that "
                "owns %(folder)s, or give all of it to this one (chown -R)"
            ),
            account=account(),
            path=path,
            folder=self.root,
        )

    def current_release(self) -> str | None:
        """The name of the release to which ``current`` leads; None if there is no such link or
        release. Raises ``Refused`` if ``current`` is not a link into ``releases/``."""
        try:
            folder, name = os.path.split(os.readlink(self.current))
        except FileNotFoundError:
            return None
        except OSError:  # it is no link
            folder = name = ""
        if folder != "releases":
            raise Refused(
                N_("%(path)s is not a link that Saig made; move it away"), path=self.current
            )
        return name if self.release(name).is_dir() else None

    def switch(self, name: str) -> None:
        """Make a release public, in one step."""
        durable.replace_link(self.current, f"releases/{name}")

    def remains(self) -> list[str]:
        """The paths, from the folder, that only publications can have left: finished releases,
        signatures and time stamps, keys, the link."""
        releases = [
            f"releases/{name}" for name in self.kept() if not self.unfinished(name).is_dir()
        ]
        beside = sorted(f"publications/{name}" for name in files_beside(self.signatures))
        others = [path.name for path in (self.signers, self.current) if os.path.lexists(path)]
        return [*releases, *beside, *others]

    def kept(self) -> list[str]:
        """The names of the finished releases that exist, in order."""
        if not self.releases.is_dir():
            return []
        return sorted(
            path.name
            for path in self.releases.iterdir()
            if path.is_dir() and not path.is_symlink() and not path.name.startswith(".")
        )
