"""What was measured, as tables in Markdown and as data."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

from changes import KINDS
from measure import MIB, Run
from rounds import CHANGED, CLEAN, ONE_NOTE, UNCHANGED, Size

SAIG, PELICAN, HUGO = "Saig", "Pelican", "Hugo"
TOOLS = (SAIG, PELICAN, HUGO)
WORDS = {
    CLEAN: "clean",
    UNCHANGED: "nothing changed",
    CHANGED: "a text",
    **{name: change.words for name, change in KINDS.items()},
}
MOST = {
    UNCHANGED: 0.06,
    CHANGED: 0.10,
    **dict.fromkeys(("link", "title", "added", "removed", "field"), 0.12),
    **dict.fromkeys(("department", "telephone"), 0.5),
    **dict.fromkeys(("next-day", "next-day-beside-error"), 0.10),
    "text-beside-error": 0.10,
    "title-beside-error": 0.12,
}
"""How many times Hugo's clean build each kind of change may take."""

GROWTH = 6.0
"""How many times longer each may take in a town ten times as large."""
COMPARED, GROWN = 10_000, 100_000
"""Notes at which the goals are set: for comparison with others, and for growth."""


Place = tuple[Size | None, str, str]
"""Size, program and scenario."""


@dataclass(frozen=True, slots=True)
class Goal:
    """``measured`` is None where one of the two was not. ``processor``: the same in processor
    time, which a busy machine stretches less."""

    text: str
    most: float
    measured: float | None
    processor: float | None = None

    @property
    def verdict(self) -> str:
        if self.measured is None:
            return "not measured"
        return "yes" if self.measured <= self.most else "no"


def wall(size: Size | None, tool: str, scenario: str) -> float | None:
    """Median seconds."""
    return _median(size, tool, scenario, lambda run: run.wall)


def cpu(size: Size | None, tool: str, scenario: str) -> float | None:
    return _median(size, tool, scenario, lambda run: run.cpu)


def _median(
    size: Size | None, tool: str, scenario: str, figure: Callable[[Run], float]
) -> float | None:
    runs = size.runs.get((tool, scenario)) if size else None
    return median(map(figure, runs)) if runs else None


def memory(size: Size | None, tool: str, scenario: str) -> float | None:
    """Peak MiB: of all processes together, or of the largest where the system tells no more."""
    run = size.memory.get((tool, scenario)) if size else None
    return (run.tree or run.largest) / MIB if run else None


def largest(size: Size, tool: str, scenario: str) -> float | None:
    runs = size.runs.get((tool, scenario))
    return max(run.largest for run in runs) / MIB if runs else None


def ratio(one: float | None, other: float | None) -> float | None:
    return one / other if one is not None and other else None


def goals(sizes: Sequence[Size]) -> list[Goal]:
    """The goals, at 10,000 notes; where that was not measured, at the largest size below."""
    by_notes = {size.notes: size for size in sizes}
    small = [size for size in sizes if size.notes <= COMPARED]
    size = max(small, key=lambda size: size.notes) if small else None
    at = f"{size.notes:,}" if size else "?"

    def times(text: str, most: float, one: Place, other: Place) -> Goal:
        return Goal(text, most, ratio(wall(*one), wall(*other)), ratio(cpu(*one), cpu(*other)))

    clean, hugo = (size, SAIG, CLEAN), (size, HUGO, CLEAN)
    pelican = (size, PELICAN, CLEAN)
    proportion = [
        times(f"{WORDS[name]}, {at} notes: Hugo's clean build", most, (size, SAIG, name), hugo)
        for name, most in MOST.items()
    ]
    growth = [
        times(
            f"{WORDS[name]}, {GROWN:,} notes: {COMPARED:,} notes",
            GROWTH,
            (by_notes.get(GROWN), SAIG, name),
            (by_notes.get(COMPARED), SAIG, name),
        )
        for name in MOST
    ]
    return [
        *proportion,
        times(f"clean build, {at} notes: Hugo's", 2.0, clean, hugo),
        times(f"clean build, {at} notes: plain Pelican's", 0.6, clean, pelican),
        Goal(
            f"peak memory of a clean build, {at} notes: Hugo's",
            0.5,
            ratio(memory(*clean), memory(*hugo)),
        ),
        *growth,
    ]


