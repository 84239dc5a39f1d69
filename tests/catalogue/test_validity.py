"""What holds on a day, and since when: pure functions of facts and one civil date (docs/notes.md)."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from places import heirs, waiting
from saig.catalogue.entry import Key
from saig.catalogue.succession import ALWAYS, takes_place_on
from saig.catalogue.validity import (
    State,
    dated,
    holds,
    holds_on,
    is_online_only,
    state_of,
    transition_dates,
)
from saig.notes.models import Contact, Notice, Service
from saig.notes.opening_hours import ServiceChannel

Date = datetime.date


def day(number: int) -> Date:
    """Of one month."""
    return Date(2020, 6, number)


def notice(**facts: Any) -> Notice:
    facts = {"title": "T", "summary": "S.", "date": day(1), **facts}
    return Notice.model_validate(facts, context={"languages": ["ca"]})


def contact(**facts: Any) -> Contact:
    facts = {"title": "T", "summary": "S.", **facts}
    return Contact.model_validate(facts, context={"languages": ["ca"]})


@pytest.mark.parametrize(
    ("on", "state"),
    [
        (9, State("upcoming", until=day(9))),
        (10, State("current", since=day(10), until=day(20))),
        (20, State("current", since=day(10), until=day(20))),
        (21, State("expired", since=day(21))),
    ],
)
def test_from_a_first_day_to_a_last(on: int, state: State) -> None:
    fields = notice(valid_from=day(10), valid_until=day(20))
    assert state_of(fields, None, day(on)) == state
    assert holds_on(fields, day(on)) == (state.word == "current")


def test_without_a_first_day_it_holds_since_its_date() -> None:
    assert state_of(notice(), None, day(5)) == State("current", since=day(1))
    other = notice(valid_from=day(3), date=day(1))
    assert state_of(other, None, day(5)).since == day(3)


@pytest.mark.parametrize(
    ("superseded", "on", "state"),
    [
        (15, 14, State("current", since=day(1), until=day(14))),
        (15, 15, State("superseded", since=day(15))),
        # On the day after its last it is superseded; later it had expired before.
        (21, 20, State("current", since=day(1), until=day(20))),
        (21, 21, State("superseded", since=day(21))),
        (22, 22, State("expired", since=day(21))),
    ],
)
def test_what_replaces_it_ends_it_unless_it_was_over(
    superseded: int, on: int, state: State
) -> None:
    fields = notice(valid_until=day(20))
    assert state_of(fields, day(superseded), day(on)) == state


def test_what_was_always_replaced_has_no_day_of_it() -> None:
    assert state_of(notice(), ALWAYS, day(1)) == State("superseded")


def test_edges_are_first_days_and_the_days_after_last_ones() -> None:
    fields = contact(
        valid_from=day(1),
        opening_hours=[
            {"days": ["MONDAY"], "opens": "9:00", "closes": "10:00", "valid_until": day(5)}
        ],
        closures=[{"from": day(8)}, {"from": day(10), "until": day(12)}],
    )
    assert transition_dates(fields) == {day(1), day(6), day(8), day(9), day(10), day(13)}


def test_it_holds_since_the_last_edge_and_until_the_next() -> None:
    days = [day(5), day(10), day(15)]
    assert holds(days, day(10)) == (day(10), day(14))
    assert holds(days, day(9)) == (day(5), day(9))
    assert holds(days, day(4)) == (None, day(4))
    assert holds(days, day(15)) == (day(15), None)


def test_days_of_publication_and_of_changes() -> None:
    fields = notice(modified=day(2), changes=[{"date": day(3), "text": "T"}])
    assert dated(fields, fields) == {day(1), day(2), day(3)}


@pytest.mark.parametrize(
    ("ways", "is_only"),
    [
        ([], False),
        ([("online", None)], True),
        ([("online", None), ("email", None)], True),
        ([("online", None), ("phone", None)], False),
        ([("online", None), ("phone", 9)], True),  # over the day before
        ([("online", 9)], False),
    ],
)
def test_only_online_are_services_with_such_ways_alone(
    ways: list[tuple[str, int | None]], is_only: bool
) -> None:
    channels = [
        ServiceChannel.model_validate({"channel": channel, "valid_until": last and day(last)})
        for channel, last in ways
    ]
    assert is_online_only(channels, day(10)) == is_only


# -- who takes whose place -----------------------------------------------------------------------


def test_a_note_takes_a_place_on_its_day_or_after_the_last_of_the_other() -> None:
    assert takes_place_on(contact(valid_from=day(5)), contact(valid_until=day(9))) == day(5)
    assert takes_place_on(contact(), contact(valid_until=day(9))) == day(10)
    assert takes_place_on(contact(), contact()) == ALWAYS
    assert takes_place_on(notice(date=day(3)), notice()) == day(3)


def test_who_has_taken_a_place_waits_for_no_other() -> None:
    one, two, new = (Key("contact", name) for name in ("one", "two", "new"))
    places = {one: [(day(5), new)], two: [(day(20), new)]}
    assert waiting(places, day(4)) == {new}
    assert waiting(places, day(5)) == set()


def test_heirs_are_those_at_the_end_of_the_line() -> None:
    one, two, three = (Key("contact", name) for name in ("one", "two", "three"))
    places = {one: [(day(5), two)], two: [(day(10), three)]}
    assert heirs(places, day(4)) == {}
    assert heirs(places, day(5)) == {one: [two]}
    assert heirs(places, day(10)) == {one: [three], two: [three]}


def test_a_service_has_the_edges_of_its_channels() -> None:
    fields = Service.model_validate(
        {
            "title": "T",
            "summary": "S.",
            "departments": ["obres"],
            "channels": [{"channel": "phone", "valid_from": day(3), "valid_until": day(4)}],
        }
    )
    assert transition_dates(fields) == {day(3), day(5)}


def test_addresses_and_the_hours_of_channels_have_edges_too() -> None:
    old = {"street_address": "Major, 1", "locality": "Vila"}
    moving = contact(
        address=[{**old, "valid_until": day(7)}, {**old, "valid_from": day(8)}],
    )
    assert transition_dates(moving) == {day(8)}
    hours = {"days": ["monday"], "opens": "9:00", "closes": "10:00", "valid_until": day(5)}
    way = {"channel": "phone", "opening_hours": [hours]}
    facts = {"title": "T", "summary": "S.", "departments": ["obres"], "channels": [way]}
    assert transition_dates(Service.model_validate(facts)) == {day(6)}


def test_a_place_is_taken_on_the_first_day_and_not_when_it_was_announced() -> None:
    new = notice(date=day(1), valid_from=day(10))
    assert takes_place_on(new, notice()) == day(10)
