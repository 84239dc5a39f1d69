"""Where Pelican meets Saig: one generator, which Pelican runs on each build.

What knows of Pelican is in this file and in ``commands``.
"""

from __future__ import annotations

import datetime
import logging
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from pelican import signals
from pelican.generators import Generator

from .build.build import Site, civil_date, files
from .build.write import Folder
from .catalogue.assemble import Assembled, assemble
from .catalogue.catalogue import Catalogue
from .notes.read import read_site
from .outputs.data import addresses_in
from .report import as_text, summary
from .words import editor_language

log = logging.getLogger(__name__)


class BuildError(SystemExit):
    """What stops a build, in words for an editor.

    A ``SystemExit``, for Pelican answers any other exception with a traceback.
    """


class NotesGenerator(Generator):  # type: ignore[misc]
    """All notes at once. Settings: ``docs/operators.md``."""

    catalogue: Catalogue | None = None

    def generate_context(self) -> None:
        assembled = assemble_from(self.settings)
        lang = language(self.settings)
        sys.stderr.write(as_text(assembled.problems, lang))
        # While Pelican watches for changes, an editor's slip must not end it.
        watching = self.settings.get("AUTORELOAD")
        if not watching and (
            not assembled.catalogue or (assembled.has_errors and self.settings.get("PRODUCTION"))
        ):
            raise BuildError(summary(assembled.problems, lang))
        if assembled.has_errors:  # one record, for with --fatal=errors Pelican stops at the first
            log.error("Left out what is wrong: %s", summary(assembled.problems, lang))
        self.catalogue = assembled.catalogue

    def generate_output(self, writer: Any) -> None:
        if self.catalogue is None:
            return
        site = Site(
            content=Path(self.settings["PATH"]),
            theme=Path(self.theme),
            url=site_url(self.settings),
            relative_urls=bool(self.settings["RELATIVE_URLS"]),
            environment=self.env,
        )
        folder = Folder(Path(self.output_path))
        for path, content in files(self.catalogue, site):
            folder.write(path, content)
            if path.endswith(".html"):
                signals.content_written.send(str(folder.root / path), context=self.context)
        removed = folder.sweep()
        log.info("%d files, %d written, %d removed", len(folder.kept), folder.written, removed)


def assemble_from(settings: Mapping[str, Any]) -> Assembled:
    """The notes of a project as its settings say, and all problems in them."""
    content = Path(settings["PATH"])
    return assemble(
        content,
        day(settings),
        translations=Path(settings["THEME"]) / "translations",
        drafts=bool(settings.get("DRAFTS")),
        refuse_placeholders=bool(settings.get("PRODUCTION"))
        and not settings.get("ALLOW_PLACEHOLDERS"),
        previous=published_before(settings.get("PREVIOUS")),
    )


def day(settings: Mapping[str, Any]) -> datetime.date:
    """The civil date of the build: the setting ``TODAY``, or today in the site's time zone."""
    today = settings.get("TODAY")
    if isinstance(today, datetime.date):
        return today
    if today:
        try:
            return datetime.date.fromisoformat(str(today))
        except ValueError:
            raise BuildError(f"TODAY = {today!r} is not a date such as 2020-12-10") from None
    site, _, _ = read_site(Path(settings["PATH"]))
    return civil_date(site.time_zone if site else "UTC")


def site_url(settings: Mapping[str, Any]) -> str:
    """The site's absolute address without a slash at its end; documents need one even on a laptop."""
    url = str(settings["SITEURL"]).rstrip("/")
    return url if "://" in url else f"http://localhost:{settings.get('PORT') or 8000}{url}"


def published_before(previous: str | None) -> list[str]:
    """The addresses in an earlier ``api/v1/index.json``: a file, or a web address."""
    if not previous:
        return []
    try:
        if previous.startswith(("https://", "http://")):
            with urlopen(previous, timeout=30) as answer:
                return addresses_in(answer.read())
        return addresses_in(Path(previous).read_bytes())
    except (OSError, ValueError) as error:
        raise BuildError(
            f"{previous} cannot be read as an index of what was published: {error}"
        ) from None


def language(settings: Mapping[str, Any]) -> str:
    """The editor's language: the setting ``LANGUAGE``, or what the environment says (POSIX's order)."""
    variables = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return editor_language(settings.get("LANGUAGE") or next(filter(None, variables), None))


def generators(pelican: Any) -> type[Generator]:
    """For Pelican's signal ``get_generators``."""
    return NotesGenerator
