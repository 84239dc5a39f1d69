"""Signatures of commits by SSH keys, as Git checks them (git-verify-commit(1))."""

from __future__ import annotations

from pathlib import Path

from .repository import GitFailed, Repository


def is_signed(repository: Repository, commit: str, signers: Path) -> bool:
    """Whether a key of this file alone signed it, for Git (ssh-keygen(1), ALLOWED SIGNERS)."""
    settings = {
        "gpg.format": "ssh",
        "gpg.ssh.program": "ssh-keygen",
        "gpg.ssh.allowedSignersFile": signers,
        # The signature itself says what it is: of other kinds none is good.
        "gpg.program": "false",
        "gpg.x509.program": "false",
    }
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    try:
        repository.git(*options, "verify-commit", commit)
    except GitFailed:
        return False
    return True
