"""Where Pelican meets Saig: one generator, which Pelican runs on each build.

What knows of Pelican is in this file and in ``commands``.
"""

from __future__ import annotations

import datetime
import logging
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pelican import signals
from pelican.generators import Generator

from .build.build import Build, Site, civil_date, keep_memory, memory_of, open_folder
from .build.explain import Line, depends, made_again
from .build.inputs import code, digest, of_settings
from .build.notes import Notes
from .build.pool import processors
from .build.store import Store
from .catalogue.assemble import Assembled, assemble
from .catalogue.catalogue import Catalogue
from .catalogue.check_citations import unresolved
from .catalogue.memory import Memory
from .notes.problem import Problem
from .notes.read import read_site
from .outputs.data import addresses_in
from .progress import Progress
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

    read: Read | None = None

    def generate_context(self) -> None:
        lang = editor_language(self.settings.get("LANGUAGE"))
        self.read = read = read_project(self.settings)
        assembled = read.assembled
        sys.stderr.write(as_text(assembled.problems, lang))
        # While Pelican watches for changes, an editor's slip must not end it.
        watching = self.settings.get("AUTORELOAD")
        if not watching and (
            not assembled.catalogue or (assembled.has_errors and self.settings.get("PRODUCTION"))
        ):
            read.keep()
            raise BuildError(summary(assembled.problems, lang))
        if assembled.has_errors:  # one record, for with --fatal=errors Pelican stops at the first
            left_out = N_("Left out what is wrong: %(problems)s")
            log.error(for_editors(left_out, lang, problems=summary(assembled.problems, lang)))

    def generate_output(self, writer: Any) -> None:
        read = self.read
        if read is None or read.assembled.catalogue is None:
            return
        site = Site(
            content=Path(self.settings["PATH"]),
            theme=Path(self.theme),
            url=site_url(self.settings),
            relative_urls=bool(self.settings["RELATIVE_URLS"]),
            environment=self.env,
        )
        output = Path(self.output_path)
        build = Build(
            read.assembled.catalogue,
            site,
            open_folder(read.store, output),
            read.store,
            read.jobs,
            read.progress,
            of_settings(self.settings, Path(self.settings["PATH"]).parent),
        )
        build.run()
        for path in build.folder.kept:
            if path.endswith(".html"):
                signals.content_written.send(str(output / path), context=self.context)
        read.keep()
        lang = editor_language(self.settings.get("LANGUAGE"))
        sys.stderr.write(unresolved_as_text(unresolved(build.catalogue), lang))
        if (wanted := self.settings.get("EXPLAIN")) is not None:
            sys.stdout.write(explained(build, read.notes.changed, wanted, lang))
        read.progress.step(
            N_("%(pages)d pages made; of %(files)d files %(written)d written, %(removed)d removed"),
            pages=len(build.made),
            files=len(build.folder.kept),
            written=build.folder.written,
            removed=build.removed,
        )


@dataclass
class Read:
    """The notes of a project, read and checked, and what is to be remembered of that."""

    assembled: Assembled
    store: Store
    notes: Notes
    checks: Memory[list[Problem]] | None
    jobs: int
    progress: Progress

    def keep(self) -> None:
        """Remember it for the next time."""
        self.store.keep(dict(self.notes.to_keep()))
        if self.checks:
            keep_memory(self.store, "checks", self.checks)
        self.store.save()
        if self.store.notice:
            self.progress.step(self.store.notice)


def read_project(settings: Mapping[str, Any]) -> Read:
    """The notes of a project as its settings say, and all problems in them."""
    content = Path(settings["PATH"])
    progress = Progress(editor_language(settings.get("LANGUAGE")))
    jobs = int(settings.get("JOBS") or processors())
    name = "public" if settings.get("PRODUCTION") else "local"
    store = Store(Path(settings["CACHE_PATH"]) / f"{name}.sqlite", code())
    notes = Notes(store, jobs, progress)
    checks: list[Memory[list[Problem]]] = []

    def recall(catalogue: Catalogue) -> Memory[list[Problem]]:
        salt = digest(catalogue.site, catalogue.day)
        checks.append(memory_of(store, "checks", salt, catalogue))
        return checks[0]

    assembled = assemble(
        content,
        day(settings),
        translations=Path(settings["THEME"]) / "translations",
        drafts=bool(settings.get("DRAFTS")),
        refuse_placeholders=bool(settings.get("PRODUCTION"))
        and not settings.get("ALLOW_PLACEHOLDERS"),
        previous=published_before(settings),
        read=notes,
        recall=recall,
    )
    return Read(assembled, store, notes, checks[0] if checks else None, jobs, progress)


def explained(build: Build, changed: Mapping[str, str], address: str, lang: str) -> str:
    """Why each page was made again; or, for an address, what its page depends on."""
    if not address:
        return "".join(
            f"{there}: {'; '.join(_said(reasons, lang))}\n"
            for there, reasons in made_again(build, changed)
        )
    path = urlsplit(address).path
    found = _said(depends(build, path), lang)
    if not found:
        return for_editors(N_("There is no page %(address)s"), lang, address=path) + "\n"
    return f"{path}\n" + "".join(f"    {line}\n" for line in found)


def _said(lines: Iterable[Line], lang: str) -> list[str]:
    return [for_editors(message, lang) % values for message, values in lines]


def assemble_from(settings: Mapping[str, Any]) -> Assembled:
    """As ``read_project``, for who builds nothing."""
    read = read_project(settings)
    read.keep()
    return read.assembled


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
    site = read_site(Path(settings["PATH"])).site
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
            from urllib.request import urlopen  # which takes long to import

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
