"""Writes the files that are made from the whole site, or from no page, if they may have changed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from ..catalogue import addresses
from ..catalogue.catalogue import Catalogue
from ..catalogue.validity import holds
from ..cms.package import DIGEST
from ..documents.common import DocumentBuilder
from ..documents.interface import Endpoint, endpoints
from ..documents.uri import CATALOGUE
from ..notes.brand import colours
from ..outputs import data, sitemap
from ..outputs.look import Look
from ..outputs.openapi import openapi
from ..words import Translator
from . import inputs
from .all_documents import write_all
from .cells import Cell
from .output import Folder, Written
from .page_table import PageTable
from .remembered_files import Contents, remembered_files, with_replaced
from .site_files import (
    COLUMNS_OF,
    SEARCH,
    BuildConfig,
    copies,
    editor_files,
    for_programs,
    for_servers,
    found_in,
    index,
    index_beside,
    linked_data,
    of_the_site,
    search_files,
    search_folder,
    theme_copies,
)
from .up_to_date import VERSION
from .work import Work


@dataclass(frozen=True)
class WholeSite:
    """``builders`` and ``sites``: language -> document builder, site document. ``changed``: what
    changed in any page since the last build, see ``Build.changed_parts``."""

    builders: Mapping[str, DocumentBuilder]
    sites: Mapping[str, Mapping[str, Any]]
    work: Work
    config: BuildConfig
    folder: Folder
    pages: PageTable
    look: Look
    changed: set[str]

    @property
    def catalogue(self) -> Catalogue:
        return next(iter(self.builders.values())).catalogue

    @property
    def _words(self) -> dict[str, Translator]:
        return {lang: builder.words for lang, builder in self.builders.items()}

    def begin(self) -> Callable[[], list[str]]:
        """Begin to make the slow files in the background. The returned function writes all files,
        drops those that the site no longer has, and returns the paths of those that it wrote."""
        documents = write_all(self.folder, self.pages, is_due=self._is_due(data.ALL))
        schemas = self._schemas()
        law, url = self.catalogue.site.law, self.config.url
        shared = dict(for_programs(self.sites, self._words, law, url))
        copied = [self.folder.put(*one) for one in copies(self.catalogue, self.config)]
        copied += self._theme()()
        digests = {one.path: one.digest for one in copied}
        begun: list[Callable[[], list[Written]]] = [
            self._editor(),
            self._search(),
            self._linked(),
            self._index(schemas.version, shared, digests),
            self._site_map(),
            lambda: [documents()],
        ]

        def finish() -> list[str]:
            kept = [one for files in begun for one in files()]
            lasting = [one.path for one in (*copied, *kept)]
            with self.catalogue.recording() as record:
                each_time = self._made_each_time(schemas, shared, lasting)
            days = holds(record.days, self.catalogue.day)
            self.work.keep_cells([Cell("whole", None, b"", *days)])
            made = [self.folder.put(*one) for one in each_time.items()]
            found = [*copied, *kept, *made]
            written = [one.path for one in found if self.folder.register(one)]
            self._drop_others({one.path for one in found})
            return written

        return finish

    def _made_each_time(
        self, schemas: data.Schemas, shared: Mapping[str, bytes], lasting: Sequence[str]
    ) -> dict[str, bytes]:
        """The files that are fast to make. ``lasting``: the paths of all other files of the whole
        site. Only ``version.json`` names the day of the build; the days on which others change are
        recorded."""
        catalogue, config, pages = self.catalogue, self.config, self.pages
        version = {"date": catalogue.day.isoformat(), **config.version()}
        return {
            **dict(of_the_site(catalogue, config, pages)),
            **shared,
            addresses.OPENAPI: self._openapi(schemas.version),
            **dict(for_servers(catalogue, config, pages, lasting)),
            VERSION: data.version(config.url, schemas.version, version),
            **{path: text.encode() for path, text in schemas.files.items()},
            **editor_files(catalogue, config),
        }

    def _drop_others(self, whole: set[str]) -> None:
        database = self.work.database
        before = database.value("whole")
        if before is None:  # the cache was cleared, by this build or by a check
            self.folder.drop_unwritten()
        else:
            self.folder.drop(set(before) - whole)
        database.keep({"whole": sorted(whole)})

    def _is_due(self, file: str) -> bool:
        """Whether a column from which a file is made changed in any page."""
        return not self.changed.isdisjoint(COLUMNS_OF[file])

    def _theme(self) -> Callable[[], list[Written]]:
        """The theme's own files. Their names contain digests of their contents."""
        own = colours(self.catalogue.site.brand)
        return remembered_files(
            self.folder,
            "theme files",
            inputs.digest(sorted(self.look.names.items())),
            lambda: dict(theme_copies(self.config, self.look, own)),
            is_due=False,
        )

    def _editor(self) -> Callable[[], list[Written]]:
        """The program of the editor in the browser, if there is one: 5 MB, the same in all builds."""
        editor = self.config.editor
        return remembered_files(
            self.folder,
            "editor",
            DIGEST if editor else None,
            editor.program if editor else dict,
            is_due=False,
        )

    def _search(self) -> Callable[[], list[Written]]:
        languages = self.catalogue.site.languages
        folders = {lang: search_folder(self.catalogue.site, lang) for lang in languages}
        due = {lang: one for lang, one in folders.items() if found_in(lang) in self.changed}

        def mended(paths: Collection[str]) -> Contents:
            kept = [path for path in paths if not path.startswith(tuple(due.values()))]
            return dict.fromkeys(kept) | search_files(self.config.url, due, self.pages)

        return remembered_files(
            self.folder,
            SEARCH,
            folders,
            lambda: search_files(self.config.url, folders, self.pages),
            is_due=bool(due),
            mended=mended,
        )

    def _linked(self) -> Callable[[], list[Written]]:
        return remembered_files(
            self.folder,
            CATALOGUE,
            inputs.digest(self.config.url, sorted(self.config.foundation.items())),
            lambda: linked_data(self.catalogue, self.config.url, self._words, self.pages),
            is_due=self._is_due(CATALOGUE),
        )

    def _index(
        self, version: str, shared: Mapping[str, bytes], digests: Mapping[str, str]
    ) -> Callable[[], list[Written]]:
        beside = index_beside(self.catalogue, self.config.url, digests)
        return remembered_files(
            self.folder,
            data.INDEX,
            inputs.digest(self.config.url, version, sorted(shared.items()), beside),
            lambda: index(self.config.url, version, self.pages, shared, beside),
            is_due=self._is_due(data.INDEX),
            mended=lambda paths: (
                None
                if "moved" in self.changed
                else with_replaced(self.folder, paths, self.pages.replaced("listing"))
            ),
        )

    def _site_map(self) -> Callable[[], list[Written]]:
        name = "sitemap.xml"
        return remembered_files(
            self.folder,
            name,
            None,
            lambda: {name: sitemap.sitemap(self.pages.column("location"))},
            is_due=self._is_due(name),
            mended=lambda paths: with_replaced(self.folder, paths, self.pages.replaced("location")),
        )

    def _openapi(self, version: str) -> bytes:
        """The OpenAPI description. Its examples are notes, so these are a cell."""
        lang = self.catalogue.site.default_language

        def examples() -> list[dict[str, Any]]:
            return [vars(one) for one in endpoints(self.builders)]

        plain = self.work.plain_of_cell("openapi", "openapi", examples, self.catalogue)
        page = self.config.url + addresses.api(self.catalogue.site, lang)
        return openapi(self.sites[lang], version, [Endpoint(**one) for one in plain], page)

    def _schemas(self) -> data.Schemas:
        """The JSON schemas. They depend only on the code and the site's address, and are slow to
        make, so they are cached."""
        made = partial(data.schemas, self.config.url)
        return data.Schemas(*self.work.database.remembered("schemas", self.config.url, made))
