"""One size of town, measured: each program does the same in turn, round after round.

In turn, and not one program after the other, so that a machine that slows down does so for all.
"""

from __future__ import annotations

import datetime
import gzip
import json
import os
import re
import shutil
import sys
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from pathlib import Path

import changes
import corpus
from measure import Failed, Run, run
from tools import PUBLIC, Tool

CLEAN, UNCHANGED, CHANGED = "clean", "unchanged", "changed"
SCENARIOS = (CLEAN, UNCHANGED, CHANGED)
"""Of every program: nothing left of an earlier build; nothing changed since; a text changed since.
``changes.KINDS`` are those of one that builds in proportion."""

ALL = (*SCENARIOS, *changes.KINDS)

MAKING = (CLEAN, CHANGED)
"""In which something is made; memory is sampled in these."""

ONE_NOTE = "one-note site"
"""Plain Pelican on a site of one note: what a build costs in which there is nothing to do."""


WARM_UP = 20
"""Notes."""


@dataclass(frozen=True, slots=True)
class Written:
    """``page``: the one that takes most to load, ``load``: the bytes of it with its style and script,
    compressed."""

    notes: int
    files: int
    bytes: int
    page: str
    load: int


@dataclass
class Size:
    """What was measured at one size. Keys are a program's name and a scenario."""

    notes: int
    runs: dict[tuple[str, str], list[Run]] = field(default_factory=dict)
    memory: dict[tuple[str, str], Run] = field(default_factory=dict)
    written: dict[str, Written] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)


@dataclass
class Project:
    """A town as one program's project. ``notes``: how many there are. ``times``: how often it was
    prepared."""

    tool: Tool
    root: Path
    notes: int
    times: int = 0
    day: datetime.date = corpus.DAY

    @property
    def site(self) -> Path:
        return self.root / self.tool.made[0]

    @property
    def content(self) -> Path:
        return self.root / "content"

    def prepare(self, scenario: str, timeout: float) -> None:
        """Bring about what is to be measured; none of this is timed."""
        self.times += 1  # no change is that of another round, or it would be remembered
        if scenario == CLEAN:
            changes.mend(self.content)
            self.forget()
        elif scenario == CHANGED:
            changes.text(self.content, self.times)
        elif scenario in changes.KINDS:
            self._change(changes.KINDS[scenario], timeout)
        os.sync()  # what one program wrote is not to be flushed in the next one's time

    def _change(self, change: changes.Change, timeout: float) -> None:
        if change.beside_error and changes.break_a_note(self.content):
            self.build(timeout)
        if change.next_day:
            self._to_a_quiet_day(timeout)
        if change.is_published and not (self.root / PUBLIC).exists():
            self.publish(timeout)
        change.make(self.content, self.times)

    def _to_a_quiet_day(self, timeout: float) -> None:
        """Go on to the next day on which no page changes by itself; the day before it is built."""
        self.day += datetime.timedelta(1)
        while self._next_change() == str(self.day):
            self.build(timeout)
            self.day += datetime.timedelta(1)

    def _next_change(self) -> str | None:
        found: str | None = json.loads((self.site / "next-change.json").read_bytes())["date"]
        return found

    def forget(self) -> None:
        """Move aside what was built. To delete it would leave the disk busy for a while."""
        for name in self.tool.made:
            if (self.root / name).exists():
                trash = self.root / "trash"
                trash.mkdir(exist_ok=True)
                (self.root / name).rename(trash / f"{name}-{len(list(trash.iterdir()))}")

    def build(self, timeout: float, *, sample: bool = False) -> Run:
        return run(self.tool.command(self.day), self.root, timeout, sample=sample)

    def publish(self, timeout: float) -> Run:
        assert self.tool.publish
        return run(self.tool.publish(self.day), self.root, timeout)


def warm_up(tools: Sequence[Tool], folder: Path, timeout: float) -> None:
    """Each builds a small town unmeasured: that shows whether it works, and compiles its code."""
    for tool in tools:
        _project(tool, WARM_UP, folder / tool.name, 1).build(timeout)


