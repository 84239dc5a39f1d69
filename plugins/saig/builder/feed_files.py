"""Makes feeds and calendars. Each is a cell that looks up the pages that it contains."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import groupby
from zoneinfo import ZoneInfo

from ..catalogue.addresses import FEEDS, WITH_CALENDAR
from ..outputs import feeds
from ..outputs.atom import atom_feed
from ..outputs.calendar import calendar
from .cells import Cell
from .database import numbers_of
from .feed_pages import FeedPages
from .output import Folder, Written
from .page_table import Page

About = str | Sequence[str]
"""The notes in a feed: ``"all"``, those of a kind, or a list of notes."""

OF_ALL = "*"
"""Instead of a note in a name: all notes."""


def feed_cells(page: str, kind: str) -> list[str]:
    """The cells of the feed beside a page and, for some kinds, of the calendar."""
    return [f"feed news {page}", *([f"feed days {page}"] if kind in WITH_CALENDAR else [])]


def files_of_cell(name: str, page: Page) -> list[str]:
    """The files of a feed's or calendar's cell."""
    is_calendar = name.startswith("feed days ")
    return [file for file in page.feed_files if file.endswith(FEEDS) != is_calendar]


def make_feed(
    name: str, pages: FeedPages, folder: Folder, zone: str
) -> tuple[tuple[str, list[Written]], list[Cell]]:
    """Make and write the files of the cell of a feed or calendar. Runs in any process."""
    _, what, page_name = name.split(" ", 2)
    page = pages.table.get(page_name)
    assert page.head is not None
    head = feeds.Head(**json.loads(page.head))
    about = json.loads(page.about or "[]")
    since = ""
    if what == "days":
        contents = [calendar(head, _days(pages, page.lang, about), zone)]
    else:
        items = _items(pages, page.lang, about)
        since = _since(items)
        contents = [make(head, items, ZoneInfo(zone)) for make in (atom_feed, feeds.json_feed)]
    written = [
        folder.put(file, content)
        for file, content in zip(files_of_cell(name, page), contents, strict=True)
    ]
    said = (f"{one} {page.lang}{since}" for one in _reads(what, about))
    reads = (f"head {page_name}", *said)
    return (name, written), [Cell(name, None, numbers_of(reads))]


def _reads(what: str, about: About) -> list[str]:
    """The names that a feed or calendar about these notes looks up, without its language."""
    if about == "all":
        return [f"{what} {OF_ALL}"]
    return [f"{what} of {about}"] if isinstance(about, str) else [f"{what} {n}" for n in about]


def changed_names(
    what: str, note: str | None, kind: str, languages: Iterable[str], newest: str | None
) -> list[str]:
    """The names under which something changed in these languages if a page of that note or kind
    did. ``newest``: the latest day of news that the note's pages have or had."""
    of = [OF_ALL, f"of {kind}", *([note] if note else [])]
    names = [f"{what} {one} {lang}" for one in of for lang in languages]
    years = range(FIRST_YEAR, int(newest[:4]) + 1) if newest else ()
    return [*names, *(f"{name} since {year}" for name in names for year in years)]


FIRST_YEAR = 1990
"""Feeds with older entries are made again on any change."""


def _since(items: Sequence[feeds.Item]) -> str:
    """The suffix of the names that a feed looks up, such as `` since 2024``: a full feed does not
    depend on news of years before that of its oldest entry."""
    year = min((item.updated for item in items), default="")[:4]
    is_full = len(items) >= feeds.ENTRIES and int(year) >= FIRST_YEAR
    return f" since {year}" if is_full else ""


def _days(pages: FeedPages, lang: str, about: About) -> Iterable[list[str]]:
    """The entries of a calendar."""
    if isinstance(about, str):
        return pages.all_days(lang)
    found = (pages.with_days(note, lang) for note in about)
    return [one for page in found if page for one in json.loads(page.days or "[]")]


def _items(pages: FeedPages, lang: str, about: About) -> list[feeds.Item]:
    """The items of a feed."""
    if isinstance(about, str):
        kind = None if about == "all" else about
        latest = _latest(pages.newest_first(kind, lang))
        if kind is None:
            latest += [one for one in pages.table.where("kind", "gone") if one.lang == lang]
    else:
        place = {note: number for number, note in enumerate(about)}
        latest = _latest(pages.newest_of_notes(place, lang))
        latest.sort(key=lambda one: place[one.note or ""])
    return feeds.newest((item for one in latest for item in _items_of(one)), lang)


def _latest(pages: Iterable[Page]) -> list[Page]:
    """The pages that may have items in a feed. ``pages``: the latest news first."""
    found: list[Page] = []
    items: list[feeds.Item] = []
    for newest, same_day in groupby(pages, lambda one: one.newest):
        later = {item.what for item in items if item.updated > str(newest)}
        if len(later) >= feeds.ENTRIES:
            break
        ordered = sorted(same_day, key=lambda one: one.rank)  # not in the order of making
        found += ordered
        items += (item for one in ordered for item in _items_of(one))
    return found


def _items_of(page: Page) -> list[feeds.Item]:
    return [feeds.Item(*values) for values in json.loads(page.news or "[]")]
