"""What is wrong in a file, where, and what to write instead (docs/problems.md)."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from ..words import of_editors

Severity = Literal["error", "warning"]

WARNINGS = frozenset(
    {
        "address-gap",
        "ambiguous-citation",
        "bare-address",
        "cites-norm-not-in-force",
        "cut-text",
        "deprecated",
        "duplicate-definition",
        "duplicate-eli",
        "empty-file",
        "eli-unread",
        "expiring-soon",
        "gazette-agrees",
        "gazette-fact",
        "gazette-new-act",
        "gazette-relation",
        "gazette-silent",
        "gazette-state",
        "gazette-unknown",
        "gazette-unread",
        "link-gone",
        "link-moved",
        "link-refused",
        "link-slow",
        "link-to-draft",
        "markup-as-text",
        "missing-setting",
        "no-citations",
        "no-open-channel",
        "odd-character",
        "online-only",
        "relative-day",
        "retroactive",
        "stale-contact",
        "table-cells",
        "stale-words",
        "text-as-heading",
        "title-differs",
        "tracking-link",
        "translation-missing",
        "translation-outdated",
        "undefined-reference",
        "unknown-file",
        "unmatched-tag",
        "unrecorded-address",
        "untranslated-heading",
        "unused-definition",
        "unused-override",
        "urgent-without-end",
        "weekday-differs",
    }
)

ERRORS = frozenset(
    {
        "ambiguous-reference",
        "bad-id",
        "bad-words",
        "bad-value",
        "broken-link",
        "conflict-marker",
        "contradicting-relation",
        "date-order",
        "duplicate-address",
        "duplicate-id",
        "duplicate-key",
        "external-image",
        "fact-in-translation",
        "file-name",
        "git-in-content",
        "git-lfs",
        "heading-order",
        "incomplete-words",
        "insecure-url",
        "internal",
        "low-contrast",
        "missing-alt",
        "missing-field",
        "missing-file",
        "missing-front-matter",
        "missing-original",
        "missing-words",
        "not-utf8",
        "outside-content",
        "placeholder",
        "symbolic-link",
        "too-large",
        "tracked-cache",
        "unknown-field",
        "unknown-folder",
        "unknown-language",
        "unknown-reference",
        "unreadable",
        "unsafe-html",
        "vanished-address",
        "wrong-type",
        "yaml-alias",
        "yaml-syntax",
    }
)

CODES = ERRORS | WARNINGS

OF_PUBLIC = {"vanished-address"}
"""Errors that stay errors in a draft's file, because they are about what was public."""


class Term(str):
    """A word of Saig's own among the values of a problem: a gettext id too, to be translated for
    the reader."""


@dataclass(frozen=True)
class Problem:
    """One problem of one place. ``message`` and ``hint`` are gettext ids that ``values`` fill.

    ``path`` is from the project's folder, with slashes; line and column count from 1, columns in
    characters. ``fix``: where the remedy is certain, what stands in the line, at the place or near
    it, and what to write instead of that. ``stops``: whether an error of its code is one here;
    not in a draft, say. ``begins``: the day on which it will be one, of those that are none yet.
    """

    path: str
    line: int
    column: int
    code: str
    message: str
    hint: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    fix: tuple[str, str] | None = None
    stops: bool = True
    begins: datetime.date | None = None

    @property
    def severity(self) -> Severity:
        is_warning = self.code in WARNINGS or not (self.stops or self.code in OF_PUBLIC)
        return "warning" if is_warning else "error"

    @property
    def is_error(self) -> bool:
        return self.severity == "error"

    def said(self, lang: str) -> tuple[str, str]:
        """Message and hint in an editor's language. Both on one line: a problem is one line."""
        gettext = of_editors(lang).gettext
        values = {
            name: gettext(value) if isinstance(value, Term) else value
            for name, value in self.values.items()
        }
        message = _one_line(gettext(self.message), values)
        if self.begins:
            message = f"{self.begins}: {message}"
        return message, _one_line(gettext(self.hint), values) if self.hint else ""

    @property
    def plain(self) -> list[Any]:
        """As plain data, to be remembered; ``problem_of`` reads it."""
        values = {
            name: {"term": str(value)} if isinstance(value, Term) else value
            for name, value in self.values.items()
        }
        place = [self.path, self.line, self.column, self.code, self.message, self.hint]
        return [*place, values, self.fix, self.stops]


def problem_of(plain: Sequence[Any]) -> Problem:
    """The problem that ``Problem.plain`` was made of."""
    path, line, column, code, message, hint, values, fix, stops = plain
    values = {
        name: Term(value["term"]) if isinstance(value, dict) else value
        for name, value in values.items()
    }
    fix = (fix[0], fix[1]) if fix else None
    return Problem(path, line, column, code, message, hint, values, fix, stops)


@dataclass(frozen=True)
class FieldProblem:
    """A problem that does not know its file yet; ``place``: line and column. See ``Problem``."""

    place: tuple[int, int]
    code: str
    message: str
    hint: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    fix: tuple[str, str] | None = None


def file_problem(path: str, code: str, message: str, hint: str, /, **values: object) -> Problem:
    """A problem of a file as a whole."""
    return Problem(path, 1, 1, code, message, hint, values)


def _one_line(text: str, values: Mapping[str, Any]) -> str:
    filled = text % values if values else text
    if not filled.isprintable():
        filled = "".join(c if c.isprintable() else " " for c in filled)
    return " ".join(filled.split())


def in_order(problems: list[Problem]) -> list[Problem]:
    """By file, then position: the order in which an editor works through them."""
    return sorted(set_of(problems), key=lambda p: (p.path, p.line, p.column, p.code, p.message))


def set_of(problems: list[Problem]) -> list[Problem]:
    """The problems without duplicates; ``values`` may not be hashable, so this is not a set."""
    seen: dict[tuple[object, ...], Problem] = {}
    for problem in problems:
        key = (
            problem.path,
            problem.line,
            problem.column,
            problem.code,
            problem.message,
            str(problem.values),
        )
        seen.setdefault(key, problem)
    return list(seen.values())