def measure(
    tools: Sequence[Tool],
    unit: Tool | None,
    notes: int,
    folder: Path,
    *,
    seed: int,
    rounds: int,
    timeout: float,
    scenarios: Collection[str] = ALL,
    keep: bool = False,
) -> Size:
    """A town of so many notes, built by each. ``unit``: who builds the one-note site."""
    size = Size(notes)
    projects = [_project(tool, notes, folder / tool.name, seed) for tool in tools]
    if CLEAN not in scenarios:
        for project in projects:
            _build(project, CLEAN, timeout, size)
    one = _one_note(_project(unit, 1, folder / "unit", seed)) if unit else None
    for number in range(rounds):
        turns = chain(_turns(projects, one, size), _in_proportion(projects, size))
        for project, scenario in turns:
            if scenario not in scenarios:
                continue
            took = _build(project, scenario, timeout, size)
            if took:
                name = ONE_NOTE if project is one else scenario
                size.runs.setdefault((project.tool.name, name), []).append(took)
                say(
                    f"{notes:,} notes, round {number + 1} of {rounds}: {_said(project, name, took)}"
                )
    for project, scenario in _turns(
        projects, None, size, [one for one in MAKING if one in scenarios]
    ):
        took = _build(project, scenario, timeout, size, sample=True)
        if took:
            size.memory[project.tool.name, scenario] = took
            say(f"{notes:,} notes, memory: {_said(project, scenario, took)}")
    for project in projects:
        if project.tool.name not in size.failed:
            size.written[project.tool.name] = _written(project)
    if not keep:
        shutil.rmtree(folder)
    return size


def _project(tool: Tool, notes: int, root: Path, seed: int) -> Project:
    return Project(tool, root, tool.write(root, notes, seed))


def _one_note(project: Project) -> Project:
    for path in sorted((project.root / "content").rglob("*.md"))[:-1]:
        path.unlink()
    return project


def _turns(
    projects: Sequence[Project],
    one: Project | None,
    size: Size,
    scenarios: Sequence[str] = SCENARIOS,
) -> Iterator[tuple[Project, str]]:
    """Who builds what, in which order; who failed once is left out from then on."""
    for scenario in scenarios:
        for project in projects:
            if project.tool.name not in size.failed:
                yield project, scenario
        if one and scenario == UNCHANGED:
            yield one, scenario


def _in_proportion(projects: Sequence[Project], size: Size) -> Iterator[tuple[Project, str]]:
    for project in projects:
        for scenario in changes.KINDS if project.tool.publish else ():
            if project.tool.name not in size.failed:
                yield project, scenario


def _build(
    project: Project, scenario: str, timeout: float, size: Size, *, sample: bool = False
) -> Run | None:
    try:
        project.prepare(scenario, timeout)
        if scenario in changes.KINDS and changes.KINDS[scenario].is_published:
            return project.publish(timeout)
        return project.build(timeout, sample=sample)
    except Failed as failed:
        size.failed[project.tool.name] = f"{scenario}: {str(failed).splitlines()[0]}"
        say(f"{project.tool.name}: {failed}")
        return None


def _written(project: Project) -> Written:
    files = [path for path in project.site.rglob("*") if path.is_file()]
    load, page = heaviest_page(project.site)
    return Written(
        project.notes, len(files), sum(path.stat().st_size for path in files), page, load
    )


ASKED_FOR = re.compile(r'(?:href|src)="(?:https?://[^/"]+)?([^"?:]+\.(?:css|js))[?"]')
"""What a page loads that counts: its style and script."""


def heaviest_page(site: Path) -> tuple[int, str]:
    """The most bytes that a page takes with its style and script, compressed, and which page that
    is."""
    compressed = cache(lambda path: len(gzip.compress(path.read_bytes(), 6, mtime=0)))

    def load(path: Path) -> int:
        asked = set(ASKED_FOR.findall(path.read_text("utf-8")))
        files = (
            site / name[1:] if name.startswith("/") else (path.parent / name).resolve()
            for name in asked
        )
        return compressed(path) + sum(compressed(file) for file in files if file.is_file())

    pages = ((load(path), path.relative_to(site).as_posix()) for path in site.rglob("*.html"))
    return max(pages, default=(0, ""))


def _said(project: Project, scenario: str, took: Run) -> str:
    return f"{project.tool.name}, {scenario}: {took.wall:.2f} s"


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
