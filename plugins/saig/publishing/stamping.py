"""Gets the time stamps that lines of a record lack.

A time stamp of a line covers all lines before it, as each has the digest of the line before. So the
latest line comes first. If the authority does not answer, there is only one try.
"""

from __future__ import annotations

import time
from pathlib import Path

from ..progress import Progress
from ..refusal import Refused
from ..words import N_
from . import durable
from .authority import SECONDS, Authority, ask
from .layout import STAMP, Layout, files_beside
from .record import Chain

ALL_SECONDS = 2 * SECONDS
"""Seconds after which no more lines are asked for."""


def stamped_lines(folder: Path) -> set[int]:
    """The numbers of the lines that have a time stamp in a folder."""
    found = files_beside(folder)
    return {number for name, number in found.items() if name.endswith(STAMP)}


def lines_without(chain: Chain, folder: Path) -> list[int]:
    """The numbers of the lines that need a time stamp, the latest first: those without one after
    the first line that has one, which covers all before it. If none has one, only the last."""
    stamped = stamped_lines(folder)
    last = len(chain.lines)
    first = min(stamped, default=last)
    return [number for number in range(last, first - 1, -1) if number and number not in stamped]


def stamp_lines(layout: Layout, chain: Chain, authority: Authority, progress: Progress) -> bool:
    """Ask for each missing time stamp, until one is not given. Returns whether none is missing then.
    The caller holds the lock. Failures are reported, not raised: the publication stands."""
    wanted = lines_without(chain, layout.signatures)
    until = time.monotonic() + ALL_SECONDS
    reason = f"{ALL_SECONDS} s"
    try:
        if authority.certificates:
            keep_certificates(layout.certificates, authority.certificates)
        layout.signatures.mkdir(exist_ok=True)
        while wanted and (left := until - time.monotonic()) > 0:
            number = wanted[0]
            answer = ask(authority, chain.lines[number - 1], min(left, SECONDS))
            durable.write(layout.stamp(number), answer)
            del wanted[0]
    except Refused as error:
        reason = error.said(progress.lang)
    except OSError as error:
        reason = str(error)
    if len(wanted) == 1:
        message = N_(
            "Line %(number)d of the record has no time stamp yet, and it is asked for again at the "
            "next publication: %(reason)s"
        )
        progress.step(message, number=wanted[0], reason=reason)
    elif wanted:
        message = N_(
            "%(count)d lines of the record, up to line %(number)d, have no time stamp yet, and they "
            "are asked for again at the next publication: %(reason)s"
        )
        progress.step(message, count=len(wanted), number=wanted[0], reason=reason)
    return not wanted


def keep_certificates(kept: Path, given: Path) -> None:
    """Add the certificates and revocation lists of a file to those beside the record, where the
    earlier ones are kept for earlier time stamps. Raises ``OSError``."""
    from .stamps import pem_blocks

    known = kept.read_bytes() if kept.exists() else b""
    data = given.read_bytes()
    blocks = list(pem_blocks(data)) or [_as_pem(data)]
    there = set(pem_blocks(known))
    new = b"".join(block for block in blocks if block not in there)
    if new:
        durable.write(kept, known + new)


def _as_pem(der: bytes) -> bytes:
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    return x509.load_der_x509_certificate(der).public_bytes(Encoding.PEM)
