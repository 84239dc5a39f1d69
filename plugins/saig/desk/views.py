"""The desk's own HTML: its page, and what it puts into the site's pages. Notes, titles and messages
may hold any markup: all of it is escaped."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from ..cms import labels
from ..editor_templates import templates_in
from ..excerpt import drawn
from ..notes.problem import Problem
from ..shipped import shipped
from ..themes import OWN, Theme
from ..words import N_, Translator, counted, for_editors
from .state import DeskState, NoteRow

HERE = Path(__file__).parent
EDIT = "vscode://file{file}:{line}:{column}"
_BEGIN = re.compile(r"<body[^>]*>(\s*<a class=\"skip\"[^>]*>[^<]*</a>)?")
STATES = {
    "broken": N_("has an error"),
    "draft": N_("draft"),
    "current": N_("published"),
    "upcoming": N_("to come"),
    "expired": N_("over"),
    "superseded": N_("replaced"),
    "not-yet-in-force": N_("not yet in force"),
    "in-force": N_("in force"),
    "partly-in-force": N_("partly in force"),
    "suspended": N_("suspended"),
    "no-longer-in-force": N_("no longer in force"),
    "unknown": N_("state unknown"),
}
KINDS = {
    "broken": N_("With an error"),
    **{kind: many for kind, (many, _) in labels.KINDS.items()},
}


def _rendered(template: str, lang: str, **values: object) -> str:
    templates = templates_in(HERE / "templates", lang=lang, escapes=True)
    return templates.get_template(template).render(**values)


def edit_link(form: str, project: Path, path: str, line: int = 1, column: int = 1) -> str:
    """Where a file is edited. ``form``: the setting ``EDIT_LINK``, which may have ``{file}``, the
    whole path on this computer, ``{path}`` from the project's folder, ``{line}`` and
    ``{column}``."""
    values = {"{file}": quote(str(project / path)), "{path}": quote(path)}
    values |= {"{line}": str(line), "{column}": str(column)}
    return re.sub(r"\{(file|path|line|column)\}", lambda found: values[found[0]], form)


def told(
    state: DeskState, problems: Sequence[Problem], project: Path, lang: str, edit: str
) -> list[dict[str, Any]]:
    """Problems as the templates show them: in words, with the line and a caret, and a line to
    copy."""
    found = []
    for problem in problems:
        excerpt = state.excerpt(problem)
        message, hint = problem.said(lang)
        found.append(
            {
                "message": message,
                "hint": hint,
                "code": problem.code,
                "is_error": problem.is_error,
                "place": f"{problem.path}:{problem.line}:{problem.column}",
                "edit": edit_link(edit, project, problem.path, problem.line, problem.column),
                "drawing": "\n".join(drawn(excerpt)[:2]) if excerpt else "",
                "mended": (excerpt.mended if excerpt else None) or "",
            }
        )
    return found


def no_report(reason: str, lang: str) -> str:
    """Why there is no report, instead of it."""
    return _rendered("no_report.html", lang, reason=reason)


def badge(state: DeskState, lang: str) -> str:
    """The texts in the corner of each page."""
    errors = len(state.errors) + bool(state.failure)
    if not errors:
        return for_editors(N_("Desk"), lang)
    return counted("%(count)d problem", "%(count)d problems", errors, lang)


def panel(
    state: DeskState,
    own: Sequence[Problem],
    project: Path,
    lang: str,
    edit: str,
    today: str,
    *,
    is_stale: bool,
) -> str:
    """What the desk shows at the top of a page: the problems of its note and of what every page
    depends on; and in its corner the links to the desk."""
    return _rendered(
        "panel.html",
        lang,
        failure=state.failure,
        of_the_site=told(state, state.of_the_site, project, lang, edit),
        own=told(state, own, project, lang, edit),
        is_stale=is_stale,
        has_errors=bool(state.errors or state.failure),
        badge=badge(state, lang),
        day=_words(project, lang).date(state.day) if state.day and state.day != today else "",
    )


def into(page: str, panel: str, head: str) -> str:
    """A page with the desk's head at the end of its own, and the panel at the beginning of its
    body, behind the link that skips to the content."""
    page = page.replace("</head>", f"{head}</head>", 1)
    return _BEGIN.sub(lambda found: found[0] + panel, page, count=1)


def desk(
    state: DeskState,
    changes: Mapping[str, str],
    project: Path,
    lang: str,
    edit: str,
    today: str,
    last_good: Callable[[NoteRow], str | None],
) -> str:
    """The page of the desk. ``last_good``: where the page of a note with an error is that it
    had."""
    words = _words(project, lang)
    by_path: dict[str, list[Problem]] = {}
    for problem in state.problems:
        by_path.setdefault(problem.path, []).append(problem)
    groups: dict[str, list[dict[str, Any]]] = {}
    of_notes: set[str] = set()
    for note in state.notes:
        of_notes.update(note.files.values())
        own = [one for path in note.files.values() for one in by_path.get(path, ())]
        own.sort(key=lambda one: not one.is_error)
        days = [changes[path] for path in note.files.values() if path in changes]
        kind = note.name.partition("/")[0]
        is_wrong = any(one.is_error for one in own)
        groups.setdefault("broken" if is_wrong else kind, []).append(
            {
                "note": note,
                "state": for_editors(STATES.get(note.state, note.state), lang),
                "problems": told(state, own, project, lang, edit),
                "errors": sum(one.is_error for one in own),
                "changed": words.date(max(days)) if days else "",
                "edit": edit_link(edit, project, note.path),
                "views": dict(note.addresses) or _only(note.lang, last_good(note)),
                "behind": {
                    one: (note.files[one], edit_link(edit, project, note.files[one]), sentences)
                    for one, sentences in note.behind.items()
                },
                "begun": {one: note.files[one] for one in note.begun},
                "is_brief": not (own or note.missing or note.behind or note.begun),
                "translate": [
                    (one, f"saig new {kind} {note.name.partition('/')[2]} --lang {one}")
                    for one in note.missing
                ],
            }
        )
    others = [problem for problem in state.problems if problem.path not in of_notes]
    for rows in groups.values():
        rows.sort(key=lambda row: (not row["errors"], not row["problems"], row["note"].name))
    return _rendered(
        "desk.html",
        lang,
        state=state,
        failure=state.failure,
        others=told(state, others, project, lang, edit),
        groups={kind: groups[kind] for kind in KINDS if kind in groups},
        kinds=KINDS,
        day=words.date(state.day) if state.day else "",
        today=today,
        badge=badge(state, lang),
        missing=sum(bool(note.missing) for note in state.notes),
        behind=sum(bool(note.behind) for note in state.notes),
    )


def _only(lang: str, address: str | None) -> dict[str, str]:
    return {lang: address} if address else {}


def _words(project: Path, lang: str) -> Translator:
    return Translator.of(Theme.of(shipped(OWN), project).translations, lang)
