"""What a push may change: everybody the notes, a maintainer also the code of the public branch.

Code is everything in a commit outside the notes' folder. All branches are built with the code of
the public branch, so code is accepted only there, and only in commits after the public one: an old
signature must not bring back old code. Nothing of the push is run to decide this.
"""

from __future__ import annotations

from pathlib import Path

from ..refusal import Refused
from ..words import N_
from .pusher import Pusher
from .repository import CONTENT, GitRefused, Repository, Update

TAGS = "refs/tags/"
SHOWN = 7
"""Digits of a commit that messages show."""


def require_permission(
    repository: Repository, update: Update, pusher: Pusher, public: str, signers: Path
) -> None:
    """Raise ``Refused`` if the pusher may not push this. ``public``: the public branch;
    ``signers``: the file of maintainers' keys (ssh-keygen(1), ALLOWED SIGNERS)."""
    is_tag = update.ref.startswith(TAGS) and pusher.role == "maintainer"
    if update.branch is None and not is_tag:
        raise Refused(N_("%(ref)s is refused: only branches are accepted"), ref=update.ref)
    if update.new is None or is_tag:
        return
    if update.branch != public:
        _require_notes_alone(repository, update.new)
    elif pusher.role == "maintainer":
        _require_signatures(repository, update.old, update.new, signers)
    elif update.old is None:
        message = N_("there is no branch %(branch)s yet: a maintainer pushes it first")
        raise Refused(message, branch=public)
    else:
        _require_notes_alone(repository, update.new)
        _require_same_code(repository, update.old, update.new, public)


def _require_notes_alone(repository: Repository, new: str) -> None:
    """Raise ``Refused`` if a new commit has code that none of its parents has. For a merge, too, the
    code must be that of one of them."""
    for commit in repository.new_commits_with_code(new):
        code = repository.code(commit)
        parents = [repository.code(parent) for parent in repository.parents(commit)]
        if code not in parents:
            raise Refused(
                N_(
                    "%(commit)s changes %(path)s, and only %(folder)s may be changed: code is accepted "
                    "on the public branch alone, from maintainers"
                ),
                commit=commit[:SHOWN],
                path=_differing(code, parents[0] if parents else frozenset()),
                folder=f"{CONTENT}/",
            )


def _require_same_code(repository: Repository, old: str, new: str, branch: str) -> None:
    """Raise ``Refused`` if two commits have different code."""
    before, after = repository.code(old), repository.code(new)
    if before != after:
        raise Refused(
            N_(
                "%(commit)s has another %(path)s than %(branch)s, and only %(folder)s may be changed: "
                "get the newest %(branch)s, put your notes onto it (git pull --rebase), and push again"
            ),
            commit=new[:SHOWN],
            path=_differing(after, before),
            branch=branch,
            folder=f"{CONTENT}/",
        )


def _require_signatures(repository: Repository, old: str | None, new: str, signers: Path) -> None:
    """Raise ``Refused`` if code changes and the last commit is not signed, or one before it, along
    first parents, that changes code. Commits that a merge brings along need no signature: its own
    stands for them. Code must also come after the public code."""
    if old and repository.code(old) == repository.code(new):
        asked = repository.line_with_code(old, new)
    else:
        asked = [new, *(repository.line_with_code(old, new) if old else ())]
        if old and not repository.is_ancestor(old, new):
            message = N_(
                "%(commit)s has other code than what is public, and does not come after it: code only "
                "goes forwards. To take some back, revert it (git revert) and sign that"
            )
            raise Refused(message, commit=new[:SHOWN])
    for commit in asked:
        if not _is_signed(repository, commit, signers):
            message = N_(
                "%(commit)s changes code, and is not signed with a maintainer's key that this server "
                "knows: sign it (git commit --amend --no-edit -S) and push again"
            )
            raise Refused(message, commit=commit[:SHOWN])


def _is_signed(repository: Repository, commit: str, signers: Path) -> bool:
    """Whether a commit is signed with an SSH key in the file ``signers`` (git-verify-commit(1);
    ssh-keygen(1), ALLOWED SIGNERS)."""
    settings = {
        "gpg.format": "ssh",
        "gpg.ssh.program": "ssh-keygen",
        "gpg.ssh.allowedSignersFile": signers,
        # Git runs a program according to the kind of the signature. For other kinds than SSH it is one
        # that always fails.
        "gpg.program": "false",
        "gpg.x509.program": "false",
    }
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    try:
        repository.git(*options, "verify-commit", commit)
    except GitRefused:
        return False
    return True


def _differing(one: frozenset[str], other: frozenset[str]) -> str:
    """The first name, in the top folder, that differs between two commits' entries."""
    names = sorted(entry.partition("\t")[2] for entry in one ^ other)
    return names[0].encode("utf-8", "replace").decode() if names else CONTENT
