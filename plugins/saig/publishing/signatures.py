"""Checks the signatures of the record's lines."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from ..progress import Progress
from ..words import N_
from . import signing
from .finding import Finding
from .layout import SIGNATURE
from .record import Chain, Publication

AT_ONCE = 4
"""How many signatures are checked, or addresses requested, at a time."""


def signature_findings(
    chain: Chain,
    signers: Path,
    folder: Path,
    progress: Progress,
    only: Collection[int] | None,
) -> Iterator[Finding]:
    """Findings for lines whose signature is missing or wrong, and for the keys that signed.
    ``signers``: the file of trusted keys; ``folder``: of the signatures; ``only``: the numbers of
    the lines to check; None: all.

    Raises ``Refused`` if signatures cannot be checked on this computer."""
    signed = [
        (publication, line)
        for publication, line in zip(chain.publications, chain.lines, strict=True)
        if publication.signer and (only is None or publication.number in only)
    ]
    if not signed:
        return
    if not signers.is_file():
        values = {"file": signers}
        yield Finding(N_("there is no %(file)s to check the signatures with"), values)
        return
    trusted = signing.allowed_keys(signers)

    def check(item: tuple[Publication, bytes]) -> str | None:
        publication, line = item
        file = folder / f"{publication.number}{SIGNATURE}"
        return signing.verified_signer(signers, file, line, publication.time)

    good: set[str] = set()
    unknown: set[str] = set()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        found = progress.over(pool.map(check, signed), len(signed), N_("Checking signatures"))
        for (publication, _), key in zip(signed, found, strict=True):
            number = publication.number
            if key and key == publication.signer:
                good.add(key)
            elif not (folder / f"{number}{SIGNATURE}").is_file():
                yield Finding(N_("the signature of line %(number)d is missing"), {"number": number})
            elif publication.signer not in trusted:
                if publication.signer not in unknown:
                    unknown.add(publication.signer or "")
                    yield _unknown_key(chain, publication, signers)
            else:
                message = N_("the signature of line %(number)d is not good")
                yield Finding(message, {"number": number})
    for key in sorted(good):
        yield Finding(N_("signed with the key %(key)s"), {"key": key}, is_fault=False)


def _unknown_key(chain: Chain, publication: Publication, signers: Path) -> Finding:
    """The finding for a key that is not trusted. If a line names the key, it says what to add to the
    file of trusted keys."""
    values = {"number": publication.number, "key": publication.signer, "file": signers}
    for item in chain.publications:
        if item.key and item.signer and signing.fingerprint(item.key) == publication.signer:
            values |= {"line": item.number, "allowed": signing.allowed_line(item.key)}
            message = N_(
                "line %(number)d is signed with the key %(key)s, which is not in %(file)s. Line "
                "%(line)d introduces it; if you know that the key was changed, add: %(allowed)s"
            )
            return Finding(message, values)
    message = N_("line %(number)d is signed with the key %(key)s, which is not in %(file)s")
    return Finding(message, values)
