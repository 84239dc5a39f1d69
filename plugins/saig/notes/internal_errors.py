"""Unexpected exceptions: one that is raised while a note is read, checked or rendered becomes a
problem of that note, with the code ``internal``; other notes are not affected."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from ..shipped import shipped
from ..words import N_
from .problem import Problem

if TYPE_CHECKING:
    from traceback import FrameSummary

T = TypeVar("T")

PACKAGE = Path(__file__).parents[1]


def guarded(path: str, work: Callable[[], T]) -> T | Problem:
    """The result of ``work``; a problem of the note at ``path`` if it raises an exception.

    ``OSError`` and ``MemoryError`` are raised, unless a template is missing: their cause is the
    computer, not the note.
    """
    try:
        return work()
    except MemoryError:
        raise
    except Exception as error:
        if is_of_theme(error):
            told = OF_THEME
        elif isinstance(error, OSError):
            raise
        else:
            told = OF_SAIG
        return Problem(path, 1, 1, "internal", *told, {"error": described(error)})


OF_SAIG = (
    N_("Saig failed at this note: %(error)s"),
    N_(
        "this is a fault of Saig's: report this line and the note to those who maintain it; "
        "meanwhile undo the note's last change"
    ),
)
OF_THEME = (
    N_("the theme failed at this note: %(error)s"),
    N_("correct this template, or remove it if Saig has one of the same name"),
)


def is_of_theme(error: Exception) -> bool:
    """Whether the cause is a template of the town's own: a missing one, or an error in one."""
    from jinja2 import TemplateNotFound  # here, as errors are rare

    return isinstance(error, TemplateNotFound) or _in_template(error) is not None


def described(error: Exception) -> str:
    """An exception, and where in the theme or in Saig it was raised, for those who know its
    code."""
    text = "".join(c if c.isprintable() else " " for c in f"{type(error).__name__}: {error}")
    own = [
        (Path(frame.filename).relative_to(PACKAGE).as_posix(), frame.lineno)
        for frame in _frames(error)
        if Path(frame.filename).is_relative_to(PACKAGE)
    ]
    places = [place for place in own if place[0] != "notes/internal_errors.py"] or own
    path, line = _in_template(error) or places[-1]
    return f"{text[:200]} ({path}:{line})"


def _in_template(error: Exception) -> tuple[str, int | None] | None:
    """File and line of the template in which an exception was raised; None if there is none, or it
    is one of Saig's own. Jinja gives its frames the names of templates."""
    used = [frame for frame in _frames(error) if frame.filename.endswith(".html")]
    if not used or Path(used[-1].filename).resolve().is_relative_to(shipped("theme")):
        return None
    file = Path(used[-1].filename)
    top = next((one for one in file.parents if one.name == "templates"), file.parent)
    return file.relative_to(top.parents[1]).as_posix(), used[-1].lineno


def _frames(error: Exception) -> list[FrameSummary]:
    import traceback  # which takes long, and is seldom needed

    return list(traceback.extract_tb(error.__traceback__))
