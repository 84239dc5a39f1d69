"""The pages of notes for feeds and calendars.

A note without translation is included in its own language, as in lists: a street is closed for all.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from heapq import merge
from operator import attrgetter

from .page_table import Page, PageTable

HELD = 500
"""The number of cached pages: most are in several feeds."""


class FeedPages:
    """``table``: of all pages, after all are made."""

    def __init__(self, table: PageTable) -> None:
        self.table = table
        self._made: defaultdict[str, list[Page]] = defaultdict(list)
        for page in table.made.values():
            if page.note:
                self._made[page.note].append(page)
        self.with_news = lru_cache(HELD)(self._with_news)

    def _with_news(self, note: str, lang: str) -> Page | None:
        """The page of a note in feeds of a language; None if it has no news."""
        return _in_language([page for page in self._of(note) if page.newest], lang)

    def with_days(self, note: str, lang: str) -> Page | None:
        """The same for calendars."""
        return _in_language([page for page in self._of(note) if page.days], lang)

    def all_days(self, lang: str) -> list[list[str]]:
        """The calendar entries of all notes. There may be thousands, so this is one query."""
        chosen: dict[str, str] = {}
        for _, days, note, own in self.table.columns("days", "note", "lang"):
            if own == lang or note not in chosen:
                chosen[note] = days
        return [one for days in chosen.values() for one in json.loads(days)]

    def newest_first(self, kind: str | None, lang: str) -> Iterator[Page]:
        """The pages with news, of all notes or of a kind, the latest news first."""
        where = "newest IS NOT NULL AND page.note IS NOT NULL"
        where += f"{' AND kind = ?' if kind else ''} ORDER BY newest DESC"
        old = self.table.staying(where, [kind] if kind else [])
        all_made = (page for pages in self._made.values() for page in pages)
        made = [page for page in all_made if page.newest and kind in (None, page.kind)]
        made.sort(key=attrgetter("newest"), reverse=True)
        for page in merge(old, made, key=attrgetter("newest"), reverse=True):
            found = self.with_news(page.note or "", lang)
            if found and found.name == page.name:
                yield page

    def newest_of_notes(self, notes: Iterable[str], lang: str) -> Iterator[Page]:
        """The same of these notes."""
        wanted = list(notes)
        of_wanted = (page for note in wanted for page in self._made.get(note, ()))
        found = [(page.newest, page.note, page.name) for page in of_wanted if page.newest]
        sql = "SELECT newest, note, name FROM page WHERE newest IS NOT NULL AND note"
        old = self.table.database.among(sql, wanted)
        found += (row for row in old if self.table.stays(row[-1]))
        for _, note, name in sorted(found, reverse=True):
            page = self.with_news(note or "", lang)
            if page and page.name == name:
                yield page

    def _of(self, note: str) -> list[Page]:
        pages = [*self.table.staying("page.note = ?", [note]), *self._made.get(note, ())]
        return sorted(pages, key=attrgetter("rank"))


def _in_language(pages: list[Page], lang: str) -> Page | None:
    """The page in the language, or else the first; None if there is none."""
    return next((page for page in pages if page.lang == lang), pages[0] if pages else None)
