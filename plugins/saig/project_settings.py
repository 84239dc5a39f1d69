"""What a project's settings say of its site: in words that a build understands, or an error."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from .builder.up_to_date import asked_day, civil_date
from .cms.editor import Editor
from .deprecated import renamed
from .notes.address_lists import Recorded
from .notes.deprecated_fields import HINT, MESSAGE, values_of
from .notes.file_names import shown
from .notes.placeholders import is_placeholder, placeholder
from .notes.problem import Problem
from .notes.read import read_site
from .notes.urls import NoAddress, site_address
from .outputs.data import addresses_in, whole_index
from .refusal import Refused
from .themes import Theme
from .words import N_, editor_language, for_editors


class BuildError(SystemExit):
    """What stops a build, in words for an editor.

    A ``SystemExit``, for Pelican answers any other exception with a traceback.
    """


def refusal(settings: Mapping[str, Any], message: str, **values: object) -> BuildError:
    """The error with this message in the editor's language."""
    return BuildError(for_editors(message, editor_language(settings.get("LANGUAGE")), **values))


def editor(settings: Mapping[str, Any]) -> Editor | None:
    """The editor in the browser that the site is to have. Raises ``BuildError``."""
    try:
        return Editor.of(settings)
    except Refused as error:
        reason = error.said(editor_language(settings.get("LANGUAGE")))
        raise refusal(settings, N_("CMS is not right: %(reason)s"), reason=reason) from None


NOT_FOR_ALL = (
    "CACHE_PATH",
    "LOCALE",
    "OUTPUT_PATH",
    "PATH",
    "PLUGINS",
    "SITENAME",
    "SITEURL",
    "THEME",
)
"""Settings in which towns may differ from Saig's."""


def settings_problems(settings: Mapping[str, Any]) -> list[Problem]:
    """Settings by deprecated names; Pelican's own values, with which it would do more than Saig's
    work; a public site at the address with which ``publishconf.py`` comes, as a warning."""
    project = Path(settings["PATH"]).parent
    found = [
        Problem(*place_of_setting(project, one.old), "deprecated", MESSAGE, HINT, values_of(one))
        for one in renamed("setting")
        if one.old in settings
    ]
    lacking = _as_pelican_has_them(settings)
    if not settings["JINJA_ENVIRONMENT"].get("autoescape"):
        lacking.append("JINJA_ENVIRONMENT")
    if lacking:
        message = N_(
            "these settings have Pelican's own values, with which Saig does not go: %(names)s"
        )
        hint = N_("begin the file with: from saig.settings import *")
        values = {"names": ", ".join(sorted(lacking))}
        found.append(Problem("pelicanconf.py", 1, 1, "missing-setting", message, hint, values))
    address = str(settings.get("SITEURL"))
    if refuses_placeholders(settings) and is_placeholder(address):
        path, line, column = place_of_setting(project, "SITEURL")
        found.append(replace(placeholder(path, (line, column), address), stops=False))
    return found


def refuses_placeholders(settings: Mapping[str, Any]) -> bool:
    """Whether placeholders are errors: on a public site that is no demonstration."""
    return bool(settings.get("PRODUCTION") and not settings.get("ALLOW_PLACEHOLDERS"))


def _as_pelican_has_them(settings: Mapping[str, Any]) -> list[str]:
    """The settings that have Pelican's own values, where it read them, and should have Saig's."""
    from . import settings as saigs

    return [
        name
        for name, pelicans in settings.get("PELICANS_OWN", {}).items()
        if hasattr(saigs, name)
        and name not in (*NOT_FOR_ALL, "JINJA_ENVIRONMENT", "TIMEZONE")
        and settings.get(name) == pelicans != getattr(saigs, name)
    ]


