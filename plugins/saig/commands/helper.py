"""A process of its own for work that forks, beside a server that has threads."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from multiprocessing import Pipe, Process
from multiprocessing.connection import Connection
from typing import Generic, TypeVar

import click

from . import project

Q = TypeVar("Q")
A = TypeVar("A")

Work = Callable[[Q, Callable[[A], None]], None]
"""Gives each answer to a question to a function, as it comes."""


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
