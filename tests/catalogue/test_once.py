"""What is made once for many: whoever asks depends on what was looked up for it."""

from __future__ import annotations

import datetime
from typing import Any, cast

from saig.catalogue.lookup import Lookup, RowSource

TODAY, TOMORROW = datetime.date(2026, 1, 1), datetime.date(2026, 1, 2)


class _NoRows:
    def rows(self, world: str, table: str, key: str) -> list[Any]:
        return []


def test_who_asks_later_depends_on_the_same() -> None:
    lookup = Lookup(cast(RowSource, _NoRows()), "shown", TODAY)
    made, records = [], []

    def make() -> int:
        made.append("once")
        lookup.changes_on([TOMORROW])
        return len(lookup.under("listed", "notice/x"))

    for _ in range(2):
        with lookup.recording() as record:
            lookup.looks_up("facts notice/y")
            assert lookup.once("those of x", make) == 0
        records.append(record)
    assert made == ["once"]
    assert records[0] == records[1]
    assert list(record.names) == ["facts notice/y", "listed notice/x"]
    assert record.days == {TOMORROW}
