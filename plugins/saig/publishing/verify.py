"""Holding what is public, and the whole record, against the record itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from ..notes.address import without_index
from ..progress import Progress
from ..words import N_
from . import signing
from .diff import diff
from .layout import Layout
from .lock import locked
from .record import Chain, read
from .record_io import load
from .refusal import Refused
from .tree import digests_in, twin_of

AT_ONCE = 4
"""How many signatures are checked, or addresses asked for, at a time."""


@dataclass(frozen=True)
class Finding:
    """``message`` is marked with ``N_``. What is no fault is worth knowing all the same."""

    message: str
    values: Mapping[str, object] = field(default_factory=dict)
    is_fault: bool = True


NOT_COMPARED = Finding(
    N_("the files were not compared: put the record back from a copy, and verify again"),
    is_fault=False,
)
"""Where a line does not hold, nobody knows what came after it: all that changed since would be told
as if it had been tampered with."""


@dataclass(frozen=True)
class Verdict:
    chain: Chain
    findings: Sequence[Finding]
    files: int

    @property
    def holds(self) -> bool:
        return not any(finding.is_fault for finding in self.findings)


def verify_folder(
    layout: Layout, signers: Path | None, copy: Path | None, progress: Progress
) -> Verdict:
    """A published folder. ``signers``: public keys to trust instead of the folder's own; ``copy``:
    an earlier copy of the record, with which the record must begin. Raises ``Refused`` where there
    is no record."""
    with locked(
        layout.lock,
        lambda: progress.step(N_("A publication is at work; waiting for it")),
        shared=True,
    ):
        chain = load(layout)
        if not layout.record.is_file():
            raise Refused(N_("there is no publication record in %(folder)s"), folder=layout.root)
        findings = [
            *record_findings(chain, copy),
            *signature_findings(chain, signers or layout.signers, layout.signature, progress),
        ]
        if chain.broken:
            return Verdict(chain, [*findings, NOT_COMPARED], 0)
        current = layout.current_release()
        last = chain.last
        if last and current != last.release:
            values = {"number": last.number, "release": last.release, "current": current or "–"}
            findings.append(
                Finding(
                    N_(
                        "publication %(number)d made %(release)s current, but current is "
                        "%(current)s: it did not get to its end, or the link was moved by hand"
                    ),
                    values,
                )
            )
        if current:
            findings += file_findings(layout.release(current), chain.state.digests, progress)
        return Verdict(chain, findings, len(chain.state.digests))


def file_findings(root: Path, wanted: Mapping[str, str], progress: Progress) -> list[Finding]:
    """Each file that is not as it was published, in the order of their addresses."""
    found = diff(wanted, digests_in(root, wanted, progress))
    messages = dict.fromkeys(found.removed, N_("%(address)s is missing"))
    for address in (*found.added, *found.changed):
        twin = twin_of(address)
        if address in wanted or (twin and without_index(twin[0]) in wanted):
            messages[address] = N_("%(address)s differs from what was published")
        else:
            messages[address] = N_("%(address)s was never published")
    return [Finding(messages[address], {"address": address}) for address in found.addresses]


def record_findings(chain: Chain, copy: Path | None = None) -> Iterator[Finding]:
    """Where the chain breaks, and where it is not the one that someone kept a copy of."""
    if chain.broken:
        values = {"number": len(chain.publications) + 1, "reason": chain.broken}
        yield Finding(N_("line %(number)d of the record breaks the chain: %(reason)s"), values)
    if chain.incomplete:
        yield Finding(N_("the record's last line has no end"))
    if not chain.lines and not chain.broken:
        yield Finding(N_("the record is empty"))
    if copy:
        kept = read(copy.read_bytes()).lines
        for index, line in enumerate(kept):
            if index >= len(chain.lines) or chain.lines[index] != line:
                message = N_("line %(number)d of the record is not as in %(copy)s")
                yield Finding(message, {"number": index + 1, "copy": copy})
                break


def signature_findings(
    chain: Chain, signers: Path, signature: Callable[[int], Path], progress: Progress
) -> Iterator[Finding]:
    """Lines whose signature is missing or wrong."""
    signed = [
        (publication, line)
        for publication, line in zip(chain.publications, chain.lines, strict=True)
        if publication.signer
    ]
    if not signed:
        if chain.publications and not chain.broken:
            yield Finding(N_("the record is not signed"), is_fault=False)
        return
    if not signers.is_file():
        values = {"file": signers}
        yield Finding(N_("there is no %(file)s to check the signatures with"), values)
        return
    with ThreadPoolExecutor(AT_ONCE) as pool:
        files = [signature(publication.number) for publication, _ in signed]
        lines = [line for _, line in signed]
        good = pool.map(signing.verified_signer, [signers] * len(signed), files, lines)
        keys: set[str] = set()
        over = progress.over(good, len(signed), N_("Checking signatures"))
        for (publication, _), file, key in zip(signed, files, over, strict=True):
            number = {"number": publication.number}
            if key and key == publication.signer:
                keys.add(key)
            elif not file.is_file():
                yield Finding(N_("the signature of line %(number)d is missing"), number)
            else:
                yield Finding(N_("the signature of line %(number)d is not good"), number)
    for key in sorted(keys):
        yield Finding(N_("signed with the key %(key)s"), {"key": key}, is_fault=False)
