"""The pages of a site: as the last build left them, with those that were made or dropped since."""

from __future__ import annotations

import datetime
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import merge
from operator import itemgetter
from typing import Any, NamedTuple

from ..catalogue.addresses import FEEDS
from .database import SOME, Database, batched, encoded, marks


@dataclass(frozen=True)
class Page:
    """What is remembered of a page: all that the rest of the site is made of."""

    name: str
    """Its language and its document's name."""
    rank: str
    """What pages are sorted by."""
    note: str | None
    """The note that feeds and calendars have it of."""
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
    """The last day of its ``items``."""
    days: int
    """How many ``dates`` there are."""
    until: str | None
    """The last day on which its document holds."""
    unresolved: str | None
    """The citations of its note's text that lead to no note, as JSON."""
    moved: str | None
    """Its entry in the index, if it only leads to another."""
    digest: str
    """Of its document's JSON."""
    size: int
    """Of the same, in bytes."""
    has_data: bool
    """Whether its document is published."""
    key: str
    """A digest of all that its files were made of."""
    rendered: Mapping[str, str]
    """Its files with their digests."""
    head: Mapping[str, str] | None
    """Of the feed beside it, if there is one."""
    about: str | list[str] | None
    """Whose news that has: all notes', those of a kind, or those named."""
    items: list[list[Any]]
    """Its news, as feeds have them."""
    dates: list[list[str]]
    """Its days, as calendars have them."""

    @property
    def data_file(self) -> str:
        return self.path.removesuffix("html") + "json"

    @property
    def files(self) -> list[str]:
        """Those that are made of its document."""
        return [*self.rendered, *([self.data_file] if self.has_data else [])]

    @property
    def feed_files(self) -> list[str]:
        """Those of the feed and the calendar beside it, as far as it has them."""
        if self.head is None:
            return []
        names = [*FEEDS, *filter(None, [self.head["calendar"]])]
        return [self.path.removesuffix("index.html") + name for name in names]


Date = datetime.date
DAY = datetime.timedelta(days=1)

PageRow = tuple[Any, ...]
"""A page as the tables have it: first what is looked for; then all else as JSON, and last its dates, each
in a table of its own, so that who looks for something does not read past it."""

COLUMNS = (
    *("name", "rank", "note", "lang", "kind", "path"),
    *("listing", "search_entry", "location", "rule", "newest", "days", "until", "unresolved"),
    *("moved", "digest", "size"),
)
_OWN = ("has_data", "key", "rendered", "head", "about", "items")
_SELECT = (
    f"SELECT {', '.join(f'page.{name}' for name in COLUMNS)}, json, dates "
    "FROM page JOIN page_own USING (name) LEFT JOIN page_day USING (name)"
)
_NAME, _RANK, _NOTE, _LANG, _KIND, _PATH, _LISTING, _SIZE = map(
    COLUMNS.index, ("name", "rank", "note", "lang", "kind", "path", "listing", "size")
)
_NEWEST, _DAYS, _UNTIL = map(COLUMNS.index, ("newest", "days", "until"))


def row_of(page: Page) -> PageRow:
    said = vars(page)
    own = encoded({name: said[name] for name in _OWN})
    return (*(said[name] for name in COLUMNS), own, encoded(page.dates) if page.dates else None)


def page_of(row: PageRow) -> Page:
    *columns, own, dates = row
    return Page(*columns, **{**json.loads(own), "dates": json.loads(dates or "[]")})


HELD = 500
"""Pages that are held at hand for the feeds: most are in several."""

MOST_REPLACED = 20
"""Entries of pages that are replaced one by one in a file that has those of all: it is searched for
each."""


class Piece(NamedTuple):
    """Of the file of all documents: a run of bytes of the one that the last build wrote, from
    ``start``; or the document beside a page, whose ``path`` is given."""

    path: str
    start: int
    size: int


