"""Problems as editors, programs and forges read them (contract §5)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Protocol, TypeVar

from .notes.problem import CODES, Problem
from .words import EDITORS, N_, for_editors, translations


class _Placed(Protocol):
    @property
    def path(self) -> str: ...


P = TypeVar("P", bound=_Placed)

SARIF = "https://json.schemastore.org/sarif-2.1.0.json"


def _path(problem: Problem) -> str:
    """A file's name may hold anything, a line's end too."""
    return "".join(c if c.isprintable() else "�" for c in problem.path)


def as_text(problems: Sequence[Problem], lang: str) -> str:
    """One line a problem, its hint below it."""
    label = for_editors(N_("hint"), lang)
    lines = []
    for problem in problems:
        message, hint = problem.said(_gettext(lang))
        lines.append(
            f"{_path(problem)}:{problem.line}:{problem.column}: {problem.severity}[{problem.code}] {message}"
        )
        if hint:
            lines.append(f"    {label}: {hint}")
    return "".join(line + "\n" for line in lines)


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


def as_json(problems: Sequence[Problem], lang: str) -> str:
    """One JSON object a line."""
    return "".join(
        json.dumps(_plain(problem, lang), ensure_ascii=False) + "\n" for problem in problems
    )


def as_github(problems: Sequence[Problem], lang: str) -> str:
    """Workflow commands, which GitHub and Forgejo show beside the lines of a merge request."""
    lines = []
    for problem in problems:
        message, hint = problem.said(_gettext(lang))
        text = f"{message} — {hint}" if hint else message
        lines.append(
            f"::{problem.severity} file={_property(_path(problem))},line={problem.line},col={problem.column},"
            f"title={problem.code}::{_data(text)}\n"
        )
    return "".join(lines)


def as_sarif(problems: Sequence[Problem], lang: str) -> str:
    """SARIF 2.1.0, for forges that show code scanning."""
    results = []
    for problem in problems:
        message, hint = problem.said(_gettext(lang))
        results.append(
            {
                "ruleId": problem.code,
                "level": problem.severity,
                "message": {"text": f"{message} — {hint}" if hint else message},
                "locations": [
                    {
                        "physicalLocation": {
                            "artifactLocation": {
                                "uri": problem.path.replace("%", "%25").replace(" ", "%20")
                            },
                            "region": {"startLine": problem.line, "startColumn": problem.column},
                        }
                    }
                ],
            }
        )
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


FORMATS: dict[str, Callable[[Sequence[Problem], str], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
    "sarif": as_sarif,
}


def summary(problems: Sequence[Problem], lang: str) -> str:
    """``2 errors, 1 warning``."""
    catalogue = translations(EDITORS, lang)
    errors = sum(problem.is_error for problem in problems)
    warnings = len(problems) - errors
    return ", ".join(
        (
            catalogue.ngettext("%d error", "%d errors", errors) % errors,
            catalogue.ngettext("%d warning", "%d warnings", warnings) % warnings,
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


def _plain(problem: Problem, lang: str) -> dict[str, Any]:
    message, hint = problem.said(_gettext(lang))
    return {
        "path": problem.path,
        "line": problem.line,
        "column": problem.column,
        "severity": problem.severity,
        "code": problem.code,
        "message": message,
        "hint": hint,
    }


def _gettext(lang: str) -> Callable[[str], str]:
    return translations(EDITORS, lang).gettext


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
