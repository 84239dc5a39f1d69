"""A catalogue -> all the files of its site: what is remembered stays, the rest is made."""

from __future__ import annotations

import datetime
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment

from ..catalogue.catalogue import Catalogue
from ..catalogue.memory import SHARDS, Memory
from ..documents.common import Speaker
from ..documents.every import documents
from ..documents.schema import DOCUMENTS
from ..documents.site import site_document
from ..outputs import data, sitemap
from ..outputs.html import Renderer
from ..progress import Progress
from ..words import N_, Words, po_file
from . import inputs
from .pages import (
    Around,
    Feed,
    Made,
    Said,
    Task,
    calendars_of,
    feeds_of,
    make,
    make_feed,
    templates_of,
)
from .pool import spread
from .store import Store, unpacked
from .write import Folder


@dataclass(frozen=True)
class Site:
    """What a build needs to know beside the catalogue. ``url`` has no slash at its end."""

    content: Path
    theme: Path
    url: str
    relative_urls: bool
    environment: Environment

    @property
    def translations(self) -> Path:
        return self.theme / "translations"


KINDS = (*DOCUMENTS, "not-found")
"""Of documents; each has a template of its name."""

SAYING = ("content/site.yaml", "content/gone.yaml", "--today", "SITEURL", "words ")
"""The inputs of every document, but for what it asks of the catalogue."""


def of_page(lang: str, kind: str) -> tuple[str, ...]:
    """The inputs of a page, but for its document."""
    return (
        "SITEURL",
        "pelicanconf.py",
        "theme/static",
        f"words {lang}",
        f"around {lang}",
        *(f"theme/templates/{name}" for name in templates_of(kind)),
    )


def memory_of(store: Store, name: str, salt: str, catalogue: Catalogue) -> Memory[Any]:
    """What is remembered of an earlier build, to be held against this catalogue."""
    shards = {n: store.part(f"{name} {n}") for n in range(SHARDS)}
    known = {n: shard for n, shard in shards.items() if shard}
    return Memory(salt, known, catalogue.answer)


def keep_memory(store: Store, name: str, memory: Memory[Any]) -> None:
    store.keep({f"{name} {n}": shard for n, shard in memory.to_keep()})


def open_folder(store: Store, root: Path) -> Folder:
    """The output folder, with what is remembered of it if it was written last."""
    last, standing = store.part("output") or ("", {})
    return Folder(root, standing if last == str(root.resolve()) else {})


