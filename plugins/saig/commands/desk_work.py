"""What the desk needs: the preview, and the report. Each is made in a process of its own, which may
fork, unlike the server with its threads."""

from __future__ import annotations

import contextlib
import datetime
import gc
import io
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from multiprocessing import Pipe, Process
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Generic, TypeVar

import click

from ..builder.checking import CheckResult
from ..builder.inputs import own_modules
from ..desk.state import DeskState, state_of
from ..excerpt import excerpts, lines_below
from ..notes.internal_errors import described
from ..notes.problem import Problem, in_order
from ..project_settings import BuildError
from ..refusal import Refused
from ..reporting.rows import Report
from ..site_build import Observer
from ..words import editor_language
from . import project
from .build import run
from .report import report_of

Q = TypeVar("Q")
A = TypeVar("A")

Work = Callable[[Q, Callable[[A], None]], None]
"""Answers a question: calls a function with each answer as it comes."""


class Helper(Generic[Q, A]):
    """Answers one question after the other. Questions and answers are plain data."""

    def __init__(self, work: Work[Q, A]) -> None:
        self._pipe, theirs = Pipe()
        arguments = (work, theirs, self._pipe)
        Process(target=_run, args=arguments, daemon=True).start()
        theirs.close()

    def ask(self, question: Q) -> Iterator[A]:
        """The answers, as they come. Raises ``click.ClickException`` if the process was ended from
        outside."""
        try:
            self._pipe.send(question)
            while answers := self._pipe.recv():
                yield from answers
        except (EOFError, OSError):
            raise click.ClickException("a process of saig serve was ended") from None


def _run(work: Work[Q, A], pipe: Connection, theirs: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server says when it ends
    theirs.close()
    project.tune_gc()
    while True:
        try:
            question = pipe.recv()
        except (EOFError, OSError):
            return
        work(question, lambda answer: pipe.send([answer]))
        pipe.send([])
        gc.collect()  # what the work left: nobody waits for it


@dataclass
class Builds:
    """Builds the preview for a day, or for today if none is given. Gives its state once the pages
    of the notes that changed are made, and again when all are."""

    root: Path
    port: int
    lang: str | None
    last: DeskState = field(default_factory=DeskState)
    is_first: bool = True

    def __call__(self, day: str, tell: Callable[[DeskState], None]) -> None:
        quiet = contextlib.redirect_stderr(io.StringIO())
        with contextlib.nullcontext() if self.is_first else quiet:
            built = self._build(day, tell)
        modules = {*self.last.modules, *own_modules(self.root).values()}  # one that fails is none
        self.last = replace(built, modules=sorted(modules))
        self.is_first = False
        tell(self.last)

    def _build(self, day: str, tell: Callable[[DeskState], None]) -> DeskState:
        root, last = self.root, self.last
        found = [replace(last, failure="")]

        told_of: list[CheckResult] = []

        def observe_early(checked: CheckResult) -> None:
            observe(checked, ())
            told_of.append(checked)
            tell(replace(found[0], edit=last.edit, is_done=False))

        def observe_done(checked: CheckResult, failed: Sequence[Problem], _: object) -> None:
            if failed or not told_of:  # else it is as it was told
                observe(checked, failed)

        def observe(checked: CheckResult, failed: Sequence[Problem]) -> None:
            problems = in_order([*checked.problems, *failed])
            lines = lines_below(root)
            shown = excerpts(problems, lines)
            found[0] = state_of(checked, problems, shown, lambda path: "\n".join(lines(path)), last)

        for module in own_modules(root):  # else it stays as it was imported first
            del sys.modules[module]
        try:
            settings = project.settings(
                root,
                OUTPUT_PATH=str(root / ".saig" / "preview"),
                DESK=str(root / ".saig" / "desk" / "pages"),
                SITEURL=f"http://localhost:{self.port}",
                DRAFTS=True,
                AUTORELOAD=True,
                OBSERVER=Observer(observe_early, observe_done),
                TODAY=day or None,
                LANGUAGE=self.lang,
            )
            run(settings)
        except click.ClickException as error:
            return replace(found[0], failure=error.message)
        except Refused as error:
            return replace(found[0], failure=error.said(editor_language(self.lang)))
        except BuildError as error:
            return replace(found[0], failure=str(error))
        except Exception as error:  # a theme's template, too, may be half written
            return replace(found[0], failure=described(error))
        return replace(found[0], edit=str(settings.get("EDIT_LINK") or ""))


@dataclass
class Reports:
    """The result of ``saig report`` as on a day and up to a day, or why there is none."""

    root: Path
    lang: str | None

    def __call__(self, days: tuple[str, str], tell: Callable[[Report | str], None]) -> None:
        day, until = days
        try:
            with contextlib.redirect_stderr(io.StringIO()):
                settings = project.settings(self.root, TODAY=day or None, LANGUAGE=self.lang)
                last = datetime.date.fromisoformat(until) if until else None
                tell(report_of(settings, self.root, last, editor_language(self.lang)))
        except Refused as error:
            tell(error.said(editor_language(self.lang)))
        except BuildError as error:
            tell(str(error))
        except Exception as error:
            tell(described(error))
