"""Where Pelican meets Saig: one generator, which Pelican runs on each build.

What knows of Pelican is in this file and in ``commands``.
"""

from __future__ import annotations

import datetime
import logging
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pelican import signals
from pelican.generators import Generator
from pelican.log import console

from .build.begin import Begun, begin, civil_date, see
from .build.build import Build, keep_memory, memory_of
from .build.explain import Line, depends, made_again
from .build.inputs import digest, of_settings
from .build.notes import Notes
from .build.pool import aside, processors
from .build.store import Parts, Store, open_store
from .build.whole import Site
from .catalogue.assemble import assemble, without_broken
from .catalogue.assembled import Assembled, Remembered
from .catalogue.catalogue import Catalogue
from .catalogue.check import check_name
from .catalogue.memory import Memory
from .excerpt import lines_below
from .notes.problem import Problem
from .notes.read import read_site
from .notes.site import Recorded
from .notes.urls import NoAddress, site_address
from .outputs.data import addresses_in
from .outputs.html import quick
from .progress import Progress
from .report import as_text, in_brief, summary, unresolved_as_text
from .words import N_, counted, editor_language, for_editors

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
    begun: Begun

    def generate_context(self) -> None:
        _Told.started = time.monotonic()
        if _Told.hushed:
            console.quiet = _Told.hushed = False
        lang = editor_language(self.settings.get("LANGUAGE"))
        settings = self.settings
        site_url(settings)  # before anything is written
        self.begun = settings.get("BEGUN") or begin(settings, open_store(settings), lang)
        self.read = read = read_project(settings, self.begun.store, self.begun)
        assembled = read.assembled
        self.text = in_brief(assembled.problems, lang, lines_below(Path(settings["PATH"]).parent))
        sys.stderr.write(self.text)
        # While Pelican watches for changes, an editor's slip must not end it.
        watching = self.settings.get("AUTORELOAD")
        if not watching and (
            not assembled.catalogue or (assembled.has_errors and self.settings.get("PRODUCTION"))
        ):
            read.close()
            raise BuildError(summary(assembled.problems, lang))
        if assembled.has_errors:  # one record, for with --fatal=errors Pelican stops at the first
            left_out = N_("Left out what is wrong: %(problems)s")
            log.error(for_editors(left_out, lang, problems=summary(assembled.problems, lang)))

    def generate_output(self, writer: Any) -> None:
        read = self.read
        if read is None or read.assembled.catalogue is None:
            return
        settings = of_settings(self.settings, Path(self.settings["PATH"]).parent)
        site = Site(
            content=Path(self.settings["PATH"]),
            theme=Path(self.theme),
            url=site_url(self.settings),
            relative_urls=bool(self.settings["RELATIVE_URLS"]),
            environment=quick(self.env, settings),
            preview=self.settings.get("PREVIEW"),
        )
        lang = editor_language(self.settings.get("LANGUAGE"))
        build, failed = self._build(read, read.assembled.catalogue, site, settings)
        for path in build.folder.kept:
            if path.endswith(".html"):
                signals.content_written.send(f"{self.output_path}/{path}", context=self.context)
        unresolved = unresolved_as_text(build.unresolved, lang)
        sys.stderr.write(unresolved)
        if (wanted := self.settings.get("EXPLAIN")) is not None:
            sys.stdout.write(explained(build, wanted, lang))
        files = len(build.folder.kept)
        sys.stderr.write(f"{made(build, lang)}\n")
        built = self.settings["BUILT"] = what_is_built(build, lang)
        nothing = _done(0, files, 0, 0, lang)
        if failed:
            self.begun.forget()
        else:
            self.begun.keep(
                read.notes.digests,
                build.catalogue.day,
                build.catalogue.site.time_zone,
                f"{self.text}{unresolved}{nothing}\n",
                built,
            )
        read.close()

    def _build(
        self, read: Read, catalogue: Catalogue, site: Site, settings: str
    ) -> tuple[Build, list[Problem]]:
        """Build the site without the notes at whose pages Saig fails; the problems of these."""
        lang = editor_language(self.settings.get("LANGUAGE"))
        last = read.assembled.last
        failed: list[Problem] = []
        while True:
            build = Build(
                catalogue,
                site,
                self.begun.folder,
                read.store,
                read.jobs,
                read.progress,
                lambda: self.begun.seen().version,
                read.notes.digests,
                last.shape if last and not failed else "",
                settings,
                whole=bool(self.settings.get("EXPLAIN")),
            )
            build.run()
            if not build.failed:
                return build, failed
            failed += build.failed
            sys.stderr.write(as_text(build.failed, lang))
            if self.settings.get("PRODUCTION"):
                read.close()
                raise BuildError(summary(failed, lang))
            catalogue = without_broken(catalogue, build.failed)


