"""A catalogue -> all the files of its site: what is remembered stays, the rest is made."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import Any

from ..catalogue.catalogue import Catalogue
from ..catalogue.check_citations import Unresolved, unresolved
from ..catalogue.entry import Key
from ..catalogue.memory import Memory
from ..catalogue.trace import Question
from ..documents.common import Speaker
from ..documents.every import documents, of_notes
from ..documents.schema import DOCUMENTS
from ..documents.site import site_document
from ..notes.problem import Problem
from ..outputs import data
from ..outputs.html import Renderer
from ..progress import Progress
from ..words import N_, Translator, po_file
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
from .pool import FEW, spread
from .store import Store, unpacked
from .whole import Site, copies, for_servers, indexes
from .write import Folder

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
        "theme/styles",
        f"words {lang}",
        f"around {lang}",
        *(f"theme/templates/{name}" for name in templates_of(kind)),
    )


def memory_of(
    store: Store, name: str, salt: str, catalogue: Catalogue, changed: Set[Key] | None = None
) -> Memory[Any]:
    """What is remembered of an earlier build, to be held against this catalogue. ``changed``: the
    notes whose texts changed, if it is known that nothing else did."""

    def is_answered_so(question: Question, answer: bytes) -> bool:
        return catalogue.answer(question) == answer

    def is_of_others(question: Question, answer: bytes) -> bool:
        return question[0] != "text" or question[1] not in (changed or ())

    return Memory(
        salt,
        lambda n: store.part(f"{name} {n}"),
        catalogue.answer,
        is_answered_so if changed is None else is_of_others,
    )


def keep_memory(
    store: Store, name: str, memory: Memory[Any], names: Set[str] | None = None
) -> None:
    store.keep((f"{name} {n}", shard) for n, shard in memory.to_keep(names))


@dataclass(frozen=True)
class Last:
    """The last build. ``shape``: of its notes, as ``assemble`` has it; empty where some were wrong.
    ``digests``: of their files; ``sites``: what every page shows around its own, by language;
    ``unresolved``: the citations that lead to no note.
    """

    shape: str
    digests: Mapping[str, str]
    sites: Mapping[str, Any]
    unresolved: Sequence[Unresolved]


@dataclass
class Build:
    """One build of a site into a folder. ``digests``: of the notes' files; ``shape``: of their
    catalogue. ``version``: what Git says of the tree. ``settings``: a digest of those that reach
    templates. ``whole``: look at every page."""

    catalogue: Catalogue
    site: Site
    folder: Folder
    store: Store
    jobs: int
    progress: Progress
    version: Callable[[], Mapping[str, Any]]
    digests: Mapping[str, str]
    shape: str = ""
    settings: str = ""
    whole: bool = False
    tasks: list[Task] = field(default_factory=list)
    made: list[Task] = field(default_factory=list)
    said: dict[str, Said] = field(default_factory=dict)
    files: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Of each page and feed, the key of what it was made of, and its digest."""
    unresolved: list[Unresolved] = field(default_factory=list)
    removed: int = 0
    failed: list[Problem] = field(default_factory=list)
    """The notes at whose pages Saig failed. Nothing else is then as it should be."""

    def __post_init__(self) -> None:
        site, catalogue = self.site, self.catalogue
        languages = catalogue.site.languages
        self.words = {lang: Translator.of(site.translations, lang) for lang in languages}
        self.speakers = {lang: Speaker(catalogue, self.words[lang], site.url) for lang in languages}
        self.last: Last = self.store.part("last build") or Last("", {}, {}, ())
        self.inputs_before: dict[str, str] = self.store.part("inputs") or {}
        self.before: dict[str, tuple[str, str]] = self.store.part("files") or {}
        self.inputs = self._inputs()
        known = self.inputs_before.items()
        self.only_texts = (
            not self.whole
            and self.shape == self.last.shape != ""
            and self.inputs == {n: found for n, found in known if not n.startswith("around ")}
        )
        self.sites = self.last.sites if self.only_texts else self._sites()
        for lang, around in self.sites.items():
            self.inputs[f"around {lang}"] = inputs.digest(data.encode(around))

    def run(self) -> None:
        """Make what is not as it should be, and remove what should not be."""
        self.folder.open()
        if not (self.folder.is_as_left and self.only_texts and self._texts()):
            self._everything()

    def _everything(self) -> None:
        # Nothing stays of a build of texts that turned out to be more.
        self.tasks, self.made, self.said, self.files, self.folder.kept = [], [], {}, {}, {}
        self.failed = []
        self.memory = memory_of(self.store, "documents", self._key(*SAYING), self.catalogue)
        order = [name for lang in self.words for name in self._plan(self._around(lang))]
        self._make()
        if self.failed:
            return
        self._feeds([self.said[name] for name in order])
        for path, content in self._rest(order):
            self.folder.write(path, content)
        self.removed = self.folder.sweep()
        self.unresolved = unresolved(self.catalogue, self.catalogue.entries.values())
        keep_memory(self.store, "documents", self.memory, set(order))
        self._keep()

    @cached_property
    def changed(self) -> Set[str]:
        """The files of notes that are not as they were in the last build."""
        before, now = self.last.digests, self.digests
        others = {path for path, digest in now.items() if before.get(path) != digest}
        return others | (before.keys() - now.keys())

    def _texts(self) -> bool:
        """Make the pages of the notes whose texts changed, where nothing else did. Whether that was
        all: what else a page is known by must be what it was."""
        catalogue, texts = self.catalogue, self.changed
        sources = catalogue.known.content.sources
        keys = {Key(source.kind, source.id) for source in sources if source.path in texts}
        notes = [catalogue.entries[key] for key in catalogue.entries if key in keys]
        self.memory = memory_of(self.store, "documents", self._key(*SAYING), catalogue, keys)
        for lang, speaker in self.speakers.items():
            around = self._around(lang)
            for saying in of_notes(speaker, notes):
                self.tasks.append(Task(f"{lang} {saying.name}", around, saying))
        last = {task.name: self.memory.last(task.name) for task in self.tasks}
        self.folder.kept, self.files = dict(self.folder.before), dict(self.before)
        self._make()
        if self.failed:
            return False
        index = self.folder.read(data.INDEX)
        for name, was in last.items():
            now = self.said[name]
            if not was or replace(now, digest=was.digest, listing=was.listing) != was:
                return False
            if was.listing and now.listing:
                index = index.replace(was.listing.encode(), now.listing.encode(), 1)
        self.folder.write(data.INDEX, index)
        for path, content in (self._version(), *copies(catalogue, self.site)):
            self.folder.write(path, content)
        found = [one for one in self.last.unresolved if one.path not in texts]
        self.unresolved = found + unresolved(catalogue, notes, texts)
        keep_memory(self.store, "documents", self.memory)
        self._keep()
        return True

    def _sites(self) -> dict[str, Any]:
        return {
            lang: site_document(speaker, self.words, self.site.preview)
            for lang, speaker in self.speakers.items()
        }

    def _inputs(self) -> dict[str, str]:
        """What pages depend on beside the notes, by names that ``explain`` tells, as digests."""
        site, catalogue = self.site, self.catalogue
        templates = [name for kind in KINDS for name in templates_of(kind)]
        found = {
            "content/site.yaml": inputs.digest(catalogue.site),
            "content/gone.yaml": inputs.digest(catalogue.gone),
            "--today": inputs.digest(catalogue.day),
            "SITEURL": inputs.digest(site.url, site.relative_urls, site.preview),
            "pelicanconf.py": self.settings,
            "theme/static": inputs.published(site.theme / "static"),
            "theme/styles": inputs.published(site.theme / "styles"),
        }
        for lang in self.words:
            path = po_file(site.translations, lang)
            found[f"words {lang}"] = inputs.digest(path.read_bytes() if path else b"")
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
        renderer = Renderer(site.environment, site.theme, site.url, site.relative_urls)
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
            if isinstance(one, Problem):
                self.failed.append(one)
            else:
                self._take(task, one)

    def _fetch(self) -> None:
        """Have at hand what the processes cannot get by themselves."""
        if len(self.tasks) >= FEW:
            self.catalogue.load()
        for task in self.tasks:
            if task.path and (not task.said or task.said.digest not in task.kept):
                self.catalogue.texts.fetch(task.path)

    def _take(self, task: Task, made: Made) -> None:
        if made.work:
            note = task.saying.note
            texts = {of for what, of in made.work.asked if what == "text"}
            assert texts <= {note and note.key}, "a text is its own page's: see _texts"
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
        for feed in (*feeds_of(said, zone), *calendars_of(said, zone)):
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
        said = [self.said[name] for name in order]
        yield from indexes(self.catalogue, self.site, said)
        yield from for_servers(self.catalogue, self.site, said)
        yield self._version()
        yield from self._schemas().items()
        yield from copies(self.catalogue, self.site)

    def _version(self) -> tuple[str, bytes]:
        day = self.catalogue.day.isoformat()
        return "version.json", data.encode({"generator": "Saig", "date": day, **self.version()})

    def _schemas(self) -> Mapping[str, bytes]:
        """They change with the code alone, and take long to make."""
        url, found = self.store.part("schemas") or ("", {})
        if url != self.site.url:
            found = data.schemas(self.site.url)
            self.store.keep([("schemas", (self.site.url, found))])
        return found

    def _keep(self) -> None:
        """Remember this build."""
        if self.inputs != self.inputs_before:
            self.store.keep([("inputs", self.inputs)])
        if self.folder.kept != self.folder.before:
            self.store.keep([("output", (str(self.folder.root.resolve()), self.folder.kept))])
        last = Last(self.shape, self.digests, self.sites, self.unresolved)
        if last != self.last:
            self.store.keep([("last build", last)])
        if self.files != self.before:
            self.store.keep([("files", self.files)])
            if self.before:
                self.store.forget(_digests(self.before) - _digests(self.files))
            else:
                self.store.keep_only(_digests(self.files))


def _digests(files: Mapping[str, tuple[str, str]]) -> set[str]:
    return {digest for _, digest in files.values()}
