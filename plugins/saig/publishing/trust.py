"""Whether a line may be added to a record: only if the record verifies."""

from __future__ import annotations

from collections.abc import Iterator

from ..progress import Progress
from ..refusal import Refused
from ..words import N_
from .beside import beside_findings, named_files
from .finding import Finding
from .keys import key_findings, next_signer, pinned_until
from .layout import SIGNATURE, Layout, files_beside
from .record import Chain
from .signatures import signature_findings
from .signing import Signer, is_signed_by
from .tree import digest


def was_key_used(layout: Layout, chain: Chain) -> bool:
    """Whether a line, a signature's file or the file of allowed keys shows that a key was used."""
    signatures = (name.endswith(SIGNATURE) for name in files_beside(layout.signatures))
    signed = (bool(item.signer) for item in chain.publications)
    return layout.signers.exists() or any(signatures) or any(signed)


def require_trust(
    layout: Layout,
    chain: Chain,
    signer: Signer | None,
    progress: Progress,
    *,
    successor: Signer | None,
    pinned: str | None,
) -> None:
    """Raise ``Refused`` if ``signer`` may not sign the next line (None: it has no signature).
    ``successor``: who signs instead, if the last line is the one in which ``signer`` named this
    key. ``pinned``: the digest of a line for which the next one will vouch.

    The last line's signature is checked with the given key, as whoever can write to the folder can
    change ``allowed_signers`` too. That line names the signatures of the lines before it, so only
    signatures that no line names are checked besides."""
    if not chain.publications:
        return
    if signer is None:
        if was_key_used(layout, chain):
            raise Refused(N_("the publication record is signed, and no signing key is given"))
        _refuse(beside_findings(chain, layout.signatures))
        return
    last = chain.publications[-1]
    unsigned = [item.number for item in chain.publications if not item.signer]
    if unsigned and unsigned[-1] > pinned_until(chain, pinned):
        raise _unsigned(chain, unsigned[-1])
    if last.signer:
        _require_turn(layout, chain, signer, successor or signer)
    known = named_files(chain)
    unnamed = {
        item.number
        for item in chain.publications[:-1]
        if item.signer and layout.signature(item.number).name not in known
    }
    _refuse(key_findings(chain, was_used=True, also=pinned))
    _refuse(beside_findings(chain, layout.signatures))
    _refuse(signature_findings(chain, layout.signers, layout.signatures, progress, unnamed))


def _require_turn(layout: Layout, chain: Chain, signer: Signer, following: Signer) -> None:
    """Raise ``Refused`` if the last line is not signed by ``signer``, or ``following`` may not sign
    the next one."""
    last = chain.publications[-1]
    if last.signer != signer.fingerprint or next_signer(last) != following.fingerprint:
        raise Refused(
            N_(
                "the last line of the publication record is signed with the key %(key)s, and "
                "%(other)s is given. To change keys: saig record DIR --key OLD --new-key NEW"
            ),
            key=last.signer,
            other=signer.fingerprint,
        )
    signature = layout.signature(last.number)
    if not is_signed_by(signer.public, signature, chain.lines[-1], last.time):
        message = N_("the signature of line %(number)d is not good")
        raise _not_verified(Finding(message, {"number": last.number}))


def _unsigned(chain: Chain, number: int) -> Refused:
    return Refused(
        N_(
            "lines of the publication record are not signed, up to line %(number)d. If it was begun "
            "without a key, say so once: saig record DIR --key KEY --pin %(digest)s. If it was "
            "signed, somebody took the signatures away: put it back from a copy"
        ),
        number=number,
        digest=digest(chain.lines[number - 1]),
    )


def _refuse(findings: Iterator[Finding]) -> None:
    """Raise ``Refused`` for the first fault among findings."""
    faults = [finding for finding in findings if finding.is_fault]
    if faults:
        raise _not_verified(faults[0])


def _not_verified(fault: Finding) -> Refused:
    return Refused(
        N_(
            "the publication record does not verify, and nothing is added to it: %(reason)s. Put it "
            "back from a copy, and see saig verify DIR"
        ),
        reason=fault.reason,
    )
