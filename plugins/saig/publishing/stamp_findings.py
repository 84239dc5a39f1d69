"""The time stamps of the record's lines, checked, and what they show.

A time stamp shows that a line, and so all before it, existed at its time. So it bounds from above
when they were written, whoever holds the key and whatever a clock said.
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
"""How long after a line its time stamp may come and still be called that of the line's time."""

EARLY = datetime.timedelta(seconds=60)
"""How far a publishing computer's clock may be ahead of an authority's."""


@dataclass(frozen=True)
class Stamps:
    """``good``: number of a line to its time stamp; ``faults``: of those that are not. ``trusted``:
    whether they were held against certificates at all."""

    good: Mapping[int, Stamp]
    faults: Sequence[Finding]
    trusted: bool


def checked_stamps(chain: Chain, folder: Path, certificates: Path | None) -> Stamps:
    """Each time stamp in a folder, ``publications/`` or a copy of it, held against its line, and
    against the authority's certificates where there are any. Raises ``Refused`` for a file that has
    none."""
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
    """The earliest time stamp of a line or of one after it, with the number of that: the line
    existed by then."""
    later = [(stamp.time, other) for other, stamp in good.items() if other >= number]
    if not later:
        return None
    _, other = min(later)
    return other, good[other]


def is_soon(time: str, stamp: Stamp) -> bool:
    """Whether a line of this time had its time stamp by and by."""
    return _moment(stamp.time) - _moment(time) <= SOON


def stamp_findings(chain: Chain, stamps: Stamps, told: Collection[object]) -> Iterator[Finding]:
    """What is wrong with time stamps, which lines have none, and what the others show. ``told``:
    the numbers of the lines whose time stamp is known to be wrong."""
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
    """Lines that existed before the time that they say: the clock was ahead."""
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
    """One finding for each run of lines without a time stamp of their own."""
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
