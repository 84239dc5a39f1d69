"""Errors in a file of settings, and where: as it is Python, any exception is possible."""

from __future__ import annotations

from pathlib import Path
from traceback import extract_tb

from ..refusal import Refused
from ..words import N_

PLACED = N_("%(reason)s (%(place)s)")
_HINTS = {
    NameError: N_(
        "%(reason)s (%(place)s). A text stands between quotation marks; True, False and None begin "
        "with a capital"
    ),
    SyntaxError: N_(
        "%(reason)s (%(place)s). Each setting is NAME = value; a text stands between quotation "
        "marks, a list between square brackets"
    ),
}


def reason_of(error: Exception | SystemExit, project: Path) -> Refused | str:
    """Why the settings of a project cannot be read: Python's message, with file, line and column if
    the error is in one of the project's files."""
    if isinstance(error, Refused):
        return error
    said = error.msg if isinstance(error, SyntaxError) else str(error)
    reason = said if type(error) is TypeError else f"{type(error).__name__}: {said}"
    place = _place(error, project)
    if place is None:
        return reason
    message = next((hint for kind, hint in _HINTS.items() if isinstance(error, kind)), PLACED)
    return Refused(message, reason=reason, place=place)


def of_setting(name: str, reason: Refused, project: Path, *, production: bool) -> Refused:
    """A wrong setting, with its place."""
    from ..project_settings import place_of_setting  # which imports much

    path, line, column = place_of_setting(project, name, production=production)
    return Refused(PLACED, reason=reason, place=f"{path}:{line}:{column}")


def _place(error: Exception | SystemExit, project: Path) -> str | None:
    """The last place in a file of the project, other than Saig's own, that led to an error."""
    places = [
        (at.filename, at.lineno, (at.colno or 0) + 1) for at in extract_tb(error.__traceback__)
    ]
    if isinstance(error, SyntaxError):
        places.append((error.filename or "", error.lineno, error.offset or 1))
    own, saig = project.resolve(), Path(__file__).resolve().parents[1]
    for name, line, column in reversed(places):
        file = Path(name).resolve()
        if file.is_file() and file.is_relative_to(own) and not file.is_relative_to(saig):
            return f"{file.relative_to(own)}:{line}:{column}"
    return None
