"""``saig due``: whether the day has brought a change to the site that is public."""

from __future__ import annotations

import datetime

import click

from ..notes.plain_data import from_json
from ..project_settings import BuildError, bytes_at, day, site_url
from ..words import N_, editor_language, for_editors
from . import project

DUE, NOT_DUE, UNKNOWN = 0, 1, 2


@click.command("due")
@click.argument("where", required=False)
@project.today_option
@project.lang_option
def command(where: str | None, today: datetime.date | None, lang: str | None) -> None:
    """Exit with 0 if the public site is to be built again because of the day, with 1 if not.

    WHERE is a next-change.json, as a file or a web address; by default that of the SITEURL in
    publishconf.py. Exits with 2 if it cannot be read. What was never published is not due.

    \b
    Example: saig due && saig publish /srv/site
    """
    language = editor_language(lang)
    try:
        settings = project.settings(project.root(), production=True, TODAY=today, LANGUAGE=lang)
        now, site = day(settings), site_url(settings)
    except BuildError as error:
        click.echo(str(error), err=True)
        raise SystemExit(UNKNOWN) from None
    code, message, values = answer(where or f"{site}/next-change.json", now)
    click.echo(for_editors(message, language, **values), err=True)
    raise SystemExit(code)


def answer(where: str, now: datetime.date) -> tuple[int, str, dict[str, object]]:
    """The exit status, and why: a message marked with ``N_`` and its values."""
    try:
        next_change = read_next_change(bytes_at(where))
    except (OSError, ValueError) as error:
        if isinstance(error, FileNotFoundError):
            return NOT_DUE, N_("Nothing is public yet: there is no %(file)s"), {"file": where}
        message = N_("%(file)s cannot be read: %(reason)s")
        return UNKNOWN, message, {"file": where, "reason": error}
    if next_change is None:
        return NOT_DUE, N_("The public site will not change by itself"), {}
    if next_change > now:
        return NOT_DUE, N_("The public site will change on %(day)s"), {"day": next_change}
    return DUE, N_("The public site is due since %(day)s"), {"day": next_change}


def read_next_change(data: bytes) -> datetime.date | None:
    """The date in a ``next-change.json``; raises ``ValueError`` where it is none."""
    found = from_json(data)
    if not isinstance(found, dict) or "date" not in found:
        raise ValueError("no date")
    return None if found["date"] is None else datetime.date.fromisoformat(str(found["date"]))
