"""When an address was public, and with what, as far as the record tells."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Literal
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from ..notes.address import composed, with_index, with_slash, without_index
from ..words import N_
from .clock import Doubt, doubts, timestamp
from .compress import TWINS
from .record import Chain, Publication
from .refusal import Refused
from .tree import digest

Status = Literal["public", "withdrawn", "moved", "absent"]
What = Literal["published", "changed", "withdrawn", "moved", "removed", "altered", "without-effect"]
Answer = Literal["yes", "no", "partly", "unsure"]


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


@dataclass(frozen=True)
class Question:
    """Was it up from ``start`` to ``until``? ``looked_until``: no record tells of what is to come."""

    start: str
    until: str
    looked_until: str
    answer: Answer
    spans: Sequence[Span]


@dataclass(frozen=True)
class Evidence:
    address: str
    url: str
    zone: str
    made: str
    lines: int
    last_line: str
    events: Sequence[Event]
    spans: Sequence[Span]
    question: Question | None
    doubts: Sequence[Doubt]
    """Lines whose times contradict others."""


def normal_address(given: str, site: str) -> str:
    """An address as the record has it: ``/x/`` for ``https://example.org/x``, ``/x/index.html``…
    Raises ``Refused`` for one of another site."""
    try:
        parts = urlsplit(given)
    except ValueError:
        raise Refused(
            N_("%(address)s is not an address of %(site)s"), address=given, site=site
        ) from None
    own = urlsplit(site)
    path = composed(unquote(parts.path))
    if parts.scheme or parts.netloc:
        if parts.netloc != own.netloc:
            raise Refused(N_("%(address)s is not an address of %(site)s"), address=given, site=site)
        path = path.removeprefix(own.path)
    path = "/" + path.lstrip("/")
    return with_slash(without_index(path))


def gather(
    chain: Chain,
    given: str,
    zone: str,
    now: datetime.datetime,
    period: tuple[datetime.date, datetime.date] | None = None,
    *,
    holds: bool = True,
) -> Evidence:
    """All that a record says of an address. ``zone``: of the days of ``period``, both included;
    ``now``: no answer goes beyond it; ``holds``: whether all its lines verify. Raises ``Refused`` for an address of another site."""
    site = chain.last.site if chain.last else ""
    address = normal_address(given, site)
    made = timestamp(now)
    in_doubt = doubts(chain.publications, now)
    spans = list(_spans(chain, address, in_doubt))
    return Evidence(
        address,
        site + address,
        zone,
        made,
        len(chain.lines),
        digest(chain.lines[-1]) if chain.lines else "",
        list(_events(chain, address)),
        spans,
        _question(spans, period, zone, made, holds=holds) if period else None,
        in_doubt,
    )


def _states(chain: Chain, address: str) -> Iterator[tuple[Publication, Status, str | None]]:
    """What stands at the address after each publication. What says that a file moved or is gone lies
    in a folder of its name."""
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


def _events(chain: Chain, address: str) -> Iterator[Event]:
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


def _spans(chain: Chain, address: str, in_doubt: Sequence[Doubt]) -> Iterator[Span]:
    """What stood there when. What a publication did that was found without effect does not count;
    where the link was moved only later, the time between is not sure, nor is it where lines that
    change something there contradict others in their times."""
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
    spans = [*ended, *starts[-1:]]
    for _, same in groupby(spans, key=lambda span: (span.status, span.digest, span.sure)):
        neighbours = list(same)
        yield replace(neighbours[0], until=neighbours[-1].until)


def _question(
    spans: Sequence[Span],
    period: tuple[datetime.date, datetime.date],
    zone: str,
    made: str,
    *,
    holds: bool,
) -> Question:
    """From the first moment of the first day to the last of the last, where the site is."""
    first, last = period
    start = timestamp(_midnight(first, zone))
    until = timestamp(_midnight(last + datetime.timedelta(days=1), zone))
    looked = min(until, made)
    inside = [
        replace(span, start=max(span.start, start), until=min(span.until or looked, looked))
        for span in spans
        if span.start < looked and (span.until or looked) > start
    ]
    answer = _answer(inside, start, looked) if holds else "unsure"
    return Question(start, until, looked, answer, inside)


def _answer(inside: Sequence[Span], start: str, looked: str) -> Answer:
    up = [span for span in inside if span.status == "public"]
    if any(not span.sure for span in inside):
        return "unsure"
    if not up:
        return "no"
    covered = up[0].start == start and up[-1].until == looked and len(up) == len(inside)
    return "yes" if covered else "partly"


def _midnight(day: datetime.date, zone: str) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(), ZoneInfo(zone))


def signatures_of(evidence: Evidence) -> dict[int, str]:
    """Number to fingerprint, of the lines that matter."""
    return {event.number: event.signer for event in evidence.events if event.signer}
