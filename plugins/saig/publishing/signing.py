"""Signatures of the record's lines, made and checked by OpenSSH's ``ssh-keygen -Y`` (its file
``PROTOCOL.sshsig``), so that who checks them needs nothing of ours."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import os
import re
import stat
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from ..refusal import Refused
from ..words import N_
from . import durable
from .tree import plain_bytes

NAMESPACE = "saig-publication"
"""What a signature is for: one made for anything else does not count."""

IDENTITY = "saig"
"""The name that ``allowed_signers`` gives to whoever may sign."""

SECONDS = 60
"""A key in an agent or on a token may wait for a finger."""

_PUBLIC = re.compile(r"(?:sk-)?(?:ssh|ecdsa)-[a-z0-9@.-]+ [A-Za-z0-9+/=]+")

_BEGIN, _END = "-----BEGIN SSH SIGNATURE-----", "-----END SSH SIGNATURE-----"
WIDTH = 70
"""Letters in a line of a signature, as ``ssh-keygen`` writes them."""


@dataclass(frozen=True)
class Signer:
    """A key to sign with: a private key's file, or a public one's whose agent has the other
    half."""

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
    _refuse_open(key)
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


def _refuse_open(key: Path) -> None:
    """Raise ``Refused`` for a private key that others may read: OpenSSH, too, does not sign with
    it, and says that it finds none."""
    about = key.stat()
    mode = stat.S_IMODE(about.st_mode)
    if about.st_uid != os.geteuid() or not mode & 0o077:
        return
    with key.open("rb") as file:
        if file.read(10).startswith(b"-----BEGIN"):
            raise Refused(
                N_("others may read the signing key %(key)s (mode %(mode)s): chmod 600 %(key)s"),
                key=key,
                mode=f"{mode:04o}",
            )


def fingerprint(public: str) -> str:
    """As ``ssh-keygen -l`` writes it: the SHA-256 of the public key's blob (RFC 4253 §6.6), base64.
    Raises ``ValueError`` for what is no public key."""
    if not _PUBLIC.fullmatch(public):
        raise ValueError(public)
    blob = base64.b64decode(public.split()[1])
    return "SHA256:" + base64.b64encode(hashlib.sha256(blob).digest()).decode().rstrip("=")


def allowed_line(public: str) -> str:
    """The line of ``allowed_signers`` that trusts a public key."""
    return f'{IDENTITY} namespaces="{NAMESPACE}" {public}'


def add_allowed_signer(signers: Path, public: str) -> None:
    """Add a public key to the file of allowed ones. Earlier keys stay: they signed earlier
    lines."""
    line = allowed_line(public)
    known = signers.read_text("utf-8") if signers.exists() else ""
    if line not in known.splitlines():
        durable.write(signers, f"{known}{line}\n".encode())


def allowed_keys(signers: Path) -> set[str]:
    """The fingerprints of the keys that a file of allowed ones has."""
    lines = signers.read_text("utf-8", "replace").splitlines()
    found = (_PUBLIC.search(line) for line in lines if not line.startswith("#"))
    keys: set[str] = set()
    for key in filter(None, found):
        with contextlib.suppress(ValueError):
            keys.add(fingerprint(key[0]))
    return keys


def verified_signer(signers: Path, signature: Path, line: bytes, time: str) -> str | None:
    """The fingerprint of the allowed key that signed these bytes; None if none did. ``time``: of
    the line, in UTC; what ``signers`` says of a key's time (``valid-before``) is held against it.
    Raises ``Refused`` where there is no ``ssh-keygen``, or it does not answer in ``SECONDS``."""
    if not _is_as_written(signature):
        return None
    moment = re.sub(r"\D", "", time)  # in the form that OpenSSH takes, YYYYMMDDHHMMSS
    arguments = ("-f", str(signers), "-I", IDENTITY, "-n", NAMESPACE, "-s", str(signature))
    done = _run("-Y", "verify", *arguments, f"-Overify-time={moment}", given=line)
    found = re.search(r"SHA256:[A-Za-z0-9+/]+", done.stdout.decode("utf-8", "replace"))
    return found[0] if found and done.returncode == 0 else None


def is_signed_by(public: str, signature: Path, line: bytes, time: str) -> bool:
    """Whether this very key signed these bytes, whatever keys a file allows. Raises as above."""
    with tempfile.TemporaryDirectory(prefix="saig-key-") as folder:
        signers = Path(folder) / "signers"
        signers.write_text(f"{allowed_line(public)}\n", "ascii")
        return verified_signer(signers, signature, line, time) == fingerprint(public)


def _is_as_written(signature: Path) -> bool:
    """Whether a signature is written as ``ssh-keygen`` writes it: it would overlook some changes
    that change nothing in what is signed."""
    try:
        written = (plain_bytes(signature) or b"").decode("ascii")
        inside = written.removeprefix(_BEGIN).removesuffix(f"{_END}\n")
        blob = base64.b64encode(base64.b64decode(inside)).decode()
    except ValueError:
        return False
    lines = [blob[at : at + WIDTH] for at in range(0, len(blob), WIDTH)]
    return written == "\n".join([_BEGIN, *lines, _END, ""])


def _keygen(*arguments: str, given: bytes = b"") -> bytes:
    done = _run(*arguments, given=given)
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["?"]
        raise Refused(N_("ssh-keygen: %(reason)s"), reason=said[-1])
    return done.stdout


def _run(*arguments: str, given: bytes) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            ["ssh-keygen", *arguments],
            input=given,
            capture_output=True,
            timeout=SECONDS,
            env={**os.environ, "TZ": "UTC"},  # of the times that it reads
        )
    except FileNotFoundError:
        raise Refused(N_("signatures need OpenSSH: there is no ssh-keygen here")) from None
    except subprocess.TimeoutExpired:
        raise Refused(
            N_("ssh-keygen did not answer within %(seconds)d s"), seconds=SECONDS
        ) from None
