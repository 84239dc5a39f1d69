"""The files of settings beside the notes. Whether they are what they were in the last build."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any

from ..catalogue.lost import list_pages_in
from ..notes.address import whole
from ..notes.address_lists import Gone, Recorded
from ..notes.files import GONE, LEDGER, SITE, own_file
from ..notes.problem import problem_of
from ..notes.read import read_ledger
from . import inputs
from .content_files import UNREADABLE, digest_of
from .database import Database


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
