"""The line that a problem points at, and the same line mended, where the remedy is certain."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from .notes.files import own_file
from .notes.problem import Problem

Lines = Callable[[str], Sequence[str]]
"""The lines of a file, by its path from the project's folder; none if it has none to show."""

SHOWN = (".md", ".yaml")

WIDTH = 100
"""Characters of a long line that are shown, around the place."""

LONGEST = 2_000
"""Characters of a mended line: one that is cut could not be pasted."""

BYTES = 1 << 20
"""What a file may have at most for its lines to be shown. Notes have less."""


@dataclass(frozen=True)
class Excerpt:
    """``line``: the wrong one; ``column``: of the place, from 1. ``mended``: what to write instead
    of it, or of the lines from it to ``last``; None where that is not certain."""

    number: int
    line: str
    column: int
    mended: str | None = None
    last: int = 0


def no_lines(path: str) -> Sequence[str]:
    return ()


def lines_below(project: Path) -> Lines:
    """Of the project's own files: a link to elsewhere is not followed."""

    @cache
    def lines(path: str) -> Sequence[str]:
        file = project / path
        top = project / path.partition("/")[0]
        try:
            if (
                ".." in path
                or not path.endswith(SHOWN)
                or not own_file(file, top)
                or file.stat().st_size > BYTES
            ):
                return ()
            text = file.read_bytes().decode("utf-8-sig", "replace")
        except OSError:
            return ()
        return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")

    return lines


def excerpts(problems: Sequence[Problem], lines: Lines) -> list[Excerpt | None]:
    """One a problem. A line with several faults is mended of all of them."""
    by_line: dict[tuple[str, int], list[Problem]] = {}
    for problem in problems:
        by_line.setdefault((problem.path, problem.line), []).append(problem)
    return [
        _excerpt(problem, by_line[problem.path, problem.line], lines(problem.path))
        for problem in problems
    ]


def _excerpt(problem: Problem, beside: Iterable[Problem], lines: Sequence[str]) -> Excerpt | None:
    if not 1 <= problem.line <= len(lines):
        return None
    line = lines[problem.line - 1]
    about_the_whole = problem.line == 1 and line.strip() == "---"
    if about_the_whole or not line.strip() or problem.column > len(line) + 1:
        return None
    bare = Excerpt(problem.line, line, problem.column)
    if problem.fix is None:
        return bare
    more = problem.fix[0].count("\n")
    old = "\n".join(lines[problem.line - 1 : problem.line + more])
    mended = mend(old, [problem] if more else [one for one in beside if not _is_long(one)])
    return replace(bare, mended=mended, last=problem.line + more) if mended else bare


def _is_long(problem: Problem) -> bool:
    return problem.fix is not None and "\n" in problem.fix[0]


def mend(line: str, problems: Iterable[Problem]) -> str | None:
    """The line, or lines, with the remedies of its problems, as far as they do not touch each
    other; None where nothing of them is there."""
    edits = sorted(
        (start, start + len(problem.fix[0]), problem.fix[1])
        for problem in problems
        if problem.fix and (start := _where(line, problem.fix[0], problem.column - 1)) >= 0
    )
    done, parts = 0, []
    for start, end, new in edits:
        if start >= done:
            parts += [line[done:start], new]
            done = end
    mended = "".join([*parts, line[done:]])
    return mended if mended != line and len(mended) <= LONGEST else None


def _where(line: str, old: str, at: int) -> int:
    """Where the words to be replaced stand: at the place, behind it, or else around it."""
    found = line.find(old, at)
    return found if found >= 0 else line.find(old)


def drawn(excerpt: Excerpt) -> list[str]:
    """Lines for a terminal: the wrong line, a caret below the place, what to write instead."""
    line, at = _around(excerpt.line, excerpt.column - 1)
    number = str(excerpt.number)
    empty = " " * len(number)
    drawing = [f"    {number} | {_shown(line)}", f"    {empty} | {' ' * at}^"]
    if excerpt.mended is not None and all(map(_may_be_pasted, excerpt.mended)):
        drawing += [f"    {'→':>{len(number)}} | {line}" for line in excerpt.mended.split("\n")]
    return drawing


def _around(line: str, at: int) -> tuple[str, int]:
    """The part of a long line around a place, and where the place is in it."""
    if len(line) <= WIDTH:
        return line, at
    first = max(0, min(at - WIDTH // 2, len(line) - WIDTH))
    part = line[first : first + WIDTH]
    if first:
        part = "…" + part[1:]
    return part + "…" * (first + WIDTH < len(line)), at - first


def _shown(text: str) -> str:
    return "".join(c if c.isprintable() else " " if c.isspace() else "�" for c in text)


def _may_be_pasted(sign: str) -> bool:
    """Whether a terminal can show the sign, so that who copies it gets it."""
    return sign.isprintable() or sign in "\n\t\u00a0\u202f"
