"""Lists the existing releases, copies them, and removes old ones."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from .layout import Layout
from .portal import is_of_publication
from .record import Chain, Publication
from .record_io import load
from .tree import twin_of


@dataclass(frozen=True)
class Release:
    """A release that exists, as its line says. ``pages``: how many it has."""

    release: str
    number: int
    time: str
    commit: str | None
    differs: bool | None
    pages: int
    current: bool


def releases(layout: Layout) -> list[Release]:
    """The existing releases, the latest first. Raises ``OSError``. Needs no lock, as the record only
    grows."""
    chain = load(layout)
    current = layout.current_release()
    there = set(layout.kept())
    found: list[Release] = []
    for publication in chain.publications:
        name = publication.release
        if publication.kind == "publish" and name and name in there:
            found.append(
                Release(
                    name,
                    publication.number,
                    publication.time,
                    publication.commit,
                    publication.differs,
                    chain.state_at(publication.number).pages,
                    name == current,
                )
            )
    return found[::-1]


def copy_as_built(release: Path, folder: Path) -> None:
    """Copy a release into a folder that does not exist yet, as far as a build made it: without
    twins and what is made on publication. Raises ``OSError``."""

    def left_out(source: str, names: list[str]) -> set[str]:
        below = Path(source).relative_to(release)
        twins = {name for name in names if (twin := twin_of(name)) and twin[0] in names}
        made = {name for name in names if is_of_publication(f"/{(below / name).as_posix()}")}
        return twins | made

    shutil.copytree(release, folder, symlinks=True, ignore=left_out, copy_function=shutil.copyfile)


def remove(layout: Layout, name: str) -> None:
    """Remove a release. It is renamed first, so that a half removed one does not count as a
    release. Raises ``OSError``."""
    path = layout.unfinished(name)
    os.rename(layout.release(name), path)
    shutil.rmtree(path)


def prune(layout: Layout, chain: Chain, keep: int) -> None:
    """Remove all but the last ``keep`` releases, the current one, and the one to which a rollback
    would go. Raises ``OSError``."""
    order = [item.release for item in chain.publications if item.kind == "publish"]
    there = set(layout.kept())
    known = [name for name in order if name in there]
    wanted = {*known[-keep:], *rollback_targets(layout, chain)}
    for name in known:
        if name not in wanted:
            remove(layout, name)


def rollback_targets(layout: Layout, chain: Chain) -> list[str]:
    """The current release and the one to which a rollback would go, as far as they exist."""
    there = set(layout.kept())
    return [name for name in reversed(rollback_order(chain.publications)) if name in there][:2]


def rollback_order(publications: Iterable[Publication]) -> list[str]:
    """The releases that led to the current one, which is the last.

    A rollback drops the releases after its target. So a second rollback goes further back, and
    never to a release that was rolled back.
    """
    stack: list[str] = []
    for publication in publications:
        release = publication.release
        if release is None:
            stack.clear()
        elif publication.kind != "publish" and release in stack:
            del stack[stack.index(release) + 1 :]
        else:
            stack.append(release)
    return stack
