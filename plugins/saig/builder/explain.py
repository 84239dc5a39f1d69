"""Explains to editors why files were made again, and what a page depends on. The words for rows are
in ``catalogue.rows.TABLES``, those for derived values in their ``@derived``, the names of inputs in
``build.inputs_of_page``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter

from ..catalogue import addresses
from ..catalogue.lookup import DERIVED
from ..catalogue.rows import TABLES
from ..documents.every import document
from ..notes.address import file_of, place
from ..words import N_
from .build import Build, inputs_of_page
from .feed_files import files_of_cell
from .pages import page_cell
from .row_store import WORLDS
from .site_files import COLUMNS_OF, SEARCH, search_folder
from .up_to_date import VERSION

MOST = 5
"""The most reasons for one page; others are counted."""

Line = tuple[str, dict[str, object]]
"""A message marked with ``N_``, and its values."""

OTHERS_IN_WORDS = {
    "known": N_("whether there is a note %(key)s"),
    "file": N_("whether there is a file %(key)s"),
    "files": N_("which files there are"),
    "ids": N_("which notes of the kind %(key)s there are"),
    "note-file": N_("whether there is a note's file %(key)s"),
    "note-files": N_("which files of notes there are"),
    "translated": N_("whether there is a translation: %(note)s"),
    "is-draft": N_("whether %(note)s is a draft"),
    "drafts": N_("which notes are drafts"),
    "gone": N_("what gone.yaml says of %(key)s"),
    "gone-list": N_("which addresses are gone"),
    "theme": N_("which files the theme has"),
    "recorded": N_("which addresses of lists are recorded"),
    "beside": N_("the file %(key)s"),
    "news": N_("the news of %(note)s"),
    "days": N_("the days of %(note)s"),
    "head": N_("the title of the page beside it, or which notes it is about"),
}
"""The words for other looked-up names."""

NEVER_MADE = N_("it was never made before")
NOT_AS_WRITTEN = N_("the file in the output folder was not as it was written")

OF_GIT = N_("the day, or what Git says of the tree")
OF_FILES = N_("the file itself, settings of the site, or Saig")

WHAT = {**TABLES, **{name: one.words for name, one in DERIVED.items()}, **OTHERS_IN_WORDS}
"""Table of a name -> the words for it."""


def made_again(build: Build) -> Iterator[tuple[str, list[Line]]]:
    """The addresses that were made again, with reasons."""
    for name in build.made:
        page = build.pages.get(name)
        address = "/" + page.path.removesuffix("index.html")
        yield address, _first(build, _reasons(build, name))
    for name in build.made_feeds:
        page = build.pages.get(name.split(" ", 2)[2])
        for file in files_of_cell(name, page):
            yield "/" + file, _first(build, _changes(build, name, NOT_AS_WRITTEN))
    for path in build.made_whole:
        yield "/" + path, _first(build, _of_whole(build, path))


def _reasons(build: Build, name: str) -> Iterator[Line]:
    """Why a page was made again."""
    page, inputs = build.pages.get(name), build.changed_inputs
    found = [one for one in inputs_of_page(page.lang, page.kind) if one in inputs]
    for one in found:
        yield N_("%(input)s is not as it was"), {"input": one}
    if build.pages.before(name) is None or name in build.due:
        yield from _of_document(build, name)
    elif not found:
        yield NOT_AS_WRITTEN, {}


def _of_document(build: Build, name: str) -> Iterator[Line]:
    """Why a page's document may have changed."""
    if build.pages.before(name) is None:
        yield NEVER_MADE, {}
    else:
        yield from _changes(build, page_cell(name), N_("the day is another"))


def _changes(build: Build, cell: str, otherwise: str) -> Iterator[Line]:
    """The changes under names that a cell looked up; ``otherwise`` if there are none."""
    changed = sorted(build.work.cells.looked_up_among(cell, build.work.causes))
    for name in changed:
        world, _, rest = name.partition(" ")
        own = rest if world in WORLDS else name
        for note in sorted(build.work.causes[name]) or [""]:
            yield _line(build, own, note)
    if not changed:
        yield otherwise, {}


