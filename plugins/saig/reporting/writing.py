"""The report as a page, as Markdown, as JSON (``report.schema.json``)."""

from __future__ import annotations

import calendar
import datetime
import json
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from babel.dates import format_date

from ..editor_templates import templates_in
from ..languages import locale
from ..words import N_, for_editors
from .rows import SECTIONS, Report, Row

TEMPLATES = Path(__file__).parent / "templates"
DESK = Path(__file__).parent.parent / "desk"
"""Has the styles, which the desk's page of the report asks for by their address."""
MONTHS = 24
"""The most that the picture shows."""


def as_json(report: Report, lang: str) -> str:
    sections = [
        {
            "name": name,
            "title": for_editors(title, lang),
            "rows": [_plain(row) for row in report.section(name)],
        }
        for name, title in SECTIONS.items()
    ]
    whole = {
        "version": 1,
        "day": report.day.isoformat(),
        "until": report.until.isoformat(),
        "departments": report.departments,
        "sections": sections,
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _plain(row: Row) -> dict[str, Any]:
    return {
        "text": row.text,
        "path": row.path,
        "line": row.line,
        "title": row.title,
        "departments": list(row.departments),
        "deadline": row.deadline.isoformat() if row.deadline else None,
        "count": row.count,
    }


def as_markdown(report: Report, lang: str) -> str:
    return _rendered("report.md.jinja", report, lang, escapes=False)


def as_html(report: Report, lang: str) -> str:
    """One file that asks for no other."""
    return _rendered("report.html.jinja", report, lang, escapes=True)


def as_desk_page(
    report: Report, lang: str, department: str, edit: Callable[[str, int], str]
) -> str:
    """A page of the desk. ``edit``: where a line of a file is edited."""
    report = report.of(department) if department else report
    more = {"department": department, "edit": edit}
    return _rendered("desk.html.jinja", report, lang, escapes=True, **more)


FORMATS = {"html": as_html, "md": as_markdown, "json": as_json}


class Month(NamedTuple):
    """A row of the picture. ``days``: of each day of it, how many rows of the report are due; None
    before the report's day and after its last one."""

    name: str
    days: list[tuple[str, int | None]]


def _months(report: Report, lang: str) -> Iterator[Month]:
    due = Counter(
        max(row.deadline, report.day)
        for row in report.rows
        if row.deadline and row.section not in ("verify",)
    )
    first = report.day.replace(day=1)
    for number in range(MONTHS):
        year, month = divmod(first.month - 1 + number, 12)
        begins = datetime.date(first.year + year, month + 1, 1)
        if begins > report.until:
            return
        last = calendar.monthrange(begins.year, begins.month)[1]
        dates = [begins.replace(day=day) for day in range(1, last + 1)]
        yield Month(
            format_date(begins, "LLLL y", locale(lang)),
            [
                (
                    format_date(date, "long", locale(lang)),
                    due[date] if report.day <= date <= report.until else None,
                )
                for date in dates
            ],
        )


def _rendered(template: str, report: Report, lang: str, *, escapes: bool, **more: object) -> str:
    templates = templates_in(TEMPLATES, DESK, lang=lang, escapes=escapes)
    title = for_editors(
        N_("What the notes need, from %(day)s to %(until)s"),
        lang,
        day=format_date(report.day, "long", locale(lang)),
        until=format_date(report.until, "long", locale(lang)),
    )
    return templates.get_template(template).render(
        title=title,
        report=report,
        sections=[(name, said, report.section(name)) for name, said in SECTIONS.items()],
        months=list(_months(report, lang)),
        cell=_cell,
        **{"edit": None, **more},
    )


def _cell(text: object) -> str:
    """What may stand in a cell of a Markdown table and means only itself."""
    said = " ".join(str(text).split())
    for sign in "\\`*_[]<>|":
        said = said.replace(sign, f"\\{sign}")
    return said
