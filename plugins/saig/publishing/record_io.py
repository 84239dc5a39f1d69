"""The publication record on the disk: reading it, and adding a line.

A line's signature is written before the line, so that no line is without its own.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import asdict

from ..words import N_
from . import durable, signing
from .diff import diff
from .layout import Layout
from .record import Chain, Kind, Origin, Publication, State, read
from .refusal import Refused
from .signing import Signer
from .tree import digest


def now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


def timestamp(moment: datetime.datetime) -> str:
    """A time as the record has it: UTC, in seconds."""
    return moment.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def load(layout: Layout) -> Chain:
    """The record as it is, be it broken; an empty one where there is none. Raises ``OSError`` where
    it cannot be read."""
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
    origin: Origin,
    signer: Signer | None,
    altered: Mapping[str, str | None] | None = None,
    since: str | None = None,
) -> Publication:
    """The publication after the last. ``after``: what is public then; the rest as its line has it."""
    before = chain.state.digests
    changes = diff(before, after.digests)
    touched = {*changes.added, *changes.changed}
    return Publication(
        number=len(chain.publications) + 1,
        kind=kind,
        time=timestamp(now()),
        release=release,
        **asdict(origin),
        added={address: after.digests[address] for address in changes.added},
        changed={address: after.digests[address] for address in changes.changed},
        removed={address: before[address] for address in changes.removed},
        gone=sorted(after.gone & touched),
        moved=sorted(after.moved & touched),
        altered=altered or {},
        since=since,
        tree=after.tree,
        signer=signer.fingerprint if signer else None,
        previous=digest(chain.lines[-1]) if chain.lines else None,
    )


def append_line(
    layout: Layout, chain: Chain, publication: Publication, signer: Signer | None
) -> Chain:
    """Sign a line and add it to the record; the record with it. The signature comes first: no line is
    without its own. Raises ``Refused`` where it cannot be signed, ``OSError`` where it cannot be
    written, and then adds nothing."""
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
