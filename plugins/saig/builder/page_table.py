"""The pages of a site: those of the last build, with those that were made or dropped since."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import attrgetter
from typing import Any, NamedTuple

from ..catalogue.addresses import FEEDS
from .database import BATCH, Database, marks

Date = datetime.date
DAY = datetime.timedelta(days=1)


class Page(NamedTuple):
    """The cached data of a page, from which feeds, indexes and the rest of the site are made.
    Structured values are JSON."""

    name: str
    """Language and name of its document."""
    rank: str
    """The key by which pages are sorted."""
    note: str | None
    """The note whose page it is for feeds and calendars; None for others."""
    lang: str
    kind: str
    path: str
    """Its file."""
    listing: str | None
    """Its entry in the index."""
    search_entry: str | None
    location: str | None
    """Its entry in the site map."""
    rule: str | None
    """Its entry in the redirects."""
    newest: str | None
    """The last day of its ``news``."""
    until: str | None
    """The last day on which its document holds."""
    unresolved: str | None
    """The unresolved citations in its note's text."""
    moved: str | None
    """Its entry in the index, if it is only a redirect."""
    digest: str
    """Of its document's JSON."""
    size: int
    """Of the same, in bytes."""
    head: str | None
    """Of the feed beside it, if there is one: ``feeds.Head``."""
    about: str | None
    """The notes in that feed: ``"all"``, a kind, or a list of notes; as JSON."""
    news: str | None
    """Its items in feeds: values of ``feeds.Item``."""
    key: str
    """A digest of everything that its files were made of."""
    rendered: str
    """Its files with their digests."""
    days: str | None
    """Its entries in calendars."""
    block: str | None
    """Its part of the linked data of the site."""

    @property
    def data_file(self) -> str:
        return self.path.removesuffix("html") + "json"

    @property
    def files(self) -> list[str]:
        """The files made from its document, including the document itself, which is published only
        beside an ``index.html``."""
        is_of_folder = self.path.endswith("index.html")
        return [*json.loads(self.rendered), *([self.data_file] if is_of_folder else [])]

    @property
    def feed_files(self) -> list[str]:
        """The files of the feed and the calendar beside it, if it has them."""
        if self.head is None:
            return []
        names = [*FEEDS, *filter(None, [json.loads(self.head)["calendar"]])]
        return [self.path.removesuffix("index.html") + name for name in names]


_OWN = ("head", "about", "news", "key", "rendered")
_OF_FEW = ("days", "block")
_IN_PAGE = [name for name in Page._fields if name not in (*_OWN, *_OF_FEW)]
"""The columns of the table ``page``, which is read for all pages, so it is kept small. Values that
are read for single pages only are in ``page_own``; those that few pages have, in other tables."""

_SELECT = (
    f"SELECT {', '.join(f'page.{name}' if name in _IN_PAGE else name for name in Page._fields)} "
    "FROM page JOIN page_own USING (name) LEFT JOIN page_day USING (name) "
    "LEFT JOIN page_block USING (name)"
)

MOST_REPLACED = 20
"""The most entries to be replaced in an existing file of all pages' entries: each is searched
for."""


class Piece(NamedTuple):
    """A part of the file of all documents: ``size`` bytes from ``start`` of the file of the last
    build; or, with a ``path``, the document beside that page."""

    path: str
    start: int
    size: int


