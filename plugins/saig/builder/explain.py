"""Why files were made again, and what a page depends on, in words for editors."""

from __future__ import annotations

from collections.abc import Iterator

from ..catalogue.rows import TABLES
from ..notes.address import file_of, place
from ..words import N_
from .build import Build, of_page
from .feed_files import files_of

MOST = 5
"""Reasons told of one page; the rest are counted."""

Line = tuple[str, dict[str, object]]
"""A message marked with ``N_``, and its values."""

DERIVED = {
    "standing": N_("the state of %(note)s"),
    "effects_said": N_("what is done to %(note)s"),
    "life_said": N_("the states of %(note)s"),
    "is_filled": N_("whether the list %(key)s has anything in it"),
    "responsible_now": N_("which departments have services"),
    "variants_now": N_("which old addresses only queries tell apart"),
    "names": N_("which pages there are"),
}
"""What follows from rows."""

OTHERS = {
    "known": N_("whether there is a note %(key)s"),
    "file": N_("whether there is a file %(key)s"),
    "files": N_("which files there are"),
    "news": N_("the news of %(note)s"),
    "days": N_("the days of %(note)s"),
    "head": N_("the title of the page beside it, or which notes it is about"),
}
"""What else is looked up."""

NOT_AS_WRITTEN = N_("the file in the output folder was not as it was written")

_WHAT = {**TABLES, **DERIVED, **OTHERS}


def made_again(build: Build) -> Iterator[tuple[str, list[Line]]]:
    """The addresses that were made again, and why."""
    for name in build.made:
        page = build.pages.get(name)
        address = "/" + page.path.removesuffix("index.html")
        yield address, list(_reasons(build, name, page.lang, page.kind))
    for name in build.made_feeds:
        page = build.pages.get(name.split(" ", 2)[2])
        for file in files_of(name, page):
            yield "/" + file, list(_changes(build, name, NOT_AS_WRITTEN))


def _reasons(build: Build, name: str, lang: str, kind: str) -> Iterator[Line]:
    inputs = build.changed_inputs
    if build.work.database.is_new:
        inputs &= {*build.foundation}
        if not inputs or not build.inputs_before:
            yield N_("it was never made before"), {}
            return
        for one in sorted(inputs):
            yield N_("%(input)s is not as it was"), {"input": one}
        return
    found = [one for one in of_page(lang, kind) if one in inputs]
    for one in found:
        yield N_("%(input)s is not as it was"), {"input": one}
    if build.pages.before(name) is None:
        yield N_("it was never made before"), {}
    elif name in build.due:
        yield from _changes(build, f"page {name}", N_("the day is another"))
    elif not found:
        yield NOT_AS_WRITTEN, {}


def _changes(build: Build, cell: str, otherwise: str) -> Iterator[Line]:
    """What of that which a cell looked up is not what it was; else what is told ``otherwise``."""
    changed = sorted(build.work.cells.changed(cell, build.work.causes))
    lines: dict[str, Line] = {}
    for name in changed:
        world, _, rest = name.partition(" ")
        own = rest if world in build.worlds else name
        for note in sorted(build.work.causes[name]) or [""]:
            message, values = _line(build, own, note)
            lines.setdefault(message % values, (message, values))
    if not changed:
        yield otherwise, {}
    found = list(lines.values())
    yield from found[:MOST]
    if len(found) > MOST:
        yield N_("and %(count)d more"), {"count": len(found) - MOST}


def _line(build: Build, name: str, note: str = "") -> Line:
    """What stands under a name. ``note``: the one that it is due to, where that is known."""
    table, _, key = name.partition(" ")
    of = note or key
    path = build.path_of(of) if "/" in of else ""
    values: dict[str, object] = {"note": path or of, "key": build.path_of(key) or key}
    return _WHAT.get(table, N_("%(key)s")), values


def depends(build: Build, address: str) -> Iterator[Line]:
    """All that the page at an address depends on; nothing if there is no such page."""
    paths = (file_of(address), file_of(place(address)))
    for page in build.pages.in_files(paths):
        for name in build.looked_up(page.name):
            yield _line(build, name)
        for name in dict.fromkeys((*build.foundation, *of_page(page.lang, page.kind))):
            yield "%(input)s", {"input": name}
