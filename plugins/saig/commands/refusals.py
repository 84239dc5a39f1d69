"""What stops a command, as one line for who runs it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click

from ..refusal import Refused


@contextmanager
def refusals(lang: str) -> Iterator[None]:
    """Turn ``Refused`` and ``OSError`` into an error of one line (``click.ClickException``)."""
    try:
        yield
    except Refused as error:
        raise click.ClickException(error.said(lang)) from None
    except OSError as error:
        where = f": {error.filename}" if error.filename else ""
        raise click.ClickException(f"{error.strerror or error}{where}") from None