class PageTable:
    def __init__(self, database: Database) -> None:
        self.database = database
        self.made: dict[str, PageRow] = {}
        self.dropped: set[str] = set()
        self.blocks: dict[str, tuple[str, str]] = {}
        self._of_notes: dict[str, list[PageRow]] | None = None
        self._news: dict[tuple[str, str], Page | None] = {}

    def before(self, name: str) -> Page | None:
        """A page as the last build left it."""
        rows = self.database.select(f"{_SELECT} WHERE name = ?", (name,))
        return page_of(rows[0]) if rows else None

    def at(self, paths: Iterable[str]) -> set[str]:
        """The pages of the last build that have one of these files, or have it beside them."""
        folders = {path.rpartition("/")[0] for path in paths}
        rows = self.database.select("SELECT name, path FROM page")
        return {name for name, path in rows if path.rpartition("/")[0] in folders}

    def put(self, row: PageRow, block: str | None = None) -> None:
        """``block``: what the page adds to the linked data of the site."""
        self.made[row[_NAME]] = row
        if block:
            self.blocks[row[_NAME]] = (row[_RANK], block)
        self._of_notes = None
        self._news.clear()

    def drop(self, name: str) -> None:
        self.dropped.add(name)
        self._news.clear()

    def get(self, name: str) -> Page:
        """A page as it is now; it must be there."""
        found = self.made.get(name)
        if found is None:
            found = self.database.select(f"{_SELECT} WHERE name = ?", (name,))[0]
        return page_of(found)

    def with_news(self, note: str, lang: str) -> Page | None:
        """The page of a note that feeds of a language have: what is not translated is there in its
        own language, as in lists: an office is closed, and a street cut, in both."""
        if (note, lang) not in self._news:
            if len(self._news) >= HELD:
                self._news.clear()
            found = [row for row in self._rows_of(note) if row[_NEWEST]]
            self._news[note, lang] = _in_language(found, lang)
        return self._news[note, lang]

    def with_days(self, note: str, lang: str) -> Page | None:
        """The same for calendars."""
        return _in_language([row for row in self._rows_of(note) if row[_DAYS]], lang)

    def all_days(self, lang: str) -> list[list[str]]:
        """The days of these pages of all notes: asked for together, as there may be thousands."""
        rows = self.database.select("SELECT rank, note, lang, dates, name FROM page_day")
        rows = [tuple(row) for row in rows if self._stays(row[-1])]
        rows += [
            (row[_RANK], row[_NOTE], row[_LANG], row[-1], name)
            for name, row in self.made.items()
            if row[_DAYS]
        ]
        chosen: dict[str, tuple[str, str]] = {}
        for _, note, own, dates, _ in sorted(rows):
            if note not in chosen or own == lang != chosen[note][0]:
                chosen[note] = (own, dates)
        return [one for _, dates in chosen.values() for one in json.loads(dates)]

    def _rows_of(self, note: str) -> list[PageRow]:
        rows = self._current(self.database.select(f"{_SELECT} WHERE page.note = ?", (note,)))
        return sorted([*rows, *self._made_of(note)], key=itemgetter(_RANK))

    def _made_of(self, note: str) -> Sequence[PageRow]:
        if self._of_notes is None:
            self._of_notes = defaultdict(list)
            for row in self.made.values():
                if row[_NOTE]:
                    self._of_notes[row[_NOTE]].append(row)
        return self._of_notes.get(note, ())

    def _current(self, rows: Iterable[PageRow]) -> Iterator[PageRow]:
        return (row for row in rows if self._stays(row[_NAME]))

    def newest_of(self, name: str, note: str | None) -> str | None:
        """The last day of which a page has news or had, or any of the same note had: feeds may have
        either."""
        sql = "SELECT newest FROM page WHERE name = ? OR note = ?"
        days = [day for (day,) in self.database.select(sql, (name, note))]
        days += [self.made[name][_NEWEST]] if name in self.made else []
        return max(filter(None, days), default=None)

    def newest_first(self, kind: str | None, lang: str) -> Iterator[Page]:
        """The pages that have news, as a feed in a language has them, of all notes or those of a kind:
        that with the last news first."""
        where = "newest IS NOT NULL AND page.note IS NOT NULL"
        sql = f"{_SELECT} WHERE {where}{' AND kind = ?' if kind else ''} ORDER BY newest DESC"
        old = self._current(self.database.each(sql, (kind,) if kind else ()))
        made = sorted(
            (r for r in self.made.values() if r[_NEWEST] and r[_NOTE] and kind in (None, r[_KIND])),
            key=itemgetter(_NEWEST),
            reverse=True,
        )
        for row in merge(old, made, key=itemgetter(_NEWEST), reverse=True):
            found = self.with_news(row[_NOTE], lang)
            if found and found.name == row[_NAME]:
                yield found

    def newest_of_notes(self, notes: Iterable[str], lang: str) -> Iterator[Page]:
        """The same of these notes."""
        wanted = list(notes)
        found = [
            (row[_NEWEST], row[_NOTE], row[_NAME])
            for note in wanted
            for row in self._made_of(note)
            if row[_NEWEST]
        ]
        for some in batched(wanted):
            of = f"newest IS NOT NULL AND note IN ({marks(some)})"
            rows = self.database.select(f"SELECT newest, note, name FROM page WHERE {of}", some)
            found += [tuple(row) for row in rows if self._stays(row[-1])]
        for _, note, name in sorted(found, reverse=True):
            one = self.with_news(note, lang)
            if one and one.name == name:
                yield one

    def _stays(self, name: str) -> bool:
        return name not in self.made and name not in self.dropped

    def of_kind(self, kind: str) -> list[Page]:
        """The pages of a kind, in their order."""
        rows = list(self._current(self.database.select(f"{_SELECT} WHERE kind = ?", (kind,))))
        rows += [row for row in self.made.values() if row[_KIND] == kind]
        return [page_of(row) for row in sorted(rows, key=itemgetter(_RANK))]

    def in_files(self, paths: Iterable[str]) -> list[Page]:
        """The pages of these files."""
        wanted = list(paths)
        sql = f"{_SELECT} WHERE path IN ({marks(wanted)})"
        rows = list(self._current(self.database.select(sql, wanted)))
        rows += [row for row in self.made.values() if row[_PATH] in wanted]
        return [page_of(row) for row in rows]

    def names_of(self, kind: str, lang: str) -> set[str]:
        """The pages of the last build of a kind in a language."""
        sql = "SELECT name FROM page WHERE kind = ? AND lang = ?"
        return {name for (name,) in self.database.select(sql, (kind, lang))}

    def column(self, column: str) -> list[str]:
        """What stands in a column, of all pages that say something there, in their order."""
        sql = f"SELECT rank, {column}, name FROM page WHERE {column} IS NOT NULL"
        index = COLUMNS.index(column)
        rows = [(r, said) for r, said, name in self.database.select(sql) if self._stays(name)]
        rows += [(row[_RANK], row[index]) for row in self.made.values() if row[index] is not None]
        return [said for _, said in sorted(rows)]

    def replaced(self, column: str) -> list[tuple[str, str]] | None:
        """What stood in a column of pages in the last build, and what stands there now, where that is
        another. None where that is much, or not all: a page says something there that did not, or
        comes at another place."""
        names = [*self.made, *self.dropped - self.made.keys()]
        if len(names) > SOME:
            return None
        sql = f"SELECT name, rank, kind, {column} FROM page WHERE name IN ({marks(names)})"
        before = {name: row for name, *row in self.database.select(sql, names)}
        index = COLUMNS.index(column)
        found = []
        for name in names:
            row = self.made.get(name)
            now = [row[_RANK], row[_KIND], row[index]] if row else [None, None, None]
            was = before.get(name, [None, None, None])
            if was[-1] == now[-1]:
                continue
            if was[:-1] != now[:-1] or was[-1] is None or now[-1] is None:
                return None
            found.append((was[-1], now[-1]))
        return found if len(found) <= MOST_REPLACED else None

    def listed(self) -> list[tuple[str, str, str, str]]:
        """The documents that the index lists, in their order: rank, entry, kind, language."""
        sql = "SELECT rank, listing, kind, lang, name FROM page WHERE listing IS NOT NULL"
        rows = [row[:4] for row in self.database.select(sql) if self._stays(row[4])]
        rows += [
            (row[_RANK], row[_LISTING], row[_KIND], row[_LANG])
            for row in self.made.values()
            if row[_LISTING] is not None
        ]
        return sorted(rows)

    def count_listed(self) -> int:
        """How many these are."""
        return self._count("listing IS NOT NULL", lambda row: row[_LISTING] is not None)

    def pieces(self, *, is_there: bool) -> list[Piece]:
        """The same documents, in that order. ``is_there``: whether the file of all documents stands as
        the last build wrote it."""
        made = (row for row in self.made.values() if row[_LISTING] is not None)
        new = [(row[_RANK], row[_SIZE], "", row[_PATH]) for row in made]
        path = "''" if is_there else "path"
        sql = f"SELECT rank, size, name, {path} FROM page WHERE listing IS NOT NULL"
        found: list[list[Any]] = [["", 0, 0]]  # as pieces, the last of which may grow
        start = 0
        for _, size, name, path in sorted([*self.database.select(sql), *new]):
            last = found[-1]
            if name and not self._stays(name):
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
        """What the search of each language knows of each page: of what is not translated, in its own."""
        sql = "SELECT rank, note, lang, search_entry, name FROM page WHERE search_entry IS NOT NULL"
        rows = [tuple(row) for *row, name in self.database.select(sql) if self._stays(name)]
        places = [COLUMNS.index(name) for name in ("rank", "note", "lang", "search_entry")]
        made = (tuple(row[place] for place in places) for row in self.made.values())
        rows += [row for row in made if row[-1] is not None]
        found: dict[str, dict[str, str]] = {lang: {} for lang in languages}
        for rank, note, own, entry in sorted(rows):
            name = note or rank
            for lang, entries in found.items():
                if own == lang or (note and name not in entries):
                    entries[name] = entry
        return {lang: list(entries.values()) for lang, entries in found.items()}

    def block_before(self, name: str) -> str | None:
        """What a page of the last build added to the linked data."""
        found = self.database.select("SELECT block FROM page_block WHERE name = ?", (name,))
        return found[0][0] if found else None

    def all_blocks(self) -> list[str]:
        """What pages add to the linked data, in their order."""
        sql = "SELECT rank, block, name FROM page_block"
        rows = [
            (rank, block) for rank, block, name in self.database.select(sql) if self._stays(name)
        ]
        return [block for _, block in sorted([*rows, *self.blocks.values()])]

    def next_change(self) -> str | None:
        """The first day on which a page says something else by itself."""
        sql = "SELECT until, name FROM page WHERE until IS NOT NULL ORDER BY until"
        left = (until for until, name in self.database.each(sql) if self._stays(name))
        last = min(
            filter(None, [next(left, None), *(r[_UNTIL] for r in self.made.values())]), default=None
        )
        return (Date.fromisoformat(last) + DAY).isoformat() if last else None

    def count(self) -> int:
        """How many pages are the page of their folder."""
        return self._count("path GLOB '*index.html'", lambda row: row[_PATH].endswith("index.html"))

    def _count(self, where: str, counts: Callable[[PageRow], bool]) -> int:
        sql = f"SELECT count(*) FROM page WHERE {where}"
        found: int = sum(count for (count,) in self.database.select(sql))
        for some in batched(sorted(self.dropped | self.made.keys())):
            rows = self.database.select(f"{sql} AND name IN ({marks(some)})", some)
            found -= sum(count for (count,) in rows)
        return found + len([row for row in self.made.values() if counts(row)])

    def save(self) -> None:
        if not self.database.is_new:
            others = [(name,) for name in self.dropped | self.made.keys()]
            for table in ("page", "page_own", "page_block", "page_day"):
                self.database.write(f"DELETE FROM {table} WHERE name = ?", others)
        made = self.made.values()
        sql = f"INSERT INTO page ({', '.join(COLUMNS)}) VALUES ({marks(COLUMNS)})"
        self.database.write(sql, (row[:-2] for row in made))
        own = ((row[_NAME], row[-2]) for row in made)
        self.database.write("INSERT INTO page_own VALUES (?, ?)", own)
        days = ((r[_NAME], r[_RANK], r[_NOTE], r[_LANG], r[-1]) for r in made if r[_DAYS])
        self.database.write("INSERT INTO page_day VALUES (?, ?, ?, ?, ?)", days)
        blocks = ((name, *block) for name, block in self.blocks.items())
        self.database.write("INSERT INTO page_block VALUES (?, ?, ?)", blocks)


def _in_language(rows: list[PageRow], lang: str) -> Page | None:
    """Of the pages of one note that in the language, or else the first."""
    found = [row for row in rows if row[_LANG] == lang] or rows[:1]
    return page_of(found[0]) if found else None
