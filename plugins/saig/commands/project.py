"""Where the project is, and what its settings say."""

from __future__ import annotations

import atexit
import datetime
import gc
import os
import runpy
from contextlib import suppress
from pathlib import Path
from typing import Any

import click

from ..notes.urls import site_address
from ..words import N_, editor_language, for_editors

LAPTOP, PUBLIC = "pelicanconf.py", "publishconf.py"


def root() -> Path:
    """The project's folder: the nearest one upwards with a settings file and notes."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if os.path.isfile(folder / LAPTOP):  # False, too, where this account may not look
            return folder
    raise refusal(
        N_("there is no %(file)s in this folder or above it: go into a Saig project"), file=LAPTOP
    )


def refusal(message: str, **values: object) -> click.ClickException:
    """Why a command can't be done, in the editor's language."""
    return click.ClickException(for_editors(message, editor_language(), **values))


def settings(project: Path, *, production: bool = False, **override: Any) -> dict[str, Any]:
    """Pelican's settings, as ``pelican`` itself reads them; what is None in ``override`` stays as it is."""
    from pelican.settings import read_settings

    given = {name: value for name, value in override.items() if value is not None}
    file = PUBLIC if production else LAPTOP
    try:
        return dict(read_settings(str(project / file), override=given))
    except Exception as error:  # they are Python, in which anything can be wrong
        reason = f"{type(error).__name__}: {error}"
        with suppress(Exception):
            if not isinstance(runpy.run_path(str(project / file)).get("SITEURL", ""), str):
                reason = for_editors(
                    N_("SITEURL must be a text between quotation marks"),
                    editor_language(given.get("LANGUAGE")),
                )
        raise refusal(N_("%(file)s cannot be read: %(reason)s"), file=file, reason=reason) from None


def plain_settings(
    project: Path, *, production: bool = False, **override: Any
) -> dict[str, Any] | None:
    """The settings as the project's files say them, without Pelican's defaults; None where they have
    Pelican do more than Saig's own work, or cannot be read, which it then tells."""
    try:
        said = runpy.run_path(str(project / (PUBLIC if production else LAPTOP)))
    except Exception:
        return None
    given = {name: value for name, value in override.items() if value is not None}
    found = {name: value for name, value in said.items() if name.isupper()} | given
    if found.get("PLUGINS") != ["saig"] or any(map(found.get, BEYOND)):
        return None
    try:
        port = int(found.get("PORT") or 8000)
        site_address(found.get("SITEURL"), port, is_public=bool(found.get("PRODUCTION")))
    except ValueError:
        return None
    for name in PLACES:
        if not isinstance(found.get(name), str):
            return None
        found[name] = os.path.abspath(project / found[name])
    return found


PLACES = ("CACHE_PATH", "OUTPUT_PATH", "PATH", "THEME")
BEYOND = ("DELETE_OUTPUT_DIRECTORY", "EXPLAIN", "PREVIOUS", "THEME_TEMPLATES_OVERRIDES")
"""Settings of where everything is, and those with which there is something to do each time."""


def collect_seldom() -> None:
    """What is made of notes is mostly kept to the end: to look for garbage in all of it again and
    again would take a tenth of the time, and never to look would double the memory."""
    gc.set_threshold(20_000, 10, 1000)
    atexit.register(gc.freeze)  # nor at the end, when all of it goes


lang_option = click.option("--lang", help="Language of the messages: ca, es or en.")
today_option = click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    callback=lambda ctx, param, value: (
        value.date() if isinstance(value, datetime.datetime) else value
    ),
    help="Build as on this day (YYYY-MM-DD).",
)
