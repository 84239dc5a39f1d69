"""What a publication that was killed has left, and where that leaves the record.

A publication is done in this order: the release is finished in ``releases/.tmp-<id>/``, moved to
``releases/<id>/``, its line is signed and added to the record, ``current`` is moved, and
``releases/.tmp-<id>/`` is removed. So whatever the moment at which it ends,

- a release without a line is known by its ``.tmp-<id>``, was never public, and is removed;
- a line that was not written to its end is cut off;
- a line whose release is not current is answered by another that says what was found instead.
"""

from __future__ import annotations

import datetime
import os
import shutil

from ..progress import Progress
from ..words import N_
from . import durable
from .compare import differences
from .layout import UNFINISHED, Layout
from .record import Chain, State, read, require_valid
from .record_io import append_line, load, next_publication, now, timestamp
from .refusal import Refused
from .signing import Signer


def recover(layout: Layout, signer: Signer | None, progress: Progress) -> Chain:
    """Tidy up, and bring record and ``current`` into step. For whoever holds the lock."""
    chain = require_valid(_whole(layout, load(layout)))
    if chain.last and chain.last.signer and not signer:
        raise Refused(N_("the publication record is signed, and no signing key is given"))
    _known(layout, chain)
    tidy(layout, chain)
    return _in_step(layout, chain, signer, progress)


def _known(layout: Layout, chain: Chain) -> None:
    """Refuse a record that is not this folder's, before anything is removed because of it."""
    current = layout.current_release()
    if current and not chain.has_release(current):
        raise Refused(
            N_(
                "the publication record does not know the release that is current, %(release)s: "
                "put the record back from a copy, or publish into another folder"
            ),
            release=current,
        )


def _whole(layout: Layout, chain: Chain) -> Chain:
    """Finish, or cut off, a line that has no end."""
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
            if release.is_dir() and not chain.has_release(name):
                os.rename(release, path / "unrecorded")
            shutil.rmtree(path)
    for path in layout.root.glob(".*.new"):
        path.unlink()
    layout.signature(len(chain.publications) + 1).unlink(missing_ok=True)
    for path in layout.signatures.glob(".*.new"):
        path.unlink()


def _in_step(layout: Layout, chain: Chain, signer: Signer | None, progress: Progress) -> Chain:
    current, last = layout.current_release(), chain.last
    if last is None:
        return chain
    if current == last.release:
        return chain
    if current is None and chain.state_at(last.number - 1).digests:
        # Nothing of ours removes the link. A back-up may not have kept it.
        assert last.release is not None
        if differences(layout.release(last.release), chain.state.digests):
            message = N_("The current release, %(release)s, is missing, or part of it is")
            progress.step(message, release=last.release)
        else:
            durable.replace_link(layout.current, f"releases/{last.release}")
            progress.step(N_("%(path)s was missing; it is there again"), path=layout.current)
        return chain
    progress.step(
        N_("Publication %(number)d did not get to its end; the record says so now"),
        number=last.number,
    )
    origin = chain.publication_of(current) if current else None
    moment = timestamp(
        datetime.datetime.fromtimestamp(os.lstat(layout.current).st_mtime, datetime.UTC)
        if current
        else now()
    )
    publication = next_publication(
        chain,
        "found",
        chain.state_at(origin.number) if origin else State(),
        release=current,
        like=origin,
        site=last.site,
        # The link's own time: if it is older than the line, the switch was never made.
        since=moment if current else None,
        signer=signer,
    )
    return append_line(layout, chain, publication, signer)
