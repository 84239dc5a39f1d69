"""What assembling the notes takes, gives, and remembers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from ..notes.files import Source
from ..notes.models import KINDS
from ..notes.problem import Problem
from ..notes.read import Note, Reading
from ..notes.site import Recorded
from .catalogue import Catalogue, Texts
from .entry import Entry, Key
from .memory import Memory
from .uses import Use


class Reader(Protocol):
    """Reads the files of ``content/``, but for those of which it knows what came of them.

    ``changed``: the files that are not what they were when it last read. ``texts``: the notes'
    texts by their files.
    """

    @property
    def changed(self) -> Set[str]: ...

    @property
    def texts(self) -> Texts: ...

    def look(self, root: Path, sources: Sequence[Source], languages: Sequence[str]) -> None:
        """Read what changed of these files."""

    def reading(self, path: str) -> Reading:
        """What came of a file."""

    def ties(self) -> Iterable[tuple[str, str]]:
        """Of each file, ``Note.link_digest``."""


@dataclass(frozen=True)
class Last:
    """What the notes came to where nothing was an error, to be remembered.

    ``shape``: a digest of all that it follows from, but for the texts of the notes.
    """

    shape: str
    problems: list[Problem]
    drafts: frozenset[Key]
    has_placeholders: bool


@dataclass(frozen=True)
class Remembered:
    """What is remembered of an earlier time. ``relations`` and ``checked``: those of the catalogue
    that was shown, and of the one with drafts, which was checked. ``checks``: of each note."""

    last: Last | None
    relations: Mapping[str, Any]
    checked: Mapping[str, Any]
    checks: Callable[[Catalogue], Memory[list[Problem]]]


@dataclass(frozen=True)
class Assembled:
    """``catalogue`` is None where site.yaml is wrong: nothing can be read without it. ``uses``: the
    web addresses that notes name, drafts too. ``ledger``: addresses published before, as far as
    ``content/`` knows them; None if it does not keep count. ``last``: to be remembered; None where
    something is an error. ``checked``: the catalogue with drafts, if all notes were looked at.
    """

    catalogue: Catalogue | None
    problems: list[Problem]
    uses: Callable[[], Iterable[Use]] = tuple
    ledger: Callable[[], Mapping[str, Recorded] | None] = lambda: None
    last: Last | None = None
    checked: Catalogue | None = None

    @property
    def has_errors(self) -> bool:
        return any(problem.is_error for problem in self.problems)


KIND_ORDER = {kind: index for index, kind in enumerate(KINDS)}


def order(key: Key) -> tuple[int, str]:
    return KIND_ORDER[key.kind], key.id


def notes_of(entries: Mapping[Key, Entry]) -> list[Note]:
    return [entry.note(lang) for entry in entries.values() for lang in entry.languages]
