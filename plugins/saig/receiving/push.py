"""A push: what of it is refused, and what is published of what was not."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ..notes.forbidden_files import tracked_problems
from ..progress import Progress
from ..publishing.lock import locked
from ..publishing.previous_index import write_previous_index
from ..publishing.record_io import load
from ..publishing.refusal import Refused
from ..report import as_text
from ..words import N_
from .desk import Desk, Target, Tree
from .environments import python_for
from .names import safe_name
from .repository import REPLACEMENTS, Repository, Update
from .run import run
from .told import changes
from .trees import lay_out, stand_at

SAIG = "scripts/saig"
CONTENT = "content"
GOING = "."
"""Before the name of a preview that is being removed."""


@dataclass(frozen=True)
class Receiver:
    """A repository that publishes what it is pushed. ``tell``: a line, as another program said it."""

    repository: Repository
    desk: Desk
    progress: Progress
    tell: Callable[[str], None]

    def accept(self, updates: Iterable[Update]) -> None:
        """Refuse a push that would break the public site, before any branch has moved."""
        for update in updates:
            if update.ref.startswith(REPLACEMENTS) and update.new:
                message = N_("%(ref)s would show another commit than the one that is named")
                raise Refused(message, ref=update.ref)
            if update.branch != self.desk.public.branch:
                continue
            if update.new is None:
                message = N_("%(branch)s is the public site and cannot be deleted")
                raise Refused(message, branch=update.branch)
            if not self.repository.same_tree(update.old, update.new):
                self._check(update.new)

    def _check(self, commit: str) -> None:
        tree = self.desk.check
        self._refuse_caches(commit)
        with self._locked(tree, N_("Another push is being checked; waiting for it")):
            self.progress.step(N_("Checking what was pushed"))
            lay_out(self.repository, tree.folder, commit)
            if self._saig(tree, "check", "--production", *self._previous(tree)) != 0:
                raise Refused(
                    N_(
                        "The push is refused; the site and the branch %(branch)s are as they were. "
                        "Put right what is said above, commit, and push again"
                    ),
                    branch=self.desk.public.branch,
                )

    def _refuse_caches(self, commit: str) -> None:
        """Before any code of the commit runs, which could come from one."""
        problems = tracked_problems(self.repository.tracked(commit), CONTENT)
        if problems:
            for line in as_text(problems, self.progress.lang).splitlines():
                self.tell(line)
            raise Refused(N_("What was pushed brings a cache along, or a repository in its notes"))

    def publish(self, updates: Iterable[Update]) -> bool:
        """Publish the branches that were pushed, the public one first. Whether all were."""
        pushed = {update.branch for update in updates if update.branch and update.new}
        targets = sorted(map(self.desk.target, pushed), key=lambda target: not target.is_public)
        done = [self._publish(target) for target in targets]
        self._sweep()
        return all(done)

    def publish_again(self) -> bool:
        """Publish the public branch as on this day."""
        return self._publish(self.desk.public, again=True)

    def _publish(self, target: Target, *, again: bool = False) -> bool:
        with self._locked(target.tree, N_("Another push is being published; waiting for it")):
            # Not the commit that the hook was told: meanwhile the branch may be further on.
            head = self.repository.head(target.branch)
            if head is None:  # deleted, and its preview to be swept; or not there yet
                self.progress.step(N_("There is no branch %(branch)s"), branch=target.shown)
                return not again
            try:
                return self._publish_head(target, head, again=again)
            except (Refused, OSError) as error:
                said = error.said(self.progress.lang) if isinstance(error, Refused) else error
                self.tell(str(said))
                return self._failed(target)

    def _publish_head(self, target: Target, head: str, *, again: bool) -> bool:
        chain = load(target.layout)
        before = chain.last
        stands = before and before.release == target.layout.current_release()
        same = self.repository.same_tree(before.commit if before else None, head)
        if again and before and before.kind == "rollback" and not same:
            message = N_("The site was rolled back to %(release)s; the next push is published")
            self.progress.step(message, release=before.release)
            return True
        if before and stands and same and not before.differs and not again:
            self.progress.step(
                N_("%(branch)s is public as it is: %(url)s"),
                branch=target.shown,
                url=f"{before.site}/",
            )
            return True
        self._refuse_caches(head)
        lay_out(self.repository, target.tree.folder, head)
        stand_at(target.tree.folder, head)
        code = self._saig(target.tree, "publish", target.layout.root, *self._how(target))
        after = load(target.layout).last
        # One that was killed when all was done has published.
        current = target.layout.current_release()
        done = after and after != before and after.release == current and after.commit == head
        if code != 0 and not done:
            return self._failed(target)
        if after and not target.is_public:
            message = N_("Preview of %(branch)s: %(url)s")
            self.progress.step(message, branch=target.shown, url=f"{after.site}/")
        elif after and after != before:
            old = before.commit if before else None
            files = self.repository.changed(old, head) if old else ()
            for message, values in changes(after, target.layout.current, set(files)):
                self.progress.step(message, **values)
        return True

    def _how(self, target: Target) -> Iterator[str | Path]:
        """The options of ``saig publish``."""
        if not target.is_public:
            yield from (f"--preview={target.shown}", "--keep=1", *self._previous(target.tree))
        elif self.desk.settings.key:
            yield from ("--key", self.desk.settings.key)

    def _previous(self, tree: Tree) -> tuple[str | Path, ...]:
        """The option that says what was ever public, for what is wrong in a tree without it."""
        public = self.desk.public.layout
        index = write_previous_index(public, load(public), "", tree.index)
        return ("--previous", index) if index else ()

    def _failed(self, target: Target) -> bool:
        if target.is_public:
            message = N_(
                "%(branch)s was accepted, but NOT PUBLISHED: the site is as it was. Push a correction; "
                "or, once what is said above is put right on the server, run there: "
                "saig hook publish %(repository)s"
            )
        else:
            message = N_("%(branch)s was accepted, but its preview is as it was. Push a correction")
        self.progress.step(message, branch=target.shown, repository=self.repository.folder)
        return False

    def _sweep(self) -> None:
        """Remove the previews of branches that are no more, whoever should have done so."""
        for path in self.desk.previews():
            if path.name.startswith(GOING):
                shutil.rmtree(path, ignore_errors=True)
            elif path.name not in self._names():
                self._remove(path.name)

    def _names(self) -> set[str]:
        branches = self.repository.branches()
        return {safe_name(branch) for branch in branches if branch != self.desk.public.branch}

    def _remove(self, name: str) -> None:
        tree, layout = self.desk.preview_of(name)
        with self._locked(tree, N_("Another push is being published; waiting for it")):
            if name in self._names():
                return  # the branch is back
            if layout.root.is_dir():
                gone = layout.root.with_name(f"{GOING}{name}")  # in one step, for who is reading
                shutil.rmtree(gone, ignore_errors=True)
                os.rename(layout.root, gone)
                shutil.rmtree(gone)
                self.progress.step(N_("The preview %(name)s is removed"), name=name)
            shutil.rmtree(tree.folder, ignore_errors=True)
            tree.index.unlink(missing_ok=True)

    def _saig(self, tree: Tree, *arguments: str | Path) -> int:
        """The command of a tree, with what that tree asks for."""
        program = tree.folder / SAIG
        if not program.is_file():
            raise Refused(N_("there is no %(file)s: what was pushed is no Saig project"), file=SAIG)
        python = python_for(
            tree.folder, self.desk.environments, self.desk.trees(), self.progress, self.tell
        )
        lang = ("--lang", self.desk.settings.lang) if self.desk.settings.lang else ()
        return run([python, program, *arguments, *lang], tree.folder, self.tell)

    def _locked(self, tree: Tree, waiting: str) -> AbstractContextManager[None]:
        tree.lock.parent.mkdir(parents=True, exist_ok=True)
        return locked(tree.lock, partial(self.progress.step, waiting))
