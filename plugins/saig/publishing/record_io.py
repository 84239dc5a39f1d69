"""Reads the publication record from the disk, and adds lines.

A line's signature is written before the line, under another name, and gets its own name right
after. So no line lacks its signature, and a signature beyond the last line shows that lines were
removed.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import asdict, replace

from ..refusal import Refused
from ..words import N_
from . import durable, signing
from .beside import new_files
from .clock import timestamp
from .diff import diff
from .layout import Layout
from .record import Chain, Kind, Origin, Publication, State, read
from .signing import Signer
from .tree import digest


def now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


def load(layout: Layout) -> Chain:
    """The record, even if it is broken; an empty one if there is none. Raises ``OSError`` if it
    cannot be read."""
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
    key: str | None = None,
    pinned: str | None = None,
    clock_was_wrong: bool = False,
    moment: str | None = None,
) -> Publication:
    """The publication for the next line. ``after``: what is public after it; ``moment``: a result
    of ``next_moment``, if other files state it already; the other arguments: as in
    ``Publication``. Raises ``Refused`` if the clock is before the last line's time."""
    moment = moment or next_moment(chain, clock_was_wrong=clock_was_wrong)
    before = chain.state.digests
    changes = diff(before, after.digests)
    touched = {*changes.added, *changes.changed}
    return Publication(
        number=len(chain.publications) + 1,
        kind=kind,
        time=moment,
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
        key=key,
        pinned=pinned,
        clock_was_wrong=clock_was_wrong,
    )


def next_moment(chain: Chain, *, clock_was_wrong: bool = False) -> str:
    """The time of a line that is written now. Raises ``Refused`` as ``require_clock`` does, unless
    ``clock_was_wrong``."""
    moment = timestamp(now())
    if not clock_was_wrong:
        require_clock(chain, moment)
    return moment


def require_clock(chain: Chain, moment: str) -> None:
    """Raise ``Refused`` if a time is before that of the last line."""
    if chain.last and moment < chain.last.time:
        raise Refused(
            N_(
                "this computer's clock says %(now)s, and line %(number)d of the publication record is "
                "of %(time)s. Set the clock right, and publish again; if the clock was wrong when "
                "that line was written, run: saig record DIR --clock-was-wrong"
            ),
            now=moment,
            number=chain.last.number,
            time=chain.last.time,
        )


def append_line(
    layout: Layout, chain: Chain, publication: Publication, signer: Signer | None
) -> Chain:
    """Sign a line and add it, with the files that have come beside the record since the line before
    (``beside``). Returns the record with it. Raises ``Refused`` if it cannot be signed, ``OSError``
    if it cannot be written; then nothing is added."""
    publication = replace(publication, beside=new_files(chain, layout.signatures))
    line = publication.line()
    if signer:
        layout.signatures.mkdir(exist_ok=True)
        signature = layout.signature(publication.number)
        durable.prepare(signature, signer.sign(line))
        prepared = durable.prepared(signature)
        if not signing.is_signed_by(signer.public, prepared, line, publication.time):
            prepared.unlink()
            raise Refused(N_("%(key)s does not sign as its public half says"), key=signer.key)
    durable.append(layout.record, line)
    chain = load(layout)
    finish_signature(layout, chain, signer)
    return chain


def finish_signature(layout: Layout, chain: Chain, signer: Signer | None) -> None:
    """Give the last line's signature its name, and add its key to the allowed ones, if ``signer``
    signed that line. Raises ``OSError``."""
    last = chain.last
    if not last or not last.signer or not signer or last.signer != signer.fingerprint:
        return
    signature = layout.signature(last.number)
    if durable.prepared(signature).is_file() and not signature.exists():
        durable.put_in_place(signature)
    signing.add_allowed_signer(layout.signers, signer.public)