def _of_whole(build: Build, path: str) -> Iterator[Line]:
    """Why a file of the whole site was made again."""
    of_search = tuple(search_folder(build.catalogue.site, lang) for lang in build.sites)
    # A later build may have written a new day into it without updating the cache.
    if path == VERSION and build.folder.is_known and not build.folder.is_empty:
        yield OF_GIT, {}
    elif not build.folder.is_known or path in build.folder.found.altered:
        yield NOT_AS_WRITTEN, {}
    elif columns := COLUMNS_OF.get(SEARCH if path.startswith(of_search) else path):
        yield from _of_pages(build, columns)
    elif path == addresses.OPENAPI:
        yield from _changes(build, "openapi", OF_FILES)
    elif path in (sites := {addresses.site_data(lang): lang for lang in build.sites}):
        yield from _changes(build, build.site_cell(sites[path]), OF_FILES)
    else:
        yield OF_FILES, {}


def _of_pages(build: Build, columns: Sequence[str]) -> Iterator[Line]:
    """Why values of pages in these columns changed or were removed."""
    pages, said, are_others = build.pages, attrgetter(*columns), False
    for name in sorted(pages.dropped):
        if page := pages.before(name):
            are_others = True
            address = "/" + page.path.removesuffix("index.html")
            yield N_("the page %(address)s is no more"), {"address": address}
    for name in sorted(pages.made):
        before = pages.before(name)
        if before is None or said(before) != said(pages.get(name)):
            are_others = True
            yield from _of_document(build, name)
    if not are_others:
        yield OF_FILES, {}


def _of_all(build: Build) -> Iterator[Line]:
    """Why everything was made again: the cache was empty or stale."""
    changed = build.changed_inputs & {*build.config.foundation} if build.inputs_before else ()
    for one in sorted(changed):
        yield N_("%(input)s is not as it was"), {"input": one}
    if not changed:
        yield NEVER_MADE, {}


def _first(build: Build, lines: Iterable[Line]) -> list[Line]:
    """The first lines, without duplicates, and how many more there are."""
    lines = _of_all(build) if build.work.database.is_new else lines
    found = {message % values: (message, values) for message, values in lines}
    more = len(found) - MOST
    rest: list[Line] = [(N_("and %(count)d more"), {"count": more})] if more > 0 else []
    return [*list(found.values())[:MOST], *rest]


def _line(build: Build, name: str, note: str = "") -> Line:
    """The line for a name. ``note``: the one that caused the change, if known."""
    table, _, key = name.partition(" ")
    of = note or key.partition(" ")[0]
    path = _path_of(build, of) if "/" in of else ""
    values: dict[str, object] = {"note": path or of, "key": _path_of(build, key) or key}
    return WHAT.get(table, N_("%(key)s")), values


def _path_of(build: Build, note: str) -> str:
    """The file of a note; '' if there is no such note."""
    changed = build.work.notes.changed_paths(note)
    if len(changed) == 1:
        return changed[0]
    found = build.catalogue.row("listed", note)
    return next(iter(found["words"].values()))[-1] if found else ""


def depends(build: Build, address: str) -> Iterator[Line]:
    """Everything that the page at an address depends on; nothing if there is no such page."""
    paths = (file_of(address), file_of(place(address)))
    for page in build.pages.where("path", *paths):
        with build.catalogue.recording() as record:
            document(build.builders[page.lang], page.name.partition(" ")[2])
        for name in record.names:
            yield _line(build, name)
        inputs = (*build.config.foundation, *inputs_of_page(page.lang, page.kind))
        for name in dict.fromkeys(inputs):
            yield "%(input)s", {"input": name}