class PageTable:
    """``made``: the pages that this build made; ``dropped``: those that no longer exist. Those of
    the last build are in the database."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.made: dict[str, Page] = {}
        self.dropped: set[str] = set()

    def before(self, name: str) -> Page | None:
        """A page of the last build; None if there was none."""
        rows = self.database.select(f"{_SELECT} WHERE name = ?", (name,))
        return Page(*rows[0]) if rows else None

    def at(self, paths: Iterable[str]) -> set[str]:
        """The pages of the last build in the folders of these files."""
        folders = {path.rpartition("/")[0] for path in paths}
        rows = self.database.select("SELECT name, path FROM page")
        return {name for name, path in rows if path.rpartition("/")[0] in folders}

    def put(self, page: Page) -> None:
        self.made[page.name] = page

    def drop(self, name: str) -> None:
        self.dropped.add(name)

    def get(self, name: str) -> Page:
        """A page as of now; it must exist."""
        found = self.made.get(name) or self.before(name)
        assert found is not None, name
        return found

    def stays(self, name: str) -> bool:
        """Whether a page is as in the last build."""
        return name not in self.made and name not in self.dropped

    def staying(self, where: str, values: Sequence[str]) -> Iterator[Page]:
        """The unchanged pages of the last build for which an SQL condition holds."""
        found = map(Page._make, self.database.each(f"{_SELECT} WHERE {where}", values))
        return (page for page in found if self.stays(page.name))

    def newest_of(self, name: str, note: str | None) -> str | None:
        """The latest day of news that a page has or had, or that another page of the note had: any
        of them may be in feeds."""
        sql = "SELECT newest FROM page WHERE name = ? OR note = ?"
        days = [day for (day,) in self.database.select(sql, (name, note))]
        days += [self.made[name].newest] if name in self.made else []
        return max(filter(None, days), default=None)

    def languages_with(self, column: str, note: str) -> set[str]:
        """The languages in which a note's page of the last build had a value in a column."""
        found = map(Page._make, self.database.select(f"{_SELECT} WHERE page.note = ?", (note,)))
        return {page.lang for page in found if getattr(page, column) is not None}

    def where(self, column: str, *values: str) -> list[Page]:
        """The pages with one of these values in a column, in their order."""
        old = self.staying(f"page.{column} IN ({marks(values)})", values)
        made = (page for page in self.made.values() if getattr(page, column) in values)
        return sorted([*old, *made], key=attrgetter("rank"))

    def names_of(self, kind: str, lang: str) -> set[str]:
        """The pages of the last build of a kind in a language."""
        sql = "SELECT name FROM page WHERE kind = ? AND lang = ?"
        return {name for (name,) in self.database.select(sql, (kind, lang))}

    def column(self, column: str) -> list[str]:
        """The values of a column, without None, in the order of pages."""
        return [said for _, said in self.columns(column)]

    def columns(self, column: str, *more: str) -> list[tuple[Any, ...]]:
        """The rank, the value of ``column`` and the values of ``more`` columns, of all pages with a
        value in ``column``, in the order of pages."""
        columns = ("rank", column, *more)
        table = {"days": "page_day", "block": "page_block"}.get(column, "page")
        sql = f"SELECT name, {', '.join(columns)} FROM {table} WHERE {column} IS NOT NULL"
        rows = [tuple(row) for name, *row in self.database.each(sql) if self.stays(name)]
        made = map(attrgetter(*columns), self.made.values())
        return sorted([*rows, *(row for row in made if row[1] is not None)])

    def replaced(self, column: str) -> list[tuple[str, str]] | None:
        """The old and new values of a column, for pages where they differ. None if replacing them
        in a file is not enough or not worth it: a value was added or removed, a page moved, or
        there are many."""
        names = [*self.made, *self.dropped - self.made.keys()]
        if len(names) > BATCH:
            return None
        sql = f"SELECT name, rank, kind, {column} FROM page WHERE name IN ({marks(names)})"
        before = {name: row for name, *row in self.database.select(sql, names)}
        found = []
        for name in names:
            row = self.made.get(name)
            now = [row.rank, row.kind, getattr(row, column)] if row else [None, None, None]
            was = before.get(name, [None, None, None])
            if was[-1] == now[-1]:
                continue
            if was[:-1] != now[:-1] or was[-1] is None or now[-1] is None:
                return None
            found.append((was[-1], now[-1]))
        return found if len(found) <= MOST_REPLACED else None

    def count_listed(self) -> int:
        """The number of documents in the index."""
        return self._count("listing IS NOT NULL", lambda row: row.listing is not None)

    def pieces(self, *, is_there: bool) -> list[Piece]:
        """The parts of the file of all documents, in order. ``is_there``: whether the file is as
        the last build wrote it."""
        made = (row for row in self.made.values() if row.listing is not None)
        new = [(row.rank, row.size, "", row.path) for row in made]
        path = "''" if is_there else "path"
        sql = f"SELECT rank, size, name, {path} FROM page WHERE listing IS NOT NULL"
        found: list[list[Any]] = [["", 0, 0]]  # the last of these pieces may be extended below
        start = 0
        for _, size, name, path in sorted([*self.database.select(sql), *new]):
            last = found[-1]
            if name and not self.stays(name):
                pass
            elif path:
                found.append([path, 0, size])
            elif not last[0] and last[1] + last[2] == start:
                last[2] += size
            else:
                found.append(["", start, size])
            if name:
                start += size
        return [Piece(*one) for one in found if one[2]]

    def entries(self, languages: Iterable[str]) -> dict[str, list[str]]:
        """The search entries by language; for pages without translation the original's."""
        found: dict[str, dict[str, str]] = {lang: {} for lang in languages}
        for rank, entry, note, own in self.columns("search_entry", "note", "lang"):
            name = note or rank
            for lang, entries in found.items():
                if own == lang or (note and name not in entries):
                    entries[name] = entry
        return {lang: list(entries.values()) for lang, entries in found.items()}

    def next_change(self) -> str | None:
        """The first day on which a page changes by itself (ISO 8601); None if there is none."""
        sql = "SELECT until, name FROM page WHERE until IS NOT NULL ORDER BY until"
        left = (until for until, name in self.database.each(sql) if self.stays(name))
        last = min(
            filter(None, [next(left, None), *(r.until for r in self.made.values())]), default=None
        )
        return (Date.fromisoformat(last) + DAY).isoformat() if last else None

    def count(self) -> int:
        """The number of pages that are an ``index.html``."""
        return self._count("path GLOB '*index.html'", lambda row: row.path.endswith("index.html"))

    def _count(self, where: str, counts: Callable[[Page], bool]) -> int:
        sql = f"SELECT count(*) FROM page WHERE {where}"
        found: int = sum(count for (count,) in self.database.select(sql))
        others = self.database.among(f"{sql} AND name", self.dropped | self.made.keys())
        found -= sum(count for (count,) in others)
        return found + len([row for row in self.made.values() if counts(row)])

    def save(self) -> None:
        pages = self.made.values()
        self._save("page", _IN_PAGE, pages)
        self._save("page_own", ("name", *_OWN), pages)
        with_days = (page for page in pages if page.days)
        self._save("page_day", ("name", "rank", "note", "lang", "days"), with_days)
        self._save("page_block", ("name", "rank", "block"), (page for page in pages if page.block))

    def _save(self, table: str, columns: Sequence[str], pages: Iterable[Page]) -> None:
        if not self.database.is_new:
            others = ((name,) for name in self.dropped | self.made.keys())
            self.database.write(f"DELETE FROM {table} WHERE name = ?", others)
        sql = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks(columns)})"
        self.database.write(sql, map(attrgetter(*columns), pages))
