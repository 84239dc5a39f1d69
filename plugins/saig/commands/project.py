"""Where the project is, and its settings."""

from __future__ import annotations

import datetime
import gc
import os
import runpy
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click

from ..deprecated import with_new_names
from ..notes.forbidden_files import CACHE
from ..notes.urls import site_address
from ..refusal import Refused
from ..themes import OWN
from ..words import N_
from .setting_types import READ_BY_SAIG, WITHOUT_EFFECT, wrong_type
from .settings_errors import of_setting, reason_of

LAPTOP, PUBLIC = "pelicanconf.py", "publishconf.py"


def root() -> Path:
    """The project's folder: the nearest one upwards with a settings file. Raises ``Refused`` if
    there is none."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if os.path.isfile(folder / LAPTOP):  # False, too, where this account may not look
            return folder
    raise Refused(
        N_("there is no %(file)s in this folder or above it: go into a Saig project"), file=LAPTOP
    )


def refuse_elsewhere(paths: Iterable[Path], project: Path, content: Path) -> None:
    """Refuse files and folders outside of the project and of its notes, which may be elsewhere: no
    problem is ever found there. A folder around the project stands for all of it."""
    tops = project.resolve(), content.resolve()
    for path in paths:
        real = path.resolve()
        if not any(real.is_relative_to(top) or top.is_relative_to(real) for top in tops):
            message = N_("%(path)s is not in this project, %(folder)s")
            raise Refused(message, path=path, folder=project)


def settings(project: Path, *, production: bool = False, **override: Any) -> dict[str, Any]:
    """The project's settings. None in ``override`` changes nothing. Settings that need more than
    Saig's own work are read by ``pelican`` itself, with its defaults under ``PELICANS_OWN``. Raises
    ``Refused`` for wrong settings."""
    plain = plain_settings(project, production=production, **override)
    return whole_settings(plain, project, production=production, **override)


def whole_settings(
    plain: dict[str, Any] | None, project: Path, *, production: bool = False, **override: Any
) -> dict[str, Any]:
    """The same, if ``plain_settings`` has already been called."""
    if plain and _makes_environment(plain):
        return plain
    return _pelicans_settings(project, production=production, **override)


def _makes_environment(settings: Mapping[str, Any]) -> bool:
    with suppress(Exception):  # the setting may have any value
        _environment(settings)
        return True
    return False


def _environment(settings: Mapping[str, Any]) -> None:
    """Raises Jinja's exception if it cannot be made."""
    from jinja2 import Environment  # which takes long to import

    Environment(**settings["JINJA_ENVIRONMENT"])


def _pelicans_settings(project: Path, *, production: bool, **override: Any) -> dict[str, Any]:
    from pelican.settings import DEFAULT_CONFIG, read_settings

    given = {name: value for name, value in override.items() if value is not None}
    file = PUBLIC if production else LAPTOP
    try:
        said = runpy.run_path(str(project / file))
        if wrong := wrong_type(said):
            name, message = wrong
            wrong_value = Refused(message, name=name)
            raise of_setting(name, wrong_value, project, production=production)
        if not (project / said.get("PATH", "content")).is_dir():
            message = N_("there is no folder %(folder)s, in which the notes would be")
            raise Refused(message, folder=said.get("PATH", "content"))
        found = with_new_names(read_settings(str(project / file), override=given))
        _environment(found)
        if not os.path.isdir(f"{found['THEME']}/templates"):
            message = N_("THEME is %(folder)s, which has no folder with templates")
            raise Refused(message, folder=found["THEME"])
        if not _has_saig(found.get("PLUGINS")):
            raise Refused(N_("PLUGINS must have 'saig' in it"))
    except (Exception, SystemExit) as error:  # they are Python, in which anything can be wrong
        reason = reason_of(error, project)
        raise Refused(N_("%(file)s cannot be read: %(reason)s"), file=file, reason=reason) from None
    if _overlaps(found, project):
        raise Refused(
            N_(
                "%(folder)s is the folder of the notes, of the theme or of Git, in it or around it: "
                "build elsewhere"
            ),
            folder=found["OUTPUT_PATH"],
        )
    return {**found, "PELICANS_OWN": DEFAULT_CONFIG}


def _has_saig(plugins: Sequence[Any] | None) -> bool:
    """Whether Pelican finds Saig: among the plugins that are named; where none is, it takes each
    that is installed in its namespace."""
    if plugins is None:
        return find_spec("pelican.plugins.saig") is not None
    return any(str(plugin).endswith("saig") for plugin in plugins)


def _overlaps(settings: Mapping[str, Any], project: Path) -> bool:
    """Whether the output folder is that of the notes, of a theme or of Git, in it or around it.
    Hooks build into a folder of the cache, which is in that of Git."""
    real = Path(os.path.realpath(settings["OUTPUT_PATH"]))
    if real.parent == Path(os.path.realpath(project / ".git" / CACHE)):
        return False
    sources = (settings["PATH"], settings["THEME"], project / OWN, project / ".git")
    others = [Path(os.path.realpath(source)) for source in sources]
    return any(real.is_relative_to(one) or one.is_relative_to(real) for one in others)


def plain_settings(
    project: Path, *, production: bool = False, **override: Any
) -> dict[str, Any] | None:
    """The settings of the project's files, read without Pelican, which takes long to import; None
    if they need more than Saig's own work, or cannot be read, which Pelican then reports."""
    from .. import settings as saigs

    try:
        said = runpy.run_path(str(project / (PUBLIC if production else LAPTOP)))
    except (Exception, SystemExit):
        return None
    found = {name: value for name, value in said.items() if name.isupper()}
    others = {name for name in vars(saigs) if name.isupper()} - {*READ_BY_SAIG, *WITHOUT_EFFECT}
    if any(name not in found or found[name] != getattr(saigs, name) for name in others):
        return None
    if found.keys() - others - {*READ_BY_SAIG, *WITHOUT_EFFECT} or wrong_type(found):
        return None
    found |= {name: value for name, value in override.items() if value is not None}
    try:
        port = int(found.get("PORT") or 8000)
        site_address(found.get("SITEURL"), port, is_public=bool(found.get("PRODUCTION")))
    except ValueError:
        return None
    for name in PATH_SETTINGS:
        if not isinstance(found.get(name), str):
            return None
        found[name] = os.path.abspath(project / found[name])
    if not (os.path.isdir(found["PATH"]) and os.path.isdir(f"{found['THEME']}/templates")):
        return None
    if _overlaps(found, project):
        return None
    return found


PATH_SETTINGS = ("CACHE_PATH", "OUTPUT_PATH", "PATH", "THEME")
HAVE_WORK = ("EXPLAIN", "PREVIOUS")
"""Settings with which a build has work to do even if nothing changed."""


def tune_gc() -> None:
    """Collect garbage less often, and not before there is much to do (``parallel_map``): most
    objects of a build live to its end. With Python's own thresholds collecting takes a tenth of the
    time; without collecting, the memory of a clean build doubles."""
    gc.disable()
    gc.set_threshold(20_000, 10, 1000)


def say_in(lang: str | None) -> str | None:
    """Print refusals in this language from now on. Returns the language."""
    click.get_current_context().find_root().obj = lang
    return lang


lang_option = click.option(
    "--lang",
    callback=lambda ctx, param, lang: say_in(lang),
    help="Language of the messages: ca, es or en.",
)
today_option = click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    callback=lambda ctx, param, value: (
        value.date() if isinstance(value, datetime.datetime) else value
    ),
    help="Build as on this day (YYYY-MM-DD).",
)
