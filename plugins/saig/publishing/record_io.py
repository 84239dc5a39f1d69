"""The publication record on the disk: reading it, and adding a line.

A line's signature is written before the line, so that no line is without its own.
"""

from __future__ import annotations

import datetime

from ..words import N_
from . import durable, signing
from .layout import Layout
from .record import Chain, Kind, Publication, State, delta, read
from .refusal import Refused
from .signing import Signer
from .tree import digest


def now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


def timestamp(moment: datetime.datetime) -> str:
    """A time as the record has it: UTC, in seconds."""
    return moment.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def load(layout: Layout) -> Chain:
    """The record as it is; an empty one where there is none."""
    try:
        return read(layout.record.read_bytes())
    except FileNotFoundError:
        return Chain()


def next_publication(
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
        time=timestamp(now()),
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


def append_line(
    layout: Layout, chain: Chain, publication: Publication, signer: Signer | None
) -> Chain:
    """Sign a line and add it to the record. The signature comes first: no line is without its own."""
    line = publication.line()
    if signer:
        signing.add_allowed_signer(layout.signers, signer.public)
        layout.signatures.mkdir(exist_ok=True)
        signature = layout.signature(publication.number)
        durable.write(signature, signer.sign(line))
        if signing.verified_signer(layout.signers, signature, line) != signer.fingerprint:
            raise Refused(N_("%(key)s does not sign as its public half says"), key=signer.key)
    durable.append(layout.record, line)
    return load(layout)
