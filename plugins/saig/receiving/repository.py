"""The bare repository that is pushed to, read with Git."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from .. import git as asked
from ..git import Tracked, is_object, tracked_in
from ..refusal import Refused
from ..words import N_

BRANCHES = "refs/heads/"


CONTENT = "content"
"""The folder of the notes. Everything else in a commit is code."""

_FOLDER = "040000 "
_CODE = ("--", f":(exclude,top){CONTENT}")


LISTED = 64 << 20
"""The most bytes of a list of files: enough for half a million."""

SECONDS = 600
"""The most seconds for one command of Git, which may write whole trees."""


class GitRefused(Refused):
    """Git could not do what was asked; the message is Git's."""


@dataclass(frozen=True)
class Update:
    """A line of a hook's input: the ``old`` and the ``new`` commit of a ref; None if the ref did not
    exist, or is deleted."""

    old: str | None
    new: str | None
    ref: str

    @property
    def branch(self) -> str | None:
        """The branch that is pushed to; None for tags and other refs, of which nothing is built."""
        return self.ref.removeprefix(BRANCHES) if self.ref.startswith(BRANCHES) else None


def updates(given: bytes) -> list[Update]:
    """The updates in a hook's standard input."""
    lines = [os.fsdecode(line).split(" ", 2) for line in given.split(b"\n") if line]
    return [Update(_commit(old), _commit(new), ref) for old, new, ref in lines]


def _commit(name: str) -> str | None:
    return name if name.strip("0") else None


