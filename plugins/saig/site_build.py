"""A build of a project's site, as its settings say."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
)

from . import languages
from .builder.build import Build
from .builder.checking import CheckResult, shown_without
from .builder.database import open_database
from .builder.explain import Line, depends, made_again
from .builder.site_files import BuildConfig
from .builder.up_to_date import BuildInputs, build_inputs, forget_report
from .builder.work import Work
from .catalogue.catalogue import Catalogue
from .catalogue.check_citations import Unresolved
from .deprecated import renamed, with_new_names
from .excerpt import lines_below
from .notes.models import KINDS
from .notes.problem import Problem
from .outputs.templating import with_bytecode_cache
from .project_settings import (
    BuildError,
    editor,
    site_url,
    theme_of,
)
from .report import as_text, in_brief, summary, unresolved_as_text
from .site_check import check_project, close, tell_notice
from .themes import Theme
from .words import (
    N_,
    counted,
    editor_language,
    for_editors,
)

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Observer:
    """Receives the results of a build, instead of the terminal. ``early``: called with the checked
    notes once the pages of changed notes are written, before all others. ``done``: called with the
    checked notes, the notes whose pages raised an error, and the citations of norms without a
    note."""

    early: Callable[[CheckResult], None]
    done: Callable[[CheckResult, list[Problem], list[Unresolved]], None]


class SiteBuild:
    """One build of a site. ``settings``: ``docs/operators.md``; ``environment``: Jinja's, of the
    theme's templates."""

    def __init__(self, settings: dict[str, Any], environment: Environment) -> None:
        settings.update(with_new_names(settings))
        settings["STARTED"] = time.monotonic()
        self.settings = settings
        self.environment = environment
        if "undefined" not in settings["JINJA_ENVIRONMENT"]:
            environment.undefined = StrictUndefined
        assert environment.loader
        environment.loader = with_own_templates(environment.loader, theme_of(settings))
        self.lang = editor_language(settings.get("LANGUAGE"))
        self.observer: Observer | None = settings.get("OBSERVER")
        site_url(settings)  # before anything is written
        self.editor = editor(settings)
        given = settings.get("BUILD_INPUTS")
        self.build_inputs: BuildInputs = given or build_inputs(
            settings, open_database(settings), self.lang
        )
        self.problems_told = ""

    def check(self) -> CheckResult | None:
        """Read and check the notes. Returns what is to be written, None for nothing. Raises
        ``BuildError`` if errors stop the build."""
        settings = self.settings
        checked = check_project(settings, self.build_inputs.database, self.build_inputs)
        self.problems_told = in_brief(
            checked.problems, self.lang, lines_below(Path(settings["PATH"]).parent)
        )
        if self.observer:
            if checked.shown is None:
                self.observer.done(checked, [], [])
                close(checked, self.build_inputs.database, settings)
                return None
            return checked
        sys.stderr.write(self.problems_told)
        # While Pelican watches for changes, an editor's slip must not end it.
        watching = settings.get("AUTORELOAD")
        if not watching and (
            not checked.shown or (checked.has_errors and settings.get("PRODUCTION"))
        ):
            close(checked, self.build_inputs.database, settings)
            raise BuildError(summary(checked.problems, self.lang))
        if checked.has_errors:  # one record, for with --fatal=errors Pelican stops at the first
            left_out = N_("Left out what is wrong: %(problems)s")
            text = for_editors(left_out, self.lang, problems=summary(checked.problems, self.lang))
            log.error(text)
        return checked

    def write(self, checked: CheckResult) -> list[str]:
        """Write the site of these notes: the files that are missing or stale. Returns the paths of
        the pages that were written, from the output folder."""
        if checked.shown is None or checked.work is None:
            return []
        config = self._config(checked.foundation)
        build, failed = self._build(checked, checked.work, checked.shown, config)
        unresolved = unresolved_as_text(build.unresolved, self.lang)
        if self.observer:
            self.observer.done(checked, failed, build.unresolved)
        else:
            sys.stderr.write(unresolved)
        if (wanted := self.settings.get("EXPLAIN")) is not None:
            sys.stdout.write(explained(build, wanted, self.lang))
        if not self.observer:
            folder, made = build.folder, len(build.made)
            written = len(folder.written_paths)
            done = what_was_done(made, folder.count, written, build.removed, self.lang)
            sys.stderr.write(f"{done}\n")
        self._remember(build, None if failed else f"{self.problems_told}{unresolved}")
        tell_notice(self.build_inputs.database, checked.work.progress)
        return [path for path in build.folder.written_paths if path.endswith(".html")]

    def _config(self, foundation: Mapping[str, str]) -> BuildConfig:
        content = Path(self.settings["PATH"])
        settings_digest = self.build_inputs.settings_digest
        return BuildConfig(
            content=content,
            theme=theme_of(self.settings),
            url=site_url(self.settings),
            relative_urls=bool(self.settings.get("RELATIVE_URLS")),
            environment=with_bytecode_cache(self.environment, settings_digest),
            settings_digest=settings_digest,
            foundation=foundation,
            version=lambda: self.build_inputs.git().version,
            preview=self.settings.get("PREVIEW"),
            editor=self.editor,
        )

    def _remember(self, build: Build, told: str | None) -> None:
        """Save the cache. ``told``: what the next build prints again if nothing changed; None if it
        must not stop early."""
        built = what_is_built(build, self.lang)
        if told is None:
            forget_report(self.build_inputs.database)
        else:
            files = build.folder.count
            done = [what_was_done(0, files, written, 0, self.lang) for written in (0, 1)]
            time_zone = build.catalogue.site.time_zone
            self.build_inputs.keep(time_zone, told, done, built)
        self.settings["BUILT"] = built  # after all settings were looked at once more
        build.save()
        self.build_inputs.database.save()

    def _build(
        self,
        checked: CheckResult,
        work: Work,
        shown: Catalogue,
        config: BuildConfig,
    ) -> tuple[Build, list[Problem]]:
        """Build the site, leaving out the notes whose pages raise an error; returns their problems
        too."""
        failed: list[Problem] = []
        while True:
            build = Build(shown, work, config, self.build_inputs.folder)
            if self.observer:
                build.on_first = partial(self.observer.early, replace(checked, shown=shown))
            build.run()
            if not build.failed:
                return build, failed
            failed += build.failed
            if not self.observer:
                sys.stderr.write(as_text(build.failed, self.lang))
            if self.settings.get("PRODUCTION"):
                # The cache is not saved: it would lack the pages that were not made.
                self.build_inputs.database.close()
                tell_notice(self.build_inputs.database, work.progress)
                raise BuildError(summary(failed, self.lang))
            shown = shown_without(checked, failed)
            self.build_inputs.folder.begin_again()


