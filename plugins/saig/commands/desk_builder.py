"""Builds for the desk, in a process of its own: builds fork, and a server has threads."""

from __future__ import annotations

import contextlib
import io
import signal
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from multiprocessing import Pipe, Process
from multiprocessing.connection import Connection
from pathlib import Path

import click

from ..builder.checking import Checked
from ..desk.state import State, state_of
from ..excerpt import excerpts, lines_below
from ..generator import BuildError, NotesGenerator
from ..notes.internal_errors import described
from ..notes.problem import Problem, in_order
from . import project
from .build import run


class Builder:
    """Builds the preview when it is told to, one build after the other."""

    def __init__(self, root: Path, port: int, lang: str | None) -> None:
        self._pipe, theirs = Pipe()
        arguments = (root, port, lang, theirs, self._pipe)
        self._process = Process(target=_work, args=arguments, daemon=True)
        self._process.start()
        theirs.close()

    def build(self, day: str) -> Iterator[State]:
        """The preview as on a day, or as today: its state when the pages of the notes that changed
        are made, and when all is. Raises ``click.ClickException`` if the process was ended from
        outside."""
        try:
            self._pipe.send(day)
            while (found := self._pipe.recv()) is not None:
                yield found
        except (EOFError, OSError):
            raise click.ClickException("the process that builds was ended") from None


def _work(root: Path, port: int, lang: str | None, pipe: Connection, theirs: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server says when it ends
    theirs.close()
    project.tune_gc()
    last = State()
    is_first = True
    while True:
        try:
            day = pipe.recv()
        except (EOFError, OSError):
            return
        quiet = contextlib.nullcontext() if is_first else contextlib.redirect_stderr(io.StringIO())
        with quiet:
            last = _build(root, port, lang, day, last, pipe.send)
        is_first = False
        pipe.send(last)
        pipe.send(None)


def _build(
    root: Path, port: int, lang: str | None, day: str, last: State, tell: Callable[[State], None]
) -> State:
    found = [replace(last, failure="")]

    def observe_early(checked: Checked) -> None:
        observe(checked, (), ())
        tell(replace(found[0], edit=last.edit))

    def observe(checked: Checked, failed: Sequence[Problem], _: object) -> None:
        problems = in_order([*checked.problems, *failed])
        shown = excerpts(problems, lines_below(root))
        found[0] = state_of(checked, problems, shown, last)

    NotesGenerator.early_observer = observe_early
    NotesGenerator.observer = observe
    try:
        settings = project.settings(
            root,
            OUTPUT_PATH=str(root / ".saig" / "preview"),
            DESK=str(root / ".saig" / "desk" / "pages"),
            SITEURL=f"http://localhost:{port}",
            DRAFTS=True,
            AUTORELOAD=True,
            TODAY=day or None,
            LANGUAGE=lang,
        )
        run(settings)
    except click.ClickException as error:
        return replace(found[0], failure=error.message)
    except BuildError as error:
        return replace(found[0], failure=str(error))
    except Exception as error:  # a theme's template, too, may be in the middle of being written
        return replace(found[0], failure=described(error))
    return replace(found[0], edit=str(settings.get("EDIT_LINK") or ""))
