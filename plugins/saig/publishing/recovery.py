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
from . import durable, signing
from .compare import differences
from .place import UNFINISHED, Place
from .record import Chain, Kind, Publication, State, delta, history, read, sound
from .refusal import Refused
from .signing import Signer
from .tree import digest


def now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


def written(moment: datetime.datetime) -> str:
    """A time as the record has it: UTC, in seconds."""
    return moment.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def load(place: Place) -> Chain:
    """The record as it is; an empty one where there is none."""
    try:
        return read(place.record.read_bytes())
    except FileNotFoundError:
        return Chain()


def recover(place: Place, signer: Signer | None, progress: Progress) -> Chain:
    """Tidy up, and bring record and ``current`` into step. For whoever holds the lock."""
    chain = sound(_whole(place, load(place)))
    if chain.last and chain.last.signer and not signer:
        raise Refused(N_("the publication record is signed, and no signing key is given"))
    _known(place, chain)
    tidy(place, chain)
    return _in_step(place, chain, signer, progress)


def _known(place: Place, chain: Chain) -> None:
    """Refuse a record that is not this folder's, before anything is removed because of it."""
    current = place.current_release()
    if current and not chain.is_of(current):
        raise Refused(
            N_(
                "the publication record does not know the release that is current, %(release)s: "
                "put the record back from a copy, or publish into another folder"
            ),
            release=current,
        )


def _whole(place: Place, chain: Chain) -> Chain:
    """Finish, or cut off, a line that has no end."""
    if not chain.rest or chain.broken:
        return chain
    data = place.record.read_bytes()
    finished = read(data + b"\n")
    if not finished.broken:
        durable.append(place.record, b"\n")
        return finished
    durable.shorten(place.record, len(data) - len(chain.rest))
    return load(place)


def tidy(place: Place, chain: Chain) -> None:
    """Remove what was not finished."""
    if place.releases.is_dir():
        for path in sorted(place.releases.glob(f"{UNFINISHED}*")):
            name = path.name.removeprefix(UNFINISHED)
            release = place.release(name)
            if release.is_dir() and not chain.is_of(name):
                os.rename(release, path / "unrecorded")
            shutil.rmtree(path)
    for path in place.root.glob(".*.new"):
        path.unlink()
    place.signature(len(chain.publications) + 1).unlink(missing_ok=True)
    for path in place.signatures.glob(".*.new"):
        path.unlink()


def _in_step(place: Place, chain: Chain, signer: Signer | None, progress: Progress) -> Chain:
    current, last = place.current_release(), chain.last
    if last is None:
        return chain
    if current == last.release:
        return chain
    if current is None and chain.state_at(last.number - 1).digests:
        # Nothing of ours removes the link. A back-up may not have kept it.
        assert last.release is not None
        if differences(place.release(last.release), chain.state.digests):
            message = N_("The current release, %(release)s, is missing, or part of it is")
            progress.step(message, release=last.release)
        else:
            durable.point(place.current, f"releases/{last.release}")
            progress.step(N_("%(path)s was missing; it is there again"), path=place.current)
        return chain
    progress.step(
        N_("Publication %(number)d did not get to its end; the record says so now"),
        number=last.number,
    )
    maker = chain.maker(current) if current else None
    moment = written(
        datetime.datetime.fromtimestamp(os.lstat(place.current).st_mtime, datetime.UTC)
        if current
        else now()
    )
    publication = follow_up(
        chain,
        "found",
        chain.state_at(maker.number) if maker else State(),
        release=current,
        like=maker,
        site=last.site,
        # The link's own time: if it is older than the line, the switch was never made.
        since=moment if current else None,
        signer=signer,
    )
    return add(place, chain, publication, signer)


def follow_up(
    chain: Chain,
    kind: Kind,
    after: State,
    *,
    release: str | None,
    site: str,
    signer: Signer | None,
    like: Publication | None = None,
    commit: str | None = None,
    differs: bool | None = None,
    day: str | None = None,
    altered: dict[str, str | None] | None = None,
    since: str | None = None,
) -> Publication:
    """The publication after the last. ``like``: the one that made the release, if an earlier did."""
    changes = delta(chain.state, after)
    return Publication(
        number=len(chain.publications) + 1,
        kind=kind,
        time=written(now()),
        site=like.site if like else site,
        release=release,
        commit=like.commit if like else commit,
        differs=like.differs if like else differs,
        day=like.day if like else day,
        added=changes.added,
        changed=changes.changed,
        removed=changes.removed,
        gone=changes.gone,
        moved=changes.moved,
        altered=altered or {},
        since=since,
        tree=after.tree,
        signer=signer.fingerprint if signer else None,
        previous=digest(chain.lines[-1]) if chain.lines else None,
    )


def add(place: Place, chain: Chain, publication: Publication, signer: Signer | None) -> Chain:
    """Sign a line and add it to the record. The signature comes first: no line is without its own."""
    line = publication.line()
    if signer:
        signing.allow(place.signers, signer.public)
        place.signatures.mkdir(exist_ok=True)
        signature = place.signature(publication.number)
        durable.write(signature, signer.sign(line))
        if signing.good_signer(place.signers, signature, line) != signer.fingerprint:
            raise Refused(N_("%(key)s does not sign as its public half says"), key=signer.key)
    durable.append(place.record, line)
    return load(place)


def remove(place: Place, name: str) -> None:
    """Remove a release; one that is half removed does not look like one."""
    path = place.unfinished(name)
    os.rename(place.release(name), path)
    shutil.rmtree(path)


def prune(place: Place, chain: Chain, keep: int) -> list[str]:
    """Remove old releases, never the current one nor the one that a rollback would go to."""
    order = [item.release for item in chain.publications if item.kind == "publish"]
    there = set(place.kept())
    known = [name for name in order if name in there]
    wanted = {*known[-keep:], *before_current(place, chain, 2)}
    old = [name for name in known if name not in wanted]
    for name in old:
        remove(place, name)
    return old


def before_current(place: Place, chain: Chain, count: int) -> list[str]:
    """The current release and those that a rollback would go to, latest first; only what is there."""
    there = set(place.kept())
    return [name for name in reversed(history(chain.publications)) if name in there][:count]
