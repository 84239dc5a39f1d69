"""One publication: build, check the files, link what is equal, add to the record, switch."""

from __future__ import annotations

import datetime
import json
import os
import shutil
from collections.abc import Callable, Set
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from ..builder.output import MARK
from ..builder.processes import parallel_map, processors
from ..builder.up_to_date import VERSION
from ..outputs.data import INDEX
from ..outputs.hosts import GONE, MOVED
from ..progress import Progress
from ..refusal import Refused
from ..words import N_
from . import durable
from .authority import Authority
from .changes import About, SiteIndex, carry_over, listing_of
from .checks import FILES, Fault, check, read_json, still_right
from .compress import write_twins
from .diff import Diff, diff
from .hardlinks import link_equal, set_times
from .layout import Layout
from .lock import locked_to_publish
from .old_styles import keep_old_styles
from .portal import carry_description
from .previous_index import write_previous_index
from .publication_files import Published, write_publication_files
from .record import Chain, Origin, Publication, State
from .record_io import append_line, load, next_moment, next_publication, now
from .recovery import recover, tidy
from .releases import prune
from .signing import Signer
from .stamping import stamp_lines
from .tree import address_of, digest, path_of, paths

TRIES = 3
"""The most builds, if commits come while the site is built."""


class SiteSource(Protocol):
    """What is published. It is opened while the lock is held, so that nothing newer is missed."""

    @property
    def url(self) -> str:
        """The site's address, without a slash at its end."""

    @property
    def signer(self) -> Signer | None: ...

    @property
    def authority(self) -> Authority | None:
        """The authority that is asked for time stamps, if any."""

    def commit(self) -> str | None:
        """The current commit of the notes; None if they are in no repository."""

    def build(
        self, folder: Path, previous: Callable[[], Path | None], public: Path | None = None
    ) -> None:
        """Build the site into a folder that does not exist yet. ``public``: the folder of the
        current release, if any, which may be copied; ``previous``: writes an index of what
        was published, and returns its path; None if nothing was."""