@dataclass
class Build:
    """One build of a site into a folder. ``settings``: a digest of those that reach templates."""

    catalogue: Catalogue
    site: Site
    folder: Folder
    store: Store
    jobs: int
    progress: Progress
    settings: str = ""
    tasks: list[Task] = field(default_factory=list)
    made: list[Task] = field(default_factory=list)
    said: dict[str, Said] = field(default_factory=dict)
    files: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Of each page and feed, the key of what it was made of, and its digest."""
    removed: int = 0

    def __post_init__(self) -> None:
        site, catalogue = self.site, self.catalogue
        languages = catalogue.site.languages
        self.words = {lang: Words.of(site.translations, lang) for lang in languages}
        self.speakers = {lang: Speaker(catalogue, self.words[lang], site.url) for lang in languages}
        self.sites = {
            lang: site_document(speaker, self.words) for lang, speaker in self.speakers.items()
        }
        self.inputs = self._inputs()
        self.inputs_before: dict[str, str] = self.store.part("inputs") or {}
        self.before: dict[str, tuple[str, str]] = self.store.part("files") or {}
        self.memory = memory_of(self.store, "documents", self._key(*SAYING), catalogue)

    def run(self) -> None:
        """Make what is not as it should be, and remove what should not be."""
        order = [name for lang in self.words for name in self._plan(self._around(lang))]
        self._make()
        self._feeds([self.said[name] for name in order])
        for path, content in self._rest(order):
            self.folder.write(path, content)
        self.removed = self.folder.sweep()
        self._keep()

    def _inputs(self) -> dict[str, str]:
        """What pages depend on beside the notes, by names that ``explain`` tells, as digests."""
        site, catalogue = self.site, self.catalogue
        templates = [name for kind in KINDS for name in templates_of(kind)]
        found = {
            "content/site.yaml": inputs.digest(catalogue.site),
            "content/gone.yaml": inputs.digest(catalogue.gone),
            "--today": inputs.digest(catalogue.day),
            "SITEURL": inputs.digest(site.url, site.relative_urls),
            "pelicanconf.py": self.settings,
            "theme/static": inputs.static(site.theme / "static"),
        }
        for lang in self.words:
            path = po_file(site.translations, lang)
            found[f"words {lang}"] = inputs.digest(path.read_bytes() if path.is_file() else b"")
            found[f"around {lang}"] = inputs.digest(data.encode(self.sites[lang]))
        for name, digest in inputs.templates(site.environment, templates).items():
            found[f"theme/templates/{name}"] = digest
        return found

    def _key(self, *names: str) -> str:
        return inputs.digest(
            *(sorted(item for item in self.inputs.items() if item[0].startswith(names)))
        )

    def _around(self, lang: str) -> Around:
        site = self.site
        keys = {kind: self._key(*of_page(lang, kind)) for kind in KINDS}
        renderer = Renderer(site.environment, site.theme / "static", site.url, site.relative_urls)
        return Around(self.speakers[lang], self.sites[lang], renderer, keys)

    def _plan(self, around: Around) -> Iterator[str]:
        """The names of a language's documents; what is to be done for them goes into ``tasks``."""
        for saying in documents(around.speaker):
            full = f"{around.speaker.lang} {saying.name}"
            yield full
            said = self.memory.recall(full)
            if said is None:
                self.tasks.append(Task(full, around, saying))
                continue
            key = around.key(said)
            before = [self.before.get(path, ("", "")) for path in said.rendered]
            rendered = {
                path: digest
                for path, (known, digest) in zip(said.rendered, before, strict=True)
                if known == key
            }
            if len(rendered) == len(before) and self._stands(said, rendered):
                self._know(full, said, key, rendered)
            else:
                kept = self.store.files([said.digest, *rendered.values()])
                self.tasks.append(Task(full, around, saying, said, kept))

    def _stands(self, said: Said, rendered: Mapping[str, str]) -> bool:
        has_data = not said.has_data or self.folder.has(said.data_file, said.digest)
        return has_data and all(self.folder.has(*file) for file in rendered.items())

    def _make(self) -> None:
        self._fetch()
        work = partial(make, folder=self.folder, answer=self.catalogue.answer, before=self.before)
        made = spread(work, self.tasks, self.jobs)
        made = self.progress.over(made, len(self.tasks), N_("Making pages"))
        for task, one in zip(self.tasks, made, strict=True):
            self._take(task, one)

    def _fetch(self) -> None:
        """Have at hand what the processes cannot get by themselves."""
        for task in self.tasks:
            note = task.saying.note
            if note and (not task.said or task.said.digest not in task.kept):
                self.catalogue.markup(note, task.around.speaker.lang)

    def _take(self, task: Task, made: Made) -> None:
        if made.work:
            self.memory.remember(made.name, made.work)
        self._know(made.name, made.said, task.around.key(made.said), made.rendered)
        if any([self.folder.note(written) for written in made.files]) or made.new:
            self.made.append(task)
        self.store.keep_files(made.new.items())

    def _know(self, name: str, said: Said, key: str, rendered: Mapping[str, str]) -> None:
        self.said[name] = said
        self.files |= {path: (key, digest) for path, digest in rendered.items()}
        if said.has_data:
            self.files[said.data_file] = "", said.digest

    def _feeds(self, said: Sequence[Said]) -> None:
        zone = self.catalogue.site.time_zone
        waiting: list[Feed] = []
        for feed in (*feeds_of(said, zone), *calendars_of(said)):
            if all(self._is_written(path, feed.key) for path in feed.files):
                self.files |= {path: self.before[path] for path in feed.files}
            else:
                waiting.append(feed)
        made = spread(partial(make_feed, folder=self.folder, zone=zone), waiting, self.jobs)
        made = self.progress.over(made, len(waiting), N_("Making feeds"))
        for feed, (files, new) in zip(waiting, made, strict=True):
            for written in files:
                self.folder.note(written)
                self.files[written.path] = feed.key, written.digest
            self.store.keep_files(new.items())

    def _is_written(self, path: str, key: str) -> bool:
        """Whether what was made of the same stands there, or can be written from what is kept."""
        before, digest = self.before.get(path, ("", ""))
        if before != key:
            return False
        if self.folder.has(path, digest):
            return True
        content = unpacked(self.store.files([digest]), digest)
        if content:
            self.folder.write(path, content, digest)
        return content is not None

    def _rest(self, order: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        yield from _of_the_whole(self.catalogue, self.site, [self.said[name] for name in order])
        yield from self._schemas().items()
        yield from _copies(self.catalogue, self.site)

    def _schemas(self) -> Mapping[str, bytes]:
        """They change with the code alone, and take long to make."""
        url, found = self.store.part("schemas") or ("", {})
        if url != self.site.url:
            found = data.schemas(self.site.url)
            self.store.keep({"schemas": (self.site.url, found)})
        return found

    def _keep(self) -> None:
        """Remember this build."""
        if self.inputs != self.inputs_before:
            self.store.keep({"inputs": self.inputs})
        if self.folder.kept != self.folder.before:
            self.store.keep({"output": (str(self.folder.root.resolve()), self.folder.kept)})
        keep_memory(self.store, "documents", self.memory)
        if self.files != self.before:
            self.store.keep({"files": self.files})
            self.store.keep_only({found for _, found in self.files.values()})


def _of_the_whole(
    catalogue: Catalogue, site: Site, said: Sequence[Said]
) -> Iterator[tuple[str, bytes]]:
    gone = [
        {
            "url": site.url + item.address,
            "title": item.title.text(catalogue.site.default_language),
            "date": item.date.isoformat(),
        }
        for item in catalogue.gone
    ]
    yield (
        "api/v1/index.json",
        data.index(site.url, (one.listing for one in said if one.listing), gone),
    )
    yield "sitemap.xml", sitemap.sitemap(one.location for one in said if one.location)
    yield "robots.txt", sitemap.robots(site.url)
    top = catalogue.get("contact", catalogue.site.organisation)
    if top and top.facts.emails:
        text = sitemap.security(
            site.url, top.facts.emails[0], catalogue.site.languages, catalogue.day
        )
        yield ".well-known/security.txt", text
    change = catalogue.next_change()
    yield "next-change.json", data.encode({"date": change.isoformat() if change else None})
    yield (
        "version.json",
        data.encode(
            {"generator": "Saig", "date": catalogue.day.isoformat(), **commit(site.content)}
        ),
    )


def _copies(catalogue: Catalogue, site: Site) -> Iterator[tuple[str, bytes]]:
    for path in sorted(catalogue.known.files()):
        yield path, (site.content / path).read_bytes()
    static = site.theme / "static"
    for source in sorted(static.rglob("*")):
        if source.is_file() and not source.name.startswith("."):
            yield f"theme/{source.relative_to(static).as_posix()}", source.read_bytes()


def commit(folder: Path) -> dict[str, Any]:
    """The Git commit of the tree that is built, and whether the tree differs from it."""
    try:
        head = _git(folder, "rev-parse", "HEAD")
        return {"commit": head, "differs": bool(_git(folder, "status", "--porcelain"))}
    except (OSError, subprocess.SubprocessError):
        return {"commit": None, "differs": None}


def _git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", "-C", str(folder), *arguments],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return done.stdout.strip()


def civil_date(zone: str, now: datetime.datetime | None = None) -> datetime.date:
    """Today where the site is."""
    return (now or datetime.datetime.now(datetime.UTC)).astimezone(ZoneInfo(zone)).date()
