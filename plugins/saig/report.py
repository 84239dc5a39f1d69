"""Problems as editors, programs and forges read them (docs/problems.md)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Protocol, TypeVar

from .excerpt import Excerpt, Lines, drawn, excerpts, no_lines
from .notes.problem import CODES, Problem
from .words import N_, counted, for_editors


class _Placed(Protocol):
    @property
    def path(self) -> str: ...


P = TypeVar("P", bound=_Placed)

SARIF = "https://json.schemastore.org/sarif-2.1.0.json"


def printable(text: str) -> str:
    return "".join(c if c.isprintable() else "�" for c in text)


def _path(problem: Problem) -> str:
    """A file's name may hold anything, a line's end too."""
    return printable(problem.path)


def as_text(problems: Sequence[Problem], lang: str, lines: Lines = no_lines) -> str:
    """One line a problem, below it its hint and the line that it is about."""
    return "".join(_texts(problems, lang, lines))


def in_brief(problems: Sequence[Problem], lang: str, lines: Lines) -> str:
    """The same for a build, which is about something else: without the lines of mere warnings."""
    wrong = {problem.path for problem in problems if problem.is_error}
    shown = excerpts(problems, lambda path: lines(path) if path in wrong else ())
    return "".join(
        _text(problem, excerpt if problem.is_error else None, lang)
        for problem, excerpt in zip(problems, shown, strict=True)
    )


def _texts(problems: Sequence[Problem], lang: str, lines: Lines) -> list[str]:
    shown = excerpts(problems, lines)
    return [_text(problem, excerpt, lang) for problem, excerpt in zip(problems, shown, strict=True)]


def _text(problem: Problem, excerpt: Excerpt | None, lang: str) -> str:
    message, hint = problem.said(lang)
    said = [
        f"{_path(problem)}:{problem.line}:{problem.column}: "
        f"{problem.severity}[{problem.code}] {message}"
    ]
    label = for_editors(N_("hint"), lang)
    if hint:
        said.append(f"    {label}: {hint}")
    if excerpt:
        said += drawn(excerpt)
    return "".join(line + "\n" for line in said)


def unresolved_as_text(citations: Iterable[tuple[str, int, int, str]], lang: str) -> str:
    """What the texts cite and no note is about (path, line, column, words): nothing is wrong, but a
    note may be missing."""
    found: dict[str, list[str]] = {}
    for path, line, column, words in sorted(citations):
        found.setdefault(words, []).append(f"{path}:{line}:{column}")
    if not found:
        return ""
    head = for_editors(N_("Citations of norms that have no note here:"), lang)
    lines = [f"    {words}: {', '.join(places)}" for words, places in sorted(found.items())]
    return "\n".join([head, *lines, ""])


def as_json(problems: Sequence[Problem], lang: str, lines: Lines = no_lines) -> str:
    """One JSON object a line. ``fix``: what to write instead of the lines from ``line`` to
    ``fix_until``, where that is certain."""
    return "".join(
        json.dumps(_plain(problem, excerpt, lang), ensure_ascii=False) + "\n"
        for problem, excerpt in zip(problems, excerpts(problems, lines), strict=True)
    )


def as_github(problems: Sequence[Problem], lang: str, lines: Lines = no_lines) -> str:
    """Workflow commands, which GitHub and Forgejo show beside the lines of a merge request."""
    commands = []
    for problem, excerpt in zip(problems, excerpts(problems, lines), strict=True):
        message, hint = problem.said(lang)
        text = f"{message} — {hint}" if hint else message
        if excerpt and excerpt.mended:
            text += f"\n{printable(excerpt.mended)}"
        commands.append(
            f"::{problem.severity} file={_property(_path(problem))},line={problem.line},col={problem.column},"
            f"title={problem.code}::{_data(text)}\n"
        )
    return "".join(commands)


def as_sarif(problems: Sequence[Problem], lang: str, lines: Lines = no_lines) -> str:
    """SARIF 2.1.0, for forges that show code scanning."""
    results = []
    for problem, excerpt in zip(problems, excerpts(problems, lines), strict=True):
        message, hint = problem.said(lang)
        file = {"uri": problem.path.replace("%", "%25").replace(" ", "%20")}
        result: dict[str, Any] = {
            "ruleId": problem.code,
            "level": problem.severity,
            "message": {"text": f"{message} — {hint}" if hint else message},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": file,
                        "region": {"startLine": problem.line, "startColumn": problem.column},
                    }
                }
            ],
        }
        if excerpt and excerpt.mended:
            result["fixes"] = [_replaced_line(file, excerpt)]
        results.append(result)
    rules = [{"id": code} for code in sorted(CODES)]
    run = {
        "tool": {"driver": {"name": "Saig", "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    return (
        json.dumps(
            {"$schema": SARIF, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1
        )
        + "\n"
    )


def _replaced_line(file: dict[str, str], excerpt: Excerpt) -> dict[str, Any]:
    region = {
        "startLine": excerpt.number,
        "startColumn": 1,
        "endLine": excerpt.last + 1,
        "endColumn": 1,
    }
    change = {"deletedRegion": region, "insertedContent": {"text": f"{excerpt.mended}\n"}}
    return {"artifactChanges": [{"artifactLocation": file, "replacements": [change]}]}


ROOM = 30_000
"""Signs that a list may take in a comment: GitHub takes 65,536 in all."""


def as_markdown(problems: Sequence[Problem], lang: str, lines: Lines = no_lines) -> str:
    """For a comment on a merge request: errors first, worded as an editor knows them."""
    if not problems:
        return for_editors(N_("Nothing is wrong in the notes."), lang) + "\n"
    errors_first = sorted(problems, key=lambda problem: not problem.is_error)
    said = _texts(errors_first, lang, lines)
    kept = fitting(said)
    text = f"**{summary(problems, lang)}**\n\n{_block(''.join(kept))}"
    if len(kept) < len(said):
        text += (
            "\n" + for_editors(N_("… and %(count)d more"), lang, count=len(said) - len(kept)) + "\n"
        )
    return text


def fitting(items: Sequence[str]) -> list[str]:
    """The first of these, as far as there is room in a comment."""
    room, kept = ROOM, []
    for item in items:
        room -= len(item)
        if room < 0:
            break
        kept.append(item)
    return kept


def code_span(text: str) -> str:
    """Any text as Markdown that shows it and nothing else: no markup, link or mention is read in
    code, by any forge."""
    clean = printable(" ".join(text.split())) or " "
    fence = "`" * (_longest_run(clean) + 1)
    return f"{fence} {clean} {fence}" if "`" in clean else f"{fence}{clean}{fence}"


def _block(text: str) -> str:
    """The same for lines of text."""
    clean = "\n".join(map(printable, text.splitlines()))
    fence = "`" * max(3, _longest_run(clean) + 1)
    return f"{fence}text\n{clean}\n{fence}\n"


def _longest_run(text: str) -> int:
    return max(map(len, re.findall("`+", text)), default=0)


FORMATS: dict[str, Callable[[Sequence[Problem], str, Lines], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
    "sarif": as_sarif,
    "markdown": as_markdown,
}


def summary(problems: Sequence[Problem], lang: str) -> str:
    """``2 errors, 1 warning``."""
    errors = sum(problem.is_error for problem in problems)
    warnings = len(problems) - errors
    return ", ".join(
        (
            counted("%(count)d error", "%(count)d errors", errors, lang),
            counted("%(count)d warning", "%(count)d warnings", warnings, lang),
        )
    )


def only(found: Sequence[P], project: Path, paths: Sequence[Path]) -> list[P]:
    """What was found in these files and folders; all of it if none is named."""
    if not paths:
        return list(found)
    wanted = [path.resolve() for path in paths]
    return [
        item
        for item in found
        if any((project / item.path).resolve().is_relative_to(path) for path in wanted)
    ]


def _plain(problem: Problem, excerpt: Excerpt | None, lang: str) -> dict[str, Any]:
    message, hint = problem.said(lang)
    fix = {"fix": excerpt.mended, "fix_until": excerpt.last} if excerpt and excerpt.mended else {}
    return {
        "path": problem.path,
        "line": problem.line,
        "column": problem.column,
        "severity": problem.severity,
        "code": problem.code,
        "message": message,
        "hint": hint,
        **({"from": problem.begins.isoformat()} if problem.begins else {}),
        **fix,
    }


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
