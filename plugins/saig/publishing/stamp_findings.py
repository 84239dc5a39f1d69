"""Checks the time stamps of the record's lines, and says what they show.

A time stamp shows that a line, and so every line before it, existed at its time. So they were not
written later, whoever had the key and whatever a clock said.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from ..words import N_
from .finding import Finding
from .layout import STAMP, files_beside
from .record import Chain
from .tree import plain_bytes

if TYPE_CHECKING:
    from .stamps import Stamp

SOON = datetime.timedelta(minutes=10)
"""The longest time between a line and a time stamp that still confirms the line's time."""

EARLY = datetime.timedelta(seconds=60)
"""How far the clock of a computer that publishes may be ahead of the authority's."""


@dataclass(frozen=True)
class Stamps:
    """``good``: number of a line -> its valid time stamp; ``faults``: of invalid ones; ``trusted``:
    whether they were checked with certificates."""

    good: Mapping[int, Stamp]
    faults: Sequence[Finding]
    trusted: bool


def checked_stamps(chain: Chain, folder: Path, certificates: Path | None) -> Stamps:
    """Check the time stamps in a folder, ``publications/`` or a copy of it, with their lines, and
    with the authority's certificates if there is a file of these. Raises ``Refused`` if that file
    has none."""
    names = {
        name: number
        for name, number in sorted(files_beside(folder).items(), key=lambda item: item[1])
        if name.endswith(STAMP) and number <= len(chain.lines)
    }
    has_certificates = certificates is not None and certificates.is_file()
    if not names:
        return Stamps({}, [], has_certificates)
    from .stamps import BadStamp, check_stamp, load_certificates, read_stamp

    trusted = load_certificates(certificates) if certificates and has_certificates else None
    good: dict[int, Stamp] = {}
    faults: list[Finding] = []
    for name, number in names.items():
        try:
            data, line = plain_bytes(folder / name) or b"", chain.lines[number - 1]
            good[number] = check_stamp(data, line, trusted) if trusted else read_stamp(data, line)
        except BadStamp as error:
            values = {"number": number, "reason": error}
            message = N_("the time stamp of line %(number)d is not good: %(reason)s")
            faults.append(Finding(message, values))
    return Stamps(good, faults, has_certificates)


def covering(good: Mapping[int, Stamp], number: int) -> tuple[int, Stamp] | None:
    """The earliest time stamp that covers a line, with the number of the line that has it: this one
    or a later one. None if none covers it."""
    later = [(stamp.time, other) for other, stamp in good.items() if other >= number]
    if not later:
        return None
    _, other = min(later)
    return other, good[other]


def is_soon(time: str, stamp: Stamp) -> bool:
    """Whether a time stamp came within ``SOON`` of a line's time."""
    return _moment(stamp.time) - _moment(time) <= SOON


def stamp_findings(chain: Chain, stamps: Stamps, told: Collection[object]) -> Iterator[Finding]:
    """Findings: which time stamps are wrong, which lines have none, and what the others show.
    ``told``: the numbers of the lines for which there is a finding already."""
    yield from (fault for fault in stamps.faults if fault.values["number"] not in told)
    good = stamps.good
    if not good:
        return
    yield from _contradictions(chain, good)
    yield from _late(chain, good)
    yield from _without(chain, good)
    for authority in sorted({stamp.authority for stamp in good.values()}):
        times = sorted(stamp.time for stamp in good.values() if stamp.authority == authority)
        message = N_("time stamps by %(authority)s: %(count)d, from %(first)s to %(last)s")
        values = {"count": len(times), "authority": authority, "first": times[0], "last": times[-1]}
        yield Finding(message, values, is_fault=False)
    if not stamps.trusted:
        message = N_(
            "the time stamps were not held against the authority's certificates, and show nothing: "
            "give them with --tsa-certificates FILE"
        )
        yield Finding(message, is_fault=False)


def _contradictions(chain: Chain, good: Mapping[int, Stamp]) -> Iterator[Finding]:
    """Lines with a time stamp from before their time: the clock was ahead."""
    said = max((item.number for item in chain.publications if item.clock_was_wrong), default=0)
    for number, stamp in good.items():
        time = chain.publications[number - 1].time
        if _moment(stamp.time) + EARLY < _moment(time):
            values = {"number": number, "time": time, "stamp": stamp.time}
            message = N_(
                "line %(number)d is of %(time)s, and its time stamp of %(stamp)s, before that: a clock "
                "was wrong"
            )
            yield Finding(message, values, is_fault=number > said)


def _late(chain: Chain, good: Mapping[int, Stamp]) -> Iterator[Finding]:
    """Lines whose time stamp came later than ``SOON``."""
    for number, stamp in good.items():
        time = chain.publications[number - 1].time
        if not is_soon(time, stamp):
            values = {"number": number, "time": time, "stamp": stamp.time}
            message = N_(
                "line %(number)d is of %(time)s, and its time stamp only of %(stamp)s: that the line "
                "is older than that, only the record says"
            )
            yield Finding(message, values, is_fault=False)


def _without(chain: Chain, good: Mapping[int, Stamp]) -> Iterator[Finding]:
    """One finding for each run of consecutive lines without a time stamp of their own."""
    numbers = [item.number for item in chain.publications if item.number not in good]
    for _, run in groupby(enumerate(numbers), key=lambda item: item[1] - item[0]):
        lines = [number for _, number in run]
        values: dict[str, object] = {"first": lines[0], "last": lines[-1]}
        found = covering(good, lines[-1])
        if found:
            values |= {"number": found[0], "time": found[1].time}
            message = N_(
                "lines without a time stamp of their own: %(first)d to %(last)d; that of line "
                "%(number)d, of %(time)s, is the first after them"
            )
        else:
            message = N_("lines without a time stamp yet: %(first)d to %(last)d, the last ones")
        yield Finding(message, values, is_fault=False)


def _moment(time: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(time)
