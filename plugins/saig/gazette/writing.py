"""Writes the certain lines into the notes: those that ``saig norms check`` suggests."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from ..notes.problem import Problem
from ..publishing import durable


def write_lines(root: Path, problems: Iterable[Problem]) -> int:
    """Apply the remedies of problems to the files below ``root``; returns how many. One that would
    begin the same list a second time is left for the next run. Raises ``OSError``."""
    by_file: dict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        if problem.fix:
            by_file[problem.path].append(problem)
    count = 0
    for path, those in sorted(by_file.items()):
        file = root / path
        before = file.read_bytes().decode("utf-8")
        after, done = mended(before, those)
        if done:
            durable.write(file, after.encode())
            count += done
    return count


def mended(text: str, problems: Iterable[Problem]) -> tuple[str, int]:
    """A file's text with the remedies of its problems applied, and how many."""
    end = "\r\n" if "\r\n" in text else "\n"
    lines = text.split(end)
    done: set[tuple[int, str]] = set()
    count = 0
    for problem in problems:
        if problem.fix is None or not 1 <= problem.line <= len(lines):
            continue
        old, new = problem.fix
        line = lines[problem.line - 1]
        is_new_field = old == "date:"
        at = line.rfind(old) if is_new_field else line.find(old, problem.column - 1)
        what = new.partition(":")[0] if is_new_field else new
        if at < 0 or (problem.line, what) in done:
            continue
        done.add((problem.line, what))
        lines[problem.line - 1] = line[:at] + new.replace("\n", end) + line[at + len(old) :]
        count += 1
    return end.join(lines), count