def made(build: Build, lang: str) -> str:
    """What this build did."""
    return _done(len(build.made), len(build.folder.kept), build.folder.written, build.removed, lang)


def _done(pages: int, files: int, written: int, removed: int, lang: str) -> str:
    return counted(
        "%(count)d page made; of %(files)d files %(written)d written, %(removed)d removed",
        "%(count)d pages made; of %(files)d files %(written)d written, %(removed)d removed",
        pages,
        lang,
        files=files,
        written=written,
        removed=removed,
    )


def what_is_built(build: Build, lang: str) -> str:
    """What stands in the output folder: a line that waits for its ``seconds`` and ``folder``."""
    from babel import Locale
    from babel.lists import format_list

    pages = sum(path.endswith("index.html") for path in build.folder.kept)
    notes = len(build.catalogue.entries)
    reader = Locale.parse(lang)
    names = [
        Locale.parse(one, sep="-").get_display_name(reader) or one
        for one in build.catalogue.site.languages
    ]
    text = for_editors(
        N_("Built %(pages)s of %(notes)s (%(languages)s)"),
        lang,
        pages=counted("%(count)d page", "%(count)d pages", pages, lang),
        notes=counted("%(count)d note", "%(count)d notes", notes, lang),
        languages=format_list(names, locale=reader),
    )
    return text.replace("%", "%%") + for_editors(N_(" in %(seconds).1f s: %(folder)s"), lang)


class _Told:
    """When the build began, and whether Pelican's own last line was left out."""

    started = 0.0
    hushed = False


def tell(pelican: Any) -> None:
    """For Pelican's signal ``finalized``: say what was built, instead of how many articles there are.
    Saig's own commands say it themselves."""
    if console.quiet or not (built := pelican.settings.pop("BUILT", "")):
        return
    values = {"seconds": time.monotonic() - _Told.started, "folder": pelican.output_path}
    sys.stderr.write(f"{built % values}\n")
    console.quiet = _Told.hushed = True


@dataclass
class Read:
    """The notes of a project, read and checked, and what is to be remembered of that."""

    assembled: Assembled
    store: Store
    notes: Notes
    jobs: int
    progress: Progress

    def close(self) -> None:
        """Remember it, and what a build has added, for the next time."""
        self.store.save()
        if self.store.notice:
            self.progress.step(self.store.notice)


def _keep(
    store: Store, notes: Notes, assembled: Assembled, checks: Sequence[Memory[list[Problem]]]
) -> None:
    store.keep(notes.to_keep())
    store.keep([("last", assembled.last)])
    for memory in checks:
        if assembled.checked:
            names = {check_name(key) for key in assembled.checked.entries}
            keep_memory(store, "checks", memory, names)
    if assembled.last and assembled.checked and assembled.catalogue:
        _keep_relations(store, "relation", assembled.catalogue)
        if assembled.last.drafts:
            _keep_relations(store, "checked", assembled.checked)


def _keep_relations(store: Store, beginning: str, catalogue: Catalogue) -> None:
    store.keep((f"{beginning} {name}", said) for name, said in catalogue.relations().items())


