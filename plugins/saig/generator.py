"""Where Pelican meets Saig: one generator, which Pelican runs on each build.

What knows of Pelican is in this file and in ``commands``.
"""

from __future__ import annotations

import datetime
import logging
import re
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlsplit

from jinja2 import BaseLoader, ChoiceLoader, Environment, FileSystemLoader
from pelican import signals
from pelican.generators import Generator
from pelican.log import console

from . import languages
from .builder.build import Build
from .builder.checking import Checked, Options, read_and_check, without
from .builder.database import Database, open_database
from .builder.explain import Line, depends, made_again
from .builder.inputs import of_settings
from .builder.processes import in_background, processors
from .builder.site_files import BuildConfig
from .builder.up_to_date import BuildInputs, build_inputs, civil_date, git_state
from .builder.work import Work
from .catalogue.catalogue import Catalogue
from .catalogue.check_citations import Unresolved
from .cms.editor import Editor
from .cms.forge import WrongForge
from .deprecated import renamed, with_new_names
from .excerpt import lines_below
from .notes.address_lists import Recorded
from .notes.deprecated_fields import HINT, MESSAGE, values_of
from .notes.models import KINDS
from .notes.problem import Problem, in_order
from .notes.read import read_site
from .notes.urls import NoAddress, site_address
from .outputs.data import addresses_in, whole_index
from .outputs.html import with_bytecode_cache
from .progress import Progress
from .report import as_text, in_brief, summary, unresolved_as_text
from .themes import Theme
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

    checked: Checked | None = None
    inputs: BuildInputs
    editor: Editor | None
    early_observer: ClassVar[Callable[[Checked], None] | None] = None
    """Who is told when notes are checked and the pages of those that changed stand, before all others."""
    observer: ClassVar[Callable[[Checked, list[Problem], list[Unresolved]], None] | None] = None
    """Who is told what came of a build, in place of the terminal: what was checked, the notes at whose
    pages Saig failed, and the citations that lead to no note."""

    def generate_context(self) -> None:
        self.settings.update(with_new_names(self.settings))
        settings = self.settings
        self.env.loader = with_own_templates(self.env.loader, theme_of(settings))
        settings["STARTED"] = time.monotonic()
        lang = editor_language(settings.get("LANGUAGE"))
        site_url(settings)  # before anything is written
        self.editor = editor(settings)
        given = settings.get("BUILD_INPUTS")
        self.inputs = given or build_inputs(settings, open_database(settings), lang)
        self.checked = checked = check_project(settings, self.inputs.database, self.inputs)
        self.text = in_brief(checked.problems, lang, lines_below(Path(settings["PATH"]).parent))
        if self.observer:
            if checked.shown is None:
                type(self).observer(checked, [], [])  # type: ignore[misc]
                close(checked, self.inputs.database, settings)
            return
        sys.stderr.write(self.text)
        # While Pelican watches for changes, an editor's slip must not end it.
        watching = self.settings.get("AUTORELOAD")
        if not watching and (
            not checked.shown or (checked.has_errors and self.settings.get("PRODUCTION"))
        ):
            close(checked, self.inputs.database, settings)
            raise BuildError(summary(checked.problems, lang))
        if checked.has_errors:  # one record, for with --fatal=errors Pelican stops at the first
            left_out = N_("Left out what is wrong: %(problems)s")
            log.error(for_editors(left_out, lang, problems=summary(checked.problems, lang)))

    def generate_output(self, writer: Any) -> None:
        checked = self.checked
        if checked is None or checked.shown is None or checked.work is None:
            return
        settings = of_settings(self.settings, Path(self.settings["PATH"]).parent)
        config = BuildConfig(
            content=Path(self.settings["PATH"]),
            theme=theme_of(self.settings),
            url=site_url(self.settings),
            relative_urls=bool(self.settings["RELATIVE_URLS"]),
            environment=with_bytecode_cache(self.env, settings),
            preview=self.settings.get("PREVIEW"),
            editor=self.editor,
        )
        lang = editor_language(self.settings.get("LANGUAGE"))
        build, failed = self._build(checked, checked.work, checked.shown, config, settings)
        for path in build.folder.changed:
            if path.endswith(".html"):
                signals.content_written.send(f"{self.output_path}/{path}", context=self.context)
        unresolved = unresolved_as_text(build.unresolved, lang)
        if self.observer:
            type(self).observer(checked, failed, build.unresolved)  # type: ignore[misc]
        else:
            sys.stderr.write(unresolved)
        if (wanted := self.settings.get("EXPLAIN")) is not None:
            sys.stdout.write(explained(build, wanted, lang))
        if not self.observer:
            sys.stderr.write(f"{made(build, lang)}\n")
        built = self.settings["BUILT"] = what_is_built(build, lang)
        nothing = _done(0, build.folder.count, 0, 0, lang)
        catalogue = build.catalogue
        if failed:
            self.inputs.forget()
        else:
            text = f"{self.text}{unresolved}{nothing}\n"
            self.inputs.keep(catalogue.day, catalogue.site.time_zone, text, built)
        build.save()
        self.inputs.database.save()
        _tell_notice(self.inputs.database, checked.work.progress)

    def _build(
        self,
        checked: Checked,
        work: Work,
        shown: Catalogue,
        config: BuildConfig,
        settings: str,
    ) -> tuple[Build, list[Problem]]:
        """Build the site without the notes at whose pages Saig fails; the problems of these."""
        lang = editor_language(self.settings.get("LANGUAGE"))
        failed: list[Problem] = []
        while True:
            build = Build(
                shown,
                work,
                config,
                self.inputs.folder,
                checked.foundation,
                lambda: self.inputs.git().version,
                settings,
            )
            if early := type(self).early_observer:
                build.on_first = partial(early, replace(checked, shown=shown))
            build.run()
            if not build.failed:
                return build, failed
            failed += build.failed
            if not self.observer:
                sys.stderr.write(as_text(build.failed, lang))
            if self.settings.get("PRODUCTION"):
                close(checked, self.inputs.database, self.settings)
                raise BuildError(summary(failed, lang))
            shown = without(checked, failed)


