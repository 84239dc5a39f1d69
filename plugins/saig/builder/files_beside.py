"""What there is in the project beside the notes: files of settings, files to link to, the theme's.
Whether that is what it was in the last build."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any

from ..catalogue.entry import Key
from ..catalogue.lost import list_pages_in
from ..notes.address import composed, whole
from ..notes.address_lists import Gone, Recorded
from ..notes.files import GONE, LEDGER, SITE, Content, own_file
from ..notes.problem import problem_of
from ..notes.read import read_ledger
from . import inputs
from .content_files import UNREADABLE, digest_of
from .database import Database
from .reading import NoteReader


class SettingsFiles:
    """The files of settings beside the notes. The ledger may be long: it is only read if it is not
    what it was, or asked for."""

    def __init__(
        self,
        root: Path,
        database: Database,
        gone: Sequence[Gone],
        previous: Mapping[str, Recorded],
    ) -> None:
        self.previous = previous
        self.ledger = cache(partial(read_ledger, root))
        now = {
            name: digest_of(str(root / name)) if own_file(root / name, root) else UNREADABLE
            for name in (SITE, GONE, LEDGER)
        }
        now["previous"] = inputs.digest(sorted(previous.items()))
        before = database.value("beside") or {}
        self.changed_names = {f"beside {name}" for name in now if now[name] != before.get(name)}
        if f"beside {LEDGER}" in self.changed_names:
            found = [problem.plain for problem in self.ledger()[1]]
        else:
            found = database.value("of the ledger")
        self.problems = list(map(problem_of, found))
        self.list_pages = database.value("list pages") or []
        if self.changed_names & {f"beside {LEDGER}", "beside previous"}:
            self.list_pages = list_pages_in({**previous, **(self.ledger()[0] or {})})
        self.gone_were = _named(database.value("gone were") or {})
        if self.changed_names & {f"beside {name}" for name in (GONE, LEDGER, "previous")}:
            self.gone_were = _of_gone(gone, {**previous, **(self.ledger()[0] or {})})
        if self.list_pages != database.value("list pages"):
            self.changed_names.add("recorded *")
        were = {address: one.model_dump() for address, one in self.gone_were.items()}
        self.plain = {
            "beside": now,
            "of the ledger": found,
            "list pages": self.list_pages,
            "gone were": were,
        }


def _of_gone(gone: Sequence[Gone], published: Mapping[str, Recorded]) -> dict[str, Recorded]:
    """What stood at each address that is gone, as far as that is known."""
    known = {whole(address): found for address, found in published.items()}
    asked = (item.address for item in gone)
    return {address: known[whole(address)] for address in asked if whole(address) in known}


def _named(plain: Mapping[str, Any]) -> dict[str, Recorded]:
    return {address: Recorded(**found) for address, found in plain.items()}


class ContentFolder:
    """What there is in ``content/`` and the theme that can be named, beside the notes' own rows."""

    def __init__(self, content: Content, hidden: frozenset[Key], theme: Sequence[str]) -> None:
        self.sources = {source.path: source for source in content.sources}
        self.files = {path: path not in content.left_out for path in content.files}
        self.drafts = sorted(map(str, hidden))
        self.theme = list(theme)

    @property
    def plain(self) -> dict[str, Any]:
        return {"files": self.files, "drafts": self.drafts, "theme": self.theme}

    def changed_names(self, database: Database, notes: NoteReader) -> set[str]:
        """The names, as ``catalogue.content_index.Folder`` has them, under which there is something else than
        in the last build."""
        found: set[str] = set()
        for path in self.sources.keys() ^ notes.before.keys():
            source, before = self.sources.get(path), notes.before.get(path)
            note = f"{source.kind}/{source.id}" if source else before.note if before else ""
            lang = source.lang if source else before.lang if before else ""
            below = composed(path.partition("/")[2])
            found |= {f"known {note}", f"ids {note.partition('/')[0]}", f"note-file {below}"}
            found |= {f"translated {note} {lang}", "note-files *"}
        files = database.value("files") or {}
        for path in {*self.files, *files}:
            if self.files.get(path) != files.get(path):
                found |= {f"file {path}", "files *"}
        for note in {*self.drafts} ^ {*(database.value("drafts") or ())}:
            found |= {f"is-draft {note}", "drafts *"}
        if self.theme != database.value("theme"):
            found.add("theme *")
        return found
