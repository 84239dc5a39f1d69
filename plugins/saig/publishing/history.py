"""What stood at an address, and when, line by line."""

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
    """``digest``: of the file that is there from then on, or that was found there."""

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
    """A time in which one thing stood at the address. ``start`` is empty where the record does not
    say; ``until`` is None while it does; ``sure`` is False where the record can't tell."""

    start: str
    until: str | None
    status: Status
    digest: str | None
    number: int
    sure: bool = True


def _states(chain: Chain, address: str) -> Iterator[tuple[Publication, Status, str | None]]:
    """What stands at the address after each publication. What says that a file moved or is gone
    lies in a folder of its name."""
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
    """What each line says of the address, of those that say something."""
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
    """What stood at the address when. What a publication did that was found without effect does not
    count; where the link was moved only later, the time between is not sure, nor is it where lines
    that change something there contradict others in their times."""
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
