"""Two accounts: one receives pushes and builds; the other owns the public site, its record and the
key.

Everything that a push causes runs as the first account. That may run one command as the second: the
one that takes a finished site (``sudoers(5)``). Neither account may change the code that both run,
or who may push. Only root can set this up.
"""

from __future__ import annotations

import os
import pwd
import re
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ..publishing.layout import account_of
from ..refusal import Refused
from ..words import N_
from .hook_layout import as_account
from .people import PLAIN_PATH, People

SUDOERS = Path("/etc/sudoers.d")
HOMES = Path("/var/lib")
"""The folder in which the account that publishes has its home, with the key."""

SHELL = "/bin/sh"
"""The shell with which OpenSSH runs the one program of a key."""

_NAME = re.compile(r"[a-z_][a-z0-9_-]{0,30}")
_ENVIRONMENT = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"}


@dataclass(frozen=True)
class Accounts:
    """The names of the account that receives and of the one that publishes."""

    receiver: str
    publisher: str

    @classmethod
    def named(cls, text: str) -> Accounts:
        """The accounts of a text such as ``git,saig``. Raises ``Refused`` if it is not two names."""
        names = text.split(",")
        if len(names) != 2 or names[0] == names[1] or not all(map(_NAME.fullmatch, names)):
            raise Refused(N_("%(text)s are not two accounts, such as git,saig"), text=text)
        return cls(*names)

    @classmethod
    def known(cls, repository: Path, publisher: str) -> Accounts:
        """The accounts of a repository that was set up before. Raises ``OSError``."""
        return cls(account_of(repository.stat().st_uid), publisher)


def make(accounts: Accounts, people: People, site: Path) -> None:
    """Make the missing accounts, before anything else, and give each its folders. The home of the
    account that receives belongs to root, so that this account cannot change who may push. Raises
    ``Refused`` if something prevents it, ``OSError`` if the system refuses."""
    if os.geteuid() != 0:
        raise Refused(N_("two accounts can only be set up by root"))
    for path in (people.repository, people.checkout, site):
        if not PLAIN_PATH.fullmatch(str(path)):
            message = N_("%(path)s has signs that sudo and OpenSSH would take for others")
            raise Refused(message, path=path)
    people.all()
    os.umask(0o022)
    home = people.repository.parent
    home.mkdir(parents=True, exist_ok=True)
    _useradd(accounts.receiver, "--home-dir", home, "--no-create-home", "--shell", SHELL)
    own = HOMES / accounts.publisher
    _useradd(accounts.publisher, "--home-dir", own, "--shell", "/usr/sbin/nologin")
    receiver = pwd.getpwnam(accounts.receiver)
    if Path(receiver.pw_dir) != home:
        raise Refused(
            N_("the home of %(account)s is %(home)s: the repository must lie in it"),
            account=accounts.receiver,
            home=receiver.pw_dir,
        )
    if receiver.pw_shell != SHELL:
        _run("usermod", "--shell", SHELL, accounts.receiver)
    _require_own_code(accounts, people.checkout)
    os.chown(home, 0, 0)
    home.chmod(0o755)
    own.mkdir(mode=0o700, exist_ok=True)
    _give(own, accounts.publisher)
    for folder, account in ((people.repository, accounts.receiver), (site, accounts.publisher)):
        folder.mkdir(parents=True, exist_ok=True)
        _give(folder, account)
    if people.keys.parent.is_dir():
        _give(people.keys.parent, "root")
        for left in people.keys.parent.glob(".*.new"):
            left.unlink()  # if it is a link, root would write to its target


@contextmanager
def acting_as(account: str | None) -> Iterator[None]:
    """Act as an account meanwhile, or as root if it is None. In a folder of its own the account
    may have made links, which root would follow."""
    if account is None:
        yield
        return
    known = pwd.getpwnam(account)
    groups = os.getgroups()
    os.setgroups([known.pw_gid])
    os.setegid(known.pw_gid)
    os.seteuid(known.pw_uid)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(0)
        os.setgroups(groups)


