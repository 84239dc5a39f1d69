"""Days -> a calendar to subscribe to (RFC 5545, with the names of RFC 7986).

Whole days only: a day of closing is that day wherever the reader is. The time zone stands there as a
calendar must have something in it (§3.6), even where there is no day to tell.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from uuid import NAMESPACE_URL, uuid5

from ..documents.days import Day
from .feeds import Head
from .timezone import timezone

UNKNOWN = "2000-01-01"
"""DTSTAMP of what does not say when it was revised: it may not be the time of the build."""

ONE_DAY = datetime.timedelta(days=1)


Entry = tuple[str, str, bytes]
"""A day as it stands in calendars, with what it is sorted by: its first date and its name."""


def entries(days: Iterable[Day], root: str) -> tuple[Entry, ...]:
    """``root``: the site's address, which with a day's id makes a name that stays."""
    return tuple((day.first, uid := _uid(day, root), _event(uid, day)) for day in days)


def calendar(head: Head, found: Iterable[Entry], zone: str) -> bytes:
    """Each entry once. They are written before, as one calendar has those of many notes."""
    from icalendar import Calendar  # here, as it takes long to import

    frame = Calendar()
    frame.add("prodid", "-//Saig//EN")
    frame.add("version", "2.0")
    frame.add("name", head.name)
    frame.add("x-wr-calname", head.name)  # what most programs read instead of NAME
    frame.add("x-wr-timezone", zone)
    frame.add("url", head.url)
    frame.add("source", f"{head.url}{head.calendar}", parameters={"VALUE": "URI"})
    frame.add("refresh-interval", ONE_DAY, parameters={"VALUE": "DURATION"})
    begin, end, nothing = frame.to_ical().rpartition(b"END:VCALENDAR")
    each = {uid: (first, uid, written) for first, uid, written in found}
    return b"".join(
        [begin, timezone(zone), *(entry[2] for entry in sorted(each.values())), end, nothing]
    )


def _uid(day: Day, root: str) -> str:
    """One for each language, or a reader of two would see the words change places."""
    return str(uuid5(NAMESPACE_URL, f"{root}{day.lang}/{day.id}"))


def _event(uid: str, day: Day) -> bytes:
    """An event, written as icalendar writes one, without its objects: there are thousands. Texts are
    escaped, and long lines folded, by icalendar."""
    from icalendar import vText

    after = datetime.date.fromisoformat(day.last) + ONE_DAY  # the day after the last one (§3.6.1)
    lines = [
        "BEGIN:VEVENT",
        f"SUMMARY;LANGUAGE={day.lang}:{vText(day.title).to_ical().decode()}",
        f"DTSTART;VALUE=DATE:{_digits(day.first)}",
        f"DTEND;VALUE=DATE:{_digits(after.isoformat())}",
        f"DTSTAMP:{_digits(day.revised or UNKNOWN)}T000000Z",
        f"UID:{uid}",
    ]
    if day.text:
        lines.append(f"DESCRIPTION;LANGUAGE={day.text_lang}:{vText(day.text).to_ical().decode()}")
    lines.append("TRANSP:TRANSPARENT")  # nobody is busy because an office is closed
    if day.url:
        lines.append(f"URL:{day.url}")
    return b"".join(map(_folded, (*lines, "END:VEVENT")))


def _digits(day: str) -> str:
    return day.replace("-", "")


def _folded(line: str) -> bytes:
    """A line of a calendar, in several where it is long (§3.1)."""
    from icalendar.parser import Contentline

    data = line.encode()
    if len(data) >= SHORT:
        data = bytes(Contentline(line).to_ical())  # type: ignore[no-untyped-call]
    return data + b"\r\n"


SHORT = 75
"""Octets, from which on a line is folded."""
