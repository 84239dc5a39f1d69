"""The files ``site.yaml``, ``gone.yaml`` and ``addresses.yaml``: what changed in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, cached_property, partial
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
    """``changed_names``: the names under which something changed since the last build.
    ``list_pages``, ``gone_were``: as in ``Catalogue``."""

    def __init__(
        self,
        root: Path,
        database: Database,
        gone: Sequence[Gone],
        previous: Mapping[str, Recorded],
    ) -> None:
        self.previous = previous
        read = cache(partial(read_ledger, root))
        now = {
            name: digest_of(str(root / name)) if own_file(root / name, root) else UNREADABLE
            for name in (SITE, GONE, LEDGER)
        }
        now["previous"] = inputs.digest(sorted(previous.items()))
        before = database.value("beside") or {}
        database.keep({"beside": now})
        self.changed_names = {f"beside {name}" for name in now if now[name] != before.get(name)}
        self.changed_names |= _changed_entries(gone, database)
        found = database.remembered(
            "of the ledger", now[LEDGER], lambda: [problem.plain for problem in read()[1]]
        )
        self._entries = partial(
            database.remembered, "ledger", now[LEDGER], lambda: _plain_entries(read()[0])
        )
        self.problems = list(map(problem_of, found))
        _, pages_before = database.value("list pages") or (None, None)
        self.list_pages = database.remembered(
            "list pages",
            [now[LEDGER], now["previous"]],
            lambda: list_pages_in(self._published()),
        )
        if self.list_pages != pages_before:
            self.changed_names.add("recorded *")
        were = database.remembered(
            "gone were",
            [now[GONE], now[LEDGER], now["previous"]],
            lambda: _of_gone(gone, self._published()),
        )
        self.gone_were = {address: Recorded(**one) for address, one in were.items()}

    @cached_property
    def ledger(self) -> Mapping[str, Recorded] | None:
        """The ledger; None if there is none, or it has an error. It may be long, and reading its
        YAML takes ten times as long as reading it from the cache."""
        entries = self._entries()
        if entries is None:
            return None
        return {address: Recorded.model_construct(**one) for address, one in entries.items()}

    def _published(self) -> Mapping[str, Recorded]:
        """The addresses published before, with what is known of their pages."""
        return {**self.previous, **(self.ledger or {})}


def _plain_entries(ledger: Mapping[str, Recorded] | None) -> dict[str, Any] | None:
    if ledger is None:
        return None
    return {address: found.model_dump(exclude_defaults=True) for address, found in ledger.items()}


def _changed_entries(gone: Sequence[Gone], database: Database) -> set[str]:
    """The names, as ``Catalogue.gone`` and ``gone_at`` look them up, under which something changed
    in ``gone.yaml`` since the last build. Saves what the next build compares with."""
    now = [[one.address, inputs.digest(one)] for one in gone]
    before = database.value("gone") or []
    database.keep({"gone": now})
    if now == before:
        return set()
    changed = {tuple(one) for one in now} ^ {tuple(one) for one in before}
    return {"gone-list *", *(f"gone {address}" for address, _ in changed)}


def _of_gone(gone: Sequence[Gone], published: Mapping[str, Recorded]) -> dict[str, Any]:
    """What was at each gone address, if known, as plain data."""
    known = {whole(address): found for address, found in published.items()}
    asked = (item.address for item in gone)
    return {
        one: known[whole(one)].model_dump(exclude_defaults=True)
        for one in asked
        if whole(one) in known
    }
