"""Who may push, and in which role: two files that OpenSSH reads, beside the repository.

::

    FOLDER/.ssh/authorized_keys   each key, and the one program that it may run (sshd(8))
    FOLDER/.ssh/allowed_signers   the keys of maintainers, for commits (ssh-keygen(1))
    FOLDER/people.log             who was added, changed and removed, and when

FOLDER contains the repository, and is the home of the account that receives.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from ..publishing import durable
from ..publishing.clock import timestamp
from ..publishing.layout import account
from ..publishing.record_io import now
from ..publishing.signing import fingerprint
from ..refusal import Refused
from ..words import N_
from .pusher import Role

PROGRAM = "deploy/saig-receive"
"""The program of Saig that a key runs."""

NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,31}")
PLAIN_PATH = re.compile(r"[A-Za-z0-9/._+@-]+")
"""A path that can be written into files of OpenSSH and sudo as it is."""

_KEY = re.compile(r"(?:sk-)?(?:ssh|ecdsa)-[a-z0-9@.-]+ [A-Za-z0-9+/=]+")
_LINE = re.compile(
    rf'command="[^" ]+ (?P<role>editor|maintainer) (?P<name>{NAME.pattern}) [^" ]+",restrict '
    rf"(?P<key>{_KEY.pattern}) (?P=name)"
)
_SIGNER = re.compile(rf'(?P<name>{NAME.pattern}) namespaces="git" (?P<key>{_KEY.pattern})')


@dataclass(frozen=True)
class Person:
    """Somebody who may push. ``keys``: the public keys that push, each as kind and base64;
    ``signing``: the keys with which a maintainer signs, if they are others."""

    name: str
    role: Role
    keys: tuple[str, ...]
    signing: tuple[str, ...] = ()

    @property
    def signers(self) -> tuple[str, ...]:
        """The keys whose signatures count."""
        return (self.signing or self.keys) if self.role == "maintainer" else ()

    @property
    def fingerprints(self) -> str:
        """The fingerprints of the keys, for the log."""
        pushes = " ".join(map(fingerprint, self.keys))
        signs = " ".join(map(fingerprint, self.signing))
        return f"{pushes} signs with {signs}" if signs else pushes


@dataclass(frozen=True)
class People:
    """The people of a repository. ``checkout``: the folder of Saig, with the program that their
    keys run. Methods raise ``OSError`` if a file cannot be read or written."""

    repository: Path
    checkout: Path

    @property
    def _folder(self) -> Path:
        return self.repository.parent / ".ssh"

    @property
    def keys(self) -> Path:
        return self._folder / "authorized_keys"

    @property
    def signers(self) -> Path:
        return self._folder / "allowed_signers"

    @property
    def log(self) -> Path:
        return self.repository.parent / "people.log"

    def all(self) -> list[Person]:
        """All people, sorted by name. Raises ``Refused`` if a key has no role, as it may do
        anything."""
        signing = self._signing()
        found: dict[str, Person] = {}
        for number, line in enumerate(_lines(self.keys), start=1):
            if not line.strip() or line.startswith("#"):
                continue
            match = _LINE.fullmatch(line)
            if not match:
                raise Refused(
                    N_(
                        "line %(number)d of %(file)s is a key without a role, which could do more than "
                        "push: move the file away (mv %(file)s %(file)s.old), run this again, and give "
                        "each person a role with “saig people add”"
                    ),
                    number=number,
                    file=self.keys,
                )
            name, role = match["name"], match["role"]
            before = found[name].keys if name in found else ()
            known: Role = "maintainer" if role == "maintainer" else "editor"
            keys = (*before, match["key"])
            signs = signing.get(name, ())
            found[name] = Person(name, known, keys, () if set(signs) <= {*keys} else signs)
        return [found[name] for name in sorted(found)]

    def _signing(self) -> dict[str, tuple[str, ...]]:
        """The keys whose signatures count, by the name of the person."""
        found: dict[str, tuple[str, ...]] = {}
        for line in _lines(self.signers):
            if match := _SIGNER.fullmatch(line):
                found[match["name"]] = (*found.get(match["name"], ()), match["key"])
        return found

    def add(
        self, name: str, role: Role, keys: Collection[str], signing: Collection[str] = ()
    ) -> None:
        """Let somebody push with these keys. Raises ``Refused`` if the name exists or is not valid,
        or if somebody else has one of the keys."""
        others = self.all()
        if any(person.name == name for person in others):
            raise Refused(N_("%(name)s is there already: saig people change"), name=name)
        self._put(others, Person(name, role, tuple(keys), tuple(signing)), "added")

    def change(
        self,
        name: str,
        role: Role | None,
        keys: Collection[str],
        signing: Collection[str] = (),
    ) -> None:
        """Change somebody's role or keys; those that are None or empty remain. Raises ``Refused`` if
        there is nobody of this name, or if somebody else has one of the keys."""
        person, others = self._of(name)
        changed = Person(
            name,
            role or person.role,
            tuple(keys) or person.keys,
            tuple(signing) or person.signing,
        )
        self._put(others, changed, "changed")

    def remove(self, name: str) -> None:
        """Remove somebody. Raises ``Refused`` if there is nobody of this name."""
        person, others = self._of(name)
        self.write(others)
        self._tell("removed", person)

    def _of(self, name: str) -> tuple[Person, list[Person]]:
        """The person of a name, and the others. Raises ``Refused`` if there is nobody."""
        people = self.all()
        person = next((person for person in people if person.name == name), None)
        if person is None:
            names = ", ".join(person.name for person in people) or "–"
            message = N_("there is nobody called %(name)s; there are: %(names)s")
            raise Refused(message, name=name, names=names)
        return person, [other for other in people if other is not person]

    def _put(self, others: list[Person], person: Person, done: str) -> None:
        if not NAME.fullmatch(person.name):
            raise Refused(
                N_("%(name)s is no name: small letters, digits, points and hyphens"),
                name=person.name,
            )
        for other in others:
            if {*other.keys, *other.signers} & {*person.keys, *person.signers}:
                message = N_("this key is that of %(name)s: each person has a key of their own")
                raise Refused(message, name=other.name)
        self.write([*others, person])
        self._tell(done, person)

    def write(self, people: Iterable[Person]) -> None:
        """Write the files of keys and of signers."""
        self._folder.mkdir(mode=0o755, exist_ok=True)
        listed = sorted(people, key=lambda person: person.name)
        command = f"{self.checkout / PROGRAM} {{}} {{}} {self.repository}"
        keys = [
            f'command="{command.format(person.role, person.name)}",restrict {key} {person.name}\n'
            for person in listed
            for key in person.keys
        ]
        signers = [
            f'{person.name} namespaces="git" {key}\n' for person in listed for key in person.signers
        ]
        durable.write(self.keys, "".join(keys).encode())
        durable.write(self.signers, "".join(signers).encode())

    def _tell(self, done: str, person: Person) -> None:
        by = os.environ.get("SUDO_USER") or account()
        line = f"{timestamp(now())} {by} {done} {person.name} {person.role} {person.fingerprints}\n"
        durable.append(self.log, line.encode())


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text("utf-8", "replace").splitlines()
    except FileNotFoundError:
        return []


def read_keys(file: Path) -> list[str]:
    """The public keys in a file, one a line, without their comments. Raises ``Refused`` if a line is
    not a public key, ``OSError`` if the file cannot be read."""
    lines = [line for line in file.read_text("utf-8", "replace").splitlines() if line.strip()]
    keys = [match[0] if (match := _KEY.match(line)) else "" for line in lines]
    known = subprocess.run(["ssh-keygen", "-l", "-f", file], capture_output=True)
    if not all(keys) or not keys or known.returncode:
        message = N_("%(file)s is no public key, such as ~/.ssh/id_ed25519.pub")
        raise Refused(message, file=shlex.quote(str(file)))
    return keys
