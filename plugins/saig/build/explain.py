"""Why pages were made again, and what a page depends on, in words for editors."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from ..catalogue.trace import Question
from ..notes.address import file_of, place
from ..words import N_
from .build import SAYING, Build, of_page
from .pages import Task

MOST = 5
"""Reasons told of one page; the rest are counted."""

Line = tuple[str, dict[str, object]]
"""A message marked with ``N_``, and its values."""

_WHAT = {
    "note": N_("what %(note)s says"),
    "text": N_("the text of %(note)s, and where its links lead"),
    "state": N_("the state of %(note)s"),
    "around": N_("which notes name %(note)s, or are named by it"),
    "naming": N_("which notes name %(note)s"),
    "listed": N_("which notes of the kind %(note)s there are"),
    "named": N_("which norm %(note)s is"),
    "address": N_("whether there is a page %(note)s"),
    "filled": N_("whether the list %(note)s has anything in it"),
}
"""The questions of ``Catalogue``."""


def made_again(build: Build) -> Iterator[tuple[str, list[Line]]]:
    """The addresses that were made again, and why."""
    changed = build.changed
    for task in build.made:
        yield _address(build, task.name), list(_reasons(build, task, changed))


def _address(build: Build, name: str) -> str:
    return "/" + build.said[name].page.removesuffix("index.html")


def _reasons(build: Build, task: Task, changed: Container[str]) -> Iterator[Line]:
    lang, kind = task.around.speaker.lang, build.said[task.name].kind
    names = of_page(lang, kind) if task.said else SAYING
    inputs = [name for name in _other_inputs(build) if name.startswith(names)]
    for name in inputs:
        yield N_("%(input)s is not as it was"), {"input": _input(name)}
    if task.said:
        if not inputs:
            yield N_("the file in the output folder was not as it was written"), {}
        return
    asked = build.memory.reasons(task.name)
    if asked is None:
        if not inputs:
            yield N_("it was never made before"), {}
        return
    files = sorted({path for question in asked for path in _files(build, question, changed)})
    for path in files:
        yield N_("%(input)s is not as it was"), {"input": path}
    told = {path.rpartition("/")[2].partition(".")[0] for path in files}
    others = [question for question in asked if _named(question) not in told]
    for question in others[:MOST]:
        yield _line(build, question)
    if len(others) > MOST:
        yield N_("and %(count)d more"), {"count": len(others) - MOST}


def _other_inputs(build: Build) -> list[str]:
    """The inputs that are not what they were in the last build."""
    before = build.inputs_before
    return [name for name, found in build.inputs.items() if before and before.get(name) != found]


def _input(name: str) -> str:
    what, _, lang = name.partition(" ")
    if what == "words":
        return f"theme/translations/{lang}"
    return {"around": f"header/footer ({lang})"}.get(what, name)


def _files(build: Build, question: Question, changed: Container[str]) -> Iterator[str]:
    what, of = question
    if what in ("note", "text", "state"):
        entry = build.catalogue.get(*of)
        paths = [entry.note(lang).source.path for lang in entry.languages] if entry else []
        yield from (path for path in paths if path in changed)


def _named(question: Question) -> str:
    of = question[1]
    return of[1] if isinstance(of, tuple) else str(of)


def _line(build: Build, question: Question) -> Line:
    what, of = question
    entry = build.catalogue.get(*of) if isinstance(of, tuple) else None
    return _WHAT[what], {"note": entry.original.source.path if entry else _named(question)}


def depends(build: Build, address: str) -> Iterator[Line]:
    """All that the page at an address depends on; nothing if there is no such page."""
    pages = (file_of(address), file_of(place(address)))
    for name, said in build.said.items():
        if said.page not in pages:
            continue
        for question in build.memory.asked(name):
            yield _line(build, question)
        for name in dict.fromkeys(
            _startswith(build.inputs, (*SAYING, *of_page(said.lang, said.kind)))
        ):
            yield "%(input)s", {"input": _input(name)}


def _startswith(names: Iterable[str], beginnings: tuple[str, ...]) -> list[str]:
    return [name for name in names if name.startswith(beginnings)]
