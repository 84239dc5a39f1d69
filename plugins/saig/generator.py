"""Where Pelican meets Saig: one generator, which Pelican runs on each build.

What knows of Pelican is in this file and in ``commands``.
"""

from __future__ import annotations

import datetime
import logging
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
from .catalogue.check_citations import unresolved
from .notes.read import read_site
from .outputs.data import addresses_in
from .report import as_text, summary, unresolved_as_text
from .words import N_, editor_language, for_editors

log = logging.getLogger(__name__)


class BuildError(SystemExit):
    """What stops a build, in words for an editor.

    A ``SystemExit``, for Pelican answers any other exception with a traceback.
    """


def refusal(settings: Mapping[str, Any], message: str, **values: object) -> BuildError:
    """The error with this message in the editor's language."""
    return BuildError(for_editors(message, editor_language(settings.get("LANGUAGE")), **values))


class NotesGenerator(Generator):  # type: ignore[misc]
    """All notes at once. Settings: ``docs/operators.md``."""

    catalogue: Catalogue | None = None

    def generate_context(self) -> None:
        assembled = assemble_from(self.settings)
        lang = editor_language(self.settings.get("LANGUAGE"))
        sys.stderr.write(as_text(assembled.problems, lang))
        # While Pelican watches for changes, an editor's slip must not end it.
        watching = self.settings.get("AUTORELOAD")
        if not watching and (
            not assembled.catalogue or (assembled.has_errors and self.settings.get("PRODUCTION"))
        ):
            raise BuildError(summary(assembled.problems, lang))
        if assembled.has_errors:  # one record, for with --fatal=errors Pelican stops at the first
            left_out = N_("Left out what is wrong: %(problems)s")
            log.error(for_editors(left_out, lang, problems=summary(assembled.problems, lang)))
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
        lang = editor_language(self.settings.get("LANGUAGE"))
        sys.stderr.write(unresolved_as_text(unresolved(self.catalogue), lang))
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
        previous=published_before(settings),
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
            raise refusal(
                settings, N_("TODAY = %(day)s is not a date such as 2020-12-10"), day=today
            ) from None
    site, _, _ = read_site(Path(settings["PATH"]))
    return civil_date(site.time_zone if site else "UTC")


def site_url(settings: Mapping[str, Any]) -> str:
    """The site's absolute address without a slash at its end; documents need one even on a laptop."""
    url = str(settings["SITEURL"]).rstrip("/")
    return url if "://" in url else f"http://localhost:{settings.get('PORT') or 8000}{url}"


def published_before(settings: Mapping[str, Any]) -> dict[str, str]:
    """The addresses and titles in an earlier ``api/v1/index.json``: a file, or a web address."""
    previous = settings.get("PREVIOUS")
    if not previous:
        return {}
    try:
        if previous.startswith(("https://", "http://")):
            with urlopen(previous, timeout=30) as answer:
                return addresses_in(answer.read())
        return addresses_in(Path(previous).read_bytes())
    except (OSError, ValueError) as error:
        raise refusal(
            settings,
            N_("%(file)s cannot be read as an index of what was published: %(reason)s"),
            file=previous,
            reason=error,
        ) from None


def generators(pelican: Any) -> type[Generator]:
    """For Pelican's signal ``get_generators``."""
    return NotesGenerator