def build_site(settings: dict[str, Any]) -> None:
    """Build a site without Pelican, for settings that only concern Saig. Raises ``BuildError``."""
    build = SiteBuild(settings, jinja_environment(settings))
    if checked := build.check():
        build.write(checked)


def jinja_environment(settings: Mapping[str, Any]) -> Environment:
    """Jinja's environment as Pelican makes it of the same settings, but for what Pelican brings for
    its own themes."""
    theme = FileSystemLoader(Path(settings["THEME"]) / "templates")
    found = Environment(
        loader=ChoiceLoader([theme, PrefixLoader({"!theme": theme})]),
        **settings["JINJA_ENVIRONMENT"],
    )
    found.filters.update(settings.get("JINJA_FILTERS") or {})
    found.globals.update(settings.get("JINJA_GLOBALS") or {})
    found.tests.update(settings.get("JINJA_TESTS") or {})
    return found


def what_was_done(pages: int, files: int, written: int, removed: int, lang: str) -> str:
    """A line on what a build did: how many pages it made; how many files there are, it wrote and
    removed."""
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
    """The last line of a build, to be filled in with ``seconds`` and ``folder``."""
    from babel.lists import format_list

    pages = build.pages.count()
    notes = sum(build.catalogue.count_unrecorded("kind", kind) for kind in KINDS)
    names = [languages.name(one, lang) for one in build.catalogue.site.languages]
    text = for_editors(
        N_("Built %(pages)s of %(notes)s (%(languages)s)"),
        lang,
        pages=counted("%(count)d page", "%(count)d pages", pages, lang),
        notes=counted("%(count)d note", "%(count)d notes", notes, lang),
        languages=format_list(names, locale=languages.locale(lang)),
    )
    return text.replace("%", "%%") + for_editors(N_(" in %(seconds).1f s: %(folder)s"), lang)


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


def with_own_templates(loader: BaseLoader, theme: Theme) -> BaseLoader:
    """A loader that looks into a town's own templates first, also for those that have the old name
    of one of Saig's."""
    if theme.own is None:
        return loader
    own = FileSystemLoader(theme.own / "templates")
    old = {one.new: one.old for one in renamed("template")}

    class OldNames(BaseLoader):
        def get_source(self, environment: Environment, template: str) -> Any:
            return own.get_source(environment, old.get(template, template))

    return ChoiceLoader([own, OldNames(), loader])
