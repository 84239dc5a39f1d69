"""Days -> a calendar to subscribe to (RFC 5545, with the names of RFC 7986).

All events are whole days: a closing day is that date in every time zone. The time zone is included
because a calendar needs at least one component (§3.6), even without events.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from uuid import NAMESPACE_URL, uuid5

from ..documents.days import Day
from .content_lines import content_lines, text
from .feeds import Head
from .timezone import timezone

UNKNOWN = "2000-01-01"
"""DTSTAMP of events without a revision day: it must not be the time of the build."""

ONE_DAY = datetime.timedelta(days=1)


Entry = list[str]
"""An event as written in calendars, with its sort keys: first date and id."""


def entries(days: Iterable[Day], root: str) -> list[Entry]:
    """``root``: the site's address; a day's id makes a permanent name of it."""
    return [[day.first, uid := _uid(day, root), _event(uid, day)] for day in days]


def calendar(head: Head, found: Iterable[Entry], zone: str) -> bytes:
    """A calendar of these events, without duplicates. They are written before, as an event is in
    many calendars."""
    frame = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Saig//EN",
        f"NAME:{text(head.name)}",
        f"X-WR-CALNAME:{text(head.name)}",  # most programs read this, not NAME
        "REFRESH-INTERVAL;VALUE=DURATION:P1D",
        f"SOURCE;VALUE=URI:{head.url}{head.calendar}",
        f"URL:{head.url}",
        f"X-WR-TIMEZONE:{zone}",
    ]
    each = {entry[1]: entry for entry in found}
    events = "".join(entry[2] for entry in sorted(each.values())).encode()
    return content_lines(frame) + timezone(zone) + events + content_lines(["END:VCALENDAR"])


def _uid(day: Day, root: str) -> str:
    """An id per language: otherwise, with two calendars, the languages would overwrite each
    other."""
    return str(uuid5(NAMESPACE_URL, f"{root}{day.lang}/{day.id}"))


def _event(uid: str, day: Day) -> str:
    after = datetime.date.fromisoformat(day.last) + ONE_DAY  # the day after the last one (§3.6.1)
    lines = [
        "BEGIN:VEVENT",
        f"SUMMARY;LANGUAGE={day.lang}:{text(day.title)}",
        f"DTSTART;VALUE=DATE:{_digits(day.first)}",
        f"DTEND;VALUE=DATE:{_digits(after.isoformat())}",
        f"DTSTAMP:{_digits(day.revised or UNKNOWN)}T000000Z",
        f"UID:{uid}",
    ]
    if day.text:
        lines.append(f"DESCRIPTION;LANGUAGE={day.text_lang}:{text(day.text)}")
    lines.append("TRANSP:TRANSPARENT")  # nobody is busy because an office is closed
    if day.url:
        lines.append(f"URL:{day.url}")
    return content_lines([*lines, "END:VEVENT"]).decode()


def _digits(day: str) -> str:
    return day.replace("-", "")
