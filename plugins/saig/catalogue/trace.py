"""What a piece of work asks of the catalogue, so that it need not be done again while the answers
stay the same.

The catalogue's methods are questions, and each says by its decorator what its answer depends on.
While a trace is open they note down that they were asked. ``Catalogue.answer`` gives, for another
day's catalogue, what each would be answered now.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from .entry import Entry

P = ParamSpec("P")
R = TypeVar("R")

Question = tuple[str, Any]
"""What was asked, and of what: ``("note", key)``, what others may see of a note's files; ``("text",
key)``, all that is in them and where their links lead; the others are in ``Catalogue._answer``."""

_asked: dict[Question, None] | None = None


@contextmanager
def traced() -> Iterator[dict[Question, None]]:
    """Open a trace; what is asked within stands in it, in its order."""
    global _asked
    outer, _asked = _asked, {}
    try:
        yield _asked
    finally:
        _asked = outer


def asks(
    questions: Callable[..., Iterable[Question]],
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """A method whose answer changes only with those of ``questions``, made of its arguments, and
    with the notes that it is given and gives."""

    def decorate(method: Callable[P, R]) -> Callable[P, R]:
        @wraps(method)
        def ask(*args: P.args, **kwargs: P.kwargs) -> R:
            global _asked
            asked = _asked
            if asked is None:
                return method(*args, **kwargs)
            _asked = None  # what a question asks in its turn is part of its answer
            try:
                answer = method(*args, **kwargs)
            finally:
                _asked = asked
            for question in questions(*args[1:], **kwargs):
                asked[question] = None
            for value in (*args[1:], answer):
                for entry in _notes(value):
                    asked["note", entry.key] = None
            return answer

        return ask

    return decorate


def of_notes(*_: object) -> Iterable[Question]:
    """For ``asks``: the answer follows from what others may see of the notes asked about."""
    return ()


def of_state(entry: Entry, *_: object) -> Iterable[Question]:
    """For ``asks``: the answer is what the day and other notes make of the note asked about."""
    return [("state", entry.key)]


def of_text(entry: Entry, *_: object) -> Iterable[Question]:
    """For ``asks``: the answer follows from the text of the note asked about."""
    return [("text", entry.key)]


def around(entry: Entry) -> Iterable[Question]:
    """For ``asks``: the answer is which notes stand around the one asked about."""
    return [("around", entry.key)]


_PLAIN = (str, bool, int, type(None), datetime.date)
"""Asked for most often, and never a note."""


def _notes(value: Any) -> Sequence[Entry]:
    if isinstance(value, Entry):
        return (value,)
    if isinstance(value, _PLAIN):
        return ()
    if isinstance(value, list | tuple):
        return [item for item in value if isinstance(item, Entry)]
    # Where a link leads, what a citation means.
    found = getattr(value, "entry", None) or getattr(value, "norm", None)
    return (found,) if isinstance(found, Entry) else ()