def made(build: Build, lang: str) -> str:
    """What this build did."""
    folder = build.folder
    return _done(len(build.made), folder.count, len(folder.changed), build.removed, lang)


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
    from babel.lists import format_list

    pages = build.pages.count()
    notes = sum(len(build.catalogue.under("kind", kind)) for kind in KINDS)
    names = [languages.name(one, lang) for one in build.catalogue.site.languages]
    text = for_editors(
        N_("Built %(pages)s of %(notes)s (%(languages)s)"),
        lang,
        pages=counted("%(count)d page", "%(count)d pages", pages, lang),
        notes=counted("%(count)d note", "%(count)d notes", notes, lang),
        languages=format_list(names, locale=languages.locale(lang)),
    )
    return text.replace("%", "%%") + for_editors(N_(" in %(seconds).1f s: %(folder)s"), lang)


def tell(pelican: Any) -> None:
    """For Pelican's signal ``finalized``: say what was built, instead of how many articles there are.
    Saig's own commands say it themselves; and so it is, while Pelican watches for changes, after the
    first time."""
    settings = pelican.settings
    is_quiet = console.quiet and not settings.get("PELICAN_SAYS_NOTHING")
    if is_quiet or not (built := settings.pop("BUILT", "")):
        return
    values = {"seconds": time.monotonic() - settings["STARTED"], "folder": pelican.output_path}
    sys.stderr.write(f"{built % values}\n")
    console.quiet = settings["PELICAN_SAYS_NOTHING"] = True


def editor(settings: Mapping[str, Any]) -> Editor | None:
    """The editor in the browser that the site is to have. Raises ``BuildError``."""
    try:
        return Editor.of(settings)
    except WrongForge as error:
        lang = editor_language(settings.get("LANGUAGE"))
        reason = for_editors(error.message, lang, **error.values)
        raise refusal(settings, N_("CMS is not right: %(reason)s"), reason=reason) from None


def close(checked: Checked, database: Database, settings: Mapping[str, Any]) -> None:
    """Remember what was read and checked, where no pages are made of it."""
    if checked.work:
        checked.work.save(pages_are_made=False)
    database.save()
    _tell_notice(database, Progress(editor_language(settings.get("LANGUAGE"))))


def _tell_notice(database: Database, progress: Progress) -> None:
    if database.notice:
        progress.step(database.notice)


