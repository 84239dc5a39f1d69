"""Signatures of the record's lines, made and checked by OpenSSH's ``ssh-keygen -Y`` (its file
``PROTOCOL.sshsig``), so they can be checked without Saig."""

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
"""The purpose of a signature: one made for another purpose does not count."""

IDENTITY = "saig"
"""The name that ``allowed_signers`` gives to whoever may sign."""

SECONDS = 60
"""How long ``ssh-keygen`` may take: a key in an agent or on a token may wait for its owner."""

_PUBLIC = re.compile(r"(?:sk-)?(?:ssh|ecdsa)-[a-z0-9@.-]+ [A-Za-z0-9+/=]+")

_BEGIN, _END = "-----BEGIN SSH SIGNATURE-----", "-----END SSH SIGNATURE-----"
WIDTH = 70
"""Characters in a line of a signature, as ``ssh-keygen`` writes it."""


@dataclass(frozen=True)
class Signer:
    """A key to sign with. ``key``: the file of the private key, or of a public key whose private key
    an agent has; ``public``: the public key, kind and base64."""

    key: Path
    public: str

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.public)

    def sign(self, line: bytes) -> bytes:
        """The armoured signature of a line. Raises ``Refused`` if ``ssh-keygen`` does not make one."""
        return _keygen("-Y", "sign", "-q", "-f", str(self.key), "-n", NAMESPACE, given=line)


def signer(key: Path) -> Signer:
    """The signer of a key's file. Raises ``Refused`` if it is not a key, or if others may read it."""
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
    """Raise ``Refused`` for a private key that others may read. OpenSSH does not sign with such a
    key either, but says that there is none."""
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
    """The fingerprint of a public key, as ``ssh-keygen -l`` writes it: the SHA-256 of its blob
    (RFC 4253 §6.6), base64. Raises ``ValueError`` if it is not a public key."""
    if not _PUBLIC.fullmatch(public):
        raise ValueError(public)
    blob = base64.b64decode(public.split()[1])
    return "SHA256:" + base64.b64encode(hashlib.sha256(blob).digest()).decode().rstrip("=")


def allowed_line(public: str) -> str:
    """The line of ``allowed_signers`` that trusts a public key."""
    return f'{IDENTITY} namespaces="{NAMESPACE}" {public}'


def add_allowed_signer(signers: Path, public: str) -> None:
    """Add a public key to the file of allowed ones. Earlier keys are kept, as they signed earlier
    lines. Raises ``OSError``."""
    line = allowed_line(public)
    known = signers.read_text("utf-8") if signers.exists() else ""
    if line not in known.splitlines():
        durable.write(signers, f"{known}{line}\n".encode())


def allowed_keys(signers: Path) -> set[str]:
    """The fingerprints of the keys in a file of allowed ones."""
    lines = signers.read_text("utf-8", "replace").splitlines()
    found = (_PUBLIC.search(line) for line in lines if not line.startswith("#"))
    keys: set[str] = set()
    for key in filter(None, found):
        with contextlib.suppress(ValueError):
            keys.add(fingerprint(key[0]))
    return keys


def verified_signer(signers: Path, signature: Path, line: bytes, time: str) -> str | None:
    """The fingerprint of the allowed key that signed a line; None if none did. ``signers``: the
    file of allowed keys; ``time``: of the line, in UTC, at which the key must be valid
    (``valid-before`` in ``signers``). Raises ``Refused`` if there is no ``ssh-keygen``, or if it
    does not answer within ``SECONDS``."""
    if not _is_as_written(signature):
        return None
    moment = re.sub(r"\D", "", time)  # in the form that OpenSSH takes, YYYYMMDDHHMMSS
    arguments = ("-f", str(signers), "-I", IDENTITY, "-n", NAMESPACE, "-s", str(signature))
    done = _run("-Y", "verify", *arguments, f"-Overify-time={moment}", given=line)
    found = re.search(r"SHA256:[A-Za-z0-9+/]+", done.stdout.decode("utf-8", "replace"))
    return found[0] if found and done.returncode == 0 else None


def is_signed_by(public: str, signature: Path, line: bytes, time: str) -> bool:
    """Whether this key signed a line, whichever keys a file allows. Raises as
    ``verified_signer``."""
    with tempfile.TemporaryDirectory(prefix="saig-key-") as folder:
        signers = Path(folder) / "signers"
        signers.write_text(f"{allowed_line(public)}\n", "ascii")
        return verified_signer(signers, signature, line, time) == fingerprint(public)


def _is_as_written(signature: Path) -> bool:
    """Whether a signature's file is exactly as ``ssh-keygen`` writes it. It would accept some changes
    of the file, which therefore would go unnoticed."""
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
            env={**os.environ, "TZ": "UTC"},  # in which the times are that it reads
        )
    except FileNotFoundError:
        raise Refused(N_("signatures need OpenSSH: there is no ssh-keygen here")) from None
    except subprocess.TimeoutExpired:
        raise Refused(
            N_("ssh-keygen did not answer within %(seconds)d s"), seconds=SECONDS
        ) from None
