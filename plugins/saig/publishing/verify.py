"""Compares a published folder with its record, and checks the record."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..notes.address import without_index
from ..progress import Progress
from ..refusal import Refused
from ..words import N_
from .beside import beside_findings
from .clock import clock_findings
from .diff import diff
from .finding import Finding
from .keys import key_findings
from .layout import Layout
from .lock import locked
from .record import Chain
from .record_io import load, now
from .signatures import signature_findings
from .stamp_findings import checked_stamps, stamp_findings
from .tree import digests_in, twin_of
from .trust import was_key_used

NOT_COMPARED = Finding(
    N_("the files were not compared: put the record back from a copy, and verify again"),
    is_fault=False,
)
"""If a line is not valid, nobody knows what came after it: all files that changed since would be
reported as tampered with."""

LOOKED_ASIDE = Finding(
    N_(
        "not looked at: previews, releases that are not current, and whether a compressed form of a "
        "file is missing"
    ),
    is_fault=False,
)


@dataclass(frozen=True)
class Verdict:
    """What verification found. ``files``: how many the record says are public."""

    chain: Chain
    findings: Sequence[Finding]
    files: int

    @property
    def holds(self) -> bool:
        return not any(finding.is_fault for finding in self.findings)


@dataclass(frozen=True)
class ProofFiles:
    """The files with which lines are checked. ``folder``: of their signatures and time stamps;
    ``signers``, ``certificates``: the files of trusted keys and of the authorities' certificates;
    ``copy``: an earlier copy of ``folder``; ``must_be_stamped``: whether it is a fault if no line
    has a time stamp."""

    folder: Path
    signers: Path
    certificates: Path
    copy: Path | None = None
    must_be_stamped: bool = False

    @classmethod
    def of(
        cls,
        layout: Layout,
        signers: Path | None,
        certificates: Path | None,
        copy: Path | None = None,
    ) -> ProofFiles:
        """Those of a published folder. ``signers``, ``certificates``: files to trust instead of the
        folder's own."""
        return cls(
            layout.signatures,
            signers or layout.signers,
            certificates or layout.certificates,
            copy,
            must_be_stamped=certificates is not None,
        )


def verify_folder(
    layout: Layout,
    signers: Path | None,
    copy: Path | None,
    progress: Progress,
    certificates: Path | None = None,
) -> Verdict:
    """Verify a published folder. ``signers``, ``certificates``: files of public keys, and of
    certificates of time-stamping authorities, to trust instead of the folder's own; ``copy``: an
    earlier copy of the record, with which the record must begin; beside it there may be a copy of
    ``publications/``. Raises ``Refused`` if there is no record, or if signatures cannot be checked
    here; ``OSError`` if something cannot be read."""
    with locked(
        layout.lock,
        lambda: progress.step(N_("A publication is at work; waiting for it")),
        shared=True,
    ):
        chain = load(layout)
        if not layout.record.is_file():
            raise Refused(N_("there is no publication record in %(folder)s"), folder=layout.root)
        copied = Layout(copy.parent).signatures if copy else None
        evidence = ProofFiles.of(layout, signers, certificates, copied)
        was_used = signers is not None or was_key_used(layout, chain)
        findings = [
            *chain_findings(chain, copy),
            *record_findings(chain, evidence, now(), progress, was_used=was_used),
        ]
        if chain.broken:
            return Verdict(chain, [*findings, NOT_COMPARED], 0)
        findings += link_findings(layout, chain)
        current = layout.current_release()
        if current:
            findings += file_findings(layout.release(current), chain.state.digests, progress)
        return Verdict(chain, [*findings, LOOKED_ASIDE], len(chain.state.digests))


def link_findings(layout: Layout, chain: Chain) -> Iterator[Finding]:
    """Findings if ``current`` does not lead where the record says, and for releases that the record
    does not know."""
    current, last = layout.current_release(), chain.last
    if last and current != last.release:
        message = N_(
            "publication %(number)d made %(release)s current, but current is "
            "%(current)s: it did not get to its end, or the link was moved by hand"
        )
        values = {"number": last.number, "release": last.release, "current": current or "–"}
        yield Finding(message, values)
    for name in layout.kept():
        if not chain.publication_of(name) and not layout.unfinished(name).is_dir():
            message = N_("the record does not know the release %(release)s: lines were taken away")
            yield Finding(message, {"release": name})


def file_findings(root: Path, wanted: Mapping[str, str], progress: Progress) -> list[Finding]:
    """A finding for each file that is not as it was published, in the order of addresses."""
    found = diff(wanted, digests_in(root, wanted, progress))
    messages = dict.fromkeys(found.removed, N_("%(address)s is missing"))
    for address in (*found.added, *found.changed):
        twin = twin_of(address)
        if address in wanted or (twin and without_index(twin[0]) in wanted):
            messages[address] = N_("%(address)s differs from what was published")
        else:
            messages[address] = N_("%(address)s was never published")
    return [Finding(messages[address], {"address": address}) for address in found.addresses]


def chain_findings(chain: Chain, copy: Path | None = None) -> Iterator[Finding]:
    """Findings if the chain is broken, incomplete or empty, or does not begin as ``copy`` does, an
    earlier copy of the record."""
    if chain.broken:
        values = {"number": len(chain.publications) + 1, "reason": chain.broken}
        yield Finding(N_("line %(number)d of the record breaks the chain: %(reason)s"), values)
    if chain.incomplete:
        yield Finding(N_("the record's last line has no end"))
    if not chain.lines and not chain.broken:
        yield Finding(N_("the record is empty"))
    if copy:
        kept = [line for line in copy.read_bytes().splitlines(True) if line.endswith(b"\n")]
        for index, line in enumerate(kept):
            if index >= len(chain.lines) or chain.lines[index] != line:
                message = N_("line %(number)d of the record is not as in %(copy)s")
                yield Finding(message, {"number": index + 1, "copy": copy})
                break


def record_findings(
    chain: Chain,
    beside: ProofFiles,
    now: datetime.datetime,
    progress: Progress,
    *,
    was_used: bool,
) -> Iterator[Finding]:
    """Findings for the keys, signatures, time stamps and times of the lines of an unbroken chain.
    ``was_used``: whether a key was ever used, so that they must be signed."""
    yield from trust_findings(chain, beside, progress, was_used=was_used)
    yield from clock_findings(chain.publications, now)


def trust_findings(
    chain: Chain, beside: ProofFiles, progress: Progress, *, was_used: bool
) -> Iterator[Finding]:
    """Findings for keys, signatures and time stamps."""
    yield from key_findings(chain, was_used=was_used)
    told = list(beside_findings(chain, beside.folder, beside.copy))
    yield from told
    numbers_told = {finding.values.get("number") for finding in told}
    numbers = {item.number for item in chain.publications} - numbers_told
    yield from signature_findings(chain, beside.signers, beside.folder, progress, numbers)
    stamps = checked_stamps(chain, beside.folder, beside.certificates)
    yield from stamp_findings(chain, stamps, numbers_told)
    if beside.must_be_stamped and not stamps.good and not stamps.faults:
        yield Finding(N_("no line of the record has a time stamp"))
    if chain.publications and not was_used and not any(item.signer for item in chain.publications):
        yield Finding(N_("the record is not signed"), is_fault=False)
