"""When an address was public, and with what content, as far as the record says."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from ..notes.address import composed, with_slash, without_index
from ..refusal import Refused
from ..words import N_
from .clock import Doubt, doubts, timestamp
from .history import Event, Span, events, spans
from .record import Chain
from .stamp_findings import covering, is_soon
from .tree import digest

if TYPE_CHECKING:
    from .stamps import Stamp

Answer = Literal["yes", "no", "partly", "unsure"]


@dataclass(frozen=True)
class Attested:
    """The first time stamp that covers a line: the line existed by then. ``number``: of the line that
    has the time stamp, this one or a later one; ``soon``: whether it came within ``SOON`` of the
    time that the line states; ``accuracy``: seconds."""

    number: int
    time: str
    authority: str
    accuracy: int | None
    soon: bool


@dataclass(frozen=True)
class Question:
    """Was the address public from ``start`` to ``until``? ``looked_until``: the end of the answer,
    which does not go beyond now; ``spans``: what was there until then."""

    start: str
    until: str
    looked_until: str
    answer: Answer
    spans: Sequence[Span]


@dataclass(frozen=True)
class Evidence:
    """What the record says of an address. ``zone``: the time zone of days; ``made``: when this was
    gathered; ``lines``: how many the record has; ``last_line``: the digest of the last one."""

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
    attested: Mapping[int, Attested]
    """By the numbers of the lines of ``events``, and of those on which the answer depends."""
    last_stamp: str | None
    """Time of the last time stamp of the whole record."""


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
    period: tuple[datetime.date, datetime.date] | None,
    *,
    holds: bool = True,
    stamps: Mapping[int, Stamp] | None = None,
) -> Evidence:
    """All that a record says of an address. ``zone``: the time zone of the days in ``period``, both
    included; ``now``: the answer does not go beyond it; ``holds``: whether the whole record
    verifies; ``stamps``: the valid time stamps, by the numbers of their lines. Raises ``Refused``
    for an address of another site."""
    site = chain.last.site if chain.last else ""
    address = normal_address(given, site)
    made = timestamp(now)
    in_doubt = doubts(chain.publications, now)
    stood = list(spans(chain, address, in_doubt))
    told = list(events(chain, address))
    question = _question(stood, period, zone, made, holds=holds) if period else None
    good = stamps or {}
    numbers = {event.number for event in told}
    numbers |= {span.number for span in question.spans} if question else set()
    return Evidence(
        address,
        site + address,
        zone,
        made,
        len(chain.lines),
        digest(chain.lines[-1]) if chain.lines else "",
        told,
        stood,
        question,
        in_doubt,
        dict(_attested(chain, good, numbers)),
        max((stamp.time for stamp in good.values()), default=None),
    )


def _attested(
    chain: Chain, good: Mapping[int, Stamp], numbers: Collection[int]
) -> Iterator[tuple[int, Attested]]:
    for number in sorted(numbers):
        if found := covering(good, number):
            other, stamp = found
            soon = is_soon(chain.publications[number - 1].time, stamp)
            yield number, Attested(other, stamp.time, stamp.authority, stamp.accuracy, soon)


def _question(
    spans: Sequence[Span],
    period: tuple[datetime.date, datetime.date],
    zone: str,
    made: str,
    *,
    holds: bool,
) -> Question:
    """Whether the address was public from the first moment of the first day to the last moment of
    the last, in the site's time zone."""
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
    """The signed lines among the events: number -> fingerprint of the key."""
    return {event.number: event.signer for event in evidence.events if event.signer}
