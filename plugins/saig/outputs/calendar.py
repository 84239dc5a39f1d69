"""Days -> a calendar to subscribe to (RFC 5545, with the names of RFC 7986).

Whole days only, so no time zone is needed: a day of closing is that day wherever the reader is.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from ..documents.days import Day
from .feeds import Head

if TYPE_CHECKING:
    from icalendar import Event

UNKNOWN = "2000-01-01"
"""DTSTAMP of what does not say when it was revised: it may not be the time of the build."""

ONE_DAY = datetime.timedelta(days=1)


def calendar(head: Head, days: Iterable[Day], root: str) -> bytes:
    """Each day once. ``root``: the site's address, which with a day's id makes a name that stays."""
    from icalendar import Calendar  # here, as it takes long to import

    found = Calendar()
    found.add("prodid", "-//Saig//EN")
    found.add("version", "2.0")
    found.add("name", head.name)
    found.add("x-wr-calname", head.name)  # what most programs read instead of NAME
    found.add("url", head.url)
    found.add("source", f"{head.url}calendari.ics", parameters={"VALUE": "URI"})
    found.add("refresh-interval", ONE_DAY, parameters={"VALUE": "DURATION"})
    each = {_uid(day, root): day for day in days}
    for uid, day in sorted(each.items(), key=lambda item: (item[1].first, item[0])):
        found.add_component(_event(uid, day))
    return bytes(found.to_ical())


def _uid(day: Day, root: str) -> str:
    """One for each language, or a reader of two would see the words change places."""
    return str(uuid5(NAMESPACE_URL, f"{root}{day.lang}/{day.id}"))


def _event(uid: str, day: Day) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", uid)
    stamp = datetime.date.fromisoformat(day.revised or UNKNOWN)
    event.add("dtstamp", datetime.datetime.combine(stamp, datetime.time(), datetime.UTC))
    event.add("dtstart", datetime.date.fromisoformat(day.first))
    # The day after the last one (§3.6.1).
    event.add("dtend", datetime.date.fromisoformat(day.last) + ONE_DAY)
    event.add("summary", day.title, parameters={"LANGUAGE": day.lang})
    if day.text:
        event.add("description", day.text, parameters={"LANGUAGE": day.lang})
    if day.url:
        event.add("url", day.url)
    event.add("transp", "TRANSPARENT")  # nobody is busy because an office is closed
    return event
