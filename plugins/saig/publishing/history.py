"""What was at an address, and when, by the lines of the record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Literal

from ..notes.address import with_index
from .clock import Doubt
from .compress import TWINS
from .record import Chain, Publication

Status = Literal["public", "withdrawn", "moved", "absent"]
What = Literal["published", "changed", "withdrawn", "moved", "removed", "altered", "without-effect"]


@dataclass(frozen=True)
class Event:
    """What a line says of an address. ``digest``: of the file that is there from then on, or that
    was found there; ``number``, ``kind``: of the line."""

    what: What
    time: str
    digest: str | None
    number: int
    kind: str
    release: str | None
    commit: str | None
    differs: bool | None
    day: str | None
    signer: str | None


@dataclass(frozen=True)
class Span:
    """A period in which the same was at the address. ``start``: '' if the record does not say;
    ``until``: None if it has not ended; ``sure``: whether the record is certain of it; ``number``:
    of the line that says so."""

    start: str
    until: str | None
    status: Status
    digest: str | None
    number: int
    sure: bool = True


def _states(chain: Chain, address: str) -> Iterator[tuple[Publication, Status, str | None]]:
    """What is at the address after each line: status, digest. The page that says that a file moved
    or is gone is in a folder with the file's name."""
    forms = (address,) if address.endswith("/") else (address, f"{address}/")
    status: tuple[Status, str | None] = ("absent", None)
    for item in chain.publications:
        if any(form in item.removed for form in forms):
            status = ("absent", None)
        for form in forms:
            if found := item.added.get(form) or item.changed.get(form):
                is_moved = form in item.moved
                status = (
                    "withdrawn" if form in item.gone else "moved" if is_moved else "public",
                    found,
                )
        yield item, *status


_BECAME: dict[Status, What] = {"withdrawn": "withdrawn", "moved": "moved", "absent": "removed"}


def events(chain: Chain, address: str) -> Iterator[Event]:
    """What the lines that mention the address say of it."""
    before: tuple[Status, str | None] = ("absent", None)
    names = [address, *(with_index(address) + ending for ending in TWINS)]
    for item, status, found in _states(chain, address):
        for name in names:
            if name in item.altered:
                yield _event("altered", item, item.altered[name])
        if (status, found) != before:
            if item.kind == "found":
                what: What = "without-effect"
            elif status == "public":
                what = "changed" if before[0] == "public" else "published"
            else:
                what = _BECAME[status]
            yield _event(what, item, found)
        before = (status, found)


def _event(what: What, item: Publication, found: str | None) -> Event:
    return Event(
        what,
        item.time,
        found,
        item.number,
        item.kind,
        item.release,
        item.commit,
        item.differs,
        item.day,
        item.signer,
    )


def spans(chain: Chain, address: str, in_doubt: Sequence[Doubt]) -> Iterator[Span]:
    """What was at the address, period by period. A publication that was found to have had no effect
    does not count. A period is not sure if the link was switched only later, if something else was
    found there, or if the times of lines that change the address are in doubt (``in_doubt``)."""
    names = {address, *(with_index(address) + ending for ending in TWINS)}
    starts: list[Span] = []
    states = list(_states(chain, address))
    for index, (item, status, found) in enumerate(states):
        if names & item.altered.keys() and starts:
            # Someone put something else there, and nobody knows when.
            starts[-1] = replace(starts[-1], sure=False)
        doubt = next((one for one in in_doubt if one.first <= item.number <= one.last), None)
        if doubt:
            before = states[doubt.first - 2][1:] if doubt.first > 1 else ("absent", None)
            differs = {before} != {state[1:] for state in states[doubt.first - 1 : doubt.last]}
            if differs and item.number == doubt.last:
                start = doubt.start or ""
                starts.append(Span(start, None, status, found, item.number, sure=False))
            continue
        after = states[index + 1][0] if index + 1 < len(states) else None
        start, sure = item.time, True
        if item.kind == "found":
            earliest = states[index - 1][0].time if index else item.time
            start = min(max(item.since or "", earliest), item.time)
        elif after and after.kind == "found":
            if (after.since or "") <= item.time:
                continue
            sure = states[index + 1][1:] == (status, found)
        starts.append(Span(start, None, status, found, item.number, sure))
    ended = [replace(one, until=two.start) for one, two in pairwise(starts)]
    every = [*ended, *starts[-1:]]
    for _, same in groupby(every, key=lambda span: (span.status, span.digest, span.sure)):
        neighbours = list(same)
        yield replace(neighbours[0], until=neighbours[-1].until)
