"""What was measured, as a picture: seconds against notes, both on scales of powers of ten."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from html import escape

from rounds import CHANGED, CLEAN, Size
from table import HUGO, PELICAN, SAIG, TOOLS, WORDS, wall

WIDTH, HEIGHT = 400, 388
LEFT, RIGHT, TOP, BOTTOM = 46, 384, 40, 290
"""Of the plot. Small enough that its words can be read on a phone."""

Point = tuple[int, float]
"""Notes, and seconds."""

STYLE = """
svg { --ink: #1f2328; --faint: #d1d5da; --saig: #b5121b; --pelican: #0a58a8; --hugo: #6b4e00; }
@media (prefers-color-scheme: dark) {
  svg { --ink: #e6edf3; --faint: #3d444d; --saig: #ff8a80; --pelican: #79b8ff; --hugo: #e3b341; }
}
text { font: 13px system-ui, sans-serif; fill: var(--ink); }
.name { font-size: 15px; font-weight: 600; }
.grid { stroke: var(--faint); }
.line { fill: none; stroke-width: 2; }
.changed { stroke-dasharray: 6 4; }
.Saig { stroke: var(--saig); } .Pelican { stroke: var(--pelican); } .Hugo { stroke: var(--hugo); }
.mark.Saig { fill: var(--saig); } .mark.Pelican { fill: var(--pelican); }
.mark.Hugo { fill: var(--hugo); }
"""


def chart(sizes: Sequence[Size]) -> str:
    """The SVG. Colours differ, and so do marks and dashes, for who does not see colours."""
    lines = {
        (tool, scenario): points
        for scenario in (CLEAN, CHANGED)
        for tool in TOOLS
        if (points := _points(sizes, tool, scenario))
    }
    seconds = [second for points in lines.values() for _, second in points]
    notes = sorted({number for points in lines.values() for number, _ in points})
    x = Scale(min(notes), max(notes), LEFT + 14, RIGHT - 14)
    low, high = math.floor(math.log10(min(seconds))), math.ceil(math.log10(max(seconds)))
    y = Scale(10**low, 10 ** max(high, low + 1), BOTTOM, TOP)
    parts = [*_axes(x, y, notes)]
    for (tool, scenario), points in lines.items():
        places = [(x.of(number), y.of(second)) for number, second in points]
        parts += _line(tool, scenario, places, places)
    parts += _legend(list(lines))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-labelledby="title desc">\n<title id="title">{TITLE}</title>\n'
        f'<desc id="desc">{escape(_said(lines))}</desc>\n<style>{STYLE}</style>\n'
        f'<text class="name" x="{LEFT - 38}" y="20">{TITLE}</text>\n'
        + "\n".join(parts)
        + "\n</svg>\n"
    )


TITLE = "Seconds to build, by number of notes"


class Scale:
    """Numbers from ``low`` to ``high``, by their powers of ten, to places."""

    def __init__(self, low: float, high: float, start: float, end: float) -> None:
        self.low, self.high, self.start, self.end = low, high, start, end

    def of(self, value: float) -> float:
        if self.high == self.low:
            return (self.start + self.end) / 2
        part = math.log(value / self.low) / math.log(self.high / self.low)
        return self.start + part * (self.end - self.start)


def _points(sizes: Sequence[Size], tool: str, scenario: str) -> list[Point]:
    found = [(size.notes, wall(size, tool, scenario)) for size in sizes]
    return sorted((notes, second) for notes, second in found if second is not None)


def _axes(x: Scale, y: Scale, notes: Sequence[int]) -> Iterator[str]:
    for power in range(round(math.log10(y.low)), round(math.log10(y.high)) + 1):
        place = y.of(10.0**power)
        yield f'<path class="grid" d="M{LEFT} {place:.1f}H{RIGHT}"/>'
        yield f'<text x="{LEFT - 6}" y="{place + 4:.1f}" text-anchor="end">{10.0**power:g}</text>'
    for number in notes:
        place = x.of(number)
        yield f'<path class="grid" d="M{place:.1f} {TOP}V{BOTTOM}"/>'
        yield f'<text x="{place:.1f}" y="{BOTTOM + 18}" text-anchor="middle">{number:,}</text>'


def _line(
    tool: str,
    scenario: str,
    places: Sequence[tuple[float, float]],
    marks: Sequence[tuple[float, float]],
) -> Iterator[str]:
    path = "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
    yield f'<path class="line {tool} {scenario}" d="M{path}"/>'
    for x, y in marks:
        yield f'<path class="mark {tool}" d="{_mark(tool, x, y)}"/>'


def _mark(tool: str, x: float, y: float) -> str:
    """A disc, a square or a triangle."""
    shapes = {
        SAIG: f"M{x - 4:.1f} {y:.1f}a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z",
        PELICAN: f"M{x - 4:.1f} {y - 4:.1f}h8v8h-8z",
        HUGO: f"M{x:.1f} {y - 5:.1f}l5 9h-10z",
    }
    return shapes[tool]


def _legend(lines: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Programs below each other; clean on the left, one note changed on the right."""
    for column, scenario in enumerate((CLEAN, CHANGED)):
        for row, tool in enumerate(TOOLS):
            if (tool, scenario) in lines:
                x, y = 10 + column * 155, BOTTOM + 44 + row * 19
                yield from _line(tool, scenario, [(x, y), (x + 32, y)], [(x + 16, y)])
                yield f'<text x="{x + 40}" y="{y + 4}">{tool}, {WORDS[scenario]}</text>'


def _said(lines: dict[tuple[str, str], list[Point]]) -> str:
    """The same in words."""
    return " ".join(
        f"{tool}, {WORDS[scenario]}: "
        + ", ".join(f"{second:.2g} s at {notes:,} notes" for notes, second in points)
        + "."
        for (tool, scenario), points in lines.items()
    )