def _useradd(name: str, *options: str | Path) -> None:
    """Make an account without a password, if it does not exist."""
    try:
        pwd.getpwnam(name)
    except KeyError:
        _run("useradd", "--system", "--user-group", "--password", "*", *options, name)


def _require_own_code(accounts: Accounts, checkout: Path) -> None:
    """Raise ``Refused`` if one of the accounts owns the checkout: whoever can change the code that
    publishes can publish anything, and read the key."""
    for name in (accounts.receiver, accounts.publisher):
        if checkout.stat().st_uid == pwd.getpwnam(name).pw_uid:
            raise Refused(
                N_(
                    "%(folder)s belongs to %(account)s, which could change the code that publishes: "
                    "install Saig anew as root, in a folder of its own, and run its saig hook install"
                ),
                folder=checkout,
                account=name,
            )


def make_key(key: Path, publisher: str) -> None:
    """Make a key to sign with, as the account that publishes, if it does not exist. Raises
    ``Refused``."""
    if not key.exists():
        make = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", publisher, "-f", str(key)]
        _require(publisher, make)


def require_secret(key: Path, publisher: str) -> None:
    """Raise ``Refused`` if a key does not exist, or if others than the account that publishes may
    read it."""
    if not key.is_file():
        raise Refused(N_("there is no signing key %(key)s"), key=key)
    about = key.stat()
    if about.st_uid != pwd.getpwnam(publisher).pw_uid or about.st_mode & 0o077:
        raise Refused(
            N_(
                "%(key)s must belong to %(account)s, and nobody else may read it (chown %(account)s "
                "%(key)s; chmod 600 %(key)s). If the account that builds could read it until now, make "
                "a new one: docs/operators.md, “After a theft”"
            ),
            key=key,
            account=publisher,
        )


def let_publish(accounts: Accounts, command: Sequence[str]) -> None:
    """Let the account that receives run a command as the other. Raises ``Refused`` if one of them
    cannot do its part."""
    _allow(accounts, command)
    for name, asked in (
        (accounts.publisher, [*command[:1], "hook", "take", "--help"]),
        (accounts.receiver, ["sudo", "-n", "-l", *as_account(accounts.publisher)[2:], *command]),
    ):
        _require(name, asked)


def _give(path: Path, account: str) -> None:
    _run("chown", "-R", "--no-dereference", f"{account}:", path)


def _allow(accounts: Accounts, command: Sequence[str]) -> None:
    """Write a file for sudo that allows this command with exactly these arguments. Raises
    ``Refused`` or ``OSError``."""
    line = f"{accounts.receiver} ALL=({accounts.publisher}) NOPASSWD: {' '.join(command)}\n"
    SUDOERS.mkdir(mode=0o750, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=SUDOERS, prefix=".", delete=False) as file:
        file.write(f"# Written by saig hook install.\n{line}")
    temporary = Path(file.name)
    try:
        _run("visudo", "-c", "-q", "-f", temporary)
        temporary.chmod(0o440)
        os.replace(temporary, SUDOERS / f"saig-{accounts.receiver}")
    finally:
        temporary.unlink(missing_ok=True)


def _require(name: str, command: Sequence[str]) -> None:
    """Run a command as an account. Raises ``Refused`` if it fails."""
    account = pwd.getpwnam(name)
    found = subprocess.run(
        command,
        user=account.pw_uid,
        group=account.pw_gid,
        extra_groups=[],
        env={**_ENVIRONMENT, "HOME": account.pw_dir},
        cwd="/",
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    if found.returncode:
        raise Refused(
            N_("the account %(account)s cannot run %(command)s: %(reason)s"),
            account=name,
            command=" ".join(command),
            reason=(found.stderr or found.stdout).strip()[-300:] or "?",
        )


def _run(*command: str | Path) -> None:
    """Run a command. Raises ``Refused`` if it fails."""
    found = subprocess.run(
        [str(part) for part in command],
        env={**os.environ, **_ENVIRONMENT},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    if found.returncode:
        raise Refused(
            N_("%(command)s failed: %(reason)s"),
            command=command[0],
            reason=found.stderr.strip()[-300:] or found.returncode,
        )