def quarantine(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment variable with which Git finds the objects of a push that is not accepted yet
    (githooks(5), pre-receive); empty if there is no such push. With ``GIT_QUARANTINE_PATH`` itself
    Git would refuse to write refs in any repository."""
    folder = environment.get("GIT_QUARANTINE_PATH")
    return {"GIT_ALTERNATE_OBJECT_DIRECTORIES": folder} if folder else {}


def git(*arguments: str | Path, more: Mapping[str, str] | None = None, given: str = "") -> str:
    """The output of a Git command, without space at its ends. ``more``: variables for its
    environment; ``given``: its input. Raises ``GitRefused``."""
    try:
        return asked.git(*arguments, more=more, given=given, seconds=SECONDS).strip()
    except asked.GitFailed as error:
        raise git_failed(error) from None


def git_failed(error: Exception) -> GitRefused:
    return GitRefused(N_("Git says: %(reason)s"), reason=error)


def _is_notes(entry: str) -> bool:
    return entry.startswith(_FOLDER) and entry.endswith(f"\t{CONTENT}")


@dataclass(frozen=True)
class Repository:
    """A bare repository. ``quarantine``: see the function of that name. Methods raise ``GitRefused``
    if Git cannot do what is asked, unless they can return None."""

    folder: Path
    quarantine: Mapping[str, str] = field(default_factory=dict)

    @property
    def layout(self) -> Path:
        """The folder in it for Saig's own files. Git does not use that name."""
        return self.folder / "saig"

    @property
    def objects(self) -> Path:
        return self.folder / "objects"

    def git(self, *arguments: str, given: str = "") -> str:
        return git(f"--git-dir={self.folder}", *arguments, more=self.quarantine, given=given)

    @property
    def object_format(self) -> str:
        """``sha1`` or ``sha256``."""
        return self.git("rev-parse", "--show-object-format")

    def settings(self) -> dict[str, str]:
        """All settings ``saig.<name>`` of its configuration, by name. Read with one command, as a push
        needs more than a dozen."""
        listed = self._maybe("config", "-z", "--get-regexp", r"^saig\.") or ""
        lines = (line.partition("\n") for line in listed.split("\0"))
        said = {name.removeprefix("saig."): value.strip() for name, _, value in lines}
        return {name: value for name, value in said.items() if value}

    def setting(self, name: str) -> str | None:
        """The setting ``saig.<name>``; None if it is not set."""
        return self.configured(f"saig.{name}")

    def configured(self, name: str) -> str | None:
        """Any value of its configuration; None if it is not set."""
        return self._maybe("config", "--get", name)

    def configure(self, name: str, value: str) -> None:
        self.git("config", name, value)

    def default_branch(self) -> str:
        """The branch that a clone checks out."""
        return self.git("symbolic-ref", "--short", "HEAD")

    def branches(self) -> list[str]:
        listed = self.git("for-each-ref", "--format=%(refname)%00", BRANCHES)
        # A name may contain characters such as U+2028, at which ``splitlines`` splits.
        refs = (ref.removeprefix("\n") for ref in listed.split("\0"))
        return [ref.removeprefix(BRANCHES) for ref in refs if ref]

    def head(self, branch: str) -> str | None:
        """The commit of a branch; None if there is no such branch."""
        return self._object(f"{BRANCHES}{branch}^{{commit}}")

    def tree(self, commit: str | None) -> str | None:
        """The tree of a commit, a digest of all its files; None if there is no such commit here."""
        return self._object(f"{commit}^{{tree}}") if commit else None

    def same_tree(self, one: str | None, other: str | None) -> bool:
        """Whether two commits exist and have the same files."""
        return bool(one and other) and self.tree(one) == self.tree(other) is not None

    def tracked(self, commit: str) -> list[Tracked]:
        """All files of a commit. Raises ``Refused`` if there are too many, as a small push can have
        any number."""
        asked_for = (f"--git-dir={self.folder}", "ls-tree", "-r", "-z", "--full-tree", commit)
        try:
            return tracked_in(asked.git_at_most(LISTED, *asked_for, more=self.quarantine))
        except asked.TooMuch:
            raise Refused(N_("%(commit)s has too many files"), commit=commit) from None
        except asked.GitFailed as error:
            raise git_failed(error) from None

    def sizes(self, objects: Iterable[str]) -> dict[str, int]:
        """Object -> bytes, without objects that do not exist here."""
        form = "--batch-check=%(objectname) %(objectsize)"
        listed = self.git("cat-file", form, "--buffer", given="\n".join(objects))
        lines = (line.split(" ") for line in listed.splitlines())
        return {name: int(size) for name, size in lines if size.isdecimal()}

    def code(self, commit: str) -> frozenset[str]:
        """The code of a commit: the entries of its top folder, with mode and digest, without the
        notes' folder. A ``content`` that is not a folder is code."""
        return frozenset(entry for entry in self._entries(commit) if not _is_notes(entry))

    def notes(self, commit: str) -> str | None:
        """The entry of the notes' folder in a commit; None if it has none."""
        return next(filter(_is_notes, self._entries(commit)), None)

    def _entries(self, commit: str) -> list[str]:
        listed = self.git("ls-tree", "-z", "--full-tree", commit)
        return [entry for entry in listed.split("\0") if entry]

    def parents(self, commit: str) -> list[str]:
        return self.git("rev-list", "--parents", "--max-count=1", commit).split()[1:]

    def is_ancestor(self, one: str, other: str) -> bool:
        """Whether a commit is another one, or comes before it."""
        return not self.git("rev-list", "--max-count=1", one, f"^{other}")

    def new_commits_with_code(self, new: str) -> list[str]:
        """The commits, up to this one, that are on no branch yet and differ in code from one of their
        parents."""
        return self.git("rev-list", "--full-history", new, "--not", "--branches", *_CODE).split()

    def line_with_code(self, old: str, new: str) -> list[str]:
        """The commits after ``old`` up to ``new``, along first parents, that change code."""
        return self.git("rev-list", "--first-parent", new, f"^{old}", *_CODE).split()

    def history(self, commit: str) -> frozenset[str]:
        """A commit and all commits before it."""
        return frozenset(self.git("rev-list", commit).splitlines())

    def changed(self, old: str, new: str) -> Iterable[str]:
        """The paths of the files that differ between two commits; empty if Git cannot compare them."""
        listed = self._maybe("diff-tree", "-r", "-z", "--name-only", old, new) or ""
        return filter(None, listed.split("\0"))

    def _object(self, name: str) -> str | None:
        found = self._maybe("rev-parse", "--verify", "--quiet", "--end-of-options", name)
        return found if found and is_object(found) else None

    def _maybe(self, *arguments: str) -> str | None:
        try:
            return self.git(*arguments) or None
        except GitRefused:
            return None
