"""Cleans up after a publication that was killed.

A publication does these steps in order: it finishes the release in ``releases/.tmp-<id>/``, moves
it to ``releases/<id>/``, signs its line and adds it to the record, switches ``current``, and
removes ``releases/.tmp-<id>/``. So, whenever it was killed,

- a release without a line has a ``.tmp-<id>`` beside it; it was never public, and is removed;
- an incomplete line is cut off;
- after a line whose release is not current another line is added, which says what was found.
"""

from __future__ import annotations

import datetime
import os
import shutil

from ..progress import Progress
from ..refusal import Refused
from ..words import N_
from . import durable
from .clock import timestamp
from .layout import UNFINISHED, Layout
from .record import Chain, Origin, State, read, require_valid
from .record_io import append_line, finish_signature, load, next_publication, now, require_clock
from .signing import Signer
from .tree import altered_files
from .trust import require_trust


def recover(
    layout: Layout,
    signer: Signer | None,
    progress: Progress,
    *,
    successor: Signer | None = None,
    pinned: str | None = None,
    clock_was_wrong: bool = False,
) -> Chain:
    """Remove what was not finished, and add a line if ``current`` does not lead where the record
    says. Returns the record. The caller holds the lock. ``successor``, ``pinned``,
    ``clock_was_wrong``: what the operator is about to state in a line (``statements.py``).

    Raises ``Refused`` if the record is not valid, is signed and no key is given, does not belong to
    this folder, or is missing although releases or signatures exist; or if the clock went back.
    Raises ``OSError``."""
    chain = require_valid(_finish_last_line(layout, load(layout)))
    _require_record(layout, chain)
    finish_signature(layout, chain, signer)
    require_trust(layout, chain, signer, progress, successor=successor, pinned=pinned)
    if not clock_was_wrong:
        require_clock(chain, timestamp(now()))
    _require_own_record(layout, chain)
    tidy(layout, chain)
    return _reconcile(layout, chain, signer, progress, clock_was_wrong=clock_was_wrong)


def _require_record(layout: Layout, chain: Chain) -> None:
    """Raise ``Refused`` if there is no record, but something is left of earlier publications."""
    remains = layout.remains()
    if chain.lines or not remains:
        return
    raise Refused(
        N_(
            "the publication record is missing or empty, and %(what)s is left of what was published: "
            "put the record back from a copy, or publish into another folder"
        ),
        what=layout.root / remains[0],
    )


def _require_own_record(layout: Layout, chain: Chain) -> None:
    """Raise ``Refused`` if the record is of another folder, before anything is removed because of
    it."""
    current = layout.current_release()
    if current and not chain.publication_of(current):
        raise Refused(
            N_(
                "the publication record does not know the release that is current, %(release)s: "
                "put the record back from a copy, or publish into another folder"
            ),
            release=current,
        )


def _finish_last_line(layout: Layout, chain: Chain) -> Chain:
    """Complete an incomplete last line if only its line end is missing; else cut it off."""
    if not chain.incomplete or chain.broken:
        return chain
    data = layout.record.read_bytes()
    finished = read(data + b"\n")
    if not finished.broken:
        durable.append(layout.record, b"\n")
        return finished
    durable.truncate(layout.record, len(data) - len(chain.incomplete))
    return load(layout)


def tidy(layout: Layout, chain: Chain) -> None:
    """Remove what was not finished."""
    if layout.releases.is_dir():
        for path in sorted(layout.releases.glob(f"{UNFINISHED}*")):
            name = path.name.removeprefix(UNFINISHED)
            release = layout.release(name)
            if release.is_dir() and not chain.publication_of(name):
                os.rename(release, path / "unrecorded")
            shutil.rmtree(path)
    for path in layout.root.glob(".*.new"):
        path.unlink()
    for path in layout.signatures.glob(".*.new"):
        path.unlink()


def _reconcile(
    layout: Layout,
    chain: Chain,
    signer: Signer | None,
    progress: Progress,
    *,
    clock_was_wrong: bool,
) -> Chain:
    """If ``current`` does not lead where the last line says, add a line that says where it leads. If
    only the link is missing, make it again."""
    current, last = layout.current_release(), chain.last
    if last is None or current == last.release:
        return chain
    if current is None and last.release and chain.state_at(last.number - 1).digests:
        # Saig never removes the link, but a back-up may not have kept it.
        if altered_files(layout.release(last.release), chain.state.digests):
            message = N_("The current release, %(release)s, is missing, or part of it is")
            progress.step(message, release=last.release)
        else:
            layout.switch(last.release)
            progress.step(N_("%(path)s was missing; it is there again"), path=layout.current)
        return chain
    progress.step(
        N_("Publication %(number)d did not get to its end; the record says so now"),
        number=last.number,
    )
    maker = chain.publication_of(current) if current else None
    # If the link itself is older than the line, it was never switched.
    moved = min(os.lstat(layout.current).st_mtime, now().timestamp()) if current else None
    publication = next_publication(
        chain,
        "found",
        chain.state_of(current) if current else State(),
        release=current,
        origin=maker.origin if maker else Origin(last.site),
        since=timestamp(datetime.datetime.fromtimestamp(moved, datetime.UTC)) if moved else None,
        signer=signer,
        clock_was_wrong=clock_was_wrong,
    )
    return append_line(layout, chain, publication, signer)
