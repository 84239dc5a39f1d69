"""Statements of the operator in the record: lines that change nothing that is public."""

from __future__ import annotations

from ..progress import Progress
from ..refusal import Refused
from ..words import N_
from .layout import Layout
from .lock import locked_to_publish
from .record import Chain
from .record_io import append_line, load, next_publication
from .recovery import recover
from .signing import Signer
from .tree import digest


def add_statement(
    layout: Layout,
    signer: Signer | None,
    progress: Progress,
    *,
    new_key: Signer | None,
    pinned: str | None,
    clock_was_wrong: bool,
) -> Chain:
    """Add a statement, and return the record. ``signer``: who must sign the next line; ``new_key``:
    who signs from now on; ``pinned``: digest of the last line that needs no signature;
    ``clock_was_wrong``: whether this line's time may be before those of earlier lines.

    Raises ``Refused`` if nothing was ever published, if no line has the digest ``pinned``, and as
    ``recover`` does; ``OSError`` if something cannot be written."""
    with locked_to_publish(layout, progress):
        chain = load(layout)
        if not chain.lines:
            raise Refused(N_("nothing was ever published in %(folder)s"), folder=layout.root)
        if pinned and pinned not in map(digest, chain.lines):
            raise Refused(N_("no line of the record has the digest %(digest)s"), digest=pinned)
        half_done = new_key is not None and _is_half_done(chain, signer, new_key)
        chain = recover(
            layout,
            signer,
            progress,
            successor=new_key if half_done else None,
            pinned=pinned,
            clock_was_wrong=clock_was_wrong,
        )
        if not half_done:
            public = new_key.public if new_key else None
            chain = _append(layout, chain, signer, public, pinned, clock_was_wrong)
        if new_key:
            # A line signed with the new key, so that this key alone is enough to verify the record.
            chain = _append(layout, chain, new_key, None, None, False)
        return chain


def _is_half_done(chain: Chain, signer: Signer | None, new_key: Signer) -> bool:
    """Whether a change to this key was killed after its first line."""
    last = chain.last
    return bool(
        last and signer and last.key == new_key.public and last.signer == signer.fingerprint
    )


def _append(
    layout: Layout,
    chain: Chain,
    signer: Signer | None,
    key: str | None,
    pinned: str | None,
    clock_was_wrong: bool,
) -> Chain:
    last = chain.publications[-1]
    publication = next_publication(
        chain,
        "statement",
        chain.state,
        release=last.release,
        origin=last.origin,
        signer=signer,
        key=key,
        pinned=pinned,
        clock_was_wrong=clock_was_wrong,
    )
    return append_line(layout, chain, publication, signer)
