"""Exceptions that nobody foresaw: one that is raised while a note is worked on becomes a problem of
that note, with the code ``internal``, and the other notes are read all the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from ..words import N_
from .problem import Problem

T = TypeVar("T")

PACKAGE = Path(__file__).parents[1]


def guarded(path: str, work: Callable[[], T]) -> T | Problem:
    """The result of ``work``; a problem of the note at ``path`` if it raises an exception.

    ``OSError`` and ``MemoryError`` are raised: they say something of the computer, not of the note.
    """
    try:
        return work()
    except (OSError, MemoryError):
        raise
    except Exception as error:
        return Problem(
            path,
            1,
            1,
            "internal",
            N_("Saig failed at this note: %(error)s"),
            N_(
                "this is a fault of Saig's: report this line and the note to those who maintain it; "
                "meanwhile undo the note's last change"
            ),
            {"error": described(error)},
        )


def described(error: Exception) -> str:
    """An exception, and where in Saig it was raised, for those who know its code."""
    import traceback  # which takes long, and is seldom needed

    text = "".join(c if c.isprintable() else " " for c in f"{type(error).__name__}: {error}")
    own = [
        (Path(frame.filename).relative_to(PACKAGE).as_posix(), frame.lineno)
        for frame in traceback.extract_tb(error.__traceback__)
        if Path(frame.filename).is_relative_to(PACKAGE)
    ]
    places = [place for place in own if place[0] != "notes/internal_errors.py"] or own
    return f"{text[:200]} ({places[-1][0]}:{places[-1][1]})"
