"""Handles a push: refuses what is not allowed or wrong, and publishes the rest."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ..notes.forbidden_files import pushed_problems
from ..progress import Progress
from ..publishing.lock import locked
from ..publishing.previous_index import write_previous_index
from ..publishing.record_io import load
from ..refusal import Refused
from ..report import as_text
from ..shipped import IS_INSTALLED, ROOT
from ..words import N_
from .handover import BEING_REMOVED, Handover, finished_site, hand_over
from .hook_layout import Destination, HookLayout, Worktree
from .limits import too_large
from .permissions import require_permission
from .preview_names import preview_name
from .push_report import report_lines
from .pusher import Pusher
from .quota import no_room
from .repository import CONTENT, Repository, Update
from .run import run
from .sandbox import ALWAYS, Place, Sandbox, python, sandbox
from .tree_program import program_for
from .worktrees import check_out, set_head

MARGIN = 60
"""Seconds for which a lock may be held beside the time of a build."""


@dataclass(frozen=True)
class Receiver:
    """A repository that publishes what is pushed to it. ``signers``: the file of maintainers' keys;
    ``tell``: gets the lines that other programs print. Methods raise ``GitRefused`` if Git cannot
    do what is asked."""

    repository: Repository
    layout: HookLayout
    signers: Path
    progress: Progress
    tell: Callable[[str], None]

    def accept(self, updates: Sequence[Update], pusher: Pusher) -> None:
        """Raise ``Refused`` if a push is not allowed, or would break the public site. No branch has
        moved yet. Code of the push runs only after all of it has been allowed."""
        public = self.layout.public.branch
        for update in updates:
            require_permission(self.repository, update, pusher, public, self.signers)
            if update.branch and update.new:
                self._refuse_forbidden(update.new)
        for update in updates:
            if update.branch != public:
                continue
            if update.new is None:
                message = N_("%(branch)s is the public site and cannot be deleted")
                raise Refused(message, branch=update.branch)
            if not self.repository.same_tree(update.old, update.new):
                self._check(update.new)

    def _check(self, commit: str) -> None:
        """Run ``saig check`` on a commit. Raises ``Refused`` if it finds errors."""
        worktree = self.layout.check
        with self._locked(worktree, N_("Another push is being checked; waiting for it")):
            self.progress.step(N_("Checking what was pushed"))
            check_out(self.repository, worktree.folder, commit)
            previous = self._previous_option(worktree)
            if self._saig(worktree, "check", "--production", *previous) != 0:
                raise Refused(
                    N_(
                        "The push is refused; the site and the branch %(branch)s are as they were. "
                        "Put right what is said above, commit, and push again"
                    ),
                    branch=self.layout.public.branch,
                )

    def _refuse_forbidden(self, commit: str) -> None:
        """Raise ``Refused`` if a commit is too large, or has files that no commit may have, such as
        a cache or links among the notes. No code runs, and no file is written, before that."""
        files = self.repository.tracked(commit)
        sizes = self.repository.sizes({file.content for file in files})
        if beyond := too_large(files, sizes, self.layout.settings.limits):
            message, values = beyond
            raise Refused(message, **values)
        problems = pushed_problems(files, CONTENT)
        if problems:
            for line in as_text(problems, self.progress.lang).splitlines():
                self.tell(line)
            raise Refused(
                N_("What was pushed brings along what may be in no commit: nothing of it was run")
            )

    def publish(self, updates: Iterable[Update]) -> bool:
        """Publish the branches that were pushed, the public one first. Returns whether all were."""
        pushed = {update.branch for update in updates if update.branch and update.new}
        public = self.layout.settings.branch
        published = [self._publish(self.layout.public)] if public in pushed else []
        self._remove_stale_previews()  # their number is limited (quota.py)
        for branch in sorted(pushed - {public}):
            published.append(self._publish(self.layout.destination(branch)))
        return all(published)

    def publish_again(self) -> bool:
        """Publish the public branch again, as of today. Returns whether it was."""
        return self._publish(self.layout.public, again=True)

    def _publish(self, destination: Destination, *, again: bool = False) -> bool:
        """Publish a branch, and report failures. Returns whether it was, or need not be.
        ``again``: even if nothing changed."""
        waiting = N_("Another push is being published; waiting for it")
        try:
            with self._locked(destination.worktree, waiting):
                # Not the commit of the push, as the branch may have moved on meanwhile.
                head = self.repository.head(destination.branch)
                if head is None:  # deleted, so its preview is removed later; or there is none yet
                    message = N_("There is no branch %(branch)s")
                    self.progress.step(message, branch=destination.shown)
                    return not again
                return self._publish_head(destination, head, again=again)
        except (Refused, OSError) as error:
            said = error.said(self.progress.lang) if isinstance(error, Refused) else error
            self.tell(str(said))
            return self._report_failure(destination)

    def _publish_head(self, destination: Destination, head: str, *, again: bool) -> bool:
        chain = load(destination.layout)
        before = chain.last_change
        is_current = before and before.release == destination.layout.current_release()
        same = self.repository.same_tree(before.commit if before else None, head)
        if again and before and before.kind == "rollback" and not same:
            message = N_("The site was rolled back to %(release)s; the next push is published")
            self.progress.step(message, release=before.release)
            return True
        if before and is_current and same and not before.differs and not again:
            self.progress.step(
                N_("%(branch)s is public as it is: %(url)s"),
                branch=destination.shown,
                url=f"{before.site}/",
            )
            return True
        if full := no_room(self.layout, self.repository, destination):
            for message, values in full:
                self.progress.step(message, **values)
            return False
        self._refuse_forbidden(head)
        check_out(self.repository, destination.worktree.folder, head, self._code_for(destination))
        set_head(destination.worktree.folder, head)
        if self._saig(destination.worktree, *self._build(destination, head)) != 0:
            return self._report_failure(destination)
        code = self._publish_built(destination, head)
        after = load(destination.layout).last_change
        # If it failed only after the switch, while it tidied up, the site is published.
        current = destination.layout.current_release()
        published = after and after != before and after.release == current and after.commit == head
        if code != 0 and not published:
            return self._report_failure(destination)
        if after and not destination.is_public:
            message = N_("Preview of %(branch)s: %(url)s")
            self.progress.step(message, branch=destination.shown, url=f"{after.site}/")
        elif after and after != before:
            old = before.commit if before else None
            files = self.repository.changed(old, head) if old else ()
            for message, told in report_lines(after, destination.layout.current, set(files)):
                self.progress.step(message, **told)
        return True

    def _code_for(self, destination: Destination) -> str | None:
        """The commit whose code builds a branch; None if it is its own. Previews are built with the
        code of the public branch. Raises ``Refused`` if there is none."""
        if destination.is_public:
            return None
        public = self.layout.public.branch
        if code := self.repository.head(public):
            return code
        raise Refused(
            N_("there is no branch %(branch)s yet: a maintainer pushes it first"), branch=public
        )

    def _build(self, destination: Destination, head: str) -> list[str | Path]:
        """The arguments of the command that builds a branch. For a preview, addresses count as
        vanished only if they were published from the branch's own history."""
        kind, known = "--production", None
        if not destination.is_public:
            kind, known = f"--preview={destination.shown}", self.repository.history(head)
        worktree = destination.worktree
        previous = self._previous_option(worktree, known)
        return ["build", kind, "--output", worktree.site, *previous]

    def _publish_built(self, destination: Destination, head: str) -> int:
        """Hand over what was built. Returns the exit code of the program that publishes."""
        folder = destination.worktree.site
        site = finished_site(folder, head)
        return self._hand_over(Handover(preview=destination.preview, site=site), folder)

    def _hand_over(self, handover: Handover, folder: Path) -> int:
        return hand_over(self.layout.settings.publish, handover, folder, self.tell)

    def _previous_option(
        self, worktree: Worktree, commits: Container[str] | None = None
    ) -> list[str | Path]:
        """The option that names an index of what was ever public, so that the check finds vanished
        addresses; empty if nothing was. ``commits``: see ``write_previous_index``."""
        public = self.layout.public.layout
        index = write_previous_index(public, load(public), "", worktree.index, commits)
        return ["--previous", index] if index else []

    def _report_failure(self, destination: Destination) -> bool:
        """Say that a branch was not published. Returns False."""
        if destination.is_public:
            message = N_(
                "%(branch)s was accepted, but NOT PUBLISHED: the site is as it was. Push a correction; "
                "or, once what is said above is put right on the server, run there: "
                "saig hook publish %(repository)s"
            )
        else:
            message = N_("%(branch)s was accepted, but its preview is as it was. Push a correction")
        self.progress.step(message, branch=destination.shown, repository=self.repository.folder)
        return False

    def _remove_stale_previews(self) -> None:
        """Remove the previews of deleted branches, also those that a killed hook left."""
        there = {path.name for path in self.layout.previews()}
        for name in sorted(there - self._preview_names()):
            if name.startswith(BEING_REMOVED):
                self._hand_over(Handover(), self.layout.root)
            else:
                self._remove(name)

    def _preview_names(self) -> set[str]:
        branches = self.repository.branches()
        return {preview_name(branch) for branch in branches if branch != self.layout.public.branch}

    def _remove(self, name: str) -> None:
        worktree, layout = self.layout.preview_of(name)
        with self._locked(worktree, N_("Another push is being published; waiting for it")):
            if name in self._preview_names():
                return  # the branch is back
            if layout.root.is_dir():
                self._hand_over(Handover(preview=name), layout.root)
            shutil.rmtree(worktree.folder, ignore_errors=True)
            worktree.index.unlink(missing_ok=True)

    def _saig(self, worktree: Worktree, *arguments: str | Path) -> int:
        """Run Saig on a work tree, with the libraries that are installed here. Returns its exit
        code."""
        program = program_for(worktree.folder)
        command = [*program, *arguments, "--lang", self.progress.lang]
        place = self._place(worktree)
        ended = run(command, place, self.layout.settings.limits, self._sandbox(), self.tell)
        if ended.beyond:
            message, values = ended.beyond
            self.progress.step(message, **values)
        return ended.code

    def _place(self, worktree: Worktree) -> Place:
        """What code of a work tree may read and write: the work tree, but its ``.git`` only to read,
        as Git will use that afterwards, except the cache in it."""
        worktree.remembered.mkdir(exist_ok=True)
        beside = [worktree.index] if worktree.index.is_file() else []
        of_git = worktree.folder / ".git"
        own = () if IS_INSTALLED else (ROOT / name for name in ("plugins", "scripts", "theme"))
        seen = (of_git, self.repository.objects, *own, *python(), *beside)
        return Place(worktree.folder, seen, (worktree.folder, worktree.remembered))

    def _sandbox(self) -> Sandbox:
        """The sandbox, as the settings want it. Raises ``Refused`` if they require one and there is
        none."""
        wanted = self.layout.settings.sandbox
        found = sandbox(wanted)
        if not found.program:
            message, values = found.lacking
            self.progress.step(message, **values)
            if wanted == ALWAYS:
                raise Refused(N_("Nothing that is pushed runs here without a sandbox"))
            self.progress.step(
                N_("Without a sandbox what is pushed may read and write all that this account may")
            )
        return found

    @contextmanager
    def _locked(self, worktree: Worktree, waiting: str) -> Iterator[None]:
        """Hold the lock of a work tree. Raises ``Refused`` if another push holds it for longer than
        that may take."""
        worktree.lock.parent.mkdir(parents=True, exist_ok=True)
        seconds = self.layout.settings.limits.seconds + MARGIN
        try:
            with locked(worktree.lock, partial(self.progress.step, waiting), at_most=seconds):
                yield
        except TimeoutError:
            raise Refused(
                N_("Another push was still at work after %(seconds)d seconds: push again later"),
                seconds=seconds,
            ) from None