def check_project(
    settings: Mapping[str, Any], database: Database, build_inputs: BuildInputs | None = None
) -> Checked:
    """The notes of a project as its settings say, and all problems in them. ``build_inputs``: of the
    build that they are read for."""
    content = Path(settings["PATH"])
    git = build_inputs.git if build_inputs else in_background(partial(git_state, content))
    is_public = bool(settings.get("PRODUCTION"))
    options = Options(
        content,
        day(settings),
        theme_of(settings),
        site_url(settings),
        tracked=[*git().problems, *settings_problems(settings)],
        is_public=is_public,
        drafts=bool(settings.get("DRAFTS")),
        refuse_placeholders=is_public and not settings.get("ALLOW_PLACEHOLDERS"),
        previous=published_before(settings),
        files=build_inputs.notes if build_inputs else None,
    )
    jobs = int(settings.get("JOBS") or processors())
    progress = Progress(editor_language(settings.get("LANGUAGE")))
    return read_and_check(options, database, jobs, progress)


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
    """Settings by names that were given up, and those in which Pelican's own values would have it do
    more than Saig's work."""
    from pelican.settings import DEFAULT_CONFIG

    from . import settings as saigs

    project = Path(settings["PATH"]).parent
    found = [
        Problem(*_place(project, one.old), "deprecated", MESSAGE, HINT, values_of(one))
        for one in renamed("setting")
        if one.old in settings
    ]
    lacking = [
        name
        for name, pelicans in DEFAULT_CONFIG.items()
        if hasattr(saigs, name)
        and name not in (*NOT_FOR_ALL, "JINJA_ENVIRONMENT", "TIMEZONE")
        and settings.get(name) == pelicans != getattr(saigs, name)
    ]
    if not settings["JINJA_ENVIRONMENT"].get("autoescape"):
        lacking.append("JINJA_ENVIRONMENT")
    if lacking:
        message = N_(
            "these settings have Pelican's own values, with which Saig does not go: %(names)s"
        )
        hint = N_("begin the file with: from saig.settings import *")
        values = {"names": ", ".join(sorted(lacking))}
        found.append(Problem("pelicanconf.py", 1, 1, "missing-setting", message, hint, values))
    return found


def _place(project: Path, name: str) -> tuple[str, int, int]:
    """Where a setting is said: file, line, column."""
    for file in ("publishconf.py", "pelicanconf.py"):
        with suppress(OSError):
            for number, line in enumerate(
                (project / file).read_text("utf-8").splitlines(), start=1
            ):
                if re.match(rf"{name}\s*[:=]", line):
                    return file, number, 1
    return "pelicanconf.py", 1, 1


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


def checked_project(settings: Mapping[str, Any]) -> Checked:
    """As ``check_project``, for who builds nothing."""
    site_url(settings)  # before anything is written
    database = open_database(settings)
    checked = check_project(settings, database)
    close(checked, database, settings)
    return checked


def problems_until(settings: Mapping[str, Any], until: datetime.date) -> list[Problem]:
    """The problems that there are not yet and will be by that day if nobody changes anything, each
    with the first day on which it is one."""
    today = day(settings)
    checked = checked_project({**settings, "TODAY": today})
    known = {_same(problem) for problem in checked.problems}
    found = []
    at = today
    while checked.work and (following := checked.work.cells.next_day("check ", at)):
        if following > until:
            break
        at = following
        checked = checked_project({**settings, "TODAY": at})
        new = [problem for problem in checked.problems if _same(problem) not in known]
        known.update(map(_same, new))
        found += [replace(problem, begins=at) for problem in in_order(new)]
    return found


def _same(problem: Problem) -> tuple[object, ...]:
    return problem.path, problem.line, problem.column, problem.code


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


def with_own_templates(loader: BaseLoader, theme: Theme) -> BaseLoader:
    """A loader that looks into a town's own templates first, also for those that have the old name of
    one of Saig's."""
    if theme.own is None:
        return loader
    own = FileSystemLoader(theme.own / "templates")
    old = {one.new: one.old for one in renamed("template")}

    class OldNames(BaseLoader):
        def get_source(self, environment: Environment, template: str) -> Any:
            return own.get_source(environment, old.get(template, template))

    return ChoiceLoader([own, OldNames(), loader])


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
        return addresses_in(index_at(previous))
    except (OSError, ValueError) as error:
        raise refusal(
            settings,
            N_("%(file)s cannot be read as an index of what was published: %(reason)s"),
            file=previous,
            reason=error,
        ) from None


def index_at(where: str) -> bytes:
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


def generators(pelican: Any) -> type[Generator]:
    """For Pelican's signal ``get_generators``."""
    return NotesGenerator