def report(sizes: Sequence[Size], about: Mapping[str, str]) -> str:
    """All tables, under one line each that says what they hold."""
    parts = [
        ". ".join(f"{name}: {value}" for name, value in about.items()) + ".",
        "Goals: how many times the other's figure Saig's may be, and is.",
        markdown(["goal", "at most", "measured", "met", "in processor time"], _goal_rows(sizes)),
        "Wall seconds of the whole process: median [least most].",
        markdown(
            ["notes", "", *TOOLS, "Saig ÷ clean Pelican", "Saig ÷ clean Hugo"], _wall_rows(sizes)
        ),
        "Processor seconds, all processes: median.",
        markdown(["notes", "", *TOOLS], _rows(sizes, cpu)),
        "Peak memory in MiB, all processes together, shared pages counted once"
        " (proportional set size, sampled; where the system does not tell, the largest process).",
        markdown(["notes", "", *TOOLS], _rows(sizes, memory, ".0f")),
        "Peak memory in MiB, the largest process alone.",
        markdown(["notes", "", *TOOLS], _rows(sizes, largest, ".0f")),
        "What each wrote. Saig writes a document beside each page, and feeds, calendars and cards."
        " Last the page that takes most to load, in kB with its style and script, compressed.",
        markdown(
            ["notes", "program", "notes in files", "files written", "MiB written", "kB", "page"],
            _written_rows(sizes),
        ),
    ]
    if len(sizes) > 1:
        parts += [
            "How time grows: seconds at the larger size, divided by those at the smaller.",
            markdown(["notes", "", *TOOLS], _growth_rows(sizes)),
        ]
    failed = [
        f"{size.notes:,} notes, {t}: {why}" for size in sizes for t, why in size.failed.items()
    ]
    return "\n\n".join(parts + failed) + "\n"


def _goal_rows(sizes: Sequence[Size]) -> Iterator[list[str]]:
    for goal in goals(sizes):
        yield [
            goal.text,
            f"{goal.most:g}",
            _number(goal.measured, ".3g"),
            goal.verdict,
            _number(goal.processor, ".3g"),
        ]


def _wall_rows(sizes: Sequence[Size]) -> Iterator[list[str]]:
    for size in sizes:
        for scenario, words in WORDS.items():
            saig = wall(size, SAIG, scenario)
            if not any(wall(size, tool, scenario) for tool in TOOLS):
                continue
            spans = [_span(size.runs.get((tool, scenario))) for tool in TOOLS]
            clean = [wall(size, tool, CLEAN) for tool in (PELICAN, HUGO)]
            ratios = [_number(ratio(saig, other), ".3g") for other in clean]
            yield [f"{size.notes:,}", words, *spans, *ratios]
        if one := size.runs.get((PELICAN, ONE_NOTE)):
            yield [f"{size.notes:,}", "beside it, a one-note site", "", _span(one), "", "", ""]


def _rows(sizes: Sequence[Size], figure: Any, form: str = ".2f") -> Iterator[list[str]]:
    for size in sizes:
        for scenario, words in WORDS.items():
            figures = [_number(figure(size, tool, scenario), form) for tool in TOOLS]
            if any(figures):
                yield [f"{size.notes:,}", words, *figures]


def _written_rows(sizes: Sequence[Size]) -> Iterator[list[str]]:
    for size in sizes:
        for tool, wrote in size.written.items():
            yield [
                f"{size.notes:,}",
                tool,
                f"{wrote.notes:,}",
                f"{wrote.files:,}",
                f"{wrote.bytes / MIB:,.0f}",
                f"{wrote.load / 1000:,.1f}",
                wrote.page,
            ]


def _growth_rows(sizes: Sequence[Size]) -> Iterator[list[str]]:
    ordered = sorted(sizes, key=lambda size: size.notes)
    for less, more in pairwise(ordered):
        for scenario, words in WORDS.items():
            grown = [ratio(wall(more, t, scenario), wall(less, t, scenario)) for t in TOOLS]
            if not any(grown):
                continue
            yield [
                f"{less.notes:,} to {more.notes:,}",
                words,
                *(_number(times, ".1f") for times in grown),
            ]


def _span(runs: Sequence[Run] | None) -> str:
    if not runs:
        return ""
    walls = sorted(run.wall for run in runs)
    return f"{median(walls):.2f} [{walls[0]:.2f} {walls[-1]:.2f}]"


def _number(value: float | None, form: str) -> str:
    return "" if value is None else format(value, form)


def markdown(head: Sequence[str], rows: Iterator[list[str]]) -> str:
    """A table that can be read as it stands, too."""
    lines = [list(head), *rows]
    widths = [max(3, *(len(line[n]) for line in lines)) for n in range(len(head))]
    lines.insert(1, ["-" * width for width in widths])
    return "\n".join(
        f"| {' | '.join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))} |"
        for line in lines
    )


def as_data(sizes: Sequence[Size], about: Mapping[str, str]) -> dict[str, Any]:
    """Every single run, and the goals, for programs."""
    return {
        "about": dict(about),
        "goals": [{**dataclasses.asdict(goal), "met": goal.verdict} for goal in goals(sizes)],
        "sizes": [
            {
                "notes": size.notes,
                "runs": _keyed(size.runs, lambda runs: [dataclasses.asdict(run) for run in runs]),
                "memory": _keyed(size.memory, dataclasses.asdict),
                "written": {t: dataclasses.asdict(wrote) for t, wrote in size.written.items()},
                "failed": size.failed,
            }
            for size in sizes
        ],
    }


def _keyed(figures: Mapping[tuple[str, str], Any], plain: Any) -> dict[str, dict[str, Any]]:
    """By program, then by scenario."""
    found: dict[str, dict[str, Any]] = {}
    for (tool, scenario), value in figures.items():
        found.setdefault(tool, {})[scenario] = plain(value)
    return found
