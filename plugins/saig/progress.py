"""What is being done, while it is done: bars on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

import click

from .words import for_editors

T = TypeVar("T")


class Progress:
    """Tells on standard error. ``message`` is marked with ``N_``."""

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def step(self, message: str, **values: object) -> None:
        """One line."""
        click.echo(for_editors(message, self.lang, **values), err=True)

    def over(self, items: Iterable[T], total: int, message: str) -> Iterator[T]:
        """The items themselves, counted while they pass."""
        if not total:
            return
        label = for_editors(message, self.lang)
        if not sys.stderr.isatty():
            click.echo(f"{label}: {total}", err=True)
            yield from items
            return
        with click.progressbar(items, length=total, label=label, file=sys.stderr) as bar:
            yield from bar
