"""The states of the shipped norms, on more than a hundred days, as the gazettes' data have them."""

from __future__ import annotations

import datetime
from functools import cache

import pytest
from gazette_record import FORCE, NOT_SAID, NOT_YET, PROVISIONS, THERE
from norms_together import Norms, read
from project import REPOSITORY
from saig.catalogue.effects import effects
from saig.catalogue.entry import Key
from saig.catalogue.validity import DAY

Date = datetime.date


@pytest.fixture(scope="module")
def palma() -> Norms:
    """The shipped norms, as their files say."""
    found = Norms()
    for path in sorted((REPOSITORY / "content/norms").glob("*.md")):
        if path.name.count(".") == 1:
            found.norms[Key("norm", path.stem)] = read(path.stem, path.read_text("utf-8"))
    named = {norm.eli: key for key, norm in found.norms.items()} | {k.id: k for k in found.norms}
    found.effects = effects(found.norms, named.get, found.law)
    return found


@cache
def around() -> list[str]:
    """Each day on which something changes by the record, and the one before; and others."""
    said = {day for begins, over, _, parts in FORCE.values() for day in (begins, over, parts)}
    said |= {day for of in PROVISIONS.values() for states in of.values() for day, _ in states}
    days = {Date.fromisoformat(day) for day in said if day}
    days |= {day - DAY for day in days} | {Date(year, 11, 26) for year in range(2006, 2027)}
    return [day.isoformat() for day in sorted(days)]


def test_the_record_is_of_all_shipped_norms_and_of_a_hundred_days(palma: Norms) -> None:
    assert {key.id for key in palma.norms} == {*FORCE, *NOT_SAID}
    assert len(around()) >= 100


@pytest.mark.parametrize("name", FORCE)
def test_a_norm_is_in_force_when_the_gazette_has_it_so(name: str, palma: Norms) -> None:
    begins, over, reason, parts = FORCE[name]
    for day in around():
        state = palma.state(name, day)
        if begins and day < begins:
            expected = "not-yet-in-force"
        elif over and day >= over:
            expected = "no-longer-in-force"
        else:
            expected = "partly-in-force" if parts and day >= parts else "in-force"
        assert state.word == expected, day
        if expected == "no-longer-in-force":
            assert (state.reason, str(state.since)) == (reason, over)


@pytest.mark.parametrize("name", NOT_SAID)
def test_of_what_the_gazette_does_not_say_no_day_is_said(name: str, palma: Norms) -> None:
    state = palma.state(name, "2026-11-26")
    assert state.word in ("no-longer-in-force", "unknown")
    assert (state.since, state.until) == (None, None)


@pytest.mark.parametrize(
    ("name", "provision"), [(name, one) for name, said in PROVISIONS.items() for one in said]
)
def test_a_provision_is_what_the_gazette_has_it(name: str, provision: str, palma: Norms) -> None:
    states = PROVISIONS[name][provision]
    first = NOT_YET if states and states[0][1] == THERE else THERE
    for day in around():
        expected = next((word for since, word in reversed(states) if since <= day), first)
        assert palma.provision(name, provision, day) == expected, day


def test_of_what_was_repealed_and_amended_again_the_gazette_does_not_say_enough(
    palma: Norms,
) -> None:
    assert palma.provision("llei-23-2006", "art. 72", "2026-11-26") == "unknown"
