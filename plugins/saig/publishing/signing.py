"""Signatures of the record's lines, made and checked by OpenSSH's ``ssh-keygen -Y`` (its file
``PROTOCOL.sshsig``), so that who checks them needs nothing of ours."""

from __future__ import annotations

import base64
import hashlib
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from ..words import N_
from . import durable
from .refusal import Refused

NAMESPACE = "saig-publication"
"""What a signature is for: one made for anything else does not count."""

IDENTITY = "saig"
"""The name that ``allowed_signers`` gives to whoever may sign."""

SECONDS = 60
"""A key in an agent or on a token may wait for a finger."""

_PUBLIC = re.compile(r"(?:sk-)?(?:ssh|ecdsa)-[a-z0-9@.-]+ [A-Za-z0-9+/=]+")


@dataclass(frozen=True)
class Signer:
    """A key to sign with: a private key's file, or a public one's whose agent has the other half."""

    key: Path
    public: str

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.public)

    def sign(self, line: bytes) -> bytes:
        """The armoured signature of a line. Raises ``Refused`` where ``ssh-keygen`` gives none."""
        return _keygen("-Y", "sign", "-q", "-f", str(self.key), "-n", NAMESPACE, given=line)


def signer(key: Path) -> Signer:
    """Read a key. Raises ``Refused`` for what is none, before anything is built."""
    if not key.is_file():
        raise Refused(N_("there is no signing key %(key)s"), key=key)
    for path in (key, key.with_name(f"{key.name}.pub")):
        try:
            found = _PUBLIC.match(path.read_text("ascii"))
        except (OSError, UnicodeDecodeError):
            continue
        if found:
            return Signer(key, found[0])
    found = _PUBLIC.match(_keygen("-y", "-f", str(key)).decode("ascii", "replace"))
    if not found:
        raise Refused(N_("%(key)s is no signing key"), key=key)
    return Signer(key, found[0])


def fingerprint(public: str) -> str:
    """As ``ssh-keygen -l`` writes it: the SHA-256 of the public key's blob (RFC 4253 §6.6), base64."""
    blob = base64.b64decode(public.split()[1])
    return "SHA256:" + base64.b64encode(hashlib.sha256(blob).digest()).decode().rstrip("=")


def add_allowed_signer(signers: Path, public: str) -> None:
    """Add a public key to the file of allowed ones. Earlier keys stay: they signed earlier lines."""
    line = f'{IDENTITY} namespaces="{NAMESPACE}" {public}'
    known = signers.read_text("utf-8") if signers.exists() else ""
    if line not in known.splitlines():
        durable.write(signers, f"{known}{line}\n".encode())


def verified_signer(signers: Path, signature: Path, line: bytes) -> str | None:
    """The fingerprint of the allowed key that signed these bytes; None if none did. Raises
    ``Refused`` where there is no ``ssh-keygen``, or it does not answer in ``SECONDS``."""
    arguments = ("-f", str(signers), "-I", IDENTITY, "-n", NAMESPACE, "-s", str(signature))
    done = _run("-Y", "verify", *arguments, given=line)
    found = re.search(r"SHA256:[A-Za-z0-9+/]+", done.stdout.decode("utf-8", "replace"))
    return found[0] if found and done.returncode == 0 else None


def _keygen(*arguments: str, given: bytes = b"") -> bytes:
    done = _run(*arguments, given=given)
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["?"]
        raise Refused(N_("ssh-keygen: %(reason)s"), reason=said[-1])
    return done.stdout


def _run(*arguments: str, given: bytes) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            ["ssh-keygen", *arguments], input=given, capture_output=True, timeout=SECONDS
        )
    except FileNotFoundError:
        raise Refused(N_("signatures need OpenSSH: there is no ssh-keygen here")) from None
    except subprocess.TimeoutExpired:
        raise Refused(
            N_("ssh-keygen did not answer within %(seconds)d s"), seconds=SECONDS
        ) from None
