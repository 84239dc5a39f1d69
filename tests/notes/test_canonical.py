"""Notes in one form: what is written anew, and that nothing else is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from saig.notes.canonical import canonical
from saig.notes.files import Source
from saig.notes.read import read_note

LANGUAGES = ("ca", "es")
CONTACT = Source("content/contacts/x.md", "contact", "x", "ca", is_original=True)
NOTICE = Source("content/notices/x.md", "notice", "x", "ca", is_original=True)

TYPED = """---   \r
# Qui ho manté: obres  \r
title: "Obres"   # el nom\r
summary: El que fa obres.\r
verified_on: "15/01/2027"  # per telèfon\r
status: publicat\r
opening_hours:\r
  - days: de dilluns a divendres # feiners\r
    opens: de 9 a 14 h  # estiu\r
  - {days: dissabte i diumenge, opens: 9h, closes: "10.30", channel: videoconferència}\r
  - days:\r
      - dimarts  # mercat\r
      - dijous a dissabte\r
    opens: 16h\r
    closes: '20:00'\r
    valid_from: 1 de març de 2027\r
closures: [{from: 24/12/2026}]\r
---\r
Primera línia  \r
segona.   \r
\r
\r
"""

WRITTEN = """---
# Qui ho manté: obres
title: "Obres"   # el nom
summary: El que fa obres.
verified_on: 2027-01-15  # per telèfon
status: published
opening_hours:
  - days: monday-friday # feiners
    opens: "09:00"  # estiu
    closes: "14:00"
  - {days: [saturday, sunday], opens: "09:00", closes: "10:30", channel: video}
  - days:
      - tuesday  # mercat
      - thursday-saturday
    opens: "16:00"
    closes: '20:00'
    valid_from: 2027-03-01
closures: [{from: 2026-12-24}]
---
Primera línia  
segona.   
"""


def form(text: str | bytes, source: Source = CONTACT) -> str:
    raw = text if isinstance(text, bytes) else text.encode()
    new = canonical(source, raw, LANGUAGES)
    assert new is not None, read_note(source, raw, LANGUAGES).problems
    return new.decode()


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_values_have_one_form_and_comments_stay(mark: str) -> None:
    assert form(mark + TYPED) == WRITTEN
    assert form(WRITTEN) == WRITTEN


def test_texts_that_look_like_values_stay() -> None:
    text = "---\ntitle: publicat\nsummary: 9h\naliases: [dilluns, 15/01/2027]\n---\n"
    assert form(text) == text


@pytest.mark.parametrize("end", ["---", "---\n\n\n", "---\r\n\r\n"])
def test_a_note_without_a_text_ends_after_its_fields(end: str) -> None:
    assert form(f"---\ntitle: X\nsummary: Y\n{end}") == "---\ntitle: X\nsummary: Y\n---\n"


def test_a_closing_time_left_open_is_filled_in() -> None:
    text = "---\ntitle: X\nsummary: Y\nopening_hours:\n- opens: 9-14\n  closes:\n  days: dl\n---\n"
    said = '- opens: "09:00"\n  closes: "14:00"\n  days: [monday]\n'
    assert said in form(text)


def test_a_note_with_an_error_has_no_form() -> None:
    assert canonical(NOTICE, b"---\ntitle: X\ndate: 32/01/2027\n---\n", LANGUAGES) is None
    assert canonical(NOTICE, b"\xff", LANGUAGES) is None
    assert canonical(NOTICE, b"", LANGUAGES) is None


DATES = st.sampled_from(["15/01/2027", "'2027-1-5'", "15 de gener de 2027", "2027-01-15  # dia"])
HOURS = st.sampled_from(["opens: 9h", "opens: '9.00'", "opens: 09:00 # mati", "opens: les 9"])
WEEK = st.sampled_from(
    [
        *("dl", "[lunes, dimecres]", "de dilluns a dimecres i divendres", "monday-tuesday"),
        *("unknown", "\n    - dimarts # a\n    - dl", "'dt, dc'", "[dilluns a dimecres, sunday]"),
    ]
)
TEXTS = st.text(st.sampled_from("ab\u00e0 \t\n#-*`\u2028"), max_size=40)


@settings(max_examples=30, deadline=None)
@given(
    DATES, HOURS, WEEK, TEXTS, st.sampled_from(["", " ", "\t "]), st.sampled_from(["\n", "\r\n"])
)
def test_the_form_of_a_form_is_itself_and_says_the_same(
    date: str, hours: str, week: str, body: str, space: str, end: str
) -> None:
    text = (
        f"---\ntitle: X{space}\nsummary: >-{space}\n  Y{space}\n  z\nverified_on: {date}{space}\n"
        f"opening_hours:\n  - {hours}{space}\n    closes: 13 h\n    days: {week}\n---\n{body}"
    )
    raw = text.replace("\n", end).encode()
    before = read_note(CONTACT, raw, LANGUAGES)
    new = canonical(CONTACT, raw, LANGUAGES)
    if before.note is None:
        assert new is None
        return
    assert new is not None
    assert canonical(CONTACT, new, LANGUAGES) == new
    after = read_note(CONTACT, new, LANGUAGES)
    assert after.note and after.note.fields == before.note.fields
    assert after.markup == before.markup
    assert text.count("# ") <= new.decode().count("# ")
    assert new.decode().partition("\n---\n")[2].rstrip("\n") == body.rstrip("\n")
