"""Writes the files of a site from its checked catalogue: those that are missing or stale."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Set
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from ..catalogue import addresses
from ..catalogue.catalogue import Catalogue
from ..catalogue.check_citations import Unresolved
from ..catalogue.notes_lists import WITH_LISTS, lists_of
from ..documents.common import DocumentBuilder
from ..documents.every import document_names, note_of
from ..documents.site import site_document
from ..notes.brand import colours
from ..notes.problem import Problem
from ..outputs.html import Renderer
from ..outputs.look import Look, look_of
from ..outputs.published_json import encode
from ..words import N_, Translator, compiled_layers
from . import inputs
from .cells import Cell
from .feed_files import changed_names, feed_cells, make_feed
from .feed_pages import FeedPages
from .output import Folder
from .page_table import Page, PageTable
from .pages import PAGE, MadePage, PageContext, in_whole, make_page, page_cell, templates_of
from .site_files import BuildConfig, found_in
from .whole_site import WholeSite
from .work import Work, derived_by, derived_cells

DOCUMENT_KINDS = (*addresses.DOCUMENTS, "not-found")
"""The kinds of documents; each has a template of its name."""


def inputs_of_page(lang: str, kind: str) -> tuple[str, ...]:
    """The names of a page's inputs, beside its document."""
    return (
        "SITEURL",
        "pelicanconf.py",
        "theme/static",
        "theme/styles",
        f"theme/translations/{lang}",
        f"header/footer ({lang})",
        *(f"theme/templates/{name}" for name in templates_of(kind)),
    )


def _document_first(page: str) -> tuple[str, str]:
    """The sort key for making pages: the languages of a document follow each other, as they look up
    and read mostly the same."""
    lang, _, name = page.partition(" ")
    return name, lang


