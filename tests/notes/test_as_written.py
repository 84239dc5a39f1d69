"""Days, channels, kinds and dates as people write them: each is what it means, and nothing is guessed."""

from __future__ import annotations

import datetime
from typing import Any, get_args

import pytest
from saig.notes import as_written
from saig.notes.files import Source
from saig.notes.models import Urgency
from saig.notes.norm_fields import ActType
from saig.notes.note_fields import Status
from saig.notes.opening_hours import Appointment, Channel
from saig.notes.read import read_note

FOLDERS = {"contact": "contacts", "notice": "notices", "service": "services", "norm": "norms"}


def fields(kind: str, said: str) -> Any:
    source = Source(f"content/{FOLDERS[kind]}/n.md", kind, "n", "ca", is_original=True)
    text = f"---\ntitle: T\nsummary: S.\n{said}\n---\nT.\n"
    reading = read_note(source, text.encode(), ["ca", "es"])
    assert reading.note, reading.problems
    return reading.note.fields


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("15/01/2027", "2027-01-15"),
        ("15-1-2027", "2027-01-15"),
        ("15.1.2027", "2027-01-15"),
        ("3/4/2027", "2027-04-03"),
        ("15 de gener de 2027", "2027-01-15"),
        ("1r d'abril del 2027", "2027-04-01"),
        ("15 de enero de 2027", "2027-01-15"),
        ("15 January 2027", "2027-01-15"),
        ("2027-1-5", "2027-01-05"),
        ("2027/01/05", "2027-01-05"),
    ],
)
def test_dates(typed: str, day: str) -> None:
    """The day stands before the month, as everywhere in Europe."""
    assert fields("notice", f"date: {typed}").date == datetime.date.fromisoformat(day)


WEEK = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("dilluns a divendres", WEEK),
        ("de dilluns a divendres", WEEK),
        ("del dilluns al divendres", WEEK),
        ("de lunes a viernes", WEEK),
        ("monday to friday", WEEK),
        ("dilluns-divendres", WEEK),
        ("dilluns, dimecres i divendres", WEEK[::2]),
        ("lunes y miércoles", WEEK[:3:2]),
        ("de dilluns a dimecres i divendres", [*WEEK[:3], "Friday"]),
        ("[de dilluns a dimarts, divendres]", [*WEEK[:2], "Friday"]),
    ],
)
def test_days(typed: str, days: list[str]) -> None:
    found = fields(
        "contact", f"opening_hours: [{{days: {quoted(typed)}, opens: 9h, closes: 14.30}}]"
    )
    assert found.opening_hours[0].days == days
    assert (found.opening_hours[0].opens, found.opening_hours[0].closes) == ("09:00", "14:30")


def quoted(text: str) -> str:
    return text if text.startswith("[") else f'"{text}"'


@pytest.mark.parametrize(
    ("typed", "channel", "appointment"),
    [
        ("{channel: Presencial, appointment: sense cita}", "in-person", "none"),
        ("{channel: per videoconferència, appointment: obligatòria}", "video", "required"),
        ("{channel: teléfono, appointment: opcional}", "phone", "optional"),
        ("{channel: correu electrònic}", "email", None),
        ("{channel: en línea, appointment: ninguna}", "online", "none"),
        ("{channel: correo postal}", "post", None),
    ],
)
def test_channels(typed: str, channel: str, appointment: str | None) -> None:
    [found] = fields("service", f"departments: [x]\nchannels: [{typed}]").channels
    assert (found.channel, found.appointment) == (channel, appointment)


def test_other_kinds() -> None:
    notice = fields("notice", "date: 2020-01-01\nurgency: urgente\nstatus: esborrany")
    assert (notice.urgency, notice.status) == ("urgent", "draft")
    norm = fields(
        "norm",
        "date: 2020-01-01\ntype: l\nnumber: 1\njurisdiction: es\ndate_document: 2020-01-01\n"
        "relations: [{type: deroga parcialment, norm: x, provisions: [art. 1]}]",
    )
    assert norm.relations[0].type == "repeals-part"


@pytest.mark.parametrize(
    ("table", "known"),
    [
        (as_written.CHANNELS, Channel),
        (as_written.APPOINTMENTS, Appointment),
        (as_written.URGENCIES, Urgency),
        (as_written.STATUSES, Status),
        (as_written.RELATIONS, ActType),
    ],
)
def test_a_word_means_one_code(table: dict[str, str], known: Any) -> None:
    """And each code is one that there is."""
    codes = {str(code) for code in [*get_args(known), *get_args(get_args(known)[0])]}
    assert set(table) <= codes
    per_code = [
        {as_written.folded(word) for word in [*text.split("|")[0].split(), *text.split("|")[1:]]}
        for text in table.values()
    ]
    assert sum(map(len, per_code)) == len(set().union(*per_code))


def test_a_draft_is_one_in_any_of_these_words() -> None:
    """Also where the rest of the note is wrong: it stops nobody."""
    source = Source("content/notices/n.md", "notice", "n", "ca", is_original=True)
    text = "---\ntitle: T\nstatus: esborrany\n---\n"
    assert read_note(source, text.encode(), ["ca"]).says_draft