class Faulty(Exception):
    """The finished files have faults."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = faults


@dataclass(frozen=True)
class Outcome:
    """What a publication did. ``publication``: None if nothing had changed; ``shared``: how many
    of the ``total`` files are links to those of the release before."""

    chain: Chain
    publication: Publication | None = None
    shared: int = 0
    total: int = 0


def publish(
    layout: Layout, open_source: Callable[[], SiteSource], keep: int, progress: Progress
) -> Outcome:
    """Publish what the source builds, or leave all as it is. ``keep``: how many releases are kept.

    Raises ``Faulty`` if the finished files have faults, ``Refused`` or ``OSError`` if anything else
    prevents the publication."""
    layout.make()
    with locked_to_publish(layout, progress):
        source = open_source()
        chain = recover(layout, source.signer, progress)
        try:
            done = _publish(layout, source, chain, keep, progress)
            if source.authority:
                stamp_lines(layout, done.chain, source.authority, progress)
            return done
        finally:
            # If this fails, the next publication removes what is left.
            with suppress(OSError):
                tidy(layout, load(layout))


def _publish(
    layout: Layout, source: SiteSource, chain: Chain, keep: int, progress: Progress
) -> Outcome:
    before = Published.in_folder(layout, chain)
    old, altered = before.current, before.altered
    name, site, origin = _build(layout, source, chain, None if altered else old)
    if old:
        keep_old_styles(site, old, altered, now().date())
    listed = _listing(site)
    there = carry_over(site, before.releases, chain.state, source.url, len(listed.documents))
    carry_description(site, before.releases, chain.state)
    names = sorted(paths(site))
    after = read_state(site, names)
    changes = diff(chain.state.digests, after.digests)
    right: Set[str] = frozenset()
    last = chain.last_change
    if old and not altered and last and last.site == source.url:
        right = still_right(site, names, old, changes)
    _require_no_faults(site, source.url, names, right, progress)
    if old and not altered and not _differs_beyond_date(changes, site, old):
        return Outcome(chain)
    for address in altered:
        progress.step(
            N_("Found altered on the public site, and put right: %(address)s"), address=address
        )
    distrusted = set(map(path_of, altered))
    other = distrusted.union(map(path_of, (*changes.added, *changes.changed)))
    equal = [name for name in names if name not in other]
    total = _finish(site, before, names, equal, distrusted, progress)
    moment = next_moment(chain)
    about = About("publish", moment, origin.day, origin.commit)
    after = write_publication_files(site, before, listed, there, after, about, source.url)
    os.rename(site, layout.release(name))
    durable.sync_folder(layout.releases)
    publication = next_publication(
        chain,
        "publish",
        after,
        release=name,
        origin=origin,
        altered=altered,
        signer=source.signer,
        moment=moment,
    )
    chain = append_line(layout, chain, publication, source.signer)
    layout.switch(name)
    _prune(layout, chain, keep, progress)
    return Outcome(chain, chain.last, *total)


def _listing(site: Path) -> SiteIndex:
    """The index of what is to be published. Raises ``Faulty`` if it is not valid."""
    try:
        return listing_of(site)
    except (OSError, ValueError) as error:
        message = N_("it is not as its schema says: %(reason)s")
        raise Faulty([Fault(INDEX, message, {"reason": error})]) from None


def _build(
    layout: Layout, source: SiteSource, chain: Chain, public: Path | None
) -> tuple[str, Path, Origin]:
    """Build a new release: its name, its folder, and what it was built from. ``public``: as for
    ``SiteSource.build``. If a commit comes meanwhile it is built again, as pages and record would
    name different commits. Raises ``Refused`` after ``TRIES`` builds, and whatever the source
    raises."""
    for _ in range(TRIES):
        head = source.commit()
        name = new_name(layout, chain, now(), head)
        work = layout.unfinished(name)
        work.mkdir()
        site = work / "site"
        index = work / "previous.json"
        previous = partial(write_previous_index, layout, chain, source.url, index)
        source.build(site, previous, public)
        (site / MARK).unlink(missing_ok=True)
        version = read_json(site / VERSION) if (site / VERSION).is_file() else None
        version = version if isinstance(version, dict) else {}
        if version.get("commit") == head:
            return name, site, Origin(source.url, head, version.get("differs"), version.get("date"))
        shutil.rmtree(work)
    raise Refused(N_("commits keep coming while the site is built; publish again"))


def _require_no_faults(
    site: Path, url: str, names: list[str], right: Set[str], progress: Progress
) -> None:
    """Raise ``Faulty`` if the finished files have faults. ``names``: their paths; ``right``: those
    that need no check."""
    progress.step(N_("Checking %(count)d files"), count=len(names) - len(right))
    faults = list(check(site, url, names, right))
    if faults:
        raise Faulty(faults)


def _prune(layout: Layout, chain: Chain, keep: int, progress: Progress) -> None:
    """Remove old releases. If that fails, say so: the publication stands."""
    try:
        prune(layout, chain, keep)
    except OSError as error:
        message = N_("Published; but an old release could not be removed: %(reason)s")
        progress.step(message, reason=error)


def new_name(layout: Layout, chain: Chain, moment: datetime.datetime, head: str | None) -> str:
    """The name of a new release: ``20201210T101500Z-1a2b3c4``, of a time and a commit. A number
    distinguishes releases of the same second."""
    time = moment.strftime("%Y%m%dT%H%M%SZ")
    ending = f"-{head[:7]}" if head else ""
    # A point sorts after the hyphen, so names sort in the order of publication.
    times = (time, *(f"{time}.{number}" for number in range(2, 1000)))
    taken = {item.release or "" for item in chain.publications} | set(layout.kept())
    used = {other.partition("-")[0] for other in taken}
    return next(stem for stem in times if stem not in used) + ending


def read_state(site: Path, names: list[str]) -> State:
    """The state that a finished site will make public. ``names``: the paths of its files."""
    there = set(names)

    def read(name: str) -> tuple[str, str]:
        """The digest of a file, and the kind of its page if it is a document."""
        data = (site / name).read_bytes()
        page = f"{name.removesuffix('json')}html"
        is_own = not name.startswith(FILES) or not there.isdisjoint({page + GONE, page + MOVED})
        return digest(data), _kind(data) if name.endswith("index.json") and is_own else ""

    found = dict(zip(names, parallel_map(read, names, processors()), strict=True))

    def pages(kind: str) -> frozenset[str]:
        documents = (name for name, (_, told) in found.items() if told == kind)
        return frozenset(address_of(f"{name.removesuffix('json')}html") for name in documents)

    digests = {address_of(name): value for name, (value, _) in found.items()}
    return State(digests, pages("gone"), pages("moved"))


def _kind(document: bytes) -> str:
    try:
        found = json.loads(document)
        return str(found.get("kind")) if isinstance(found, dict) else ""
    except ValueError:
        return ""


def _differs_beyond_date(changes: Diff, site: Path, old: Path) -> bool:
    """Whether more differs than the date in ``version.json``. Otherwise a site that is built each
    night would get a line in the record each night, though nothing changed."""
    if changes.added or changes.removed or set(changes.changed) - {f"/{VERSION}"}:
        return True
    if not changes.changed:
        return False
    new, before = read_json(site / VERSION), read_json(old / VERSION)
    if not isinstance(new, dict) or not isinstance(before, dict):
        return True
    return {**new, "date": None} != {**before, "date": None}


def _finish(
    site: Path,
    before: Published,
    names: list[str],
    equal: list[str],
    distrusted: set[str],
    progress: Progress,
) -> tuple[int, int]:
    """Link the ``equal`` files to those of the old release, except ``distrusted`` ones; write the
    twins, set the times, and write all to the disk. Returns how many files are links, and how many
    there are. Raises ``OSError``."""
    shared = link_equal(site, before.current, equal, distrusted)
    twins = write_twins(site, names, shared, progress)
    fresh = [name for name in [*names, *sorted(twins)] if name not in shared]
    set_times(site, fresh, before.kept)
    os.sync()
    return len(shared), len(shared) + len(fresh)