def place_of_setting(project: Path, name: str, *, production: bool = True) -> tuple[str, int, int]:
    """Where a setting is said last: file, line, column; at the beginning of ``pelicanconf.py`` if
    no line begins with it. ``production``: whether ``publishconf.py`` counts."""
    for file in ("publishconf.py", "pelicanconf.py") if production else ("pelicanconf.py",):
        with suppress(OSError, UnicodeDecodeError):
            lines = (project / file).read_text("utf-8").splitlines()
            said = [n for n, line in enumerate(lines, 1) if re.match(rf"{name}\s*[:=]", line)]
            if said:
                return file, said[-1], 1
    return "pelicanconf.py", 1, 1


def day(settings: Mapping[str, Any]) -> datetime.date:
    """The civil date of the build: the setting ``TODAY``, or today in the site's time zone.
    Raises ``BuildError`` for one that is no date."""
    try:
        asked = asked_day(settings)
    except ValueError:
        said = N_("TODAY = %(day)s is not a date such as 2020-12-10")
        raise refusal(settings, said, day=settings["TODAY"]) from None
    if asked:
        return asked
    site = read_site(Path(settings["PATH"])).site
    return civil_date(site.time_zone if site else "UTC")


def theme_of(settings: Mapping[str, Any]) -> Theme:
    """The theme that a project's settings name, with what the project has of its own."""
    return Theme.of(Path(settings["THEME"]), Path(settings["PATH"]).parent)


def site_url(settings: Mapping[str, Any]) -> str:
    """The site's absolute address without a slash at its end; documents need one even on a laptop.

    Raises ``BuildError`` where SITEURL can be none. All that is written has this address in it, so
    whoever is about to write asks first.
    """
    port, is_public = int(settings.get("PORT") or 8000), bool(settings.get("PRODUCTION"))
    try:
        return site_address(settings["SITEURL"], port, is_public=is_public)
    except NoAddress as error:
        lang = editor_language(settings.get("LANGUAGE"))
        values = {**error.values, "value": shown(str(settings["SITEURL"])[:200])}
        raise refusal(
            settings,
            N_("SITEURL is not the site's address: %(reason)s. Write SITEURL = '%(better)s'"),
            reason=for_editors(error.reason, lang, **values),
            better=error.better or EXAMPLE,
        ) from None


EXAMPLE = "https://www.example.cat/urbanisme"


def published_before(settings: Mapping[str, Any]) -> dict[str, Recorded]:
    """The addresses in an earlier ``api/v1/index.json``: a file, or a web address. Raises
    ``BuildError`` where it cannot be read."""
    previous = settings.get("PREVIOUS")
    if not previous:
        return {}
    try:
        return addresses_in(index_at(previous))
    except (OSError, ValueError) as error:
        raise refusal(
            settings,
            N_("%(file)s cannot be read as an index of what was published: %(reason)s"),
            file=previous,
            reason=error,
        ) from None


def index_at(where: str) -> dict[str, Any]:
    """An earlier index, a file or a web address, with all its pages. Raises ``OSError`` or
    ``ValueError`` where it cannot be had."""

    def read(address: str) -> bytes:
        if re.match("https?://", where):
            return bytes_at(address)
        return (Path(where).parent / "index" / Path(urlsplit(address).path).name).read_bytes()

    return whole_index(bytes_at(where), read)


def bytes_at(where: str) -> bytes:
    """What a file holds, or a web address answers with. Raises ``FileNotFoundError`` where there is
    none (404, too), another ``OSError`` where it cannot be had."""
    if not where.startswith(("https://", "http://")):
        return Path(where).read_bytes()
    import ssl

    import httpx  # which takes long to import

    own = ssl.create_default_context()  # with this computer's certificates, not certifi's
    try:
        answer = httpx.get(where, timeout=30, follow_redirects=True, verify=own)
        return answer.raise_for_status().content
    except httpx.HTTPStatusError as error:
        status = error.response.status_code
        kind = FileNotFoundError if status == 404 else OSError
        raise kind(f"{status} {error.response.reason_phrase}") from None
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise OSError(str(error) or type(error).__name__) from None