def read_project(settings: Mapping[str, Any], store: Store, begun: Begun | None = None) -> Read:
    """The notes of a project as its settings say, and all problems in them. ``begun``: the build
    that they are read for."""
    content = Path(settings["PATH"])
    seen = begun.seen if begun else aside(partial(see, content))
    progress = Progress(editor_language(settings.get("LANGUAGE")))
    jobs = int(settings.get("JOBS") or processors())
    notes = Notes(store, jobs, progress, begun.notes if begun else None)
    checks: list[Memory[list[Problem]]] = []

    def recall(catalogue: Catalogue) -> Memory[list[Problem]]:
        salt = digest(catalogue.site, catalogue.day, catalogue.url)
        checks.append(memory_of(store, "checks", salt, catalogue))
        return checks[0]

    last = store.part("last")
    shown = Parts(store, "relation")
    checked = Parts(store, "checked") if last and last.drafts else shown
    assembled = assemble(
        content,
        day(settings),
        translations=Path(settings["THEME"]) / "translations",
        tracked=seen().problems,
        read=notes,
        remembered=Remembered(last, shown, checked, recall),
        is_public=bool(settings.get("PRODUCTION")),
        drafts=bool(settings.get("DRAFTS")),
        refuse_placeholders=bool(settings.get("PRODUCTION"))
        and not settings.get("ALLOW_PLACEHOLDERS"),
        previous=published_before(settings),
        url=site_url(settings),
    )
    _keep(store, notes, assembled, checks)  # now: pages need memory too
    return Read(assembled, store, notes, jobs, progress)


def explained(build: Build, address: str, lang: str) -> str:
    """Why each page was made again; or, for an address, what its page depends on."""
    if not address:
        return "".join(
            f"{there}: {'; '.join(_said(reasons, lang))}\n" for there, reasons in made_again(build)
        )
    try:
        path = urlsplit(address).path
    except ValueError:
        path = address
    found = _said(depends(build, path), lang)
    if not found:
        return for_editors(N_("There is no page %(address)s"), lang, address=path) + "\n"
    return f"{path}\n" + "".join(f"    {line}\n" for line in found)


def _said(lines: Iterable[Line], lang: str) -> list[str]:
    return [for_editors(message, lang) % values for message, values in lines]


def assemble_from(settings: Mapping[str, Any]) -> Assembled:
    """As ``read_project``, for who builds nothing."""
    site_url(settings)  # before anything is written
    read = read_project(settings, open_store(settings))
    read.close()
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
    """The site's absolute address without a slash at its end; documents need one even on a laptop.

    Raises ``BuildError`` where SITEURL can be none. All that is written has this address in it, so
    whoever is about to write asks first.
    """
    port, is_public = int(settings.get("PORT") or 8000), bool(settings.get("PRODUCTION"))
    try:
        return site_address(settings["SITEURL"], port, is_public=is_public)
    except NoAddress as error:
        lang = editor_language(settings.get("LANGUAGE"))
        values = {**error.values, "value": str(settings["SITEURL"])[:200]}
        raise refusal(
            settings,
            N_("SITEURL is not the site's address: %(reason)s. Write SITEURL = '%(better)s'"),
            reason=for_editors(error.reason, lang, **values),
            better=error.better or EXAMPLE,
        ) from None


EXAMPLE = "https://www.example.cat/urbanisme"


def published_before(settings: Mapping[str, Any]) -> dict[str, Recorded]:
    """The addresses in an earlier ``api/v1/index.json``: a file, or a web address."""
    previous = settings.get("PREVIOUS")
    if not previous:
        return {}
    try:
        return addresses_in(bytes_at(previous))
    except (OSError, ValueError) as error:
        raise refusal(
            settings,
            N_("%(file)s cannot be read as an index of what was published: %(reason)s"),
            file=previous,
            reason=error,
        ) from None


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


def generators(pelican: Any) -> type[Generator]:
    """For Pelican's signal ``get_generators``."""
    return NotesGenerator