@dataclass
class Build:
    """One build of a site into a folder."""

    catalogue: Catalogue
    work: Work
    config: BuildConfig
    folder: Folder
    made: list[str] = field(default_factory=list)
    """The pages whose files were written."""
    failed: list[Problem] = field(default_factory=list)
    """The notes whose pages raised an error. If there are any, the build is not complete."""
    removed: int = 0
    new_feeds: set[str] = field(default_factory=set)
    made_feeds: list[str] = field(default_factory=list)
    made_whole: list[str] = field(default_factory=list)
    """The files of the whole that were written: indexes, copies."""
    changed_parts: set[str] = field(default_factory=set)
    """What changed in any page since the last build: the union of ``MadePage.changes``, and
    ``found_in`` each language whose search changed."""
    due: set[str] = field(default_factory=set)
    """The pages whose documents may have changed."""
    on_first: Callable[[], None] | None = None
    """Called once the pages of changed notes are written. If it is set, they are made first."""

    def __post_init__(self) -> None:
        site = self.catalogue.site
        self.words = {lang: self._words(lang) for lang in site.languages}
        self.builders = {
            lang: DocumentBuilder(self.catalogue, words, self.config.url)
            for lang, words in self.words.items()
        }
        self.pages = PageTable(self.work.database)
        self.inputs_before: dict[str, str] = self.work.database.value_before("inputs") or {}
        self.sites = {lang: self._site(lang) for lang in site.languages}
        self.inputs = self._inputs()
        self.look = self._look()
        self.contexts = {
            lang: self._context(number, lang) for number, lang in enumerate(site.languages)
        }

    def run(self) -> None:
        """Write what is missing or stale, and remove what the site no longer has."""
        self.folder.open()
        wanted = self._names()
        cells, last_build = set(map(page_cell, wanted)), self.work.cells.names(PAGE)
        for cell in last_build - cells:
            self._drop(cell.removeprefix(PAGE))
        due_cells = self.work.take_due(cells, last_build, self.catalogue)
        self.due = {cell.removeprefix(PAGE) for cell in due_cells}
        due = self.due | self._pages_with_stale_files(wanted)
        if self.on_first and (first := self._of_changed(due)):
            self._make(first)
            if not self.failed:
                self.on_first()
            due -= first
        self._make(due)
        if self.failed:
            return
        write_whole = self._whole_site().begin()
        self._feeds()
        self.made_whole = write_whole()
        self.work.database.keep({"inputs": self.inputs})
        self.removed = self.folder.sweep()

    def _names(self) -> set[str]:
        """The names of all pages of the site. They follow from the lists of notes; in a clean build
        all processes work these out first."""
        if self.work.database.is_new:
            notes = [note for kind in WITH_LISTS for note in self.catalogue.under("kind", kind)]
            for _ in self.work.do(notes, self._lists):
                pass
        found = {
            f"{lang} {name}" for lang in self.words for name in document_names(self.catalogue, lang)
        }
        self.work.keep_cells(derived_cells(self.catalogue))
        return found

    def _lists(self, note: str) -> tuple[None, list[Cell]]:
        work = partial(lists_of, self.catalogue, note)
        return None, derived_by(work, self.catalogue) or []

    def _pages_with_stale_files(self, wanted: set[str]) -> set[str]:
        """The pages with a file that was changed in the output folder, or whose template, words or
        settings changed."""
        if not self.folder.is_known:
            return wanted
        found = self.pages.at(self.folder.found.altered) if self.folder.found.altered else set()
        changed = self.changed_inputs
        for lang in self.words:
            for kind in DOCUMENT_KINDS:
                if changed & {*inputs_of_page(lang, kind)}:
                    found |= self.pages.names_of(kind, lang)
        return found & wanted

    def _of_changed(self, due: set[str]) -> set[str]:
        """The due pages of notes that were edited since the last build."""
        changed = set[str]().union(*self.work.causes.values())
        return {page for page in due if note_of(page.partition(" ")[2]) in changed}

    def _make(self, names: set[str]) -> None:
        due = sorted(names, key=_document_first)
        work = partial(make_page, contexts=self.contexts, folder=self.folder, table=self.pages)
        _ = self.folder.found  # before any process writes into it
        for made in self.work.do(due, work, N_("Making pages")):
            if isinstance(made, Problem):
                self.failed.append(made)
            else:
                self._take(made)

    def _take(self, made: MadePage) -> None:
        page = made.page
        self.pages.put(page)
        is_written = any([self.folder.register(written) for written in made.written])
        if is_written or made.is_rendered:
            self.made.append(page.name)
        self.folder.drop(made.gone)
        self._mark(page, made.changes)
        if page.head is None:
            self._drop_feeds(page.name)
        elif "head" in made.changes:
            self.new_feeds.update(feed_cells(page.name, page.kind))

    def _mark(self, page: Page, changes: Set[str]) -> None:
        """Mark what changed in a page for the files of the whole site, and the names under which
        feeds and calendars looked it up."""
        self.changed_parts |= changes
        if self.work.database.is_new:
            return
        before = self.pages.before(page.name)
        note = page.note or (before and before.note)  # a note that was hidden was in them
        names = [f"head {page.name}"] if "head" in changes else []
        for what in changes & {"news", "days"}:
            newest = self.pages.newest_of(page.name, note)
            names += changed_names(what, note, page.kind, self._shown_in(page, note, what), newest)
        for name in names:
            self.work.causes[name].update(filter(None, [note]))
        if "search_entry" in changes:
            self.changed_parts.update(map(found_in, self._shown_in(page, note, "search_entry")))

    def _shown_in(self, page: Page, note: str | None, column: str) -> set[str]:
        """The languages whose feeds or search may have a page's value: its own, and those in which
        no page of the note had one."""
        have_own = self.pages.languages_with(column, note) if note else self.words.keys()
        return {page.lang} | (self.words.keys() - have_own)

    def _drop(self, name: str) -> None:
        """Remove a page that the site no longer has."""
        page = self.pages.before(name)
        if page:
            self.pages.drop(name)
            self.work.cells.drop([page_cell(name)])
            self.folder.drop(page.files)
            self._drop_feeds(name)
            self._mark(page, in_whole(page) | {"news", "days"})

    def _drop_feeds(self, name: str) -> None:
        page = self.pages.before(name)
        if page and page.head:
            self.work.cells.drop(feed_cells(name, page.kind))
            self.folder.drop(page.feed_files)

    def _feeds(self) -> None:
        zone = self.catalogue.site.time_zone
        due = {name for name in self.work.cells.readers(self.work.causes) if name[:5] == "feed "}
        due -= self.work.cells.dropped
        due |= self.new_feeds | self._feeds_with_stale_files()
        work = partial(make_feed, pages=FeedPages(self.pages), folder=self.folder, zone=zone)
        for name, written in self.work.do(sorted(due), work, N_("Making feeds")):
            if any([self.folder.register(one) for one in written]):
                self.made_feeds.append(name)

    def _feeds_with_stale_files(self) -> set[str]:
        """The feeds of the last build with a file that was changed in the output folder."""
        altered = self.folder.found.altered
        if self.folder.is_known and not altered:
            return set()
        names = self.work.cells.names("feed ") - self.work.cells.dropped
        if self.folder.is_known:
            pages = self.pages.at(altered)
            names = {name for name in names if name.split(" ", 2)[2] in pages}
        return names

    def _whole_site(self) -> WholeSite:
        return WholeSite(
            self.builders,
            self.sites,
            self.work,
            self.config,
            self.folder,
            self.pages,
            self.look,
            self.changed_parts,
        )

    # -- inputs ------------------------------------------------------------------------------------

    def _site(self, lang: str) -> Any:
        """The site's document in a language: what each page shows around its own content. There is
        a cell for each preview."""
        make = partial(site_document, self.builders[lang], self.words, self.config.preview)
        name = self.site_cell(lang)
        return self.work.plain_of_cell(name, f"site {lang} ", make, self.catalogue)

    def site_cell(self, lang: str) -> str:
        """The name of the cell with the site's document."""
        return f"site {lang} {self.config.preview or ''}"

    def _inputs(self) -> dict[str, str]:
        """Digests of what pages depend on beside their documents, by the names that ``explain``
        shows."""
        config = self.config
        templates = [name for kind in DOCUMENT_KINDS for name in templates_of(kind)]
        found = {
            **config.foundation,
            "SITEURL": inputs.digest(config.url, config.relative_urls, config.preview),
            "pelicanconf.py": config.settings_digest,
            "theme/static": inputs.published(config.theme, "static"),
            "theme/styles": inputs.published(config.theme, "styles"),
        }
        for lang, site in self.sites.items():
            found[f"header/footer ({lang})"] = inputs.digest(encode(site))
        for name, digest in inputs.templates(config.environment, templates).items():
            found[f"theme/templates/{name}"] = digest
        return found

    @property
    def changed_inputs(self) -> set[str]:
        """The inputs that changed since the last build."""
        before = self.inputs_before
        return {name for name, found in self.inputs.items() if before.get(name) != found}

    def _words(self, lang: str) -> Translator:
        """The interface's texts. Parsing ``.po`` files is slow, so their compiled form is
        cached."""
        key = self.config.foundation[f"theme/translations/{lang}"]

        def made() -> list[str]:
            layers = compiled_layers(self.config.theme.translations, lang)
            return [b64encode(one).decode("ascii") for one in layers]

        kept = self.work.database.remembered(f"words {lang}", key, made)
        locale_code = self.catalogue.site.locale_code(lang)
        return Translator.of_layers(tuple(map(b64decode, kept)), lang, locale_code)

    def _look(self) -> Look:
        """The theme's files, minified. That is slow, so it is cached until they change."""
        own = colours(self.catalogue.site.brand)
        key = inputs.digest(self.inputs["theme/static"], self.inputs["theme/styles"], own)
        made = partial(look_of, self.config.theme, own)
        return Look(**self.work.database.remembered("look", key, lambda: vars(made())))

    def _context(self, number: int, lang: str) -> PageContext:
        config = self.config
        keys = {
            kind: inputs.digest([(name, self.inputs[name]) for name in inputs_of_page(lang, kind)])
            for kind in DOCUMENT_KINDS
        }
        renderer = Renderer(
            config.environment,
            self.look,
            config.url,
            config.relative_urls,
            self.catalogue.site.law,
        )
        return PageContext(number, self.builders[lang], self.sites[lang], renderer, keys)

    @property
    def unresolved(self) -> list[Unresolved]:
        """The citations that lead to no note."""
        found = (json.loads(said) for said in self.pages.column("unresolved"))
        return [Unresolved(*one) for some in found for one in some]

    def save(self) -> None:
        """Remember this build."""
        listed = self.folder.list_folders()  # in the background, while the rest is saved
        self.work.save(pages_are_made=True)
        self.pages.save()
        self.folder.save(listed())
