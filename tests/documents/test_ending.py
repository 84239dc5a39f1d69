"""What documents say so that no template has to work it out: what a page ends with, and the days on
which hours count."""

from __future__ import annotations

import datetime
from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from project import Project
from saig.catalogue.opening import stretches
from saig.documents.ending import history, mentions
from saig.documents.hours import windows
from saig.notes.opening_hours import OpeningHours

DAYS = st.none() | st.dates(datetime.date(2020, 1, 1), datetime.date(2020, 1, 9))


def documents(town: Project) -> list[dict[str, Any]]:
    """Of the pages of all notes."""
    places = (path.parent.relative_to(town.output) for path in town.output.rglob("index.json"))
    found = [
        town.document(place.as_posix()) for place in sorted(places) if place.parts[:1] != ("api",)
    ]
    return [document for document in found if "history" in document.get(document["kind"], {})]


def test_a_page_names_each_note_that_it_mentions_once(built_town: Project) -> None:
    """Those that it shows anyway are not in the lists of mentions at its end."""
    counts = {True: 0, False: 0}
    for document in documents(built_town):
        page = html.fromstring(
            built_town.page(document["url"].removeprefix("http://localhost:8000"))
        )
        [main] = page.xpath("//main")
        ends = main.xpath(
            ".//*[@id='page_related_heading']/ancestor::*[self::section or self::details][1]"
        )
        related = {link.get("href") for end in ends for link in end.iter("a")}
        for end in ends:
            for see_also in end.xpath(".//dt[.='Vegeu també' or .='Vea también']/.."):
                related -= {link.get("href") for link in see_also.iter("a")}
            end.getparent().remove(end)
        above = {link.get("href") for link in main.iter("a")}
        for ref in document["mentions"]:
            address = ref["url"].removeprefix("http://localhost:8000")
            assert (address in related) != ref["is_shown"]
            assert address in above, "in the text, or in a list"
            counts[ref["is_shown"]] += 1
    assert min(counts.values()) > 2


def test_what_changed_is_told_with_the_newest_first() -> None:
    changes = [{"date": "2020-03-02", "text": "b"}, {"date": "2020-01-01", "text": "a"}]
    event = {"id": "over-1", "kind": "over", "date": "2020-02-01", "text": "over", "of": None}
    relation = {**event, "kind": "relation", "id": "relation-1"}
    assert history("notice", changes, [event, relation]) == [
        {"id": "change_2", "date": "2020-03-02", "text": "b"},
        {"id": "over-1", "date": "2020-02-01", "text": "over"},
        {"id": "change_1", "date": "2020-01-01", "text": "a"},
    ]


def test_a_note_that_is_mentioned_and_mentions_in_its_turn_is_named_once() -> None:
    """Among those that the page mentions, and not once more among those that mention it."""
    one, other = {"url": "https://vila.test/a/"}, {"url": "https://vila.test/b/"}
    said = mentions("page", {}, [], [one], [one, other])
    assert [ref["is_shown"] for ref in said["mentions"]] == [False]
    assert [ref["is_shown"] for ref in said["mentioned_in"]] == [True, False]


@given(st.lists(st.tuples(DAYS, DAYS), min_size=1, max_size=3))
def test_hours_count_on_the_days_that_all_around_them_have(spans: list[Any]) -> None:
    """A window of a channel that ends before its note, or after it."""
    (first, last), *within = [
        sorted(span, key=lambda day: day or datetime.date.min) if None not in span else span
        for span in spans
    ]
    window = OpeningHours.model_validate(
        {"days": ["Monday"], "opens": "09:00", "closes": "14:00"}
        | {"valid_from": first and first.isoformat(), "valid_until": last and last.isoformat()}
    )
    around = [SimpleNamespace(valid_from=start, valid_until=end) for start, end in within]
    builder: Any = SimpleNamespace(plain=lambda model: {})
    [said] = windows(builder, stretches([window]), *around)
    for day in (datetime.date(2020, 1, 1) + datetime.timedelta(n) for n in range(-1, 11)):
        counts = all(
            (start is None or start <= day) and (end is None or day <= end)
            for start, end in [(first, last), *within]
        )
        iso = day.isoformat()
        told = (said["counts_from"] or "") <= iso <= (said["counts_until"] or "9")
        assert told == counts
